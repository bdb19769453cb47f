import { usageError } from '../errors.ts';
import type { Io } from '../terminal/io.ts';
import type { ShowFlags } from './show/show-flags.ts';

/** As schemas/trigger.schema.json has it. What has a dot or a slash in it is a file. */
const NAME = /^[a-z0-9][a-z0-9-]{0,62}$/;

/** `mxt show NAME`: one trigger whole. `mxt show PLAN.json`: a saved plan again, in any format. */
export async function showCommand(what: string, flags: ShowFlags, io: Io): Promise<number> {
  if (!NAME.test(what)) return (await import('./show/show-saved.ts')).showSaved(what, flags, io);
  const { format } = flags;
  if (format === 'text' || format === 'json') {
    return (await import('./show/show-trigger.ts')).showTrigger(what, { ...flags, format }, io);
  }
  throw usageError(
    `--format ${format} is for a saved plan, and ${what} is the name of a trigger`,
    `For a file of that name: mxt show ./${what}`,
  );
}
