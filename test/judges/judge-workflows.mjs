// The workflows that `mxt init --github` writes, and this repository's own, beside zizmor's default run.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/bundle-options.mjs';
import { folderWith } from './install.mjs';

export async function judgeWorkflows(judges, report, say) {
  const folder = folderWith({});
  const action = 'acme/mxt@0123456789abcdef0123456789abcdef01234567';
  judges.mxt(folder, ['init', '--github', '--owner', 'acme/judges', '--action', action, '--yes']);
  const workflows = join(folder, '.github/workflows');
  const files = readdirSync(workflows);
  report('workflows: init writes three', files.length === 3 ? [] : [`it wrote ${files}`]);
  const flags = ['--quiet', '--offline', '--format', 'json', '--no-exit-codes'];
  const judged = [workflows, join(root, '.github/workflows')];
  const found = JSON.parse(execFileSync(judges.zizmor, [...flags, ...judged], { encoding: 'utf8' }));
  const open = found.filter(({ ignored }) => !ignored);
  report(
    'workflows: zizmor finds nothing',
    open.map(({ ident, desc }) => `${ident}: ${desc}`),
  );
  const accepted = files.flatMap((file) => [
    ...readFileSync(join(workflows, file), 'utf8').matchAll(/# zizmor: ignore\[[\w-]+\](.*)$/gm),
  ]);
  report(
    'workflows: what is accepted has a reason',
    accepted.flatMap(([line, why]) => (/\w/.test(why) ? [] : [line])),
  );
  say(`workflows: ${files.length} files, ${accepted.length} findings accepted`);
}
