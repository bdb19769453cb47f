import { variableOf } from '../../session/secret-vault.ts';
import { ACTION, onGitHub, UNPUBLISHED } from './workflows.ts';

const LOCAL = `
Next: write a manifest (manifests/example.yaml shows how), then
  mxt validate
  mxt plan --sandbox
`;

const GITHUB = `
Next, in the repository's settings on GitHub:
  1. Secrets and variables > Actions: the secret MP_API_KEY_READ, a key that can only read;
     the variable MP_NAMESPACE. With environments in mxt.yaml, a secret for each api_key_env
     instead, with _READ at its end (MP_API_KEY_PROD_READ), and no variable.
  2. Environments: one called production (or each of mxt.yaml's, by its name), with required reviewers,
     limited to the default branch; in it the secret MP_API_KEY (or its api_key_env), a key that can write.
  3. The default branch is protected: a pull request, its review and its check "mxt" are what is applied.
Then write a manifest (manifests/example.yaml shows how) and open a pull request: the plan is its comment.
`;

const PIN = `
This mxt does not know where its action was published: the workflows name no commit yet.
  mxt init --github --force --action owner/repository@commit
`;

/** What is left for a person to do. @param secrets names that manifests refer to */
export function nextSteps(
  { github, action }: { github?: boolean; action?: string },
  secrets: readonly string[],
): string {
  if (!github) return secrets.length === 0 ? LOCAL : `${LOCAL}${variables(secrets)}`;
  const steps = secrets.length === 0 ? GITHUB : `${GITHUB}${passed(secrets)}`;
  return UNPUBLISHED.test(action ?? ACTION) ? `${steps}${PIN}` : steps;
}

const variables = (secrets: readonly string[]): string => `
Manifests refer to secrets, which plan and apply read from the environment:
${secrets.map((name) => `  ${variableOf(name)}\n`).join('')}`;

const passed = (secrets: readonly string[]): string => `
Manifests refer to secrets, and the workflows pass them on. Each must be a secret of the repository (plan and drift run
in no environment, and compare by them), under Secrets and variables > Actions:
${secrets.map((name) => `  ${onGitHub(name)}\n`).join('')}`;
