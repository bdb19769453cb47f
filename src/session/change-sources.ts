import type { Operation } from '../domain/plan.ts';
import { fromPointer } from '../lib/pointer.ts';
import { WrittenPlaces } from '../manifest/compose/written-at.ts';

/** Says of each change that a default or an overlay brings where that is written. Digests stay what they are. */
export async function withChangeSources(operations: readonly Operation[]): Promise<readonly Operation[]> {
  if (!operations.some((one) => layersOf(one) !== undefined)) return operations;
  const places = await WrittenPlaces.open();
  return operations.map((operation) => {
    const layers = layersOf(operation);
    if (layers === undefined) return operation;
    const changes = operation.changes.map((change) => {
      const { kind, file, line } = places.of(layers, fromPointer(change.path));
      return kind === 'manifest' ? change : { ...change, source: { file, line } };
    });
    return { ...operation, changes };
  });
}

function layersOf(operation: Operation) {
  return 'desired' in operation && operation.changes.length > 0 ? operation.desired?.layers : undefined;
}
