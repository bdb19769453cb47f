import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Config, loadConfig } from '../../src/config/load-config.ts';
import { InvalidError, MxtError } from '../../src/errors.ts';
import { renderProblems } from '../../src/render/text/problems.ts';
import { scratch } from '../manifest/scratch.ts';

function read(text: string): Promise<Config> {
  return loadConfig(join(scratch({ 'mxt.yaml': text }), 'mxt.yaml'));
}

async function problemsOf(text: string): Promise<string> {
  const error = await read(text).catch((reason: unknown) => reason);
  if (!(error instanceof InvalidError)) throw error;
  return renderProblems(error.problems, { color: false });
}

/** What holds of schedules where nothing is said. */
const unsaid = (owner: string) => ({
  credits: {},
  rules: {},
  lint: {},
  assume: { run_minutes: 30, herd: 10 },
  label: { owner, limit: 500 },
});

describe('mxt.yaml', () => {
  it('needs no more than an owner', async () => {
    expect(await read('owner: acme/search\n')).toEqual({
      owner: 'acme/search',
      manifests: ['manifests'],
      policy: 'sync',
      guard: { max_deletes: 5, max_delete_percent: 30 },
      defaults: null,
      budget: {},
      allowUnknown: [],
      previousOwners: [],
      checkRefs: false,
      vars: {},
      ...unsaid('acme/search'),
      environments: [],
      file: 'mxt.yaml',
      written: expect.objectContaining({ file: 'mxt.yaml', at: [] }),
    });
  });

  it('may say everything, and a part of the guard', async () => {
    const text = `owner: a
manifests: [triggers, more/triggers]
policy: upsert-only
guard: { max_deletes: 0 }
budget: { credits_per_month: 20000, increase: 5000 }
allow_unknown: [action_config.new_option]
previous_owner: b
check_refs: true
vars: { region: eu, size: 500, fast: true }
environments:
  staging: { namespace: ns_s, vars: { size: 5 } }
  production: { namespace: ns_p, api_key_env: MP_API_KEY_PROD, policy: sync, guard: { max_delete_percent: 5 }, budget: { increase: 100 } }
`;
    expect(await read(text)).toEqual({
      owner: 'a',
      manifests: ['triggers', 'more/triggers'],
      policy: 'upsert-only',
      guard: { max_deletes: 0, max_delete_percent: 30 },
      defaults: null,
      budget: { credits_per_month: 20000, increase: 5000 },
      allowUnknown: ['action_config.new_option'],
      previousOwners: ['b'],
      checkRefs: true,
      vars: { region: 'eu', size: 500, fast: true },
      ...unsaid('a'),
      environments: [
        {
          name: 'staging',
          namespace: 'ns_s',
          apiKeyEnv: null,
          overlay: null,
          policy: 'upsert-only',
          guard: { max_deletes: 0, max_delete_percent: 30 },
          budget: { credits_per_month: 20000, increase: 5000 },
          vars: { region: 'eu', size: 5, fast: true },
          ...unsaid('a'),
        },
        {
          name: 'production',
          namespace: 'ns_p',
          apiKeyEnv: 'MP_API_KEY_PROD',
          overlay: null,
          policy: 'sync',
          guard: { max_deletes: 0, max_delete_percent: 5 },
          budget: { credits_per_month: 20000, increase: 100 },
          vars: { region: 'eu', size: 500, fast: true },
          ...unsaid('a'),
        },
      ],
      file: 'mxt.yaml',
      written: expect.objectContaining({ file: 'mxt.yaml', at: [] }),
    });
  });

  it('lays rules over each other member by member, those for all together and for tags too', async () => {
    const text = `owner: a
rules:
  timezones: [UTC]
  total: { max_runs_per_month: 100 }
  tags: { nightly: { allowed_hours: [22-23], max_runs_per_month: 31 } }
environments:
  one: { namespace: ns_1 }
  two:
    namespace: ns_2
    rules: { total: { max_credits_per_month: 5 }, tags: { nightly: { max_runs_per_month: 60 }, search: { timezones: [UTC] } } }
`;
    const { rules, environments } = await read(text);
    expect(rules).toEqual({
      timezones: ['UTC'],
      total: { max_runs_per_month: 100 },
      tags: { nightly: { allowed_hours: [22, 23], max_runs_per_month: 31 } },
    });
    expect(environments.map((one) => one.rules)).toEqual([
      rules,
      {
        timezones: ['UTC'],
        total: { max_runs_per_month: 100, max_credits_per_month: 5 },
        tags: {
          nightly: { allowed_hours: [22, 23], max_runs_per_month: 60 },
          search: { timezones: ['UTC'] },
        },
      },
    ]);
  });

  it('is read by the strict parser where it must be', async () => {
    expect((await read('owner: &o acme\nmanifests:\t[m]\n')).manifests).toEqual(['m']);
  });

  it('must be there', async () => {
    const error = await loadConfig('/nowhere/mxt.yaml').catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(MxtError);
    expect(error).toMatchObject({
      code: 'usage',
      message: 'there is no mxt.yaml at /nowhere/mxt.yaml',
      hint: 'Write one that says "owner: your-organisation/your-repository", or run mxt init.',
    });
  });

  it.each([
    [
      'in a subfolder',
      'deep/er/mxt.yaml',
      'there is no mxt.yaml at',
      /: run mxt there, or use --config \.\.[/\\]\.\.[/\\]mxt\.yaml\.$/,
    ],
    ['a folder', 'manifests', 'is a folder', /^Name the file in it: --config .*mxt\.yaml\.$/],
  ])('says where it is: %s', async (_, path, message, hint) => {
    const root = scratch({ 'mxt.yaml': 'owner: a\n', 'deep/er/x': '', 'manifests/x.yaml': '' });
    await expect(loadConfig(join(root, path))).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining(message),
      hint: expect.stringMatching(hint),
    });
  });
});

it.each(['MP_NAMESPACE', 'MIXPEEK_BASE_URL', 'KEY', 'MP_'])('takes no key from %s', async (name) => {
  const text = `owner: a\nenvironments: { one: { namespace: n, api_key_env: ${name} } }\n`;
  expect(await problemsOf(text)).toContain(
    'must be the name of an environment variable that begins with MP_ or MIXPEEK_',
  );
});

it('reads settings about schedules', async () => {
  const text = `owner: a
credits: { cluster: [10, 20], batch_rerun: 5 }
rules: { min_interval_seconds: 60, allowed_hours: [22-1, 5], timezones: [UTC] }
lint: { dst: off, herd: error }
assume: { herd: 3 }
description_limit: 300
environments:
  production: { namespace: n, credits: { batch_rerun: 7 }, rules: { max_runs_per_month: 9 }, lint: { dst: error } }
`;
  const { credits, rules, lint, assume, label, environments } = await read(text);
  expect({ credits, rules, lint, assume, label }).toEqual({
    credits: { cluster: { min: 10, max: 20 }, batch_rerun: { min: 5, max: 5 } },
    rules: { min_interval_seconds: 60, allowed_hours: [22, 23, 0, 1, 5], timezones: ['UTC'] },
    lint: { dst: 'off', herd: 'error' },
    assume: { run_minutes: 30, herd: 3 },
    label: { owner: 'a', limit: 300 },
  });
  expect(environments[0]).toMatchObject({
    credits: { cluster: { min: 10, max: 20 }, batch_rerun: { min: 7, max: 7 } },
    rules: { min_interval_seconds: 60, max_runs_per_month: 9 },
    lint: { dst: 'error', herd: 'error' },
  });
});

describe('what is wrong with it, at its place', () => {
  it.each([
    [
      'owner: a\ncredits: { cluster: [500, 50] }\nenvironments: { one: { namespace: n, credits: { batch_rerun: [2, 1] } } }\n',
      `mxt.yaml:2:12: error: the credits of "cluster" are from 500 to 50: write the lower number first: [50, 500]
  2 | credits: { cluster: [500, 50] }
    |            ^^^^^^^

mxt.yaml:3:49: error: the credits of "batch_rerun" are from 2 to 1: write the lower number first: [1, 2]
  3 | environments: { one: { namespace: n, credits: { batch_rerun: [2, 1] } } }
    |                                                 ^^^^^^^^^^^
`,
    ],
    ['', 'mxt.yaml: error: "owner" is missing\n'],
    [
      'ownr: a\n',
      `mxt.yaml:1:1: error: unknown property "ownr": did you mean "owner"?
  1 | ownr: a
    | ^^^^
`,
    ],
    [
      'owner: acme search\n',
      `mxt.yaml:1:8: error: "owner" must be 1 to 100 of letters, digits and . _ / -, beginning with a letter or a digit, not "acme search": write acme-search
  1 | owner: acme search
    |        ^^^^^^^^^^^
`,
    ],
    [
      'owner: a\napi_url: https://evil.example\n',
      `mxt.yaml:2:1: error: unknown property "api_url": set MP_API_URL in the environment: the address is never read from a file
  2 | api_url: https://evil.example
    | ^^^^^^^
`,
    ],
    [
      'owner: a\nnamespace: ns_1\n',
      `mxt.yaml:2:1: error: unknown property "namespace": set MP_NAMESPACE in the environment, or name it in an environment
  2 | namespace: ns_1
    | ^^^^^^^^^
`,
    ],
    [
      `owner: a
environments:
  staging: { namespace: ns_1, api_key_env: GITHUB_TOKEN, gard: {} }
  production: { namespace: ns_1, vars: { a b: 1, list: [1], nested: "\${{ vars.x }}" } }
  "x y": { policy: none }
`,
      `mxt.yaml:3:44: error: "api_key_env" in environments.staging must be the name of an environment variable that begins with MP_ or MIXPEEK_, and holds a key, not "GITHUB_TOKEN": write for example MP_API_KEY_PROD: another name could send another secret to the service
  3 |   staging: { namespace: ns_1, api_key_env: GITHUB_TOKEN, gard: {} }
    |                                            ^^^^^^^^^^^^

mxt.yaml:3:58: error: unknown property "gard" in environments.staging: did you mean "guard"?
  3 |   staging: { namespace: ns_1, api_key_env: GITHUB_TOKEN, gard: {} }
    |                                                          ^^^^

mxt.yaml:4:28: error: production and staging have the same namespace, ns_1: each would undo the other's changes: give each its own
  4 |   production: { namespace: ns_1, vars: { a b: 1, list: [1], nested: "\${{ vars.x }}" } }
    |                            ^^^^

mxt.yaml:4:42: error: a variable's name has letters, digits, or _ -, and begins with a letter, not "a b"
  4 |   production: { namespace: ns_1, vars: { a b: 1, list: [1], nested: "\${{ vars.x }}" } }
    |                                          ^^^

mxt.yaml:4:50: error: "list" in environments.production.vars must be a string, a number or true or false, not a list
  4 |   production: { namespace: ns_1, vars: { a b: 1, list: [1], nested: "\${{ vars.x }}" } }
    |                                                  ^^^^

mxt.yaml:4:69: error: a variable cannot refer to another: write its value out
  4 |   production: { namespace: ns_1, vars: { a b: 1, list: [1], nested: "\${{ vars.x }}" } }
    |                                                                     ^^^^^^^^^^^^^^^

mxt.yaml:5:3: error: "namespace" is missing in environments.x y
  5 |   "x y": { policy: none }
    |   ^^^^^

mxt.yaml:5:3: error: an environment's name has 1 to 63 letters, digits, or . _ -, not "x y"
  5 |   "x y": { policy: none }
    |   ^^^^^

mxt.yaml:5:20: error: "policy" in environments.x y must be "sync", "upsert-only" or "create-only", not "none"
  5 |   "x y": { policy: none }
    |                    ^^^^
`,
    ],
    [
      'owner: a\nmanifests: [../x, /etc, a/../b, ..]\n',
      ['../x', '/etc', 'a/../b', '..']
        .map((folder) => {
          const line = 'manifests: [../x, /etc, a/../b, ..]';
          const column = folder === '..' ? 32 : line.indexOf(folder);
          return `mxt.yaml:2:${column + 1}: error: "${folder}" leads out of the repository: name a folder below mxt.yaml
  2 | ${line}
    | ${' '.repeat(column)}${'^'.repeat(folder.length)}
`;
        })
        .join('\n'),
    ],
    [
      'owner: a\nmanifests: []\n',
      `mxt.yaml:2:1: error: "manifests" must not be empty
  2 | manifests: []
    | ^^^^^^^^^
`,
    ],
    [
      'owner: a\nenvironments: {}\n',
      `mxt.yaml:2:1: error: "environments" must not be empty
  2 | environments: {}
    | ^^^^^^^^^^^^
`,
    ],
    [
      'owner: a\nmanifests: triggers\n',
      `mxt.yaml:2:12: error: "manifests" must be a list of strings, not "triggers": write it as a list: [triggers]
  2 | manifests: triggers
    |            ^^^^^^^^
`,
    ],
    [
      'owner: a\npolicy: upsert_only\n',
      `mxt.yaml:2:9: error: "policy" must be "sync", "upsert-only" or "create-only", not "upsert_only": did you mean "upsert-only"?
  2 | policy: upsert_only
    |         ^^^^^^^^^^^
`,
    ],
    [
      'owner: a\nguard: { max_delete_percent: 101 }\n',
      `mxt.yaml:2:30: error: "max_delete_percent" in guard must be a number from 0 to 100, not 101
  2 | guard: { max_delete_percent: 101 }
    |                              ^^^
`,
    ],
    [
      'owner: a\nallow_unknown: [new_option]\n',
      `mxt.yaml:2:17: error: item 1 of "allow_unknown" must be action_config or schedule_config, a dot and a property, or action_type, a dot and an action, not "new_option": write for example action_config.new_option or action_type.new_action
  2 | allow_unknown: [new_option]
    |                 ^^^^^^^^^^
`,
    ],
    [
      'owner: a\nallow_unknown: [{ toString: 1 }]\ndefaults: { tags: [a] }\n',
      `mxt.yaml:2:17: error: item 1 of "allow_unknown" must be a string, not a mapping
  2 | allow_unknown: [{ toString: 1 }]
    |                 ^
`,
    ],
    [
      'owner: a # mxp_sk_0123456789\n',
      `mxt.yaml:1:12: error: this looks like an API key, which no file may hold: take it out and revoke it; mxt reads its own from MP_API_KEY
  1 | owner: a # •••••••••••••••••
    |            ^^^^^^^^^^^^^^^^^
`,
    ],
    [
      'owner: a\n---\nowner: b\n',
      `mxt.yaml:3:1: error: this file must hold one YAML document
  3 | owner: b
    | ^^^^^
`,
    ],
    [
      'owner: a\nowner: b\n',
      `mxt.yaml:2:1: error: "owner" is given twice in one mapping
  2 | owner: b
    | ^^^^^
`,
    ],
    [
      '- owner: a\n',
      `mxt.yaml:1:1: error: this must be a mapping, not a list
  1 | - owner: a
    | ^
`,
    ],
  ])('%j', async (text, printed) => {
    expect(await problemsOf(text)).toBe(printed);
  });
});
