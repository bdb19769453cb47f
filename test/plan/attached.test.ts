import { expect, it } from 'vitest';
import { type Attached, observe } from '../../src/plan/observe/observe.ts';
import { applied, inShort, manifest, NOW, OWNER, plan } from './world.ts';

const made = manifest({ action_type: 'collection_trigger', action_config: { collection_id: 'col_1' } });
const edited = manifest({ action_type: 'collection_trigger', action_config: { collection_id: 'col_2' } });
const HELD = new Set(['trg_nightly']);

it.each<[string, Parameters<typeof plan>[0], Attached, string, string | null]>([
  [
    'a delete of one that a collection holds is blocked',
    [],
    HELD,
    'blocked delete by attached',
    'a collection made',
  ],
  ['so is a replacement', [edited], HELD, 'blocked replace by attached', 'a collection made'],
  [
    'and both where the key may not read collections',
    [],
    'forbidden',
    'blocked delete by attached',
    'may not read',
  ],
  ['one that no collection holds is deleted', [], new Set(), 'delete', null],
  ['nothing is held where nobody asked', [], null, 'delete', null],
  ['what can be changed in place is', [{ ...made, title: 'x' }], HELD, 'update', null],
])('%s', (_, desired, attached, expected, says) => {
  const live = [applied(made, { name: 'nightly' })];
  const { operations } = plan(desired, live, { observed: { ...observe(live, OWNER, NOW), attached } });
  expect(inShort({ operations } as never)[0]?.startsWith(`${expected} nightly`)).toBe(true);
  const messages = operations.flatMap(({ warnings }) => warnings.map(({ message }) => message)).join();
  if (says !== null) expect(messages).toContain(says);
});

it('one is adopted with a word about it, and those that nobody manages are counted apart', () => {
  const unlabelled = (id: string) => ({
    ...applied(made),
    trigger_id: id,
    description: 'Nightly clustering',
  });
  const live = [unlabelled('trg_x'), unlabelled('trg_y'), unlabelled('trg_z')];
  const observed = { ...observe(live, OWNER, NOW), attached: new Set(['trg_x', 'trg_y']) };
  const planned = plan([{ ...made, adopt: 'trg_x' }], live, { observed });
  expect(planned.operations[0]?.warnings.map(({ code }) => code)).toEqual(['attached']);
  expect([planned.unmanaged, planned.attached]).toEqual([1, 2]);
  const unread = { ...observed, attached: 'forbidden' as const };
  const unknown = plan([{ ...made, adopt: 'trg_x' }], live, { observed: unread });
  expect(unknown.operations[0]?.warnings.map(({ message }) => message)).toEqual([
    expect.stringContaining('is unknown'),
  ]);
});
