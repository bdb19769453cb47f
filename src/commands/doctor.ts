import { printableJson } from '../lib/printable.ts';
import { type Check, doctorJson, doctorText } from '../render/result/doctor-text.ts';
import { colorsFor } from '../render/text/colors.ts';
import { openService } from '../session/service.ts';
import { colored } from '../terminal/colored.ts';
import type { ServiceFlags } from '../terminal/flags.ts';
import type { Io } from '../terminal/io.ts';
import { checkLocal, checkNode, checkSettings, ok } from './doctor/local-checks.ts';
import { checkRemote } from './doctor/remote-checks.ts';

export interface DoctorFlags extends ServiceFlags {
  readonly format: 'text' | 'json';
}

/** `mxt doctor`: everything that must be right before a plan can be made, each with what to do about it. */
export async function doctorCommand(flags: DoctorFlags, io: Io): Promise<0 | 1> {
  const checks = await examine(flags, io);
  if (flags.format === 'json') io.out(`${printableJson(doctorJson(checks))}\n`);
  else io.out(doctorText(checks, colorsFor(colored(flags, io))));
  return checks.some(({ status }) => status === 'failed') ? 1 : 0;
}

/** From the near to the far: what stands on something that is broken is not looked at. */
async function examine(flags: DoctorFlags, io: Io): Promise<readonly Check[]> {
  const { checks, place } = await checkLocal(flags, io);
  const near = [checkNode(process.versions.node), ...checks];
  if (place === null) return near;
  const settings = flags.sandbox ? [ok('key', 'none is needed for the sandbox')] : checkSettings(place, io);
  if (settings.some(({ status }) => status === 'failed')) return [...near, ...settings];
  const service = await openService(place, flags, io);
  try {
    return [...near, ...settings, ...(await checkRemote(service, io))];
  } finally {
    await service.close();
  }
}
