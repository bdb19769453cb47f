import { isPathlike } from '../domain/request.ts';
import type { LiveTrigger } from '../domain/trigger.ts';
import { MxtError } from '../errors.ts';

/** Something in an answer that is not what the service promises: which member, and what stands there. */
export class Malformed extends Error {
  constructor(path: string, what: string) {
    super(`${path} ${what}`);
    this.name = 'Malformed';
  }
}

export interface Page {
  readonly results: readonly LiveTrigger[];
  readonly total: number;
}

type Kind = 'string' | 'object';
type Shown = 'string' | 'number' | 'boolean';

/** Members whose form is relied on. Checked by hand: a schema compiler costs more than reading 10,000 items. */
const MEMBERS: readonly (readonly [name: keyof LiveTrigger, kind: Kind, nullable: boolean])[] = [
  ['action_type', 'string', false],
  ['action_config', 'object', false],
  ['trigger_type', 'string', false],
  ['schedule_config', 'object', false],
  ['name', 'string', true],
  ['status', 'string', true],
  ['description', 'string', true],
  ['created_at', 'string', true],
  ['updated_at', 'string', true],
];

/** Members that are shown and decide nothing that is written: one of another form is as good as missing. */
const SHOWN: readonly (readonly [name: keyof LiveTrigger, kind: Shown])[] = [
  ['next_scheduled_at', 'string'],
  ['last_triggered_at', 'string'],
  ['is_overdue', 'boolean'],
  ['last_execution_status', 'string'],
  ['last_execution_error', 'string'],
  ['consecutive_failures', 'number'],
  ['execution_count', 'number'],
];

/**
 * Checks one trigger. Fields that are not known are kept, missing ones are fine, and so is an item without an
 * `action_type`, which another API of the service made: its nulls are then as good as missing.
 *
 * @throws Malformed naming the member under `path`
 */
export function checkTrigger(item: unknown, path: string): LiveTrigger {
  if (!isObject(item)) throw new Malformed(path, `is ${describe(item)}, not an object`);
  const id = item['trigger_id'];
  if (typeof id !== 'string') throw new Malformed(`${path}.trigger_id`, `is ${describe(id)}, not a string`);
  if (isPathlike(id)) throw new Malformed(`${path}.trigger_id`, id === '' ? 'is empty' : `is "${id}", no id`);
  const foreign = item['action_type'] == null;
  const missing: string[] = [];
  for (const [name, kind, nullable] of MEMBERS) {
    const value = item[name];
    if (value === undefined) continue;
    if (value === null && (nullable || foreign)) {
      if (!nullable) missing.push(name);
      continue;
    }
    if (kind === 'string' ? typeof value !== 'string' : !isObject(value)) {
      const wanted = kind === 'string' ? 'a string' : 'an object';
      throw new Malformed(`${path}.${name}`, `is ${describe(value)}, not ${wanted}`);
    }
  }
  for (const [name, kind] of SHOWN) {
    const value = item[name];
    if (value !== undefined && value !== null && typeof value !== kind) missing.push(name);
  }
  return (missing.length > 0 ? without(missing, item) : item) as unknown as LiveTrigger;
}

/** @throws Malformed */
export function checkPage(body: unknown): Page {
  if (!isObject(body)) throw new Malformed('the answer', `is ${describe(body)}, not an object`);
  const { results, total } = body;
  if (!Array.isArray(results)) throw new Malformed('results', `is ${describe(results)}, not an array`);
  if (typeof total !== 'number' || !Number.isSafeInteger(total) || total < 0) {
    throw new Malformed('total', `is ${describe(total)}, not a count`);
  }
  return { results: results.map((item: unknown, index) => checkTrigger(item, `results[${index}]`)), total };
}

/**
 * Checks triggers that come from a file.
 *
 * @param where the file, for the message
 */
export function checkTriggers(items: readonly unknown[], where: string): LiveTrigger[] {
  try {
    return items.map((item, index) => checkTrigger(item, `triggers[${index}]`));
  } catch (error) {
    if (error instanceof Malformed) throw new MxtError('usage', `${where}: ${error.message}`);
    throw error;
  }
}

function without(names: readonly string[], item: Record<string, unknown>): Record<string, unknown> {
  const copy = { ...item };
  for (const name of names) delete copy[name];
  return copy;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function describe(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object') return 'an object';
  return typeof value === 'number' ? `the number ${value}` : `a ${typeof value}`;
}
