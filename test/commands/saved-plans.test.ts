import { describe, expect, it } from 'vitest';
import { makeRepository, manifestYaml } from '../support/cli.ts';

const CONFIG = `owner: acme/search
environments:
  staging: { namespace: ns_staging }
  production: { namespace: ns_prod }
`;

/** A repository with a saved plan of all its environments. */
async function planned() {
  const repository = makeRepository({ 'mxt.yaml': CONFIG, 'manifests/a.yaml': manifestYaml('a') });
  await repository.mxt('plan --sandbox --all-environments --out plans.json');
  return repository;
}

describe('a saved plan of all environments', () => {
  it('is good for each of them, once', async () => {
    const { mxt } = await planned();
    for (const environment of ['production', 'staging']) {
      const apply = `apply plans.json --sandbox --yes -e ${environment}`;
      expect(await mxt(apply)).toMatchObject({ code: 0, stdout: expect.stringContaining('1 applied') });
      expect(await mxt(apply)).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('this is no longer the saved plan'),
      });
    }
  });

  it('says which it has where the one that is applied is not there', async () => {
    const { mxt, write } = await planned();
    write('mxt.yaml', `${CONFIG}  qa: { namespace: ns_qa }\n`);
    const { code, stderr } = await mxt('apply plans.json --sandbox --yes -e qa');
    expect(code).toBe(1);
    expect(stderr).toBe('error: plans.json has no plan of environment qa\n  It has staging, production.\n');
  });
});
