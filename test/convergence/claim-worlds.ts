import fc from 'fast-check';
import type { Label } from '../../src/domain/label.ts';
import type { Desired } from '../../src/domain/manifest.ts';
import type { LiveTrigger } from '../../src/domain/trigger.ts';
import { applied } from '../plan/world.ts';
import { manifestOf } from './worlds.ts';

/** Manifests that ask for what is not theirs yet, beside live triggers that have every right to be left alone. */

export const PREVIOUS_OWNER = 'acme/old';
const SLOTS = ['a', 'b', 'c'];
const oldName = (slot: string) => `${slot}-old`;
const nextTo = (slot: string) => SLOTS[(SLOTS.indexOf(slot) + 1) % SLOTS.length] ?? slot;
const adoptedId = (slot: string) => `trg_${slot}_x`;

/** What a manifest asks for; `crossed` is another one's. */
const ask = fc.constantFrom(
  'nothing',
  'adopt',
  'adopt',
  'rename',
  'rename',
  'rename',
  'both',
  'adopt crossed',
  'rename crossed',
  'rename chained',
  'release',
  'release renamed',
);

/** Whose a live trigger is, and under which name. */
const whose = fc.constantFrom(
  'ours',
  'ours, old name',
  'ours, old name',
  'previous',
  'previous, old name',
  'unlabelled',
  'unlabelled',
  'foreign',
  'damaged',
);

const since = fc.constantFrom(
  'nothing',
  'nothing',
  'nothing',
  'paused',
  'failed',
  'schedule edited',
  'text edited',
  'held',
  'copied',
  'copy edited',
  'half-replaced',
  'half-replaced for another',
  'half-resumed',
);

export interface ClaimCase {
  readonly desired: readonly Desired[];
  readonly live: readonly LiveTrigger[];
  readonly previousOwners: readonly string[];
}

const slotOf = (slot: string) =>
  fc.record({
    slot: fc.constant(slot),
    wanted: fc.option(manifestOf(slot), { freq: 6 }),
    other: manifestOf(slot),
    ask,
    // As often as not, live is what the manifest says.
    states: fc.array(fc.record({ whose, since, same: fc.boolean() }), { maxLength: 2 }),
  });

export const claimCase: fc.Arbitrary<ClaimCase> = fc
  .tuple(fc.tuple(...SLOTS.map(slotOf)), fc.boolean())
  .map(([slots, takesOver]) => {
    const live = slots.flatMap(({ slot, wanted, other, states }) =>
      states.flatMap((state, nth) =>
        liveOf(slot, (state.same ? wanted : null) ?? other, state.whose, state.since, nth),
      ),
    );
    const ids = new Set(live.map(({ trigger_id }) => trigger_id));
    const desired = slots.flatMap(({ slot, wanted, ask: what }) =>
      wanted === null ? [] : [asking(slot, wanted, what, ids)],
    );
    return { desired, live, previousOwners: takesOver ? [PREVIOUS_OWNER] : [] };
  });

function asking(slot: string, wanted: Desired, what: string, ids: ReadonlySet<string>): Desired {
  const next = nextTo(slot);
  // An id that is not there is an error, and no world to converge in.
  const adopt = (of: string) => (ids.has(adoptedId(of)) ? adoptedId(of) : null);
  switch (what) {
    case 'adopt':
      return { ...wanted, adopt: adopt(slot) };
    case 'rename':
      return { ...wanted, renamedFrom: [oldName(slot)] };
    case 'both':
      return { ...wanted, adopt: adopt(slot), renamedFrom: [oldName(slot)] };
    case 'adopt crossed':
      return { ...wanted, adopt: adopt(next) };
    case 'rename crossed':
      return { ...wanted, renamedFrom: [oldName(next)] };
    case 'rename chained':
      return { ...wanted, renamedFrom: [next] };
    case 'release':
      return { ...wanted, release: true };
    case 'release renamed':
      return { ...wanted, release: true, renamedFrom: [oldName(slot)] };
    default:
      return wanted;
  }
}

function liveOf(slot: string, made: Desired, who: string, what: string, nth: number): LiveTrigger[] {
  const old = who.endsWith('old name');
  const name = old ? oldName(slot) : slot;
  const owner = who.startsWith('previous') ? PREVIOUS_OWNER : who === 'foreign' ? 'someone/else' : null;
  const as = { ...made, name };
  // At most one trigger of a slot can be asked for by its id.
  const id = nth === 0 ? adoptedId(slot) : `trg_${slot}_${nth}`;
  const label = (more: Partial<Label> = {}): Partial<Label> => ({
    ...(owner === null ? {} : { owner }),
    // Else it would be a lookalike of every manifest that it was made from.
    ...(who === 'foreign' ? { spec: { fixed: '01234567', patchable: '89abcdef' } } : {}),
    ...more,
  });
  const base = applied(as, { trigger_id: id, label: label() });
  const asWhose = (trigger: LiveTrigger): LiveTrigger =>
    who === 'unlabelled'
      ? { ...trigger, description: 'by hand' }
      : who === 'damaged'
        ? { ...trigger, description: (trigger.description ?? '').slice(0, -4) }
        : trigger;
  const copy = { trigger_id: `${id}_copy`, created_at: '2026-11-05T00:00:00Z' };
  const elsewhere = {
    action_config: { ...base.action_config, cluster_id: 'clust_9', collection_id: 'col_9' },
  };
  const several = (): LiveTrigger[] => {
    switch (what) {
      case 'paused':
      case 'failed':
        return [{ ...base, status: what }];
      case 'schedule edited':
        return [
          {
            ...base,
            schedule_config: { ...base.schedule_config, timezone: 'Asia/Tokyo', interval_seconds: 7 },
          },
        ];
      case 'text edited':
        return [applied(as, { trigger_id: id, text: 'edited by hand', label: label() })];
      case 'held':
        return [
          applied(as, {
            trigger_id: id,
            status: 'paused',
            label: label({ hold: 'costs', by: 'ada', was: 'active' }),
          }),
        ];
      case 'copied':
        return [base, { ...base, ...copy }];
      case 'copy edited':
        return [base, { ...base, ...copy, ...elsewhere }];
      case 'half-replaced':
      case 'half-replaced for another':
        return [
          { ...base, ...elsewhere },
          applied(
            { ...made, name: what === 'half-replaced' ? slot : nextTo(slot) },
            {
              ...copy,
              status: 'paused',
              label: {
                ...(who === 'foreign' ? label() : {}),
                replaces: id,
                was: 'active',
              },
            },
          ),
        ];
      case 'half-resumed':
        return [
          applied(as, {
            trigger_id: id,
            status: 'paused',
            label: label({ replaces: 'trg_gone', was: 'active' }),
          }),
        ];
      default:
        return [base];
    }
  };
  return several().map(asWhose);
}
