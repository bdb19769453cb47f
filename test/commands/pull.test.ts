import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../src/domain/json.ts';
import type { StoredTrigger } from '../../src/sandbox/store/namespace-state.ts';
import { value } from '../authoring/texts.ts';
import { CONFIG, makeRepository, manifestYaml, NAMESPACE, withSandbox } from '../support/cli.ts';
import { runs } from '../support/random.ts';

const RUNS = runs(60);

async function world(files: Record<string, string>, flags = '') {
  const { sandbox, env } = await withSandbox();
  const repository = makeRepository({ 'mxt.yaml': CONFIG, ...files }, env);
  const { code, stderr } = await repository.mxt(`apply --yes ${flags}`);
  if (code !== 0) throw new Error(stderr);
  const live = () => sandbox.world(NAMESPACE).triggers.filter(({ status }) => status !== 'disabled');
  /** What somebody did in the console. */
  const drift = (name: string, edit: (trigger: StoredTrigger) => Partial<StoredTrigger>) =>
    sandbox.change(NAMESPACE, (now) => ({
      ...now,
      triggers: now.triggers.map((one) =>
        one.description?.includes(` name=${name} `)
          ? { ...one, ...edit(one), updated_at: '2030-01-01T00:00:00.000000Z' }
          : one,
      ),
    }));
  const read = (path: string) => readFileSync(join(repository.root, path), 'utf8');
  return { sandbox, repository, live, drift, read };
}

const labelOf = ({ description }: StoredTrigger) => description?.split('\n').at(-1) ?? '';
const described = (text: string) => (one: StoredTrigger) => ({
  description: text === '' ? labelOf(one) : `${text}\n\n${labelOf(one)}`,
});
const scheduled = (schedule: JsonObject) => (one: StoredTrigger) => ({
  schedule_config: { ...one.schedule_config, ...schedule },
});

/** Nothing is left but the record of it. */
async function settled({ repository }: Pick<Awaited<ReturnType<typeof world>>, 'repository'>, flags = '') {
  const plan = JSON.parse((await repository.mxt(`plan --format json ${flags}`)).stdout);
  return plan.operations.map(({ kind, name }: { kind: string; name: string }) => `${kind} ${name}`);
}

const COMMENTED = `# Owned by search.
name: a          # never change this
description: |   # shown in the console
  About a.

  At length.
action_type: cluster
action_config:
  filters: { status: active }   # only those
  cluster_id: clust_abc123
trigger_type: cron

# when it runs
schedule_config:
  timezone: UTC   # of the office
  cron_expression: '0 2 * * *'   # at two
status: active # kept
`;

describe('mxt pull', () => {
  it('writes what drifted and nothing else, shows it, and leaves the plan a relabel', async () => {
    const one = await world({ 'manifests/a.yaml': COMMENTED });
    await one.drift('a', (now) => ({
      ...described('About a.\n\nIn short.\n')(now),
      ...scheduled({ cron_expression: '30 4 * * *', jitter: 3 })(now),
      status: 'paused',
    }));
    const shown = await one.repository.mxt('pull a --dry-run');
    expect(one.read('manifests/a.yaml')).toBe(COMMENTED);
    expect(shown.stderr).toBe('Would write manifests/a.yaml.\n');
    const { code, stdout, stderr } = await one.repository.mxt('pull a');
    expect(code).toBe(0);
    expect(stdout).toBe(shown.stdout);
    expect(stdout).toBe(`--- manifests/a.yaml
+++ manifests/a.yaml
@@ -3,7 +3,7 @@
 description: |   # shown in the console
   About a.
 
-  At length.
+  In short.
 action_type: cluster
 action_config:
   filters: { status: active }   # only those
@@ -13,5 +13,5 @@
 # when it runs
 schedule_config:
   timezone: UTC   # of the office
-  cron_expression: '0 2 * * *'   # at two
-status: active # kept
+  cron_expression: '30 4 * * *'   # at two
+status: paused # kept
`);
    expect(stderr).toBe('Wrote manifests/a.yaml. The next apply records that in the label.\n');
    expect(await settled(one)).toEqual(['relabel a']);
    expect((await one.repository.mxt('apply --yes')).stdout).toContain('Live equals the manifests.');
    expect((await one.repository.mxt('plan')).stdout).toContain('No changes.');
    expect(await one.repository.mxt('pull a')).toMatchObject({
      code: 0,
      stdout: '',
      stderr: 'Nothing to pull: the manifest says what is live.\n',
    });
  });

  it('works in lists, in documents and in JSON, on several at once', async () => {
    const list = `${manifestYaml('a').replace(/^/gm, '  ').replace(/^ {2}/, '- ').trimEnd()}\n- name: b # bee\n${manifestYaml(
      'b',
    )
      .split('\n')
      .slice(1)
      .map((line) => `  ${line}`)
      .join('\n')
      .trimEnd()}\n`;
    const one = await world({
      'manifests/list.yaml': list,
      'manifests/docs.yaml': `${manifestYaml('c')}---\n# dee\n${manifestYaml('d')}`,
      'manifests/e.json': `${JSON.stringify({ name: 'e', action_type: 'cluster', action_config: { cluster_id: 'clust_1' }, trigger_type: 'interval', schedule_config: { interval_seconds: 60 } }, null, 2)}\n`,
    });
    const before = one.read('manifests/list.yaml');
    for (const name of ['b', 'd']) await one.drift(name, scheduled({ timezone: 'Europe/Paris' }));
    await one.drift('e', (now) => ({
      ...scheduled({ interval_seconds: 90 })(now),
      action_config: { cluster_id: 'clust_1', filters: { a: [1] } },
    }));
    expect((await one.repository.mxt('pull b d e')).stderr).toBe(
      'Wrote manifests/docs.yaml, manifests/e.json, manifests/list.yaml. The next apply records that in the label.\n',
    );
    const [first, second] = one.read('manifests/list.yaml').split('- name: b # bee');
    expect(first).toBe(before.split('- name: b # bee')[0]);
    expect(second).toContain('timezone: Europe/Paris }');
    expect(one.read('manifests/docs.yaml')).toBe(
      `${manifestYaml('c')}---\n# dee\n${manifestYaml('d').replace('timezone: UTC', 'timezone: Europe/Paris')}`,
    );
    expect(JSON.parse(one.read('manifests/e.json'))).toMatchObject({
      schedule_config: { interval_seconds: 90 },
    });
    expect(await settled(one)).toEqual(['relabel b', 'relabel d', 'relabel e']);
  });

  it('accepts what nobody can edit, so that nothing is replaced', async () => {
    const one = await world({ 'manifests/a.yaml': manifestYaml('a') });
    await one.drift('a', () => ({ action_config: { cluster_id: 'clust_moved', filters: null } }));
    expect((await one.repository.mxt('plan')).code).toBe(1);
    await one.repository.mxt('pull a');
    expect(one.read('manifests/a.yaml')).toBe(manifestYaml('a').replace('clust_abc123', 'clust_moved'));
    expect(await settled(one)).toEqual(['relabel a']);
  });

  it('finds nothing where only ignored values differ, or a status that nobody declared or a hold brought', async () => {
    const ignoring = (name: string, pointers: string) =>
      manifestYaml(name, { status: 'active', lifecycle: `{ ignore: [${pointers}] }` });
    const text = ignoring('a', '/schedule_config/timezone');
    const whole = ignoring('c', '/schedule_config, /action_config, /description');
    const one = await world({
      'manifests/a.yaml': text,
      'manifests/b.yaml': manifestYaml('b'),
      'manifests/c.yaml': whole,
    });
    await one.drift('a', scheduled({ timezone: 'Asia/Tokyo' }));
    await one.drift('b', () => ({ status: 'paused' }));
    await one.drift('c', (now) => ({
      ...described('Edited')(now),
      ...scheduled({ cron_expression: '5 5 * * *' })(now),
      action_config: { cluster_id: 'clust_moved' },
    }));
    await one.repository.mxt(['pause', 'a', '--reason', 'costs', '--yes']);
    expect((await one.repository.mxt('pull a b c')).stderr).toBe(
      'Nothing to pull: the manifests say what is live.\n',
    );
    expect(one.read('manifests/a.yaml')).toBe(text);
    expect(one.read('manifests/c.yaml')).toBe(whole);
    expect((await one.repository.mxt('status --only c --exit-code')).stdout).toMatch(/^c +in sync +active /m);
  });

  it('leaves ignored values as the manifest has them, references too, beside what it writes', async () => {
    const event = manifestYaml('a', {
      trigger_type: 'event',
      schedule_config:
        '{ event_type: documents_added, event_threshold: "${{ vars.n }}", cooldown_seconds: 900 }',
      lifecycle: '{ ignore: [/schedule_config/event_threshold, /description] }',
    });
    const cron = manifestYaml('b', {
      schedule_config: '{ cron_expression: "0 2 * * *" }',
      lifecycle: '{ ignore: [/schedule_config/timezone] }',
    });
    // Another environment needs the reference, so writing anything else in its place would be refused.
    const config =
      `${CONFIG}environments:\n` +
      `  staging: { namespace: ${NAMESPACE}, vars: { n: 5 } }\n` +
      '  production: { namespace: ns_prod, vars: { n: 6 } }\n';
    const files = { 'mxt.yaml': config, 'manifests/a.yaml': event, 'manifests/b.yaml': cron };
    const one = await world(files, '-e staging');
    await one.drift('a', (now) => ({
      ...described('Edited')(now),
      ...scheduled({ event_threshold: 77, cooldown_seconds: 600 })(now),
    }));
    await one.drift('b', scheduled({ timezone: 'Asia/Tokyo', cron_expression: '5 5 * * *' }));
    expect((await one.repository.mxt('pull a b -e staging')).code).toBe(0);
    expect(one.read('manifests/a.yaml')).toBe(event.replace('900', '600'));
    expect(one.read('manifests/b.yaml')).toBe(cron.replace('0 2 * * *', '5 5 * * *'));
    expect(await settled(one, '-e staging')).toEqual(['relabel a', 'relabel b']);
  });

  it('writes a title that somebody edited, where the manifest has one, and takes it out where live has none', async () => {
    const titled = manifestYaml('a', { title: 'For people' });
    const one = await world({ 'manifests/a.yaml': titled, 'manifests/b.yaml': manifestYaml('b') });
    await one.drift('a', () => ({ name: 'Better: for all' }));
    await one.drift('b', () => ({ name: 'Nobody’s business' }));
    await one.repository.mxt('pull a b');
    expect(one.read('manifests/a.yaml')).toBe(titled.replace('For people', '"Better: for all"'));
    expect(one.read('manifests/b.yaml')).toBe(manifestYaml('b'));
    expect(await settled(one)).toEqual(['relabel a']);
    await one.drift('a', () => ({ name: null }));
    await one.repository.mxt('pull a');
    expect(one.read('manifests/a.yaml')).toBe(manifestYaml('a'));
  });

  it('keeps references whose value is still right, and writes what is literal', async () => {
    const text = manifestYaml('a', {
      description: 'Nightly of ${{ vars.team }}, by hand',
      action_config:
        '{ cluster_id: "${{ clusters.products }}", output_collection_ids: ["${{ collections.inv }}", col_1] }',
      schedule_config: '{ cron_expression: "0 2 * * *", timezone: "${{ vars.zone }}" }',
    });
    const one = await world({
      'mxt.yaml': `${CONFIG}vars: { team: search, zone: Europe/Paris }\n`,
      'manifests/a.yaml': text,
    });
    await one.drift('a', (now) => ({
      ...described('Nightly of search, by ${{ robot }}')(now),
      ...scheduled({ cron_expression: '0 3 * * *' })(now),
      action_config: { cluster_id: 'clust_def456', output_collection_ids: ['col_2', 'col_inv'] },
    }));
    const { code, stderr } = await one.repository.mxt('pull a');
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: 'Wrote manifests/a.yaml. The next apply records that in the label.\n',
    });
    expect(one.read('manifests/a.yaml')).toBe(
      manifestYaml('a', {
        description: 'Nightly of ${{ vars.team }}, by $${{ robot }}',
        action_config:
          '{ cluster_id: "${{ clusters.reviews }}", output_collection_ids: [col_2, "${{ collections.inv }}"] }',
        schedule_config: '{ cron_expression: "0 3 * * *", timezone: "${{ vars.zone }}" }',
      }),
    );
    expect(await settled(one)).toEqual(['relabel a']);
  });

  it('keeps an H while live is what it stands for, and writes what is live where it is not', async () => {
    const text = manifestYaml('a', { schedule_config: '{ cron_expression: "H 2 * * *", timezone: UTC }' });
    const one = await world({ 'manifests/a.yaml': text });
    await one.drift('a', described('Edited'));
    await one.repository.mxt('pull a');
    const kept = text.replace('About a', 'Edited');
    expect(one.read('manifests/a.yaml')).toBe(kept);
    await one.drift('a', scheduled({ cron_expression: '7 3 * * *' }));
    await one.repository.mxt('pull a');
    expect(one.read('manifests/a.yaml')).toBe(kept.replace('H 2 * * *', '7 3 * * *'));
    expect(await settled(one)).toEqual(['relabel a']);
  });

  describe('in several environments', () => {
    const config =
      `${CONFIG}environments:\n` +
      `  staging: { namespace: ${NAMESPACE}, vars: { zone: Europe/Paris, team: search } }\n` +
      '  production: { namespace: ns_prod, vars: { zone: UTC, team: search } }\n';
    const text = manifestYaml('a', {
      description: 'Nightly of ${{ vars.team }}',
      schedule_config: '{ cron_expression: "0 2 * * *", timezone: "${{ vars.zone }}" }',
    });

    it('refuses what a variable stands for, and names it; nothing is written', async () => {
      const one = await world(
        { 'mxt.yaml': config, 'manifests/a.yaml': text, 'manifests/b.yaml': manifestYaml('b') },
        '-e staging',
      );
      await one.drift('b', scheduled({ cron_expression: '5 5 * * *' }));
      await one.drift('a', scheduled({ timezone: 'Asia/Tokyo' }));
      const { code, stdout, stderr } = await one.repository.mxt('pull -e staging b a');
      expect(code).toBe(1);
      expect(stdout).toBe('');
      expect(stderr).toBe(
        'error: manifests/a.yaml:1: a: schedule_config.timezone comes from the variable zone, which resolves to another value than live has, and production needs it too\n' +
          '  Change vars.zone of this environment in mxt.yaml instead.\n',
      );
      expect(one.read('manifests/a.yaml')).toBe(text);
      expect(one.read('manifests/b.yaml')).toBe(manifestYaml('b'));
    });

    it('writes what is literal, and says where it changes as well', async () => {
      const one = await world({ 'mxt.yaml': config, 'manifests/a.yaml': text }, '-e staging');
      await one.drift('a', (now) => ({
        ...described('Daily of search')(now),
        ...scheduled({ cron_expression: '5 5 * * *' })(now),
      }));
      const { code, stderr } = await one.repository.mxt('pull -e staging a');
      expect(code).toBe(0);
      expect(stderr).toContain('warning: a is also in production, and changes there too\n');
      expect(one.read('manifests/a.yaml')).toBe(
        text.replace('Nightly of', 'Daily of').replace('0 2 * * *', '5 5 * * *'),
      );
      expect(await settled(one, '-e staging')).toEqual(['relabel a']);
    });

    it('writes a variable’s value out where no other environment needs it', async () => {
      const own = `${text}environments: [staging]\n`;
      const one = await world({ 'mxt.yaml': config, 'manifests/a.yaml': own }, '-e staging');
      await one.drift('a', scheduled({ timezone: 'Asia/Tokyo' }));
      const { code, stderr } = await one.repository.mxt('pull -e staging a');
      expect(code).toBe(0);
      expect(stderr).toContain('schedule_config.timezone no longer says ${{ vars.zone }}');
      expect(one.read('manifests/a.yaml')).toBe(own.replace('${{ vars.zone }}', 'Asia/Tokyo'));
    });
  });

  it('says that a change in Git is lost', async () => {
    const one = await world({ 'manifests/a.yaml': manifestYaml('a') });
    one.repository.write('manifests/a.yaml', manifestYaml('a', { description: 'Edited' }));
    const { stderr } = await one.repository.mxt('pull a');
    expect(stderr).toContain(
      'warning: a had changed since it was last applied; the live values replace that change\n',
    );
    expect(one.read('manifests/a.yaml')).toBe(manifestYaml('a'));
  });

  it.each([
    ['nightli', 'no manifest has the name nightli\n  Did you mean nightly?'],
    ['new', 'new has a manifest but is not live yet\n  mxt apply creates it.'],
    ['orphan', 'orphan is live, and no manifest has this name: there is no file to write to'],
    ['theirs', 'belongs to someone/else, and only triggers of acme/search are touched'],
    ['torn', 'torn has a damaged ownership label\n  trg_'],
    [
      'key',
      'key: live, description holds what looks like an API key: mxt writes no secret into a file\n  Take it out of the live trigger',
    ],
    ['odd', 'odd: the live values cannot be written in a manifest: the cron expression has 6 fields'],
    ['alias', 'alias: its text cannot be edited in place'],
  ])('refuses %s, and writes nothing', async (name, message) => {
    const anchored =
      'name: alias\naction_type: cluster\naction_config: &x { cluster_id: c, filters: &f { a: 1 } }\ntrigger_type: cron\nschedule_config: { cron_expression: &c "0 2 * * *", timezone: UTC }\n';
    const again =
      'name: alias-too\ndescription: *c\naction_type: cluster\naction_config: { cluster_id: other }\ntrigger_type: interval\nschedule_config: { interval_seconds: 5 }\n';
    const names = ['nightly', 'orphan', 'theirs', 'torn', 'key', 'odd'];
    const one = await world({
      ...Object.fromEntries(names.map((each) => [`manifests/${each}.yaml`, manifestYaml(each)])),
      'manifests/alias.yaml': `- ${anchored.trimEnd().replaceAll('\n', '\n  ')}\n- ${again.trimEnd().replaceAll('\n', '\n  ')}\n`,
    });
    one.repository.write('manifests/new.yaml', manifestYaml('new'));
    one.repository.remove('manifests/orphan.yaml');
    await one.drift('theirs', (now) => ({
      description: now.description?.replace('acme/search', 'someone/else') ?? null,
    }));
    await one.drift('torn', ({ description }) => ({
      description: description?.replace('owner=acme/search name=torn', 'name=torn owner=acme/search') ?? null,
    }));
    await one.drift('key', described(`It is ${'mxp_0123456789abcdef'}`));
    await one.drift('odd', scheduled({ cron_expression: '0 0 2 * * *' }));
    await one.drift('alias', scheduled({ cron_expression: '0 4 * * *' }));
    await one.drift('nightly', scheduled({ cron_expression: '0 4 * * *' }));
    const { code, stdout, stderr } = await one.repository.mxt(`pull nightly ${name}`);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(message);
    expect(one.read('manifests/nightly.yaml')).toBe(manifestYaml('nightly'));
  });

  describe('a secret that somebody put into what is live', () => {
    const SECRET = 'tok"en-\\${{0123';
    const text = manifestYaml('a', {
      title: 'For people',
      action_config: '{ cluster_id: clust_1, filters: { token: "${{ secrets.TOK }}" } }',
    });
    const env = { MXT_SECRET_TOK: SECRET, MXT_SECRET_OTHER: 'not in there' };

    async function withSecret() {
      const { sandbox, env: service } = await withSandbox();
      const repository = makeRepository(
        { 'mxt.yaml': CONFIG, 'manifests/a.yaml': text },
        { ...service, ...env },
      );
      expect((await repository.mxt('apply --yes')).code).toBe(0);
      const edit = (change: (one: StoredTrigger) => Partial<StoredTrigger>) =>
        sandbox.change(NAMESPACE, (now) => ({
          ...now,
          triggers: now.triggers.map(
            (one) => ({ ...one, ...change(one), updated_at: '2030-01-01T00:00:00.000000Z' }) as StoredTrigger,
          ),
        }));
      const read = () => readFileSync(join(repository.root, 'manifests/a.yaml'), 'utf8');
      return { repository, edit, read, key: service['MP_API_KEY'] ?? '' };
    }

    it.each<[string, (secret: string) => (one: StoredTrigger) => Partial<StoredTrigger>]>([
      ['description', (secret) => described(`calls\nwith ${secret}.`)],
      ['title', (secret) => () => ({ name: secret })],
      ['schedule_config.timezone', (secret) => scheduled({ timezone: secret })],
    ])('is not written into %s, nor is the service’s key', async (place, change) => {
      const { repository, edit, read, key } = await withSecret();
      expect(key.length).toBeGreaterThanOrEqual(8);
      for (const [secret, what] of [
        [SECRET, 'the value of MXT_SECRET_TOK'],
        [key, 'what looks like an API key'],
      ] as const) {
        await edit(change(secret));
        for (const command of ['pull a', 'pull a --dry-run', 'pull --drifted --yes']) {
          const { code, stdout, stderr } = await repository.mxt(command);
          expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
          expect(stderr).toContain(
            `manifests/a.yaml:1: a: live, ${place} holds ${what}: mxt writes no secret into a file\n  Take it out`,
          );
        }
        expect(read()).toBe(text);
      }
    });

    it('is written as a reference where one may stand', async () => {
      const { repository, edit, read } = await withSecret();
      await edit(() => ({ action_config: { cluster_id: SECRET, filters: { token: SECRET } } }));
      expect((await repository.mxt('pull a')).code).toBe(0);
      expect(read()).toBe(text.replace('clust_1', '"${{ secrets.TOK }}"'));
    });
  });

  it('leaves nothing but a relabel, whatever drifted', async () => {
    const text = fc.oneof(
      fc.constantFrom(
        '',
        'two\n\nlines\n',
        ' blanks \n',
        'CR\r\nLF',
        '${{ x }} $${{ y',
        '# x',
        '\u0001\u2028\uffff',
      ),
      fc
        .string({ unit: 'binary', maxLength: 8 })
        .filter((one) => !one.includes('\u0000'))
        .filter((one) => one.isWellFormed() && !one.includes('[mxt:')),
    );
    const drifts = fc.record(
      {
        description: text,
        name: fc.option(text),
        timezone: fc.constantFrom<Json>('Europe/Paris', 'UTC', null),
        cron_expression: fc.constant('5 4 * * *'),
        cluster_id: fc.constantFrom('clust_9', 'a: b', '${{ x }}', '1'),
        filters: value.filter((one) => typeof one === 'object'),
        output_collection_ids: fc.constantFrom<Json>(
          null,
          [],
          ['col_2'],
          ['col_1', 'no'],
          ['col_2', 'col_1', 'col_3'],
        ),
        added: value,
        status: fc.constantFrom('active', 'paused', 'failed'),
      },
      { requiredKeys: [] },
    );
    const style = fc.constantFrom(
      COMMENTED,
      manifestYaml('a', {
        action_config: '{ cluster_id: clust_abc123, output_collection_ids: [col_1, col_2] }',
      }),
      COMMENTED.replace(
        '  cluster_id:',
        '  output_collection_ids:\n  - col_1 # one\n  # two\n  - col_2\n  cluster_id:',
      ),
      COMMENTED.replace('description:', 'title: For people # shown in lists\ndescription:'),
      COMMENTED.replaceAll('\n', '\r\n'),
    );
    const { sandbox, env } = await withSandbox();
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        style,
        drifts,
        async (manifest, { description, name, status, timezone, cron_expression, ...action }) => {
          const namespace = `ns_${run++}`;
          const { mxt, root } = makeRepository(
            { 'mxt.yaml': CONFIG, 'manifests/a.yaml': manifest },
            { ...env, MP_NAMESPACE: namespace },
          );
          expect((await mxt('apply --yes')).code).toBe(0);
          const { filters } = action;
          const isList = Array.isArray(filters);
          await sandbox.change(namespace, (now) => ({
            ...now,
            triggers: now.triggers.map((one) => ({
              ...one,
              ...(description === undefined ? {} : described(description)(one)),
              ...(name === undefined ? {} : { name }),
              ...(status === undefined ? {} : { status: status as 'active' }),
              action_config: {
                ...one.action_config,
                ...action,
                ...(isList ? { filters: {} } : {}),
              } as JsonObject,
              schedule_config: {
                ...one.schedule_config,
                ...(timezone === undefined ? {} : { timezone }),
                ...(cron_expression === undefined ? {} : { cron_expression }),
              },
              updated_at: '2030-01-01T00:00:00.000000Z',
            })),
          }));
          const pulled = await mxt('pull a');
          expect(pulled).toMatchObject({ code: 0 });
          const plan = JSON.parse((await mxt('plan --format json')).stdout);
          expect(
            plan.operations
              .map(({ kind }: { kind: string }) => kind)
              .filter((kind: string) => kind !== 'relabel'),
          ).toEqual([]);
          const text = readFileSync(join(root, 'manifests/a.yaml'), 'utf8');
          for (const comment of manifest.match(/# (?:Owned|never|when|kept|at two).*/g) ?? []) {
            expect(text).toContain(comment.trim());
          }
          if (manifest.includes('\r\n')) expect(text).not.toMatch(/[^\r]\n/);
          await mxt('apply --yes');
          expect((await mxt('plan')).stdout).toContain('No changes.');
        },
      ),
      { numRuns: RUNS },
    );
  }, 600_000);
});
