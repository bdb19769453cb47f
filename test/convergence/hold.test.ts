import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createWriteClient } from '../../src/api/client.ts';
import { applyOperations } from '../../src/apply/apply-operations.ts';
import type { Desired } from '../../src/domain/manifest.ts';
import type { Operation } from '../../src/domain/plan.ts';
import { planHold, planUnhold } from '../../src/plan/decide/hold-actions.ts';
import { observe } from '../../src/plan/observe/observe.ts';
import { startSandbox } from '../../src/sandbox/http/server.ts';
import { OWNER, plan } from '../plan/world.ts';
import { runs } from '../support/random.ts';
import { fill, planTime } from './converge.ts';
import { SERVICES, type WorldCase, worldCase } from './worlds.ts';

const RUNS = runs(100);
const WRITES_TEXTS: ReadonlySet<string> = new Set(['newline', 'crlf', 'reflows']);
const HOLD = { reason: 'runaway spend', by: 'ada', until: null };
/** Another status for each that a manifest may give. */
const NEXT = { active: 'paused', paused: null, none: 'active' } as const;

it(`a hold pauses everything and disturbs no plan; lifted, each is as it was (${RUNS} worlds)`, async () => {
  let service: keyof typeof SERVICES = 'honest';
  let runs = 0;
  const sandbox = await startSandbox({
    file: null,
    clock: planTime(),
    onStore: (trigger) => SERVICES[service](trigger),
  });
  const holdAndLift = async (world: WorldCase) => {
    service = world.service;
    // A hold writes again what is live: of blanks alone, or a line's end of another kind, nothing may be left.
    const isPlain = ({ patchable: { description } }: Desired) =>
      description.trim() !== '' && !description.includes('\r');
    fc.pre(!WRITES_TEXTS.has(service) || world.desired.every(isPlain));
    const namespace = `ns_hold_${++runs}`;
    // A service that makes something of texts is to have made these.
    await fill(sandbox, namespace, WRITES_TEXTS.has(service) ? [] : world.live);
    const client = createWriteClient({
      apiUrl: sandbox.url,
      apiKey: 'key',
      namespace,
      concurrency: 2,
      userAgent: 'test',
    });
    const carryOut = async (operations: readonly Operation[]) => {
      const outcomes = await applyOperations(operations, {
        client,
        concurrency: 2,
        stop: new AbortController().signal,
        progress: { started: () => {}, finished: () => {}, ended: () => {} },
      });
      expect(outcomes.filter(({ outcome }) => outcome === 'failed' || outcome === 'skipped')).toEqual([]);
    };
    const ours = async () => observe(await client.listTriggers(), OWNER, new Date()).owned;
    const statuses = async () => (await ours()).map(({ id, status }) => [id, status]);
    const pending = async (desired = world.desired) =>
      plan(desired, await client.listTriggers()).operations.filter(({ kind }) => kind !== 'blocked');
    try {
      await carryOut(plan(world.desired, await client.listTriggers()).operations);
      const free = (await ours()).filter(({ label }) => label.hold === null);
      const before = free.map(({ id, status }) => [id, status === 'paused' ? 'paused' : 'active']);
      await carryOut(free.map((one) => planHold(one, HOLD)));
      expect((await statuses()).every(([, status]) => status === 'paused')).toBe(true);
      expect(await pending()).toEqual([]);

      const names = new Map(before.map(([id, status]) => [id, status]));
      await carryOut((await ours()).filter(({ id }) => names.has(id)).map(planUnhold));
      expect((await statuses()).filter(([id]) => names.has(id ?? ''))).toEqual(before);
      expect(await pending()).toEqual([]);

      // A status that the manifest gives under a hold is Git's change, and what lifting the hold restores.
      const changed = world.desired.map((one) => ({ ...one, status: NEXT[one.status ?? 'none'] }));
      const held = (await ours()).filter(({ id }) => names.has(id));
      await carryOut(held.map((one) => planHold(one, HOLD)));
      const ofHeld = (await pending(changed)).filter(({ managed }) => names.has(managed?.id ?? ''));
      expect(new Set(ofHeld.map(({ cause }) => cause))).toEqual(
        new Set(ofHeld.length === 0 ? [] : ['manifest']),
      );
      await carryOut(await pending(changed));
      expect(await pending(changed)).toEqual([]);
      await carryOut((await ours()).filter(({ id }) => names.has(id)).map(planUnhold));
      expect(await pending(changed)).toEqual([]);
    } finally {
      await client.close();
    }
  };
  try {
    await fc.assert(fc.asyncProperty(worldCase, holdAndLift), { numRuns: RUNS });
  } finally {
    await sandbox.close();
  }
}, 3_600_000);
