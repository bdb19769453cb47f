import { summaryCounts } from '../../render/plan/plan-words.ts';
import { environmentsSum, Tally } from '../../render/text/environments-sum.ts';
import type { Io } from '../../terminal/io.ts';
import { warnOfEdits } from '../apply/edits.ts';
import { planOf, readSavedPlans } from '../apply/saved-plan.ts';
import { planOutput } from '../plan/show-plan.ts';
import type { ShowFlags } from './show-flags.ts';

/** A saved plan again, as it was shown: of several environments all of them, or the one that `--env` names. */
export async function showSaved(path: string, flags: ShowFlags, io: Io): Promise<number> {
  const saved = readSavedPlans(io, path);
  const several = saved.several && flags.env === undefined;
  const plans = flags.env === undefined ? saved.plans : [planOf(saved.plans, flags.env, path)];
  for (const plan of plans) warnOfEdits(plan, io);
  const output = planOutput(flags, io, several);
  const tally = new Tally();
  for (const plan of plans) {
    tally.add(summaryCounts(plan.summary));
    await output.one(plan);
  }
  const sum = environmentsSum({ all: plans.length, counts: tally.counts, failed: [], left: [] });
  await output.end(several ? sum : null);
  return 0;
}
