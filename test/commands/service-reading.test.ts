import { describe, expect, it } from 'vitest';
import { CONFIG, makeRepository, manifestYaml, NAMESPACE, TestClock, withSandbox } from '../support/cli.ts';

const clock = new TestClock('2026-11-26T09:15:00Z');
const monday = (name: string, expression: string) =>
  manifestYaml(name, { schedule_config: `{ cron_expression: "${expression}" }` });
const FILES = {
  'mxt.yaml': CONFIG,
  'manifests/all.yaml': [monday('first-monday', '0 9 1-7 * MON'), monday('daily', '0 2 * * *')].join('---\n'),
};
const WARNING =
  'the service says that it runs next Mon 2026-12-07 09:00 UTC, and its schedule means Mon 2026-11-30 09:00 UTC here ' +
  '(as if a day had to match both day fields): the forecast goes by the service; look whether that is what you meant';

/** Applied, by a service for which a day must match both day fields. */
async function applied() {
  const { sandbox, env } = await withSandbox({ clock: clock.now });
  const repository = makeRepository(FILES, env);
  await repository.mxt('apply --yes', { clock });
  await sandbox.change(NAMESPACE, (world) => ({
    ...world,
    triggers: world.triggers.map((one) =>
      one.description?.includes('name=first-monday')
        ? { ...one, next_scheduled_at: '2026-12-07T09:00:00Z' }
        : one,
    ),
  }));
  return repository;
}

describe('a service that reads a cron differently', () => {
  it('is warned of by plan and status, and the plan counts as the service does', async () => {
    const { mxt, write } = await applied();
    const warning = { code: 'counts_differently', name: 'first-monday', message: WARNING };
    const plan = async () => JSON.parse((await mxt('plan --format json', { clock })).stdout);
    const { warnings, forecast } = await plan();
    expect(warnings).toEqual([expect.objectContaining(warning)]);
    expect(forecast).toMatchObject({ runs_per_month_before: 30.99, runs_per_month_after: 30.99 });
    const status = JSON.parse((await mxt('status --format json', { clock })).stdout);
    expect(status.warnings).toEqual([expect.objectContaining(warning)]);
    // What is made new there will be read so as well.
    write('manifests/new.yaml', monday('first-tuesday', '0 9 1-7 * TUE'));
    const [operation] = (await plan()).operations;
    expect(operation.schedule).toMatchObject({
      words: 'At 09:00, between day 1 and 7 of the month, where that is Tuesday (UTC)',
      next_after: ['2026-12-01T09:00:00.000Z', '2027-01-05T09:00:00.000Z', '2027-02-02T09:00:00.000Z'],
    });
  });

  it('is followed in what is upcoming', async () => {
    const { mxt } = await applied();
    const { runs, warnings } = JSON.parse(
      (await mxt('schedule --live --days 14 --format json', { clock })).stdout,
    );
    const times = runs.filter(({ name }: { name: string }) => name === 'first-monday');
    expect(times.map(({ at }: { at: string }) => at)).toEqual(['2026-12-07T09:00:00.000Z']);
    expect(warnings).toEqual([`first-monday: ${WARNING}`]);
  });

  it('is followed in what is simulated, before the plan and after it', async () => {
    const { mxt } = await applied();
    const json = JSON.parse((await mxt('simulate --days 45 --format json', { clock })).stdout);
    const ran = json.timeline.filter(({ name }: { name: string }) => name === 'first-monday');
    expect(ran.map(({ at }: { at: string }) => at)).toEqual([
      '2026-12-07T09:00:00.000Z',
      '2027-01-04T09:00:00.000Z',
    ]);
    expect(json.warnings).toContain(`first-monday: ${WARNING}`);
  });
});
