import type { Changed, CronDraft, CronItem, DraftField } from './cron-draft.ts';
import {
  anyField,
  beginsWithSteps,
  changeItems,
  DAY_FIELDS,
  fromMonday,
  hasSameEnds,
  isPlainStar,
  isSeven,
  isWholeField,
  neverComes,
  numbered,
  refuseItems,
  stepTooLong,
  WEEKDAYS,
  wholeField,
} from './draft-changes.ts';

/** The rules on which schedulers differ, in the order in which they are told. */
export type ReadingRule =
  | 'both-days'
  | 'both-days-star'
  | 'every-day'
  | 'star-in-list'
  | 'same-ends'
  | 'step-after-name'
  | 'step-from-value'
  | 'step-too-long'
  | 'weekday-7'
  | 'weekday-number'
  | 'weekday-star-step'
  | 'from-sunday'
  | 'never';

/** One way in which some schedulers read cron, and this tool does not. They combine: each changes a draft. */
export interface Variation {
  readonly rule: ReadingRule;
  /** Which kinds of schedulers. */
  readonly who: readonly string[];
  /** What follows "as if", of the items that it is about. Null where they refuse it. */
  readonly asIf: ((items: string) => string) | null;
  /** Null where the expression has nothing of the kind. */
  readonly change: (draft: CronDraft) => Changed | null;
}

const reads = (
  rule: ReadingRule,
  who: readonly string[],
  asIf: (items: string) => string,
  change: Variation['change'],
): Variation => ({ rule, who, asIf, change });

const refuses = (
  rule: ReadingRule,
  who: readonly string[],
  fields: readonly DraftField[],
  test: (item: CronItem, field: DraftField, draft: CronDraft) => boolean,
): Variation => ({ rule, who, asIf: null, change: refuseItems(fields, test) });

/** The step after a name does not count. */
const stepless = (who: readonly string[], test: (item: CronItem) => boolean): Variation =>
  reads(
    'step-after-name',
    who,
    (items) => `the step of ${items} did not count`,
    changeItems(['months', 'weekdays'], (item) =>
      item.named && item.stepped && test(item)
        ? { ...item, step: 1, ...(item.form === 'value' ? { to: item.from } : {}) }
        : null,
    ),
  );

/** Measured on nineteen readers. What all of them read alike is not here: see {@link file://../cron/spell-field.ts}. */
export const VARIATIONS: readonly Variation[] = [
  reads(
    'both-days',
    ['Celery', 'APScheduler', 'Spring'],
    () => 'a day had to match both day fields',
    (draft) =>
      draft.anyDate || draft.anyWeekday ? null : { draft: { ...draft, bothDays: true }, items: [] },
  ),
  reads(
    'both-days-star',
    ["Debian's cron", 'cronsim'],
    (items) => `${items} made a day match both day fields`,
    (draft) => {
      const items = DAY_FIELDS.flatMap((field) => draft[field].slice(0, 1)).filter(beginsWithSteps);
      if (draft.anyDate || draft.anyWeekday || items.length === 0) return null;
      return { draft: { ...draft, bothDays: true }, items: items.map(({ text }) => text) };
    },
  ),
  reads(
    'every-day',
    ['about half of them'],
    (items) => `${items} left the field open`,
    (draft) => {
      const anyDate = draft.anyDate || isWholeField('dates', draft);
      const anyWeekday = draft.anyWeekday || isWholeField('weekdays', draft);
      if (anyDate === draft.anyDate && anyWeekday === draft.anyWeekday) return null;
      const fields = DAY_FIELDS.filter((field) => isWholeField(field, draft));
      return { draft: { ...draft, anyDate, anyWeekday }, items: fields.map((field) => textOf(draft[field])) };
    },
  ),
  reads(
    'every-day',
    ['croniter', 'cron-parser', 'croner'],
    (items) => `${items} said which days, and either day field counted`,
    (draft) => closed(draft, (items) => items.length === 1 && items.every(({ stepped }) => stepped)),
  ),
  refuses('star-in-list', ['cron-parser'], anyField, isPlainStar),
  reads(
    'star-in-list',
    ['croner', 'cron-utils'],
    (items) => `${items} said which days, and either day field counted`,
    (draft) => closed(draft, (items) => items.length > 1),
  ),
  reads(
    'same-ends',
    ['croniter since 6'],
    (items) => `${items} were the whole field`,
    changeItems(anyField, (item, field) => (hasSameEnds(item, field) ? wholeField(item, field) : null)),
  ),
  stepless(['Celery', 'APScheduler'], ({ form }) => form === 'value'),
  stepless(['APScheduler'], ({ form }) => form === 'range'),
  refuses('step-after-name', ['croner', 'cron-schedule'], ['months', 'weekdays'], (item) => {
    return item.named && item.stepped && item.form === 'value';
  }),
  reads(
    'step-from-value',
    ['cron-schedule'],
    (items) => `the step of ${items} did not count`,
    changeItems(anyField, (item) => (isOpenEnded(item) && !item.named ? { ...item, to: item.from } : null)),
  ),
  reads(
    'step-from-value',
    ['croniter since 6', 'robfig/cron'],
    (items) => `${items} ended with Saturday`,
    changeItems(WEEKDAYS, (item) => (isOpenEnded(item) ? { ...item, to: 6 } : null)),
  ),
  refuses('step-from-value', ['Celery', 'croner', "Debian's cron"], anyField, (item) => {
    return isOpenEnded(item) && !item.named;
  }),
  refuses('step-too-long', ['APScheduler', 'go-cron'], anyField, stepTooLong),
  refuses('weekday-7', ['Celery', 'APScheduler', 'robfig/cron'], WEEKDAYS, (item) => item.ends.some(isSeven)),
  reads(
    'weekday-7',
    ['cronexpr'],
    (items) => `${items} ended with Saturday`,
    changeItems(WEEKDAYS, (item) =>
      item.form === 'range' && item.from < 7 && isSeven(item.ends[1]) ? { ...item, to: 6 } : null,
    ),
  ),
  reads(
    'weekday-number',
    ['APScheduler'],
    () => 'weekdays were numbered from Monday',
    changeItems(WEEKDAYS, (item) => (numbered(item) ? fromMonday(item) : null)),
  ),
  reads(
    'weekday-star-step',
    ['APScheduler', 'Spring'],
    (items) => `${items} began with Monday`,
    changeItems(WEEKDAYS, (item) => (beginsWithSteps(item) ? { ...item, from: 1, to: 7 } : null)),
  ),
  refuses('from-sunday', ['APScheduler', 'cron-utils'], WEEKDAYS, (item) => {
    return item.form === 'range' && /^sun$/i.test(item.ends[0] ?? '');
  }),
  reads(
    'from-sunday',
    ['APScheduler'],
    (items) => `${items} began with Monday`,
    changeItems(WEEKDAYS, (item) =>
      item.form === 'range' && Number(item.ends[0]) === 0 ? fromMonday(item) : null,
    ),
  ),
  {
    rule: 'never',
    who: ['Celery', 'older croniter'],
    asIf: null,
    change: (draft) =>
      neverComes(draft) && !draft.anyWeekday ? { draft: null, items: [textOf(draft.dates)] } : null,
  },
];

/** `5/15`: a step without an end. */
function isOpenEnded(item: CronItem): boolean {
  return item.form === 'value' && item.stepped;
}

/** With day fields that are open closed where a test says so: what stands in them says which days. */
function closed(draft: CronDraft, test: (items: readonly CronItem[]) => boolean): Changed | null {
  const is = {
    dates: draft.anyDate && test(draft.dates),
    weekdays: draft.anyWeekday && test(draft.weekdays),
  };
  const fields = DAY_FIELDS.filter((field) => is[field]);
  if (fields.length === 0) return null;
  return {
    draft: {
      ...draft,
      anyDate: draft.anyDate && !is.dates,
      anyWeekday: draft.anyWeekday && !is.weekdays,
    },
    items: fields.map((field) => textOf(draft[field])),
  };
}

function textOf(items: readonly CronItem[]): string {
  return items.map(({ text }) => text).join(',');
}
