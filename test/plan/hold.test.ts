import { describe, expect, it } from 'vitest';
import type { Label } from '../../src/domain/label.ts';
import type { Managed } from '../../src/domain/plan.ts';
import type { LiveTrigger } from '../../src/domain/trigger.ts';
import { planHold, planUnhold } from '../../src/plan/decide/hold-actions.ts';
import { observe } from '../../src/plan/observe/observe.ts';
import { applied, labelOf, manifest, NOW, OWNER, plan } from './world.ts';

const HOLD = { reason: 'costs', by: 'ada', until: null };

function live(status: string, label: Partial<Label> = {}): Managed {
  const trigger = applied(manifest({ name: 'a' }), { status, label });
  const [managed] = observe([trigger], OWNER, NOW).owned;
  if (managed === undefined) throw new Error('it has a label');
  return managed;
}

/** `resume, patch was=…`: the calls, and what the label says afterwards. */
function inShort({ requests }: ReturnType<typeof planHold>): string {
  return requests
    .map(({ op, body }) => {
      if (body?.description === undefined) return op;
      const { hold, by, until, was } = labelOf(body.description);
      const said = Object.entries({ hold, by, until, was }).flatMap(([key, value]) =>
        value === null ? [] : [`${key}=${value}`],
      );
      return [`patch${'status' in body ? ` ${body.status}` : ''}`, ...said].join(' ');
    })
    .join(', ');
}

describe('a hold', () => {
  it.each<[string, string, Partial<Label>, string]>([
    ['of what is active', 'active', {}, 'patch paused hold=costs by=ada was=active'],
    ['of what is paused', 'paused', {}, 'patch paused hold=costs by=ada was=paused'],
    ['of what failed, which was to run', 'failed', {}, 'patch paused hold=costs by=ada was=active'],
    [
      'of what is held, which keeps what was first',
      'paused',
      { hold: 'old', by: 'bob', until: '2026-01-01T00:00:00Z', was: 'active' },
      'patch paused hold=costs by=ada was=active',
    ],
    [
      'of what somebody resumed under a hold',
      'active',
      { hold: 'old', was: 'paused' },
      'patch paused hold=costs by=ada was=paused',
    ],
    [
      'of what a replacement has made and not yet resumed',
      'paused',
      { replaces: 'trg_old', was: 'active' },
      'patch paused hold=costs by=ada was=active',
    ],
  ])('%s', (_, status, label, calls) => {
    const managed = live(status, label);
    const action = planHold(managed, HOLD);
    expect(inShort(action)).toBe(calls);
    const { description } = action.requests[0]?.body ?? {};
    // All else that the label says stays what it was, `rev` too: nothing of a checkout was written.
    expect({ ...labelOf(description), hold: null, by: null, until: null, was: null }).toEqual({
      ...managed.label,
      hold: null,
      by: null,
      until: null,
      was: null,
    });
    expect(action.preconditions).toEqual([managed.live]);
  });

  it.each<[string, string, Partial<Label>, string]>([
    ['lifted: it runs again', 'paused', { hold: 'costs', was: 'active' }, 'resume, patch'],
    ['lifted: it was paused', 'paused', { hold: 'costs', was: 'paused' }, 'patch'],
    ['lifted, after somebody resumed it', 'active', { hold: 'costs', was: 'active' }, 'patch'],
    [
      'lifted, after somebody resumed what was paused',
      'active',
      { hold: 'costs', was: 'paused' },
      'pause, patch',
    ],
    ['lifted: it failed meanwhile', 'failed', { hold: 'costs', was: 'active' }, 'patch'],
    [
      'lifted where nobody knows what was: the manifest',
      'paused',
      { hold: 'costs', status: 'paused' },
      'patch',
    ],
    ['lifted where nobody says anything: it runs', 'paused', { hold: 'costs' }, 'resume, patch'],
    [
      'lifted in the middle of a replacement: apply finishes that, and two must not run',
      'paused',
      { hold: 'costs', was: 'active', replaces: 'trg_old' },
      'patch was=active',
    ],
  ])('%s', (_, status, label, calls) => {
    expect(inShort(planUnhold(live(status, label)))).toBe(calls);
  });
});

describe('a release', () => {
  const HELD = { hold: 'cost', by: 'ada', was: 'active' } as const;
  it.each<[string, Partial<LiveTrigger> & { label?: Partial<Label> }, string[]]>([
    [
      'of a held trigger says that it stays paused',
      { status: 'paused', label: HELD },
      ['stays_paused nightly'],
    ],
    ['of a held one that runs in spite of it says nothing', { status: 'active', label: HELD }, []],
    ['of one that is paused without a hold says nothing', { status: 'paused' }, []],
  ])('%s', (_, since, expected) => {
    const { operations } = plan([manifest({ release: true })], [applied(manifest(), since)]);
    expect(operations.map(({ kind }) => kind)).toEqual(['release']);
    const warnings = operations.flatMap((one) => one.warnings);
    expect(warnings.map(({ code, name }) => `${code} ${name}`)).toEqual(expected);
  });
});
