import { resolveManifests } from '../../manifest/resolve/resolve-manifests.ts';
import { FORMAT_VERSION } from '../../render/plan/plan-json.ts';
import { inEnvironments } from '../../session/environments.ts';
import { SecretVault } from '../../session/secret-vault.ts';
import { secretsFrom } from '../../session/secrets.ts';
import { withReader } from '../../session/session.ts';
import { readWorkspace, scopeOf } from '../../session/workspace.ts';
import { jsonDocuments } from '../../terminal/documents.ts';
import type { ServiceFlags } from '../../terminal/flags.ts';
import { growingFile } from '../../terminal/growing-file.ts';
import type { Io } from '../../terminal/io.ts';

export interface RawFlags extends ServiceFlags {
  readonly allEnvironments?: boolean;
  /** A file in place of stdout. */
  readonly out?: string;
}

/**
 * `mxt export --raw`: live state as it is, for `mxt dry-run --live`, with the resources that manifests refer to by
 * name. Problems of manifests do not matter here. Of several environments there is a list, `snapshots`.
 */
export function exportRaw(flags: RawFlags, io: Io): Promise<number> {
  return inEnvironments(flags, io, {
    readsAgain: true,
    one: (_, inOne) => readSnapshot(inOne, io),
    code: () => 0,
    counts: ({ triggers }) => [[triggers.length, 'trigger', 'triggers']],
    output: (several) => {
      const file = flags.out === undefined ? null : growingFile(io, flags.out);
      const { one, end } = jsonDocuments(several ? 'snapshots' : null, file?.write ?? io.out);
      return {
        one,
        async end(sum) {
          await end(sum);
          const unwritten = file?.finish() ?? null;
          if (unwritten !== null) throw unwritten;
        },
      };
    },
  });
}

function readSnapshot(flags: RawFlags, io: Io) {
  return withReader(readNeeds, flags, io, async ({ workspace: { needs }, target, client }) => {
    const [triggers, ...lists] = await Promise.all([
      client.listTriggers(),
      ...[...needs].map(async (kind) => [kind, await client.listResources(kind)] as const),
    ]);
    return {
      format_version: FORMAT_VERSION,
      api_url: target.apiUrl,
      namespace: target.namespace,
      triggers,
      ...(lists.length === 0 ? {} : { resources: Object.fromEntries(lists) }),
    };
  });
}

/** The workspace, and the kinds of resources that its manifests refer to. */
async function readNeeds(flags: ServiceFlags, io: Io) {
  const workspace = await readWorkspace(flags, io);
  const { loaded, config } = workspace;
  const secrets = secretsFrom(io.env);
  const scope = scopeOf({ ...workspace, secrets });
  const { needs, desired, secretValues } = await resolveManifests(loaded, scope, config.checkRefs);
  // Where a manifest has a secret, the snapshot holds its digest.
  const vault = new SecretVault(secrets, io.hide);
  vault.learn(desired, secretValues);
  return { ...workspace, needs, vault };
}
