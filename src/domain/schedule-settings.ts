import type { Credits } from './forecast.ts';

/** What one run costs, by `action_type`. */
export type CreditTable = Readonly<Record<string, Credits>>;

/** Limits for several manifests together, those that are paused left out. */
export interface TotalRules {
  /** In 30 days. */
  readonly max_runs_per_month?: number;
  /** In 30 days, by the upper end of the range. */
  readonly max_credits_per_month?: number;
}

/** What some manifests are held to; what is missing is not asked for. */
export interface RuleSet {
  /** The shortest time between two runs of a trigger. */
  readonly min_interval_seconds?: number;
  /** In 30 days. */
  readonly max_runs_per_month?: number;
  /** In 30 days, by the upper end of the range. */
  readonly max_credits_per_month?: number;
  /** Hours of the day, 0 to 23, in the trigger's own zone. */
  readonly allowed_hours?: readonly number[];
  readonly timezones?: readonly string[];
  /** Of all of them together. */
  readonly total?: TotalRules;
}

/** House rules: for all manifests, and for those that have a tag. */
export interface Rules extends RuleSet {
  readonly tags?: Readonly<Record<string, RuleSet>>;
  /** How grave a live trigger is that no manifest has and no collection made; off where it is missing. */
  readonly unmanaged?: LintLevel;
}

/** In the order in which they are told. */
export const LINT_CODES = [
  'ambiguous_cron',
  'weekday_number',
  'uneven_step',
  'zone_data',
  'dst',
  'overlap',
  'self_overlap',
  'herd',
  'short_interval',
  'full_enrichment',
  'no_cooldown',
  'may_double',
  'many_active',
  'no_label_room',
  'unseen_word',
  'timezone_differs',
  'out_of_range',
  'no_batch_id',
  'literal_secret',
  'cost_rise',
] as const;
export type LintCode = (typeof LINT_CODES)[number];
export type LintLevel = 'off' | 'warning' | 'error';

/** What is a warning where the settings say nothing, but for these. */
export const OFF_BY_DEFAULT: ReadonlySet<LintCode> = new Set<LintCode>(['weekday_number']);

/** How grave a finding is. */
export function levelOf(code: LintCode, lint: ScheduleSettings['lint']): LintLevel {
  return lint[code] ?? (OFF_BY_DEFAULT.has(code) ? 'off' : 'warning');
}

export interface Assumed {
  /** How long a run takes. */
  readonly run_minutes: number;
  /** How many triggers may start in one minute. */
  readonly herd: number;
}

/** How long a label makes a description. */
export interface LabelSettings {
  readonly owner: string;
  /** How many characters the service takes for a description, label and all. */
  readonly limit: number;
}

/** What is known of prices, and what schedules are held to. */
export interface ScheduleSettings {
  /** What one run costs, over what is documented. */
  readonly credits: CreditTable;
  readonly rules: Rules;
  /** What is missing is a warning, or off: see {@link OFF_BY_DEFAULT}. */
  readonly lint: Readonly<Partial<Record<LintCode, LintLevel>>>;
  readonly assume: Assumed;
  readonly label: LabelSettings;
}
