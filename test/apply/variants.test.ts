import { describe, expect, it } from 'vitest';
import type { SeenRequest } from '../../src/sandbox/http/faults.ts';
import type { VariantName } from '../../src/sandbox/variants/names.ts';
import { VARIANT_SUMMARIES } from '../../src/sandbox/variants/names.ts';
import { manifestYaml } from '../support/cli.ts';
import { applied, inShort } from '../support/running.ts';

const cron = (minute: number) => ({ schedule_config: `{ cron_expression: "${minute} 2 * * *" }` });
const INTERVAL = { trigger_type: 'interval', schedule_config: '{ interval_seconds: 600 }' };
const ENRICH = { action_type: 'taxonomy_enrichment', action_config: '{ taxonomy_id: t, collection_id: c }' };
const CANARY = {
  action_type: 'retriever_execution',
  action_config: '{ retriever_id: r, acceptance: { min_results: 1 } }',
};

const VARIANTS = Object.keys(VARIANT_SUMMARIES) as VariantName[];

interface Shown {
  readonly operations: readonly {
    readonly kind: string;
    readonly name: string;
    readonly changes: readonly { path: string }[];
  }[];
}

async function story(variants: readonly VariantName[]) {
  const world = await applied(
    {
      text: cron(0),
      when: INTERVAL,
      what: { ...cron(1), ...ENRICH },
      stops: cron(2),
      gone: { ...cron(3), ...CANARY },
    },
    { variants },
  );
  const { mxt, write, remove, clock } = world;
  /** Applies, and then there is nothing left to do. */
  const settle = async () => {
    await clock.sleep(10_000);
    expect(await mxt('apply', '--yes')).toMatchObject({ code: 0 });
    await clock.sleep(10_000);
    expect(await mxt('plan', '--detailed-exitcode')).toMatchObject({ code: 0 });
  };
  const edit = () => {
    write('manifests/text.yaml', manifestYaml('text', { ...cron(0), description: 'Other words' }));
    write(
      'manifests/when.yaml',
      manifestYaml('when', { ...INTERVAL, schedule_config: '{ interval_seconds: 900 }' }),
    );
    write(
      'manifests/what.yaml',
      manifestYaml('what', {
        ...cron(1),
        ...ENRICH,
        action_config: '{ taxonomy_id: t, collection_id: other }',
      }),
    );
    write('manifests/stops.yaml', manifestYaml('stops', { ...cron(2), status: 'paused' }));
    remove('manifests/gone.yaml');
  };
  const changes = async () => {
    const { operations } = JSON.parse((await mxt('plan', '--format', 'json')).stdout) as Shown;
    return operations.map(({ kind, name, changes: all }) =>
      [kind, name, ...all.map(({ path }) => path)].join(' '),
    );
  };
  return { ...world, settle, edit, changes };
}

describe.each(VARIANTS)('a service that is %s', (variant) => {
  it('shows what was edited and nothing else, takes it, and is done', async () => {
    const { settle, edit, changes, mxt, write, live, clock } = await story([variant]);
    await settle();
    edit();
    const shown = await changes();
    expect(shown.map((one) => one.replace(/ \/(?:action|schedule)_config.* (?=$)/, ''))).toEqual([
      'pause stops /status',
      'update text /description',
      'update when /schedule_config/interval_seconds',
      expect.stringMatching(/^replace what \/action_config\/collection_id$/),
      expect.stringMatching(/^delete gone /),
    ]);
    await settle();
    expect(live('stops').status).toBe('paused');
    expect(live('what').action_config).toMatchObject({ collection_id: 'other' });
    write('manifests/stops.yaml', manifestYaml('stops', { ...cron(2), status: 'active' }));
    await settle();
    expect(live('stops').status).toBe('active');
    expect(await mxt('pause', '--all', '--yes', '--reason', 'x')).toMatchObject({ code: 0 });
    expect(live('text')).toMatchObject({ status: 'paused', label: { hold: 'x' } });
    await clock.sleep(10_000);
    expect(await mxt('resume', '--all', '--yes')).toMatchObject({ code: 0 });
    expect(live('text')).toMatchObject({ status: 'active', label: { hold: null } });
    await settle();
  });
});

it('an answer that shows the state from before costs one GET, and is no lost label', async () => {
  const { sandbox, edit, mxt, settle } = await story(['answers-before']);
  await settle();
  edit();
  const from = sandbox.requests.length;
  const some = ['--only', 'stops', '--only', 'text', '--concurrency', '1'];
  expect(await mxt('apply', '--yes', ...some)).toMatchObject({ code: 0 });
  const sent = sandbox.requests.slice(from).filter(({ path }: SeenRequest) => !path.endsWith('/list'));
  expect(sent.map(inShort)).toEqual([
    'GET /v1/triggers/ID',
    'POST /v1/triggers/ID/pause',
    'GET /v1/triggers/ID',
    'PATCH /v1/triggers/ID description',
    'GET /v1/triggers/ID',
    'GET /v1/triggers/ID',
    'PATCH /v1/triggers/ID description',
    'GET /v1/triggers/ID',
  ]);
});
