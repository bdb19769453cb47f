import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Loaded, type LoadOptions, loadManifests } from '../../src/manifest/load-manifests.ts';
import { type Resolved, resolveManifests } from '../../src/manifest/resolve/resolve-manifests.ts';
import { renderProblems } from '../../src/render/text/problems.ts';

/** A folder with these files, gone when the test is over. */
export function scratch(files: Readonly<Record<string, string | Uint8Array>>): string {
  const root = mkdtempSync(join(tmpdir(), 'mxt-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
}

/** What a folder says where references stand for nothing yet. */
export async function load(
  root: string,
  options: Partial<LoadOptions> = {},
): Promise<Pick<Loaded, 'files' | 'problems'> & Pick<Resolved, 'desired'>> {
  const now = new Date('2026-11-24T00:00:00Z');
  const usual = { root, folders: ['manifests'], allowUnknown: [], environments: null, now };
  const loaded = await loadManifests({ ...usual, ...options });
  const { desired, problems } = await resolveManifests(loaded, {
    environment: null,
    vars: {},
    resources: {},
  });
  return { desired, files: loaded.files, problems: [...loaded.problems, ...problems] };
}

/** What is printed for one file at manifests/a.yaml. */
export async function problemsOf(
  text: string,
  options: Partial<LoadOptions> = {},
  name = 'a.yaml',
): Promise<string> {
  const { problems } = await load(scratch({ [`manifests/${name}`]: text }), options);
  return renderProblems(problems, { color: false });
}

/** A manifest in the short form of YAML, with some of its lines replaced (null: left out). */
export function manifest(lines: Readonly<Record<string, string | null>> = {}): string {
  const all: Record<string, string | null> = {
    name: 'a',
    action_type: 'cluster',
    action_config: '{ cluster_id: clust_1 }',
    trigger_type: 'cron',
    schedule_config: '{ cron_expression: "0 2 * * *" }',
    ...lines,
  };
  return Object.entries(all)
    .filter(([, value]) => value !== null)
    .map(([key, value]) => `${key}: ${value}\n`)
    .join('');
}
