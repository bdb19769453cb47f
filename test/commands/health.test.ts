import { describe, expect, it } from 'vitest';
import type { Plan as PlanJson } from '../../generated/plan.d.ts';
import type { Status as StatusJson } from '../../generated/status.d.ts';
import { validate as validatePlan } from '../../generated/validate-plan.js';
import { validate as validateStatus } from '../../generated/validate-status.js';
import type { Json, JsonObject } from '../../src/domain/json.ts';
import type { FaultHook } from '../../src/sandbox/http/faults.ts';
import { manifestYaml } from '../support/cli.ts';
import { applied } from '../support/running.ts';

/** It is 12:00, and these run at 02:00. */
const DUE = '2026-11-26T02:00:00Z';
type Shown = Readonly<Record<string, JsonObject>>;

/** Triggers that are live and in sync; `show` changes what lists say of them, by name. */
async function world(names: readonly string[], more: Record<string, string> = {}) {
  let shown: Shown = {};
  const change = (one: JsonObject) =>
    Object.assign(
      {},
      one,
      ...Object.entries(shown).map(([name, members]) =>
        String(one['description']).includes(` name=${name} `) ? members : {},
      ),
    );
  const faults: FaultHook = ({ path }) =>
    path === '/v1/triggers/list'
      ? {
          kind: 'mutate',
          json: (json: Json) => {
            const answer = json as JsonObject;
            return { ...answer, results: (answer['results'] as JsonObject[]).map(change) };
          },
        }
      : undefined;
  const made = await applied(Object.fromEntries(names.map((name) => [name, more])), { faults });
  const plan = async () => {
    const json = JSON.parse((await made.mxt('plan', '--format', 'json')).stdout) as PlanJson;
    expect(validatePlan(json), JSON.stringify(validatePlan.errors)).toBe(true);
    return json;
  };
  const status = async (...args: string[]) => {
    const json = JSON.parse((await made.mxt('status', '--format', 'json', ...args)).stdout) as StatusJson;
    expect(validateStatus(json), JSON.stringify(validateStatus.errors)).toBe(true);
    return json;
  };
  const exitCode = async () => (await made.mxt('status', '--exit-code')).code;
  return { ...made, plan, status, exitCode, show: (now: Shown) => (shown = now) };
}

const late = (at = DUE, more: JsonObject = {}): JsonObject => ({
  next_scheduled_at: at,
  is_overdue: true,
  ...more,
});
const told = (warnings: PlanJson['warnings']) =>
  warnings.map(({ code, name, message }) => `${code} ${name}: ${message}`);

describe('health, the other axis', () => {
  it('is told with the place of the manifest, where no operation has it: in text, JSON and annotations', async () => {
    const { run, mxt, root, status, plan, show } = await world(['a', 'b']);
    show({ a: late(), b: { ...late(), next_scheduled_at: '2026-11-26T11:00:00Z' } });
    const source = { file: 'manifests/a.yaml', line: 1 };
    expect((await plan()).warnings).toContainEqual(
      expect.objectContaining({ code: 'overdue', name: 'a', source }),
    );
    expect((await status()).warnings).toContainEqual(
      expect.objectContaining({ code: 'overdue', name: 'a', source }),
    );
    const { stdout } = await mxt('plan');
    expect(stdout).toContain('manifests/a.yaml:1:1: warning (overdue): a: this trigger is late');
    const { stderr } = await run(['plan'], { env: { GITHUB_ACTIONS: 'true', GITHUB_WORKSPACE: root } });
    expect(stderr).toContain(
      '::warning file=manifests/a.yaml,line=1,title=mxt (overdue)::a: this trigger is late',
    );
  });

  it('of failed and held triggers is in every summary, and no change', async () => {
    const { mxt, edit, plan, exitCode, apply } = await world(['a', 'b', 'c']);
    await mxt('pause', 'b', '--reason', 'costs too much', '--by', 'ada', '--until', '2026-12-01T08:00:00Z');
    expect(await exitCode()).toBe(0); // somebody's decision
    await edit('a', { status: 'failed', consecutive_failures: 5 });
    expect((await mxt('status')).stdout).toContain('3 triggers: 3 in sync; 1 failed, 1 held.');
    expect((await mxt('status', '--format', 'markdown')).stdout).toContain('3 in sync; 1 failed, 1 held.');
    const text = (await mxt('plan')).stdout;
    const hold = '1 held by ada until Tue 2026-12-01 08:00 UTC: costs too much (b)';
    expect(text.indexOf(hold)).toBeGreaterThan(0);
    expect(text.indexOf(hold)).toBeLessThan(text.indexOf('No changes.'));
    expect(text).toContain('3 triggers unchanged; 1 failed, 1 held.');
    for (const format of ['markdown', 'html'])
      expect((await mxt('plan', '--format', format)).stdout).toContain('1 failed, 1 held');
    expect((await plan()).health).toMatchObject({ failed: 1, held: 1, overdue: 0, hold_ended: 0 });
    expect(await mxt('plan', '--detailed-exitcode')).toMatchObject({ code: 0 });
    expect(await exitCode()).toBe(3);
    const { code, stdout } = await apply();
    expect([code, stdout]).toEqual([0, expect.stringContaining('Health: 1 failed, 1 held.')]);
    const result = await mxt('apply', '--yes', '--format', 'json');
    expect(JSON.parse(result.stdout)).toMatchObject({ health: { failed: 1, held: 1 } });
  });

  it('says once who holds many', async () => {
    const { mxt } = await world(['a', 'b', 'c', 'd', 'e', 'f', 'g']);
    await mxt('pause', '--all', '--reason', 'runaway spend', '--by', 'ada', '--yes');
    for (const command of ['plan', 'status']) {
      const { stdout } = await mxt(command);
      expect(stdout).toContain('7 held by ada until it is lifted: runaway spend (a, b, c, d, e and 2 more).');
      expect(stdout.match(/runaway spend/g)).toHaveLength(1);
    }
    expect((await mxt('status')).stdout).toContain('7 triggers: 7 in sync; 7 held.');
  });

  it('of one trigger that is late is its own', async () => {
    const { show, plan, status, exitCode, mxt } = await world(['a', 'b', 'c']);
    show({ a: late() });
    const message =
      'overdue a: this trigger is late: it was due Thu 2026-11-26 02:00 UTC, 10 h ago, and has not run; mxt run a runs it now';
    expect(told((await plan()).warnings)).toEqual([message]);
    const { triggers, health, warnings } = await status();
    expect(told(warnings)).toEqual([message]);
    expect(health).toMatchObject({ overdue: 1, scheduler_stopped: false });
    expect(triggers.map(({ unhealthy }) => unhealthy)).toEqual([['overdue'], [], []]);
    expect((await mxt('status')).stdout).toContain('active, overdue');
    expect(await exitCode()).toBe(3);
  });

  it('of many at once is the scheduler’s', async () => {
    const { show, plan, status, exitCode } = await world(['a', 'b', 'c', 'd']);
    show({ a: late(), b: late('2026-11-26T11:00:00Z'), c: late('2026-11-26T11:30:00Z') });
    const { warnings, health } = await plan();
    expect(told(warnings)).toEqual([
      "scheduler null: the service's scheduler does not tick: 3 triggers of the namespace are overdue, the first since " +
        "Thu 2026-11-26 02:00 UTC, 10 h ago, and none has run since; of these manifests a, b, c. Ask the service's " +
        'support (mxt doctor asks the scheduler itself)',
    ]);
    expect(health).toMatchObject({ overdue: 3, scheduler_stopped: true });
    expect((await status()).triggers.map(({ unhealthy }) => unhealthy?.length)).toEqual([1, 1, 1, 0]);
    expect(await exitCode()).toBe(3);
    // Another one has run since: the scheduler ticks.
    show({
      a: late(),
      b: late('2026-11-26T11:00:00Z'),
      c: late('2026-11-26T11:30:00Z'),
      d: { last_triggered_at: '2026-11-26T02:05:00Z' },
    });
    expect((await plan()).warnings.map(({ code }) => code)).toEqual(['overdue', 'overdue', 'overdue']);
    expect((await plan()).health).toMatchObject({ overdue: 3, scheduler_stopped: false });
  });

  it.each<[what: string, members: JsonObject, overdue: number]>([
    ['within the scheduler’s minute', late('2026-11-26T11:59:30Z'), 0],
    ['past it', late('2026-11-26T11:58:30Z'), 1],
    ['by a service that does not say', { next_scheduled_at: DUE, is_overdue: null }, 1],
    ['not so by the service’s own word', { next_scheduled_at: DUE, is_overdue: false }, 0],
    ['paused', late(DUE, { status: 'paused' }), 0],
    ['of no time at all', { next_scheduled_at: null, is_overdue: true }, 0],
    ['of a time that is none', { next_scheduled_at: 'soon', is_overdue: true }, 0],
  ])('counts as overdue what is %s: %j, %d', async (_, members, overdue) => {
    const { show, plan, exitCode } = await world(['a']);
    show({ a: members });
    expect((await plan()).health).toMatchObject({ overdue });
    expect(await exitCode()).toBe(overdue === 0 ? 0 : 3);
  });

  it('of a hold past its end is told until an apply takes it off, and out of sync wins', async () => {
    const { mxt, clock, plan, exitCode, apply, write } = await world(['a']);
    await mxt('pause', 'a', '--reason', 'costs too much', '--by', 'ada', '--until', '2h');
    await clock.sleep(3 * 3_600_000);
    expect(told((await plan()).warnings)).toEqual([
      'hold_ended a: the hold by ada ended Thu 2026-11-26 14:00 UTC, 1 h ago, and it is still paused: costs too much ' +
        '(the next apply takes it off, as mxt resume does)',
    ]);
    expect((await mxt('status')).stdout).toContain('1 past the end of its hold');
    expect((await mxt('status')).stdout).toContain('paused, hold has ended');
    expect(await exitCode()).toBe(2);
    write('mxt.yaml', 'owner: acme/search\npolicy: create-only\n');
    expect(await exitCode()).toBe(3);
    write('mxt.yaml', 'owner: acme/search\n');
    expect(await apply()).toMatchObject({ code: 0 });
    expect(await exitCode()).toBe(0);
  });
});

describe('mxt status shows a part', () => {
  async function several() {
    const made = await world(['a', 'b', 'c', 'd', 'e']);
    await made.edit('a', { status: 'failed' });
    made.write('manifests/b.yaml', manifestYaml('b', { description: 'Other words' }));
    await made.mxt('pause', 'd', '--reason', 'x', '--by', 'ada');
    made.show({
      c: { next_scheduled_at: '2026-11-28T02:00:00Z' },
      e: { next_scheduled_at: '2026-11-26T13:00:00Z' },
    });
    const names = async (...args: string[]) => (await made.status(...args)).triggers.map(({ name }) => name);
    return { ...made, names };
  }

  it.each([
    [[], ['a', 'b', 'c', 'd', 'e']],
    [['--unhealthy'], ['a', 'd']],
    [['--out-of-sync'], ['b']],
    [
      ['--unhealthy', '--out-of-sync'],
      ['a', 'b', 'd'],
    ],
    [
      ['--sort', 'next'],
      ['e', 'b', 'c', 'a', 'd'],
    ],
    [
      ['--sort', 'name'],
      ['a', 'b', 'c', 'd', 'e'],
    ],
  ])('with %j', async (args, expected) => {
    const { names, mxt } = await several();
    expect(await names(...args)).toEqual(expected);
    const { stdout } = await mxt('status', ...args);
    expect(stdout).toContain('5 triggers: 4 in sync, 1 changed in Git; 1 failed, 1 held.');
    const flags = args.filter((arg) => arg.startsWith('--') && arg !== '--sort').join(' ');
    if (flags !== '') expect(stdout).toContain(`Shown: ${expected.length} of 5 (${flags}).`);
    expect(await mxt('status', '--exit-code', ...args)).toMatchObject({ code: 2 });
  });

  it('refuses an order that there is not, having called nothing', async () => {
    const { mxt, sandbox } = await several();
    const from = sandbox.requests.length;
    expect(await mxt('status', '--sort', 'last')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('Allowed choices are name, next.'),
    });
    expect(sandbox.requests.length).toBe(from);
  });
});
