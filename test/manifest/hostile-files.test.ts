import { describe, expect, it } from 'vitest';
import { manifest, problemsOf } from './scratch.ts';

const KEY = 'mxp_abcdefgh';
const nested = (levels: number) => `{ x: ${'['.repeat(levels)}${']'.repeat(levels)} }`;
const filters = (text: string) => manifest({ action_config: `{ cluster_id: clust_1, filters: ${text} }` });

describe('a key that the text of a file does not show', () => {
  it.each([
    ['by an escape', '"mxp\\x5fabcdefgh"'],
    ['by an escape in its middle', '"mxp_abc\\u0064efgh"'],
    ['folded over a line’s end', '"mxp_abc\\\n  defgh"'],
  ])('%s is found, and shown neither as written nor as read', async (_, written) => {
    const printed = await problemsOf(manifest({ description: written }));
    expect(printed).toContain('manifests/a.yaml:6:14: error: this looks like an API key');
    expect(printed).not.toContain(KEY);
    expect(printed).not.toContain('abc');
  });

  it('is found in a key of a mapping too', async () => {
    const printed = await problemsOf(filters('{ "mxp\\x5fabcdefgh": 1 }'));
    expect(printed).toContain('error: this looks like an API key');
    expect(printed).not.toContain('abcdefgh');
  });
});

describe('characters that YAML forbids', () => {
  it.each([
    ['NUL', '\0', '0000'],
    ['a control character', '\x07', '0007'],
    ['DEL', '\x7f', '007F'],
    ['C1', '\x9b', '009B'],
    ['U+FFFE', '\ufffe', 'FFFE'],
  ])('%s is an error at its place, in YAML and in JSON', async (_, character, code) => {
    const text = manifest({ description: `"a${character}b"` });
    const says = `manifests/a.yaml:6:16: error: the character U+${code} cannot stand in a file`;
    expect(await problemsOf(text)).toContain(says);
    const json = `{"name": "a", "description": "a${character}b"}`;
    expect(await problemsOf(json, {}, 'a.json')).toContain(`the character U+${code} cannot stand in a file`);
  });
});

describe('what would be far larger, or deeper, than it looks', () => {
  // Four levels are above the list: the document, action_config, filters and x.
  it('is no error at 100 levels', async () => {
    expect(await problemsOf(filters(nested(97)))).toBe('');
  });

  it.each([
    ['in YAML', filters(nested(98)), 'a.yaml'],
    ['in JSON', `{"name": "a", "x": ${'['.repeat(100)}1${']'.repeat(100)}}`, 'a.json'],
    ['in JSON of one mapping in another', `${'{"a":'.repeat(101)}1${'}'.repeat(101)}`, 'a.json'],
    [
      'by aliases',
      filters(`{ a: &a ${nested(50)}, b: &b { y: ${'['.repeat(50)}*a${']'.repeat(50)} } }`),
      'a.yaml',
    ],
  ])('is an error at more than 100 levels: %s', async (_, text, name) => {
    expect(await problemsOf(text, {}, name)).toContain('error: this is nested more than 100 levels deep');
  });

  it('is an error by aliases that multiply, at the first of them', async () => {
    const lines = Array.from({ length: 8 }, (_, at) =>
      at === 0 ? 'l0: &l0 [1,1,1,1,1,1,1,1,1,1]' : `l${at}: &l${at} [${`*l${at - 1},`.repeat(10)}]`,
    );
    const printed = await problemsOf(filters(`{ ${lines.join(', ')} }`));
    expect(printed).toContain('error: aliases make this document far larger than it looks: write it out');
    expect(printed).toContain('manifests/a.yaml:3:');
  });

  it('but aliases as people write them are none', async () => {
    expect(await problemsOf(filters('{ a: &a [1, 2], b: *a }'))).toBe('');
  });
});

describe('members that are called like what every object has', () => {
  it.each(
    ['toString', 'valueOf', 'constructor', 'hasOwnProperty'].flatMap((member) => [
      ['name', `{ ${member}: 1 }`],
      ['action_type', `{ ${member}: 1 }`],
      ['trigger_type', `{ ${member}: 1 }`],
      ['trigger_type', `[{ ${member}: 1 }]`],
      ['tags', `[{ ${member}: 1 }, { ${member}: 1 }]`],
      ['renamed_from', `[{ ${member}: 1 }, { ${member}: 2 }]`],
    ]),
  )('are as wrong as any other: %s: %s', async (key = '', value = '') => {
    const text = manifest({ [key]: value });
    const line = text.split('\n').findIndex((one) => one.startsWith(`${key}:`)) + 1;
    const what =
      value.startsWith('{') || key === 'trigger_type' ? `"${key}" must be` : `item 1 of "${key}" must be`;
    expect(await problemsOf(text)).toMatch(new RegExp(`^manifests/a\\.yaml:${line}:\\d+: error: ${what}`));
  });
});
