import type { LiveTrigger } from '../../domain/trigger.ts';
import { classify } from '../../plan/observe/classify.ts';
import { clockOf } from '../../schedule/schedule-clock.ts';
import { wordsOf } from '../../schedule/schedule-words.ts';
import type { SimulatedTrigger } from '../../schedule/upcoming/simulated.ts';
import { targetOf } from '../../schedule/upcoming/target.ts';

/** All triggers of both worlds: ours by their names, everybody else's by their ids; as they are after the plan. */
export function actorsOf(
  before: readonly LiveTrigger[],
  after: readonly LiveTrigger[],
  owner: string,
): SimulatedTrigger[] {
  const all = new Map([...before, ...after].map((one) => [one.trigger_id, one]));
  const names = new Map(
    classify([...all.values()], owner).owned.map(({ id, label }) => [id, label.name] as const),
  );
  return [...all.values()].map((one) => {
    const { trigger_id: id, action_type: action = '', trigger_type: type = '' } = one;
    const clock = clockOf(type, one.schedule_config ?? {});
    return {
      id,
      name: names.get(id) ?? id,
      worksOn: targetOf(action, one.action_config ?? {}).worksOn,
      words: clock === null ? null : wordsOf(clock),
    };
  });
}
