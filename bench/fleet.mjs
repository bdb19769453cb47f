// npm run bench:fleet [-- --environments N --manifests N]: what one process takes to plan a whole fleet against the
// embedded sandbox: seconds of CPU, and its largest memory. Nothing is live, so that all of it is to be created.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    environments: { type: 'string', default: '2000' },
    manifests: { type: 'string', default: '50' },
  },
});
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const root = mkdtempSync(join(tmpdir(), 'mxt-fleet-'));
const list = (count, item) => Array.from({ length: Number(count) }, (_, at) => item(at));

mkdirSync(join(root, 'manifests'));
const environments = list(
  values.environments,
  (at) => `  e${at}: { namespace: ns_${at}, vars: { products: clust_${at} } }\n`,
);
writeFileSync(join(root, 'mxt.yaml'), `owner: acme/search\nenvironments:\n${environments.join('')}`);
for (const [at, cluster] of list(values.manifests, (n) =>
  n % 2 ? 'clust_1' : '"${{ vars.products }}"',
).entries()) {
  writeFileSync(
    join(root, 'manifests', `m${at}.yaml`),
    `name: m${at}
action_type: cluster
action_config: { cluster_id: ${cluster} }
trigger_type: cron
schedule_config: { cron_expression: "${at % 60} 2 * * *", timezone: America/New_York }
`,
  );
}
const memory = pathToFileURL(here('./peak-memory.mjs')).href;
for (const format of ['text', 'json']) {
  const { status, stderr } = spawnSync(
    process.execPath,
    [
      '--import',
      memory,
      here('../dist/mxt.js'),
      'plan',
      '--all-environments',
      '--sandbox',
      '--format',
      format,
    ],
    { cwd: root, encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'], maxBuffer: 1 << 30 },
  );
  if (status !== 0) throw new Error(stderr);
  const [, peak, seconds] = /peak=(\d+) cpu=([\d.]+)/.exec(stderr) ?? [];
  console.log(`plan --format ${format}: ${seconds} s of CPU, at most ${peak} MiB`);
}
rmSync(root, { recursive: true });
