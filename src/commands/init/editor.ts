import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Write } from './init-files.ts';

const PATH = '.vscode/settings.json';

/** Of the very version that checks the manifests. npm's files are served there as they were published. */
const SCHEMAS = `https://unpkg.com/mixpeek-triggers@${MXT_VERSION}/schemas`;

/**
 * Which schema an editor takes for which file. In the workspace's settings rather than as a line in each file
 * (`# yaml-language-server: $schema=…`): it then holds for manifests that are written or exported later, too.
 */
function schemas(config: string, folder: string) {
  return {
    [`${SCHEMAS}/trigger.schema.json`]: [`${folder}/**/*.yaml`, `${folder}/**/*.yml`],
    [`${SCHEMAS}/config.schema.json`]: [config],
  };
}

/** An existing file of settings, often with comments, is left as it is; the lines to add are printed. */
export function editorSettings(
  root: string,
  config: string,
  folder: string,
): { write: Write[]; note: string } {
  const setting = { 'yaml.schemas': schemas(config, folder) };
  const text = `${JSON.stringify(setting, null, 2)}\n`;
  if (!existsSync(join(root, PATH))) return { write: [{ path: PATH, text, state: 'missing' }], note: '' };
  return { write: [], note: `left ${PATH} as it is; for completion in manifests, add to it:\n${text}` };
}
