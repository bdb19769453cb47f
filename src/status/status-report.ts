import type { Status as StatusJson, Trigger } from '../../generated/status.d.ts';
import type { Desired } from '../domain/manifest.ts';
import { type Managed, type Operation, type Plan, selectionJson, type Warning } from '../domain/plan.ts';
import { compareText } from '../lib/compare-text.ts';
import { describeStatus } from './describe-status.ts';

export type Sync = Trigger['sync'];
export const SYNC = [
  'in_sync',
  'drifted',
  'changed',
  'missing',
  'held',
  'blocked',
] as const satisfies readonly Sync[];

/** All that a status is told from. */
export interface StatusInput {
  readonly plan: Plan;
  /** Owned triggers that the plan speaks of. */
  readonly owned: readonly Managed[];
  readonly desired: readonly Desired[];
}

/** How every managed trigger stands: the plan in the words of somebody who runs the system. */
export function statusOf({ plan, owned, desired }: StatusInput): StatusJson {
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
    .sort(byNameAndId);
  const { owner, environment, namespace, api_url, unmanaged, foreign, damaged, attached, selection } = plan;
  return {
    format_version: '1.0',
    owner,
    environment,
    namespace,
    api_url,
    summary: countSync(triggers),
    triggers,
    unmanaged,
    foreign,
    damaged,
    attached,
    selection: selectionJson(selection),
    warnings: [...plan.warnings.filter(isAboutNow), ...plan.operations.flatMap(whyBlocked)].map((one) => ({
      ...one,
    })),
  };
}

function managedOf({ managed }: Operation): Managed[] {
  return managed === null ? [] : [managed];
}

/** What speaks of manifests is the plan's to say. */
const ABOUT_NOW: ReadonlySet<string> = new Set(['held', 'failed', 'counts_differently', 'unreadable']);

function isAboutNow({ code }: Warning): boolean {
  return ABOUT_NOW.has(code);
}

/** A hold is among the plan's own warnings. */
function whyBlocked(operation: Operation) {
  return operation.kind === 'blocked' && operation.blocked_by !== 'hold' ? operation.warnings : [];
}

function countSync(triggers: readonly Trigger[]): StatusJson['summary'] {
  const count = (sync: Sync) => triggers.filter((one) => one.sync === sync).length;
  return Object.fromEntries(SYNC.map((sync) => [sync, count(sync)])) as StatusJson['summary'];
}

function byNameAndId(a: Trigger, b: Trigger): number {
  return compareText(a.name, b.name) || compareText(a.trigger_id ?? '', b.trigger_id ?? '');
}
