import type { Json, JsonObject } from '../domain/json.ts';
import type { Desired } from '../domain/manifest.ts';
import type { LintCode } from '../domain/schedule-settings.ts';
import { isObject } from '../lib/is-object.ts';
import { fromPointer } from '../lib/pointer.ts';
import { type Finding, findingAt } from './finding.ts';
import type { Check } from './lint-context.ts';
import { number } from './lint-words.ts';

type MemberPath = readonly string[];
/** Least and most, as the service documents them; whether it holds anybody to them is not known. */
type Range = readonly [path: MemberPath, least: number, most: number | null];

const RANGES: Readonly<Record<string, readonly Range[]>> = {
  cluster: [[['assignment_threshold'], 0, 1]],
  taxonomy_enrichment: [
    [['batch_size'], 100, 10_000],
    [['parallelism'], 1, 16],
  ],
  retriever_execution: [
    [['acceptance', 'max_total_time_ms'], 0, null],
    [['acceptance', 'max_stage_latency_breaches'], 0, null],
    [['acceptance', 'min_results'], 0, null],
    [['acceptance', 'min_pass_ratio'], 0, 1],
  ],
};

/** Numbers out of the documented ranges, and members that mean nothing without another. */
export const findOutOfRange: Check = ({ desired, wanted }) =>
  desired.flatMap((manifest) => (wanted(manifest.name) ? [...outOfRange(manifest), ...alone(manifest)] : []));

function outOfRange(manifest: Desired): Finding[] {
  const { action_type: action, action_config: config } = manifest.fixed;
  const found: Finding[] = [];
  for (const [path, least, most] of Object.hasOwn(RANGES, action) ? (RANGES[action] ?? []) : []) {
    const value = memberOf(config, path);
    if (typeof value !== 'number' || (value >= least && value <= (most ?? value))) continue;
    const range = most === null ? `at least ${number(least)}` : `${number(least)} to ${number(most)}`;
    const message = `has ${path.join('.')}: ${value}; the service documents ${range}`;
    found.push(finding(manifest, path, message, null));
  }
  return found;
}

function alone(manifest: Desired): Finding[] {
  const { action_type: action, action_config: config } = manifest.fixed;
  const found: Finding[] = [];
  const has = (...path: MemberPath) => memberOf(config, path) !== undefined;
  if (action === 'cluster') {
    const { mode = 'full', source_execution_ids: sources } = config;
    if (mode !== 'assign' && has('assignment_threshold')) {
      const message = 'has an assignment_threshold, which has an effect with mode: assign only';
      const hint = 'write mode: assign, or leave it out';
      found.push(finding(manifest, ['assignment_threshold'], message, hint));
    }
    if (mode === 'composite' && !(Array.isArray(sources) && sources.length >= 2)) {
      const hint = 'write source_execution_ids with two or more';
      found.push(finding(manifest, ['mode'], 'has mode: composite without two source_execution_ids', hint));
    }
  }
  if (
    action === 'retriever_execution' &&
    has('acceptance', 'min_pass_ratio') &&
    !has('acceptance', 'judge_field')
  ) {
    const message = 'has a min_pass_ratio without a judge_field, which says what passed';
    const hint = 'write acceptance.judge_field';
    found.push(finding(manifest, ['acceptance', 'min_pass_ratio'], message, hint));
  }
  return found;
}

/** The service's model has a batch alone; its guide shows a collection. */
export const findNoBatchId: Check = ({ desired, wanted }) =>
  desired.flatMap((manifest) => {
    const { action_type: action, action_config: config } = manifest.fixed;
    if (action !== 'batch_rerun' || !isMissing(config, 'batch_id') || !wanted(manifest.name)) return [];
    const message = 'reruns a collection and names no batch, which the newest service requires';
    return [
      finding(
        manifest,
        ['collection_id'],
        message,
        'write the batch_id of a batch that is COMPLETED or FAILED',
        'no_batch_id',
      ),
    ];
  });

/** An address that a manifest writes out: everybody who reads the repository has it. */
export const findLiteralSecrets: Check = ({ desired, wanted }) =>
  desired.flatMap((manifest) =>
    (wanted(manifest.name) ? manifest.secrets : [])
      .filter(({ template }) => template === null)
      .map(({ pointer }) => {
        const [, ...path] = fromPointer(pointer);
        const message = `has ${path.join('.')} written out, which is a secret`;
        return finding(manifest, path, message, 'write ${{ secrets.NAME }}', 'literal_secret');
      }),
  );

function isMissing(config: JsonObject, name: string): boolean {
  const value: Json | undefined = config[name];
  return value === undefined || value === null;
}

function memberOf(config: JsonObject, path: MemberPath): Json | undefined {
  let node: Json | undefined = config;
  for (const key of path) node = isObject(node) && Object.hasOwn(node, key) ? node[key] : undefined;
  return node;
}

/** @param path into action_config */
function finding(
  manifest: Desired,
  path: MemberPath,
  message: string,
  hint: string | null,
  code: LintCode = 'out_of_range',
): Finding {
  return findingAt(manifest, ['action_config', ...path], code, message, hint);
}
