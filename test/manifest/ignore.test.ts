// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references are what is tested here
import { describe, expect, it } from 'vitest';
import { load, manifest, scratch } from './scratch.ts';

const EVENT = {
  trigger_type: 'event',
  schedule_config: '{ event_type: documents_added, event_threshold: 5 }',
};
const FILTERS = {
  action_config:
    '{ cluster_id: c, filters: { "a/b": 1, "m~n": { deep: x }, AND: [{ field: f, value: v }], when: { "01": x } } }',
};
const RETRIEVER = {
  action_type: 'retriever_execution',
  action_config:
    '{ retriever_id: r, notification_config: { channels: [{ channel_type: email, config: { to: "${{ secrets.ONCALL }}" } }] } }',
};
const ALERT = { action_type: 'alert_evaluation', action_config: '{ alert_id: a, levels: [1, 2] }' };

const wholeList = (pointer: string, list: string) =>
  `${JSON.stringify(pointer)} points into a list: ignore the whole list: ${list}`;
const unknown = (pointer: string, hint: string) =>
  `${JSON.stringify(pointer)} points to no known property: ${hint}`;

/** Each row: what is ignored, in which manifest, and what is said of it (null: nothing). */
const CASES: readonly (readonly [
  ignore: string,
  lines: Readonly<Record<string, string>>,
  said: string | null,
])[] = [
  ['/title', {}, null],
  ['/description', {}, null],
  ['/schedule_config', {}, null],
  ['/action_config', {}, null],
  ['/schedule_config/timezone', {}, null],
  ['/action_config/output_collection_ids', {}, null],
  ['/action_config/filters', {}, null],
  ['/action_config/acceptance/min_results', RETRIEVER, null],
  // What an open object holds is known from the manifest alone.
  ['/action_config/filters/a~1b', FILTERS, null],
  ['/action_config/filters/m~0n/deep', FILTERS, null],
  ['/action_config/filters/when/01', FILTERS, null],
  ['/action_config/levels', ALERT, null],
  // What stands there once the variable is resolved is checked then.
  [
    '/action_config/filters/status/eq',
    { action_config: '{ cluster_id: c, filters: { status: "${{ secrets.STATUS }}" } }' },
    null,
  ],
  ...['2', '-', '*', '01', '0'].map((place): (typeof CASES)[number] => [
    `/action_config/output_collection_ids/${place}`,
    { action_config: '{ cluster_id: c, output_collection_ids: [a, b] }' },
    wholeList(`/action_config/output_collection_ids/${place}`, '/action_config/output_collection_ids'),
  ]),
  // The schema knows that it is a list, though the manifest has none.
  [
    '/action_config/source_execution_ids/0',
    {},
    wholeList('/action_config/source_execution_ids/0', '/action_config/source_execution_ids'),
  ],
  [
    '/action_config/filters/AND/0/value',
    FILTERS,
    wholeList('/action_config/filters/AND/0/value', '/action_config/filters/AND'),
  ],
  [
    '/action_config/notification_config/channels/0/config/to',
    RETRIEVER,
    wholeList(
      '/action_config/notification_config/channels/0/config/to',
      '/action_config/notification_config/channels',
    ),
  ],
  ['/action_config/levels/0', ALERT, wholeList('/action_config/levels/0', '/action_config/levels')],
  [
    '/schedule_config/timezon',
    {},
    unknown('/schedule_config/timezon', 'did you mean "/schedule_config/timezone"?'),
  ],
  [
    '/action_config/filters/m~0m',
    FILTERS,
    unknown('/action_config/filters/m~0m', 'did you mean "/action_config/filters/m~0n"?'),
  ],
  [
    '/action_config/acceptance/min_result',
    RETRIEVER,
    unknown('/action_config/acceptance/min_result', 'did you mean "/action_config/acceptance/min_results"?'),
  ],
  [
    '/schedule_config/cooldown_seconds',
    {},
    unknown('/schedule_config/cooldown_seconds', 'it is a property of trigger_type event'),
  ],
  [
    '/schedule_config/timezone',
    EVENT,
    unknown('/schedule_config/timezone', 'it is a property of trigger_type cron'),
  ],
  ['/action_config/filters/nothing', FILTERS, unknown('/action_config/filters/nothing', 'remove it')],
  ['/action_config/filters/status', {}, unknown('/action_config/filters/status', 'remove it')],
  [
    '/schedule_config/timezone/name',
    { schedule_config: '{ cron_expression: "0 2 * * *", timezone: UTC }' },
    unknown('/schedule_config/timezone/name', 'it ends at /schedule_config/timezone'),
  ],
];

describe('what lifecycle.ignore may name', () => {
  it.each(CASES)('%s', async (ignore, lines, said) => {
    const text = manifest({ ...lines, lifecycle: JSON.stringify({ ignore: [ignore] }) });
    const { problems } = await load(scratch({ 'manifests/a.yaml': text }));
    const shown = problems
      .filter(({ code }) => code === 'ignore')
      .map(({ message, hint, line, column }) => `${line}:${column} ${message}: ${hint}`);
    expect(shown).toEqual(said === null ? [] : [`6:23 ${said}`]);
    expect(problems.filter(({ code }) => code !== 'ignore')).toEqual([]);
  });

  it('is not judged by a type that nobody knows', async () => {
    const text = manifest({ action_type: 'clustr', lifecycle: '{ ignore: [/action_config/filters] }' });
    const root = scratch({ 'manifests/a.yaml': text });
    expect((await load(root)).problems.map(({ message }) => message)).toEqual([
      expect.stringContaining('"action_type" must be'),
    ]);
    const { problems } = await load(root, { allowUnknown: ['action_type.clustr'] });
    expect(problems.map(({ hint }) => hint)).toEqual(['remove it']);
  });

  it('may be a property that allow_unknown lets in', async () => {
    const text = manifest({ lifecycle: '{ ignore: [/action_config/new_option] }' });
    const root = scratch({ 'manifests/a.yaml': text });
    expect((await load(root, { allowUnknown: ['action_config.new_option'] })).problems).toEqual([]);
    expect((await load(root)).problems).toHaveLength(1);
  });
});
