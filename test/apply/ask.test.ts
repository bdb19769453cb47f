import { describe, expect, it } from 'vitest';
import { makeRepository, manifestYaml, NAMESPACE, withSandbox } from '../support/cli.ts';

const CONFIG = `owner: acme/search\nenvironments: { production: { namespace: ${NAMESPACE} } }\n`;

/** What a person sees in `edited`, `fresh`, `gone` and `other`, and nothing of it is done yet. */
async function start() {
  const { sandbox, env } = await withSandbox();
  const repository = makeRepository({ 'mxt.yaml': CONFIG }, { ...env, MXT_ENV: 'production' });
  for (const name of ['edited', 'gone', 'other', 'equal']) {
    repository.write(`manifests/${name}.yaml`, manifestYaml(name));
  }
  expect(await repository.mxt('apply --yes')).toMatchObject({ code: 0 });
  repository.write('manifests/edited.yaml', manifestYaml('edited', { description: 'Edited' }));
  repository.write('manifests/fresh.yaml', manifestYaml('fresh'));
  repository.write(
    'manifests/other.yaml',
    manifestYaml('other', { action_config: '{ cluster_id: clust_2 }' }),
  );
  repository.remove('manifests/gone.yaml');
  const before = sandbox.requests.length;
  const writes = () =>
    sandbox.requests
      .slice(before)
      .filter(({ method, path }) => method !== 'GET' && path !== '/v1/triggers/list');
  /** What is left to do, as a plan of everything has it. */
  const left = async () => {
    const { stdout } = await repository.mxt('plan --format json');
    return JSON.parse(stdout).operations.map(
      ({ kind, name }: { kind: string; name: string }) => `${kind} ${name}`,
    );
  };
  return { repository, sandbox, writes, left };
}

const ALL = ['update edited', 'create fresh', 'replace other', 'delete gone'];

describe('a plan that deletes or replaces', () => {
  it('names environment, namespace and counts, and wants the number of them', async () => {
    const { repository, left } = await start();
    const { code, stdout, stderr } = await repository.mxt('apply', { lines: ['yes', 'all', '1', '4', '2'] });
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining('Apply: 4 applied.') });
    expect(stderr).toContain(
      `Apply this plan to ${NAMESPACE} (production): 1 to delete, 1 to replace, 1 to update, 1 to create?\n` +
        '  2 deleted or replaced: type 2 to apply all; else none or choose:\n',
    );
    const refused = 'Type 2, the number of deletions and replacements, or none or choose.\n';
    expect(stderr.split(refused)).toHaveLength(5);
    expect(await left()).toEqual([]);
  });

  it.each([
    ['Enter', ''],
    ['no', 'no'],
    ['none', 'NONE'],
  ])('is left alone with %s', async (_, line) => {
    const { repository, writes, left } = await start();
    const { code, stderr } = await repository.mxt('apply', { lines: [line] });
    expect({ code, stderr }).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('Nothing was changed.'),
    });
    expect(writes()).toEqual([]);
    expect(await left()).toEqual(ALL);
  });
});

describe('choosing operation by operation', () => {
  it.each<[title: string, lines: string[], done: string[], asksNumber: boolean]>([
    [
      'what deletes nothing needs no number',
      ['yes', 'y', 'no', 'n'],
      ['update edited', 'create fresh'],
      false,
    ],
    ['a deletion alone needs its number', ['n', 'n', 'n', 'y', '1'], ['delete gone'], true],
    ['all of the rest', ['n', 'all', '2'], ['create fresh', 'replace other', 'delete gone'], true],
    ['none of the rest', ['y', 'none'], ['update edited'], false],
    ['all, which is the plan as it was', ['all', '2'], ALL, true],
    ['nothing but Enter leaves one alone', ['', 'yes', '', ''], ['create fresh'], false],
    ['another word is asked about again', ['what', 'y', 'none'], ['update edited'], false],
  ])('%s', async (_, lines, done, asksNumber) => {
    const { repository, left } = await start();
    const { code, stdout, stderr } = await repository.mxt('apply', { lines: ['choose', ...lines] });
    expect({ code, stdout }).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(`Apply: ${done.length} applied.`),
    });
    expect(stderr.includes('Apply what you chose to')).toBe(asksNumber);
    expect(await left()).toEqual(ALL.filter((one) => !done.includes(one)));
    const skipped = ALL.filter((one) => !done.includes(one)).map((one) => `--except ${one.split(' ')[1]}`);
    const sentence = `Live equals the manifests for the ${5 - skipped.length} of 5 triggers that are selected (${skipped.join(' ')})`;
    if (skipped.length > 0) expect(stdout).toContain(sentence);
  });

  it.each([
    ['none of the first', ['none']],
    ['no to each', ['n', 'n', 'n', 'n']],
    ['a number that was not typed', ['n', 'n', 'n', 'y', 'none']],
    ['a terminal that is gone', ['y']],
  ])('of %s changes nothing', async (_, lines) => {
    const { repository, writes } = await start();
    expect(await repository.mxt('apply', { lines: ['choose', ...lines] })).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('Nothing was changed.'),
    });
    expect(writes()).toEqual([]);
  });

  it('says in the result what was selected, and keeps to what --only and --except left', async () => {
    const { repository } = await start();
    const flags = '--format json --except equal --except gone';
    const { code, stdout } = await repository.mxt(`apply ${flags}`, { lines: ['choose', 'y', 'none'] });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      converged: true,
      selection: { only: [], except: ['equal', 'gone', 'fresh', 'other'], selected: 1, of: 5 },
      operations: [{ kind: 'update', name: 'edited' }],
    });
  });

  it('reads live again after the last answer: what was chosen must still be so', async () => {
    const { repository, sandbox, writes } = await start();
    const answers = [true, false, false, false];
    const { code, stderr } = await repository.mxt('apply', {
      lines: ['choose'],
      answer: async () => {
        if (answers.length === 1) {
          await sandbox.change(NAMESPACE, (world) => ({
            ...world,
            triggers: world.triggers.map((one) => ({
              ...one,
              schedule_config: { cron_expression: '1 1 * * *' },
            })),
          }));
        }
        return answers.shift() ?? false;
      },
    });
    expect({ code, stderr }).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('live changed while you were asked'),
    });
    expect(writes()).toEqual([]);
  });

  it('of a trigger that takes a name before the other gave it away loses neither', async () => {
    const { env, sandbox } = await withSandbox();
    const repository = makeRepository({ 'mxt.yaml': CONFIG }, { ...env, MXT_ENV: 'production' });
    const work = (at: number) => ({ action_config: `{ cluster_id: clust_${at} }` });
    repository.write('manifests/a.yaml', manifestYaml('a', work(1)));
    repository.write('manifests/b.yaml', manifestYaml('b', work(2)));
    await repository.mxt('apply --yes');
    repository.remove('manifests/a.yaml');
    repository.write('manifests/b.yaml', manifestYaml('b', { ...work(1), renamed_from: 'a' }));
    repository.write('manifests/c.yaml', manifestYaml('c', { ...work(2), renamed_from: 'b' }));
    const ids = () => sandbox.world(NAMESPACE).triggers.map(({ trigger_id, status }) => [trigger_id, status]);
    const before = ids();
    expect(await repository.mxt('apply', { lines: ['choose', 'y', 'n'] })).toMatchObject({ code: 0 });
    expect(await repository.mxt('apply', { lines: ['yes'] })).toMatchObject({ code: 0 });
    expect(ids()).toEqual(before);
    expect(await repository.mxt('plan --detailed-exitcode')).toMatchObject({ code: 0 });
  });

  it('is not offered where there is one operation: yes or no', async () => {
    const { env } = await withSandbox();
    const repository = makeRepository(
      { 'mxt.yaml': CONFIG, 'manifests/a.yaml': manifestYaml('a') },
      { ...env, MXT_ENV: 'production' },
    );
    const { code, stderr } = await repository.mxt('apply', { lines: ['choose', 'yes'] });
    expect({ code, stderr }).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('1 to create?\n  yes or no:\nType yes or no.\n'),
    });
  });
});
