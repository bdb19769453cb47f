import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Write } from './init-files.ts';

const PATH = '.vscode/settings.json';

/** Of the very version that checks the manifests. npm's files are served there as they were published. */
const SCHEMAS = `https://unpkg.com/mixpeek-triggers@${MXT_VERSION}/schemas`;

/**
 * Which schema an editor takes for which file. In the workspace's settings rather than as a line in each file
 * (`# yaml-language-server: $schema=…`): it then holds for manifests that somebody writes or exports later, too.
 */
function schemas(config: string, folder: string) {
  return {
    [`${SCHEMAS}/trigger.schema.json`]: [`${folder}/**/*.yaml`, `${folder}/**/*.yml`],
    [`${SCHEMAS}/config.schema.json`]: [config],
  };
}

/** Settings that are there already are somebody's, often with comments: they are left, and the lines are told. */
export function editorSettings(
  root: string,
  config: string,
  folder: string,
): { write: Write[]; tell: string } {
  const setting = { 'yaml.schemas': schemas(config, folder) };
  const text = `${JSON.stringify(setting, null, 2)}\n`;
  if (!existsSync(join(root, PATH))) return { write: [{ path: PATH, text, state: 'missing' }], tell: '' };
  return { write: [], tell: `left ${PATH} as it is; for completion in manifests, add to it:\n${text}` };
}
