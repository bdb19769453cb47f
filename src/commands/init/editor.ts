import { existsSync } from 'node:fs';
import { join } from 'node:path';
import config from '../../../schemas/config.schema.json' with { type: 'json' };
import trigger from '../../../schemas/trigger.schema.json' with { type: 'json' };
import type { Write } from './init-files.ts';

const SETTINGS = '.vscode/settings.json';

/** As npm installs it into a project: of the very version that checks the manifests. */
const INSTALLED = 'node_modules/mixpeek-triggers/schemas';

const SCHEMAS = { 'trigger.schema.json': trigger, 'config.schema.json': config };

/** An existing file of settings, often with comments, is left as it is; the lines to add are printed. */
export function editorSettings(root: string, file: string, folder: string): { write: Write[]; note: string } {
  const installed = existsSync(join(root, INSTALLED));
  const home = installed ? INSTALLED : '.vscode/mxt';
  const setting = { 'yaml.schemas': schemas(`./${home}`, file, folder) };
  const text = `${JSON.stringify(setting, null, 2)}\n`;
  const copies = installed ? [] : copiesIn(root, home);
  if (!existsSync(join(root, SETTINGS)))
    return { write: [{ path: SETTINGS, text, state: 'missing' }, ...copies], note: '' };
  const note = `left ${SETTINGS} as it is; for completion in manifests, add to it:\n${text}`;
  return { write: copies, note };
}

/**
 * Which schema an editor takes for which file. In the workspace's settings rather than as a line in each file
 * (`# yaml-language-server: $schema=…`): it then holds for manifests that are written or exported later, too.
 */
function schemas(home: string, config: string, folder: string) {
  return {
    [`${home}/trigger.schema.json`]: [`${folder}/**/*.yaml`, `${folder}/**/*.yml`],
    [`${home}/config.schema.json`]: [config],
  };
}

/** Copies, where mxt is installed elsewhere: no editor asks a registry for a package that may not be this one. */
function copiesIn(root: string, home: string): Write[] {
  return Object.entries(SCHEMAS)
    .map(([name, schema]) => ({ path: `${home}/${name}`, text: `${JSON.stringify(schema)}\n` }))
    .filter(({ path }) => !existsSync(join(root, path)))
    .map((one): Write => ({ ...one, state: 'missing' }));
}
