import { describe, expect, it } from 'vitest';
import { CONFIG, makeRepository } from '../support/cli.ts';
import { load, manifest, problemsOf, scratch } from './scratch.ts';

const TOO_LARGE = /is too large: integers end at ±9007199254740991 \(2\^53-1\): quote it if it is an id/;
const NO_NUMBER = /is not a number in JSON/;

/** A number as YAML, whether JSON has it too, and what is sent; or what is said where it is an error. */
const CASES: [written: string, inJson: boolean, sent: string | RegExp][] = [
  ['0.1', true, '0.1'],
  ['-1.5e300', true, '-1.5e+300'],
  ['9007199254740991', true, '9007199254740991'],
  ['-9007199254740991', true, '-9007199254740991'],
  ['1e15', true, '1000000000000000'],
  ['1e21', true, '1e+21'],
  ['-1e21', true, '-1e+21'],
  ['1.5e21', true, '1.5e+21'],
  ['1e308', true, '1e+308'],
  ['9007199254740992', true, TOO_LARGE],
  ['-9007199254740992', true, TOO_LARGE],
  ['9007199254740993', true, TOO_LARGE],
  ['1e16', true, TOO_LARGE],
  ['1e20', true, TOO_LARGE],
  ['-1.0e20', true, TOO_LARGE],
  ['100000000000000000000.0', true, TOO_LARGE],
  ['999999999999999868928.0', true, TOO_LARGE],
  // In digits it is an integer to whoever wrote it, and would be sent as a float.
  ['1000000000000000000000', true, TOO_LARGE],
  ['0x20000000000000', false, TOO_LARGE],
  ['0o1000000000000000000', false, TOO_LARGE],
  ['1e309', true, NO_NUMBER],
  ['.inf', false, NO_NUMBER],
  ['-.inf', false, NO_NUMBER],
  ['.nan', false, NO_NUMBER],
];

const inYaml = (number: string) =>
  manifest({ action_config: `{ cluster_id: c, filters: { a: [${number}] } }` });
const inJson = (number: string) => `{"name":"a","action_type":"cluster","action_config":
  {"cluster_id":"c","filters":{"a":[${number}]}},"trigger_type":"cron","schedule_config":{"cron_expression":"0 2 * * *"}}`;

describe.each([
  ['a.yaml', inYaml, CASES],
  ['a.json', inJson, CASES.filter(([, also]) => also)],
] as const)('a number in %s', (file, text, cases) => {
  it.each(cases)('%s', async (written, _, sent) => {
    if (typeof sent === 'string') {
      const { desired, problems } = await load(scratch({ [`manifests/${file}`]: text(written) }));
      expect(problems).toEqual([]);
      expect(JSON.stringify(desired[0]?.fixed.action_config['filters'])).toBe(`{"a":[${sent}]}`);
    } else {
      const printed = await problemsOf(text(written), {}, file);
      expect(printed).toMatch(sent);
      expect(printed).toMatch(new RegExp(`^manifests/${file}:\\d+:\\d+: error: `));
    }
  });
});

it.each(['1e20', '9007199254740993'])('%s is an error in a variable as well', async (number) => {
  const { mxt } = makeRepository({
    'mxt.yaml': `${CONFIG}vars: { most: ${number} }\n`,
    'manifests/a.yaml': inYaml('"${{ vars.most }}"'),
  });
  const { code, stderr } = await mxt('validate');
  expect(stderr).toMatch(/^mxt\.yaml:2:15: error: /);
  expect(stderr).toMatch(TOO_LARGE);
  expect(code).toBe(1);
});
