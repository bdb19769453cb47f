import fc from 'fast-check';
import { apply } from 'tiny-merge-patch';
import { describe, expect, it } from 'vitest';
import { readSchema, withLayers } from '../../scripts/layer-schemas.mjs';
import type { JsonObject } from '../../src/domain/json.ts';
import type { Layer } from '../../src/domain/layer.ts';
import { isObject } from '../../src/lib/is-object.ts';
import { leaves } from '../../src/lib/pointer.ts';
import { layOver, originOf } from '../../src/manifest/compose/layer.ts';

const object = fc
  .object({ maxDepth: 3, key: fc.constantFrom('a', 'b', 'c'), values: [fc.integer(), fc.constant(null)] })
  .map((one) => JSON.parse(JSON.stringify(one)) as JsonObject);

describe('layers', () => {
  it('are merge patches, but for a null where nothing was given: it stays as it is written', () => {
    fc.assert(
      fc.property(object, object, (below, above) => {
        const laid = layOver(below, above);
        const merged = apply(below, above) as JsonObject;
        const withoutNulls = (value: JsonObject) => [...leaves(value)].filter(([, leaf]) => leaf !== null);
        expect(withoutNulls(laid).filter(([, leaf]) => typeof leaf === 'number')).toEqual(
          withoutNulls(merged).filter(([, leaf]) => typeof leaf === 'number'),
        );
      }),
    );
    expect(
      layOver({ a: 1, f: { x: 1 } }, { a: null, b: null, f: { x: null, y: null }, g: { z: null } }),
    ).toEqual({
      b: null,
      f: { y: null },
      g: { z: null },
    });
  });

  it('leave both sides as they were', () => {
    fc.assert(
      fc.property(object, object, (below, above) => {
        const before = JSON.stringify([below, above]);
        layOver(below, above);
        expect(JSON.stringify([below, above])).toBe(before);
      }),
    );
  });

  const layer = (kind: Layer['kind'], file: string, value: JsonObject): Layer => ({
    kind,
    file,
    real: file,
    document: 0,
    at: [],
    value,
  });
  const LAYERS = [
    layer('defaults', 'd', { s: { tz: 'UTC', cron: 'x' }, f: { a: 1 }, list: [1] }),
    layer('manifest', 'm', { s: { cron: '0 2 * * *' }, f: { b: 2 } }),
    layer('overlay', 'o', { f: { a: null }, list: [2, 3] }),
  ];

  it.each([
    [['s', 'tz'], 'd', ['s', 'tz']],
    [['s', 'cron'], 'm', ['s', 'cron']],
    [['f', 'b'], 'm', ['f', 'b']],
    [['f', 'a'], 'o', ['f', 'a']],
    [['list', 1], 'o', ['list', 1]],
    [['list', 5], 'o', ['list']],
    [['nowhere'], 'm', ['nowhere']],
  ])('say where %j was written', (path, file, at) => {
    const origin = originOf(LAYERS, path);
    expect([origin.layer.file, origin.path]).toEqual([file, at]);
  });
});

describe('the schemas of layers', () => {
  it('follow from that of a manifest: npm run schemas', () => {
    const [trigger, config] = [readSchema('trigger'), readSchema('config')];
    expect(withLayers(trigger, config)).toEqual({ trigger, config, defaults: readSchema('defaults') });
  });

  it('offer their words to an editor, which looks for none behind a condition', () => {
    const silent: string[] = [];
    const look = (node: unknown, at: string): void => {
      if (!isObject(node)) return;
      const { if: condition, else: otherwise, examples } = node;
      if (
        isObject(condition) &&
        isObject(otherwise) &&
        Array.isArray(otherwise['enum']) &&
        examples === undefined
      )
        silent.push(at);
      for (const [key, inner] of Object.entries(node)) look(inner, `${at}/${key}`);
    };
    for (const kind of ['trigger', 'config', 'defaults']) look(readSchema(kind), kind);
    expect(silent).toEqual([]);
  });
});
