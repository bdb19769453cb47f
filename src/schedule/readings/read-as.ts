import type { CronClock } from '../schedule-clock.ts';
import { type CronDraft, draftOf, fieldsOf } from './cron-draft.ts';
import { VARIATIONS } from './variations.ts';

/** An expression while it is read otherwise than here, one difference after the other. */
interface Read {
  readonly zone: string;
  readonly draft: CronDraft;
  /** What was read otherwise, as it follows "as if". */
  readonly words: readonly string[];
}

/** One difference from how cron is read here. Null where an expression has nothing of the kind. */
export type Deviation = (read: Read) => Read | null;

/** All that a scheduler reads otherwise; nothing, where it reads as here. */
export type Reading = readonly Deviation[];

/** A clock by another reading, and in words what that makes of its expression. */
export interface ReadClock {
  readonly clock: CronClock;
  readonly reading: Reading;
  /** `weekdays were numbered from Monday, and the time zone did not count` */
  readonly words: string;
}

/** What a service may do that takes an expression: it refuses none. */
const DEVIATIONS: readonly Deviation[] = [
  ({ zone, draft, words }) =>
    zone === 'UTC' ? null : { zone: 'UTC', draft, words: [...words, 'the time zone did not count'] },
  ...VARIATIONS.flatMap(({ asIf, change }): Deviation[] => {
    if (asIf === null) return [];
    return [
      (read) => {
        const changed = change(read.draft);
        if (changed === null || changed.draft === null) return null;
        const items = [...new Set(changed.items)].map((item) => `"${item}"`).join(' and ');
        return { ...read, draft: changed.draft, words: [...read.words, asIf(items)] };
      },
    ];
  }),
];

/** So many at once: what takes more is explained by nothing. */
const AT_ONCE = 3;

/** A clock as another reading has it. Each deviation is worked out on what those before it have left. */
export function readAs(clock: CronClock, reading: Reading): ReadClock {
  return clockOf(
    clock,
    reading,
    reading.reduce((read, deviate) => deviate(read) ?? read, asHere(clock)),
  );
}

/** Every reading by which a clock is another one, the plainest first; of those that make the same, the first. */
export function readingsOf(clock: CronClock): ReadClock[] {
  const known = new Set([keyOf(clock)]);
  const found: ReadClock[] = [];
  let grown: { reading: Deviation[]; read: Read; next: number }[] = [
    { reading: [], read: asHere(clock), next: 0 },
  ];
  for (let size = 1; size <= AT_ONCE; size++) {
    grown = grown.flatMap(({ reading, read, next }) =>
      DEVIATIONS.slice(next).flatMap((deviate, at) => {
        const changed = deviate(read);
        return changed === null
          ? []
          : [{ reading: [...reading, deviate], read: changed, next: next + at + 1 }];
      }),
    );
    for (const { reading, read } of grown) {
      const one = clockOf(clock, reading, read);
      const key = keyOf(one.clock);
      if (!known.has(key)) found.push(one);
      known.add(key);
    }
  }
  return found;
}

function asHere({ zone, expression, fields }: CronClock): Read {
  return { zone, draft: draftOf(expression, fields), words: [] };
}

function clockOf(clock: CronClock, reading: Reading, { zone, draft, words }: Read): ReadClock {
  if (words.length === 0) return { clock, reading, words: '' };
  return { clock: { ...clock, zone, fields: fieldsOf(draft) }, reading, words: words.join(', and ') };
}

function keyOf({ zone, fields }: CronClock): string {
  const { minutes, hours, daysOfMonth, months, weekdays, ...flags } = fields;
  const days = [daysOfMonth, months, weekdays].map((values) => [...values].join(' '));
  return JSON.stringify([zone, minutes, hours, days, Object.values(flags)]);
}
