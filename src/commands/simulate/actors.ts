import type { LiveTrigger } from '../../domain/trigger.ts';
import { remember } from '../../lib/remember.ts';
import { readLabelled } from '../../plan/observe/observe.ts';
import type { ServiceReading } from '../../schedule/readings/service-reading.ts';
import { type Clock, clockOf } from '../../schedule/schedule-clock.ts';
import { wordsOf } from '../../schedule/schedule-words.ts';
import type { SimulatedTrigger } from '../../schedule/upcoming/simulated.ts';
import { targetOf } from '../../schedule/upcoming/target.ts';

/** What a trigger is called: an owned one by its name, another by its id. */
export function namesOf(owner: string): (trigger: LiveTrigger) => string {
  return remember((one) => {
    const label = readLabelled(one)?.label;
    return label?.owner === owner ? label.name : one.trigger_id;
  });
}

/** The triggers before and after the plan, each as the plan leaves it. */
export function actorsOf(
  before: readonly LiveTrigger[],
  after: readonly LiveTrigger[],
  nameOf: (trigger: LiveTrigger) => string,
  { clockAs }: ServiceReading,
): SimulatedTrigger[] {
  const words = remember((clock: Clock) => wordsOf(clockAs(clock)));
  const all = new Map([...before, ...after].map((one) => [one.trigger_id, one]));
  return [...all.values()].map((one) => {
    const { trigger_id: id, action_type: action = '', trigger_type: type = '' } = one;
    const clock = clockOf(type, one.schedule_config ?? {});
    return {
      id,
      name: nameOf(one),
      worksOn: targetOf(action, one.action_config ?? {}).worksOn,
      words: clock && words(clock),
    };
  });
}
