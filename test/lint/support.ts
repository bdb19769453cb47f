import fc from 'fast-check';
import type { JsonObject } from '../../src/domain/json.ts';
import type { Desired } from '../../src/domain/manifest.ts';
import type { LintCode, ScheduleSettings } from '../../src/domain/schedule-settings.ts';
import { lintErrors, lintWarnings } from '../../src/lint/lint.ts';
import { runs } from '../support/random.ts';

/** The clocks of New York changed on 1 November, those of Sydney on 4 October. */
export const NOW = new Date('2026-11-24T10:17:23Z');
export const RUNS = runs(200);

export const SETTINGS: ScheduleSettings = {
  credits: {},
  rules: {},
  lint: {},
  assume: { run_minutes: 30, herd: 10 },
  label: { owner: 'acme/search', limit: 500 },
};

interface Parts {
  readonly action?: string;
  readonly config?: JsonObject;
  readonly type?: string;
  readonly schedule?: JsonObject;
}

/** A manifest of a trigger that clusters once a day, but for what is said. */
export function manifest(name: string, parts: Parts = {}, more: Partial<Desired> = {}): Desired {
  return {
    name,
    title: null,
    fixed: {
      action_type: parts.action ?? 'cluster',
      action_config: parts.config ?? { cluster_id: `clust_${name}` },
      trigger_type: parts.type ?? 'cron',
    },
    patchable: { schedule_config: parts.schedule ?? { cron_expression: '0 2 * * *' }, description: '' },
    status: null,
    protect: false,
    ignore: [],
    adopt: null,
    renamedFrom: [],
    release: false,
    secrets: [],
    tags: [],
    accepts: [],
    source: { file: `manifests/${name}.yaml`, line: 1 },
    ...more,
  };
}

export function cron(
  name: string,
  expression: string,
  timezone?: string,
  cluster = `clust_${name}`,
): Desired {
  const schedule = { cron_expression: expression, ...(timezone === undefined ? {} : { timezone }) };
  return manifest(name, { schedule, config: { cluster_id: cluster } });
}

export function every(name: string, seconds: number, cluster = `clust_${name}`): Desired {
  return manifest(name, {
    type: 'interval',
    schedule: { interval_seconds: seconds },
    config: { cluster_id: cluster },
  });
}

/** What one check says, as warnings. */
export function told(code: LintCode, desired: readonly Desired[], assume = {}, now = NOW): string[] {
  const settings = { ...SETTINGS, assume: { ...SETTINGS.assume, ...assume } };
  return lintWarnings(desired, settings, now)
    .filter((warning) => warning.code === code)
    .map(({ name, message }) => (name === null ? message : `${name} ${message}`));
}

/** Findings of one check, with who takes part. */
export function found(code: LintCode, desired: readonly Desired[], assume = {}) {
  const settings = {
    ...SETTINGS,
    lint: { [code]: 'error' as const },
    assume: { ...SETTINGS.assume, ...assume },
  };
  return lintErrors(desired, settings, NOW);
}

/** Crons that run now and then, and those that run often. */
export const expressions = fc
  .tuple(
    fc.constantFrom('0', '5', '30', '0,45', '*/20', '10-12'),
    fc.constantFrom('*', '2', '3', '1-4', '*/6', '0,12'),
    fc.constantFrom('*', '1', '1-7', '15'),
    fc.constantFrom('*', '*', '12'),
    fc.constantFrom('*', '*', 'MON', '1-5'),
  )
  .map((fields) => fields.join(' '));

/** No DST change in the month after {@link NOW}. */
export const zones = fc.constantFrom('UTC', 'America/New_York', 'Asia/Kathmandu', 'Australia/Sydney');
