import type { Source } from '../domain/manifest.ts';
import type { PlacedWarning, Warning } from '../domain/plan.ts';

/** Warnings with the place of what they are about: their own, else that of the manifest that they name. */
export function placed(
  warnings: readonly Warning[],
  manifests: readonly { readonly name: string; readonly source: Source }[],
): PlacedWarning[] {
  const sources = new Map(manifests.map(({ name, source }) => [name, source]));
  return warnings.map((one) => ({ ...one, source: one.source ?? sources.get(one.name ?? '') ?? null }));
}
