import type { Show } from '../../../generated/show.d.ts';
import type { RunReader } from '../../api/run-client.ts';
import { type AnnotatedLine, annotatedYaml } from '../../authoring/annotated-yaml.ts';
import { keyNames } from '../../config/environment.ts';
import type { JsonObject } from '../../domain/json.ts';
import { usageError } from '../../errors.ts';
import { fromPointer, leaves } from '../../lib/pointer.ts';
import { nearest } from '../../lib/suggest.ts';
import { FORMAT_VERSION, planJson } from '../../render/plan/plan-json.ts';
import { historyJson } from '../../render/result/history-json.ts';
import { remarkWords, showText } from '../../render/show/show-text.ts';
import { type ComposedManifest, composedManifest } from '../../session/composed-manifest.ts';
import { readDesiredAndLive } from '../../session/desired-and-live.ts';
import { inEnvironments } from '../../session/environments.ts';
import type { Repository } from '../../session/repository.ts';
import { type ReadWorkspace, type Session, withRunReader } from '../../session/session.ts';
import { printDocuments } from '../../terminal/documents.ts';
import type { Io } from '../../terminal/io.ts';
import { planDesiredAndLive } from '../plan.ts';
import { liveJson, runsAhead } from './live-side.ts';
import type { ShowFlags } from './show-flags.ts';

type Flags = ShowFlags & { readonly format: 'text' | 'json' };

interface Shown {
  readonly show: Show;
  readonly composed: ComposedManifest | null;
}

/** How many of the latest runs are shown. */
const LATEST = 5;

/** One trigger whole: its manifest as composed and where each value comes from, live beside it, its label, its runs. */
export function showTrigger(name: string, flags: Flags, io: Io): Promise<number> {
  return inEnvironments(flags, io, {
    one: (read, inOne) => showEnvironment(name, read, inOne, io),
    code: () => 0,
    counts: ({ show }) => [
      [show.live === null ? 0 : 1, 'live'],
      [show.operation === null ? 0 : 1, 'out of sync'],
    ],
    output: (several) =>
      printDocuments(flags, io, 'shows', several, {
        json: ({ show }) => show,
        text: ({ show, composed }, colors) => showText(show, yamlOf(show, composed), io.now(), colors),
      }),
  });
}

async function showEnvironment(
  name: string,
  read: ReadWorkspace<Repository, Flags>,
  flags: Flags,
  io: Io,
): Promise<Shown> {
  const repository = await read(flags, io);
  const { environment } = repository;
  // Without a key there is still the manifest, which is what somebody composes.
  const asks = flags.sandbox === true || keyNames(environment).some((variable) => io.env[variable]);
  if (!asks) {
    io.err(`Live is not shown: ${keyNames(environment)[0]} is not set.\n`);
    return offline(name, repository, flags, io);
  }
  return withRunReader(
    async () => repository,
    flags,
    io,
    (session) => online(name, session, flags, io),
  );
}

async function offline(name: string, repository: Repository, flags: Flags, io: Io): Promise<Shown> {
  const composed = await composedManifest(repository, name);
  if (composed === null) refuseUnknown(name, repository, flags, []);
  return {
    composed,
    show: {
      ...headOf(name, repository, composed, null),
      live: null,
      operation: null,
      last_runs: [],
      ...runsAhead(name, null, repository, io.now()),
    },
  };
}

async function online(
  name: string,
  session: Session<Repository, RunReader>,
  flags: Flags,
  io: Io,
): Promise<Shown> {
  const planning = { ...flags, only: [], except: [], replace: [] };
  const sides = await readDesiredAndLive(session, planning, io);
  const { repository, observed, target } = sides;
  const composed = await composedManifest(repository, name);
  const owned = observed.owned.filter(({ label }) => label.name === name);
  const managed = owned.find(({ label }) => label.replaces === null) ?? owned[0] ?? null;
  const head = headOf(name, repository, composed, target.namespace);
  const ahead = runsAhead(name, managed, repository, io.now());
  if (managed === null && composed === null) {
    refuseUnknown(
      name,
      repository,
      flags,
      observed.owned.map(({ label }) => label.name),
    );
    return { composed, show: { ...head, live: null, operation: null, last_runs: [], ...ahead } };
  }
  const plan = planJson(await planDesiredAndLive(sides, { ...planning, only: [name] }, io));
  const runs = managed === null ? null : await session.client.readRuns(managed.id, LATEST);
  return {
    composed,
    show: {
      ...head,
      live: managed && liveJson(managed),
      operation: plan.operations.find((one) => one.name === name) ?? null,
      last_runs: runs === null ? [] : historyJson({ name, trigger_id: managed?.id ?? '', ...runs }).runs,
      ...ahead,
    },
  };
}

/** Where several environments are shown, one that lacks what another has is no mistake. */
function refuseUnknown(
  name: string,
  { config, environment, loaded }: Repository,
  { allEnvironments }: Flags,
  live: readonly string[],
): void {
  const declared = loaded.manifests.map((one) => one.name);
  const elsewhere = declared.includes(name);
  if (elsewhere && allEnvironments) return;
  if (elsewhere) {
    throw usageError(
      `${name} has no manifest in environment ${environment?.name}, and no trigger of that name is live there`,
      `mxt show ${name} --all-environments shows where it has one.`,
    );
  }
  const near = nearest(name, [...declared, ...live]);
  throw usageError(
    `no manifest and no trigger of ${config.owner} has the name ${name}`,
    near.length === 0 ? 'mxt status lists the names.' : `Did you mean ${near.join(' or ')}?`,
  );
}

function headOf(
  name: string,
  { config, environment, desired }: Repository,
  composed: ComposedManifest | null,
  namespace: string | null,
) {
  const source = desired.find((one) => one.name === name)?.source ?? null;
  return {
    format_version: FORMAT_VERSION,
    owner: config.owner,
    environment: environment?.name ?? null,
    namespace,
    name,
    source: source && { file: source.file, line: source.line },
    manifest: composed && { ...composed.manifest },
    values: composed === null ? [] : valuesOf(composed),
  };
}

function valuesOf({ manifest, sourceOf, writtenAs }: ComposedManifest): Show['values'] {
  return [...leaves(manifest).keys()].map((path) => {
    const source = sourceOf(fromPointer(path));
    return { path, source: source && { ...source }, written: writtenAs(fromPointer(path)) };
  });
}

/** Of what has no manifest, what is live. */
function yamlOf(show: Show, composed: ComposedManifest | null): readonly AnnotatedLine[] {
  if (composed === null)
    return show.live === null ? [] : annotatedYaml(show.live.manifest as JsonObject, () => null);
  const { manifest, sourceOf, writtenAs } = composed;
  return annotatedYaml(manifest, (path) => remarkWords(show, sourceOf(path), writtenAs(path)));
}
