import { createReadClient } from '../../api/client.ts';
import { chooseEnvironment } from '../../config/environment.ts';
import { InvalidError } from '../../errors.ts';
import { printableJson } from '../../lib/printable.ts';
import { resolveManifests } from '../../manifest/resolve/resolve-manifests.ts';
import { FORMAT_VERSION } from '../../render/plan/plan-json.ts';
import { readFiles, scopeOf } from '../../session/repository.ts';
import { SecretVault } from '../../session/secret-vault.ts';
import { secretsFrom } from '../../session/secrets.ts';
import { openService } from '../../session/service.ts';
import { writeJson } from '../../terminal/files.ts';
import type { ServiceFlags } from '../../terminal/flags.ts';
import type { Io } from '../../terminal/io.ts';

export interface RawFlags extends ServiceFlags {
  /** A file in place of stdout. */
  readonly out?: string;
}

/**
 * `mxt export --raw`: live state as it is, for `mxt dry-run --live`, with the resources that manifests refer to by
 * name. Manifests may have problems: what is live is as it is.
 */
export async function exportRaw(flags: RawFlags, io: Io): Promise<number> {
  const { root, config, loaded, problems } = await readFiles(flags, io);
  if (config === null) throw new InvalidError(problems);
  const environment = chooseEnvironment(config, flags.env, io.env);
  const secrets = secretsFrom(io.env);
  const scope = scopeOf(config, environment, secrets);
  const { needs, desired, secretValues } = await resolveManifests(loaded, scope, config.checkRefs);
  // Where a manifest has a secret, the snapshot holds its digest.
  const vault = new SecretVault(secrets, io.hide);
  vault.learn(desired, secretValues);
  const service = await openService({ root, environment, vault }, flags, io);
  const client = createReadClient(service.clientOptions);
  try {
    const [triggers, ...lists] = await Promise.all([
      client.listTriggers(),
      ...[...needs].map(async (kind) => [kind, await client.listResources(kind)] as const),
    ]);
    const snapshot = {
      format_version: FORMAT_VERSION,
      api_url: service.apiUrl,
      namespace: service.namespace,
      triggers,
      ...(lists.length === 0 ? {} : { resources: Object.fromEntries(lists) }),
    };
    if (flags.out === undefined) io.out(`${printableJson(snapshot)}\n`);
    else await writeJson(io, flags.out, snapshot);
    return 0;
  } finally {
    await client.close();
    await service.close();
  }
}
