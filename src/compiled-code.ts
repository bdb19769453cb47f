import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire, Module } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { Script } from 'node:vm';
import { crc32 } from 'node:zlib';

/** What Node does with the text of a CommonJS file. It is no part of its documentation, and was the same for ten years. */
interface Compiler {
  _compile(this: NodeModule, text: string, path: string, ...more: unknown[]): unknown;
}

/** A checksum of the text and the code, then the code, where V8 reads it without a copy: at a multiple of eight. */
const HEAD = 8;

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
  const folder = join(bundle, 'compiled', `${version}-${arch}`);
  // A machine of CI is gone after one run. Code that was compiled under the flags of somebody's experiment is for no other.
  const mayWrite = !env['CI'] && !env['NODE_OPTIONS'] && execArgv.length === 0;
  if (!mayWrite && !existsSync(folder)) return;

  const fresh: Fresh[] = [];
  (Module.prototype as unknown as Compiler)._compile = function (text, path, ...more) {
    if (dirname(path) !== bundle) return compileAsUsual.call(this, text, path, ...more);
    const kept = join(folder, basename(path));
    const cachedData = read(kept, text);
    const script = new Script(Module.wrap(text), { filename: path, ...(cachedData && { cachedData }) });
    if (script.cachedDataRejected !== false) fresh.push({ kept, text, script });
    return script
      .runInThisContext()
      .call(this.exports, this.exports, createRequire(path), this, path, bundle);
  };
  if (mayWrite) process.once('exit', () => write(folder, fresh));
}

/** What is to be kept. */
interface Fresh {
  readonly kept: string;
  readonly text: string;
  readonly script: Script;
}

/** V8 looks at versions and lengths, and dies of code that is not as it was. */
function read(path: string, text: string): Buffer | null {
  try {
    const file = readFileSync(path);
    const code = file.subarray(HEAD);
    return file.readUInt32LE() === crc32(code, crc32(text)) ? code : null;
  } catch {
    return null;
  }
}

/** Whole or not at all. It is no fault where it cannot be: the next run compiles again. */
function write(folder: string, scripts: readonly Fresh[]): void {
  try {
    if (scripts.length > 0) mkdirSync(folder, { recursive: true });
  } catch {
    return;
  }
  for (const { kept, text, script } of scripts) {
    const part = `${kept}.${process.pid}`;
    try {
      const code = script.createCachedData();
      const head = Buffer.alloc(HEAD);
      head.writeUInt32LE(crc32(code, crc32(text)));
      writeFileSync(part, Buffer.concat([head, code]), { flush: true });
      renameSync(part, kept);
    } catch {
      rmSync(part, { force: true });
    }
  }
}
