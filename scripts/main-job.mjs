// The main job in a project that is empty but for a manifest: validate, plan, apply, and a second plan that is empty. For
// whatever installed mxt there.
import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { root } from './bundle-options.mjs';

const FILES = {
  'package.json': '{ "name": "empty", "private": true }\n',
  'mxt.yaml': 'owner: acme/search\n',
  'manifests/nightly-products.yaml': `name: nightly-products
action_type: cluster
action_config: { cluster_id: clust_abc123 }
trigger_type: cron
schedule_config: { cron_expression: "0 2 * * *" }
`,
};

// Each command, and what its output must say: an exit code of 0 alone would also be had from a plan with changes.
const JOB = [
  ['validate', '1 manifest in 1 file: valid.'],
  ['plan --sandbox', 'Plan: 1 to create, 0 unchanged.'],
  ['apply --sandbox --yes', 'Apply: 1 applied. Live equals the manifests.'],
  ['plan --sandbox', 'No changes. Live equals the manifests: 1 trigger unchanged.'],
];

// What `npm run` sets is about this repository, and a key or an environment of mxt's is about somebody's service.
const inherited = Object.fromEntries(
  Object.entries(process.env).filter(
    ([name]) => name === 'npm_config_registry' || !/^(npm_|init_cwd$|mp_|mixpeek_|mxt_)/i.test(name),
  ),
);
const path = process.env.PATH.split(delimiter).filter((folder) => !folder.startsWith(root));

/** What a command outside of this repository gets of the environment. @param folders of commands that go first */
export const environment = (folders = []) => ({ ...inherited, PATH: [...folders, ...path].join(delimiter) });

/**
 * Runs a command to its end.
 *
 * @returns what it printed, on stdout and then on stderr
 * @throws an error whose message is the command and the end of what it printed
 */
export function run([command, ...args], cwd, env, more = {}) {
  return new Promise((resolve, reject) => {
    execFile(command, args, { cwd, env, timeout: 300_000, ...more }, (error, stdout, stderr) => {
      const output = stripVTControlCharacters(`${stdout}${stderr}`);
      if (!error) return resolve(output);
      reject(
        new Error(`${[command, ...args].join(' ')}: ${error.code ?? error.signal}\n${output.slice(-1500)}`),
      );
    });
  });
}

export async function makeProject(folder, more = {}) {
  for (const [file, text] of Object.entries({ ...FILES, ...more })) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), text);
  }
}

/** @param mxt the words of a command line that run it @throws where a command fails, or says something else */
export async function mainJob(mxt, project, env, more) {
  for (const [command, expected] of JOB) {
    const output = await run([...mxt, ...command.split(' ')], project, env, more);
    if (!output.includes(expected)) throw new Error(`mxt ${command}: no "${expected}" in\n${output}`);
  }
}
