import type { ResultJson } from '../../src/render/result/report.ts';

/** One of each outcome. */
export const outcomes: ResultJson = {
  format_version: '1.0',
  digest: `sha256:${'0'.repeat(64)}`,
  summary: { applied: 2, failed: 1, skipped: 1, blocked: 1 },
  operations: [
    { kind: 'create', name: 'new', trigger_id: 'trg_1', outcome: 'applied', error: null, attempts: 1 },
    { kind: 'pause', name: 'quiet', trigger_id: 'trg_2', outcome: 'applied', error: null, attempts: 3 },
    {
      kind: 'update',
      name: 'nightly',
      trigger_id: 'trg_3',
      outcome: 'failed',
      error: {
        code: 'api',
        message: 'the service said no',
        status: 409,
        request: 'PATCH /v1/triggers/trg_3',
      },
      attempts: 1,
    },
    { kind: 'delete', name: 'old', trigger_id: 'trg_4', outcome: 'skipped', error: null, attempts: 0 },
    { kind: 'blocked', name: 'kept', trigger_id: 'trg_5', outcome: 'blocked', error: null, attempts: 0 },
  ],
  converged: false,
};
