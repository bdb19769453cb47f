import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ClientOptions } from '../api/client.ts';
import { connectionFrom, namespaceOf } from '../config/environment.ts';
import { SANDBOX_URL } from '../domain/plan.ts';
import { MxtError } from '../errors.ts';
import type { ServiceFlags } from '../terminal/flags.ts';
import type { Io } from '../terminal/io.ts';
import type { Workspace } from './repository.ts';
import { SecretVault } from './secret-vault.ts';
import { secretsFrom } from './secrets.ts';

/** Where live state is, and how it is reached. */
export interface Service {
  /** What the plan says and the digest covers: the same on every run, wherever the sandbox happens to listen. */
  readonly apiUrl: string;
  readonly namespace: string;
  readonly clientOptions: ClientOptions;
  close(): Promise<void>;
}

export const SANDBOX_NAMESPACE = 'ns_sandbox';
/** Any key will do; this one is no word that could stand in a message. */
export const SANDBOX_KEY = 'sandbox_0123456789';

/** Whose service is meant; what holds the secrets of its manifests, where they were read. */
export type ServicePlace = Pick<Workspace, 'root' | 'environment'> & { readonly vault?: SecretVault };

/** @param signal aborts calls in flight: everything where only reading is done, the reading part of apply */
export async function openService(
  { root, environment, vault }: ServicePlace,
  flags: ServiceFlags,
  io: Io,
  signal: AbortSignal = io.interrupted,
): Promise<Service> {
  const common = {
    signal,
    stop: io.interrupted,
    concurrency: flags.concurrency,
    userAgent: `mxt/${MXT_VERSION}`,
    secrets: vault ?? new SecretVault(secretsFrom(io.env), io.hide),
    onWait: ({ reason, until }: { reason: string; until: Date }) =>
      io.err(`waiting until ${until.toISOString()}: ${reason}\n`),
    ...(flags.verbose ? { log: (line: string) => io.err(`${line}\n`) } : {}),
  };
  if (!flags.sandbox) {
    const connection = connectionFrom(io.env, {}, environment);
    io.hide?.(connection.apiKey);
    return {
      apiUrl: connection.apiUrl,
      namespace: connection.namespace,
      clientOptions: { ...common, ...connection },
      close: async () => {},
    };
  }
  const { startSandbox } = await import('../sandbox/http/server.ts');
  const sandbox = await orUsage('the sandbox cannot be started', () =>
    startSandbox({ file: sandboxFile(root), clock: () => io.now(), unref: true }),
  );
  const namespace = sandboxNamespace(environment, io);
  return {
    apiUrl: SANDBOX_URL,
    namespace,
    clientOptions: { ...common, apiUrl: sandbox.url, apiKey: SANDBOX_KEY, namespace },
    close: () => sandbox.close(),
  };
}

/** As the service's own: an environment's namespace is not overruled by a variable. */
function sandboxNamespace(environment: Workspace['environment'], { env }: Io): string {
  if (environment === null) return env['MP_NAMESPACE'] || env['MIXPEEK_NAMESPACE'] || SANDBOX_NAMESPACE;
  const namespace = namespaceOf(environment, env);
  if ('wrong' in namespace) throw new MxtError('usage', namespace.wrong);
  return namespace.value;
}

/** What goes wrong on this machine (a port that is taken, a folder that cannot be written) is the user's to mend. */
export async function orUsage<T>(what: string, start: () => Promise<T>): Promise<T> {
  try {
    return await start();
  } catch (cause) {
    throw new MxtError('usage', `${what}: ${(cause as Error).message}`, { cause });
  }
}

/** `.mxt/sandbox.json`, in a folder that keeps itself out of Git. */
export function sandboxFile(root: string): string {
  const folder = join(root, '.mxt');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, '.gitignore'), '*\n');
  return join(folder, 'sandbox.json');
}
