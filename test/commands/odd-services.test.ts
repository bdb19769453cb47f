import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../src/domain/json.ts';
import type { Fault, FaultHook, SeenRequest } from '../../src/sandbox/http/faults.ts';
import type { StoredTrigger } from '../../src/sandbox/store/namespace-state.ts';
import { CONFIG, makeRepository, manifestYaml, NAMESPACE, withSandbox } from '../support/cli.ts';
import { applied, inShort, isWrite } from '../support/running.ts';

/** Services that show something else in one place than in another: each is a way in which live may be misread. */

const isList = ({ path }: SeenRequest) => path === '/v1/triggers/list';
const isRead = (request: SeenRequest) =>
  isList(request) || (request.method === 'GET' && request.path.startsWith('/v1/triggers/'));

/** Changes every trigger in an answer. */
function showing(change: (trigger: JsonObject) => JsonObject): Fault {
  return {
    kind: 'mutate',
    json: (json: Json) => {
      const answer = json as JsonObject;
      if (Array.isArray(answer['results'])) {
        return { ...answer, results: (answer['results'] as JsonObject[]).map(change) };
      }
      return answer['trigger_id'] === undefined ? answer : change(answer);
    },
  };
}

const tidied = (trigger: JsonObject): JsonObject => {
  const schedule = trigger['schedule_config'] as JsonObject;
  const cron = String(schedule['cron_expression']).replace(/^0 (\d) /, '00 0$1 ');
  return { ...trigger, schedule_config: { ...schedule, cron_expression: cron } };
};

it('a service that stores another value is told of as long as it does: by apply, plan and status', async () => {
  const world = await applied({ a: {} }, { variants: ['clamp-intervals'] });
  world.write(
    'manifests/often.yaml',
    manifestYaml('often', { trigger_type: 'interval', schedule_config: '{ interval_seconds: 60 }' }),
  );
  const source = { file: 'manifests/often.yaml', line: 1 };
  for (const command of ['apply --yes', 'apply --yes', 'plan', 'status']) {
    const { code, stdout } = await world.mxt(...command.split(' '), '--format', 'json');
    const stored = (JSON.parse(stdout).warnings as { code: string }[] | undefined)?.filter(
      ({ code: one }) => one === 'stored_otherwise',
    );
    expect({ command, code, stored }).toMatchObject({ code: 0, stored: [{ name: 'often', source }] });
  }
  expect((await world.mxt('apply', '--yes')).stdout).toContain(
    'Nothing to apply. Live equals the manifests, but for 1 value that the service stores otherwise.',
  );
});

describe('a service whose writes answer what they were sent, and whose reads show what it stored', () => {
  const faults: FaultHook = (request) => (isRead(request) ? showing(tidied) : undefined);

  it('converges in one apply: what the closing list shows is recorded', async () => {
    const { mxt, apply, write, live } = await applied({ a: {} }, { faults });
    expect(live('a').label.lastObserved).not.toBeNull();
    expect(await mxt('plan', '--detailed-exitcode')).toMatchObject({ code: 0 });
    write(
      'manifests/a.yaml',
      manifestYaml('a', { schedule_config: '{ cron_expression: "0 5 * * *", timezone: UTC }' }),
    );
    const { code, stdout } = await apply();
    expect(stdout).toContain('Live equals the manifests, but for 1 value that the service stores otherwise');
    expect(code).toBe(0);
    expect(await mxt('plan', '--detailed-exitcode')).toMatchObject({ code: 0 });
    write('manifests/a.yaml', manifestYaml('a', { action_config: '{ cluster_id: clust_other }' }));
    expect(await apply()).toMatchObject({ code: 0 });
    expect(await mxt('plan', '--detailed-exitcode')).toMatchObject({ code: 0 });
  });

  it('believes no edit that came after the write', async () => {
    let patched = false;
    let edit = async (): Promise<void> => {};
    const world = await applied(
      { a: {} },
      {
        faults: (request) => {
          if (request.method === 'PATCH') patched = true;
          if (!isList(request) || !patched) return undefined;
          patched = false;
          return { kind: 'delay', when: 'before', until: edit() };
        },
      },
    );
    world.write('manifests/a.yaml', manifestYaml('a', { description: 'New words' }));
    // Right before the closing list somebody gives it another time.
    edit = () =>
      world.edit('a', {
        schedule_config: { cron_expression: '7 7 * * *', timezone: 'UTC' },
        updated_at: '2026-11-26T12:30:00Z',
      } as Partial<StoredTrigger>);
    const from = world.sandbox.requests.length;
    expect(await world.apply()).toMatchObject({ code: 1 });
    expect(world.sandbox.requests.slice(from).filter(isWrite).map(inShort)).toEqual([
      'PATCH /v1/triggers/ID description',
    ]);
    expect((await world.mxt('plan')).stdout).toContain('schedule_config.cron_expression  "7 7 * * *"');
  });

  it('takes an old value in the list for a PATCH that was not taken', async () => {
    const old = { cron_expression: '0 2 * * *', timezone: 'UTC' };
    const { apply, write, mxt, clock } = await applied(
      { a: {} },
      {
        faults: (request) =>
          isRead(request) ? showing((one) => ({ ...one, schedule_config: old })) : undefined,
      },
    );
    await clock.sleep(60_000);
    write(
      'manifests/a.yaml',
      manifestYaml('a', { schedule_config: '{ cron_expression: "0 5 * * *", timezone: UTC }' }),
    );
    expect(await apply()).toMatchObject({ code: 1 });
    expect((await mxt('plan', '--detailed-exitcode')).code).toBe(2);
  });
});

it.each([
  [
    'text',
    (one: StoredTrigger, made: boolean) => ({
      ...one,
      description: (one.description ?? '').replace(/^about/i, made ? 'ABOUT' : 'about'),
    }),
  ],
  [
    'schedules',
    (one: StoredTrigger, made: boolean) => ({
      ...one,
      schedule_config: { ...one.schedule_config, timezone: made ? 'utc' : 'Etc/UTC' },
    }),
  ],
])('a service whose POST and PATCH tidy %s differently needs one apply', async (_, tidy) => {
  const stored = new Map<string, StoredTrigger>();
  const { mxt, write, apply } = await applied(
    { a: {}, b: {} },
    {
      onStore: (one) => {
        const before = stored.get(one.trigger_id);
        const carried = JSON.stringify(before?.schedule_config) !== JSON.stringify(one.schedule_config);
        const tidied = tidy(one, before === undefined) as StoredTrigger;
        const next = carried ? tidied : { ...tidied, schedule_config: one.schedule_config };
        stored.set(one.trigger_id, next);
        return next;
      },
    },
  );
  expect(await mxt('plan', '--detailed-exitcode')).toMatchObject({ code: 0 });
  const daily = '{ cron_expression: "0 5 * * *", timezone: UTC }';
  write('manifests/a.yaml', manifestYaml('a', { description: 'About a, again', schedule_config: daily }));
  write('manifests/b.yaml', manifestYaml('b', { action_config: '{ cluster_id: clust_other }' }));
  expect(await apply()).toMatchObject({ code: 0 });
  expect(await mxt('plan', '--detailed-exitcode')).toMatchObject({ code: 0 });
});

describe('lists that show less than a GET', () => {
  const without = (...members: string[]) =>
    showing((one) => Object.fromEntries(Object.entries(one).filter(([key]) => !members.includes(key))));

  it('without descriptions end the run before anything is made a second time', async () => {
    const { sandbox, env } = await withSandbox({
      faults: (request) => (isList(request) ? without('description') : undefined),
    });
    const { mxt } = makeRepository({ 'mxt.yaml': CONFIG, 'manifests/a.yaml': manifestYaml('a') }, env);
    await mxt('apply --yes');
    const { length } = sandbox.world(NAMESPACE).triggers;
    for (const command of ['plan', 'apply --yes']) {
      const { code, stderr } = await mxt(command);
      expect(stderr).toContain('the list of triggers leaves descriptions out');
      expect(code).toBe(1);
    }
    expect(sandbox.world(NAMESPACE).triggers).toHaveLength(length);
    expect(length).toBe(1);
  });

  it('nor is a create whose answer was lost sent again', async () => {
    let lost = 0;
    const { sandbox, env } = await withSandbox({
      faults: (request) => {
        if (isList(request)) return without('description');
        const isCreate = request.method === 'POST' && request.path === '/v1/triggers';
        return isCreate && ++lost === 1
          ? {
              kind: 'answer',
              when: 'after',
              status: 500,
              body: { error: { type: 'InternalError', message: 'no' }, status: 500, success: false },
            }
          : undefined;
      },
    });
    const { mxt } = makeRepository({ 'mxt.yaml': CONFIG, 'manifests/a.yaml': manifestYaml('a') }, env);
    const { code, stderr, stdout } = await mxt('apply --yes');
    expect(stdout + stderr).toContain('without a description');
    expect(code).toBe(1);
    expect(sandbox.world(NAMESPACE).triggers).toHaveLength(1);
  });

  it('that have none by nature cost one look, and work', async () => {
    const { sandbox, env } = await withSandbox();
    const { mxt } = makeRepository({ 'mxt.yaml': CONFIG, 'manifests/a.yaml': manifestYaml('a') }, env);
    await mxt('apply --yes');
    await sandbox.change(NAMESPACE, (world) => ({
      ...world,
      triggers: world.triggers.map((one) => ({ ...one, description: null })),
    }));
    const from = sandbox.requests.length;
    expect((await mxt('plan')).stdout).toContain('create');
    expect(sandbox.requests.slice(from).map(({ method }) => method)).toEqual(['POST', 'GET']);
  });

  it('without nulls inside filters hinder no write', async () => {
    const { mxt, apply, write } = await applied(
      { a: { action_config: '{ cluster_id: clust_1, filters: { region: null, status: active } }' } },
      {
        faults: (request) =>
          isList(request)
            ? showing(
                (one) => JSON.parse(JSON.stringify(one, (_, value) => value ?? undefined)) as JsonObject,
              )
            : undefined,
      },
    );
    write(
      'manifests/a.yaml',
      manifestYaml('a', {
        action_config: '{ cluster_id: clust_1, filters: { region: null, status: active } }',
        description: 'New words',
      }),
    );
    expect(await apply()).toMatchObject({ code: 0 });
    expect(await mxt('plan', '--detailed-exitcode')).toMatchObject({ code: 0 });
  });
});
