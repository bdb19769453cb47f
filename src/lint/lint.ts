import type { Desired } from '../domain/manifest.ts';
import type { Warning } from '../domain/plan.ts';
import {
  LINT_CODES,
  type LintCode,
  type LintLevel,
  levelOf,
  type ScheduleSettings,
} from '../domain/schedule-settings.ts';
import { findLiteralSecrets, findNoBatchId, findOutOfRange } from './action-members.ts';
import { findAmbiguousCrons, findWeekdayNumbers } from './ambiguous-cron.ts';
import { findDstEffects } from './dst.ts';
import type { Finding } from './finding.ts';
import { findHerds } from './herd.ts';
import { type Check, clockFigures, type LintContext } from './lint-context.ts';
import { findOverlaps } from './overlap.ts';
import { findSelfOverlaps } from './self-overlap.ts';
import { findManyActive, findNoLabelRoom } from './service-limits.ts';
import { findDoubled, findFullEnrichment, findNoCooldown, findShortIntervals } from './too-often.ts';
import { findUnevenSteps } from './uneven-step.ts';
import { findUnseenWords } from './unseen-words.ts';
import { findWrongZones } from './wrong-zones.ts';
import { findDifferingZones } from './zone-differs.ts';

/** What a cost rises from is live: `plan/rules/cost-rise.ts` compares it. */
const CHECKS: Readonly<Record<Exclude<LintCode, 'cost_rise'>, Check>> = {
  ambiguous_cron: findAmbiguousCrons,
  weekday_number: findWeekdayNumbers,
  uneven_step: findUnevenSteps,
  zone_data: findWrongZones,
  dst: findDstEffects,
  overlap: findOverlaps,
  self_overlap: findSelfOverlaps,
  herd: findHerds,
  short_interval: findShortIntervals,
  full_enrichment: findFullEnrichment,
  many_active: findManyActive,
  may_double: findDoubled,
  no_cooldown: findNoCooldown,
  no_label_room: findNoLabelRoom,
  unseen_word: findUnseenWords,
  timezone_differs: findDifferingZones,
  out_of_range: findOutOfRange,
  no_batch_id: findNoBatchId,
  literal_secret: findLiteralSecrets,
};

type Settings = Pick<ScheduleSettings, 'lint' | 'assume' | 'label'>;

/** Of no single trigger: such a finding bears no name. */
const OF_MANY: ReadonlySet<LintCode> = new Set<LintCode>(['herd', 'many_active']);

/** Findings that the settings make errors, by code, then by name. */
export function lintErrors(desired: readonly Desired[], settings: Settings, now: Date): Finding[] {
  return findings(desired, settings, now, 'error', () => true);
}

/**
 * Findings that are warnings, by code, then by name. What is of many triggers has no name, and the place of its first.
 *
 * @param desired sorted by name
 * @param names the triggers that somebody wants to hear of; all, where it is left out
 */
export function lintWarnings(
  desired: readonly Desired[],
  settings: Settings,
  now: Date,
  names?: ReadonlySet<string>,
): Warning[] {
  if (names?.size === 0) return [];
  const wanted = (name: string) => names?.has(name) ?? true;
  const sources = new Map(desired.map(({ name, source }) => [name, source]));
  return findings(desired, settings, now, 'warning', wanted).map(({ code, name, message, hint, path }) => ({
    code,
    name: OF_MANY.has(code) ? null : name,
    message: hint === null ? message : `${message}; ${hint}`,
    ...(OF_MANY.has(code) ? { source: sources.get(name) ?? null } : { at: path }),
  }));
}

function findings(
  desired: readonly Desired[],
  { lint, assume, label }: Settings,
  now: Date,
  level: LintLevel,
  wanted: (name: string) => boolean,
): Finding[] {
  const context: LintContext = {
    ...clockFigures(now),
    desired: desired.filter(({ release }) => !release),
    now,
    assume,
    label,
    wanted,
  };
  const accepting = new Map(desired.map(({ name, accepts }) => [name, accepts]));
  return LINT_CODES.filter((code) => levelOf(code, lint) === level)
    .flatMap((code) => (code === 'cost_rise' ? [] : CHECKS[code](context)))
    .filter(({ code, name, about }) =>
      (OF_MANY.has(code) ? about : [name]).some((one) => accepting.get(one)?.includes(code) !== true),
    );
}
