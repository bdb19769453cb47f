import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import type { Plan as PlanJson } from '../../generated/plan.d.ts';
import { validate } from '../../generated/validate-plan.js';
import { MxtError } from '../errors.ts';
import { printableJson } from '../lib/printable.ts';
import type { Io } from './io.ts';

/** Writes a file whole or not at all: half a plan must not be taken for one. */
export function writeJson(io: Io, path: string, value: object): void {
  try {
    writeFileAtomic.sync(resolve(io.cwd, path), `${printableJson(value)}\n`);
  } catch (cause) {
    throw new MxtError('usage', `cannot write ${path}: ${(cause as Error).message}`, { cause });
  }
}

/** @throws MxtError where the file is not there, or is not a plan of a format that we know */
export function readPlan(io: Io, path: string): PlanJson {
  const plan = readJson(io, path, 'a saved plan');
  if (!validate(plan)) {
    const [first] = validate.errors ?? [];
    throw new MxtError(
      'usage',
      `${path} is not a saved plan: ${first?.instancePath || 'it'} ${first?.message ?? ''}`,
      {
        hint: 'mxt plan --out FILE makes one.',
      },
    );
  }
  return plan as PlanJson;
}

export function readJson(io: Io, path: string, what: string): unknown {
  try {
    return JSON.parse(readFileSync(resolve(io.cwd, path), 'utf8'));
  } catch (cause) {
    throw new MxtError('usage', `cannot read ${path} as ${what}: ${(cause as Error).message}`, { cause });
  }
}
