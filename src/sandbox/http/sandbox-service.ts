import { asSeen, fallsDue, settle } from '../engine/catch-up.ts';
import type { Controlled } from '../operations/sandbox-clock.ts';
import type { Context, World, Worlds } from '../store/namespace-state.ts';
import { namespaceId, newWorld } from '../store/seed.ts';
import type { Keeper } from '../store/store.ts';
import type { Call } from './operation.ts';
import { done, internalError, type Outcome, type Refusal } from './reply-outcome.ts';
import type { ControlRoute, NamespaceRoute } from './routes.ts';

/** The worlds, the clock and chance: everything that the operations themselves are kept from. */
export interface Service {
  /** Runs one operation on a namespace, named as the header names it. */
  run(namespace: string, route: NamespaceRoute, call: Call, onStore?: Context['onStore']): Promise<Outcome>;
  /** Runs what is about all namespaces. */
  control(route: ControlRoute, call: Call): Promise<Controlled | Refusal>;
  /** Runs what has fallen due in any namespace. Answers in how many milliseconds more will. */
  tick(): Promise<number>;
  /** The world as it is now. */
  world(namespace: string): World;
  /** Changes a world from outside the API. */
  change(namespace: string, edit: (world: World) => World): Promise<void>;
}

const asSent: Context['onStore'] = (trigger) => trigger;

export function createService(
  keeper: Keeper,
  {
    clock,
    newId,
    onStore = asSent,
  }: { clock: () => Date; newId: Context['newId']; onStore?: Context['onStore'] },
): Service {
  const timeOf = (worlds: Worlds): Date => (worlds.clock === null ? clock() : new Date(worlds.clock));

  const write = (namespace: string, act: (world: World, at: Date) => Outcome): Promise<Outcome> => {
    const id = namespaceId(namespace);
    return keeper.write((worlds) => {
      const before = worldOf(worlds, id);
      const { world, at } = settle(before, timeOf(worlds));
      const seen = asSeen(world, at);
      const result = act(seen, at);
      const next = result.kind === 'done' && result.world !== seen ? result.world : world;
      return { worlds: next === before ? worlds : withWorld(worlds, id, next), result };
    });
  };

  return {
    async run(namespace, route, call, rewrite = asSent) {
      const act = (world: World, at: Date): Outcome =>
        route.operation(world, call, { now: at, newId, onStore: (trigger) => rewrite(onStore(trigger)) });
      try {
        const worlds = keeper.read();
        const world = worldOf(worlds, namespaceId(namespace));
        const at = timeOf(worlds);
        // What has fallen due is done once, and kept: also where somebody only looks.
        if (route.writes || fallsDue(world) <= at.getTime()) return await write(namespace, act);
        return act(asSeen(world, at), at);
      } catch (error) {
        return failed(error);
      }
    },
    async control(route, call) {
      try {
        const act = (worlds: Worlds) => {
          const result = route.control(worlds, call, timeOf(worlds));
          return { worlds: result.kind === 'controlled' ? result.worlds : worlds, result };
        };
        return await (route.method === 'GET' ? act(keeper.read()).result : keeper.write(act));
      } catch (error) {
        return failed(error);
      }
    },
    async tick() {
      const rest = (worlds: Worlds): number =>
        Math.min(...[...worlds.worlds.values()].map(fallsDue)) - timeOf(worlds).getTime();
      const before = keeper.read();
      if (rest(before) > 0) return rest(before);
      return keeper.write((worlds) => {
        const now = timeOf(worlds);
        const after = [...worlds.worlds].map(([id, world]) => [id, settle(world, now).world] as const);
        const all = { ...worlds, worlds: new Map(after) };
        return { worlds: all, result: rest(all) };
      });
    },
    world: (namespace) => {
      const worlds = keeper.read();
      const { world, at } = settle(worldOf(worlds, namespaceId(namespace)), timeOf(worlds));
      return asSeen(world, at);
    },
    change: async (namespace, edit) => {
      await write(namespace, (world) => done(edit(world), null));
    },
  };
}

function worldOf({ worlds }: Worlds, id: string): World {
  return worlds.get(id) ?? newWorld(id);
}

const withWorld = (all: Worlds, id: string, world: World): Worlds => ({
  ...all,
  worlds: new Map(all.worlds).set(id, world),
});

const failed = (error: unknown): Refusal =>
  internalError(error instanceof Error ? error.message : String(error));
