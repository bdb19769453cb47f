import { validate } from '../../generated/validate-config.js';
import schema from '../../schemas/config.schema.json' with { type: 'json' };
import type { Json } from '../domain/json.ts';
import type { Diagnostic, Path } from '../manifest/check/diagnostic.ts';
import { schemaDiagnostics, type ValidatedValue } from '../manifest/check/schema-diagnostics.ts';
import { shapeAt, shapeOf } from '../schema/shape.ts';

const CONFIG = shapeOf(schema, schema.definitions);

/** What people look for in the file and what is kept out of it: a pull request could send the key elsewhere. */
const ENVIRONMENT: Readonly<Record<string, string>> = {
  api_url: 'set MP_API_URL in the environment: the address is never read from a file',
  api_key: 'set MP_API_KEY in the environment: the key is never read from a file',
  namespace: 'set MP_NAMESPACE in the environment, or name it in an environment',
};

/** What is wrong with a configuration by its schema. */
export function explainConfig(value: Json): Diagnostic[] {
  return validate(value) ? [] : schemaDiagnostics(validate.errors ?? [], validatedConfig(value));
}

function validatedConfig(value: Json): ValidatedValue {
  return {
    value,
    shapeAt: (path) => shapeAt(CONFIG, path),
    textHint,
    unknown: (path, name) => {
      const hint = path.length === 0 && Object.hasOwn(ENVIRONMENT, name) ? ENVIRONMENT[name] : undefined;
      return hint === undefined ? null : { hint };
    },
  };
}

function textHint(path: Path, text: string): string | null {
  if (path.at(-1) === 'api_key_env')
    return 'write for example MP_API_KEY_PROD: another name could send another secret to the service';
  if (path[0] === 'owner' || path[0] === 'previous_owner')
    return text.includes(' ') ? `write ${text.trim().replace(/\s+/g, '-')}` : null;
  return path[0] === 'allow_unknown'
    ? 'write for example action_config.new_option or action_type.new_action'
    : null;
}
