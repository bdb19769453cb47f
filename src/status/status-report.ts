import type { Status as StatusJson, Trigger } from '../../generated/status.d.ts';
import { healthJson } from '../domain/health.ts';
import type { Desired } from '../domain/manifest.ts';
import {
  type Managed,
  type Operation,
  type Plan,
  selectionJson,
  type Warning,
  warningJson,
} from '../domain/plan.ts';
import { compareText } from '../lib/compare-text.ts';
import { readTime } from '../lib/service-time.ts';
import { describeStatus } from './describe-status.ts';

export type Sync = Trigger['sync'];
export const SYNC = [
  'in_sync',
  'drifted',
  'changed',
  'missing',
  'blocked',
] as const satisfies readonly Sync[];

/** All that a status is told from. */
export interface StatusInput {
  readonly plan: Plan;
  /** Owned triggers that the plan speaks of. */
  readonly owned: readonly Managed[];
  readonly desired: readonly Desired[];
  /** Which triggers are wanted; all where it is left out. */
  readonly view?: StatusView;
}

/** What `--unhealthy`, `--out-of-sync` and `--sort` leave, and in what order. */
export interface StatusView {
  readonly unhealthy?: boolean | undefined;
  readonly outOfSync?: boolean | undefined;
  readonly sort?: 'name' | 'next' | undefined;
}

/** How every managed trigger stands: the plan in the words of somebody who runs the system. */
export function statusOf({ plan, owned, desired, view = {} }: StatusInput): StatusJson {
  const sources = new Map(desired.map(({ name, source }) => [name, source]));
  const operations = new Map(
    plan.operations.flatMap((one) => (one.managed === null ? [] : [[one.managed.id, one]])),
  );
  // A takeover is about a trigger that is not ours yet.
  const live = new Map(
    [...owned, ...[...operations.values()].flatMap(managedOf)].map((one) => [one.id, one]),
  );
  const triggers = [
    ...[...live.values()].map((one) => ({ managed: one, operation: operations.get(one.id) ?? null })),
    ...plan.operations
      .filter(({ managed }) => managed === null)
      .map((operation) => ({ managed: null, operation })),
  ]
    .map((one) => describeStatus({ ...one, sources }))
    .sort(view.sort === 'next' ? byNextRun : byNameAndId);
  const { owner, environment, namespace, api_url, unmanaged, foreign, damaged, attached, selection } = plan;
  return {
    format_version: '1.0',
    owner,
    environment,
    namespace,
    api_url,
    summary: countSync(triggers),
    health: healthJson(plan.health),
    shown: [
      ...(view.unhealthy ? (['unhealthy'] as const) : []),
      ...(view.outOfSync ? (['out_of_sync'] as const) : []),
    ],
    triggers: triggers.filter(isWanted(view)),
    unmanaged,
    foreign,
    damaged,
    attached,
    selection: selectionJson(selection),
    warnings: [
      ...plan.warnings.filter(isAboutNow).map((one) => warningJson(one, null)),
      ...plan.operations.flatMap((one) => whyBlocked(one).map((why) => warningJson(why, one.source))),
    ],
  };
}

function managedOf({ managed }: Operation): Managed[] {
  return managed === null ? [] : [managed];
}

/** What speaks of manifests is the plan's to say. */
const ABOUT_NOW: ReadonlySet<string> = new Set([
  'held',
  'hold_ended',
  'failed',
  'overdue',
  'unmanaged',
  'scheduler',
  'counts_differently',
  'unreadable',
  'stored_otherwise',
]);

function isAboutNow({ code }: Warning): boolean {
  return ABOUT_NOW.has(code);
}

/** A hold is among the plan's own warnings. */
function whyBlocked(operation: Operation): Warning[] {
  if (operation.kind !== 'blocked' || operation.blocked_by === 'hold') return [];
  return operation.warnings.map((one) => ({ ...one, source: one.source ?? operation.source }));
}

function countSync(triggers: readonly Trigger[]): StatusJson['summary'] {
  const count = (sync: Sync) => triggers.filter((one) => one.sync === sync).length;
  const counts = Object.fromEntries(SYNC.map((sync) => [sync, count(sync)]));
  return { ...counts, held: triggers.filter(({ hold }) => hold !== null).length } as StatusJson['summary'];
}

/** Both together: whatever needs a look. What is held is no fault, and does not run. */
function isWanted({ unhealthy, outOfSync }: StatusView): (one: Trigger) => boolean {
  if (!unhealthy && !outOfSync) return () => true;
  return (one) =>
    (unhealthy === true && ((one.unhealthy ?? []).length > 0 || one.hold !== null)) ||
    (outOfSync === true && one.sync !== 'in_sync');
}

/** What does not run by itself comes last. */
function byNextRun(a: Trigger, b: Trigger): number {
  const [first, second] = [a, b].map(({ next_run }) => readTime(next_run?.at)?.getTime() ?? Number.MAX_VALUE);
  return (first ?? 0) - (second ?? 0) || byNameAndId(a, b);
}

function byNameAndId(a: Trigger, b: Trigger): number {
  return compareText(a.name, b.name) || compareText(a.trigger_id ?? '', b.trigger_id ?? '');
}
