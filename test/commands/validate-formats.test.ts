import { parse } from 'junit2json';
import type { Log } from 'sarif';
import { describe, expect, it } from 'vitest';
import { CONFIG, makeRepository, manifestYaml, TestClock } from '../support/cli.ts';
import { initGit } from '../support/git.ts';

const clock = new TestClock('2026-11-26T12:00:00Z');
/** Runs in the hour that Americans skip. */
const DST = { schedule_config: '{ cron_expression: "30 2 * * *", timezone: America/New_York }' };
const HOSTILE = 'name: "]]></failure><script>&amp;\u0001\uffff::error::x"\n';

const SOUND = {
  'mxt.yaml': `${CONFIG}vars: { unused: 1 }\nlint: { overlap: off }\n`,
  'manifests/a.yaml': manifestYaml('a', DST),
  'manifests/list.yaml': `- ${manifestYaml('b').trim().replaceAll('\n', '\n  ')}\n- ${manifestYaml('c').trim().replaceAll('\n', '\n  ')}\n`,
};
const WRONG = {
  ...SOUND,
  'manifests/a b.yaml': manifestYaml('d', { action_typo: 'x', trigger_type: 'crom' }),
  'manifests/hostile.yaml': HOSTILE,
  'manifests/latin.yaml': 'not: [closed\n',
};

async function run(format: string, files: Record<string, string>) {
  return makeRepository(files).mxt(`validate --format ${format}`, { clock });
}

describe('validate --format junit', () => {
  const casesOf = async (xml: string) => {
    const all = await parse(xml);
    if (all === null || all === undefined || !('testsuite' in all)) throw new Error('no suites');
    const cases = (all.testsuite ?? []).flatMap(({ testcase }) => testcase ?? []);
    return { all, cases };
  };

  it('has a case for the configuration and each manifest, with warnings as output, where all is valid', async () => {
    const { code, stdout } = await run('junit', SOUND);
    expect(code).toBe(0);
    const { all, cases } = await casesOf(stdout);
    expect(all).toMatchObject({ name: 'mxt validate', tests: 4, failures: 0 });
    expect(cases.map(({ classname, name }) => `${classname} ${name}`)).toEqual([
      'manifests/a.yaml a',
      'manifests/list.yaml b',
      'manifests/list.yaml c',
      'mxt.yaml configuration',
    ]);
    expect(cases[0]?.['system-out']).toEqual([expect.stringMatching(/^\s*warning \(dst\): a: DST changes/)]);
    expect(cases[3]?.['system-out']).toEqual([
      expect.stringContaining('warning (unused_variable): no manifest'),
    ]);
  });

  it('loses no warning: of layers, of several triggers, of none', async () => {
    const files = {
      ...SOUND,
      'mxt.yaml': `${SOUND['mxt.yaml']}defaults: { schedule_config: { interval_seconds: 60 } }\nassume: { herd: 1 }\n`,
      'manifests/_defaults.yaml': 'schedule_config: { cooldown_seconds: 60 }\n',
      'manifests/e.yaml': manifestYaml('e', { action_config: '{ cluster_id: clust_e }' }),
    };
    const { warnings } = JSON.parse((await run('json', files)).stdout) as { warnings: { code: string }[] };
    const codes = warnings.map(({ code }) => code).sort();
    expect(new Set(codes)).toEqual(new Set(['dst', 'herd', 'unused_default', 'unused_variable']));
    const { stdout } = await run('junit', files);
    expect([...stdout.matchAll(/warning \((\w+)\)/g)].map(([, code]) => code).sort()).toEqual(codes);
    const { cases } = await casesOf(stdout);
    expect(cases.find(({ classname }) => classname === 'mxt.yaml')?.['system-out']?.join('')).toContain(
      'no manifest takes defaults.schedule_config.interval_seconds of mxt.yaml',
    );
  });

  it('has a failure for each problem, whatever text stands in it', async () => {
    const { code, stdout } = await run('junit', WRONG);
    const problems = JSON.parse((await run('json', WRONG)).stdout).problems;
    expect(code).toBe(1);
    const { all, cases } = await casesOf(stdout);
    expect(all).toMatchObject({ failures: problems.length });
    const failed = cases.filter(({ failure }) => failure !== undefined);
    expect(failed).toHaveLength(problems.length);
    for (const [at, { failure, classname }] of failed.entries()) {
      const { file, line, column, code: type } = problems[at];
      expect(classname).toBe(file);
      const place = [file, line, column].filter((part) => part !== null).join(':');
      expect(failure?.[0]).toMatchObject({ type, inner: expect.stringContaining(`${place}: error: `) });
    }
    for (const text of ['<script', '\u0001', '\uffff']) expect(stdout).not.toContain(text);
  });
});

describe('validate --format sarif', () => {
  const logOf = async (
    files: Record<string, string>,
  ): Promise<{ code: number; run: Log['runs'][number] }> => {
    const { code, stdout } = await run('sarif', files);
    const log = JSON.parse(stdout) as Log;
    expect(log).toMatchObject({ version: '2.1.0', runs: [{ tool: { driver: { name: 'mxt' } } }] });
    const [first] = log.runs;
    if (first === undefined) throw new Error('no run');
    return { code, run: first };
  };

  it('has each problem as an error at its place, and each code as a rule', async () => {
    const { code, run: found } = await logOf(WRONG);
    expect(code).toBe(1);
    const problems = JSON.parse((await run('json', WRONG)).stdout).problems;
    const errors = (found.results ?? []).filter(({ level }) => level === 'error');
    expect(errors).toHaveLength(problems.length);
    for (const [at, { ruleId, locations }] of errors.entries()) {
      const { file, line, column, length, code: id } = problems[at];
      const { artifactLocation, region } = locations?.[0]?.physicalLocation ?? {};
      expect({ ruleId, uri: decodeURIComponent(artifactLocation?.uri ?? '') }).toEqual({
        ruleId: id,
        uri: file,
      });
      expect(region).toEqual(
        line === null
          ? { startLine: 1 }
          : { startLine: line, startColumn: column, endColumn: column + length },
      );
    }
    const rules = found.tool.driver.rules?.map(({ id }) => id) ?? [];
    expect(rules).toEqual([...new Set((found.results ?? []).map(({ ruleId }) => ruleId))].sort());
    expect(JSON.stringify(found)).toContain('manifests/a%20b.yaml');
  });

  it('has warnings at their manifests, and others at the configuration', async () => {
    const { code, run: found } = await logOf(SOUND);
    expect(code).toBe(0);
    expect(
      found.results?.map(({ ruleId, level, locations }) => [
        ruleId,
        level,
        locations?.[0]?.physicalLocation?.artifactLocation?.uri,
        locations?.[0]?.physicalLocation?.region?.startLine,
      ]),
    ).toEqual([
      ['unused_variable', 'warning', 'mxt.yaml', 2],
      ['dst', 'warning', 'manifests/a.yaml', 6],
    ]);
  });

  it.each(['sarif', 'junit'])('%s names files from the top of the checkout', async (format) => {
    const { mxt, root } = makeRepository(
      Object.fromEntries(Object.entries(SOUND).map(([path, text]) => [`infra/${path}`, text])),
    );
    initGit(root);
    const { stdout } = await mxt(`validate --config infra/mxt.yaml --format ${format}`, { clock });
    expect(stdout).toContain('"infra/manifests/a.yaml"');
    expect(stdout).toContain('"infra/mxt.yaml"');
  });

  it.each(['sarif', 'junit', 'json'])('%s tells a wrong configuration too', async (format) => {
    const { code, stdout } = await run(format, { ...SOUND, 'mxt.yaml': 'owner: 7\n' });
    expect(code).toBe(1);
    expect(stdout).toContain('mxt.yaml');
  });
});

describe('warnings', () => {
  const annotationsOf = ({ stderr }: { stderr: string }) =>
    stderr.split('\n').filter((line) => line.startsWith('::'));

  it('carry the place of their manifest, and are annotations on GitHub', async () => {
    const { mxt, root } = makeRepository(SOUND);
    const env = { GITHUB_ACTIONS: 'true', GITHUB_WORKSPACE: root };
    const ran = await mxt('validate', { clock, env });
    expect(ran.stderr).toContain('manifests/a.yaml:6:37: warning (dst): a: DST changes in America/New_York');
    expect(annotationsOf(ran)).toEqual([
      expect.stringMatching(
        /^::warning file=mxt\.yaml,line=2,title=mxt \(unused_variable\)::no manifest refers/,
      ),
      expect.stringMatching(/^::warning file=manifests\/a\.yaml,line=6,title=mxt \(dst\)::a: DST changes/),
    ]);
  });

  it('of a plan are annotations on GitHub, at most ten', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 12 }, (_, at) => [`manifests/t${at}.yaml`, manifestYaml(`t${at}`, DST)]),
    );
    const { mxt } = makeRepository({ 'mxt.yaml': `${CONFIG}lint: { herd: off, overlap: off }\n`, ...files });
    const ran = await mxt('plan --sandbox', { clock, clocksDiffer: true, env: { GITHUB_ACTIONS: 'true' } });
    const annotations = annotationsOf(ran).filter((line) => line.startsWith('::warning'));
    expect(annotations).toHaveLength(10);
    expect(annotations[0]).toMatch(
      /^::warning file=manifests\/t\d+\.yaml,line=\d+,title=mxt \(dst\)::t\d+: /,
    );
    expect(annotations[9]).toMatch(/^::warning title=mxt::\d+ more warnings: the log has all of them$/);
  });
});
