import { describe, expect, it } from 'vitest';
import { load, manifest, scratch } from './scratch.ts';

async function desiredOf(text: string) {
  const { desired, problems } = await load(scratch({ 'manifests/a.yaml': text }));
  expect(problems).toEqual([]);
  return desired;
}

describe('a manifest with H', () => {
  it.each([
    ['without quotes', '{ cron_expression: H 2 * * *, timezone: Asia/Tokyo }'],
    ['with them', '{ cron_expression: "H 2 * * *", timezone: Asia/Tokyo }'],
    ['in block style', '\n  cron_expression: H 2 * * *\n  timezone: Asia/Tokyo'],
  ])('%s means what H stands for, and keeps what is written', async (_, schedule) => {
    const [desired] = await desiredOf(manifest({ name: 'nightly-products', schedule_config: schedule }));
    expect(desired?.patchable.schedule_config).toEqual({
      cron_expression: '51 2 * * *',
      timezone: 'Asia/Tokyo',
    });
    expect(desired?.writtenCron).toBe('H 2 * * *');
  });

  it('goes by its name, so that copies of it do not run at once', async () => {
    const schedule_config = '{ cron_expression: H 2 * * * }';
    const texts = ['a', 'b', 'c'].map((name) => manifest({ name, schedule_config }));
    const crons = (await desiredOf(texts.join('---\n'))).map(
      ({ patchable }) => patchable.schedule_config['cron_expression'],
    );
    expect(new Set(crons).size).toBe(3);
  });

  it('is any other where there is no H', async () => {
    const [desired] = await desiredOf(manifest());
    expect(desired).not.toHaveProperty('writtenCron');
  });
});
