// Writes THIRD-PARTY-NOTICES.txt: of every package that is in the bundles, its version, its licence and the licence's text.
// What is bundled is what esbuild read, so that nothing is forgotten, and what only tests use is not named. `--check` compares.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { bundleOptions, root } from './bundle-options.mjs';

const FILE = join(root, 'THIRD-PARTY-NOTICES.txt');

/**
 * Licences that ask to be passed on, and the MPL, which also asks to say where the source is. Another one is a decision, not
 * a formality.
 */
const ALLOWED = [
  'MIT',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  '0BSD',
  'BlueOak-1.0.0',
  'MPL-2.0',
];

const HEADER = `mxt is published under the MIT licence (LICENSE). Its bundles, dist/ and action/index.mjs, hold code of the packages below,
each under its own licence. scripts/notices.mjs writes this file from what is bundled.
`;

/** @returns folders of packages, relative to the repository: `node_modules/yaml` */
async function bundledPackages() {
  const { metafile } = await build({
    ...bundleOptions,
    entryPoints: ['src/mxt.ts', 'src/action.ts'],
    outdir: 'dist',
    splitting: true,
    write: false,
    metafile: true,
  });
  const folders = Object.keys(metafile.inputs).map((path) => {
    const end = path.lastIndexOf('node_modules/') + 'node_modules/'.length;
    const [first, second] = path.slice(end).split('/');
    if (!path.includes('node_modules/')) return null;
    return `${path.slice(0, end)}${first.startsWith('@') ? `${first}/${second}` : first}`;
  });
  return [...new Set(folders)].filter((folder) => folder !== null);
}

function noticeOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
  const files = readdirSync(join(root, folder)).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file));
  const texts = files.sort().map((file) => readFileSync(join(root, folder, file), 'utf8').trim());
  if (!ALLOWED.includes(license)) throw new Error(`${name}: the licence ${license} is not among ${ALLOWED}`);
  if (texts.length === 0) throw new Error(`${name}: no text of its licence (${license})`);
  const head = `${name} ${version} (${license})\nSource: https://www.npmjs.com/package/${name}/v/${version}`;
  return `${[head, ...texts].join('\n\n').replaceAll('\r\n', '\n')}\n`;
}

const notices = new Set((await bundledPackages()).map(noticeOf));
const text = [HEADER, ...[...notices].sort()].join(`\n${'-'.repeat(80)}\n\n`);
if (!process.argv.includes('--check')) writeFileSync(FILE, text);
else if (readFileSync(FILE, 'utf8') !== text) {
  console.error('THIRD-PARTY-NOTICES.txt is not what is bundled. npm run notices, and commit it.');
  process.exitCode = 1;
}
