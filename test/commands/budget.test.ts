import { describe, expect, it } from 'vitest';
import type { Plan as PlanJson } from '../../generated/plan.d.ts';
import { validate } from '../../generated/validate-plan.js';
import { CONFIG, manifestYaml } from '../support/cli.ts';
import { applied, isWrite } from '../support/running.ts';

const DAILY = { schedule_config: '{ cron_expression: "0 2 * * *", timezone: UTC }' };
const UNPRICED = {
  action_type: 'retriever_execution',
  action_config: '{ retriever_id: ret_1 }',
  schedule_config: '{ cron_expression: "0 * * * *", timezone: UTC }',
};

/** One nightly clustering run is live: 1,500 to 15,000 credits a month. */
async function nightly(budget: string) {
  const world = await applied({ a: DAILY });
  world.write('mxt.yaml', `${CONFIG}${budget === '' ? '' : `budget: ${budget}\n`}`);
  const plan = async (...args: string[]) => {
    const { code, stdout } = await world.mxt('plan', '--format', 'json', ...args);
    const json = JSON.parse(stdout) as PlanJson;
    expect(validate(json), JSON.stringify(validate.errors)).toBe(true);
    return { code, guards: json.guards, forecast: json.forecast };
  };
  return { ...world, plan };
}

const brief = (guards: PlanJson['guards']) =>
  guards.map(({ guard, found, limit, flag }) => `${guard} ${found} > ${limit}: ${flag}`);

describe('the budget', () => {
  it.each<[what: string, budget: string, args: string[], refusals: string[]]>([
    ['within it', '{ credits_per_month: 30000 }', [], []],
    ['beyond it', '{ credits_per_month: 20000 }', [], ['budget 30000 > 20000: --max-credits 30000']],
    ['beyond what one plan may add', '{ increase: 5000 }', [], ['budget 15000 > 5000: --max-credits 30000']],
    [
      'beyond both',
      '{ credits_per_month: 20000, increase: 5000 }',
      [],
      ['budget 30000 > 20000: --max-credits 30000', 'budget 15000 > 5000: --max-credits 30000'],
    ],
    [
      'with a word for this run, which lifts both',
      '{ credits_per_month: 20000, increase: 5000 }',
      ['--max-credits', '30000'],
      [],
    ],
    [
      'beyond that word',
      '{ credits_per_month: 50000 }',
      ['--max-credits', '29999'],
      ['budget 30000 > 29999: --max-credits 30000'],
    ],
    ['without one, beyond a word', '', ['--max-credits', '0'], ['budget 30000 > 0: --max-credits 30000']],
  ])('%s', async (_, budget, args, refusals) => {
    const { write, plan, mxt, sandbox } = await nightly(budget);
    write('manifests/b.yaml', manifestYaml('b', DAILY));
    const { code, guards } = await plan(...args);
    expect([brief(guards), code]).toEqual([refusals, refusals.length === 0 ? 0 : 1]);
    const from = sandbox.requests.length;
    const applied = await mxt('apply', '--yes', ...args);
    expect(applied.code).toBe(refusals.length === 0 ? 0 : 1);
    if (refusals.length > 0) {
      expect(applied.stderr).toContain('--max-credits 30000 allows it this once');
      expect(sandbox.requests.slice(from).filter(isWrite)).toEqual([]);
    }
  });

  it.each<[what: string, change: (world: Awaited<ReturnType<typeof nightly>>) => void]>([
    ['nothing', () => {}],
    ['the text', ({ write }) => write('manifests/a.yaml', manifestYaml('a', { ...DAILY, description: 'x' }))],
    ['a pause', ({ write }) => write('manifests/a.yaml', manifestYaml('a', { ...DAILY, status: 'paused' }))],
    ['another hour', ({ write }) => write('manifests/a.yaml', manifestYaml('a'))],
    [
      'a replacement',
      ({ write }) =>
        write('manifests/a.yaml', manifestYaml('a', { ...DAILY, action_config: '{ cluster_id: clust_2 }' })),
    ],
    ['what has no price', ({ write }) => write('manifests/b.yaml', manifestYaml('b', UNPRICED))],
  ])('is spent already, and a plan that changes %s is not refused', async (_, change) => {
    const world = await nightly('{ credits_per_month: 10, increase: 0 }');
    change(world);
    expect(await world.plan()).toMatchObject({ code: 0, guards: [] });
  });

  it('is why status says that an apply would be refused, which its exit code tells', async () => {
    const { mxt, write } = await nightly('{ credits_per_month: 20000 }');
    expect(await mxt('status', '--exit-code')).toMatchObject({ code: 0, stderr: '' });
    write('manifests/b.yaml', manifestYaml('b', DAILY));
    expect(await mxt('status', '--exit-code')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(
        /^an apply would be refused \(budget\): the forecast rises from 15,000 to 30,000/,
      ),
    });
  });

  it('counts an interval alike wherever it begins', async () => {
    const weekly = { trigger_type: 'interval', schedule_config: '{ interval_seconds: 500000 }' };
    const { write, mxt, clock } = await applied({ a: weekly });
    write('mxt.yaml', `${CONFIG}budget: { credits_per_month: 10 }\n`);
    for (let hours = 0; hours < 150; hours += 31) {
      await clock.sleep(31 * 3_600_000);
      const { code, stdout } = await mxt('plan', '--replace', 'a');
      expect([code, stdout]).toEqual([0, expect.stringContaining('1 to replace')]);
    }
  });

  it('counts what others own', async () => {
    const { unmanaged, write, plan } = await nightly('{ credits_per_month: 30000 }');
    await unmanaged();
    write('manifests/b.yaml', manifestYaml('b', DAILY));
    const { guards, forecast } = await plan();
    expect(brief(guards)).toEqual(['budget 45000 > 30000: --max-credits 45000']);
    expect(forecast).toMatchObject({ counted_triggers: 3 });
  });

  it('is stated in every format, with the runs that have no known price', async () => {
    const { write, mxt, plan } = await nightly('{ credits_per_month: 20000 }');
    expect((await mxt('plan')).stdout).toContain('1,500–15,000 of 20,000 credits a month');
    write('manifests/b.yaml', manifestYaml('b', UNPRICED));
    write(
      'manifests/c.yaml',
      manifestYaml('c', { trigger_type: 'event', schedule_config: '{ event_type: documents_added }' }),
    );
    const sum = '1,500–15,000 of 20,000 credits a month, with no known price for 720 of the runs';
    const counts =
      "Counted: the whole namespace's 2 active triggers on a clock, not the 1 that waits for events or conditions.";
    for (const format of ['text', 'markdown', 'html']) {
      const { stdout } = await mxt('plan', '--format', format);
      expect(stdout.replace(/<\/?b>|\*\*/g, '').replaceAll('&#39;', "'")).toContain(
        `Forecast: 30 → 750 runs a month, ${sum}. ${counts}`.replace(
          '. C',
          format === 'text' ? '.\nC' : '. C',
        ),
      );
    }
    expect((await plan()).forecast).toMatchObject({
      unpriced_runs_per_month_before: 0,
      unpriced_runs_per_month_after: 720,
      counted_triggers: 2,
      uncounted_triggers: 1,
      budget: { credits_per_month: 20000, increase: null, by_flag: false },
    });
  });

  it('is laid over that of all environments, member by member', async () => {
    const { write, run } = await nightly('');
    write(
      'mxt.yaml',
      'owner: acme/search\nbudget: { credits_per_month: 20000, increase: 5000 }\nenvironments:\n' +
        '  one: { namespace: ns_one }\n  two: { namespace: ns_two, budget: { increase: 15000 } }\n',
    );
    const guards = async (env: string) => {
      const { stdout } = await run(['plan', '-e', env, '--format', 'json'], { env: { MP_NAMESPACE: '' } });
      return brief((JSON.parse(stdout) as PlanJson).guards);
    };
    expect(await guards('one')).toEqual(['budget 15000 > 5000: --max-credits 15000']);
    expect(await guards('two')).toEqual([]);
  });

  it.each([
    ['budget: { credits_per_month: lots }', 'mxt.yaml:2:30', 'number'],
    ['budget: { credits_per_month: -1 }', 'mxt.yaml:2:30', 'at least 0'],
    ['budget: 20000', 'mxt.yaml:2:9', 'mapping'],
    ['budget: { credits: 20000 }', 'mxt.yaml:2:11', 'credits'],
  ])('that is wrong costs nothing: %s', async (line, place, word) => {
    const { write, mxt, sandbox } = await nightly('');
    write('mxt.yaml', `owner: acme/search\n${line}\n`);
    const from = sandbox.requests.length;
    for (const command of ['plan', 'validate']) {
      const { code, stderr } = await mxt(command);
      expect([code, stderr]).toEqual([1, expect.stringContaining(place)]);
      expect(stderr).toContain(word);
    }
    expect(sandbox.requests.slice(from)).toEqual([]);
  });

  it.each(['lots', '-1', '1e5', ''])('refuses --max-credits %j', async (value) => {
    const { mxt, sandbox } = await nightly('');
    const from = sandbox.requests.length;
    expect(await mxt('plan', `--max-credits=${value}`)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('--max-credits'),
    });
    expect(sandbox.requests.slice(from)).toEqual([]);
  });
});

describe('a cost that rises more than tenfold', () => {
  const every = (hours: number) => ({
    ...UNPRICED,
    schedule_config: `{ cron_expression: "0 */${hours} * * *", timezone: UTC }`,
  });
  const warned = (stdout: string) =>
    (JSON.parse(stdout) as PlanJson).warnings
      .filter(({ code }) => code === 'cost_rise')
      .map(({ name, message }) => `${name}: ${message}`);

  it.each<[what: string, before: Record<string, string>, after: Record<string, string>, told: string[]]>([
    [
      'in credits',
      DAILY,
      { schedule_config: '{ cron_expression: "*/30 * * * *", timezone: UTC }' },
      [
        'a: may cost 48 times as much as before: 15,000 → 720,000 credits a month at most; run it less often, unless that is intended',
      ],
    ],
    [
      'in runs, where no price is known',
      every(12),
      every(1),
      [
        'a: may cost 12 times as much as before: 60 → 720 runs a month; run it less often, unless that is intended',
      ],
    ],
    ['but not tenfold', DAILY, { schedule_config: '{ cron_expression: "0 */3 * * *", timezone: UTC }' }, []],
    ['from nothing', { ...DAILY, status: 'paused' }, { ...DAILY, status: 'active' }, []],
  ])('%s', async (_, before, after, told) => {
    const { write, mxt } = await applied({ a: before });
    write('manifests/a.yaml', manifestYaml('a', after));
    const { code, stdout } = await mxt('plan', '--format', 'json');
    expect([code, warned(stdout)]).toEqual([0, told]);
  });

  it('is accepted where a manifest says why', async () => {
    const { write, mxt } = await applied({ a: every(12) });
    write('manifests/a.yaml', manifestYaml('a', { ...every(1), lint: '{ cost_rise: the canary is cheap }' }));
    expect(warned((await mxt('plan', '--format', 'json')).stdout)).toEqual([]);
  });

  it('of the namespace, where no trigger by itself rises', async () => {
    const { write, mxt } = await applied({ a: DAILY });
    for (const name of 'bcdefghijk') write(`manifests/${name}.yaml`, manifestYaml(name, DAILY));
    expect(warned((await mxt('plan', '--format', 'json')).stdout)).toEqual([
      'null: all that is live may cost 11 times as much as before: 15,000 → 165,000 credits a month at most; run them less often, unless that is intended',
    ]);
  });

  it('is off, or refused, where the configuration says so', async () => {
    const { write, mxt, sandbox } = await applied({ a: every(12) });
    write('manifests/a.yaml', manifestYaml('a', every(1)));
    write('mxt.yaml', `${CONFIG}lint: { cost_rise: off }\n`);
    expect(warned((await mxt('plan', '--format', 'json')).stdout)).toEqual([]);
    write('mxt.yaml', `${CONFIG}lint: { cost_rise: error }\n`);
    const json = JSON.parse((await mxt('plan', '--format', 'json')).stdout) as PlanJson;
    expect([brief(json.guards), json.warnings]).toEqual([['cost_rise 12 > 10: --max-credits 0'], []]);
    const from = sandbox.requests.length;
    expect(await mxt('apply', '--yes')).toMatchObject({ code: 1 });
    expect(sandbox.requests.slice(from).filter(isWrite)).toEqual([]);
    expect(await mxt('apply', '--yes', '--max-credits', '0')).toMatchObject({ code: 0 });
  });
});

describe('house rules for tags', () => {
  const tagged = { ...DAILY, tags: '[nightly]' };

  it('are held at the manifest’s line, and cost nothing', async () => {
    const { write, mxt, sandbox } = await applied({ a: tagged, b: DAILY });
    write('mxt.yaml', `${CONFIG}rules: { tags: { nightly: { max_runs_per_month: 29 } } }\n`);
    const from = sandbox.requests.length;
    const { code, stderr } = await mxt('plan');
    expect([code, stderr]).toEqual([
      1,
      expect.stringContaining('runs 30 times in 30 days, rules.tags.nightly.max_runs_per_month allows 29'),
    ]);
    expect(stderr).toMatch(/^manifests\/a\.yaml:6:/);
    expect(stderr).not.toContain('manifests/b.yaml');
    expect(sandbox.requests.length).toBe(from);
  });

  it('are a warning where no manifest has the tag', async () => {
    const { write, mxt } = await applied({ a: tagged });
    write('mxt.yaml', `${CONFIG}rules: { tags: { nightli: { max_runs_per_month: 29 } } }\n`);
    const words =
      'rules.tags.nightli applies to nothing, because no manifest has this tag: did you mean nightly?';
    for (const command of ['validate', 'plan']) {
      const { code, stdout, stderr } = await mxt(command);
      expect([code, stdout + stderr]).toEqual([0, expect.stringContaining(words)]);
    }
  });
});
