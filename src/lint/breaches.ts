import type { Desired } from '../domain/manifest.ts';
import type { RuleSet, ScheduleSettings, TotalRules } from '../domain/schedule-settings.ts';
import { listed } from '../lib/plain-words.ts';
import { creditsPerMonth, DOCUMENTED_CREDITS } from '../schedule/credits.ts';
import type { Clock } from '../schedule/schedule-clock.ts';
import { outOfHours } from './allowed-hours.ts';
import { type Finding, findingAt, intervalPath } from './finding.ts';
import { type ClockFigures, clockFigures, clockIn } from './lint-context.ts';
import { counted, number } from './lint-words.ts';
import { totalBreaches } from './total-breaches.ts';

type Breach = Finding<keyof RuleSet>;
/** A rule by the name under which a message speaks of it. */
type Named = (rule: keyof RuleSet | `total.${keyof TotalRules}`) => string;

/**
 * What breaks a house rule. Paused triggers are held to them too: a resume is all that they need. One that is to be
 * let go is not, since its schedule is nobody's here any more.
 *
 * @param where whose rules they are, for messages: ` of environment production`, or nothing
 */
export function breaches(
  desired: readonly Desired[],
  settings: Pick<ScheduleSettings, 'rules' | 'credits'>,
  now: Date,
  where = '',
): Breach[] {
  const { tags = {}, ...rules } = settings.rules;
  const figures = clockFigures(now);
  const kept = desired.filter(({ release }) => !release);
  const held = (some: readonly Desired[], rules: RuleSet, prefix: string) =>
    breachesOf(some, { ...settings, rules }, figures, (rule) => `${prefix}.${rule}${where}`);
  return [
    ...held(kept, rules, 'rules'),
    ...Object.entries(tags).flatMap(([tag, ruleSet]) =>
      held(
        kept.filter((one) => one.tags.includes(tag)),
        ruleSet,
        `rules.tags.${tag}`,
      ),
    ),
  ];
}

interface Limits {
  readonly rules: RuleSet;
  readonly credits: ScheduleSettings['credits'];
}

function breachesOf(
  desired: readonly Desired[],
  settings: Limits,
  figures: ClockFigures,
  named: Named,
): Breach[] {
  const { rules, credits } = settings;
  if (Object.keys(rules).length === 0) return [];
  const { runsPerMonth, shortestGap } = figures;
  return [
    ...desired.flatMap((manifest) => {
      const clock = clockIn(manifest);
      const [gap, words] = clock === null ? pauseOf(manifest) : [shortestGap(clock), null];
      const found = [tooClose(manifest, gap, words, rules, named)];
      if (clock !== null) {
        const runs = runsPerMonth(clock);
        found.push(
          tooManyRuns(manifest, runs, rules, named),
          overBudget(manifest, runs, settings, named),
          rules.allowed_hours === undefined
            ? null
            : outOfHours(manifest, clock, rules.allowed_hours, named('allowed_hours')),
          otherZone(manifest, clock, rules, named),
        );
      }
      return found.filter((finding) => finding !== null);
    }),
    ...totalBreaches(desired, rules.total, credits, figures, (rule) => named(`total.${rule}`)),
  ];
}

function tooClose(
  manifest: Desired,
  gap: number | null,
  words: string | null,
  { min_interval_seconds: least }: RuleSet,
  named: Named,
): Breach | null {
  if (least === undefined || gap === null || gap >= least) return null;
  const what = words ?? `runs again after ${counted(gap, 'second')}`;
  const message = `${what}, ${named('min_interval_seconds')} asks for ${number(least)}`;
  const hint =
    manifest.fixed.trigger_type === 'event' ? `write cooldown_seconds: ${least}` : 'run it less often';
  return findingAt(manifest, intervalPath(manifest), 'min_interval_seconds', message, hint);
}

/** How soon a trigger without a clock may run again, in seconds, and in words; null where the manifest does not say. */
function pauseOf({ fixed, patchable }: Desired): readonly [number | null, string] {
  const { cooldown_seconds: cooldown, check_interval_seconds: check } = patchable.schedule_config;
  if (fixed.trigger_type === 'event') {
    return typeof cooldown === 'number'
      ? [cooldown, `may run again after ${counted(cooldown, 'second')}`]
      : [typeof cooldown === 'string' ? null : 0, 'has no cooldown_seconds'];
  }
  return typeof check === 'number'
    ? [check, `is checked every ${counted(check, 'second')}, and may run each time`]
    : [null, ''];
}

function tooManyRuns(
  manifest: Desired,
  runsPerMonth: number,
  { max_runs_per_month: most }: RuleSet,
  named: Named,
): Breach | null {
  if (most === undefined || runsPerMonth <= most) return null;
  const runs = counted(runsPerMonth, 'time');
  const message = `runs ${runs} in 30 days, ${named('max_runs_per_month')} allows ${number(most)}`;
  return findingAt(manifest, intervalPath(manifest), 'max_runs_per_month', message, 'run it less often');
}

function overBudget(
  manifest: Desired,
  runsPerMonth: number,
  { rules: { max_credits_per_month: most }, credits }: Limits,
  named: Named,
): Breach | null {
  if (most === undefined) return null;
  const { action_type: action } = manifest.fixed;
  const cost = creditsPerMonth(action, runsPerMonth, { ...DOCUMENTED_CREDITS, ...credits });
  if (cost === null || cost.max <= most) return null;
  const runs = counted(runsPerMonth, 'run');
  const message = `may cost ${number(cost.max)} credits in 30 days (${runs}), ${named('max_credits_per_month')} allows ${number(most)}`;
  return findingAt(manifest, intervalPath(manifest), 'max_credits_per_month', message, 'run it less often');
}

function otherZone(
  manifest: Desired,
  clock: Clock,
  { timezones: allowed }: RuleSet,
  named: Named,
): Breach | null {
  if (allowed === undefined || clock.kind !== 'cron' || allowed.includes(clock.zone)) return null;
  const said = typeof manifest.patchable.schedule_config['timezone'] === 'string';
  const zone = said ? `has the timezone ${clock.zone}` : 'has no timezone, which means UTC';
  const message = `${zone}, ${named('timezones')} allows ${listed(allowed)}`;
  const hint = allowed.length === 1 ? `write timezone: ${allowed[0]}` : 'write one of these';
  return findingAt(manifest, ['schedule_config', 'timezone'], 'timezones', message, hint);
}
