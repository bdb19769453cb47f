// The workflows of this repository are the ones that init writes: what is shown to be copied is what runs, and is what
// the tests run.
import apply from '../../../.github/workflows/apply.yml' with { type: 'text' };
import drift from '../../../.github/workflows/drift.yml' with { type: 'text' };
import plan from '../../../.github/workflows/plan.yml' with { type: 'text' };
import { usageError } from '../../errors.ts';
import { variableOf } from '../../session/secret-vault.ts';

/**
 * Where workflows find the action, pinned by commit. A commit cannot hold its own id, so each release names the one
 * before it; until there is one, zeros, which GitHub resolves to nothing. The workflows hold the same text.
 */
export const ACTION = 'mixpeek-triggers/mxt@0000000000000000000000000000000000000000 # v0.1.0';

/** The action is not published yet: `--action` must say where it is. */
export const UNPUBLISHED = /@0{40}\b/;

/** What stands in the workflows where no manifest refers to a secret. */
const NO_SECRETS = `          # secrets: | # what manifests refer to as secrets.NAME, a line each
          #   NAME=\${{ secrets.NAME }}
`;

/** The secret on GitHub for one of the manifests: of the same name, where GitHub allows it. */
export function onGitHub(name: string): string {
  return /^(?:\d|GITHUB_)/i.test(name) ? variableOf(name) : name;
}

function passed(secrets: readonly string[]): string {
  const lines = secrets.map((name) => `            ${name}=\${{ secrets.${onGitHub(name)} }}\n`);
  return `          secrets: | # what manifests refer to as secrets.NAME, a line each\n${lines.join('')}`;
}

/**
 * @param secrets names that manifests refer to
 * @throws MxtError where the action is not pinned by a full commit id
 */
export function workflows(
  action: string | undefined,
  secrets: readonly string[] = [],
): Readonly<Record<string, string>> {
  const uses = action ?? ACTION;
  if (!/^[\w.-]+\/[\w./-]+@[0-9a-f]{40}( # [\w.-]+)?$/.test(uses)) {
    throw usageError(
      '--action takes owner/repository@commit, the commit in full (40 hex digits)',
      'A tag can be moved to other code, which would then hold the key.',
    );
  }
  return Object.fromEntries(
    Object.entries({ plan, apply, drift }).map(([name, text]) => [
      `.github/workflows/${name}.yml`,
      text
        .replaceAll(ACTION, uses)
        .replaceAll(NO_SECRETS, () => (secrets.length === 0 ? NO_SECRETS : passed(secrets))),
    ]),
  );
}
