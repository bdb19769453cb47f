import type { Fault } from '../../src/sandbox/http/faults.ts';

/** What may go wrong with one request, by the name that a test's title has. */
export const FAULTS = {
  'dropped before the service acted': { kind: 'drop', when: 'before' },
  'dropped after it acted': { kind: 'drop', when: 'after' },
  '500 before it acted': { kind: 'answer', when: 'before', status: 500, body: {} },
  '500 after it acted': { kind: 'answer', when: 'after', status: 500, body: {} },
  'a proxy’s page before it acted': {
    kind: 'answer',
    when: 'before',
    status: 502,
    body: '<html>bad gateway</html>',
  },
  'a proxy’s page with 200 after it acted': {
    kind: 'answer',
    when: 'after',
    status: 200,
    body: '<html>welcome</html>',
  },
  'an empty body after it acted': { kind: 'answer', when: 'after', status: 200, body: '' },
  'cut in the middle of the answer': { kind: 'truncate' },
  '429': { kind: 'answer', when: 'before', status: 429, headers: { 'retry-after': '1' }, body: {} },
  '409': { kind: 'answer', when: 'before', status: 409, body: {} },
} as const satisfies Record<string, Fault>;

export type FaultName = keyof typeof FAULTS;
export const FAULT_NAMES = Object.keys(FAULTS) as FaultName[];
