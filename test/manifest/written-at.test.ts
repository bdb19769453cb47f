import { expect, it, vi } from 'vitest';
import { WrittenPlaces } from '../../src/manifest/compose/written-at.ts';
import * as files from '../../src/manifest/files/repository-file.ts';

vi.mock('../../src/manifest/files/repository-file.ts', { spy: true });

it('parses a file once, however many values are asked about', async () => {
  vi.mocked(files.readText).mockReturnValue('a: 1\nb: 2\n');
  const value = { a: 1, b: 2 };
  const layer = { kind: 'manifest' as const, file: 'm.yaml', real: '/m.yaml', document: 0, at: [], value };
  const places = await WrittenPlaces.open();
  const found = ['a', 'b', 'a'].map((key) => places.of([layer], [key]));
  expect(found.map(({ line }) => line)).toEqual([1, 2, 1]);
  expect(files.readText).toHaveBeenCalledTimes(1);
});
