import { describe, expect, it } from 'vitest';
import { validate } from '../../generated/validate-plan.js';
import type { Plan } from '../../src/domain/plan.ts';
import { printableJson } from '../../src/lib/printable.ts';
import { guard } from '../../src/plan/guards.ts';
import { planJson } from '../../src/render/plan-json.ts';
import { planText } from '../../src/render/plan-text.ts';
import { planRequests, requestsCurl, requestsJson } from '../../src/render/requests.ts';
import { colorsFor } from '../../src/render/style.ts';
import { applied, manifest, plan } from '../plan/world.ts';

const interval = {
  trigger_type: 'interval',
  schedule_config: { interval_seconds: 3600, start_immediately: true },
};

/** A bit of everything: each kind, each cause that a plan of this version can have, what is left alone, warnings. */
const everything: Plan = guard(
  plan(
    [
      manifest({ name: 'create-me', ...interval }),
      manifest({
        name: 'update-me',
        schedule_config: { cron_expression: '0 4 * * *' },
        description: 'Two\nlines',
      }),
      manifest({ name: 'drifted', status: 'active' }),
      manifest({ name: 'pause-me', status: 'paused' }),
      manifest({
        name: 'replace-me',
        action_config: { cluster_id: 'clust_new', filters: { status: 'active' } },
      }),
      manifest({ name: 'protected', protect: true, action_config: { cluster_id: 'clust_new' } }),
      manifest({ name: 'relabel-me', status: 'active' }),
      manifest({ name: 'failed', status: 'active' }),
      manifest({ name: 'same' }),
    ],
    [
      ...['update-me', 'pause-me', 'same'].map((name) => applied(manifest({ name }))),
      applied(manifest({ name: 'replace-me' }), { execution_count: 41 }),
      applied(manifest({ name: 'drifted', status: 'active' }), {
        status: 'paused',
        schedule_config: { cron_expression: '*/2 * * * *', timezone: 'Europe/Paris' },
      }),
      applied(manifest({ name: 'protected', protect: true })),
      applied(manifest({ name: 'relabel-me' })),
      applied(manifest({ name: 'failed', status: 'active' }), {
        status: 'failed',
        consecutive_failures: 5,
        last_execution_error: 'out of credits',
      }),
      applied(manifest({ name: 'delete-me' })),
      { ...applied(manifest({ name: 'x' })), trigger_id: 'trg_hand', description: 'made by hand' },
    ],
    { git: { commit: '8c1d2e3f4a5b'.padEnd(40, '0'), dirty: false }, rev: '8c1d2e3f4a5b' },
  ),
  { limits: { max_deletes: 1, max_delete_percent: 30 }, maxDeletes: null, unknownRevs: new Set() },
);

const HOSTILE =
  '\u001b[2J\u001b]0;title\u0007 ::set-output name=x::y\n::error::forged\r\n\u202egnp.exe <script>alert(1)</script> ``` \u200b\u2028\ud800 \u009b31m';

const hostile: Plan = plan(
  [
    manifest({ name: 'a', description: HOSTILE }),
    manifest({ name: 'b', action_config: { cluster_id: HOSTILE } }),
  ],
  [
    applied(manifest({ name: 'a' }), {
      trigger_id: HOSTILE,
      schedule_config: { [HOSTILE]: HOSTILE, cron_expression: HOSTILE },
    }),
    applied(manifest({ name: 'c' }), { status: 'failed', last_execution_error: HOSTILE }),
    applied(manifest({ name: 'd', description: 'x'.repeat(1_000_000) })),
  ],
);

const nothing: Plan = plan([manifest()], [applied(manifest())]);

describe.each([
  ['everything', everything],
  ['hostile', hostile],
  ['nothing', nothing],
] as const)('a plan: %s', (name, one) => {
  it('as text', async () => {
    await expect(planText(one, colorsFor(false))).toMatchFileSnapshot(`golden/${name}.txt`);
  });

  it('as text in colour', async () => {
    const text = planText(one, colorsFor(true));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: taking our own colours off again
    expect(text.replace(/\u001b\[\d+m/g, '')).toBe(planText(one, colorsFor(false)));
  });

  it('as JSON, which keeps to its schema', async () => {
    const json = planJson(one);
    expect(validate(json), JSON.stringify(validate.errors)).toBe(true);
    if (name !== 'hostile')
      await expect(`${printableJson(json)}\n`).toMatchFileSnapshot(`golden/${name}.json`);
    // What is escaped for the terminal's sake is the same value all the same.
    expect(JSON.parse(printableJson(json))).toEqual(JSON.parse(JSON.stringify(json)));
  });

  it('as requests', async () => {
    await expect(requestsCurl(planRequests(one), one.namespace)).toMatchFileSnapshot(`golden/${name}.sh`);
    expect(requestsJson(one)).toMatchObject({ digest: one.digest });
  });

  it('lets no text of others through', () => {
    for (const text of [
      planText(one, colorsFor(false)),
      printableJson(planJson(one)),
      requestsCurl(planRequests(one), 'ns'),
    ]) {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: none but the ends of our own lines
      expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b\u2028\u202e]|\p{Cs}/u);
      expect(text).not.toMatch(/^\s*::/m);
    }
  });
});
