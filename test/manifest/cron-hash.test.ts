import { CronExpressionParser } from 'cron-parser';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCron } from '../../src/manifest/check/parse-cron.ts';
import { resolveHash } from '../../src/manifest/resolve/cron-hash.ts';
import { runs } from '../support/random.ts';

const names = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,62}$/);

/** One of the forms of H, within a field. */
function hash(max: number): fc.Arbitrary<string> {
  const bounds = fc
    .tuple(fc.nat(max), fc.nat(max))
    .map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
  const step = (size: number) => fc.integer({ min: 2, max: Math.max(2, size) });
  return fc.oneof(
    fc.constant('H'),
    step(max + 1).map((by) => `H/${by}`),
    bounds.map(([from, to]) => `H(${from}-${to})`),
    bounds
      .filter(([from, to]) => to > from)
      .chain(([from, to]) => step(to - from + 1).map((by) => `H(${from}-${to})/${by}`)),
  );
}

describe('H', () => {
  // Written down, so that an update of a package cannot move the runs of every repository.
  it.each([
    ['H 2 * * *', 'nightly-products', '51 2 * * *'],
    ['H H * * *', 'nightly-products', '51 0 * * *'],
    ['H H * * *', 'a', '18 8 * * *'],
    ['H/15 * * * *', 'nightly-products', '12,27,42,57 * * * *'],
    ['H(0-29) 2 * * *', 'nightly-products', '25 2 * * *'],
    ['H(0-29)/10 2 * * *', 'nightly-products', '8,18,28 2 * * *'],
    ['H(5-29)/10 2 * * *', 'nightly-products', '8,18,28 2 * * *'],
    ['0 H(1-5) * * THU', 'nightly-products', '0 1 * * THU'],
    ['H(0-9),H(30-39) 2 * * *', 'nightly-products', '8,38 2 * * *'],
    ['51,H 2 * * *', 'nightly-products', '51 2 * * *'],
    ['0 2 * MAR THU', 'nightly-products', '0 2 * MAR THU'],
  ])('%s for %s: %s', (written, name, resolved) => {
    expect(resolveHash(written, name)).toBe(resolved);
  });

  it('is what cron-parser makes of it with the name as its seed', () => {
    fc.assert(
      fc.property(hash(59), hash(23), names, (minute, hour, name) => {
        const written = `${minute} ${hour} * * *`;
        expect(parseCron(written)).not.toHaveProperty('message');
        const [minutes, hours] = resolveHash(written, name).split(' ');
        const { fields } = CronExpressionParser.parse(written, { hashSeed: name });
        expect([minutes, hours]).toEqual([fields.minute.values.join(','), fields.hour.values.join(',')]);
      }),
      { numRuns: runs(2000) },
    );
  });

  it('is always the same, standard cron, and within its range', () => {
    fc.assert(
      fc.property(hash(59), names, (minute, name) => {
        const resolved = resolveHash(`${minute} 2 * * *`, name);
        expect(resolveHash(`${minute} 2 * * *`, name)).toBe(resolved);
        expect(resolveHash(resolved, name)).toBe(resolved);
        const [from, to] = (/\((\d+)-(\d+)\)/.exec(minute)?.slice(1) ?? ['0', '59']).map(Number);
        const values = (resolved.split(' ')[0] ?? '').split(',').map(Number);
        expect(values.length).toBeGreaterThan(0);
        for (const value of values) expect(value >= (from ?? 0) && value <= (to ?? 59)).toBe(true);
      }),
      { numRuns: runs(2000) },
    );
  });

  it('spreads a herd: of 600 names, no minute gets more than four times its share', () => {
    const herd = Array.from({ length: 600 }, (_, at) => resolveHash('H 2 * * *', `nightly-${at}`));
    const counts = new Map<string, number>();
    for (const expression of herd) counts.set(expression, (counts.get(expression) ?? 0) + 1);
    expect(counts.size).toBeGreaterThan(55);
    expect(Math.max(...counts.values())).toBeLessThanOrEqual(40);
  });
});
