import type { Variant } from './variant.ts';

export const unresolvedNames: Variant = {
  resolves: (namespace) => namespace.startsWith('ns_'),
};
