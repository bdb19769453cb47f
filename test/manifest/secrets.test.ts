import { describe, expect, it } from 'vitest';
import { findSecrets, maskSecrets } from '../../src/manifest/files/key-patterns.ts';

describe('what looks like a key', () => {
  it.each([
    ['mxp_abcdefgh', '••••••••••••'],
    ['mxp_sk_01234567', '•••••••••••••••'],
    ['key: sk_live_abcdefghijkl # x', 'key: •••••••••••••••••••• # x'],
    ['sk-proj-abcdefghijklmnop', '••••••••••••••••••••••••'],
    ['sk_a1b2c3d4e5f6', '•••••••••••••••'],
    ['sk_xxxxxxxxxxxxx', '••••••••••••••••'],
    ['"AKIAIOSFODNN7EXAMPLE"', '"••••••••••••••••••••"'],
    ['ghp_0123456789abcdefghij', '••••••••••••••••••••••••'],
    ['github_pat_0123456789abcdefghij', '•••••••••••••••••••••••••••••••'],
    ['xoxb-123456789012-abc', '•••••••••••••••••••••'],
    ['Authorization: Bearer abcdefghijklmnop.q', 'Authorization: Bearer ••••••••••••••••••'],
    [
      'the key itself: opaque-key-42, twice: opaque-key-42',
      'the key itself: •••••••••••••, twice: •••••••••••••',
    ],
  ])('%s', (text, masked) => {
    expect(maskSecrets(text, ['opaque-key-42'])).toBe(masked);
  });

  it.each([
    'cluster_id: clust_abc123',
    'task_0123456789abcdef',
    'disk-usage-0123456789',
    'sk_products_nightly',
    'sk-learn-recluster-nightly',
    'Bearer $MP_API_KEY',
    'sk_xxx',
    'mxp_short',
    'AKIA',
    'nightly-weighted-high-priority',
    'https://github.com/acme/search',
  ])('%s does not', (text) => {
    expect(findSecrets(text)).toEqual([]);
  });

  it('takes time in proportion to the text', () => {
    // Quadratic, each of these would take minutes.
    for (const piece of ['sk-', 'Bearer ', 'mxp_', 'xoxb-']) {
      const text = piece.repeat(300_000);
      expect(maskSecrets(text)).toHaveLength(text.length);
    }
  });
});
