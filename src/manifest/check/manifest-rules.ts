import type { Json, JsonObject } from '../../domain/json.ts';
import { isObject } from '../../lib/is-object.ts';
import { hasReference } from '../resolve/pieces.ts';
import { referenceDiagnostics, suggestion } from '../resolve/references.ts';
import { firesWithinFiveYears } from './cron-fires.ts';
import { type Diagnostic, diagnosticAt } from './diagnostic.ts';
import { ignoreDiagnostics } from './ignore-rules.ts';
import { type CronDiagnostic, parseCron } from './parse-cron.ts';

export interface RuleContext {
  /** Properties that are accepted though the schema does not know them: `action_config.new_option`. */
  readonly allowUnknown: readonly string[];
  /** Those that mxt.yaml defines; null where there is no mxt.yaml to say. */
  readonly environments: readonly string[] | null;
  /** When "within five years" begins. */
  readonly now: Date;
  readonly checkZone: (zone: string) => CronDiagnostic | null;
  /** What was found out about a cron expression before: many manifests share one. */
  readonly cronCache: Map<string, CronDiagnostic | null>;
}

/** How a description's label begins, wherever it stands. */
const LABEL = '[mxt:';

/**
 * What is wrong with a manifest beyond the schema. Takes any shape: the schema reports what is not as it should be.
 *
 * @param mayHaveReferences whether it may hold a reference at all: most do not, and need no look at every value
 */
export function manifestRuleDiagnostics(
  manifest: JsonObject,
  context: RuleContext,
  mayHaveReferences: boolean,
): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  if (mayHaveReferences) diagnostics.push(...referenceDiagnostics(manifest));
  diagnostics.push(...environmentDiagnostics(manifest, context.environments));
  const { description, schedule_config: schedule } = manifest;
  if (typeof description === 'string' && description.includes(LABEL)) {
    const hint = 'mxt writes the label itself: remove it';
    diagnostics.push(
      diagnosticAt(['description'], 'value', 'label', `a description cannot contain "${LABEL}"`, hint),
    );
  }
  if (isObject(schedule))
    diagnostics.push(...scheduleDiagnostics(schedule, manifest['trigger_type'], context, mayHaveReferences));
  diagnostics.push(...ignoreDiagnostics(manifest, context.allowUnknown));
  return diagnostics;
}

function scheduleDiagnostics(
  schedule: JsonObject,
  type: Json | undefined,
  context: RuleContext,
  mayHaveReferences: boolean,
): Diagnostic[] {
  const { cron_expression: expression, timezone } = schedule;
  const found: Diagnostic[] = [];
  if (type !== 'cron') return found;
  if (
    typeof expression === 'string' &&
    expression !== '' &&
    !(mayHaveReferences && hasReference(expression))
  ) {
    let wrong = context.cronCache.get(expression);
    if (wrong === undefined) {
      wrong = cronDiagnostic(expression, context.now);
      context.cronCache.set(expression, wrong);
    }
    if (wrong !== null)
      found.push(
        diagnosticAt(['schedule_config', 'cron_expression'], 'value', 'cron', wrong.message, wrong.hint),
      );
  }
  if (typeof timezone === 'string' && timezone !== '' && !(mayHaveReferences && hasReference(timezone))) {
    const wrong = context.checkZone(timezone);
    if (wrong !== null)
      found.push(
        diagnosticAt(['schedule_config', 'timezone'], 'value', 'timezone', wrong.message, wrong.hint),
      );
  }
  return found;
}

function cronDiagnostic(expression: string, now: Date): CronDiagnostic | null {
  const parsed = parseCron(expression);
  if ('message' in parsed) return parsed;
  if (firesWithinFiveYears(parsed, now)) return null;
  return {
    message: `"${expression}" does not fire within five years`,
    hint: 'none of its months has that day',
  };
}

/** Names of environments that mxt.yaml does not define. */
export function environmentDiagnostics(manifest: JsonObject, known: readonly string[] | null): Diagnostic[] {
  if (known === null) return [];
  const { environments, adopt } = manifest;
  if (environments === undefined && !isObject(adopt)) return [];
  const places: [string, string, 'key' | 'value', string | number][] = [
    ...(Array.isArray(environments) ? environments : []).flatMap((name, at): typeof places =>
      typeof name === 'string' ? [['environments', name, 'value', at]] : [],
    ),
    ...(isObject(environments) ? Object.keys(environments) : []).map((name): (typeof places)[number] => [
      'environments',
      name,
      'key',
      name,
    ]),
    ...(isObject(adopt) ? Object.keys(adopt) : []).map((name): (typeof places)[number] => [
      'adopt',
      name,
      'key',
      name,
    ]),
  ];
  return places
    .filter(([, name]) => !known.includes(name))
    .map(([member, name, on, step]) => {
      const hint = known.length === 0 ? 'mxt.yaml defines no environments' : suggestion(name, known);
      return diagnosticAt(
        [member, step],
        on,
        'environment',
        `there is no environment ${JSON.stringify(name)}`,
        hint,
      );
    });
}
