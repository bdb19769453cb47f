import { type Check, doctorJson, doctorText } from '../render/result/doctor-text.ts';
import { YEAR_DAYS } from '../schedule/runs.ts';
import { type ZoneReport, zoneReport } from '../schedule/zone/zone-data.ts';
import { inEnvironments } from '../session/environments.ts';
import { withProbe } from '../session/session.ts';
import type { Workspace } from '../session/workspace.ts';
import { printDocuments } from '../terminal/documents.ts';
import type { ServiceFlags } from '../terminal/flags.ts';
import type { Io } from '../terminal/io.ts';
import { ok } from './doctor/checks.ts';
import { checkLocal, checkNode, checkSettings, checkWay } from './doctor/local-checks.ts';
import { checkRemote } from './doctor/remote-checks.ts';
import { checkZoneData } from './doctor/zone-data.ts';

export interface DoctorFlags extends ServiceFlags {
  readonly format: 'text' | 'json';
  readonly allEnvironments?: boolean;
}

interface Diagnosis {
  readonly environment: string | null;
  readonly checks: readonly Check[];
  readonly zones: ZoneReport;
}

/** `mxt doctor`: checks everything that a plan needs, and says how to fix what is wrong. */
export function doctorCommand(flags: DoctorFlags, io: Io): Promise<number> {
  return inEnvironments(flags, io, {
    readsAgain: true, // what is wrong with files is a finding
    one: (_, inOne) => examine(inOne, io),
    code: ({ checks }) => (checks.some(isFailed) ? 1 : 0),
    counts: ({ checks }) => [
      [checks.some(isFailed) ? 0 : 1, 'ready'],
      [checks.filter(isFailed).length, 'check failed', 'checks failed'],
    ],
    output: (several) =>
      printDocuments(flags, io, 'doctors', several, {
        json: ({ environment, checks, zones }) => doctorJson(environment, checks, zones),
        text: ({ environment, checks }, colors) =>
          `${several ? `${colors.bold(`environment ${environment}`)}\n\n` : ''}${doctorText(checks, colors)}`,
      }),
  });
}

/** From the machine to the service. What depends on something broken is not checked. */
async function examine(flags: DoctorFlags, io: Io): Promise<Diagnosis> {
  const { checks, workspace, zones: used } = await checkLocal(flags, io);
  const zones = zoneReport(used, io.now(), new Date(io.now().getTime() + YEAR_DAYS * 86_400_000));
  const near = [checkNode(process.versions.node), checkZoneData(zones), ...checks];
  const far = workspace === null ? [] : await farther(workspace, flags, io);
  const environment = workspace?.environment?.name ?? flags.env ?? null;
  return { environment, checks: [...near, ...far], zones };
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
