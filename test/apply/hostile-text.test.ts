import { describe, expect, it } from 'vitest';
import { labelOf } from '../plan/world.ts';
import { CONFIG, makeRepository, manifestYaml, NAMESPACE, withSandbox } from '../support/cli.ts';

// What other people wrote into descriptions: kept byte for byte on the wire, harmless wherever it is printed.

const ATTACKS = [
  '\u001b[2J\u001b]0;title\u0007\u009b31m',
  '\r\n::set-output name=x::y\n::error::forged\n##[error]x\n##vso[task.complete]',
  '<script>alert(1)</script><img src=x onerror=alert(1)> ``` | `x` [a](javascript:alert(1))',
  '\u202egnp.exe\u2066\u200b\u2028\u2029\ufeff',
  'lone \ud800 and \udfff, a pair \u{1f600}',
  '\u0000\u0008\u007f',
].join(' ');
const MEGABYTE = `${ATTACKS}${'long text, '.repeat(95_000)}${ATTACKS}`;

/** Nothing that moves a cursor, turns text, hides, or begins a CI server's command. Line ends are ours. */
const HARMFUL =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the point
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]|\p{Cs}|^\s*::|##\[|##vso\[/mu;

async function start(text: string) {
  const { sandbox, env } = await withSandbox();
  const repository = makeRepository({ 'mxt.yaml': CONFIG }, env);
  const ignoring = (more: Record<string, string> = {}) =>
    manifestYaml('ours', { lifecycle: '{ ignore: [/description] }', ...more });
  repository.write('manifests/ours.yaml', ignoring());
  repository.write('manifests/edited.yaml', manifestYaml('edited'));
  repository.write('manifests/gone.yaml', manifestYaml('gone'));
  await repository.mxt('apply --yes');
  const nameOf = (description: string | null) => /owner=\S+ name=(\w+)/.exec(description ?? '')?.[1];
  await sandbox.change(NAMESPACE, (world) => ({
    ...world,
    triggers: [
      ...world.triggers.map((one) => ({
        ...one,
        description: `${text}${(one.description ?? '').slice((one.description ?? '').indexOf('\n\n[mxt:'))}`,
        status: nameOf(one.description) === 'edited' ? ('failed' as const) : one.status,
        last_execution_error: text,
        schedule_config: {
          ...one.schedule_config,
          timezone: nameOf(one.description) === 'edited' ? text : 'UTC',
        },
      })),
      ...world.triggers.slice(0, 1).map((one) => ({ ...one, trigger_id: 'trg_other', description: text })),
    ],
  }));
  const live = (name: string) =>
    sandbox.world(NAMESPACE).triggers.find(({ description }) => nameOf(description) === name);
  return { sandbox, repository, ignoring, live };
}

const COMMANDS = [
  'plan',
  'plan --format json',
  'plan --format markdown',
  'plan --format html',
  'apply --yes -v',
  'apply --yes --format json',
];

describe.each([
  [
    'every kind of attack',
    ATTACKS,
    [...COMMANDS, 'dry-run', 'dry-run --curl', 'status', 'status --format json', 'status --format markdown'],
  ],
  ['a megabyte of it', MEGABYTE, COMMANDS],
])('%s', (_, text, commands) => {
  it('is kept byte for byte on the wire', async () => {
    // A service in Python refuses a lone surrogate, whoever it got it from.
    const stored = text.toWellFormed();
    const { sandbox, repository, ignoring, live } = await start(stored);
    repository.write(
      'manifests/ours.yaml',
      ignoring({ schedule_config: '{ cron_expression: "0 3 * * *", timezone: UTC }' }),
    );
    expect(await repository.mxt('apply --yes --only ours')).toMatchObject({ code: 0 });
    const ours = live('ours');
    expect(ours?.schedule_config['cron_expression']).toBe('0 3 * * *');
    // The text is nobody's but theirs; the label behind it is new.
    expect(ours?.description?.startsWith(`${stored}\n\n[mxt:1 `)).toBe(true);
    expect(labelOf(ours?.description).name).toBe('ours');
    const sent = sandbox.requests.filter(({ method }) => method === 'PATCH').at(-1);
    expect(sent?.body).toMatchObject({ description: ours?.description });
    const other = sandbox.world(NAMESPACE).triggers.find(({ trigger_id }) => trigger_id === 'trg_other');
    expect(other?.description === stored).toBe(true);
  });

  it.each(commands.map((args) => [args]))('is printed harmlessly by mxt %s', async (args) => {
    const { repository } = await start(text);
    repository.remove('manifests/gone.yaml');
    for (const env of [{}, { GITHUB_ACTIONS: 'true' }]) {
      const { stdout, stderr } = await repository.mxt(args, { env });
      const printed = [stdout, Object.keys(env).length === 0 ? stderr : ''].join('\n');
      const found = HARMFUL.exec(printed);
      expect(
        found && JSON.stringify(printed.slice(Math.max(0, found.index - 60), found.index + 20)),
      ).toBeNull();
      // Markdown has it in fences: test/render/markdown.test.ts reads those as GitHub does.
      if (args.includes('html')) expect(printed).not.toMatch(/<script>alert|<img src=x/);
    }
  });
});
