import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeRepository, type Repository } from '../support/cli.ts';
import { shownIn } from '../support/shown-commands.ts';

it('docs/composing.md shows what its files make its commands print', async () => {
  const repository = makeRepository();
  let shown = 0;
  for (const one of shownIn('docs/composing.md')) {
    if ('file' in one) {
      repository.write(one.file, one.text);
      continue;
    }
    const { line, command, prints } = one;
    const words = command.split(' ').slice(1);
    const pulls = words[0] === 'pull';
    if (pulls) await drift(repository);
    const { stdout, stderr } = await repository.mxt(pulls ? [...words, '--sandbox'] : words);
    expect([line, (stderr + stdout).trimEnd()]).toEqual([line, prints]);
    shown++;
  }
  expect(shown).toBeGreaterThan(5);
});

/** What the page says of live: somebody changed two schedules in the console. The mistaken manifest is gone again. */
async function drift(repository: Repository): Promise<void> {
  const file = join(repository.root, '.mxt/sandbox.json');
  repository.write('manifests/oops.yaml', '');
  expect((await repository.mxt('apply --sandbox -e production --yes')).code).toBe(0);
  const state = readFileSync(file, 'utf8')
    .replaceAll('Europe/Berlin', 'UTC')
    .replaceAll(/"interval_seconds": ?7200/g, '"interval_seconds": 900')
    .replaceAll(/"updated_at": ?"[^"]+"/g, '"updated_at": "2030-01-01T00:00:00.000000Z"');
  writeFileSync(file, state);
}
