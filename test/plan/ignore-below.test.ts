import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/domain/json.ts';
import { applied, inShort, manifest, plan } from './world.ts';

const POINTER = '/action_config/filters/status';
const config = (filters?: JsonObject): JsonObject => ({
  cluster_id: 'clust_abc123',
  ...(filters === undefined ? {} : { filters }),
});
const withFilters = (filters?: JsonObject) => manifest({ action_config: config(filters), ignore: [POINTER] });

describe('lifecycle.ignore below an object', () => {
  it.each<[string, JsonObject | undefined, JsonObject | undefined]>([
    ['that neither side has', undefined, undefined],
    ['that only the manifest has, with nothing else in it', { status: 'a' }, undefined],
    ['that only the manifest has, empty', {}, undefined],
    ['that only live has', undefined, { status: 'a' }],
    ['that both have', { status: 'a' }, { status: 'b' }],
  ])('%s: nothing differs', (_, declared, live) => {
    const desired = withFilters(declared);
    expect(inShort(plan([desired], [applied(desired, { action_config: config(live) })]))).toEqual([]);
  });

  it('says what differs beside it, and nothing of itself', () => {
    const before = withFilters(undefined);
    expect(inShort(plan([withFilters({ kind: 'x' })], [applied(before)]))).toEqual([
      expect.stringMatching(/^replace nightly \(manifest\) .*\| \/action_config\/filters\/kind null→"x"$/),
    ]);
  });

  it('sends live’s value along, though the manifest does not have the object', () => {
    const desired = manifest({ action_config: { cluster_id: 'clust_new' }, ignore: [POINTER] });
    const live = applied(withFilters(), { action_config: config({ status: 'by hand', kind: 'x' }) });
    const [operation] = plan([desired], [live]).operations;
    expect(operation?.requests[0]?.body).toMatchObject({
      action_config: { cluster_id: 'clust_new', filters: { status: 'by hand' } },
    });
  });
});
