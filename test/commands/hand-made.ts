import { CONFIG, makeRepository, manifestYaml, withSandbox } from '../support/cli.ts';

/** A sandbox in which somebody has made two triggers by hand, in the namespace of staging. */
export async function handMade() {
  const { sandbox, env } = await withSandbox();
  const { MP_NAMESPACE: _, ...keyed } = env;
  await makeRepository(
    { 'mxt.yaml': CONFIG, 'manifests/a.yaml': manifestYaml('a'), 'manifests/b.yaml': manifestYaml('b') },
    { ...keyed, MP_NAMESPACE: 'ns_staging' },
  ).mxt('apply --yes');
  await sandbox.change('ns_staging', (one) => ({
    ...one,
    triggers: one.triggers.map((trigger) => ({ ...trigger, description: 'By hand' })),
  }));
  const before = sandbox.requests.length;
  const requests = () => sandbox.requests.slice(before).map(({ method, path }) => `${method} ${path}`);
  return { keyed, requests };
}
