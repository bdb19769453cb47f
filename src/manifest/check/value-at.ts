import type { Json } from '../../domain/json.ts';
import type { Path } from './diagnostic.ts';

/** The value at a path; undefined where there is none. */
export function valueAt(root: Json, path: Path): Json | undefined {
  let value: Json | undefined = root;
  for (const step of path) value = member(value, step);
  return value;
}

export function member(value: Json | undefined, step: string | number): Json | undefined {
  if (Array.isArray(value)) return value[Number(step)];
  return typeof value === 'object' && value !== null && Object.hasOwn(value, step) ? value[step] : undefined;
}

/** `"interval_seconds" in schedule_config`, `item 2 of "ignore" in lifecycle`. */
export function label(path: Path): string {
  const last = path.at(-1);
  const rest = path.slice(0, -1);
  if (last === undefined) return 'this';
  if (typeof last === 'number') return `item ${last + 1} of ${label(rest)}`;
  return `${quote(last)}${within(rest)}`;
}

export function within(path: Path): string {
  const names = path.filter((step) => typeof step === 'string');
  return names.length === 0 ? '' : ` in ${names.join('.')}`;
}

export function quote(name: string): string {
  return name.length > 60 ? `of ${name.length} characters` : JSON.stringify(name);
}
