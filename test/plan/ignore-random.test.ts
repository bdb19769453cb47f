import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Json, JsonObject } from '../../src/domain/json.ts';
import type { WriteRequest } from '../../src/domain/request.ts';
import { isObject } from '../../src/lib/is-object.ts';
import { fromPointer, leaves } from '../../src/lib/pointer.ts';
import { scheduleDefaults } from '../../src/schema/known.ts';
import { worldCase } from '../convergence/worlds.ts';
import { runs } from '../support/random.ts';
import { plan } from './world.ts';

const RUNS = runs(150);
const SECTIONS = ['action_config', 'schedule_config'] as const;

/** Every leaf that a side has, as `path value`: the only ones that a request may hold. */
function saidBy(section: (typeof SECTIONS)[number], side: object | null | undefined): string[] {
  const config = (side as Readonly<Record<string, JsonObject>> | null | undefined)?.[section];
  return config == null ? [] : [...leaves(config)].map(asText);
}

const asText = ([path, value]: readonly [string, Json]) => `${path} ${JSON.stringify(value)}`;

it('no request holds a null, or any other value, that neither the manifest nor live has', () => {
  fc.assert(
    fc.property(worldCase, ({ desired, live }) => {
      const made = plan(desired, live);
      for (const { requests, desired: wanted, managed } of made.operations) {
        for (const section of SECTIONS) {
          const documented = [...scheduleDefaults(wanted?.fixed.trigger_type ?? '')].map(([key, value]) =>
            asText([`/${key}`, value]),
          );
          const known = new Set([
            ...saidBy(section, wanted === null ? null : { ...wanted.fixed, ...wanted.patchable }),
            ...saidBy(section, managed?.live),
            ...(section === 'schedule_config' ? documented : []),
          ]);
          const sent = requests.flatMap(({ body }: WriteRequest) => saidBy(section, body));
          expect(sent.filter((leaf) => !known.has(leaf))).toEqual([]);
        }
      }
    }),
    { numRuns: RUNS },
  );
});

it('what live has at an ignored place is sent along, whole', () => {
  let checked = 0;
  fc.assert(
    fc.property(worldCase, ({ desired, live }) => {
      for (const { requests, desired: wanted, managed } of plan(desired, live).operations) {
        if (wanted === null || managed === null) continue;
        const { action_type, trigger_type } = managed.fixed;
        if (wanted.fixed.action_type !== action_type || wanted.fixed.trigger_type !== trigger_type) continue;
        for (const pointer of wanted.ignore.filter((one) => /^\/(action|schedule)_config/.test(one))) {
          const kept = valueAt(managed.live, pointer);
          const section = pointer.split('/')[1] as (typeof SECTIONS)[number];
          const bodies = requests.filter(({ body }) => body !== null && section in body);
          if (kept === undefined || kept === null) continue;
          for (const { body } of bodies) {
            expect(withoutNulls(valueAt(body, pointer))).toEqual(withoutNulls(kept));
            checked++;
          }
        }
      }
    }),
    { numRuns: RUNS },
  );
  expect(checked).toBeGreaterThan(0);
});

/** Through objects alone. */
function valueAt(root: object | null, pointer: string): Json | undefined {
  return fromPointer(pointer).reduce<Json | undefined>(
    (node, key) => (isObject(node) && Object.hasOwn(node, key) ? node[key] : undefined),
    root as JsonObject,
  );
}

/** Of the members of a section: null means that it is not there. */
function withoutNulls(value: Json | undefined): Json | undefined {
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== null));
}
