import { expect, it } from 'vitest';
import { runCli } from '../../src/cli/cli.ts';
import { fold } from '../../src/render/text/fold.ts';
import { makeRepository, manifestYaml, TestClock, testIo, withSandbox } from '../support/cli.ts';
import { terminalSvg } from '../support/terminal-svg.ts';

/** A README's column holds 80 of these letters. */
const COLUMNS = 80;
const CONFIG = 'owner: acme/search\nlint: { dst: off, overlap: off, cost_rise: off, self_overlap: off }\n';
const NIGHTLY = { description: 'Re-cluster of active products', schedule_config: cron('0 2 * * *') };
const ENRICH = {
  description: 'Tags new documents',
  action_type: 'taxonomy_enrichment',
  action_config: '{ taxonomy_id: tax_products, collection_id: col_items, incremental: true }',
  trigger_type: 'interval',
  schedule_config: '{ interval_seconds: 3600 }',
};

function cron(expression: string): string {
  return `{ cron_expression: "${expression}", timezone: America/New_York }`;
}

it('docs/plan.svg shows a plan as a terminal of 80 columns has it', async () => {
  const clock = new TestClock();
  const { env } = await withSandbox({ clock: clock.now });
  const repository = makeRepository(
    {
      'mxt.yaml': CONFIG,
      'manifests/nightly.yaml': manifestYaml('nightly-products', NIGHTLY),
      'manifests/enrich.yaml': manifestYaml('hourly-enrichment', ENRICH),
      'manifests/old.yaml': manifestYaml('old-catalogue', { description: 'About to go' }),
    },
    env,
  );
  expect(await repository.mxt('apply --yes', { clock })).toMatchObject({ code: 0 });
  repository.write(
    'manifests/nightly.yaml',
    manifestYaml('nightly-products', { ...NIGHTLY, schedule_config: cron('*/10 * * * *') }),
  );
  repository.write(
    'manifests/enrich.yaml',
    manifestYaml('hourly-enrichment', {
      ...ENRICH,
      action_config: ENRICH.action_config.replace('products', 'catalogue'),
    }),
  );
  repository.remove('manifests/old.yaml');

  let screen = '';
  const io = testIo({
    out: (text) => {
      screen += text;
    },
    env,
    cwd: repository.root,
    now: clock.now,
    sleep: clock.sleep,
    stdoutIsTerminal: true,
    screen: { columns: () => COLUMNS, fold },
  });
  expect(await runCli(['plan'], io)).toBe(0);
  // What is drawn anew in each sandbox, and where this one happened to listen.
  const ids = [...new Set(screen.match(/trg_\w+/g))];
  const shown = ids
    .reduce((text, one, at) => text.replaceAll(one, `trg_${String(at + 1).padStart(6, '0')}`), screen)
    .replaceAll(env['MP_API_URL'] ?? '', 'https://api.mixpeek.com')
    .replaceAll('ns_test', 'ns_prod');
  await expect(terminalSvg(shown, COLUMNS, 'mxt plan in a terminal')).toMatchFileSnapshot(
    '../../docs/plan.svg',
  );
});
