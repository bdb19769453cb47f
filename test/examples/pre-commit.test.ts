import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { CONFIG, makeRepository, manifestYaml } from '../support/cli.ts';
import { fileOf } from '../support/workflow.ts';

interface Hook {
  readonly id: string;
  readonly entry: string;
  readonly language: string;
  readonly files: string;
  readonly pass_filenames: boolean;
}

const hooks: readonly Hook[] = parse(fileOf('.pre-commit-hooks.yaml'));
const unsorted = 'trigger_type: cron\nname: b\n';

it.each(hooks)('$id runs what the package installs, for the files that it is about', async (hook) => {
  expect(hook).toMatchObject({ language: 'node', pass_filenames: false });
  const { bin } = JSON.parse(fileOf('package.json'));
  const [command, ...args] = hook.entry.split(' ');
  expect(Object.keys(bin)).toContain(command);
  expect('infra/manifests/team/a.yaml').toMatch(new RegExp(hook.files));
  expect('manifests/a.json').toMatch(new RegExp(hook.files));
  expect('README.yaml').not.toMatch(new RegExp(hook.files));

  const { mxt, write } = makeRepository({ 'mxt.yaml': CONFIG, 'manifests/a.yaml': manifestYaml('a') });
  expect(await mxt(args)).toMatchObject({ code: 0 });
  const broken = hook.id.includes('fmt') ? manifestYaml('b').replace(/^name: b\n/, unsorted) : unsorted;
  write('manifests/b.yaml', broken.replace(/(trigger_type: cron\n)([\s\S]*)\1/, '$1$2'));
  expect(await mxt(args)).toMatchObject({ code: 1 });
});
