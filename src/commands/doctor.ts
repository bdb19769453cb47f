import { type Check, doctorJson, doctorText } from '../render/result/doctor-text.ts';
import { YEAR_DAYS } from '../schedule/runs.ts';
import { type ZoneReport, zoneReport } from '../schedule/zone/zone-data.ts';
import { withProbe } from '../session/session.ts';
import type { Workspace } from '../session/workspace.ts';
import type { ServiceFlags } from '../terminal/flags.ts';
import type { Io } from '../terminal/io.ts';
import { printResult } from '../terminal/output.ts';
import { ok } from './doctor/checks.ts';
import { checkLocal, checkNode, checkSettings, checkWay } from './doctor/local-checks.ts';
import { checkRemote } from './doctor/remote-checks.ts';
import { checkZoneData } from './doctor/zone-data.ts';

export interface DoctorFlags extends ServiceFlags {
  readonly format: 'text' | 'json';
}

/** `mxt doctor`: checks everything that a plan needs, and says how to fix what is wrong. */
export async function doctorCommand(flags: DoctorFlags, io: Io): Promise<0 | 1> {
  const { checks, zones } = await examine(flags, io);
  printResult(flags, io, {
    json: () => doctorJson(checks, zones),
    text: (colors) => doctorText(checks, colors),
  });
  return checks.some(isFailed) ? 1 : 0;
}

/** From the machine to the service. What depends on something broken is not checked. */
async function examine(
  flags: DoctorFlags,
  io: Io,
): Promise<{ readonly checks: readonly Check[]; readonly zones: ZoneReport }> {
  const { checks, workspace, zones: used } = await checkLocal(flags, io);
  const zones = zoneReport(used, io.now(), new Date(io.now().getTime() + YEAR_DAYS * 86_400_000));
  const near = [checkNode(process.versions.node), checkZoneData(zones), ...checks];
  return { checks: workspace === null ? near : [...near, ...(await farther(workspace, flags, io))], zones };
}

async function farther(workspace: Workspace, flags: DoctorFlags, io: Io): Promise<readonly Check[]> {
  const settings = flags.sandbox
    ? [ok('key', 'none is needed for the sandbox')]
    : [...checkSettings(workspace, io), ...(await checkWay(workspace, io))];
  if (settings.some(isFailed)) return settings;
  const remote = await withProbe(
    async () => workspace,
    flags,
    io,
    (session) => checkRemote(session, io),
  );
  return [...settings, ...remote];
}

function isFailed({ status }: Check): boolean {
  return status === 'failed';
}
