import { dirname, resolve } from 'node:path';
import { startSandbox } from '../sandbox/http/server.ts';
import type { ApiVersion, VariantName } from '../sandbox/variants/names.ts';
import { orUsage, sandboxFile } from '../session/embedded-sandbox.ts';
import { SANDBOX_KEY, SANDBOX_NAMESPACE } from '../session/service.ts';
import type { CommonFlags } from '../terminal/flags.ts';
import type { Io } from '../terminal/io.ts';

export interface SandboxFlags extends CommonFlags {
  readonly port: number;
  readonly memory?: boolean;
  readonly rateLimit?: number;
  readonly api: ApiVersion;
  readonly variant: readonly VariantName[];
}

/** `mxt sandbox`: the stand-in for the service as a server on loopback, until it is stopped. */
export async function sandboxCommand(flags: SandboxFlags, io: Io): Promise<number> {
  const root = dirname(resolve(io.cwd, flags.config));
  const rateLimit =
    flags.rateLimit === undefined
      ? null
      : { perMinute: flags.rateLimit, burst: Math.ceil(flags.rateLimit / 3) };
  const { sandbox, file } = await orUsage('the sandbox cannot be started', async () => {
    const file = flags.memory ? null : sandboxFile(root);
    return {
      file,
      sandbox: await startSandbox({
        file,
        port: flags.port,
        clock: () => io.now(),
        rateLimit,
        api: flags.api,
        variants: flags.variant,
        timer: { onTrouble: (error) => io.err(`schedules have stopped: ${(error as Error).message}\n`) },
      }),
    };
  });
  io.say(
    `Sandbox at ${sandbox.url}, ${file === null ? 'kept in memory' : `kept in ${file}`}. Ctrl-C stops it.\n`,
  );
  // To be copied: on one line a narrow terminal would fold it, and the rest would not be exported.
  io.err(
    `export MP_API_URL=${sandbox.url}\nexport MP_API_KEY=${SANDBOX_KEY}\nexport MP_NAMESPACE=${SANDBOX_NAMESPACE}\n`,
  );
  await new Promise<void>((done) => {
    if (io.interrupted.aborted) done();
    else io.interrupted.addEventListener('abort', () => done(), { once: true });
  });
  await sandbox.close();
  return 0;
}
