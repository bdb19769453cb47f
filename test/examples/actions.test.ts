import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { loadManifests } from '../../src/manifest/load-manifests.ts';
import { CONFIG, makeRepository, NAMESPACE, withSandbox } from '../support/cli.ts';

const folder = new URL('../../examples/actions/', import.meta.url);

it('the examples of the newest actions are valid, and hold no secret', async () => {
  const { manifests, problems } = await loadManifests({
    root: folder.pathname,
    folders: ['.'],
    allowUnknown: [],
    environments: null,
    now: new Date('2026-11-24T10:00:00Z'),
  });
  expect(problems).toEqual([]);
  expect(manifests.map(({ value }) => value['action_type'])).toEqual([
    'alert_evaluation',
    'retriever_execution',
  ]);
  for (const file of readdirSync(folder)) {
    expect(readFileSync(new URL(file, folder), 'utf8')).not.toMatch(/https?:/);
  }
});

it('they are applied as they stand, and then nothing is left to do', async () => {
  const { sandbox, env } = await withSandbox();
  const files = readdirSync(folder).map((file) => [
    `manifests/${file}`,
    readFileSync(new URL(file, folder), 'utf8'),
  ]);
  const hook = 'https://hooks.example.com/T000/secret';
  const { mxt } = makeRepository(
    { 'mxt.yaml': CONFIG, ...Object.fromEntries(files) },
    { ...env, MXT_SECRET_SEARCH_ALERTS: hook },
  );
  expect((await mxt('apply --yes')).stdout).toContain('Apply: 2 applied. Live equals the manifests.');
  expect(JSON.stringify(sandbox.world(NAMESPACE).triggers)).toContain(hook);
  expect((await mxt('plan --detailed-exitcode')).code).toBe(0);
});
