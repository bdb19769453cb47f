import type { ClientOptions } from '../api/client.ts';
import { connectionFrom, namespaceOf } from '../config/environment.ts';
import { SANDBOX_URL } from '../domain/plan.ts';
import { usageError } from '../errors.ts';
import type { ServiceFlags } from '../terminal/flags.ts';
import { canRedraw } from '../terminal/interactive.ts';
import type { Io } from '../terminal/io.ts';
import { openSandbox } from './embedded-sandbox.ts';
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
export type Location = Pick<Workspace, 'root' | 'environment' | 'sandbox'> & {
  /** Holds the secrets of its manifests, where they were read. */
  readonly vault?: SecretVault;
};

export const SANDBOX_NAMESPACE = 'ns_sandbox';
/** Any key will do; this one is no word that could appear in a message and be masked there. */
export const SANDBOX_KEY = 'sandbox_0123456789';

/** @param signal aborts calls in flight: those of a reading session, and the reads of a writing one */
export async function openService(
  { root, environment, vault, sandbox: open }: Location,
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
      io.err(
        `waiting ${Math.max(1, Math.ceil((until.getTime() - io.now().getTime()) / 1000))} s: ${reason}\n`,
      ),
    // The second try may take its time, and somebody who mistyped the address is watching.
    ...(canRedraw(io) && !flags.quiet
      ? { onUnreachable: (reason: string) => io.err(`${reason}; trying once more\n`) }
      : {}),
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
  const namespace = sandboxNamespace(environment, io);
  const sandbox = open ?? (await openSandbox(root, io));
  return {
    apiUrl: SANDBOX_URL,
    namespace,
    clientOptions: { ...common, apiUrl: sandbox.url, apiKey: SANDBOX_KEY, namespace },
    close: async () => {
      if (sandbox !== open) await sandbox.close();
    },
  };
}

/** As with the service itself, a variable does not overrule an environment's namespace. */
function sandboxNamespace(environment: Workspace['environment'], { env }: Io): string {
  if (environment === null) return env['MP_NAMESPACE'] || env['MIXPEEK_NAMESPACE'] || SANDBOX_NAMESPACE;
  const namespace = namespaceOf(environment, env);
  if ('wrong' in namespace) throw usageError(namespace.wrong);
  return namespace.value;
}
