import { leaves } from '../../lib/pointer.ts';
import { inManifestOrder } from '../compare/leaves.ts';
import type { Manifest } from '../compare/normalise.ts';
import type { Lookalikes } from '../match/lookalikes.ts';
import { type ActionDraft, blocked, type Draft } from '../operation/draft.ts';
import { freshLabel, type Writer } from '../operation/next-label.ts';
import { createRequest } from '../operation/requests.ts';
import { runsAtOnce } from './state-warnings.ts';

/** A manifest that no live trigger stands for: a POST, unless something live may be this trigger already. */
export function planCreate(manifest: Manifest, writer: Writer, lookalikes: Lookalikes): Draft {
  const { desired } = manifest;
  const label = freshLabel(manifest, writer);
  const { description, schedule_config } = desired.patchable;
  const says = {
    ...(desired.title === null ? {} : { title: desired.title }),
    ...desired.fixed,
    schedule_config,
    ...(description === '' ? {} : { description }),
    ...(desired.status === null ? {} : { status: desired.status }),
    ...(desired.protect ? { lifecycle: { protect: true } } : {}),
  };
  const draft: ActionDraft = {
    kind: 'create',
    name: desired.name,
    source: desired.source,
    cause: 'new',
    changes: inManifestOrder([...leaves(says)].map(([path, after]) => ({ path, before: null, after }))),
    desired,
    managed: null,
    requests: [createRequest(desired, label, null)],
    preconditions: [],
    warnings: [...(desired.status === 'paused' ? [] : runsAtOnce(desired)), ...lookalikes.warnings(manifest)],
  };
  const reason = lookalikes.blocking(manifest);
  return reason === null ? draft : blocked(draft, 'lookalike', reason);
}
