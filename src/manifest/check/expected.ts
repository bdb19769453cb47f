import type { Json } from '../../domain/json.ts';
import type { Shape } from '../../schema/shape.ts';

/** What a schema wants, to be read after "must be". */
export function expected(shape: Shape): string {
  if (shape.enum !== undefined) return listOf(shape.enum, 'or');
  const words = typesOf(shape)
    .filter((type) => type !== 'null')
    .map((type) => typeWords(type, shape));
  const last = words.pop() ?? 'a string';
  return words.length === 0 ? last : `${words.join(', ')} or ${last}`;
}

function typeWords(type: string, shape: Shape): string {
  switch (type) {
    case 'boolean':
      return 'true or false';
    case 'integer':
    case 'number': {
      const number = type === 'integer' ? 'an integer' : 'a number';
      if (shape.maximum !== undefined) return `${number} from ${shape.minimum ?? 0} to ${shape.maximum}`;
      return shape.minimum === undefined ? number : `${number} of at least ${shape.minimum}`;
    }
    case 'object':
      return 'a mapping';
    case 'array': {
      const items = shape.items === undefined ? [] : typesOf(shape.items);
      return items.includes('string') ? 'a list of strings' : 'a list';
    }
    default:
      return 'a string';
  }
}

/** `"a", "b" or "c"` */
export function listOf(words: readonly string[], conjunction: 'and' | 'or'): string {
  const quoted = words.map((word) => JSON.stringify(word));
  const last = quoted.pop() ?? '';
  return quoted.length === 0 ? last : `${quoted.join(', ')} ${conjunction} ${last}`;
}

/** A value as it is shown after "not": short, and in one line once it is made printable. */
export function brief(value: Json | undefined): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'a mapping';
  if (typeof value !== 'string') return String(value);
  // Not cut: half of a key would not be known for one when keys are masked.
  return value.length > 40 ? `a string of ${value.length} characters` : JSON.stringify(value);
}

/** How to turn the value at hand into what the schema wants; null where that is not plain. */
export function remedy(shape: Shape, value: Json | undefined): string | null {
  if (shape.enum !== undefined) return statusSynonym(shape.enum, value);
  const types = typesOf(shape);
  const wantsNumber = types.includes('integer') || types.includes('number');
  if (wantsNumber && typeof value === 'string' && /^-?\d+(?:\.\d+)?$/.test(value))
    return `write it without quotes: ${value}`;
  if (types.includes('boolean') && typeof value === 'string') {
    if (/^(?:yes|on|y|true)$/i.test(value)) return 'write true';
    if (/^(?:no|off|n|false)$/i.test(value)) return 'write false';
  }
  if (wantsNumber || types.includes('boolean')) return null;
  if (types.includes('string') && (typeof value === 'number' || typeof value === 'boolean'))
    return `quote it: "${value}"`;
  if (types.includes('array') && typeof value === 'string') return `write it as a list: [${value}]`;
  return null;
}

/** The status that another word means. `disabled` means none: the service calls deleted triggers so. */
function statusSynonym(words: readonly string[], value: Json | undefined): string | null {
  const text = typeof value === 'boolean' ? String(value) : typeof value === 'string' ? value : '';
  const word = /^(?:true|yes|on|enabled?|running)$/i.test(text)
    ? 'active'
    : /^(?:false|no|off|stopped|inactive)$/i.test(text)
      ? 'paused'
      : null;
  return word !== null && words.includes(word) ? `write ${word}` : null;
}

function typesOf({ type = [] }: Shape): readonly string[] {
  return typeof type === 'string' ? [type] : type;
}

/** Whether text may stand there, other than a reference. */
export function takesText(shape: Shape): boolean {
  const types = typesOf(shape);
  return shape.enum !== undefined || shape.type === undefined || types.includes('string');
}

/** `name:a` or `name a` as a line of its own: what should have been a key and its value is one text. */
export const COLON_FORGOTTEN = /^[A-Za-z_][\w-]*(?::\S| )/;
export const COLON_HINT = 'a colon and a space are missing after the key: write "name: value"';
