import type { Json, JsonObject } from '../../domain/json.ts';
import { isObject } from '../../lib/is-object.ts';
import { type Diagnostic, diagnosticAt } from '../check/diagnostic.ts';
import { type Each, putIn } from './for-each.ts';

/** What makes one trigger of a manifest: that is the same in each environment. */
const FIXED: ReadonlySet<string> = new Set(['name', 'for_each', 'environments']);

/** What is wrong with `environments`, whatever is in its overlays. */
export function overlayDiagnostics(environments: Json | undefined): Diagnostic[] {
  if (environments === undefined) return [];
  if (!isObject(environments)) {
    const isList = Array.isArray(environments) && environments.length > 0;
    if (isList && environments.every((name) => typeof name === 'string')) return [];
    const message =
      '"environments" must be a list of names, where the trigger is kept, or a map of what differs in each';
    return [diagnosticAt(['environments'], 'value', 'value', message, null)];
  }
  return Object.entries(environments).flatMap(([name, overlay]): Diagnostic[] => {
    const at = ['environments', name];
    if (overlay === null) return [];
    if (!isObject(overlay)) {
      const what = Array.isArray(overlay) ? 'a list' : JSON.stringify(overlay);
      const message = `an overlay must be a map of what differs in ${name}, or null to leave the trigger out, not ${what}`;
      return [diagnosticAt(at, 'value', 'value', message, 'write for example { status: paused }')];
    }
    return Object.keys(overlay)
      .filter((member) => FIXED.has(member))
      .map((member) => {
        const message = `"${member}" cannot differ from one environment to the next`;
        return diagnosticAt([...at, member], 'key', 'unknown', message, 'write it in the manifest itself');
      });
  });
}

function withoutFixed(overlay: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(overlay).filter(([member]) => !FIXED.has(member)));
}

/** What a manifest's `environments` makes of one of its triggers. */
export interface Overlays {
  readonly diagnostics: readonly Diagnostic[];
  /** The overlay of an environment, its value null where it has none; null where the trigger is not kept there. */
  readonly in: (
    environment: string | null,
  ) => { readonly at: readonly string[]; readonly value: JsonObject | null } | null;
}

const AS_IT_STANDS = { at: [], value: null };

/** @param each whose value may limit its trigger to some environments, too */
export function overlaysOf(environments: Json | undefined, each: Each | null): Overlays {
  const isIn = (limits: Json | undefined, environment: string | null) =>
    !Array.isArray(limits) || (environment !== null && limits.includes(environment));
  const limits = each !== null && isObject(each.value) ? each.value['environments'] : undefined;
  const found = Object.entries(isObject(environments) ? environments : {}).map(([name, overlay]) => {
    const put = isObject(overlay) ? putIn(withoutFixed(overlay), each) : null;
    const diagnostics = (put?.diagnostics ?? []).map((one) => ({
      ...one,
      path: ['environments', name, ...one.path],
    }));
    return { name, value: put?.value ?? null, diagnostics };
  });
  const byName = new Map(found.map((one) => [one.name, one]));
  return {
    diagnostics: found.flatMap(({ diagnostics }) => diagnostics),
    in: (environment) => {
      if (!isIn(environments, environment) || !isIn(limits, environment)) return null;
      const overlay = environment === null ? undefined : byName.get(environment);
      if (overlay === undefined) return AS_IT_STANDS;
      return overlay.value === null ? null : { at: ['environments', overlay.name], value: overlay.value };
    },
  };
}
