import { expect, it } from 'vitest';
import { PAGES, pageText, TOP } from '../support/markdown-pages.ts';
import { commandText, cutAlike, partsOf } from './page.ts';
import { SCENES } from './scenes.ts';
import { Stage } from './stage.ts';

/** A page with what its commands print now, each after what stands before it on the page. */
async function rerun(page: string): Promise<string> {
  const stage = new Stage();
  let text = '';
  for (const part of partsOf(pageText(page))) {
    if (part.kind === 'command') {
      const printed = await stage.run(part.command);
      expectAlike(`${page}:${part.line}`, part.prints, printed);
      text += commandText(part.command, cutAlike(part.prints, printed));
      continue;
    }
    text += part.text;
    if (part.kind === 'file') stage.repository.write(part.path, part.content);
    if (part.kind === 'scene') {
      const scene = SCENES[part.name];
      if (scene === undefined) throw new Error(`${page}: there is no scene ${part.name}`);
      await scene(stage);
    }
  }
  return text;
}

/** Renewed is what a command prints, not whether it fails: a page that is renewed unseen would show a mistake as it should be. */
function expectAlike(place: string, shown: string, printed: string): void {
  const fails = (text: string) => /^(?:internal )?error: /.test(text);
  if (shown !== '' && fails(shown) !== fails(printed))
    throw new Error(`${place} ${fails(shown) ? 'no longer fails' : 'fails now'}: ${printed}`);
  if (printed.includes('This is a bug in mxt')) throw new Error(`${place}: ${printed}`);
}

const runs = (page: string): boolean => partsOf(pageText(page)).some(({ kind }) => kind === 'command');

// To renew what they show: npm run docs
it.each(PAGES.filter(runs))('%s shows what its commands print', async (page) => {
  await expect(await rerun(page)).toMatchFileSnapshot(`${TOP}/${page}`);
});
