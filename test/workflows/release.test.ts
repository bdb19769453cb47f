import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { interpolate, workflowOf } from '../support/workflow.ts';

const TARBALL = 'mixpeek-triggers-1.2.3.tgz';
const DIGEST = `sha256:${'d'.repeat(64)}`;
const CONTEXTS = {
  github: {
    token: 'ghs_token',
    actor: 'somebody',
    repository: 'Mixpeek-Triggers/mxt',
    ref_name: 'v1.2.3',
    sha: 'c'.repeat(40),
    event: { repository: { default_branch: 'main' } },
  },
  needs: { image: { outputs: { image: 'ghcr.io/mixpeek-triggers/mxt', digest: DIGEST } } },
};

/** Writes down what it is called with, and what it is given to read. */
const STUB = `#!/bin/bash
printf '%s ' "$(basename "$0")" "$@" >> "$CALLS"; echo >> "$CALLS"
if [ "$1" = login ]; then cat >> "$CALLS"; fi
if [ "$1 $2" = 'buildx build' ]; then echo '{"containerimage.digest":"${DIGEST}"}' > metadata.json; fi
`;

/** What the job build hands on, and commands that would publish it. */
function released() {
  const root = mkdtempSync(join(tmpdir(), 'mxt-release-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  writeFileSync(join(root, TARBALL), 'packed');
  writeFileSync(join(root, 'notes.md'), '### Added\n\n- A thing.\n');
  const sums = execFileSync('sha256sum', [TARBALL], { cwd: root });
  writeFileSync(join(root, 'SHA256SUMS'), sums);
  for (const name of ['npm', 'docker', 'sudo', 'gh', 'git', 'node'])
    writeFileSync(join(root, name), STUB, { mode: 0o755 });
  return root;
}

/** Runs the scripts of a job as GitHub's runner does, one after the other, until one fails. */
function runJob(name: string, root: string) {
  const calls = join(root, 'calls');
  const output = join(root, 'output');
  for (const { run, env = {} } of workflowOf('release').jobs[name]?.steps ?? []) {
    if (run === undefined || run === 'bash .ci/run') continue;
    const given = Object.entries(env).map(([key, value]) => [key, interpolate(value, CONTEXTS)]);
    const { status } = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', run], {
      cwd: root,
      env: {
        PATH: [root, process.env['PATH']].join(delimiter),
        CALLS: calls,
        GITHUB_OUTPUT: output,
        GITHUB_REPOSITORY: CONTEXTS.github.repository,
        ...Object.fromEntries(given),
      },
    });
    if (status !== 0) return { status, calls: read(calls), output: read(output) };
  }
  return { status: 0, calls: read(calls), output: read(output) };
}

const read = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8') : '');

it('builds from a commit of the default branch, for the tag', () => {
  expect(runJob('build', released())).toMatchObject({
    status: 0,
    calls: 'git merge-base --is-ancestor HEAD origin/main \nnode scripts/release.mjs --tag v1.2.3 release \n',
  });
});

it('publishes the very tarball', () => {
  expect(runJob('npm', released())).toMatchObject({
    status: 0,
    calls: `npm publish --ignore-scripts ./${TARBALL} \n`,
  });
});

it('pushes an image of the version, and hands its digest on; the token is on no command line', () => {
  const { status, calls, output } = runJob('image', released());
  expect(status).toBe(0);
  expect(calls).toContain('docker login ghcr.io --username somebody --password-stdin \nghs_token\n');
  expect(calls).toMatch(
    /^docker buildx build --push --platform linux\/amd64,linux\/arm64 --provenance mode=max --sbom true --tag ghcr\.io\/mixpeek-triggers\/mxt:1\.2\.3 .*--file Containerfile \. $/m,
  );
  expect(output).toBe(`image=ghcr.io/mixpeek-triggers/mxt\ndigest=${DIGEST}\n`);
});

it('makes a release whose notes say what to pin', () => {
  const root = released();
  const { status, calls } = runJob('release', root);
  expect(status).toBe(0);
  expect(calls).toBe(
    `gh release create v1.2.3 --verify-tag --title v1.2.3 --notes-file release.md ${TARBALL} SHA256SUMS Containerfile \n`,
  );
  expect(read(join(root, 'release.md'))).toBe(`### Added

- A thing.

### To pin

- The action: \`uses: Mixpeek-Triggers/mxt@${'c'.repeat(40)} # v1.2.3\`
- The image: \`ghcr.io/mixpeek-triggers/mxt@${DIGEST}\`
- Where it comes from: \`gh attestation verify FILE --repo Mixpeek-Triggers/mxt\`, \`npm audit signatures\`
`);
});

it.each(['npm', 'image'])('%s publishes nothing that is not what was tried', (job) => {
  const root = released();
  writeFileSync(join(root, TARBALL), 'something else');
  expect(runJob(job, root)).toEqual({ status: 1, calls: '', output: '' });
});
