import type { Desired } from '../../domain/manifest.ts';
import type { BlockedBy } from '../../domain/plan.ts';

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
