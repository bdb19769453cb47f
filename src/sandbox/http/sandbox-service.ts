import type { JsonObject } from '../../domain/json.ts';
import { catchUp, clientView, fallsDue } from '../engine/catch-up.ts';
import type { Controlled } from '../operations/sandbox-clock.ts';
import type { NamespaceState, NamespaceStates } from '../store/namespace-state.ts';
import { namespaceId, newNamespaceState } from '../store/seed.ts';
import type { Store } from '../store/store.ts';
import type { Behaviour } from '../variants/behaviour.ts';
import type { Context } from './context.ts';
import type { Call } from './operation.ts';
import { done, internalError, notFound, type Refusal, type ReplyOutcome } from './reply-outcome.ts';
import type { ControlRoute, NamespaceRoute } from './routes.ts';

/** The worlds, the clock and chance: everything that the operations themselves are kept from. */
export interface Service {
  readonly behaviour: Behaviour;
  /** Runs one operation on a namespace, named as the header names it. */
  run(
    namespace: string,
    route: NamespaceRoute,
    call: Call,
    onStore?: Context['onStore'],
  ): Promise<ReplyOutcome>;
  /** Runs one operation that only reads on the namespace that has what it asks for. */
  find(route: NamespaceRoute, call: Call): Promise<ReplyOutcome>;
  /** Runs what is about all namespaces. */
  control(route: ControlRoute, call: Call): Promise<Controlled | Refusal>;
  /** Runs what has fallen due in any namespace. Answers in how many milliseconds more will. */
  tick(): Promise<number>;
  /** The world as it is now. */
  world(namespace: string): NamespaceState;
  /** Changes a world from outside the API. */
  change(namespace: string, edit: (world: NamespaceState) => NamespaceState): Promise<void>;
}

const asSent: Context['onStore'] = (trigger) => trigger;

export function createService(
  keeper: Store,
  {
    clock,
    newId,
    behaviour,
    onStore = asSent,
  }: {
    clock: () => Date;
    newId: Context['newId'];
    behaviour: Behaviour;
    onStore?: Context['onStore'];
  },
): Service {
  const timeOf = (worlds: NamespaceStates): Date =>
    worlds.clock === null ? clock() : new Date(worlds.clock);

  const write = (
    namespace: string,
    act: (world: NamespaceState, at: Date) => ReplyOutcome,
  ): Promise<ReplyOutcome> => {
    const id = namespaceId(namespace);
    return keeper.write((worlds) => {
      const before = worldOf(worlds, id);
      const { world, at } = catchUp(before, timeOf(worlds));
      const seen = clientView(world, at);
      const result = act(seen, at);
      const next = result.kind === 'done' && result.world !== seen ? result.world : world;
      if (next !== world) behaviour.wrote(seen, at);
      return { worlds: next === before ? worlds : withWorld(worlds, id, next), result };
    });
  };

  const run: Service['run'] = async (namespace, route, call, rewrite = asSent) => {
    const act = (world: NamespaceState, at: Date): ReplyOutcome =>
      route.operation(world, call, {
        now: at,
        newId,
        onStore: (trigger) => rewrite(onStore(trigger)),
        service: behaviour,
      });
    try {
      if (!behaviour.resolves(namespace)) {
        if (route.writes) return notFound('Namespace', namespace);
        return unresolved(act(EMPTY, timeOf(keeper.read())));
      }
      const worlds = keeper.read();
      const world = worldOf(worlds, namespaceId(namespace));
      const at = timeOf(worlds);
      // What has fallen due is done once, and kept: also where somebody only looks.
      if (route.writes || fallsDue(world) <= at.getTime()) return await write(namespace, act);
      return act(clientView(world, at), at);
    } catch (error) {
      return failed(error);
    }
  };

  return {
    behaviour,
    run,
    async find(route, call) {
      try {
        let outcome: ReplyOutcome = notFound('Task', call.id);
        for (const id of keeper.read().worlds.keys()) {
          outcome = await run(id, route, call);
          if (outcome.kind === 'done') break;
        }
        return outcome;
      } catch (error) {
        return failed(error);
      }
    },
    async control(route, call) {
      try {
        const act = (worlds: NamespaceStates) => {
          const result = route.control(worlds, call, timeOf(worlds), behaviour);
          return { worlds: result.kind === 'controlled' ? result.worlds : worlds, result };
        };
        return await (route.method === 'GET' ? act(keeper.read()).result : keeper.write(act));
      } catch (error) {
        return failed(error);
      }
    },
    async tick() {
      const rest = (worlds: NamespaceStates): number =>
        Math.min(...[...worlds.worlds.values()].map(fallsDue)) - timeOf(worlds).getTime();
      const before = keeper.read();
      if (rest(before) > 0) return rest(before);
      return keeper.write((worlds) => {
        const now = timeOf(worlds);
        const after = [...worlds.worlds].map(([id, world]) => [id, catchUp(world, now).world] as const);
        const all = { ...worlds, worlds: new Map(after) };
        return { worlds: all, result: rest(all) };
      });
    },
    world: (namespace) => {
      const worlds = keeper.read();
      const { world, at } = catchUp(worldOf(worlds, namespaceId(namespace)), timeOf(worlds));
      return clientView(world, at);
    },
    change: async (namespace, edit) => {
      await write(namespace, (world) => done(edit(world), null));
    },
  };
}

function worldOf({ worlds }: NamespaceStates, id: string): NamespaceState {
  return worlds.get(id) ?? newNamespaceState(id);
}

const withWorld = (all: NamespaceStates, id: string, world: NamespaceState): NamespaceStates => ({
  ...all,
  worlds: new Map(all.worlds).set(id, world),
});

/** A namespace that is not there has nothing in it. */
const EMPTY: NamespaceState = {
  ...newNamespaceState('ns_unresolved'),
  resources: { cluster: [], collection: [], taxonomy: [], retriever: [] },
};

/** A list for it is no failure, and says why it is empty. */
function unresolved(outcome: ReplyOutcome): ReplyOutcome {
  if (outcome.kind === 'refused') return outcome;
  const warnings = [
    { resource: 'namespace', id: null, reason: 'unresolved', next_step: 'Check X-Namespace' },
  ];
  const body = { ...(outcome.body as JsonObject), warnings };
  return { ...outcome, body, headers: { 'X-Namespace-Unresolved': 'true' } };
}

const failed = (error: unknown): Refusal =>
  internalError(error instanceof Error ? error.message : String(error));
