import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { Problem } from '../../domain/problem.ts';
import type { FoundFile } from './find-files.ts';
import { leaves, realInside } from './repository-file.ts';
import { fileProblem } from './text-file.ts';

/** Laid under every manifest of its folder and of those in it. */
const FOLDER_DEFAULTS = '_defaults.yaml';

/** As somebody may call it who knows that manifests end in these too. */
const MISNAMED = /^_defaults\.(?:yml|json)$/i;
const OTHER_NAME = {
  code: 'file',
  message: `the defaults of a folder must be called ${FOLDER_DEFAULTS}`,
  hint: 'rename it',
};

export interface SplitFiles {
  readonly manifests: readonly FoundFile[];
  readonly defaults: readonly FoundFile[];
  readonly problems: readonly Problem[];
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
): SplitFiles {
  const manifests: FoundFile[] = [];
  const defaults = new Map<string, FoundFile>();
  const problems: Problem[] = [];
  for (const file of files) {
    const name = posix.basename(file.path);
    if (name === FOLDER_DEFAULTS) defaults.set(posix.dirname(file.path), file);
    else if (MISNAMED.test(name)) problems.push(fileProblem(file.path, OTHER_NAME));
    else manifests.push(file);
  }
  const seen = new Set<string>(defaults.keys());
  for (const { path } of manifests) {
    for (let folder = posix.dirname(path); !seen.has(folder); folder = posix.dirname(folder)) {
      seen.add(folder);
      const isOurs = folders.some((one) => one === '.' || folder === one || folder.startsWith(`${one}/`));
      const around = posix.join(folder, FOLDER_DEFAULTS);
      if (!isOurs || !existsSync(join(root, around))) continue;
      const real = realInside(root, around);
      if (real === null) problems.push(fileProblem(around, leaves(root, around)));
      else defaults.set(folder, { path: around, real });
    }
  }
  return { manifests, defaults: [...defaults.values()], problems };
}
