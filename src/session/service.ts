import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ClientOptions } from '../api/client.ts';
import { connectionFrom, namespaceOf } from '../config/environment.ts';
import { SANDBOX_URL } from '../domain/plan.ts';
import { MxtError, usageError } from '../errors.ts';
import { assertWritable } from '../manifest/files/repository-file.ts';
import type { ServiceFlags } from '../terminal/flags.ts';
import type { Io } from '../terminal/io.ts';
import { SecretVault } from './secret-vault.ts';
import { secretsFrom } from './secrets.ts';
import type { Workspace } from './workspace.ts';

/** The namespace that a plan is for. */
export interface Target {
  /** As the plan states it and its digest covers it: the same on every run, whatever port the sandbox listens on. */
  readonly apiUrl: string;
  readonly namespace: string;
}

/** A target that can be called. */
export interface Service extends Target {
  readonly clientOptions: ClientOptions;
  close(): Promise<void>;
}

/** What decides on how the service is reached. */
export type Location = Pick<Workspace, 'root' | 'environment'> & {
  /** Holds the secrets of its manifests, where they were read. */
  readonly vault?: SecretVault;
};

export const SANDBOX_NAMESPACE = 'ns_sandbox';
/** Any key will do; this one is no word that could appear in a message and be masked there. */
export const SANDBOX_KEY = 'sandbox_0123456789';

/** @param signal aborts calls in flight: those of a reading session, and the reads of a writing one */
export async function openService(
  { root, environment, vault }: Location,
  flags: ServiceFlags,
  io: Io,
  signal: AbortSignal,
): Promise<Service> {
  const common = {
    signal,
    stop: io.interrupted,
    env: io.env,
    concurrency: flags.concurrency,
    userAgent: `mxt/${MXT_VERSION}`,
    secrets: vault ?? new SecretVault(secretsFrom(io.env), io.hide),
    onWait: ({ reason, until }: { reason: string; until: Date }) =>
      io.err(`waiting until ${until.toISOString()}: ${reason}\n`),
    ...(flags.verbose ? { log: (line: string) => io.err(`${line}\n`) } : {}),
  };
  if (!flags.sandbox) {
    const connection = connectionFrom(io.env, {}, environment);
    io.hide(connection.apiKey);
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

/** As with the service itself, a variable does not overrule an environment's namespace. */
function sandboxNamespace(environment: Workspace['environment'], { env }: Io): string {
  if (environment === null) return env['MP_NAMESPACE'] || env['MIXPEEK_NAMESPACE'] || SANDBOX_NAMESPACE;
  const namespace = namespaceOf(environment, env);
  if ('wrong' in namespace) throw usageError(namespace.wrong);
  return namespace.value;
}

/** A failure of this machine (a port that is taken, a folder that cannot be written) is for the user to fix. */
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
  const files = ['.gitignore', 'sandbox.json', 'sandbox.json.lock'].map((name) => join(folder, name));
  for (const file of files) assertWritable(root, file);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, '.gitignore'), '*\n');
  return join(folder, 'sandbox.json');
}
