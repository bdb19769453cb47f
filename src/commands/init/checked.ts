import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Config, loadConfig } from '../../config/load-config.ts';
import { scratchFolder } from '../../terminal/files.ts';

/** A configuration as mxt reads it, before it is written where it belongs. @throws InvalidError with what is wrong in it */
export async function checkedConfig(name: string, text: string): Promise<Config> {
  const scratch = scratchFolder('mxt-init-');
  try {
    writeFileSync(join(scratch, name), text);
    return await loadConfig(join(scratch, name));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
