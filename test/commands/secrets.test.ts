import { describe, expect, it } from 'vitest';
import { CONFIG, makeRepository, manifestYaml } from '../support/cli.ts';

const ENRICHMENT = 'taxonomy_id: tax_1, collection_id: col_1';
const manifest = (action_type: string, config: string) =>
  manifestYaml('a', { action_type, action_config: `{ ${config} }` });

describe('what a secret stands for is checked like any value, and shown nowhere', () => {
  const TEXT = 'a secret is text: a variable of mxt.yaml may be one: ${{ vars.NAME }}';
  const SECRETS = { MXT_SECRET_N: '12345678', MXT_SECRET_Z: 'zzzzzzzzzz' };

  it.each<[string, string, string, Record<string, string>, string]>([
    [
      'a number',
      ...(['taxonomy_enrichment', `${ENRICHMENT}, batch_size: "\${{ secrets.N }}"`, SECRETS] as const),
      `4:72: error: "batch_size" in action_config must be an integer, and ${TEXT}`,
    ],
    [
      'a number, where it is not set',
      ...(['taxonomy_enrichment', `${ENRICHMENT}, batch_size: "\${{ secrets.N }}"`, {}] as const),
      `4:72: error: "batch_size" in action_config must be an integer, and ${TEXT}`,
    ],
    [
      'true or false',
      ...(['taxonomy_enrichment', `${ENRICHMENT}, incremental: "\${{ secrets.N }}"`, SECRETS] as const),
      `4:73: error: "incremental" in action_config must be true or false, and ${TEXT}`,
    ],
    [
      'a number further in',
      'retriever_execution',
      'retriever_id: r, acceptance: { min_results: "${{ secrets.N }}" }',
      SECRETS,
      `"min_results" in action_config.acceptance must be an integer`,
    ],
    [
      'one of some words',
      ...(['cluster', 'cluster_id: c, mode: "${{ secrets.Z }}"', SECRETS] as const),
      '"mode" in action_config must be "full", "assign" or "composite", and the value of secrets.Z is something else',
    ],
  ])('%s', async (_, type, config, env, message) => {
    const { mxt } = makeRepository({ 'mxt.yaml': CONFIG, 'manifests/a.yaml': manifest(type, config) }, env);
    for (const command of ['validate', 'plan --sandbox', 'validate --format json']) {
      const { code, stdout, stderr } = await mxt(command);
      expect(code).toBe(1);
      if (!command.includes('json')) expect(stderr).toContain(message);
      for (const value of Object.values(SECRETS)) {
        expect(stdout + stderr).not.toContain(value);
      }
    }
  });

  it.each<[string, string, string, Record<string, string>]>([
    ['text', 'cluster', 'cluster_id: "${{ secrets.N }}"', SECRETS],
    [
      'one of some words',
      'cluster',
      'cluster_id: c, mode: "${{ secrets.M }}", source_execution_ids: [a, b]',
      { MXT_SECRET_M: 'composite' },
    ],
    ['one of some words, where it is not set', 'cluster', 'cluster_id: c, mode: "${{ secrets.M }}"', {}],
    ['what is open', 'cluster', 'cluster_id: c, filters: { a: "${{ secrets.N }}" }', SECRETS],
    ['an item', 'collection_trigger', 'collection_id: c, include_buckets: ["x ${{ secrets.N }}"]', SECRETS],
  ])('%s may be one', async (_, type, config, env) => {
    const { mxt } = makeRepository({ 'mxt.yaml': CONFIG, 'manifests/a.yaml': manifest(type, config) }, env);
    expect(await mxt('validate')).toMatchObject({ code: 0 });
  });
});
