import { describe, expect, it } from 'vitest';
import { requestLine } from '../../src/domain/request.ts';
import { CASES } from './group-cases.ts';
import { applied, inShort, labelOf, manifest, plan } from './world.ts';

const it1 = manifest();
const moved = manifest({ action_config: { cluster_id: 'clust_new' } });
const old = applied(it1, { trigger_id: 'trg_old', created_at: '2026-11-01T00:00:00Z' });

describe('several live triggers of one name', () => {
  it.each(CASES)('$title', ({ desired = [], live, input = {}, expected, calls }) => {
    const result = plan(desired, live, input);
    expect(inShort(result)).toEqual(expected);
    if (calls === undefined) return;
    expect(result.operations.flatMap(({ requests }) => requests.map(requestLine))).toEqual(calls);
  });

  it('keeps both keys in the label until the resume has answered', () => {
    const [operation] = plan([moved], [old]).operations;
    const [post, , , patch] = operation?.requests ?? [];
    expect(post?.body).toMatchObject({ status: 'paused' });
    expect(labelOf(post?.body?.description)).toMatchObject({ replaces: 'trg_old', was: 'active' });
    expect(labelOf(patch?.body?.description)).toMatchObject({ replaces: null, was: null });
  });

  it('carries a hold over to the new trigger', () => {
    const held = applied(it1, {
      status: 'paused',
      label: { hold: 'cost', by: 'ada', until: '2027-01-01T00:00:00Z', was: 'active' },
    });
    const [operation] = plan([moved], [held]).operations;
    const last = labelOf(operation?.requests.at(-1)?.body?.description);
    expect(last).toMatchObject({
      hold: 'cost',
      by: 'ada',
      until: '2027-01-01T00:00:00Z',
      was: 'active',
      replaces: null,
    });
    expect(operation?.requests.map(({ op }) => op)).not.toContain('resume');
  });
});
