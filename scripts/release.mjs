// Makes what a release publishes, in a folder, and tries it there: the packed project, its checksum, and the Containerfile
// beside it. `node scripts/release.mjs FOLDER`; CI does that to every commit. With `--tag v1.2.3` it is a release: the tag must
// fit, the notes are added, and what is packed knows where its action is.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, chown, copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from './bundle-options.mjs';
import { FILE as CHANGELOG, notesOf } from './changelog.mjs';
import { makeImageTree } from './image-tree.mjs';
import { environment, mainJob, makeProject, run } from './main-job.mjs';

const { values, positionals } = parseArgs({ options: { tag: { type: 'string' } }, allowPositionals: true });
const folder = resolve(positionals[0] ?? (await mkdtemp(join(tmpdir(), 'mxt-release-'))));
await mkdir(folder, { recursive: true });

const { name, version, repository } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
const home = new URL(repository.url).pathname.slice(1).replace(/\.git$/, '');

await buildFor(values.tag);
const tarball = await pack();
const work = await mkdtemp(join(tmpdir(), 'mxt-release-'));
try {
  await chmod(work, 0o755); // others than who makes it run in it, too
  await tryPackage();
  await tryImage();
} finally {
  await rm(work, { recursive: true });
}
if (positionals.length === 0) await rm(folder, { recursive: true });

/** @throws Error where the tag is of another version, the changelog has none, or provenance would be refused */
async function buildFor(tag) {
  const env = { ...process.env };
  if (tag !== undefined) {
    if (tag !== `v${version}`) throw new Error(`the tag ${tag} is not of package.json's version, ${version}`);
    await writeFile(join(folder, 'notes.md'), notesOf(await readFile(CHANGELOG, 'utf8'), version));
    const here = process.env.GITHUB_REPOSITORY ?? home;
    if (here !== home) {
      throw new Error(
        `package.json says that the repository is ${home}, and this is ${here}: npm refuses its provenance`,
      );
    }
    const commit = execFileSync('git', ['rev-parse', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim();
    env.MXT_ACTION = `${home}@${commit} # ${tag}`;
  }
  execFileSync(process.execPath, [join(root, 'scripts/build.mjs')], { env, stdio: 'inherit' });
}

async function pack() {
  const command = ['npm', 'pack', '--ignore-scripts', '--json', '--pack-destination', folder];
  const [{ filename, size, entryCount }] = JSON.parse(await run(command, root, environment()));
  const sum = createHash('sha256')
    .update(await readFile(join(folder, filename)))
    .digest('hex');
  await writeFile(join(folder, 'SHA256SUMS'), `${sum}  ${filename}\n`);
  execFileSync('sha256sum', ['--check', '--strict', '--quiet', 'SHA256SUMS'], {
    cwd: folder,
    stdio: 'inherit',
  });
  await copyFile(join(root, 'Containerfile'), join(folder, 'Containerfile'));
  console.log(`packed   ${filename}: ${entryCount} files, ${(size / 1e6).toFixed(1)} MB, sha256 ${sum}`);
  return join(folder, filename);
}

/** Installed as a user does it, in an empty project and for the whole machine, with nothing to say about it. */
async function tryPackage() {
  const project = join(work, 'project');
  const env = { ...environment(), HOME: project };
  await makeProject(project);
  const flags = ['--offline', '--no-audit', '--no-fund', '--no-update-notifier'];
  const said = await run(['npm', 'install', ...flags, '--save-dev', tarball], project, env);
  if (!/^\s*added 1 package in \S+\s*$/.test(said)) throw new Error(`npm install had more to say:\n${said}`);
  await mainJob(['npm', 'exec', '--no', '--', 'mxt'], project, env);
  console.log('works    installed in an empty project by npm');

  const prefix = join(work, 'global');
  await run(
    ['npm', 'install', ...flags, '--global', '--prefix', prefix, '--ignore-scripts', tarball],
    work,
    env,
  );
  const [mxt, other] = [join(prefix, 'bin/mxt'), join(work, 'other')];
  await makeProject(other);
  await mainJob([mxt], other, env);
  if ((await run([mxt, '--version'], other, env)) !== `${version}\n`)
    throw new Error(`${name} has another version`);
  console.log('works    installed for all by npm');
}

/** The files that the image adds, run by the user that it names (where this is root; else by whoever this is). */
async function tryImage() {
  const tree = join(work, 'image');
  const { user, entrypoint } = makeImageTree(folder, tree);
  const [uid, gid] = user.split(':').map(Number);
  if (!(uid > 0 && gid > 0))
    throw new Error(`Containerfile: it runs as ${user}, and not as an unprivileged number`);
  const project = join(work, 'mounted');
  await makeProject(project);
  const isRoot = process.getuid?.() === 0;
  for (const path of isRoot ? ['', 'manifests', 'manifests/nightly-products.yaml', 'mxt.yaml'] : [])
    await chown(join(project, path), uid, gid);
  const [command] = entrypoint;
  const mxt = [process.execPath, join(tree, 'usr/local/bin', command)];
  await mainJob(mxt, project, { ...environment(), HOME: project }, isRoot ? { uid, gid } : {});
  console.log(`works    from the image's files, as ${isRoot ? user : 'this user'}`);
}
