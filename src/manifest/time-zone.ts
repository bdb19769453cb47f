import { nearest } from '../lib/suggest.ts';
import type { CronMistake } from './cron.ts';

/** Words of names that are not capitalised: Dar_es_Salaam, Port-au-Prince. */
const ODD_CASE = /(?:^|\/)(?![A-Z])|_(?!es_)[a-z]|(?:^|\/)[A-Z]{4,}(?:$|\/)/;

/** No name is longer by far, and comparing with all of them takes time. */
const LONGEST = 64;
const EXAMPLE = 'write a name such as "America/New_York" or "UTC"';

/**
 * What is wrong with the name of a time zone; null where it is an IANA name, written as IANA does. Asking `Intl`
 * is slow, so each name is asked for once.
 */
export function createZoneCheck(): (zone: string) => CronMistake | null {
  const answers = new Map<string, CronMistake | null>([['UTC', null]]);
  let names: readonly string[] = [];
  return (zone) => {
    let answer = answers.get(zone);
    if (answer === undefined) {
      if (names.length === 0) names = ['UTC', ...Intl.supportedValuesOf('timeZone')];
      answer = check(zone, names);
      answers.set(zone, answer);
    }
    return answer;
  };
}

function check(zone: string, names: readonly string[]): CronMistake | null {
  if (names.includes(zone)) return null;
  if (zone.length > LONGEST) return { message: 'this is not a time zone that IANA knows', hint: EXAMPLE };
  if (/^(?:UTC|GMT)?[+-]\d/i.test(zone)) {
    return {
      message: `"${zone}" is an offset, which knows no summer time: a time zone is an IANA name`,
      hint: 'write one such as "Asia/Kolkata" or "UTC"',
    };
  }
  const lower = zone.toLowerCase();
  const sameLetters = names.find((name) => name.toLowerCase() === lower);
  const resolved = resolve(zone);
  if (sameLetters !== undefined || (resolved !== null && ODD_CASE.test(zone))) {
    const message = `the time zone "${zone}" is not written as IANA does`;
    return { message, hint: `write "${sameLetters ?? resolved}"` };
  }
  // Older names, such as Asia/Kolkata for what ICU still calls Asia/Calcutta, are not listed but known.
  if (resolved !== null) return null;
  const near = nearest(zone, names);
  const byCity = names.filter((name) => name.toLowerCase().endsWith(`/${lower.replaceAll(' ', '_')}`));
  const [best] = [...byCity, ...near];
  return {
    message: `"${zone}" is not a time zone that IANA knows`,
    hint: best === undefined ? EXAMPLE : `did you mean "${best}"?`,
  };
}

function resolve(zone: string): string | null {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    return null;
  }
}
