import { expect, it } from 'vitest';
import { withAllowed } from '../../src/authoring/allow-unknown.ts';

it.each([
  ['owner: a\n', 'owner: a\nallow_unknown: [x.y]\n'],
  ['owner: a', 'owner: a\nallow_unknown: [x.y]\n'],
  ['owner: a\nallow_unknown: []  # none\n', 'owner: a\nallow_unknown: [x.y]  # none\n'],
  ['allow_unknown: [b.c]\nowner: a\n', 'allow_unknown: [b.c, x.y]\nowner: a\n'],
  ['allow_unknown:\n  - b.c # why\n\nowner: a\n', 'allow_unknown:\n  - b.c # why\n  - x.y\n\nowner: a\n'],
  ['{ owner: a }\n', null],
])('%j', (text, edited) => {
  expect(withAllowed(text, ['x.y'])).toBe(edited);
});
