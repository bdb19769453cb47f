import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { makeRepository, manifestYaml } from '../support/cli.ts';
import { PAGES, pageText } from '../support/markdown-pages.ts';

interface Block {
  readonly place: string;
  readonly text: string;
}

const blocks: readonly Block[] = PAGES.flatMap((page) => {
  const text = pageText(page);
  return [...text.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(({ 1: body = '', index }) => ({
    place: `${page}:${text.slice(0, index).split('\n').length}`,
    text: body,
  }));
});

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

describe('YAML on our pages', () => {
  it.each(blocks)('$place is YAML', ({ text }) => {
    expect(parseAllDocuments(text).flatMap(({ errors }) => errors)).toEqual([]);
  });

  const configurations = blocks.filter(({ text }) => {
    const value = parse(text, { logLevel: 'silent' });
    const keys = isMap(value) ? Object.keys(value) : [];
    return (
      !keys.includes('action_type') &&
      ['owner', 'rules', 'lint', 'allow_unknown'].some((key) => keys.includes(key))
    );
  });

  it.each(configurations)('$place is what mxt.yaml may say', async ({ text }) => {
    const config = /^owner:/m.test(text) ? text : `owner: acme/search\n${text}`;
    const { mxt } = makeRepository({ 'mxt.yaml': config, 'manifests/a.yaml': manifestYaml('a') });
    const { stderr } = await mxt('validate');
    expect(stderr.match(/^mxt\.yaml.* error: .*/gm) ?? []).toEqual([]);
  });
});
