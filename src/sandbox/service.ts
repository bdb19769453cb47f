import type { Keeper } from './keeper.ts';
import type { Call } from './operation.ts';
import { done, internalError, type Outcome } from './outcome.ts';
import type { Route } from './routes.ts';
import { namespaceId, newWorld } from './seed.ts';
import { settle } from './settle.ts';
import type { Context, World, Worlds } from './world.ts';

/** The worlds, the clock and chance: everything that the operations themselves are kept from. */
export interface Service {
  /** Runs one operation on a namespace, named as the header names it. */
  run(namespace: string, route: Route, call: Call, onStore?: Context['onStore']): Promise<Outcome>;
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
  const now = (worlds: Worlds, id: string, at: Date): World => settle(worlds.get(id) ?? newWorld(id), at);

  const write = (namespace: string, act: (world: World, at: Date) => Outcome): Promise<Outcome> => {
    const id = namespaceId(namespace);
    return keeper.write((worlds) => {
      const at = clock();
      const world = now(worlds, id, at);
      const result = act(world, at);
      const changed = result.kind === 'done' && result.world !== world;
      return { worlds: changed ? new Map(worlds).set(id, result.world) : worlds, result };
    });
  };

  return {
    async run(namespace, route, call, rewrite = asSent) {
      const act = (world: World, at: Date): Outcome =>
        route.operation(world, call, { now: at, newId, onStore: (trigger) => rewrite(onStore(trigger)) });
      try {
        if (route.writes) return await write(namespace, act);
        const at = clock();
        return act(now(keeper.read(), namespaceId(namespace), at), at);
      } catch (error) {
        return internalError(error instanceof Error ? error.message : String(error));
      }
    },
    world: (namespace) => now(keeper.read(), namespaceId(namespace), clock()),
    change: async (namespace, edit) => {
      await write(namespace, (world) => done(edit(world), null));
    },
  };
}
