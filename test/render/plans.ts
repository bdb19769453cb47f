import type { Plan as PlanJson } from '../../generated/plan.d.ts';
import type { Plan } from '../../src/domain/plan.ts';
import { guard } from '../../src/plan/rules/guards.ts';
import { planJson } from '../../src/render/plan/plan-json.ts';
import { applied, manifest, plan } from '../plan/world.ts';

const interval = {
  trigger_type: 'interval',
  schedule_config: { interval_seconds: 3600, start_immediately: true },
};

/** A bit of everything: each kind, each cause that a plan of this version can have, what is left alone, warnings. */
export const everything: Plan = guard(
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

export const HOSTILE =
  '\u001b[2J\u001b]0;title\u0007 ::set-output name=x::y\n::error::forged\r\n\u202egnp.exe <script>alert(1)</script> ``` \u200b\u2028\ud800 \u009b31m';

export const hostile: Plan = plan(
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

export const nothing: Plan = plan([manifest()], [applied(manifest())]);

/** With a base revision that would bring some of it as well: what is pending already, drift among it. */
export const reviewed: Plan = {
  ...everything,
  operations: everything.operations.map((one) => ({
    ...one,
    pending: ['create-me', 'protected', 'drifted', 'delete-me'].includes(one.name),
  })),
};

/** Everything that could break out of Markdown or HTML, ping somebody, load or run something. */
export const BREAKOUT = [
  '</details></summary></code></pre></style></script><!-- --><!--',
  '<img src=https://evil.example/p.png onerror=window.hacked=1><svg/onload=alert(1)><script>window.hacked=1</script>',
  '"\'><iframe srcdoc="x"></iframe>&lt;b&gt;&#60;i&#62;',
  '` `` ``` ```` ~~~ @octocat @acme/team #1 acme/search#2 GH-3 :tada: $x$ | a | b |',
  'https://evil.example ftp://evil.example www.evil.example mail@evil.example mailto:mail@evil.example',
  '[x](javascript:alert(1)) ![x](https://evil.example/p.png) <https://evil.example> [x]: https://evil.example',
  '**b** __b__ _i_ *i* ~~s~~ \\* \\` end\\',
  '##[error]forged ##vso[task.complete]x ::error::forged\u0007\u001b[2J\u202e\ud800',
].join(' ');

/** A saved plan that somebody wrote by hand: each text that the schema leaves open is hostile. */
export const forged: PlanJson = forge(planJson(everything));

function forge(honest: PlanJson): PlanJson {
  const lines = `\n\`\`\`\n${BREAKOUT}\n::error::forged\n</details>\n# Title\n- item\n> quote\n    code\n`;
  const warnings = (some: PlanJson['warnings']) =>
    some.map((one) => ({
      ...one,
      name: one.name && BREAKOUT,
      source: { file: `${BREAKOUT}.yaml`, line: 1 },
      message: BREAKOUT,
    }));
  return {
    ...honest,
    owner: BREAKOUT,
    environment: BREAKOUT,
    namespace: BREAKOUT,
    api_url: BREAKOUT,
    git: { ...honest.git, prefix: '../../' },
    operations: honest.operations.map((operation) => ({
      ...operation,
      name: `${operation.name} ${BREAKOUT}`,
      trigger_id: operation.trigger_id && BREAKOUT,
      source: operation.source && { ...operation.source, file: `${BREAKOUT}.yaml` },
      changes: [
        ...operation.changes.map((change) => ({ ...change, path: `/${BREAKOUT}${change.path}` })),
        { path: '/description', before: lines, after: `${lines}more\n` },
        { path: `/${lines}`, before: BREAKOUT, after: [BREAKOUT, { [BREAKOUT]: [lines] }] },
      ],
      requests: operation.requests.map((request) => ({ ...request, path: BREAKOUT })),
      warnings: warnings(operation.warnings),
    })),
    guards: honest.guards.map((guard) => ({ ...guard, flag: BREAKOUT, message: BREAKOUT })),
    warnings: warnings(honest.warnings),
  };
}
