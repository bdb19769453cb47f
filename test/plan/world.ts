import type { JsonObject } from '../../src/domain/json.ts';
import type { Label } from '../../src/domain/label.ts';
import type { Desired } from '../../src/domain/manifest.ts';
import type { Plan } from '../../src/domain/plan.ts';
import type { LiveTrigger } from '../../src/domain/trigger.ts';
import { formatDescription } from '../../src/label/format-label.ts';
import { readDescription } from '../../src/label/parse-label.ts';
import { asManifest } from '../../src/plan/compare/normalise.ts';
import { observe } from '../../src/plan/observe/observe.ts';
import { freshLabel } from '../../src/plan/operation/next-label.ts';
import { makePlan, type PlanInput } from '../../src/plan/plan.ts';

/** A small world for the planner's tests: manifests as the reader gives them, live triggers as we would have left them. */

export const OWNER = 'acme/search';
export const NOW = new Date('2026-11-24T12:00:00Z');

export interface ManifestInit {
  name?: string;
  description?: string;
  action_type?: string;
  action_config?: JsonObject;
  trigger_type?: string;
  schedule_config?: JsonObject;
  status?: 'active' | 'paused' | null;
  protect?: boolean;
  ignore?: string[];
  adopt?: string;
  renamedFrom?: string | string[];
  release?: boolean;
  title?: string;
  tags?: readonly string[];
}

export function manifest(init: ManifestInit = {}): Desired {
  const name = init.name ?? 'nightly';
  return {
    name,
    title: init.title ?? null,
    fixed: {
      action_type: init.action_type ?? 'cluster',
      action_config: init.action_config ?? { cluster_id: 'clust_abc123' },
      trigger_type: init.trigger_type ?? 'cron',
    },
    patchable: {
      schedule_config: init.schedule_config ?? { cron_expression: '0 2 * * *', timezone: 'UTC' },
      description: init.description ?? 'Nightly clustering',
    },
    status: init.status ?? null,
    protect: init.protect ?? false,
    ignore: init.ignore ?? [],
    adopt: init.adopt ?? null,
    renamedFrom: [init.renamedFrom ?? []].flat(),
    release: init.release ?? false,
    secrets: [],
    tags: init.tags ?? [],
    accepts: [],
    source: { file: `manifests/${name}.yaml`, line: 1 },
  };
}

/** The live trigger that applying a manifest leaves, with what happened to it or to its label since. */
export function applied(
  desired: Desired,
  since: Partial<LiveTrigger> & { label?: Partial<Label>; text?: string } = {},
): LiveTrigger {
  const { label, text, ...rest } = since;
  const written: Label = { ...freshLabel(asManifest(desired), { owner: OWNER, rev: null }), ...label };
  return {
    trigger_id: `trg_${desired.name}`,
    ...desired.fixed,
    schedule_config: desired.patchable.schedule_config,
    description: formatDescription(text ?? desired.patchable.description, written),
    status: desired.status ?? 'active',
    created_at: '2026-11-01T00:00:00Z',
    updated_at: '2026-11-02T00:00:00Z',
    ...rest,
  };
}

type InputInit = Partial<PlanInput> & { readonly now?: Date };

export function plan(desired: readonly Desired[], live: readonly LiveTrigger[], init: InputInit = {}): Plan {
  return makePlan(planInput(desired, live, init));
}

export function planInput(
  desired: readonly Desired[],
  live: readonly LiveTrigger[],
  { now = NOW, ...input }: InputInit = {},
): PlanInput {
  return {
    desired,
    observed: observe(live, OWNER, now),
    rev: null,
    environment: null,
    namespace: 'ns_test',
    apiUrl: 'https://api.mixpeek.com',
    git: { commit: null, dirty: false },
    policy: 'sync',
    selection: { only: [], except: [] },
    replace: new Set(),
    resumeFailed: false,
    createMissing: false,
    previousOwners: [],
    resources: new Map(),
    ...input,
  };
}

/** A plan in a few words a line, for case tables: `update nightly (drift) PATCH: /schedule_config/…` */
export function inShort({ operations }: Plan): string[] {
  return operations.map((one) => {
    const what = one.kind === 'blocked' ? `blocked ${one.intended} by ${one.blocked_by}` : one.kind;
    const calls = one.requests.map(({ op }) => op);
    const changes = one.changes.map(
      ({ path, before, after }) => `${path} ${JSON.stringify(before)}→${JSON.stringify(after)}`,
    );
    return [
      `${what} ${one.name} (${one.cause})`,
      calls.join(' ') || '-',
      ...(verbose(one.kind) ? changes : []),
    ].join(' | ');
  });
}

/** Creates and deletes change everything: their changes say nothing in a table. */
function verbose(kind: string): boolean {
  return kind !== 'create' && kind !== 'delete';
}

export function labelOf(description: string | null | undefined): Label {
  const reading = readDescription(description ?? '');
  if (reading.kind !== 'labelled') throw new Error(`no label: ${description}`);
  return reading.label;
}
