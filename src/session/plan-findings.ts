import type { AppliedBudget } from '../domain/forecast.ts';
import type { GitState, Managed, Operation, OperationKind, Plan, Warning } from '../domain/plan.ts';
import { levelOf } from '../domain/schedule-settings.ts';
import type { LiveTrigger } from '../domain/trigger.ts';
import type { RevKnowledge } from '../git/history.ts';
import type { Observed } from '../plan/observe/observe.ts';
import { costRiseWarnings } from '../plan/rules/cost-rise.ts';
import type { ServiceReading } from '../schedule/readings/service-reading.ts';
import { placed, settingAt } from './placed-warnings.ts';
import type { Repository } from './repository.ts';
import { unusedTagRules } from './tags.ts';

/** What is said of a plan beside its operations: warnings of every source, and what it will cost. */
export async function findingsOf(
  plan: Plan,
  observed: Observed,
  revs: RevKnowledge,
  repository: Repository,
  budget: AppliedBudget | null,
  now: Date,
): Promise<Pick<Plan, 'warnings' | 'forecast'>> {
  const { live, owned } = observed;
  const [
    { Forecaster },
    { serviceReadingOf },
    { differenceWarnings },
    { healthWarnings },
    { unmanagedFindings },
  ] = await Promise.all([
    import('../schedule/forecast/forecaster.ts'),
    import('../schedule/forecast/observe-service.ts'),
    import('../schedule/forecast/difference-warnings.ts'),
    import('./health-findings.ts'),
    import('./unmanaged-findings.ts'),
  ]);
  let names: ReadonlyMap<string, string> | null = null;
  const nameOf = ({ trigger_id: id }: LiveTrigger) => {
    names ??= new Map(owned.map((one) => [one.id, one.label.name]));
    return names.get(id) ?? id;
  };
  const service = serviceReadingOf(live, nameOf, now);
  const words = plan.operations.length === 0 ? nothing : await scheduleWords();
  const forecaster = new Forecaster(now, repository.settings.credits, words, service);
  const forecast = forecaster.forecast(plan.operations, live, budget);
  const isWarned = levelOf('cost_rise', repository.settings.lint) === 'warning';
  const warnings = [
    ...plan.warnings,
    ...healthWarnings(plan, observed, now),
    ...unmanagedFindings(plan, observed, repository.settings.rules, now),
    ...(readsAsHere(service) ? [] : differenceWarnings(service, untouched(plan, owned))),
    ...(isWarned ? costRiseWarnings({ ...plan, forecast }) : []),
    ...unusedWarnings(repository),
    ...(await lintWarningsOf(plan, repository, now)),
    ...gitWarnings(repository.git, revs),
  ];
  const { loaded, environment, config } = repository;
  const placedThere = await placed(warnings, loaded.manifests, environment?.name ?? null, config.written);
  return { warnings: placedThere, forecast };
}

/** Nearly every service does: then nobody need look up which triggers are left alone. */
function readsAsHere({ shifts, differences }: ServiceReading): boolean {
  return shifts.length + differences.length === 0;
}

const nothing = () => '';

async function scheduleWords() {
  return (await import('../schedule/schedule-words.ts')).wordsOf;
}

/** Owned triggers that the plan leaves alone: only their schedules are compared with what the service computes. */
function untouched({ operations, unselected }: Plan, owned: readonly Managed[]): (name: string) => boolean {
  const touched = new Set(operations.map(({ managed }) => managed?.id));
  const left = owned.filter(({ id }) => !touched.has(id) && !unselected.has(id));
  const names = new Set(left.map(({ label }) => label.name));
  return (name) => names.has(name);
}

type Settings = 'unused' | 'untaken' | 'environment' | 'config' | 'settings' | 'desired' | 'loaded';

/** What nothing refers to is a typo, or left over: variables, values of layers, rules for a tag. */
export function unusedWarnings({
  unused,
  untaken,
  environment,
  config,
  ...rules
}: Pick<Repository, Settings>): Warning[] {
  const where = environment === null ? '' : ` of environment ${environment.name}`;
  const variables = unused.map(
    (name): Warning => ({
      code: 'unused_variable',
      name: null,
      message: `no manifest refers to the variable ${name}${where}`,
      at: settingAt(config, environment, ['vars', name]),
    }),
  );
  const values = untaken.map(
    ({ message, hint, file, line, column }): Warning => ({
      code: 'unused_default',
      name: null,
      message: `${message}: ${hint}`,
      source: { file, line: line ?? 1, ...(column === null ? {} : { column }) },
    }),
  );
  return [...variables, ...values, ...unusedTagRules({ ...rules, config, environment })];
}

/** Kinds that make a trigger run, or run in another way than before. */
const AFFECTS_RUNS: ReadonlySet<OperationKind | 'blocked'> = new Set<OperationKind>([
  'create',
  'update',
  'replace',
  'adopt',
  'resume',
]);

/** Lint for the schedules that the plan changes: a reviewer has nothing to do with those that were there before. */
async function lintWarningsOf(
  { operations }: Plan,
  { desired, settings }: Pick<Repository, 'desired' | 'settings'>,
  now: Date,
): Promise<Warning[]> {
  const names = new Set(operations.filter(affectsRuns).map(({ name }) => name));
  if (names.size === 0) return [];
  const { lintWarnings } = await import('../lint/lint.ts');
  return lintWarnings(desired, settings, now, names);
}

function affectsRuns({ kind, changes }: Operation): boolean {
  return AFFECTS_RUNS.has(kind) || (kind === 'rename' && changes.some(({ path }) => path !== '/description'));
}

/** Where Git cannot tell whether this checkout is the older one, a warning says so. */
function gitWarnings({ unreadable }: GitState, { shallow, unknown }: RevKnowledge): Warning[] {
  const warnings: Warning[] = [];
  if (unreadable !== undefined) {
    const message = `${unreadable}: no commit is recorded, none compared`;
    warnings.push({ code: 'git_unreadable', name: null, message });
  }
  if (shallow && unknown.size > 0) {
    const message =
      `this clone is shallow and does not reach ${[...unknown].sort().join(', ')}, which wrote last what is to be ` +
      'changed: whether this checkout is older cannot be told (fetch the whole history)';
    warnings.push({ code: 'shallow_clone', name: null, message });
  }
  return warnings;
}
