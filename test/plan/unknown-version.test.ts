import { describe, expect, it } from 'vitest';
import { applied, inShort, manifest, OWNER, plan } from './world.ts';

const mine = applied(manifest());
const line = mine.description?.split('\n').at(-1) ?? '';
const version2 = (owner: string) => ({
  ...mine,
  description: line.replace('mxt:1', 'mxt:2').replace(OWNER, owner),
});

describe('a label of an unknown version', () => {
  it('of another owner is counted as damaged and stands in nobody’s way', () => {
    const result = plan([manifest()], [version2('else/where')]);
    expect(inShort(result)).toEqual(['create nightly (new) | create']);
    expect(result.damaged).toBe(1);
  });

  it('of nobody that can be read, on the same work, may be ours: it blocks the create', () => {
    const nameless = { ...mine, description: '[mxt:2 what=ever]' };
    expect(inShort(plan([manifest()], [nameless]))).toEqual([
      expect.stringMatching(/^blocked create by lookalike nightly/),
    ]);
  });

  it.each([line, `${line}\nmore`, `text\n\n${line} \t`])(
    'with our owner stops the run: %j',
    (description) => {
      const ours = { ...mine, description: description.replace('mxt:1', 'mxt:12') };
      expect(() => plan([manifest()], [ours])).toThrow(/version 12/);
    },
  );
});
