import type { Layer } from '../../domain/layer.ts';
import { fromPointer, leaves } from '../../lib/pointer.ts';
import type { Composition } from './compose.ts';
import { originOf } from './layer.ts';

/** Which values of layers for many manifests some manifest takes. */
export class TakenValues {
  /** Pointers into what is laid, by the place of its layer. */
  readonly #taken = new Map<string, Set<string>>();

  add({ layers }: Composition): void {
    for (const layer of layers) {
      if (layer.kind === 'manifest') continue;
      const key = keyOf(layer);
      const taken = this.#taken.get(key) ?? new Set();
      this.#taken.set(key, taken);
      for (const pointer of leaves(layer.value).keys()) {
        if (!taken.has(pointer) && originOf(layers, fromPointer(pointer)).layer === layer) taken.add(pointer);
      }
    }
  }

  /** Values of a layer that nothing takes: each manifest says them itself, or no trigger's type knows them. */
  untaken(layer: Layer): string[] {
    const taken = this.#taken.get(keyOf(layer));
    return [...leaves(layer.value).keys()].filter((pointer) => taken?.has(pointer) !== true);
  }
}

function keyOf({ file, at }: Layer): string {
  return JSON.stringify([file, at]);
}
