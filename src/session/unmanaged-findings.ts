import type { Plan, Warning } from '../domain/plan.ts';
import type { Rules } from '../domain/schedule-settings.ts';
import type { LiveTrigger } from '../domain/trigger.ts';
import { compareText } from '../lib/compare-text.ts';
import { readTime } from '../lib/service-time.ts';
import type { Observed } from '../plan/observe/observe.ts';
import { momentFromNow } from '../render/text/from-now.ts';

/**
 * Triggers that somebody made by hand, where a rule forbids them; the newest first. What this plan adopts is in a
 * manifest, and what a collection made is nobody's doing. A plan of a part does not speak of them.
 */
export function unmanagedFindings(
  { operations, selection }: Pick<Plan, 'operations' | 'selection'>,
  { unmanaged, attached }: Pick<Observed, 'unmanaged' | 'attached'>,
  { unmanaged: level = 'off' }: Rules,
  now: Date,
): Warning[] {
  if (level === 'off' || selection !== null) return [];
  const claimed = new Set(
    operations.flatMap((one) =>
      one.kind === 'adopt' || (one.kind === 'blocked' && one.intended === 'adopt')
        ? one.preconditions.map(({ trigger_id }) => trigger_id)
        : [],
    ),
  );
  const isByHand = ({ trigger_id: id, action_type: action }: LiveTrigger) => {
    if (action === undefined || claimed.has(id)) return false; // made by another API of the service, or adopted
    if (action !== 'collection_trigger') return true;
    return attached !== null && attached !== 'forbidden' && !attached.has(id);
  };
  return unmanaged
    .filter(isByHand)
    .sort(newestFirst)
    .map((one) => ({
      code: 'unmanaged',
      name: null,
      message: messageOf(one, now),
      ...(level === 'error' ? { level } : {}),
    }));
}

function messageOf(
  { trigger_id: id, name, action_type: action, created_at }: LiveTrigger,
  now: Date,
): string {
  const made = readTime(created_at);
  const facts = [
    ...(name == null ? [] : [JSON.stringify(name)]),
    action,
    ...(made === null ? [] : [`made ${momentFromNow(made, 'UTC', now)}`]),
  ];
  return (
    `${id} (${facts.join(', ')}) is in no manifest, which rules.unmanaged forbids: mxt export --only ${id} writes ` +
    'one that adopts it; else delete it'
  );
}

function newestFirst(a: LiveTrigger, b: LiveTrigger): number {
  const [first, second] = [a, b].map(({ created_at }) => readTime(created_at)?.getTime() ?? 0);
  return (second ?? 0) - (first ?? 0) || compareText(a.trigger_id, b.trigger_id);
}
