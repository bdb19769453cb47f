import type { JsonObject } from '../domain/json.ts';
import type { LiveTrigger } from '../domain/trigger.ts';
import { canonicalJson } from '../lib/canonical.ts';
import { compareAge } from '../lib/compare-age.ts';
import { takeLiveSecrets } from '../lib/live-secrets.ts';
import type { Checks, ParsedManifest } from '../manifest/read-manifests.ts';
import type { ReferenceScope } from '../manifest/resolve/references.ts';
import { compare } from '../plan/compare/compare.ts';
import { asManifest } from '../plan/compare/normalise.ts';
import { asUnlabelled } from '../plan/match/unlabelled.ts';
import { type Observed, unreadable } from '../plan/observe/observe.ts';
import { manifestText } from './edit/yaml-text.ts';
import { type ManifestOptions, manifestFrom, unknownIn } from './from-live.ts';
import { nameFor, UniqueNames } from './manifest-names.ts';
import { plainSecret } from './plain-secret.ts';
import { type Surroundings, underLayers } from './under-layers.ts';
import { verifyText } from './verify.ts';

/** A live trigger as a manifest. */
export interface Exported {
  readonly id: string;
  readonly name: string;
  readonly manifest: JsonObject;
  readonly text: string;
  /** What `allow_unknown` must hold for it, and does not yet. */
  readonly unknown: readonly string[];
}

/** A live trigger that no manifest can hold, and why. */
export interface Skipped {
  readonly id: string;
  readonly why: string;
}

/** What exported manifests look like, and what they are read back with. */
export interface WrittenOptions extends Omit<ManifestOptions, 'name'> {
  readonly checks: Checks;
  /** Where the manifests will stand. */
  readonly surroundings: Pick<Surroundings, 'environment' | 'others'> & { readonly folder: string };
  readonly scope: ReferenceScope;
}

export interface ExportOptions extends WrittenOptions {
  /** Whether a trigger is selected, by its id or by the name that it would get. */
  readonly selects: (one: { readonly id: string; readonly name: string }) => boolean;
}

/**
 * Manifests for unmanaged live triggers. Each is read back by our own reader and compared with live as the
 * planner does: what would be more than an adoption is skipped. The same state gives the same names.
 */
export async function exportTriggers(
  candidates: readonly LiveTrigger[],
  taken: ReadonlySet<string>,
  options: ExportOptions,
): Promise<{ exported: Exported[]; skipped: Skipped[] }> {
  const exported: Exported[] = [];
  const skipped: Skipped[] = [];
  const names = new UniqueNames(taken);
  for (const live of [...candidates].sort(compareAge)) {
    const id = live.trigger_id;
    const name = names.give(nameFor(live));
    if (!options.selects({ id, name })) continue;
    const one = await exportOne(live, name, options);
    if ('why' in one) skipped.push(one);
    else exported.push(one);
  }
  return { exported, skipped };
}

/** The manifest of one live trigger, or why there can be none. */
export async function exportOne(
  live: LiveTrigger,
  name: string,
  options: WrittenOptions,
): Promise<Exported | Skipped> {
  const { checks, surroundings } = options;
  const id = live.trigger_id;
  const manifest = underLayers(manifestFrom(live, { ...options, name }), live, {
    ...surroundings,
    shared: checks.shared,
    file: fileOf(name, options),
  });
  const why = unfit(live) ?? (await whyNot(live, manifest, options));
  if (why !== null) return { id, why };
  return { id, name, manifest, text: manifestText(manifest), unknown: unknownTo(options, manifest) };
}

/** Why no manifest can hold a live trigger, whatever is in it. */
export function unfit(live: LiveTrigger): string | null {
  return live.action_type === undefined ? OTHER_API : (unreadable(live)?.what ?? null);
}

export function fileOf(name: string, { surroundings }: Pick<WrittenOptions, 'surroundings'>): string {
  return `${surroundings.folder}/${name}.yaml`;
}

/** What `allow_unknown` must hold for a manifest, and does not yet. */
export function unknownTo({ checks }: Pick<WrittenOptions, 'checks'>, manifest: JsonObject): string[] {
  return unknownIn(manifest).filter((one) => !checks.allowUnknown.includes(one));
}

const OTHER_API = 'it was made through another API: it has no action_type';

/**
 * Reads a manifest back as it will be read, and compares it with live as the planner does.
 *
 * @param unknown what `allow_unknown` will hold
 * @returns why it is more than an adoption; null where it is none
 */
export async function whyNot(
  live: LiveTrigger,
  manifest: JsonObject,
  options: WrittenOptions,
  unknown = unknownTo(options, manifest),
): Promise<string | null> {
  const { scope } = options;
  const plain = plainSecret(manifest, {}, { ...scope, keys: options.checks.secrets });
  if (plain !== null) return `its ${plain}`;
  const allowUnknown = [...options.checks.allowUnknown, ...unknown];
  const checks = { ...options.checks, allowUnknown };
  const path = fileOf(String(manifest['name']), options);
  const file = { path, text: manifestText(manifest) };
  const { parsed, desired, problems } = await verifyText(file, checks, scope);
  const [problem] = problems;
  if (problem !== undefined) return problem.message;
  const [read] = parsed;
  const [wanted] = desired;
  if (read === undefined || wanted === undefined || canonicalJson(read.value) !== canonicalJson(manifest)) {
    return 'YAML cannot hold its values unchanged';
  }
  const normalised = asManifest(takeLiveSecrets(wanted, live.action_config ?? {}));
  const { fixed, patchable } = compare(normalised, asUnlabelled(normalised, live, 'nobody'));
  const [change] = [...fixed.changes, ...patchable.changes];
  return change === undefined
    ? null
    : `its ${change.path.slice(1).replaceAll('/', '.')} cannot be written in a manifest`;
}

/** Names that a new manifest must not have: the planner would take its trigger for another one. */
export function takenNames(
  manifests: readonly ParsedManifest[],
  { owned, foreign, damaged }: Pick<Observed, 'owned' | 'foreign' | 'damaged'>,
): ReadonlySet<string> {
  return new Set([
    ...manifests.flatMap(({ name, value }) => [name, ...[value['renamed_from'] ?? []].flat().map(String)]),
    ...[...owned, ...foreign].map(({ label }) => label.name),
    ...damaged.flatMap(({ names }) => names),
  ]);
}
