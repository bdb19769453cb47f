// The workflows of this repository are the ones that init writes: what is shown to be copied is what runs, and is what
// the tests run.
import apply from '../../../.github/workflows/apply.yml' with { type: 'text' };
import drift from '../../../.github/workflows/drift.yml' with { type: 'text' };
import plan from '../../../.github/workflows/plan.yml' with { type: 'text' };
import { variableOf } from '../../session/secret-vault.ts';

/** What the workflows here hold in place of an action: zeros, which GitHub resolves to nothing. */
export const PLACEHOLDER = 'mixpeek-triggers/mxt@0000000000000000000000000000000000000000 # v0.0.0';

/** What they say of it in their first line. */
const FILL_IN =
  "# Fill in: where mxt's action is (zeros below): mxt init --github --force --action owner/repository@commit\n";

/**
 * Where workflows find the action, pinned by commit. A commit cannot hold its own id, but what a release builds of one can.
 * Null in any other build: then `--action` must say where it is.
 */
export const ACTION: string | null = MXT_ACTION || null;

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

/** What is wrong with the address of an action; null where it is good. */
export function wrongAction(action: string): string | null {
  if (/^[\w.-]+\/[\w./-]+@[0-9a-f]{40}( # [\w.-]+)?$/.test(action)) return null;
  return 'An action is owner/repository@commit, the commit in full (40 hex digits)';
}

/**
 * @param action null where it is not known: the workflows then say that it is to be filled in
 * @param secrets names that manifests refer to
 */
export function workflows(
  action: string | null,
  secrets: readonly string[] = [],
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries({ plan, apply, drift }).map(([name, text]) => {
      const placed = action === null ? text : text.replace(FILL_IN, '').replaceAll(PLACEHOLDER, action);
      const whole = secrets.length === 0 ? placed : placed.replaceAll(NO_SECRETS, () => passed(secrets));
      return [`.github/workflows/${name}.yml`, whole];
    }),
  );
}
