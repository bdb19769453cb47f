import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { load, loadAll } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { isConfiguration } from '../../generated/is-configuration.js';
import { isManifest } from '../../generated/is-manifest.js';
import { validate as validateConfig } from '../../generated/validate-config.js';
import { validate as validateTrigger } from '../../generated/validate-trigger.js';
import type { Json } from '../../src/domain/json.ts';
import { runs } from '../support/random.ts';

const ROOT = new URL('../../', import.meta.url);
const filesIn = (folder: string) =>
  (readdirSync(new URL(folder, ROOT), { recursive: true }) as string[])
    .filter((file) => /\.(?:ya?ml|json)$/.test(file))
    .map((file) => ({ file, text: readFileSync(new URL(`${folder}/${file}`, ROOT), 'utf8') }));

const manifests = ['manifests', 'examples/actions', 'examples/three-environments/manifests']
  .flatMap(filesIn)
  .flatMap(({ text }) => loadAll(text).flat() as Json[]);
const configurations = [
  ...filesIn('examples').filter(({ file }) => file.endsWith('mxt.yaml')),
  {
    text: `
owner: acme/search
previous_owner: [acme/old]
policy: upsert-only
guard: { max_deletes: 5, max_delete_percent: 30 }
budget: { credits_per_month: 100, increase: 5 }
allow_unknown: [action_config.new_option]
vars: { a: 1, b: true, c: text }
credits: { cluster: [1, 2], batch_rerun: 3 }
rules: { allowed_hours: [22-5, 12], timezones: [UTC], total: { max_runs_per_month: 5 }, tags: { a: { min_interval_seconds: 3600 } }, unmanaged: error }
lint: { dst: 'off', herd: error }
assume: { run_minutes: 30, herd: 10 }
environments: { staging: { namespace: ns_a, overlay: { status: paused } }, production: { namespace: ns_b, api_key_env: MP_API_KEY_B } }
`,
  },
].map(({ text }) => load(text) as Json);

/** Values that are right in one place and wrong in another. */
const values: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(
    ...[
      null,
      true,
      0,
      1,
      -1,
      1.5,
      300,
      '',
      'a',
      'A b',
      'cron',
      'event',
      'paused',
      'sync',
      'error',
      '22-5',
      'MP_A',
    ],
    ...['0 2 * * *', '/description', 'acme/search', '${{ vars.a }}', '${{ each.key }}'],
    ...[[], ['a'], ['a', 'a'], [1, 2], {}, { a: 'b' }, { a: 1 }, { staging: { status: 'paused' } }],
  ),
  fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>,
);

interface Edit {
  readonly at: number;
  readonly value: Json;
  readonly how: 'set' | 'remove' | 'add';
  readonly name: string;
}

/** Every member of every document, for names that are right somewhere. */
const namesIn = (value: unknown): string[] =>
  typeof value !== 'object' || value === null
    ? []
    : Object.entries(value).flatMap(([name, inner]) => [
        ...(Array.isArray(value) ? [] : [name]),
        ...namesIn(inner),
      ]);

function edited(document: Json, edits: readonly Edit[]): Json {
  const copy = structuredClone(document);
  for (const { at, value: one, how, name } of edits) {
    const value = structuredClone(one);
    const places = placesIn(copy);
    const place = places[at % places.length];
    if (place === undefined) break;
    const [holder, key] = place;
    const inner = holder[key];
    if (how === 'set') holder[key] = value;
    else if (how === 'remove') Reflect.deleteProperty(holder, key);
    else if (typeof inner === 'object' && inner !== null && !Array.isArray(inner))
      (inner as Record<string, Json>)[name] = value;
    else holder[name] = value;
  }
  return copy;
}

type Holder = Record<string, Json>;

function placesIn(value: Json): [Holder, string][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]): [Holder, string][] => [
    [value as Holder, key],
    ...placesIn(inner),
  ]);
}

describe('what is quickly found right is what the schema finds right', () => {
  it.each([
    ['manifests', manifests, isManifest, validateTrigger],
    ['configurations', configurations, isConfiguration, validateConfig],
  ] as const)('%s', (_, documents, isRight, validate) => {
    const names = fc.constantFrom(...new Set(documents.flatMap(namesIn)));
    const how = fc.constantFrom('set', 'set', 'remove', 'add') as fc.Arbitrary<Edit['how']>;
    const edits = fc.array(fc.record({ at: fc.nat(), value: values, how, name: names }), { maxLength: 3 });
    let right = 0;
    fc.assert(
      fc.property(fc.constantFrom(...documents), edits, (document, some) => {
        const value = edited(document, some);
        const expected = validate(value);
        if (expected) right++;
        expect(isRight(value), JSON.stringify(value)).toBe(expected);
      }),
      { numRuns: runs(5000) },
    );
    // Enough of both, or nothing is compared.
    expect(right).toBeGreaterThan(runs(1000));
    expect(right).toBeLessThan(runs(4000));
  });
});
