import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Config, loadConfig } from '../../src/config/load.ts';
import { InvalidError, MxtError } from '../../src/errors.ts';
import { renderProblems } from '../../src/render/problems.ts';
import { scratch } from '../manifest/scratch.ts';

function read(text: string): Promise<Config> {
  return loadConfig(join(scratch({ 'mxt.yaml': text }), 'mxt.yaml'));
}

async function problemsOf(text: string): Promise<string> {
  const error = await read(text).catch((reason: unknown) => reason);
  if (!(error instanceof InvalidError)) throw error;
  return renderProblems(error.problems, { color: false });
}

describe('mxt.yaml', () => {
  it('needs no more than an owner', async () => {
    expect(await read('owner: acme/search\n')).toEqual({
      owner: 'acme/search',
      manifests: ['manifests'],
      policy: 'sync',
      guard: { max_deletes: 5, max_delete_percent: 30 },
      allowUnknown: [],
      file: 'mxt.yaml',
    });
  });

  it('may say everything, and a part of the guard', async () => {
    const text = `owner: a
manifests: [triggers, more/triggers]
policy: upsert-only
guard: { max_deletes: 0 }
allow_unknown: [action_config.new_option]
`;
    expect(await read(text)).toEqual({
      owner: 'a',
      manifests: ['triggers', 'more/triggers'],
      policy: 'upsert-only',
      guard: { max_deletes: 0, max_delete_percent: 30 },
      allowUnknown: ['action_config.new_option'],
      file: 'mxt.yaml',
    });
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
});

describe('what is wrong with it, at its place', () => {
  it.each([
    ['', 'mxt.yaml: error: "owner" is missing\n'],
    [
      'ownr: a\n',
      `mxt.yaml:1:1: error: "owner" is missing
  1 | ownr: a
    | ^^^^

mxt.yaml:1:1: error: unknown property "ownr": did you mean "owner"?
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
      `mxt.yaml:2:1: error: unknown property "namespace": set MP_NAMESPACE in the environment
  2 | namespace: ns_1
    | ^^^^^^^^^
`,
    ],
    [
      'owner: a\nenvironments: { production: { namespace: ns_1 } }\n',
      `mxt.yaml:2:1: error: environments are not supported by this version yet
  2 | environments: { production: { namespace: ns_1 } }
    | ^^^^^^^^^^^^
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
      `mxt.yaml:2:17: error: item 1 of "allow_unknown" must be action_config or schedule_config, a dot and a property, not "new_option": write action_config.new_option, say
  2 | allow_unknown: [new_option]
    |                 ^^^^^^^^^^
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
      `mxt.yaml:3:1: error: there must be one document in this file
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
