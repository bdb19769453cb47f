import type { CronFault } from '../../schedule/cron/cron-field.ts';
import { type CronFields, readCron } from '../../schedule/cron/read-cron.ts';
import { readAlike } from '../../schedule/readings/read-alike.ts';
import { readHash } from '../resolve/cron-hash.ts';

/** What is wrong with an expression or a time zone, and what to write instead. */
export type CronDiagnostic = CronFault;

const EXAMPLE = 'write five fields, such as "0 2 * * *"';

const NICKNAMES: Readonly<Record<string, string>> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * SUN',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};

/**
 * Reads an expression of five fields as cron itself does (names and numbers, `* , - /`), with `H` for the minute and
 * the hour; or says all that is wrong with it. What `H` stands for depends on the manifest's name, and so it counts as
 * any value here.
 */
export function parseCron(expression: string): CronFields | CronDiagnostic {
  const trimmed = expression.trim();
  if (trimmed === '') return fault('the cron expression is blank', EXAMPLE);
  const comment = /(?:^|\s)#/.exec(trimmed)?.index;
  if (comment !== undefined) return commented(trimmed.slice(0, comment).trim());
  if (expression !== trimmed || /[^\S \t]/.test(expression)) {
    return fault(
      'the cron expression has spaces or line breaks around it',
      `write "${spelled(trimmed.split(/\s+/))}"`,
    );
  }
  const parts = expression.split(/[ \t]+/);
  const [first = ''] = parts;
  if (first.startsWith('@')) return nickname(first);
  if (parts.length !== 5) return wrongCount(parts);
  const fields = readCron(expression, readHash);
  if ('minutes' in fields) return fields;
  const [only, ...others] = fields;
  if (only !== undefined && others.length === 0) return only;
  const hints = fields.flatMap(({ field, hint }) => (hint === null ? [] : [`${field}: ${hint}`]));
  return fault(fields.map(({ message }) => message).join('; '), hints.length === 0 ? null : hints.join('; '));
}

function commented(before: string): CronDiagnostic {
  const hint = before === '' ? EXAMPLE : `leave the comment out: "${spelled(before.split(/\s+/))}"`;
  return fault('the cron expression contains a comment', hint);
}

function nickname(word: string): CronDiagnostic {
  const fields = NICKNAMES[word.toLowerCase()];
  const hint = fields === undefined ? `${EXAMPLE}, or use trigger_type interval` : `write "${fields}"`;
  return fault(`nicknames such as ${word} are not supported`, hint);
}

function wrongCount(parts: readonly string[]): CronDiagnostic {
  const count = `${parts.length} ${parts.length === 1 ? 'field' : 'fields'}`;
  const message = `the cron expression has ${count} and needs 5: minute, hour, day of month, month, day of week`;
  if (parts.length === 6)
    return fault(`${message}; seconds are not supported`, `write "${spelled(parts.slice(1))}"`);
  if (parts.length === 7)
    return fault(`${message}; seconds and years are not supported`, `write "${spelled(parts.slice(1, 6))}"`);
  return fault(message, null);
}

/** Five fields as all schedulers read them, where they can be read; else as they stand. */
function spelled(parts: readonly string[]): string {
  // Quartz has a ? in one of the day fields, and means nothing by it.
  const expression = parts.map((part) => (part === '?' ? '*' : part)).join(' ');
  const fields = readCron(expression, readHash);
  const [one = expression, ...more] = 'minutes' in fields ? readAlike(expression, fields) : [];
  return more.length === 0 ? one : expression;
}

function fault(message: string, hint: string | null): CronDiagnostic {
  return { message, hint };
}
