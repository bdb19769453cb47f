import type { Desired } from '../domain/manifest.ts';
import type { LintCode, RuleSet } from '../domain/schedule-settings.ts';

/** Something about a schedule that a person should know, at a place in a manifest. */
export interface Finding<Code extends LintCode | keyof RuleSet = LintCode> {
  readonly code: Code;
  /** The manifest at which it is told. */
  readonly name: string;
  /** Every trigger that takes part, that one included. */
  readonly about: readonly string[];
  /** Into the manifest; where there is no such member, what would hold it is meant. */
  readonly path: readonly string[];
  readonly on: 'value';
  /** Words that follow the trigger's name, without a full stop. */
  readonly message: string;
  readonly hint: string | null;
}

/** A finding about one trigger alone. */
export function findingAt<Code extends LintCode | keyof RuleSet>(
  { name }: Desired,
  path: readonly string[],
  code: Code,
  message: string,
  hint: string | null,
): Finding<Code> {
  return { code, name, about: [name], path, on: 'value', message, hint };
}

/** The member of `schedule_config` that says how often a trigger runs. */
const MEMBERS: Readonly<Record<string, string>> = {
  cron: 'cron_expression',
  interval: 'interval_seconds',
  event: 'cooldown_seconds',
  conditional: 'check_interval_seconds',
};

/** The place in a manifest that says how often its trigger runs. */
export function intervalPath({ fixed }: Desired): string[] {
  const member = MEMBERS[fixed.trigger_type];
  return member === undefined ? ['schedule_config'] : ['schedule_config', member];
}
