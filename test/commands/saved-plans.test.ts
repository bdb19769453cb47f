import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Plan } from '../../generated/plan.d.ts';
import { makeRepository, manifestYaml } from '../support/cli.ts';

const CONFIG = `owner: acme/search
environments:
  staging: { namespace: ns_staging }
  production: { namespace: ns_prod }
`;

/** A repository with a saved plan of all its environments. */
async function planned() {
  const repository = makeRepository({ 'mxt.yaml': CONFIG, 'manifests/a.yaml': manifestYaml('a') });
  await repository.mxt('plan --sandbox --all-environments --out plans.json');
  return repository;
}

describe('a saved plan of all environments', () => {
  it('is good for each of them, once', async () => {
    const { mxt } = await planned();
    for (const environment of ['production', 'staging']) {
      const apply = `apply plans.json --sandbox --yes -e ${environment}`;
      expect(await mxt(apply)).toMatchObject({ code: 0, stdout: expect.stringContaining('1 applied') });
      expect(await mxt(apply)).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('this is no longer the saved plan'),
      });
    }
  });

  it('says which it has where the one that is applied is not there', async () => {
    const { mxt, write } = await planned();
    write('mxt.yaml', `${CONFIG}  qa: { namespace: ns_qa }\n`);
    const { code, stderr } = await mxt('apply plans.json --sandbox --yes -e qa');
    expect(code).toBe(1);
    expect(stderr).toBe('error: plans.json has no plan of environment qa\n  It has staging, production.\n');
  });
});

it.each([
  [['plan', '--sandbox', '--out', ''], 'the value of --out is empty'],
  [['apply', '', '--sandbox', '--yes'], 'an argument is empty'],
  [['dry-run', '--live', ''], 'the value of --live is empty'],
  [['plan', '--sandbox', '--only='], 'the value of --only is empty'],
  [['plan', '--sandbox', '-e', ''], 'the value of -e is empty'],
  [['validate', ''], 'an argument is empty'],
  [['fmt', '--check', ''], 'an argument is empty'],
])('%j: a variable that is not set is neither a folder nor a name', async (args, says) => {
  const { mxt } = makeRepository({
    'mxt.yaml': 'owner: acme/search\n',
    'manifests/a.yaml': manifestYaml('a'),
  });
  const { code, stderr } = await mxt(args);
  expect(code).toBe(1);
  expect(stderr).toContain(`error: ${says}\n  Is the variable set`);
});

it.each(['--onyl=', '--nope='])('%s is an unknown option, not an empty value', async (word) => {
  const { code, stderr } = await makeRepository({ 'mxt.yaml': 'owner: acme/search\n' }).mxt(['plan', word]);
  expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining(`unknown option '${word}'`) });
});

describe('a saved plan that somebody edited', () => {
  it('is shown with the word that apply refuses it', async () => {
    const { root, write, mxt } = makeRepository({
      'mxt.yaml': 'owner: acme/search\n',
      'manifests/a.yaml': manifestYaml('a'),
    });
    await mxt('plan --sandbox --out plan.json');
    expect(await mxt('show plan.json')).toMatchObject({ code: 0, stderr: '' });
    const plan = readFileSync(join(root, 'plan.json'), 'utf8');
    write('plan.json', plan.replaceAll('"trigger_type": "cron"', '"trigger_type": "event"'));
    expect(await mxt('show plan.json')).toMatchObject({
      code: 0,
      stderr:
        'warning: the saved plan was changed since it was saved\n' +
        '  create a: its content does not match its digest\n  Apply refuses it.\n',
    });
  });

  it.each(['text', 'markdown', 'html'])('is shown as %s, whatever its schedule says', async (format) => {
    const { root, write, mxt } = makeRepository({
      'mxt.yaml': 'owner: acme/search\n',
      'manifests/a.yaml': manifestYaml('a'),
    });
    await mxt('plan --sandbox --out plan.json');
    const plan = JSON.parse(readFileSync(join(root, 'plan.json'), 'utf8')) as Plan;
    const schedule = plan.operations[0]?.schedule;
    Object.assign(schedule ?? {}, {
      words: '\x1b[2Jwords',
      today: 'to\x1b[2Jday',
      timezone: 'No/Where\x1b[2J',
    });
    schedule?.next_after.splice(0, 1, 'no\x1b[2Jtime');
    write('plan.json', JSON.stringify(plan));
    const { code, stdout } = await mxt(`show plan.json --format ${format}`);
    expect(code).toBe(0);
    for (const what of ['words', 'to', 'no']) expect(stdout).toContain(what);
    expect(stdout).not.toContain('\x1b');
    expect(stdout).toContain('time');
  });
});
