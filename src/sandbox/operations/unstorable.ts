import type { Json } from '../../domain/json.ts';
import { badRequest, malformed, type Refusal } from '../http/reply-outcome.ts';
import type { StoredTrigger } from '../store/namespace-state.ts';

/** MongoDB's limit on documents within documents. */
const DEEPEST = 100;

/**
 * Why a trigger cannot be stored by Python in BSON, though it came as JSON. What the models type as text is refused by
 * them; what stands in an open object is refused by the database's driver. (An unguarded service answers that with 500.)
 */
export function unstorable({
  name,
  description,
  action_config,
  schedule_config,
}: StoredTrigger): Refusal | null {
  for (const [member, text] of [
    ['name', name ?? ''],
    ['description', description ?? ''],
  ] as const) {
    if (text.isWellFormed()) continue;
    const msg = 'Input should be a valid string, unable to parse raw data as a unicode string';
    return malformed([{ loc: ['body', member], msg, type: 'string_unicode' }]);
  }
  const why = fault(action_config, 1) ?? fault(schedule_config, 1);
  return why === null ? null : badRequest(why);
}

function fault(value: Json, depth: number): string | null {
  if (typeof value === 'string') {
    return value.isWellFormed() ? null : "'utf-8' codec can't encode: surrogates not allowed";
  }
  if (typeof value !== 'object' || value === null) return null;
  if (depth > DEEPEST) return `Cannot nest documents more than ${DEEPEST} deep`;
  const children = Array.isArray(value) ? value : Object.values(value);
  if (!Array.isArray(value)) {
    for (const key of Object.keys(value)) {
      if (key.includes('\u0000')) return 'Key names must not contain the NULL byte';
      if (!key.isWellFormed()) return "'utf-8' codec can't encode a key: surrogates not allowed";
    }
  }
  for (const child of children) {
    const found = fault(child, depth + 1);
    if (found !== null) return found;
  }
  return null;
}
