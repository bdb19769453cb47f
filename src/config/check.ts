import schema from '../../schemas/config.schema.json' with { type: 'json' };
import type { Json } from '../domain/json.ts';
import { shapeAt } from '../manifest/check.ts';
import { type Mistake, mistakeAt, type Path } from '../manifest/mistake.ts';
import { type Subject, valueAt } from '../manifest/schema-mistakes.ts';
import type { Shape } from '../schema/known.ts';

/** What people look for in the file and what is kept out of it: a pull request could send the key elsewhere. */
const ENVIRONMENT: Readonly<Record<string, string>> = {
  api_url: 'set MP_API_URL in the environment: the address is never read from a file',
  api_key: 'set MP_API_KEY in the environment: the key is never read from a file',
  namespace: 'set MP_NAMESPACE in the environment',
};

export function subjectOf(value: Json): Subject {
  return {
    value,
    shapeAt: (path) => shapeAt(schema as Shape, path),
    pattern: (path, text) => patternWords(path, text),
    unknown: (path, name) => {
      const hint = path.length === 0 && Object.hasOwn(ENVIRONMENT, name) ? ENVIRONMENT[name] : undefined;
      return hint === undefined ? null : { hint };
    },
  };
}

/** What is wrong with a configuration beyond its schema. Takes any shape. */
export function ruleMistakes(value: Json): Mistake[] {
  const found: Mistake[] = [];
  if (valueAt(value, ['environments']) !== undefined) {
    const message = 'environments are not supported by this version yet';
    found.push(mistakeAt(['environments'], 'key', 'environments', message, null));
  }
  const folders = valueAt(value, ['manifests']);
  for (const [at, folder] of Array.isArray(folders) ? folders.entries() : []) {
    // Problems show lines of what is read, and a pull request can change this file.
    if (typeof folder === 'string' && /^(?:[/\\~]|[A-Za-z]:)|(?:^|[/\\])\.\.(?:[/\\]|$)/.test(folder)) {
      const message = `"${folder}" leads out of the repository`;
      found.push(mistakeAt(['manifests', at], 'value', 'value', message, 'name a folder below mxt.yaml'));
    }
  }
  return found;
}

function patternWords(path: Path, text: string) {
  if (path[0] === 'owner') {
    const must = '1 to 100 of letters, digits and . _ / -, beginning with a letter or a digit';
    const hint = text.includes(' ') ? `write ${text.trim().replace(/\s+/g, '-')}` : null;
    return { must, hint };
  }
  if (path[0] === 'allow_unknown') {
    return {
      must: 'action_config or schedule_config, a dot and a property',
      hint: 'write action_config.new_option, say',
    };
  }
  return null;
}
