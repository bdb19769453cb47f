import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/domain/json.ts';
import type { WriteRequest } from '../../src/domain/request.ts';
import type { LiveTrigger } from '../../src/domain/trigger.ts';
import { sha256 } from '../../src/lib/canonical.ts';
import { desiredFrom } from '../../src/manifest/desired.ts';
import {
  newResolution,
  referenceDiagnostics,
  resolveManifest,
} from '../../src/manifest/resolve/references.ts';
import { concealLike } from '../../src/session/conceal-like.ts';
import { SecretVault } from '../../src/session/secret-vault.ts';
import { requireSecrets } from '../../src/session/secrets.ts';

const HOOK = 'https://hooks.example.com/services/"A"/B';
const TOKEN = 'token-of-the-day';
const SECRETS = new Map([
  ['HOOK', HOOK],
  ['TOKEN', TOKEN],
]);
const digits = (value: string) => sha256(value).slice(0, 8);

function canary(inputs: JsonObject, config: JsonObject): JsonObject {
  return {
    name: 'canary',
    action_type: 'retriever_execution',
    action_config: {
      retriever_id: 'ret_1',
      inputs,
      notification_config: { channels: [{ channel_type: 'slack', config }] },
    },
    trigger_type: 'cron',
    schedule_config: { cron_expression: '0 2 * * *' },
  };
}

function read(manifest: JsonObject, secrets: ReadonlyMap<string, string> = SECRETS) {
  const resolution = newResolution();
  const scope = { environment: null, vars: { n: 7 }, resources: {}, secrets };
  const value = resolveManifest(manifest, scope, resolution);
  const values = new Map<string, string>();
  const desired = desiredFrom(value, { file: 'a.yaml', line: 1 }, null, resolution.secrets, values);
  const vault = new SecretVault(secrets);
  vault.learn([desired], values);
  return { desired, vault };
}

const create = (config: JsonObject): WriteRequest => ({
  op: 'create',
  id: null,
  body: {
    action_type: 'retriever_execution',
    action_config: config,
    trigger_type: 'cron',
    schedule_config: {},
    description: '',
  },
});

describe('secrets of a manifest', () => {
  const { desired, vault } = read(
    canary(
      { a: 'Bearer ${{ secrets.TOKEN }} ${{ vars.n }}', b: '$${{ secrets.TOKEN }}' },
      { url: '${{ secrets.HOOK }}', deep: [{ word: 'out in the open' }], retries: 3 },
    ),
  );

  it('are 8 digits of their hash wherever they are compared, and values where they are sent', () => {
    expect(desired.fixed.action_config).toEqual({
      retriever_id: 'ret_1',
      inputs: { a: `Bearer ${digits(TOKEN)} 7`, b: '${{ secrets.TOKEN }}' },
      notification_config: {
        channels: [
          {
            channel_type: 'slack',
            config: { url: digits(HOOK), deep: [{ word: digits('out in the open') }], retries: 3 },
          },
        ],
      },
    });
    expect(JSON.stringify(desired)).not.toMatch(/token-of|hooks\.ex|out in/);
    expect(vault.reveal(create(desired.fixed.action_config)).body).toMatchObject({
      action_config: {
        inputs: { a: `Bearer ${TOKEN} 7`, b: '${{ secrets.TOKEN }}' },
        notification_config: {
          channels: [{ config: { url: HOOK, deep: [{ word: 'out in the open' }], retries: 3 } }],
        },
      },
    });
  });

  it('say which variables they hold; null where they are written out', () => {
    expect(desired.secrets.map(({ pointer, names, template }) => [pointer, names, template])).toEqual([
      ['/action_config/inputs/a', ['TOKEN'], 'Bearer ${{ secrets.TOKEN }} 7'],
      ['/action_config/notification_config/channels/0/config/deep/0/word', [], null],
      ['/action_config/notification_config/channels/0/config/url', ['HOOK'], '${{ secrets.HOOK }}'],
    ]);
  });

  it('are never sent as digits', () => {
    const config = { notification_config: { channels: [{ config: { url: '0123abcd' } }] } };
    expect(() => vault.reveal(create(config))).toThrow('cannot be sent: its value is not known here');
  });
});

it('what is live is concealed alike, by schema, by its manifest, and by what the environment holds', () => {
  const { desired, vault } = read(
    canary({ a: 'Bearer ${{ secrets.TOKEN }}' }, { url: '${{ secrets.HOOK }}' }),
  );
  const live = (inputs: JsonObject, label: string): LiveTrigger => ({
    trigger_id: 'trg_1',
    description: label,
    ...desired.fixed,
    action_config: {
      retriever_id: 'ret_1',
      inputs,
      notification_config: { channels: [{ channel_type: 'slack', config: { url: HOOK } }] },
    },
  });
  const label = '[mxt:1 owner=acme name=canary spec=0123456789abcdef]';
  expect(vault.conceal(live({ a: `Bearer ${TOKEN}` }, label)).action_config).toEqual(
    desired.fixed.action_config,
  );
  const yesterday = vault.conceal(live({ a: 'Bearer token-of-yesterday' }, label));
  expect(yesterday.action_config?.['inputs']).toEqual({ a: `Bearer ${digits('token-of-yesterday')}` });
  expect(vault.conceal(live({ z: `x ${TOKEN}` }, '')).action_config?.['inputs']).toEqual({
    z: `x ${digits(TOKEN)}`,
  });
});

it.each([
  ['${{ secrets.A }}', 'abc', [['abc']]],
  ['x ${{ secrets.A }} y', 'x abc y', ['x ', ['abc'], ' y']],
  ['${{ secrets.A }}:${{ secrets.B }}', 'ab:cd', [['ab'], ':', ['cd']]],
  ['x ${{ secrets.A }}', 'y abc', [['y abc']]],
  ['x ${{ secrets.A }}', 'x ', [['x ']]],
])('%s and live %j', (template, value, parts) => {
  const wanted = parts.map((part) => (typeof part === 'string' ? part : digits(part[0] ?? ''))).join('');
  expect(concealLike(value, template)).toBe(wanted);
});

it.each([
  [{ description: 'at ${{ secrets.HOOK }}' }, 'a secret cannot stand in description'],
  [{ title: '${{ secrets.HOOK }}' }, 'a secret cannot stand in title'],
  [{ schedule_config: { timezone: '${{ secrets.HOOK }}' } }, 'a secret cannot stand in schedule_config'],
  [{ action_config: { a: '${{ secrets.my-hook }}' } }, 'stands for no variable'],
  [{ action_config: { a: '${{ secrets. }}' } }, 'has no name'],
] as [JsonObject, string][])('%j: %s', (manifest, message) => {
  expect(referenceDiagnostics(manifest).map((one) => one.message)).toEqual([
    expect.stringContaining(message),
  ]);
});

it('all that are unset, empty or too short are named at once', () => {
  const env = { MXT_SECRET_B: '', MXT_SECRET_C: 'short' };
  const manifest = canary({ a: '${{ secrets.A }}', b: '${{ secrets.B }}' }, { c: '${{ secrets.C }}' });
  const { desired } = read(manifest, new Map());
  expect(() => requireSecrets({ desired: [desired], secrets: new Map() }, { env })).toThrow(
    'MXT_SECRET_A is not set (canary); MXT_SECRET_B is not set (canary); ' +
      'MXT_SECRET_C has fewer than 8 characters, which no secret has (canary)',
  );
});
