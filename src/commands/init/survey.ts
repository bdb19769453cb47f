import { createReadClient } from '../../api/client.ts';
import { connectionSettings } from '../../config/environment.ts';
import type { Config, Environment } from '../../config/load-config.ts';
import { printable } from '../../lib/printable.ts';
import { observe } from '../../plan/observe/observe.ts';
import { openService } from '../../session/service.ts';
import type { CommonFlags } from '../../terminal/flags.ts';
import type { Io } from '../../terminal/io.ts';

/** What is live where a key is set. */
export interface Found {
  /** Null where none are defined. */
  readonly environment: Environment | null;
  readonly unmanaged: number;
}

/**
 * One list of each namespace whose key is set, and what it holds in a line. Nothing is looked at without a key, or
 * without the name of the namespace.
 *
 * @throws ApiError where the service refuses the key or the namespace
 */
export async function lookAround(config: Config, flags: CommonFlags, root: string, io: Io): Promise<Found[]> {
  const places = config.environments.length > 0 ? config.environments : [null];
  const found: Found[] = [];
  for (const environment of places) {
    const { apiKey, namespace } = connectionSettings(io.env, {}, environment);
    if ('wrong' in apiKey || 'wrong' in namespace) continue;
    const service = await openService({ root, environment }, { ...flags, concurrency: 2 }, io);
    const client = createReadClient(service.clientOptions);
    try {
      const live = await client.listTriggers();
      const { owned, unmanaged, foreign, damaged } = observe(live, config.owner, io.now());
      const others = foreign.length + damaged.length;
      io.out(
        `${printable(service.namespace)}: ${owned.length} of ${printable(config.owner)}, ${unmanaged.length} unmanaged` +
          `${others === 0 ? '' : `, ${others} of others`}\n`,
      );
      found.push({ environment, unmanaged: unmanaged.length });
    } finally {
      await client.close();
      await service.close();
    }
  }
  return found;
}
