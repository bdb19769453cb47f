import { setFlagsFromString } from 'node:v8';

const usual = new Set<string>();

/**
 * Sets flags of V8 until the end of the process. There they are as they were: what V8 has compiled is kept for the next run
 * then (compiled-code.ts), which takes it under the flags of its start alone.
 *
 * @param back what sets them back, with all that they imply
 */
export function setFlags(flags: readonly string[], back: readonly string[]): void {
  for (const flag of flags) setFlagsFromString(flag);
  if (usual.size === 0)
    process.prependOnceListener('exit', () => {
      for (const flag of usual) setFlagsFromString(flag);
    });
  for (const flag of back) usual.add(flag);
}
