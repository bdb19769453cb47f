import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openapi } from '../support/openapi.ts';
import { runs } from '../support/random.ts';
import { startWorlds, type Worlds } from './converge.ts';
import { worldCase } from './worlds.ts';

describe('every request body fits the OpenAPI document', () => {
  let worlds: Worlds;
  beforeAll(async () => {
    worlds = await startWorlds();
  });
  afterAll(() => worlds.close());

  it('whatever the change', async () => {
    await fc.assert(
      fc.asyncProperty(worldCase, (world) => worlds.converge(world, 2)),
      { numRuns: runs(60) },
    );
    const { document, validator } = openapi();
    const seen = new Set<string>();
    for (const { method, path, body } of worlds.requests()) {
      const template = path.replace(/^\/v1\/triggers\/(?!list$)[^/]+/, '/v1/triggers/{trigger_id}');
      const operation = document.paths[template]?.[method.toLowerCase()];
      expect(operation, `${method} ${template} is not in the document`).toBeDefined();
      seen.add(`${method} ${template}`);
      const reference = operation?.requestBody?.content?.['application/json']?.schema.$ref;
      if (reference === undefined) {
        expect(body).toBeNull();
        continue;
      }
      const validate = validator(reference);
      expect(validate(body), `${method} ${path}: ${JSON.stringify(validate.errors)}`).toBe(true);
      // The document forbids no extra members; we send none but `name`, which the service knows since August.
      const known = document.components.schemas[reference.split('/').at(-1) ?? '']?.properties ?? {};
      const sent = Object.keys(body as object).filter((key) => key !== 'name');
      expect(Object.keys(known)).toEqual(expect.arrayContaining(sent));
    }
    expect([...seen].sort()).toEqual([
      'DELETE /v1/triggers/{trigger_id}',
      'GET /v1/triggers/{trigger_id}',
      'PATCH /v1/triggers/{trigger_id}',
      'POST /v1/triggers',
      'POST /v1/triggers/list',
      'POST /v1/triggers/{trigger_id}/pause',
      'POST /v1/triggers/{trigger_id}/resume',
    ]);
  });
});
