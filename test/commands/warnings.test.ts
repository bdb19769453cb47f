import { describe, expect, it } from 'vitest';
import { readSchema } from '../../scripts/layer-schemas.mjs';
import { WITH_WARNINGS, withWarning } from '../../scripts/warning-schema.mjs';
import { LINT_CODES } from '../../src/domain/schedule-settings.ts';
import { WARNING_CODES } from '../../src/domain/warning-codes.ts';
import { makeRepository, manifestYaml, TestClock, withSandbox } from '../support/cli.ts';

const rerun = (name: string, collection: string) =>
  manifestYaml(name, {
    action_type: 'batch_rerun',
    action_config: `{ collection_id: ${collection} }`,
    schedule_config: `{ cron_expression: "${collection.length} 3 * * *", timezone: UTC }`,
  });

async function world(files: Record<string, string>) {
  const clock = new TestClock();
  const { env } = await withSandbox({ clock: clock.now });
  const { mxt } = makeRepository({ 'mxt.yaml': 'owner: acme/search\n', ...files }, env);
  return { mxt: (args: string) => mxt(args, { clock }) };
}

const THREE = {
  'manifests/a.yaml': rerun('a', 'c'),
  'manifests/b.yaml': rerun('b', 'cc'),
  'manifests/more/c.yaml': rerun('c', 'ccc'),
};

describe('the codes of warnings', () => {
  it.each(Object.entries(WITH_WARNINGS))(
    'are one list in the schema of %s: npm run schemas',
    (name, required) => {
      const schema = readSchema(name);
      expect(schema).toEqual(withWarning(schema, WARNING_CODES, required));
    },
  );

  it('are told apart, and those of lint are what mxt.yaml may set', () => {
    expect(new Set(WARNING_CODES).size).toBe(WARNING_CODES.length);
    const { lint } = readSchema('config')['definitions'] as Record<string, { properties: object }>;
    expect(Object.keys(lint?.properties ?? {}).sort()).toEqual([...LINT_CODES].sort());
  });
});

describe('equal warnings', () => {
  const MESSAGE =
    'reruns a collection and names no batch, which the newest service requires; write the batch_id of a';
  const about = (text: string) => text.split('\n').filter((line) => line.includes('no_batch_id'));

  it('are one line of validate, which begins with a place and has all of them', async () => {
    const { mxt } = await world(THREE);
    expect(about((await mxt('validate')).stderr)).toEqual([
      expect.stringContaining(
        `manifests/a.yaml:4:33: warning (no_batch_id): a, b (manifests/b.yaml:4:33) and c (manifests/more/c.yaml:4:33), each: ${MESSAGE}`,
      ),
    ]);
  });

  it('are one line of a plan as text, Markdown and HTML', async () => {
    const { mxt } = await world(THREE);
    expect(about((await mxt('plan')).stdout)).toEqual([
      expect.stringContaining(
        `manifests/a.yaml:4:33: warning (no_batch_id): a, b (manifests/b.yaml:4:33) and c (manifests/more/c.yaml:4:33), each: ${MESSAGE}`,
      ),
    ]);
    expect(about((await mxt('plan --format markdown')).stdout.replaceAll('&#95;', '_'))).toEqual([
      expect.stringMatching(
        /^- ⚠️ <code>a<\/code>, <code>b<\/code> and <code>c<\/code>, each: reruns a collection/,
      ),
    ]);
    expect(about((await mxt('plan --format html')).stdout)).toEqual([
      expect.stringContaining('<b>a, b and c, each</b>: reruns a collection'),
    ]);
  });

  it('of one place name it once', async () => {
    const each = `for_each: { a: {}, b: {} }\n${rerun('each-${{ each.key }}', 'cc')}`;
    const { mxt } = await world({ 'manifests/each.yaml': each });
    expect(about((await mxt('plan')).stdout)).toEqual([
      expect.stringMatching(
        /^manifests\/each\.yaml:5:\d+: warning \(no_batch_id\): each-a and each-b, each: /,
      ),
    ]);
  });

  it('are apart in JSON, each with its place', async () => {
    const { mxt } = await world(THREE);
    const places = [
      ['a', 'manifests/a.yaml'],
      ['b', 'manifests/b.yaml'],
      ['c', 'manifests/more/c.yaml'],
    ];
    for (const command of ['validate --format json', 'plan --format json']) {
      const { warnings } = JSON.parse((await mxt(command)).stdout) as { warnings: WarningJson[] };
      const found = warnings.filter(({ code }) => code === 'no_batch_id');
      expect(found.map(({ name, source }) => [name, source?.file])).toEqual(places);
    }
  });

  interface WarningJson {
    readonly code: string;
    readonly name: string | null;
    readonly source: { readonly file: string; readonly line: number } | null;
  }
});

it('a warning about a setting stands at it in mxt.yaml: of the environment, else of all', async () => {
  const { mxt } = await world({
    'mxt.yaml': `owner: acme/search
vars: { shared: 1 }
rules: { tags: { nightly: { max_runs_per_month: 40 } } }
environments:
  staging: { namespace: ns_1, vars: { own: 2 } }
`,
    'manifests/a.yaml': manifestYaml('a'),
  });
  const { stderr } = await mxt('validate');
  expect(stderr.split('\n').filter((line) => line.startsWith('mxt.yaml'))).toEqual([
    expect.stringMatching(
      /^mxt\.yaml:2:9: warning \(unused_variable\): no manifest refers to the variable shared/,
    ),
    expect.stringMatching(
      /^mxt\.yaml:5:39: warning \(unused_variable\): no manifest refers to the variable own/,
    ),
    expect.stringMatching(
      /^mxt\.yaml:3:18: warning \(unused_rule\): rules\.tags\.nightly applies to nothing/,
    ),
  ]);
});
