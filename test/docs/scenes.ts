import { cpSync, readFileSync } from 'node:fs';
import { startFakeGitHub } from '../github/fake-github.ts';
import { makeRemote } from '../github/remote.ts';
import { CONFIG, manifestYaml } from '../support/cli.ts';
import { pageText, TOP } from '../support/markdown-pages.ts';
import type { Stage } from './stage.ts';

/** Some minutes after everything that our pages do. */
const LATER = '2026-11-26T04:30:00.000000Z';

function copyOurs({ repository }: Stage): void {
  cpSync(`${TOP}/mxt.yaml`, `${repository.root}/mxt.yaml`);
  cpSync(`${TOP}/manifests`, `${repository.root}/manifests`, { recursive: true });
}

/** Somebody makes the nightly enrichment run every two minutes. */
function changeByHand(stage: Stage): void {
  stage.changeEmbedded((trigger) => {
    const { schedule_config: schedule } = trigger;
    if (schedule['cron_expression'] !== '0 3 * * *') return trigger;
    const schedule_config = { ...schedule, cron_expression: '*/2 * * * *' };
    return { ...trigger, schedule_config, updated_at: LATER };
  });
}

/** What happens on a page where it has a comment `scene: NAME`, and no reader sees. */
export const SCENES: Readonly<Record<string, (stage: Stage) => void | Promise<void>>> = {
  'our-manifests': copyOurs,
  'three-environments': ({ repository }) => {
    const filter = (path: string) => !path.endsWith('.mxt');
    cpSync(`${TOP}/examples/three-environments`, repository.root, { recursive: true, filter });
  },
  'fresh-repository': (stage) => stage.startAnew(),
  connected: async (stage) => {
    await stage.connect();
  },
  'staged-production': async (stage) => {
    await stage.connect(null);
    stage.env['MP_API_KEY_PROD'] = stage.env['MP_API_KEY'] ?? '';
  },
  'made-in-the-console': async (stage) => {
    await stage.make({
      name: 'Nightly re-cluster of reviews',
      description: 'Asked for by the reviews team',
      action_type: 'cluster',
      action_config: { cluster_id: 'clust_def456' },
      trigger_type: 'cron',
      schedule_config: { cron_expression: '30 3 * * *', timezone: 'UTC' },
    });
  },
  'something-changed': async (stage) => {
    copyOurs(stage);
    await stage.quietly('apply --sandbox --yes');
    changeByHand(stage);
    const file = 'manifests/taxonomy/hourly-enrichment.yaml';
    stage.repository.write(file, pageText(file).replace('tax_products', 'tax_catalogue'));
  },
  'changed-by-hand': changeByHand,
  'applied-then-more-often': async (stage) => {
    await stage.quietly('apply --sandbox --yes');
    const file = 'manifests/nightly-products.yaml';
    const text = readFileSync(`${stage.repository.root}/${file}`, 'utf8');
    stage.repository.write(file, text.replace('10 2 * * *', '0 */2 * * *'));
  },
  'ours-with-a-failed-one': async (stage) => {
    copyOurs(stage);
    await stage.quietly('apply --sandbox --yes');
    stage.changeEmbedded((trigger) => {
      if (trigger.name !== 'recluster-on-drift') return trigger;
      const error = 'cluster clust_abc123 has no documents';
      return { ...trigger, status: 'failed', consecutive_failures: 5, last_execution_error: error };
    });
  },
  'most-manifests-are-gone': async (stage) => {
    copyOurs(stage);
    await stage.quietly('apply --sandbox --yes');
    for (const gone of ['drift.yaml', 'inventory-processing.yaml'])
      stage.repository.remove(`manifests/${gone}`);
    stage.repository.write('mxt.yaml', `${pageText('mxt.yaml')}guard: { max_deletes: 2 }\n`);
  },
  'empty-manifests': ({ repository }) => repository.write('manifests/.gitkeep', ''),
  'a-manifest': (stage) => {
    stage.startAnew();
    stage.repository.write('mxt.yaml', CONFIG);
    stage.repository.write('manifests/a.yaml', manifestYaml('nightly-products'));
  },
  'without-environments': ({ repository }) => repository.write('mxt.yaml', CONFIG),
  'wrong-key': async (stage) => {
    const error = { type: 'AuthenticationError', message: 'Invalid API key' };
    await stage.connect('ns_prod', {
      faults: () => ({
        kind: 'answer',
        when: 'before',
        status: 401,
        body: { success: false, status: 401, error },
      }),
    });
  },
  'unknown-namespace': async (stage) => {
    await stage.connect('ns_prdo', {
      faults: () => ({
        kind: 'answer',
        when: 'before',
        status: 200,
        headers: { 'x-namespace-unresolved': 'ns_prdo' },
        body: { results: [], total: 0, offset: 0, limit: 1000 },
      }),
    });
  },
  'proxy-in-between': async (stage) => {
    const body = '<html><head><title>Sign in to the corporate network</title></head></html>';
    const headers = { 'content-type': 'text/html' };
    await stage.connect('ns_prod', {
      faults: () => ({ kind: 'answer', when: 'before', status: 403, headers, body }),
    });
  },
  'served-sandbox': async (stage) => {
    stage.address = 'http://127.0.0.1:8787';
    await stage.connect();
    stage.repository.write('mxt.yaml', CONFIG);
    stage.repository.write('manifests/a.yaml', manifestYaml('nightly-products'));
    await stage.quietly('apply --yes');
  },
  'two-days-later': ({ clock }) => clock?.sleep(48 * 3_600_000),
  'a-manifest-to-label': (stage) => {
    stage.startAnew();
    const more = { description: 'Nightly re-cluster of active products', status: 'active' };
    stage.repository.write('mxt.yaml', CONFIG);
    stage.repository.write('manifests/a.yaml', manifestYaml('nightly-products', more));
  },
  'a-push-beside-a-review': async (stage) => {
    stage.clock = null;
    await stage.connect();
    const remote = makeRemote(await startFakeGitHub(), stage.env);
    const file = (name: string) => ({ [`manifests/${name}.yaml`]: manifestYaml(name) });
    remote.merge(await remote.propose(file('nightly-products')), 'squash');
    await remote.applied();
    const reviewed = await remote.propose(file('hourly-reviews'));
    remote.push({ 'manifests/nightly-products.yaml': null });
    remote.merge(reviewed, 'squash');
    const { repository, env } = remote.checkout();
    stage.repository = repository;
    stage.env = { ...stage.env, ...env };
  },
  'renamed-carelessly': async (stage) => {
    copyOurs(stage);
    await stage.quietly('apply --sandbox --yes');
    const file = 'manifests/images.yaml';
    stage.repository.write(
      file,
      pageText(file).replace('name: process-images', 'name: images-every-six-hours'),
    );
  },
  'our-manifests-and-a-drift': async (stage) => {
    stage.startAnew();
    copyOurs(stage);
    await stage.quietly('apply --sandbox --yes');
    changeByHand(stage);
  },
  'mistake-is-mended': ({ repository }) => repository.remove('manifests/oops.yaml'),
  'schedules-changed-in-the-console': async (stage) => {
    await stage.quietly('apply --sandbox -e production --yes');
    stage.changeEmbedded((trigger) => {
      const { timezone, interval_seconds, ...rest } = trigger.schedule_config;
      const schedule_config = {
        ...rest,
        ...(timezone === undefined ? {} : { timezone: 'UTC' }),
        ...(interval_seconds === undefined
          ? {}
          : { interval_seconds: interval_seconds === 7200 ? 900 : interval_seconds }),
      };
      return { ...trigger, schedule_config, updated_at: LATER };
    });
  },
};
