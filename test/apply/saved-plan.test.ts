import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CONFIG, makeRepository, manifestYaml, NAMESPACE, withSandbox } from '../support/cli.ts';

interface SavedOperation {
  kind: string;
  name: string;
  digest: string;
  changes: { path: string; after: unknown }[];
  requests: { path: string; body: Record<string, unknown> | null }[];
}
interface Saved {
  digest: string;
  namespace: string;
  summary: Record<string, number>;
  operations: SavedOperation[];
}

async function start() {
  const { sandbox, env } = await withSandbox();
  const repository = makeRepository(
    { 'mxt.yaml': CONFIG, 'manifests/a.yaml': manifestYaml('a'), 'manifests/b.yaml': manifestYaml('b') },
    env,
  );
  const writes = () =>
    sandbox.requests.filter(({ method, path }) => method !== 'GET' && !path.endsWith('/list'));
  await repository.mxt('plan --out plan.json');
  const saved = JSON.parse(readFileSync(join(repository.root, 'plan.json'), 'utf8')) as Saved;
  return { sandbox, repository, writes, saved };
}

const first = ({ operations: [one] }: Saved): SavedOperation => {
  if (one === undefined) throw new Error('no operation');
  return one;
};

describe('a saved plan', () => {
  it.each<[string, (saved: Saved) => void]>([
    ['another value in a request', (saved) => Object.assign(first(saved).requests[0]?.body ?? {}, { x: 1 })],
    [
      'another path in a request',
      (saved) => Object.assign(first(saved).requests[0] ?? {}, { path: '/v1/other' }),
    ],
    ['another change', (saved) => Object.assign(first(saved).changes[0] ?? {}, { after: 'harmless' })],
    ['another kind', (saved) => Object.assign(first(saved), { kind: 'relabel' })],
    ['another name', (saved) => Object.assign(first(saved), { name: 'c' })],
    ['an operation taken out', (saved) => saved.operations.pop()],
    ['another count', (saved) => Object.assign(saved.summary, { update: 9 })],
    ['the order changed', (saved) => saved.operations.reverse()],
  ])('whose text was edited under its digests is refused: %s', async (_, edit) => {
    const { repository, writes, saved } = await start();
    edit(saved);
    repository.write('plan.json', JSON.stringify(saved));
    const refused = await repository.mxt('apply plan.json --yes');
    expect(refused).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('the saved plan was changed since it was saved'),
    });
    expect(writes()).toEqual([]);
  });

  it('names the operation that was edited', async () => {
    const { repository, saved } = await start();
    Object.assign(first(saved).changes[0] ?? {}, { after: 'harmless' });
    repository.write('plan.json', JSON.stringify(saved));
    expect((await repository.mxt('apply plan.json --yes')).stderr).toContain('create a: its content');
  });

  it('is the same one in another layout, with members that a newer mxt adds', async () => {
    const { repository, saved } = await start();
    repository.write('plan.json', JSON.stringify({ later: true, ...saved }));
    expect(await repository.mxt('apply plan.json --yes')).toMatchObject({ code: 0 });
  });

  it('keeps text of any kind through the file', async () => {
    const { sandbox, repository } = await start();
    await repository.mxt('apply --yes');
    const text = 'lone \ud800, bidi \u202e, escape \u001b[2J, \u2028 ';
    await sandbox.change(NAMESPACE, (world) => ({
      ...world,
      triggers: world.triggers.map((one) => ({ ...one, description: text + (one.description ?? '') })),
    }));
    expect((await repository.mxt('plan --out plan.json')).code).toBe(0);
    expect(await repository.mxt('apply plan.json --yes')).toMatchObject({ code: 0 });
  });

  it('that live has left behind says which trigger moved and how', async () => {
    const { sandbox, repository, writes } = await start();
    await repository.mxt('apply --yes');
    repository.write(
      'manifests/a.yaml',
      manifestYaml('a', { schedule_config: '{ cron_expression: "0 3 * * *" }' }),
    );
    await repository.mxt('plan --out plan.json');
    const { digest } = JSON.parse(readFileSync(join(repository.root, 'plan.json'), 'utf8')) as Saved;
    const before = writes().length;
    await sandbox.change(NAMESPACE, (world) => ({
      ...world,
      triggers: world.triggers.map((one) => ({ ...one, schedule_config: { cron_expression: '9 9 * * *' } })),
    }));
    const stale = await repository.mxt('apply plan.json --yes');
    expect(stale.code).toBe(1);
    expect(stale.stderr).toContain('a: schedule_config.cron_expression is now "9 9 * * *" → "0 3 * * *"');
    expect(stale.stderr).toContain('b: update is now planned, and was not before');
    expect(await repository.mxt(`apply --yes --expect-digest ${digest}`)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(digest),
    });
    expect(writes()).toHaveLength(before);
  });
});
