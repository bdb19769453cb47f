import type { ReadClient, WriteClient } from '../api/client.ts';
import { type ClientOptions, type Closable, createReadClient, createWriteClient } from '../api/client.ts';
import { createProbe, type Probe } from '../api/probe.ts';
import { createRunClient, createRunReader, type RunClient, type RunReader } from '../api/run-client.ts';
import { preloadTransport } from '../api/transport/preload.ts';
import { connectionSettings } from '../config/environment.ts';
import type { ServiceFlags } from '../terminal/flags.ts';
import { InterruptGate } from '../terminal/interrupt-gate.ts';
import type { Io } from '../terminal/io.ts';
import { type Location, openService, type Target } from './service.ts';

/** What a command is handed while the service is open. */
export interface Session<W, C> {
  readonly workspace: W;
  readonly target: Target;
  readonly client: C;
}

/** A session that can change something. */
export interface WriteSession<W, C> extends Session<W, C> {
  /** Ctrl-C ends reads at once; writes that run inside the gate finish first. */
  readonly gate: InterruptGate;
}

/** Reads and checks what a command works on. The service is opened only once this has succeeded. */
export type ReadWorkspace<W, F = ServiceFlags> = (flags: F, io: Io) => Promise<W>;

type Connect<C> = (options: ClientOptions) => C & Closable;

/*
 * One bracket for every command that calls the service. What a command may do is decided by the type of the client that
 * it is handed: a reading one has no method that could change anything.
 */

/** Reads triggers and resources. */
export const withReader = reading<ReadClient>(createReadClient);
/** Reads runs as well. */
export const withRunReader = reading<RunReader>(createRunReader);
/** Looks at the connection alone. */
export const withProbe = reading<Probe>(createProbe);
/** Carries out operations. */
export const withWriter = writing<WriteClient>(createWriteClient);
/** Starts runs, and changes nothing else. */
export const withRunner = writing<RunClient>(createRunClient);

function reading<C>(connect: Connect<C>) {
  return <W extends Location, F extends ServiceFlags, T>(
    read: ReadWorkspace<W, F>,
    flags: F,
    io: Io,
    use: (session: Session<W, C>) => Promise<T>,
  ): Promise<T> => run(read, connect, io.interrupted, flags, io, use);
}

function writing<C>(connect: Connect<C>) {
  return <W extends Location, F extends ServiceFlags, T>(
    read: ReadWorkspace<W, F>,
    flags: F,
    io: Io,
    use: (session: WriteSession<W, C>) => Promise<T>,
  ): Promise<T> => {
    const gate = new InterruptGate(io.interrupted, () =>
      io.err('interrupted: calls in flight end first; once more ends at once\n'),
    );
    return run(read, connect, gate.signal, flags, io, (session) => use({ ...session, gate })).finally(() =>
      gate.close(),
    );
  };
}

async function run<W extends Location, C, F extends ServiceFlags, T>(
  read: ReadWorkspace<W, F>,
  connect: Connect<C>,
  signal: AbortSignal,
  flags: F,
  io: Io,
  use: (session: Session<W, C>) => Promise<T>,
): Promise<T> {
  const early = preloadTransport(apiUrlOf(flags, io), io.env, flags.concurrency);
  try {
    const workspace = await read(flags, io);
    const { clientOptions, close, ...target } = await openService(workspace, flags, io, signal);
    try {
      const client = connect({ ...clientOptions, early });
      try {
        return await use({ workspace, target, client });
      } finally {
        await client.close();
      }
    } finally {
      await close();
    }
  } finally {
    early?.discard();
  }
}

/** Where the service will be called; null for the sandbox, and where the variable is wrong, which is told later. */
function apiUrlOf({ sandbox }: ServiceFlags, { env }: Io): string | null {
  const { apiUrl } = connectionSettings(env);
  return sandbox || 'wrong' in apiUrl ? null : apiUrl.value;
}
