import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asLive, isAsLive } from '../../src/authoring/drifted.ts';
import { idToReference } from '../../src/authoring/id-to-reference.ts';
import type { Json, JsonObject } from '../../src/domain/json.ts';
import type { Desired } from '../../src/domain/manifest.ts';
import type { LiveTrigger } from '../../src/domain/trigger.ts';
import { isObject } from '../../src/lib/is-object.ts';
import { getAt } from '../../src/lib/pointer.ts';
import { observe } from '../../src/plan/observe/observe.ts';
import { manifestOf, placesToIgnore } from '../convergence/worlds.ts';
import { applied, manifest, NOW, OWNER, plan } from '../plan/world.ts';
import { runs } from '../support/random.ts';

const RUNS = runs(150);

/** A manifest as it is written, without references. */
const asWritten = ({ fixed, patchable }: Desired): JsonObject => ({ ...fixed, ...patchable });

/** What the manifest is to say, so that live needs no change. */
function pulled(desired: Desired, live: LiveTrigger): { value: JsonObject; settled: boolean } {
  const [managed] = observe([live], OWNER, NOW).owned;
  if (managed === undefined) throw new Error('it has a label');
  const scope = { environment: null, vars: {}, resources: new Map() as never };
  const composition = { value: asWritten(desired), layers: [] };
  const value = asLive(
    { parsed: {} as never, composition, desired, managed },
    {
      scope,
      toReference: idToReference(scope),
      lost: [],
    },
  );
  const { action_type, action_config, trigger_type, schedule_config, description } =
    value as unknown as Desired['fixed'] & Desired['patchable'];
  const after = {
    ...desired,
    fixed: { action_type, action_config, trigger_type },
    patchable: { schedule_config, description },
  };
  return { value, settled: isAsLive(after, managed) };
}

const FILTERS = ['/action_config/filters/a', '/action_config/filters/b'];

describe('what pull makes of filters of which /a and /b are ignored', () => {
  it.each<[string, Json | undefined, Json | undefined, Json | undefined]>([
    ['keeps them beside what drifted', { a: 1, c: 1 }, { a: 2, c: 2 }, { a: 1, c: 2 }],
    ['takes none that only live has', { c: 1 }, { a: 2, b: 2, c: 2 }, { c: 2 }],
    ['keeps those that only the manifest has', { a: 1, b: 1, c: 1 }, { c: 2 }, { a: 1, b: 1, c: 2 }],
    ['takes the rest of an object that only live has', undefined, { a: 2, c: 2 }, { c: 2 }],
    ['takes no object that holds nothing else', undefined, { a: 2 }, undefined],
    ['keeps an object that holds nothing else', { a: 1 }, undefined, { a: 1 }],
    ['keeps an empty object', {}, { a: 2 }, {}],
    ['drops what live lacks', { a: 1, c: 1 }, undefined, { a: 1 }],
  ])('%s', (_, ours, theirs, expected) => {
    const config = (id: string, filters?: Json): JsonObject => ({
      cluster_id: id,
      ...(filters === undefined ? {} : { filters }),
    });
    const desired = manifest({ action_config: config('clust_1', ours), ignore: FILTERS });
    const live = applied(desired, { action_config: config('clust_2', theirs) });
    expect(pulled(desired, live)).toEqual({
      value: { ...asWritten(desired), action_config: config('clust_2', expected) },
      settled: true,
    });
  });
});

it('pull writes what the plan shows, and nothing at a place that is ignored', () => {
  let checked = 0;
  const places = fc.array(fc.nat(2), { minLength: 20, maxLength: 20 });
  fc.assert(
    fc.property(manifestOf('a'), manifestOf('a'), places, (base, other, picks) => {
      const { action_type, trigger_type } = base.fixed;
      // Under another type the places that a manifest ignores are not those of live.
      fc.pre(action_type === other.fixed.action_type && trigger_type === other.fixed.trigger_type);
      const { action_config } = base.fixed;
      const { schedule_config } = base.patchable;
      const picked = placesToIgnore({ action_config, schedule_config }).filter((_, at) => picks[at] === 0);
      const ignore = picked.filter((place) => !picked.some((above) => place.startsWith(`${above}/`)));
      const desired = { ...base, ignore };
      const theirs = other.patchable;
      const live = applied(desired, {
        ...other.fixed,
        schedule_config: theirs.schedule_config,
        text: theirs.description,
      });
      fc.pre(!ignore.some((pointer) => leadsNowhere(live, pointer)));
      const shown = plan([desired], [live]).operations.flatMap(({ changes }) => changes);
      const { value, settled } = pulled(desired, live);
      expect(settled).toBe(true);
      if (shown.length === 0) expect(value).toEqual(asWritten(desired));
      for (const pointer of ignore) {
        expect([pointer, getAt(value, pointer)]).toEqual([pointer, getAt(asWritten(desired), pointer)]);
        checked++;
      }
    }),
    { numRuns: RUNS },
  );
  expect(checked).toBeGreaterThan(0);
});

/** Live has no object on the way: it cannot have such a place, and nothing there is left alone. */
function leadsNowhere(live: LiveTrigger, pointer: string): boolean {
  const steps = pointer.split('/').slice(1, -1);
  return steps.some((_, at) => {
    const holder = getAt(live as unknown as JsonObject, `/${steps.slice(0, at + 1).join('/')}`);
    return holder !== undefined && !isObject(holder);
  });
}
