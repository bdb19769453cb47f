import { fileURLToPath } from 'node:url';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { CONFIG, KEY, makeRepository, manifestYaml, NAMESPACE, withSandbox } from '../support/cli.ts';
import { inTerminal } from './terminal.ts';

const MXT = fileURLToPath(new URL('../../dist/mxt.js', import.meta.url));

/** As long as names get. */
const LONG = 'n'.repeat(31).concat('-', 'm'.repeat(31));
/** As long as zones get. */
const ZONE = 'America/Argentina/ComodRivadavia';
const SENTENCE = 'Clusters all active products of the catalogue each night and tells the team what is new';
const DESCRIPTION = `${SENTENCE}. ${SENTENCE}. ${SENTENCE}: end`;
const REASON =
  'it costs far too much since the catalogue of the new shop was added, as the team has found out';

const cron = (expression: string) => `{ cron_expression: "${expression}", timezone: ${ZONE} }`;
const LONG_MANIFEST = { description: `"${DESCRIPTION}"`, schedule_config: cron('*/45 1-6 * * *') };
const FILES = {
  'mxt.yaml': `${CONFIG}rules: { unmanaged: warning }\n`,
  'manifests/long.yaml': manifestYaml(LONG, LONG_MANIFEST),
  'manifests/short.yaml': manifestYaml('short', { tags: '[search]' }),
  'manifests/often.yaml': manifestYaml('often', {
    trigger_type: 'interval',
    schedule_config: '{ interval_seconds: 600 }',
  }),
};
const ENVIRONMENTS = {
  'mxt.yaml': `${CONFIG}environments:
  a-first-environment-with-a-long-name: { namespace: ns_1 }
  a-second-environment-with-a-long-name: { namespace: ns_2 }\n`,
  'manifests/long.yaml': manifestYaml(LONG, {
    ...LONG_MANIFEST,
    environments: '{ a-second-environment-with-a-long-name: { schedule_config: { timezone: UTC } } }',
  }),
};

/** What a command prints for programs is theirs: no line of it is folded. */
const DATA = ['schema', 'completion', 'dry-run'];

interface Step {
  readonly command: readonly string[];
  /** Before it. */
  readonly edit?: () => void | Promise<void>;
  readonly code?: number;
}

/** A repository that is lived in: each command has something long to say. */
async function steps() {
  const { env } = await withSandbox();
  const repository = makeRepository(FILES, env);
  const call = async (method: string, path: string, body: object) => {
    const response = await fetch(`${env['MP_API_URL']}/v1/triggers${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${KEY}`,
        'X-Namespace': NAMESPACE,
        'Content-Type': 'application/json',
      },
      body: JSON.stringify(body),
    });
    expect(response.ok, `${method} ${path}`).toBe(true);
    return response.json();
  };
  const idOf = async (name: string) => {
    const { triggers } = JSON.parse((await repository.mxt('status --format json')).stdout) as {
      triggers: { name: string; trigger_id: string }[];
    };
    return triggers.find((one) => one.name === name)?.trigger_id ?? '';
  };
  const all: Step[] = [
    { command: ['--help'] },
    { command: ['help', 'apply'] },
    { command: ['validate'] },
    { command: ['plan'] },
    { command: ['apply', '--yes'] },
    { command: ['run', LONG, '--wait'] },
    { command: ['history', LONG] },
    { command: ['status'] },
    { command: ['schedule', '--live', '--days', '1', '--tz', ZONE] },
    { command: ['pause', LONG, '--reason', REASON, '--until', '2h', '--yes'] },
    { command: ['pause', LONG, '--reason', REASON], code: 1 },
    { command: ['status', '--unhealthy'] },
    { command: ['show', LONG] },
    { command: ['simulate', '--days', '2', '--tz', ZONE] },
    { command: ['resume', LONG, '--yes'] },
    {
      command: ['plan'],
      edit: async () => {
        await call('PATCH', `/${await idOf(LONG)}`, { schedule_config: { cron_expression: '0 1 * * *' } });
        await call('POST', '', {
          action_type: 'cluster',
          action_config: { cluster_id: 'clust_other' },
          trigger_type: 'cron',
          schedule_config: { cron_expression: '0 1 * * *', timezone: ZONE },
          description: DESCRIPTION,
        });
        repository.remove('manifests/short.yaml');
        repository.write(
          'manifests/often.yaml',
          manifestYaml('often', { action_config: `{ cluster_id: ${'clust_'.repeat(20)} }` }),
        );
      },
    },
    { command: ['status', '--exit-code'], code: 2 },
    { command: ['show', LONG] },
    { command: ['compare', 'a', 'b'], code: 1 },
    { command: ['comment', '--plan', 'no-such-file-of-a-plan.json'], code: 1 },
    { command: ['export'] },
    { command: ['pull', LONG] },
    {
      command: ['fmt', '--check'],
      edit: () => {
        const [name = '', about = '', ...rest] = manifestYaml('messy', LONG_MANIFEST).split('\n');
        repository.write('manifests/messy.yaml', [name, ...rest, about, ''].join('\n'));
      },
      code: 1,
    },
    { command: ['doctor'] },
    { command: ['environments'], code: 1 },
    { command: ['plan', '--only', `${LONG}n`], code: 1 },
    { command: ['release', 'short'], code: 1 },
    {
      command: ['validate'],
      edit: () =>
        repository.write('manifests/wrong.json', JSON.stringify({ name: LONG, description: DESCRIPTION })),
      code: 1,
    },
    { command: ['init', '--yes'], edit: () => repository.remove('manifests/wrong.json') },
  ];
  return { env, repository, all };
}

/** Lines as they stand on the screen: what draws a line over again begins one. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: that is how a terminal is told
const LINE = /\r?\n|\r|\u001b\[1?G/;

function tooWide(screen: string, columns: number): string[] {
  return screen.split(LINE).filter((line) => stringWidth(line) > columns);
}

async function onTerminal(
  args: readonly string[],
  root: string,
  env: Record<string, string>,
  columns: number,
) {
  const terminal = inTerminal([process.execPath, MXT, ...args], root, env, columns);
  if (args[0] === 'sandbox') void terminal.shows('Ctrl-C').then(() => terminal.type('\x03'));
  return terminal.ended;
}

describe('a terminal', () => {
  it.each([80])(
    'of %i columns holds every line of every command',
    async (columns) => {
      const { env, repository, all } = await steps();
      const known = (await repository.mxt(['__complete', '--', ''])).stdout
        .split('\n')
        .flatMap((line) => line.split('\t')[0] || [])
        .filter((name) => !DATA.includes(name));
      const seen = new Set(['sandbox']);
      for (const { command, edit, code = 0 } of all) {
        await edit?.();
        const ended = await onTerminal(command, repository.root, env, columns);
        expect({ command, code: ended.code, screen: ended.screen }).toMatchObject({ code });
        expect({ command, wide: tooWide(ended.screen, columns) }).toEqual({ command, wide: [] });
        seen.add(command[0] ?? '');
      }
      expect(known.filter((name) => !seen.has(name))).toEqual([]);
    },
    240_000,
  );

  it.each([80, 120])(
    'of %i columns holds what is said of several environments, and of the sandbox',
    async (columns) => {
      const { env } = await withSandbox();
      const { MP_NAMESPACE: _, ...rest } = env;
      const { root } = makeRepository(ENVIRONMENTS);
      for (const args of [
        ['plan', '--all-environments'],
        ['compare', 'a-first-environment-with-a-long-name', 'a-second-environment-with-a-long-name'],
        ['environments'],
        ['status', '--all-environments'],
        ['schedule', '--all-environments', '--days', '1'],
        ['plan', '-e', 'a-third-environment-with-a-long-name'],
        ['sandbox', '--port', '0', '--memory'],
      ]) {
        const { screen } = await onTerminal(args, root, rest, columns);
        expect({ args, wide: tooWide(screen, columns) }).toEqual({ args, wide: [] });
      }
    },
  );
});

/** `Sun 2026-11-29 02:00 EST` */
const ONE_FORM = /^(?:Sun|Mon|Tue|Wed|Thu|Fri|Sat) \d{4}-\d{2}-\d{2} \d{2}:\d{2} (?:UTC|GMT[+-]|[A-Z]{3})/;

it('in a pipe nothing is cut, and every time has one form', async () => {
  const { repository, all } = await steps();
  let [printed, said] = ['', ''];
  for (const { command, edit } of all) {
    await edit?.();
    const { stdout, stderr } = await repository.mxt(command);
    expect({ command, cut: `${stdout}${stderr}`.split('\n').filter((line) => line.includes('…')) }).toEqual({
      command,
      cut: [],
    });
    // Examples of what can be typed are ISO 8601.
    if (!command.includes('--help') && command[0] !== 'help') said += stdout + stderr;
    printed += stdout;
  }
  const times = said.match(/.{0,4}\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}.{0,6}/g) ?? [];
  expect(times.length).toBeGreaterThan(50);
  expect(times.filter((time) => !ONE_FORM.test(time))).toEqual([]);
  expect(printed).toContain(`"${DESCRIPTION}"`);
  expect(printed.split('\n').filter((line) => line.startsWith('Counted: '))).not.toEqual([]);
  expect(printed).toMatch(new RegExp(`^  \\d\\d:\\d\\d GMT-3 .*  ${LONG}  cluster clust_abc123$`, 'm'));
});
