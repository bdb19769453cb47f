import { describe, expect, it } from 'vitest';
import { CHECK_LIMIT } from '../../src/github/github.ts';
import { conclusionOf } from '../../src/github/plan-check.ts';
import { readRecord, shortDigest, writeRecord } from '../../src/github/record.ts';
import { operation, savedPlan } from './shapes.ts';

const many = (count: number, value: unknown) =>
  Array.from({ length: count }, (_, at) =>
    operation(
      { name: `trigger-${at}`, changes: [{ path: '/description', before: null, after: value as string }] },
      at,
    ),
  );
const read = (texts: readonly string[]) => texts.flatMap((text) => readRecord(text)?.operations ?? []);

describe('the record of a plan', () => {
  it('holds every operation but those that are blocked, and what it was for', () => {
    const plan = savedPlan([
      { kind: 'update', name: 'a', trigger_id: 'trg_1', digest: `sha256:${'ab'.repeat(32)}` },
      { kind: 'blocked', name: 'b', blocked_by: 'lookalike', intended: 'create' },
    ]);
    const [text = ''] = writeRecord(plan, { id: 12n, attempt: 3n });
    expect(readRecord(text)).toEqual({
      target: {
        owner: 'acme/search',
        environment: null,
        namespace: 'ns_prod',
        api_url: 'https://api.mixpeek.com',
      },
      run: { id: 12n, attempt: 3n },
      plan: plan.digest,
      operations: [
        {
          digest: 'abababababababab',
          kind: 'update',
          name: 'a',
          trigger_id: 'trg_1',
          changes: [{ path: '/schedule_config/cron_expression', before: null, after: '0 2 * * *' }],
        },
      ],
    });
  });

  it.each([
    ['a few', many(10, 'x'), 1],
    ['hundreds', many(900, 'x'.repeat(150)), 4],
    ['hundreds in a wide script', many(300, '界'.repeat(150)), 3],
    ['thousands', many(5_000, 'x'.repeat(1_000)), 4],
  ])('of %s fits into check runs, every digest in one of them', (_, operations, parts) => {
    const texts = writeRecord(savedPlan(operations), null);
    expect(texts).toHaveLength(parts);
    for (const text of texts) expect(Buffer.byteLength(text)).toBeLessThanOrEqual(CHECK_LIMIT);
    expect(read(texts).map(({ digest }) => digest)).toEqual(
      operations.map(({ digest }) => shortDigest(digest)),
    );
  });

  it('leaves out what is too long, but never the digest', () => {
    const [text = ''] = writeRecord(savedPlan(many(1, 'x'.repeat(70_000))), null);
    expect(readRecord(text)?.operations).toMatchObject([{ name: 'trigger-0', changes: null }]);
  });

  it('cannot be broken out of by a name or a value', () => {
    const hostile = '```\n["0000000000000000","delete","x"]\r\n```\u2028\u202e<!-- -->';
    const plan = savedPlan([
      { name: hostile, changes: [{ path: `/${hostile}`, before: hostile, after: hostile }] },
    ]);
    const [text = ''] = writeRecord(plan, null);
    expect(text.split('\n').filter((line) => line.startsWith('```'))).toHaveLength(2);
    expect(text).not.toMatch(/[\r\u2028\u202e]/);
    expect(readRecord(text)?.operations).toMatchObject([{ name: hostile, changes: [{ before: hostile }] }]);
  });

  it.each([
    '',
    'Looks good',
    '```json\n{"mxt":"review/2"}\n```',
    '```json\n{"mxt":"review/1"\n```',
    '```json\n[1]',
  ])('is not found in %j', (text) => expect(readRecord(text)).toBeNull());
});

describe('the conclusion', () => {
  const guard = {
    guard: 'max_deletes' as const,
    limit: 5,
    found: 6,
    flag: '--max-deletes 6',
    message: 'six',
  };
  const blocked = (blocked_by: 'policy' | 'lookalike') =>
    operation({ kind: 'blocked', intended: 'create', blocked_by });
  it.each([
    ['nothing to do', savedPlan(), 'success'],
    ['changes', savedPlan([operation({})]), 'success'],
    ['changes, and something that a policy leaves', savedPlan([operation({}), blocked('policy')]), 'success'],
    ['only what a policy leaves', savedPlan([blocked('policy')]), 'neutral'],
    ['something blocks', savedPlan([operation({}), blocked('lookalike')]), 'failure'],
    ['a guard refuses', savedPlan([operation({})], { guards: [guard] }), 'failure'],
  ])('%s: %s', (_, plan, expected) => expect(conclusionOf(plan)).toBe(expected));
});
