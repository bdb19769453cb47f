import { CORE_SCHEMA, loadAll } from 'js-yaml';
import type { Json } from '../../domain/json.ts';
import { isUnambiguousYaml } from './fast-path.ts';
import { isPlainJsonValue } from './inspect-values.ts';

const OPTIONS = { schema: CORE_SCHEMA };

/**
 * The fast tier: the non-empty documents of a text, or null where only the strict tier can tell. js-yaml takes a
 * fifth of the time of `yaml` but reads some texts otherwise and knows no positions, so it is only asked where
 * both are sure to agree; test/manifest/agreement.test.ts holds them against each other.
 */
export function parseFast(text: string): Json[] | null {
  if (!isUnambiguousYaml(text)) return null;
  const documents: Json[] = [];
  try {
    loadAll(text, (document) => documents.push(document as Json), OPTIONS);
  } catch {
    // Whatever is wrong, the strict tier says it better and knows where.
    return null;
  }
  const filled = documents.filter((document) => document !== null && document !== undefined);
  return filled.every((document) => isPlainJsonValue(document)) ? filled : null;
}
