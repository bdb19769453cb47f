import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire, Module } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { Script } from 'node:vm';

/** What Node does with the text of a CommonJS file. It is no part of its documentation, and was the same for ten years. */
interface Compiler {
  _compile(this: NodeModule, text: string, path: string, ...more: unknown[]): unknown;
}

const { _compile: compileAsUsual } = Module.prototype as unknown as Compiler;

/**
 * Has V8 take what it once compiled of the bundle, as Python does with `__pycache__`: a fifth of the time of a short
 * plan, and a third from Node 22 on, goes into reading and compiling. The first run for a Node writes it beside the
 * bundle, where it may; V8 refuses what another version or other flags have made, and compiles as usual.
 *
 * @param bundle the folder of the files that this is about
 */
export function keepCompiledCode(bundle: string): void {
  const { versions, version, arch, execArgv, env } = process;
  if (versions['bun'] !== undefined || versions['deno'] !== undefined) return;
  const folder = join(bundle, 'compiled', `${version}-${arch}-${MXT_BUILD}`);
  // A machine of CI is gone after one run. Code that was compiled under the flags of somebody's experiment is for no other.
  const mayWrite = !env['CI'] && !env['NODE_OPTIONS'] && execArgv.length === 0;
  if (!mayWrite && !existsSync(folder)) return;

  const fresh = new Map<string, Script>();
  (Module.prototype as unknown as Compiler)._compile = function (text, path, ...more) {
    if (dirname(path) !== bundle) return compileAsUsual.call(this, text, path, ...more);
    const kept = join(folder, basename(path));
    const cachedData = read(kept);
    const script = new Script(Module.wrap(text), { filename: path, ...(cachedData && { cachedData }) });
    if (cachedData === undefined) fresh.set(kept, script);
    return script
      .runInThisContext()
      .call(this.exports, this.exports, createRequire(path), this, path, bundle);
  };
  if (mayWrite) process.once('exit', () => write(folder, fresh));
}

function read(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

/** Whole or not at all. It is no fault where it cannot be: the next run compiles again. */
function write(folder: string, scripts: ReadonlyMap<string, Script>): void {
  try {
    if (scripts.size > 0) mkdirSync(folder, { recursive: true });
    for (const [path, script] of scripts) {
      const part = `${path}.${process.pid}`;
      writeFileSync(part, script.createCachedData(), { flush: true });
      renameSync(part, path);
    }
  } catch {
    // A folder that nobody may write to, mostly.
  }
}
