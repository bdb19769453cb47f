import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { SeenRequest } from '../../src/sandbox/http/faults.ts';
import { CONFIG, makeRepository, manifestYaml, NAMESPACE, withSandbox } from '../support/cli.ts';
import { inTerminal } from './terminal.ts';

const MXT = fileURLToPath(new URL('../../dist/mxt.js', import.meta.url));
const FILES = {
  'mxt.yaml': CONFIG,
  'manifests/a.yaml': manifestYaml('a'),
  'manifests/b.yaml': manifestYaml('b'),
};
const CTRL_C = '\x03';
const CTRL_D = '\x04';
const QUESTION = `Apply this plan to ${NAMESPACE}: 2 to create?`;

const isWrite = ({ method, path }: SeenRequest) => method !== 'GET' && path !== '/v1/triggers/list';

async function start(
  args: readonly string[],
  onWrite?: () => Promise<unknown>,
  more: Readonly<Record<string, string>> = {},
) {
  const { sandbox, env } = await withSandbox({
    faults: (request) =>
      onWrite === undefined || !isWrite(request)
        ? undefined
        : { kind: 'delay', when: 'before', until: onWrite() },
  });
  const { root } = makeRepository(FILES, env);
  const terminal = inTerminal([process.execPath, MXT, ...args], root, { ...env, ...more });
  return { terminal, sandbox, writes: () => sandbox.requests.filter(isWrite) };
}

describe('on a terminal', () => {
  it.each([
    ['y', 'y\r', 0, 2, '2 applied'],
    ['n', 'n\r', 1, 0, 'Nothing was changed'],
    ['nothing but Enter', '\r', 1, 0, 'Nothing was changed'],
    ['Ctrl-D', CTRL_D, 1, 0, 'Nothing was changed'],
    ['Ctrl-C', CTRL_C, 130, 0, ''],
  ])('the question is answered with %s', async (_, keys, code, made, says) => {
    const { terminal, writes } = await start(['apply']);
    await terminal.shows(QUESTION);
    terminal.type(keys);
    const ended = await terminal.ended;
    expect(ended.code, ended.screen).toBe(code);
    expect(ended.screen).toContain(says);
    expect(ended.screen).not.toMatch(/internal error|\n\s+at /);
    expect(writes()).toHaveLength(made);
  });

  describe('a plan that replaces and deletes', () => {
    /** A is replaced, b deleted, and c made. */
    async function destructive() {
      const { sandbox, env } = await withSandbox();
      const repository = makeRepository(FILES, env);
      expect(await repository.mxt('apply --yes')).toMatchObject({ code: 0 });
      const action = { action_config: '{ cluster_id: clust_other }' };
      repository.write('manifests/a.yaml', manifestYaml('a', action));
      repository.remove('manifests/b.yaml');
      repository.write('manifests/c.yaml', manifestYaml('c'));
      const before = sandbox.requests.length;
      const terminal = inTerminal([process.execPath, MXT, 'apply'], repository.root, env);
      return { terminal, writes: () => sandbox.requests.slice(before).filter(isWrite) };
    }
    const NUMBER = '2 deleted or replaced: type 2 to apply all; else none or choose:';

    it('is not applied by a yes, but by their number', async () => {
      const { terminal, writes } = await destructive();
      await terminal.shows(NUMBER);
      terminal.type('y\r');
      await terminal.shows('Type 2, the number of deletions and replacements');
      expect(writes()).toEqual([]);
      terminal.type('2\r');
      const { code, screen } = await terminal.ended;
      expect(code, screen).toBe(0);
      expect(screen).toContain('3 applied');
    });

    it('is applied in part, operation by operation', async () => {
      const { terminal, writes } = await destructive();
      for (const [question, keys] of [
        [NUMBER, 'choose\r'],
        ['1/3 + create c (new)', 'y\r'],
        ['2/3 -/+ replace a trg_', '\r'],
        ['3/3 - delete b trg_', 'yes\r'],
        ['1 deleted or replaced: type 1 to apply all; else none:', '1\r'],
      ] as const) {
        await terminal.shows(question);
        terminal.type(keys);
      }
      const { code, screen } = await terminal.ended;
      expect(code, screen).toBe(0);
      expect(writes().map(({ method }) => method)).toEqual(['POST', 'DELETE']);
    });

    it.each([
      ['Ctrl-C', CTRL_C, 130, ''],
      ['Ctrl-D', CTRL_D, 1, 'Nothing was changed'],
    ])('is left alone by %s in the middle of choosing', async (_, keys, code, says) => {
      const { terminal, writes } = await destructive();
      await terminal.shows(NUMBER);
      terminal.type('choose\r');
      await terminal.shows('1/3 + create c (new)');
      terminal.type('y\r');
      await terminal.shows('2/3 ');
      terminal.type(keys);
      const ended = await terminal.ended;
      expect(ended.code, ended.screen).toBe(code);
      expect(ended.screen).toContain(says);
      expect(ended.screen).not.toMatch(/internal error|\n\s+at /);
      expect(writes()).toEqual([]);
    });
  });

  it('is none in CI: no progress bar, and a question is refused in place of asked', async () => {
    const CI = { CI: 'true' };
    const applied = await start(['apply', '--yes'], undefined, CI);
    const { code, screen } = await applied.terminal.ended;
    expect({ code, made: applied.writes().length }, screen).toEqual({ code: 0, made: 2 });
    expect(screen).not.toMatch(/[░█▓]/u);
    const asks = await start(['apply'], undefined, CI);
    const refused = await asks.terminal.ended;
    expect({ code: refused.code, made: asks.writes().length }, refused.screen).toEqual({ code: 1, made: 0 });
    expect(refused.screen).toContain('nobody answers in CI (the variable CI is set)');
  });

  it('Ctrl-C lets the call in flight end, and says what was not done', async () => {
    let arrived = () => {};
    const inFlight = new Promise<void>((done) => {
      arrived = done;
    });
    let release = () => {};
    const held = new Promise<void>((done) => {
      release = done;
    });
    const { terminal, sandbox } = await start(['apply', '--yes', '--concurrency', '1'], () => {
      arrived();
      return held;
    });
    await inFlight;
    terminal.type(CTRL_C);
    await terminal.shows('calls in flight end first');
    release();
    const { code, screen } = await terminal.ended;
    expect(code, screen).toBe(130);
    expect(screen).toContain('1 applied, 1 not done');
    expect(sandbox.world(NAMESPACE).triggers).toHaveLength(1);
  });

  it('a second Ctrl-C ends at once, whatever is in flight', async () => {
    let arrived = () => {};
    const inFlight = new Promise<void>((done) => {
      arrived = done;
    });
    const { terminal, sandbox } = await start(['apply', '--yes'], () => {
      arrived();
      return new Promise(() => {}); // never answered
    });
    await inFlight;
    terminal.type(CTRL_C);
    await terminal.shows('once more ends at once');
    terminal.type(CTRL_C);
    expect(await terminal.ended).toMatchObject({ code: 130 });
    expect(sandbox.world(NAMESPACE).triggers).toEqual([]);
  });

  it('a service that cannot be reached is told of at once, before it is tried again', async () => {
    const { terminal } = await start(['plan'], undefined, { MP_API_URL: 'http://127.0.0.1:1' });
    const ended = await terminal.ended;
    expect(ended.code).toBe(1);
    const screen = ended.screen.replaceAll(/\s+/g, ' '); // lines are folded
    expect(screen).toMatch(/the connection was refused \(ECONNREFUSED\); trying once more error: /);
    expect(screen).toMatch(/error: .*\(ECONNREFUSED\), 2 times/);
  });
});
