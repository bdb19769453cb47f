import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv, type ValidateFunction } from 'ajv';

/** What the tests use of the service's own document. MXT_OPENAPI names the whole of it, or a newer one. */
const path =
  process.env['MXT_OPENAPI'] ?? fileURLToPath(new URL('../fixtures/triggers-openapi.json', import.meta.url));

interface Content {
  readonly content?: Record<string, { schema: { $ref: string } }>;
}

export interface Document {
  readonly paths: Record<
    string,
    Record<string, { requestBody?: Content; responses: Record<string, Content> }>
  >;
  readonly components: { readonly schemas: Record<string, { properties?: Record<string, unknown> }> };
}

/** The document, and validators for what it refers to. */
export function openapi(): { document: Document; validator: (reference: string) => ValidateFunction } {
  const document = JSON.parse(readFileSync(path, 'utf8')) as Document;
  const ajv = new Ajv({ strict: false, allErrors: true });
  ajv.addFormat('date-time', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/);
  ajv.addSchema(document, 'api');
  return {
    document,
    validator: (reference) => {
      const validate = ajv.getSchema(`api${reference}`);
      if (validate === undefined) throw new Error(`${reference} cannot be resolved`);
      return validate as ValidateFunction;
    },
  };
}
