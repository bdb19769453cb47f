import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { loadManifests } from '../../src/manifest/load-manifests.ts';

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
