import type { ReadClient } from '../../api/client.ts';
import type { Managed, Operation } from '../../domain/plan.ts';
import type { ResourceKind, Resources } from '../../domain/resource.ts';
import type { LiveTrigger } from '../../domain/trigger.ts';
import { ApiError } from '../../errors.ts';
import { resolveManifests } from '../../manifest/resolve/resolve-manifests.ts';
import { observe } from '../../plan/observe/observe.ts';
import { makePlan } from '../../plan/plan.ts';
import { secretsFrom, withLiveSecrets } from '../../session/secrets.ts';
import type { Session } from '../../session/session.ts';
import { type LoadedWorkspace, scopeOf } from '../../session/workspace.ts';
import type { Io } from '../../terminal/io.ts';

/**
 * What the next apply would do about a trigger whose label is off, and about the name that it had: the plan itself is
 * asked, for a manifest may adopt it again, or be blocked by its likeness. A manifest that is wrong has no say.
 */
export async function foresee(
  { id, label, patchable }: Managed,
  live: readonly LiveTrigger[],
  session: Session<LoadedWorkspace, Pick<ReadClient, 'listResources'>>,
  io: Io,
): Promise<string[]> {
  const { workspace, target } = session;
  const { config, environment } = workspace;
  const observed = observe(
    live.map((one) => (one.trigger_id === id ? { ...one, description: patchable.description } : one)),
    config.owner,
    io.now(),
  );
  const { operations } = makePlan({
    desired: withLiveSecrets(await desiredOf(session, io), observed.owned),
    observed,
    rev: null,
    previousOwners: config.previousOwners,
    replace: new Set(),
    resumeFailed: false,
    createMissing: false,
    policy: (environment ?? config).policy,
    selection: { only: [], except: [] },
    environment: environment?.name ?? null,
    namespace: target.namespace,
    apiUrl: target.apiUrl,
    git: { commit: null, dirty: false },
    resources: new Map(),
  });
  return operations
    .filter((one) => one.managed?.id === id || (one.name === label.name && one.managed === null))
    .map((one) => `${one.name} has a manifest${placeOf(one)}: ${whatHappens(one, id)}`);
}

async function desiredOf(
  { workspace, client }: Session<LoadedWorkspace, Pick<ReadClient, 'listResources'>>,
  io: Io,
) {
  const scope = { ...scopeOf(workspace), secrets: secretsFrom(io.env) };
  const { desired, needs } = await resolveManifests(workspace.loaded, scope);
  if (needs.size === 0) return desired;
  const resources = await lookUp(needs, client);
  return (await resolveManifests(workspace.loaded, { ...scope, resources })).desired;
}

/** What cannot be looked up stays as it is written. */
async function lookUp(
  kinds: ReadonlySet<ResourceKind>,
  client: Pick<ReadClient, 'listResources'>,
): Promise<Resources> {
  const found = await Promise.all(
    [...kinds].map(async (kind) => {
      try {
        return [[kind, await client.listResources(kind)] as const];
      } catch (error) {
        if (error instanceof ApiError) return [];
        throw error;
      }
    }),
  );
  return Object.fromEntries(found.flat());
}

function placeOf({ source }: Operation): string {
  return source === null ? '' : ` (${source.file}:${source.line})`;
}

const WAY_OUT = 'write release: true in it, or remove the manifest';

function whatHappens(one: Operation, id: string): string {
  if (one.kind === 'blocked') {
    const why = one.warnings[0]?.message ?? one.blocked_by;
    return `the next plan is blocked by ${one.blocked_by} (${why}); ${WAY_OUT}`;
  }
  if (one.kind === 'create') return `the next apply creates another trigger; ${WAY_OUT}`;
  return one.kind === 'adopt'
    ? `it says adopt: ${id}, and the next apply adopts it again; remove adopt and ${WAY_OUT}`
    : `the next apply would ${one.kind} it again; ${WAY_OUT}`;
}
