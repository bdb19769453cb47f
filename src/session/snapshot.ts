import { checkTriggers } from '../api/check-answers.ts';
import { RESOURCE_KINDS, type Resources } from '../domain/resource.ts';
import type { LiveTrigger } from '../domain/trigger.ts';
import { usageError } from '../errors.ts';
import { readJson } from '../terminal/files.ts';
import type { Io } from '../terminal/io.ts';
import type { Repository } from './repository.ts';
import type { Target } from './service.ts';

export interface Snapshot {
  readonly target: Target;
  readonly live: LiveTrigger[];
  readonly resources: Resources;
}

const MAKES_ONE = 'mxt export --raw makes one.';

/** Live state from a file made by `mxt export --raw`: no network and no key are needed. */
export function readSnapshot(io: Io, path: string, { needs, environment, vault }: Repository): Snapshot {
  const file = oneOf(readJson(io, path, 'a live snapshot', MAKES_ONE), environment);
  const triggers = file?.['triggers'];
  const { api_url: apiUrl, namespace } = file ?? {};
  if (!Array.isArray(triggers) || typeof apiUrl !== 'string' || typeof namespace !== 'string') {
    throw usageError(`${path} is not a live snapshot: it has no api_url, namespace and triggers`, MAKES_ONE);
  }
  if (environment !== null && environment.namespace !== namespace) {
    const where = `environment ${environment.name} has ${environment.namespace}`;
    throw usageError(
      `${path} is from namespace ${namespace}, and ${where}`,
      `Choose its environment with --env, or export again: mxt export --raw --env ${environment.name}.`,
    );
  }
  const resources = readResources(file?.['resources'] ?? {}, path);
  const missing = [...needs].filter((kind) => resources[kind] === undefined);
  if (missing.length > 0) {
    throw usageError(
      `${path} has no list of ${missing.join(' and ')}, which manifests refer to`,
      'Export again: mxt export --raw includes what the manifests refer to.',
    );
  }
  return {
    target: { apiUrl, namespace },
    live: checkTriggers(triggers, path).map((one) => vault.concealAgain(one)),
    resources,
  };
}

type Members = Record<string, unknown> | null;

/** Of those of several environments, the one of this environment's namespace; else the first, to say what is wrong. */
function oneOf(document: unknown, environment: Repository['environment']): Members {
  const snapshots = (document as Members)?.['snapshots'];
  if (!Array.isArray(snapshots)) return document as Members;
  const all = snapshots as readonly Members[];
  return all.find((one) => one?.['namespace'] === environment?.namespace) ?? all[0] ?? null;
}

/** Lists of `{id, name}` by kind. */
function readResources(value: unknown, path: string): Resources {
  const lists = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  for (const [kind, list] of lists) {
    const sound = RESOURCE_KINDS.some((one) => one === kind) && Array.isArray(list) && list.every(isResource);
    if (!sound) throw usageError(`${path}: resources.${kind} is not a list of ids and names`);
  }
  return Object.fromEntries(lists) as Resources;
}

function isResource(value: unknown): boolean {
  const { id, name } = (value ?? {}) as Record<string, unknown>;
  return typeof id === 'string' && (name === null || typeof name === 'string');
}
