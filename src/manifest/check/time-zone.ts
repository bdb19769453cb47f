import { nearest } from '../../lib/suggest.ts';
import { isListed, listedZones } from '../../schedule/zone/zone-offsets.ts';
import type { CronDiagnostic } from './parse-cron.ts';

/** Words of names that are not capitalised: Dar_es_Salaam, Port-au-Prince. */
const ODD_CASE = /(?:^|\/)(?![A-Z])|_(?!es_)[a-z]|(?:^|\/)[A-Z]{4,}(?:$|\/)/;

/** What ICU, and so `Intl`, takes for zones though IANA does not (its file `icuzones`), and names that IANA dropped. */
const NOT_IANA =
  /^(?:ACT|AET|AGT|ART|AST|BET|BST|CAT|CNT|CST|CTT|EAT|ECT|IET|IST|JST|MIT|NET|NST|PLT|PNT|PRT|PST|SST|VST|SystemV\/.*|US\/Pacific-New|Canada\/East-Saskatchewan)$/i;

/** Names of IANA's for which ICU lists an older one; newer versions of Node list both. */
const CURRENT = [
  'Africa/Asmara',
  'America/Argentina/Buenos_Aires',
  'America/Argentina/Catamarca',
  'America/Argentina/Cordoba',
  'America/Argentina/Jujuy',
  'America/Argentina/Mendoza',
  'America/Atikokan',
  'America/Indiana/Indianapolis',
  'America/Kentucky/Louisville',
  'America/Nuuk',
  'Asia/Ho_Chi_Minh',
  'Asia/Kathmandu',
  'Asia/Kolkata',
  'Asia/Yangon',
  'Atlantic/Faroe',
  'Europe/Kyiv',
  'Pacific/Chuuk',
  'Pacific/Kanton',
  'Pacific/Pohnpei',
];

/** No name is longer by far, and comparing with all of them takes time. */
const LONGEST = 64;
const EXAMPLE = 'write a name such as "America/New_York" or "UTC"';

/**
 * What is wrong with the name of a time zone; null where it is an IANA name, written as IANA does. Asking `Intl`
 * is slow, so each name is asked for once.
 */
export function createZoneCheck(): (zone: string) => CronDiagnostic | null {
  const answers = new Map<string, CronDiagnostic | null>([['UTC', null]]);
  let names: readonly string[] | null = null;
  return (zone) => {
    let answer = answers.get(zone);
    if (answer === undefined) {
      if (isListed(zone)) answer = null;
      else {
        names ??= ['UTC', ...CURRENT, ...listedZones()];
        answer = check(zone, names);
      }
      answers.set(zone, answer);
    }
    return answer;
  };
}

function check(zone: string, names: readonly string[]): CronDiagnostic | null {
  if (names.includes(zone)) return null;
  if (zone.length > LONGEST) return { message: 'this is not an IANA time zone', hint: EXAMPLE };
  if (zone.trim() === '') return { message: 'the time zone is blank', hint: EXAMPLE };
  if (/^(?:UTC|GMT)?[+-]\d/i.test(zone) && !/^GMT[+-]0$/i.test(zone)) {
    return {
      message: `"${zone}" is an offset, which has no DST: a time zone is an IANA name`,
      hint: 'write one such as "Asia/Kolkata" or "UTC"',
    };
  }
  if (NOT_IANA.test(zone)) {
    const what = zone.includes('/')
      ? 'not in the IANA database'
      : 'an abbreviation, which more than one zone has';
    return { message: `"${zone}" is ${what}: a time zone is an IANA name`, hint: EXAMPLE };
  }
  const lower = zone.toLowerCase();
  const sameLetters = names.find((name) => name.toLowerCase() === lower);
  const resolved = resolve(zone);
  if (sameLetters !== undefined || (resolved !== null && ODD_CASE.test(zone))) {
    const message = `the time zone "${zone}" is not spelled as in the IANA database`;
    return { message, hint: `write "${sameLetters ?? current(resolved)}"` };
  }
  // Older names, such as Asia/Calcutta or US/Pacific, are not all listed but known.
  if (resolved !== null) return null;
  const outdated = CURRENT.map((name) => resolve(name)).filter((name) => !CURRENT.includes(name ?? ''));
  const today = names.filter((name) => !outdated.includes(name));
  const near = nearest(zone, today);
  const byCity = today.filter((name) => name.toLowerCase().endsWith(`/${lower.replaceAll(' ', '_')}`));
  const [best] = [...byCity, ...near];
  return {
    message: `"${zone}" is not an IANA time zone`,
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

/** What IANA calls a zone today for which ICU has an older name. */
function current(resolved: string | null): string | null {
  return CURRENT.find((name) => resolve(name) === resolved) ?? resolved;
}
