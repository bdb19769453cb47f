import type { NamespaceState } from './namespace-state.ts';

/** How far stamps may run ahead of a clock that stands still, before they follow it back. */
const LEAD_MICROS = 60_000_000;

/**
 * The next timestamp of a world: the clock's time, a microsecond after the last one where the clock has not
 * moved, so that created_at orders triggers without ties.
 */
export function nextTimestamp(
  world: NamespaceState,
  now: Date,
): { readonly at: string; readonly world: NamespaceState } {
  const clock = now.getTime() * 1000;
  const behind = world.stamped - clock;
  const micros = behind >= 0 && behind < LEAD_MICROS ? world.stamped + 1 : clock;
  return { at: isoMicros(micros), world: { ...world, stamped: micros } };
}

function isoMicros(micros: number): string {
  const rest = String(micros % 1000).padStart(3, '0');
  return new Date(Math.floor(micros / 1000)).toISOString().replace('Z', `${rest}Z`);
}
