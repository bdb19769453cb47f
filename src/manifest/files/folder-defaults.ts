import { existsSync, realpathSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import type { FoundFile } from './find-files.ts';

/** Laid under every manifest of its folder and of those in it. */
const FOLDER_DEFAULTS = '_defaults.yaml';

export function isFolderDefaults(path: string): boolean {
  return posix.basename(path) === FOLDER_DEFAULTS;
}

/**
 * Manifests and the defaults of their folders, also of folders around those that were named one by one.
 *
 * @param folders of the configuration, relative to the root: defaults further outside are none
 */
export function splitDefaults(
  files: readonly FoundFile[],
  root: string,
  folders: readonly string[],
): { readonly manifests: readonly FoundFile[]; readonly defaults: readonly FoundFile[] } {
  const manifests: FoundFile[] = [];
  const defaults = new Map<string, FoundFile>();
  for (const file of files) {
    if (isFolderDefaults(file.path)) defaults.set(posix.dirname(file.path), file);
    else manifests.push(file);
  }
  const seen = new Set<string>(defaults.keys());
  for (const { path } of manifests) {
    for (let folder = posix.dirname(path); !seen.has(folder); folder = posix.dirname(folder)) {
      seen.add(folder);
      const isOurs = folders.some((one) => one === '.' || folder === one || folder.startsWith(`${one}/`));
      const around = posix.join(folder, FOLDER_DEFAULTS);
      if (isOurs && existsSync(join(root, around)))
        defaults.set(folder, { path: around, real: realpathSync(join(root, around)) });
      if (dirname(folder) === folder) break;
    }
  }
  return { manifests, defaults: [...defaults.values()] };
}
