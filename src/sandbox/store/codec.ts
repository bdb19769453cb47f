import type { NamespaceState, NamespaceStates, StoredTask, StoredTrigger } from './namespace-state.ts';
import { completed } from './seed.ts';

const VERSION = 1;

/** The file of the worlds cannot be used: it is not ours, or of another version, or damaged. */
export class SandboxFileError extends Error {
  readonly file: string;

  constructor(file: string, problem: string, cause?: unknown) {
    super(`${file} cannot be used by the sandbox: ${problem}. Delete it to start afresh`, { cause });
    this.name = 'SandboxFileError';
    this.file = file;
  }
}

// What is stored is never mutated, so each trigger and task is written out once: a thousand writes to a world of a
// thousand triggers would otherwise spell out a million.
const lines = new WeakMap<object, string>();

function line(item: StoredTrigger | StoredTask): string {
  const known = lines.get(item);
  if (known !== undefined) return known;
  const text = JSON.stringify(item);
  lines.set(item, text);
  return text;
}

/** One trigger or task a line, so that the file can be read and compared by people. */
export function encode({ clock, worlds }: NamespaceStates): string {
  const parts = [...worlds].map(([id, { triggers, tasks, ...rest }]) => {
    const head = JSON.stringify(rest).slice(0, -1);
    const list = (items: readonly (StoredTrigger | StoredTask)[]) => `[\n${items.map(line).join(',\n')}\n]`;
    return `${JSON.stringify(id)}:${head},"tasks":${list(tasks)},"triggers":${list(triggers)}}`;
  });
  const moved = clock === null ? '' : `"clock":${JSON.stringify(new Date(clock))},`;
  return `{"version":${VERSION},${moved}"worlds":{\n${parts.join(',\n')}\n}}\n`;
}

export function decode(text: string, file: string): NamespaceStates {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    throw new SandboxFileError(file, 'it is not JSON', cause);
  }
  const { version, worlds, clock } = (parsed ?? {}) as {
    version?: unknown;
    worlds?: Record<string, NamespaceState>;
    clock?: unknown;
  };
  if (version !== VERSION)
    throw new SandboxFileError(file, `its version is ${version ?? 'missing'}, not ${VERSION}`);
  if (typeof worlds !== 'object' || worlds === null) throw new SandboxFileError(file, 'it holds no worlds');
  const odd = Object.entries(worlds).find(([, world]) => !looksLikeWorld(world));
  if (odd !== undefined) throw new SandboxFileError(file, `the world ${odd[0]} is damaged`);
  const at = clock === undefined ? null : Date.parse(String(clock));
  if (Number.isNaN(at))
    throw new SandboxFileError(file, `its clock is at ${JSON.stringify(clock)}, which is no time`);
  return {
    clock: at,
    worlds: new Map(Object.entries(worlds).map(([id, world]) => [id, completed(world)])),
  };
}

function looksLikeWorld(world: unknown): boolean {
  const { triggers, tasks, resources } = (world ?? {}) as Partial<NamespaceState>;
  return (
    Array.isArray(triggers) && Array.isArray(tasks) && typeof resources === 'object' && resources !== null
  );
}
