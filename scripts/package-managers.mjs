// Installs the packed project with each package manager, by npm under each Node, and straight from Git, in an empty
// project, and runs the main job there: validate, plan, apply, and a second plan that is empty. Outside CI: it unpacks some 1 GB.
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './bundle-options.mjs';
import { environment, mainJob, makeProject, run } from './main-job.mjs';

// `add` installs the tarball, `run` goes before the arguments of mxt.
const MANAGERS = [
  { name: 'npm', add: ['npm', 'install'], run: ['npm', 'exec', '--no', '--', 'mxt'] },
  {
    name: 'npm, from Git', // what is committed, which has no dist/
    add: ['npm', 'install'],
    spec: () => `git+file://${root}#${head}`,
    run: ['npm', 'exec', '--no', '--', 'mxt'],
  },
  {
    name: 'npm, from Git, for all',
    add: ['npm', 'install', '--global', '--prefix', '.'],
    spec: () => `git+file://${root}#${head}`,
    run: [join('bin', 'mxt')],
  },
  { name: 'pnpm', from: 'pnpm@12.21.0', add: ['pnpm', 'add'], run: ['pnpm', 'exec', 'mxt'] },
  {
    name: 'yarn (PnP)',
    from: '@yarnpkg/cli-dist@4.18.1',
    // An empty lock file makes the folder a project of its own.
    files: { '.yarnrc.yml': 'nodeLinker: pnp\nenableTelemetry: false\n', 'yarn.lock': '' },
    add: ['yarn', 'add'],
    spec: (tarball) => `mixpeek-triggers@file:${tarball}`,
    run: ['yarn', 'run', 'mxt'],
  },
  { name: 'bun', from: 'bun@1.4.5', add: ['bun', 'add'], run: ['bun', 'run', 'mxt'] },
  {
    name: 'deno',
    from: 'deno@2.9.6',
    add: ['deno', 'add', '--node-modules-dir=auto'],
    // Deno passes over a tarball without a word, so it gets it from a registry. It would run mxt itself, not by Node.
    spec: (_, version) => `npm:mixpeek-triggers@${version}`,
    run: [join('node_modules', '.bin', 'mxt')],
  },
];

// The oldest that package.json allows, then the newest of each major. The package `node` would fetch these by a script.
const NODES = ['20.19.0', '22.23.3', '24.21.0', '26.10.0'];

const work = await mkdtemp(join(tmpdir(), 'mxt-packages-'));

/** Installs a package from the registry into a folder of its own, and gives the folder of its commands. */
async function tool(spec) {
  const folder = join(work, 'tools', spec.replace('/', '-'));
  await mkdir(folder, { recursive: true });
  await run(['npm', 'install', '--prefix', folder, '--no-audit', '--no-fund', spec], folder, environment());
  return join(folder, 'node_modules', '.bin');
}

async function installAndRun({ manager, label, from }, folders) {
  const { add, spec = (file) => file, run: exec, files = {} } = manager;
  const project = join(work, label.replace(/\W+/g, '-'));
  await makeProject(project, files);
  // A home of its own: no cache, and no settings of the person who runs this.
  const env = { ...environment(folders), HOME: project };
  if (add[0] === 'deno') env.NPM_CONFIG_REGISTRY = `http://127.0.0.1:${server.address().port}/`;
  const versionOf = async (name) => /\d[\d.]+/.exec(await run([name, '--version'], project, env))?.[0];
  const versions = [await versionOf(add[0]), await versionOf('node')];
  // Otherwise this machine's own would stand in for one that is not there.
  if (from && !versions.includes(from.split('@').at(-1))) throw new Error(`found ${versions}, not ${from}`);
  await run([...add, spec(tarball, version)], project, env);
  await mainJob(exec, project, env);
  return `${add[0]} ${versions[0]}, Node ${versions[1]}`;
}

const [packed] = JSON.parse(
  await run(['npm', 'pack', '--ignore-scripts', '--json', '--pack-destination', work], root, environment()),
);
const tarball = join(work, packed.filename);
const head = (await run(['git', 'rev-parse', 'HEAD'], root, environment())).trim();
const { bin } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));

// A registry that has the packed project alone, which is all it takes: the project has no dependencies.
const { name, version, integrity, shasum } = packed;
const server = createServer(async ({ url, headers }, response) => {
  if (url === '/tarball') return response.end(await readFile(tarball));
  if (url !== `/${name}`) return response.writeHead(404).end();
  const dist = { tarball: `http://${headers.host}/tarball`, integrity, shasum };
  const versions = { [version]: { name, version, bin, dist } };
  response.end(JSON.stringify({ name, 'dist-tags': { latest: version }, versions }));
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));

const node = `node-${process.platform}-${process.arch}`;
const combinations = [
  ...MANAGERS.map((manager) => ({ manager, label: manager.name, from: manager.from })),
  ...NODES.map((v) => ({ manager: MANAGERS[0], label: `npm, Node ${v}`, from: `${node}@${v}` })),
];
const count = { passed: 0, failed: 0 };
for (const { manager, label, from } of combinations) {
  let folders;
  try {
    folders = from ? [await tool(from)] : [];
    console.log(`passed  ${label}: ${await installAndRun({ manager, label, from }, folders)}`);
    count.passed += 1;
  } catch (error) {
    // What the registry does not give is named, and says nothing about this project.
    console.log(`${folders ? 'failed' : `not to be had (${from})`}  ${label}: ${error.message}`);
    if (folders) count.failed += 1;
  }
}
server.close();
await rm(work, { recursive: true, force: true });
console.log(`${count.passed} passed, ${count.failed} failed`);
process.exitCode = count.failed || !count.passed ? 1 : 0;
