import { connectionSettings } from '../../config/environment.ts';
import type { Config, Environment } from '../../config/load-config.ts';
import { printable } from '../../lib/printable.ts';
import { observe } from '../../plan/observe/observe.ts';
import { withReader } from '../../session/session.ts';
import type { CommonFlags } from '../../terminal/flags.ts';
import type { Io } from '../../terminal/io.ts';

/** What is live where a key is set. */
export interface Found {
  /** Null where none are defined. */
  readonly environment: Environment | null;
  readonly unmanaged: number;
}

/**
 * Lists each namespace whose key is set, and prints in a line what it holds. Without a key, or without the name of the
 * namespace, nothing is called.
 *
 * @throws ApiError where the service refuses the key or the namespace
 */
export async function lookAround(config: Config, flags: CommonFlags, root: string, io: Io): Promise<Found[]> {
  const environments = config.environments.length > 0 ? config.environments : [null];
  const found: Found[] = [];
  for (const environment of environments) {
    const { apiKey, namespace } = connectionSettings(io.env, {}, environment);
    if ('wrong' in apiKey || 'wrong' in namespace) continue;
    const location = async () => ({ root, environment });
    await withReader(location, { ...flags, concurrency: 2 }, io, async ({ client, target }) => {
      const live = await client.listTriggers();
      const { owned, unmanaged, foreign, damaged } = observe(live, config.owner, io.now());
      const others = foreign.length + damaged.length;
      io.say(
        `${printable(target.namespace)}: ${owned.length} of ${printable(config.owner)}, ${unmanaged.length} unmanaged` +
          `${others === 0 ? '' : `, ${others} of others`}\n`,
      );
      found.push({ environment, unmanaged: unmanaged.length });
    });
  }
  return found;
}
