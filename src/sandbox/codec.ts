import type { StoredTrigger, World, Worlds } from './world.ts';

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

// Stored triggers are never mutated, so each is written out once: a thousand writes to a world of a thousand
// triggers would otherwise spell out a million.
const lines = new WeakMap<StoredTrigger, string>();

function line(trigger: StoredTrigger): string {
  const known = lines.get(trigger);
  if (known !== undefined) return known;
  const text = JSON.stringify(trigger);
  lines.set(trigger, text);
  return text;
}

/** One trigger a line, so that the file can be read and compared by people. */
export function encode(worlds: Worlds): string {
  const parts = [...worlds].map(([id, { triggers, ...rest }]) => {
    const head = JSON.stringify(rest).slice(0, -1);
    return `${JSON.stringify(id)}:${head},"triggers":[\n${triggers.map(line).join(',\n')}\n]}`;
  });
  return `{"version":${VERSION},"worlds":{\n${parts.join(',\n')}\n}}\n`;
}

export function decode(text: string, file: string): Worlds {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    throw new SandboxFileError(file, 'it is not JSON', cause);
  }
  const { version, worlds } = (parsed ?? {}) as { version?: unknown; worlds?: Record<string, World> };
  if (version !== VERSION)
    throw new SandboxFileError(file, `its version is ${version ?? 'missing'}, not ${VERSION}`);
  if (typeof worlds !== 'object' || worlds === null) throw new SandboxFileError(file, 'it holds no worlds');
  const odd = Object.entries(worlds).find(([, world]) => !looksLikeWorld(world));
  if (odd !== undefined) throw new SandboxFileError(file, `the world ${odd[0]} is damaged`);
  return new Map(Object.entries(worlds));
}

function looksLikeWorld(world: unknown): boolean {
  const { triggers, tasks, resources } = (world ?? {}) as Partial<World>;
  return (
    Array.isArray(triggers) && Array.isArray(tasks) && typeof resources === 'object' && resources !== null
  );
}
