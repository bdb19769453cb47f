import type { Desired } from '../../domain/manifest.ts';
import type { LabelledTrigger } from '../../domain/plan.ts';

/** Where no manifest names it any more, a trigger is laid beside itself: everything that it has is declared. */
export function asOwnManifest(one: LabelledTrigger): Desired {
  const { fixed, patchable, label } = one;
  return {
    name: label.name,
    title: null,
    fixed,
    patchable,
    status: label.status,
    protect: label.protect,
    ignore: [],
    adopt: null,
    renamedFrom: [],
    release: false,
    secrets: [],
    tags: [],
    accepts: [],
    source: { file: '', line: 0 },
  };
}
