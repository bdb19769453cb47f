import { describe, expect, it } from 'vitest';
import { recordObserved } from '../../src/plan/operation/last-observed.ts';
import { applied, inShort, labelOf, manifest, plan } from './world.ts';

const it1 = manifest();
const mine = applied(it1);
/** A service that ends every description with a line end. */
const asKept = (description: string | null | undefined) => `${description}\n`;

describe('a service that writes descriptions its own way', () => {
  const put = (description: string | null | undefined) => ({ ...mine, description: asKept(description) });
  const record = () =>
    recordObserved(it1, put(mine.description), { fixed: false, patchable: true })?.body?.description;

  it('is put right once, then recorded, and the plan after that is empty', () => {
    const [operation] = plan([it1], [put(mine.description)]).operations;
    expect(operation).toMatchObject({ kind: 'relabel', cause: 'label' });
    expect(operation?.requests[0]?.body?.description).toBe(mine.description);
    expect(labelOf(record()).lastObserved).not.toBeNull();
    expect(plan([it1], [put(record())]).operations).toEqual([]);
  });

  it('once recorded, shows only what the user did, in one PATCH', () => {
    const edited = manifest({ description: 'new' });
    const [operation, ...more] = plan([edited], [put(record())]).operations;
    expect(more).toEqual([]);
    expect(operation).toMatchObject({
      kind: 'update',
      cause: 'manifest',
      changes: [{ path: '/description', before: 'Nightly clustering', after: 'new' }],
    });
    expect(plan([edited], [put(operation?.requests[0]?.body?.description)]).operations).toEqual([]);
  });

  it.each([
    [
      'of the schedule',
      { schedule_config: { cron_expression: '1 1 * * *' } },
      '/schedule_config/cron_expression',
    ],
    ['of the text', { description: asKept(record()?.replace('Nightly', 'Daily')) }, '/description'],
  ])('once recorded, still shows drift %s', (_, since, path) => {
    const [operation] = plan([it1], [{ ...put(record()), ...since }]).operations;
    expect(operation).toMatchObject({ kind: 'update', cause: 'drift' });
    expect(operation?.changes.map((change) => change.path)).toContain(path);
  });

  it.each([
    ['blanks behind it', (description = '') => `${description}  `],
    ['CRLF', (description = '') => description.replaceAll('\n', '\r\n')],
    ['the middle of the text', (description = '') => `${description}\n\nmore`],
  ])('once recorded, any other form is somebody’s hand, and put right: %s', (_, move) => {
    const moved = { ...mine, description: move(record()) };
    expect(inShort(plan([it1], [moved]))).toEqual([expect.stringMatching(/^(relabel|update) nightly/)]);
  });
});

describe('a service that ships a new default', () => {
  it('shows nothing but the user’s own edit of the text', () => {
    const edited = manifest({ description: 'new' });
    const shipped = applied(it1, {
      action_config: { ...it1.fixed.action_config, engine: 'v2', output_collection_ids: ['col_auto'] },
      schedule_config: { ...it1.patchable.schedule_config, jitter_seconds: 30 },
    });
    expect(plan([it1], [shipped]).operations).toEqual([]);
    const [operation, ...more] = plan([edited], [shipped]).operations;
    expect(more).toEqual([]);
    expect(operation).toMatchObject({
      kind: 'update',
      cause: 'manifest',
      changes: [{ path: '/description', before: 'Nightly clustering', after: 'new' }],
    });
    expect(Object.keys(operation?.requests[0]?.body ?? {})).toEqual(['description']);
    const after = { ...shipped, description: operation?.requests[0]?.body?.description ?? '' };
    expect(plan([edited], [after]).operations).toEqual([]);
  });
});
