import type { Desired } from '../../domain/manifest.ts';
import type { BlockedBy, Managed } from '../../domain/plan.ts';

/** Why a trigger must not become a manifest's. */
export interface Obstacle {
  readonly by: BlockedBy;
  readonly message: string;
}

export function conflict(message: string): Obstacle {
  return { by: 'conflict', message };
}

/** `manifests/nightly.yaml:3` */
export function placeOf({ source }: Desired): string {
  return `${source.file}:${source.line}`;
}

/** Why a trigger without a manifest stays: one names it in `renamed_from`. */
export function keptFor(claimant: Desired, { id, label }: Managed): string {
  return (
    `${id} is not deleted, because ${placeOf(claimant)} says renamed_from: ${label.name}: ` +
    `remove that to have it deleted, or release it (mxt release ${id})`
  );
}
