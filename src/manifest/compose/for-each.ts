import type { Json, JsonObject } from '../../domain/json.ts';
import { isObject } from '../../lib/is-object.ts';
import { type Diagnostic, diagnosticAt, type Path } from '../check/diagnostic.ts';
import { label } from '../check/value-at.ts';
import { TOKEN } from '../resolve/pieces.ts';

/** One trigger of a manifest with `for_each`. */
export interface Each {
  readonly key: string;
  /** In a list the word itself. */
  readonly value: Json;
  /** Where the key is written in the manifest, and whether as a key. */
  readonly at: Path;
  readonly on: 'key' | 'value';
}

/** The keys of a `for_each` that is a map or a list of words, or what is wrong with it. */
export function keysOf(forEach: Json): { readonly keys: readonly Each[] } | { readonly wrong: Diagnostic } {
  const wrong = (at: Path, message: string, hint: string | null) => ({
    wrong: diagnosticAt(['for_each', ...at], 'value', 'value', message, hint),
  });
  const must = '"for_each" must be a map, or a list of words, that is not empty';
  if (Array.isArray(forEach)) {
    const other = forEach.findIndex((word) => typeof word !== 'string' || word === '');
    if (other >= 0)
      return wrong([other], `${label(['for_each', other])} must be a word`, wordHint(forEach[other]));
    const twice = forEach.findIndex((word, at) => forEach.indexOf(word) < at);
    if (twice >= 0) return wrong([twice], `${JSON.stringify(forEach[twice])} is there twice`, null);
    if (forEach.length === 0) return wrong([], must, null);
    const keys = forEach.map((word, at): Each => {
      return { key: String(word), value: word, at: ['for_each', at], on: 'value' };
    });
    return { keys };
  }
  if (!isObject(forEach) || Object.keys(forEach).length === 0)
    return wrong([], must, 'write for example { eu: col_1, us: col_2 }');
  const cycle = Object.entries(forEach).find(([, value]) => EACH.test(JSON.stringify(value)));
  if (cycle !== undefined)
    return wrong([cycle[0]], 'a value of for_each cannot refer to each: it would go round in a circle', null);
  const keys = Object.entries(forEach).map(([key, value]): Each => {
    return { key, value, at: ['for_each', key], on: 'key' };
  });
  return { keys };
}

function wordHint(value: Json | undefined): string {
  return typeof value === 'number' || typeof value === 'boolean' ? `quote it: "${value}"` : 'or write a map';
}

/** A reference to `each`, as it is written. */
const EACH = /\$\{\{\s*each\b/;

/** Whether a value refers to `each` anywhere. */
export function refersToEach(value: Json | undefined): boolean {
  return value !== undefined && EACH.test(JSON.stringify(value));
}

/** Whether a text has `${{ each.key }}`. */
export function hasEachKey(text: string): boolean {
  return [...text.matchAll(TOKEN)].some(([, inside]) => inside?.trim() === 'each.key');
}

/** Members that are left out for a key that lacks what they refer to. */
const OPTIONAL: ReadonlySet<string> = new Set(['adopt', 'renamed_from']);

/** A manifest or an overlay with what `each` stands for, and what is wrong with a reference to it. */
export function putIn(
  part: JsonObject,
  each: Each | null,
): { value: JsonObject; diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const entries = Object.entries(part).flatMap(([member, value]): [string, Json][] => {
    const missing: Diagnostic[] = [];
    const put = walk(value, [member], each, missing);
    if (missing.length > 0 && OPTIONAL.has(member) && each !== null) return [];
    diagnostics.push(...missing);
    return [[member, put]];
  });
  return { value: Object.fromEntries(entries), diagnostics };
}

function walk(value: Json, path: Path, each: Each | null, wrong: Diagnostic[]): Json {
  if (typeof value === 'string') return EACH.test(value) ? inText(value, path, each, wrong) : value;
  if (Array.isArray(value)) return value.map((item, at) => walk(item, [...path, at], each, wrong));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, walk(item, [...path, key], each, wrong)]),
  );
}

/** A reference that is the whole text takes the type of what it stands for. */
function inText(text: string, path: Path, each: Each | null, wrong: Diagnostic[]): Json {
  const say = (reference: string, message: string, hint: string | null) => {
    wrong.push({ ...diagnosticAt(path, 'value', 'reference', message, hint), part: reference });
    return reference;
  };
  const standsFor = (reference: string, inside: string): Json => {
    const [, member, ...rest] = inside.split('.');
    if (each === null)
      return say(reference, `${reference} stands for nothing: there is no for_each in this manifest`, null);
    if (inside === 'each.key') return each.key;
    if (member !== 'value')
      return say(reference, `unknown reference ${reference}`, 'there are each.key and each.value');
    let value: Json | undefined = each.value;
    for (const step of rest) value = isObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
    const lacks = `${reference} stands for nothing: the value of the key ${each.key} has no ${rest.join('.')}`;
    return value === undefined ? say(reference, lacks, null) : value;
  };
  const isEach = (inside: string | undefined) => inside !== undefined && /^each\b/.test(inside.trim());
  const [only, ...others] = [...text.matchAll(TOKEN)];
  if (others.length === 0 && only !== undefined && only[0] === text && isEach(only[1]))
    return standsFor(text, (only[1] ?? '').trim());
  return text.replace(TOKEN, (reference: string, inside: string | undefined) => {
    if (!isEach(inside)) return reference;
    const value = standsFor(reference, (inside ?? '').trim());
    if (typeof value !== 'object') return String(value);
    const no = `${reference} is not text for the key ${each?.key}, so that it can only be the whole value`;
    return String(say(reference, no, null));
  });
}
