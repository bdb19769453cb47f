import type { ApiVersion, VariantName } from './names.ts';
import type { CategoryRates, Variant } from './variant.ts';
import { VARIANTS } from './variants.ts';

/** Which service the sandbox is. */
export interface Behaviour extends Required<Omit<Variant, 'rates'>> {
  readonly api: ApiVersion;
  readonly rates: CategoryRates | null;
}

/** A service of a version, with variants in the order in which they are given. */
export function behaviourOf(api: ApiVersion = '0.82', names: readonly VariantName[] = []): Behaviour {
  const variants: readonly Variant[] = [...new Set(names)].map((name) => VARIANTS[name]());
  return {
    api,
    store: (sent, before) => variants.reduce((so, { store }) => store?.(so, before) ?? so, sent),
    refuse: (world, next, before) => {
      for (const { refuse } of variants) {
        const refusal = refuse?.(world, next, before) ?? null;
        if (refusal !== null) return refusal;
      }
      return null;
    },
    answer: (after, before) => variants.reduce((so, { answer }) => answer?.(so, before) ?? so, after),
    list: (world, now) =>
      variants.find(({ list }) => list !== undefined)?.list?.(world, now) ?? world.triggers,
    wrote: (before, now) => {
      for (const { wrote } of variants) wrote?.(before, now);
    },
    resolves: (namespace) => variants.every(({ resolves }) => resolves?.(namespace) ?? true),
    rates: variants.find(({ rates }) => rates !== undefined)?.rates ?? null,
  };
}
