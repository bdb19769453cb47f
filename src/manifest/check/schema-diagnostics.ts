import type { ErrorObject } from 'ajv';
import type { Json } from '../../domain/json.ts';
import { asText } from '../../lib/as-text.ts';
import { fromPointer } from '../../lib/pointer.ts';
import { nearest } from '../../lib/suggest.ts';
import type { Shape } from '../../schema/shape.ts';
import { type Diagnostic, diagnosticAt, type Path } from './diagnostic.ts';
import { brief, expected, listOf, remedy } from './expected.ts';
import { label, member, quote, valueAt, within } from './value-at.ts';

/** What the words of a schema's errors need to know about the document that was checked. */
export interface ValidatedValue {
  readonly value: Json;
  /** What the schema says of the value at a path; undefined where nothing does. */
  readonly shapeAt: (path: Path) => Shape | undefined;
  /** The way out for a text that is not what the schema's words say. */
  readonly textHint: (path: Path, value: string) => string | null;
  /** What to say of a property that the schema does not know; null for the usual, `ok` where it is allowed. */
  readonly unknown: (path: Path, name: string) => { readonly hint: string } | 'ok' | null;
}

/** One diagnostic for each fault, however many errors ajv reports for it. */
export function schemaDiagnostics(errors: readonly ErrorObject[], validated: ValidatedValue): Diagnostic[] {
  const found = new Map<string, Diagnostic>();
  const typos = typosIn(errors, validated);
  // A wrong type also breaks what the right one would be held to, and is the better thing to say.
  for (const error of [...errors].sort((a, b) => weight(a) - weight(b))) {
    const diagnostic = translate(error, validated, typos);
    if (diagnostic === null) continue;
    const key = JSON.stringify([diagnostic.path, diagnostic.code === 'missing']);
    if (!found.has(key)) found.set(key, diagnostic);
  }
  return [...found.values()];
}

function weight({ keyword }: ErrorObject): number {
  return keyword === 'type' ? 0 : keyword === 'enum' ? 1 : 2;
}

/** For each place, as JSON, its unknown properties that are a known one mistyped, and which. */
type Typos = ReadonlyMap<string, ReadonlyMap<string, string>>;

function typosIn(errors: readonly ErrorObject[], validated: ValidatedValue): Typos {
  const typos = new Map<string, Map<string, string>>();
  for (const { keyword, instancePath, params } of errors) {
    if (keyword !== 'additionalProperties') continue;
    const path = pathOf(instancePath, validated.value);
    const name = String(params['additionalProperty']);
    const likely = validated.unknown(path, name) === null ? likeliest(name, path, validated) : null;
    if (likely === null) continue;
    const at = JSON.stringify(path);
    typos.set(at, (typos.get(at) ?? new Map<string, string>()).set(name, likely));
  }
  return typos;
}

/** What an unknown property was meant to be. One that is required and missing may be further from it. */
function likeliest(name: string, path: Path, validated: ValidatedValue): string | null {
  if (name.length > 60) return null;
  const shape = validated.shapeAt(path);
  const [best] = nearest(name, Object.keys(shape?.properties ?? {}));
  const letters = (word: string) => [...word.toLowerCase()].sort().join('');
  const swapped = shape?.required?.find((word) => letters(word) === letters(name));
  return best ?? swapped ?? null;
}

function translate(error: ErrorObject, validated: ValidatedValue, typos: Typos): Diagnostic | null {
  // Noise: what led to an error (`if`), and the branches of a choice, which is reported as a whole.
  if (error.keyword === 'if' || /\/anyOf\//.test(error.schemaPath)) return null;
  const path = pathOf(error.instancePath, validated.value);
  switch (error.keyword) {
    case 'additionalProperties':
      return unknown(path, String(error.params['additionalProperty']), validated, typos);
    case 'required':
      return allMissing(path, validated, typos);
    case 'anyOf':
      return validated.shapeAt(path)?.anyOf?.some(({ required }) => required !== undefined)
        ? noneOf(path, validated, typos)
        : wrong(path, error, validated);
    default:
      return wrong(path, error, validated);
  }
}

function unknown(path: Path, name: string, validated: ValidatedValue, typos: Typos): Diagnostic | null {
  const answer = validated.unknown(path, name);
  if (answer === 'ok') return null;
  const at = [...path, name];
  const message = `unknown property ${quote(name)}${within(path)}`;
  if (answer !== null) return diagnosticAt(at, 'key', 'unknown', message, answer.hint);
  const best = typos.get(JSON.stringify(path))?.get(name);
  const torn = /^[\dH*]\S* /.test(name) ? 'within braces a value with a comma must be quoted' : null;
  return diagnosticAt(at, 'key', 'unknown', message, best === undefined ? torn : `did you mean "${best}"?`);
}

/** One of several properties is required. Where one is there but wrong or mistyped, that is said already. */
function noneOf(path: Path, validated: ValidatedValue, typos: Typos): Diagnostic | null {
  const names = (validated.shapeAt(path)?.anyOf ?? []).flatMap(({ required }) => required ?? []);
  const there = names.some((name) => (valueAt(validated.value, [...path, name]) ?? null) !== null);
  return there || names.some((name) => isMistyped(path, name, typos)) ? null : missing(path, names, 'or');
}

/** Several that are missing are one sentence: they are missing in one place. One that is mistyped is told there. */
function allMissing(path: Path, validated: ValidatedValue, typos: Typos): Diagnostic | null {
  const required = validated.shapeAt(path)?.required ?? [];
  const names = required.filter(
    (name) => valueAt(validated.value, [...path, name]) === undefined && !isMistyped(path, name, typos),
  );
  return names.length === 0 ? null : missing(path, names, 'and');
}

function isMistyped(path: Path, name: string, typos: Typos): boolean {
  return [...(typos.get(JSON.stringify(path))?.values() ?? [])].includes(name);
}

/** @param all whether all of them are to be there, or one of them */
function missing(path: Path, names: readonly string[], all: 'and' | 'or'): Diagnostic {
  const verb = all === 'and' && names.length > 1 ? 'are' : 'is';
  const message = `${listOf(names, all)} ${verb} missing${within(path)}`;
  return { ...diagnosticAt(path, 'key', 'missing', message, null), missing: names };
}

function wrong(path: Path, error: ErrorObject, validated: ValidatedValue): Diagnostic {
  const shape = validated.shapeAt(path) ?? {};
  const value = valueAt(validated.value, path);
  const what = label(path);
  if (shape.must !== undefined && typeof value === 'string') {
    const message = `${what} must be ${shape.must}, not ${brief(value)}`;
    return diagnosticAt(path, 'value', 'value', message, validated.textHint(path, value));
  }
  if (['minLength', 'minItems', 'minProperties'].includes(error.keyword)) {
    return diagnosticAt(path, 'value', 'value', `${what} must not be empty`, null);
  }
  const must = `${what} must be ${expected(shape)}, not`;
  const usual = remedy(shape, value);
  if (typeof value === 'number') {
    const reword = (source: string) => ({
      message: `${must} ${source}`,
      hint: usual?.replace(String(value), () => source) ?? null,
    });
    return { ...diagnosticAt(path, 'value', 'value', `${must} ${value}`, usual), reword };
  }
  const words = typeof value !== 'string' || value.length > 60 ? [] : (shape.enum ?? []);
  const [best] = nearest(asText(value), words);
  const hint = best === undefined ? usual : `did you mean "${best}"?`;
  return diagnosticAt(path, 'value', 'value', `${must} ${brief(value)}`, hint);
}

function pathOf(pointer: string, root: Json): Path {
  const path: (string | number)[] = [];
  let value: Json | undefined = root;
  for (const step of fromPointer(pointer)) {
    path.push(Array.isArray(value) ? Number(step) : step);
    value = member(value, step);
  }
  return path;
}
