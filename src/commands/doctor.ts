import { type Check, doctorJson, doctorText } from '../render/result/doctor-text.ts';
import { withProbe } from '../session/session.ts';
import type { ServiceFlags } from '../terminal/flags.ts';
import type { Io } from '../terminal/io.ts';
import { printResult } from '../terminal/output.ts';
import { ok } from './doctor/checks.ts';
import { checkLocal, checkNode, checkSettings, checkWay } from './doctor/local-checks.ts';
import { checkRemote } from './doctor/remote-checks.ts';

export interface DoctorFlags extends ServiceFlags {
  readonly format: 'text' | 'json';
}

/** `mxt doctor`: checks everything that a plan needs, and says how to fix what is wrong. */
export async function doctorCommand(flags: DoctorFlags, io: Io): Promise<0 | 1> {
  const checks = await examine(flags, io);
  printResult(flags, io, { json: () => doctorJson(checks), text: (colors) => doctorText(checks, colors) });
  return checks.some(isFailed) ? 1 : 0;
}

/** From the machine to the service. What depends on something broken is not checked. */
async function examine(flags: DoctorFlags, io: Io): Promise<readonly Check[]> {
  const { checks, workspace } = await checkLocal(flags, io);
  const near = [checkNode(process.versions.node), ...checks];
  if (workspace === null) return near;
  const settings = flags.sandbox
    ? [ok('key', 'none is needed for the sandbox')]
    : [...checkSettings(workspace, io), ...(await checkWay(workspace, io))];
  if (settings.some(isFailed)) return [...near, ...settings];
  const remote = await withProbe(
    async () => workspace,
    flags,
    io,
    (session) => checkRemote(session, io),
  );
  return [...near, ...settings, ...remote];
}

function isFailed({ status }: Check): boolean {
  return status === 'failed';
}
