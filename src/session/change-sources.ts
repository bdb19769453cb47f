import type { Operation } from '../domain/plan.ts';
import { fromPointer } from '../lib/pointer.ts';
import { WrittenPlaces } from '../manifest/compose/written-at.ts';

/** Says of each change that a default or an overlay brings where that is written. Digests stay what they are. */
export async function withChangeSources(operations: readonly Operation[]): Promise<readonly Operation[]> {
  const places = new WrittenPlaces();
  return Promise.all(
    operations.map(async (operation) => {
      const layers = 'desired' in operation ? operation.desired?.layers : undefined;
      if (layers === undefined || operation.changes.length === 0) return operation;
      const changes = await Promise.all(
        operation.changes.map(async (change) => {
          const { kind, file, line } = await places.of(layers, fromPointer(change.path));
          return kind === 'manifest' ? change : { ...change, source: { file, line } };
        }),
      );
      return { ...operation, changes };
    }),
  );
}
