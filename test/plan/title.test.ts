import { describe, expect, it } from 'vitest';
import type { Desired } from '../../src/domain/manifest.ts';
import type { LiveTrigger } from '../../src/domain/trigger.ts';
import { applied, inShort, manifest, plan } from './world.ts';

const plain = manifest();
const titled = { ...manifest(), title: 'Nightly clusters' };
const other = { cluster_id: 'clust_other' };
const unlabelled = (name: string): LiveTrigger => ({
  ...applied(plain, { name }),
  description: 'retyped in the console',
});

/** The names that the planned requests send. */
const sent = (desired: Parameters<typeof plan>[0], live: LiveTrigger[]) =>
  plan(desired, live).operations.flatMap(({ requests }) =>
    requests.flatMap(({ body }) => (body !== null && 'name' in body ? [body.name] : [])),
  );

describe('the title, which the service calls name', () => {
  it.each<[string, Parameters<typeof plan>[0], LiveTrigger[], string[]]>([
    ['is sent at the create', [titled], [], ['Nightly clusters']],
    ['without one the name of the manifest is sent', [plain], [], ['nightly']],
    ['is patched where it differs', [titled], [applied(titled, { name: 'Edited' })], ['Nightly clusters']],
    ['is left alone where it is equal', [titled], [applied(titled, { name: 'Nightly clusters' })], []],
    ['without one an edited name is left alone', [plain], [applied(plain, { name: 'Edited' })], []],
    [
      'a replacement carries an edited name over',
      [manifest({ action_config: other })],
      [applied(plain, { name: 'Edited' })],
      ['Edited'],
    ],
    [
      'a rename sends the new name where the old one still stands',
      [manifest({ name: 'new', renamedFrom: 'nightly' })],
      [applied(plain, { name: 'nightly' })],
      ['new'],
    ],
    [
      'and leaves an edited one',
      [manifest({ name: 'new', renamedFrom: 'nightly' })],
      [applied(plain, { name: 'Edited' })],
      [],
    ],
    [
      'one that is ignored is left alone',
      [{ ...titled, ignore: ['/title'] }],
      [applied({ ...titled, ignore: ['/title'] }, { name: 'Edited' })],
      [],
    ],
    ['a service without names is not asked to change one', [titled], [applied(plain)], []],
  ])('%s', (_, desired, live, expected) => {
    expect(sent(desired, live)).toEqual(expected);
  });

  it('is told apart from the schedule and the text beside it', () => {
    const live = applied(titled, { name: 'Edited' });
    expect(inShort(plan([titled], [live]))).toEqual([
      'update nightly (drift) | patch | /title "Edited"→"Nightly clusters"',
    ]);
    const given = applied(plain, { name: 'nightly' });
    expect(inShort(plan([titled], [given]))).toEqual([
      'update nightly (manifest) | patch | /title "nightly"→"Nightly clusters"',
    ]);
    const taken = applied(titled, { name: 'Nightly clusters' });
    expect(inShort(plan([plain], [taken]))).toEqual(['relabel nightly (label) | patch']);
  });

  it('warns where the service knows none', () => {
    const { warnings } = plan([titled], [applied(titled)]);
    expect(warnings.map(({ code }) => code)).toEqual(['title_unsupported']);
  });

  it.each([
    ['with the name of the manifest', plain, 'nightly', 'blocked create by lookalike'],
    ['with its title', titled, 'Nightly clusters', 'blocked create by lookalike'],
    ['with another name', plain, 'Something else', 'create'],
  ])('an unlabelled trigger of the same work %s', (_, desired, name, expected) => {
    const { operations } = plan([desired], [unlabelled(name)]);
    expect(inShort({ operations } as never)[0]?.startsWith(`${expected} nightly`)).toBe(true);
  });
});

it('a replacement shows what it will not carry', () => {
  const live = applied(plain, {
    action_config: { cluster_id: 'clust_abc123', mode_of_tomorrow: 'assign' },
    schedule_config: { cron_expression: '0 2 * * *', timezone: 'UTC', jitter: 5 },
  });
  const { operations } = plan([manifest({ action_config: other })], [live]);
  expect(operations[0]?.changes.filter(({ after }) => after === null).map(({ path }) => path)).toEqual([
    '/action_config/mode_of_tomorrow',
    '/schedule_config/jitter',
  ]);
  expect(operations[0]?.warnings.filter(({ code }) => code === 'replace_drops')).toMatchObject([
    {
      message:
        'the new trigger is made without action_config.mode_of_tomorrow, schedule_config.jitter, which are unknown to ' +
        'mxt: to keep them, write them in the manifest and in allow_unknown of mxt.yaml',
    },
  ]);
});

it('so does a schedule, which is sent whole; what is left alone is sent along and not lost', () => {
  const live = applied(plain, {
    action_config: { cluster_id: 'clust_abc123', mode_of_tomorrow: { a: 1, b: [2] } },
    schedule_config: { cron_expression: '0 2 * * *', timezone: 'UTC', jitter: 5 },
  });
  const codes = (...desired: Desired[]) =>
    plan(desired, [live]).operations.flatMap(({ warnings }) => warnings.map(({ code }) => code));
  const later = { schedule_config: { cron_expression: '0 3 * * *', timezone: 'UTC' } };
  expect(codes(manifest(later))).toEqual(['replace_drops']);
  expect(codes(manifest({ description: 'Another text' }))).toEqual([]);
  const ignore = ['/action_config', '/schedule_config'];
  expect(codes(manifest({ ...later, description: 'x', ignore }))).toEqual([]);
  const replaced = manifest({ action_config: other, ignore: ['/schedule_config'] });
  const [operation] = plan([replaced], [live]).operations;
  expect(operation?.changes.filter(({ after }) => after === null).map(({ path }) => path)).toEqual([
    '/action_config/mode_of_tomorrow/a',
    '/action_config/mode_of_tomorrow/b',
  ]);
  expect(operation?.warnings.map(({ message }) => message).join()).toMatch(
    /without action_config.mode_of_tomorrow, which is/,
  );
});
