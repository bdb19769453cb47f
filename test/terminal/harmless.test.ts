import { describe, expect, it } from 'vitest';
import { CONFIG, makeRepository, manifestYaml, NAMESPACE, withSandbox } from '../support/cli.ts';

/** Clears a screen, sets a title, goes back over a line, turns the direction of text, begins a command of CI. */
const HOSTILE = '\u001b[2J\u001b]0;title\u0007\r\n::error::forged\n##[error]forged \u009b2J\u202e\u0000';

// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the point
const MOVES = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]|\r(?!\n)/;

async function start() {
  const { sandbox, env } = await withSandbox();
  const repository = makeRepository(
    { 'mxt.yaml': CONFIG, 'manifests/a.yaml': manifestYaml('a'), 'manifests/b.yaml': manifestYaml('b') },
    env,
  );
  await repository.mxt('apply --yes');
  await sandbox.change(NAMESPACE, (state) => ({
    ...state,
    triggers: state.triggers.flatMap((trigger, at) => [
      {
        ...trigger,
        // A copy under a name and an id that nobody here chose.
        trigger_id: `trg_${at}${HOSTILE}`,
        description: (trigger.description ?? '').replace('name=', `name=${encodeURIComponent(HOSTILE)}-`),
        last_error: HOSTILE,
        ...(at === 0 ? { status: 'failed' as const } : {}),
      },
      { ...trigger, description: `${HOSTILE}${trigger.description}` },
    ]),
  }));
  return { ...repository, sandbox };
}

describe('what comes from the service moves no cursor and forges no command', () => {
  it('and is read: what is said below is said of it', async () => {
    const { mxt } = await start();
    expect(await mxt('status')).toMatchObject({ code: 0, stderr: '' });
    expect((await mxt('plan')).stdout).toContain('\\u{1b}[2J');
  });

  it.each([
    ['plan', '--max-deletes', '9'],
    ['plan', '--format', 'json'],
    ['status'],
    ['schedule', '--live'],
    ['schedule', '--live', '--format', 'ics'],
    ['schedule', '--live', '--format', 'html'],
    ['export', '--raw'],
    ['dry-run', '--curl'],
    ['release', `trg_0${HOSTILE}`, '--yes'],
    ['release', `nothing${HOSTILE}`, '--yes'],
    ['run', HOSTILE],
    ['history', HOSTILE],
    ['pull', HOSTILE],
    ['apply', '--yes', '--max-deletes', '9'],
  ])('mxt %s %s %s', async (...args) => {
    const { mxt } = await start();
    const { stdout, stderr } = await mxt(args.filter((arg) => arg !== undefined));
    expect(stdout + stderr).not.toBe('');
    expect(stderr).not.toContain('could not be read whole');
    expect(MOVES.exec(stdout + stderr)?.[0]).toBeUndefined();
    expect(stderr).not.toMatch(/^\s*::error|##\[error/m);
  });
});

describe('an id that would lead elsewhere', () => {
  it.each(['.', '..', ''])('"%s" is no id: live counts as not read, and nothing is sent', async (id) => {
    const { mxt, sandbox } = await start();
    await sandbox.change(NAMESPACE, (state) => ({
      ...state,
      triggers: state.triggers.map((trigger, at) => (at === 1 ? { ...trigger, trigger_id: id } : trigger)),
    }));
    const before = sandbox.requests.length;
    const { code, stderr } = await mxt('apply --yes');
    expect(code).toBe(1);
    expect(stderr).toContain('trigger_id');
    const paths = sandbox.requests.slice(before).map(({ path }) => path.replace(/\?.*/, ''));
    expect(new Set(paths)).toEqual(new Set(['/v1/triggers/list']));
  });
});
