import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Config, loadConfig } from '../../config/load-config.ts';
import { inScratchFolder } from '../../terminal/files.ts';

/** A configuration as mxt reads it, before it is written where it belongs. @throws InvalidError with what is wrong in it */
export function checkedConfig(name: string, text: string): Promise<Config> {
  return inScratchFolder((folder) => {
    writeFileSync(join(folder, name), text);
    return loadConfig(join(folder, name));
  });
}
