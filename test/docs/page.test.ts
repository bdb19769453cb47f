import { describe, expect, it } from 'vitest';
import { cutAlike, partsOf } from './page.ts';

describe('what a page leaves out', () => {
  it.each([
    ['nothing', 'old', 'new\nlines', 'new\nlines'],
    ['nothing, with air below', 'old\n', 'new', 'new\n'],
    ['all but the first lines', 'a\nb\n…', '1\n2\n3\n4', '1\n2\n…'],
    ['all but the last line', '…\nz', '1\n2\n3', '…\n3'],
    ['lines in the middle', 'a\n…\nz', '1\n2\n3', '1\n…\n3'],
    ['paragraphs in the middle', 'a\nb\n\n…\n\nz', '1\n\n2\n3\n\n4\n5', '1\n\n…\n\n4\n5'],
    ['all but the first paragraphs', 'a\n\nb\n\n…', '1\n2\n\n3\n\n4', '1\n2\n\n3\n\n…'],
  ])('%s', (_, shown, printed, cut) => {
    expect(cutAlike(shown, printed)).toBe(cut);
    expect(cutAlike(cut, printed)).toBe(cut);
  });

  it('is one part at most', () => {
    expect(() => cutAlike('a\n…\nb\n…\nc', '1\n2\n3')).toThrow('one part');
  });
});

it('a page is its parts: prose, files, scenes, and commands with what they print', () => {
  const page = [
    '# A page',
    '<!-- scene: a-scene -->',
    '```yaml',
    '# manifests/a.yaml',
    'name: a',
    '```',
    '```sh',
    'mxt plan',
    '```',
    '```',
    '$ mxt plan',
    'printed',
    '$ mxt apply',
    '```',
    '',
  ].join('\n');
  expect(partsOf(page).filter(({ kind }) => kind !== 'text')).toEqual([
    { kind: 'scene', name: 'a-scene', text: '<!-- scene: a-scene -->\n' },
    {
      kind: 'file',
      path: 'manifests/a.yaml',
      content: '# manifests/a.yaml\nname: a\n',
      text: '```yaml\n# manifests/a.yaml\nname: a\n```\n',
    },
    { kind: 'command', line: 11, command: 'mxt plan', prints: 'printed' },
    { kind: 'command', line: 13, command: 'mxt apply', prints: '' },
  ]);
  expect(() => partsOf('```\n$ mxt plan\n')).toThrow('line 1: this block does not end');
});
