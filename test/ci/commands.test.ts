import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Plan as PlanJson } from '../../generated/plan.d.ts';
import {
  announceError,
  announcePlan,
  announceProblems,
  announceResult,
  announceWarnings,
} from '../../src/ci/announce.ts';
import { type Ci, ciFor } from '../../src/ci/ci.ts';
import { appendOutput, appendSummary, SUMMARY_LIMIT } from '../../src/ci/step-files.ts';
import type { Problem } from '../../src/domain/problem.ts';
import { printable, printableJson } from '../../src/lib/printable.ts';
import { commandsIn, outputsIn } from './runner.ts';

function onGitHub() {
  const folder = mkdtempSync(join(tmpdir(), 'mxt-ci-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const files = { output: join(folder, 'output'), summary: join(folder, 'summary') };
  let log = '';
  const env = {
    GITHUB_ACTIONS: 'true',
    GITHUB_WORKSPACE: '/work',
    GITHUB_OUTPUT: files.output,
    GITHUB_STEP_SUMMARY: files.summary,
  };
  const err = (text: string) => {
    log += text;
  };
  const read = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8') : '');
  return {
    ci: ciFor({ env, err }) as Ci,
    files,
    log: () => log,
    output: () => read(files.output),
    summary: () => read(files.summary),
  };
}

function problem(more: Partial<Problem> = {}): Problem {
  const place = { file: 'manifests/a.yaml', line: 3, column: 5, excerpt: null, length: 1 };
  return { ...place, code: 'schema', message: 'unknown property', hint: null, ...more };
}

function plan(...kinds: PlanJson['operations'][number]['kind'][]): PlanJson {
  const count = (kind: string) => kinds.filter((one) => one === kind).length;
  return {
    digest: 'sha256:1',
    operations: kinds.map((kind) => ({ kind, name: kind, source: null, warnings: [] })),
    warnings: [],
    git: { commit: null, dirty: false },
    summary: { create: count('create'), delete: count('delete'), blocked: count('blocked'), unchanged: 4 },
  } as unknown as PlanJson;
}

/** Text that would be a command, a second output or a line of its own, where it is not taken care of. */
const HOSTILE = [
  '::set-output name=changes::true',
  '\n::error::forged',
  '\r\n::add-mask::a',
  '  ::error file=a::forged',
  '\u3000::error::forged',
  ':\u00ad:error::forged',
  '\u00ad::error::forged',
  '##[error]forged',
  'in the middle ##[set-output name=changes]true',
  '#\u00ad#[add-mask]a',
  '##vso[task.setvariable variable=a]b',
  "##teamcity[message text='a']",
  '%0A::error::forged',
  'a.yaml,line=1::forged',
  '\u001b[2K\u001b[1A::error::forged',
  '\u0085::error::forged',
  '\u2028::error::forged',
  'EOF\nchanges=true\nchanges<<EOF\ntrue\nEOF',
];

describe('no hostile text is a command', () => {
  it('though as it stands much of it is', () => {
    expect(HOSTILE.filter((text) => commandsIn(text).length > 0)).toHaveLength(14);
  });

  it.each(HOSTILE)('%j in a line of the log', (text) => {
    expect(commandsIn(printable(text))).toEqual([]);
    expect(commandsIn(`  + create ${printable(text)}`)).toEqual([]);
  });

  it('and a megabyte of it takes no longer than it should', () => {
    for (const part of ['a', '#', 'a[', '#\u00ad', '##a', ' ', ':\u00ad']) {
      expect(commandsIn(printable(part.repeat(1_000_000 / part.length)))).toEqual([]);
    }
  });

  it.each(HOSTILE)('%j in JSON, which keeps its meaning', (text) => {
    const json = printableJson({ [text]: [text, { text }] });
    expect(commandsIn(json)).toEqual([]);
    expect(JSON.parse(json)).toEqual({ [text]: [text, { text }] });
  });

  it.each(HOSTILE)('%j in an annotation', (text) => {
    const { ci, log } = onGitHub();
    announceProblems(ci, [problem({ file: text, message: text, hint: text })], '/work');
    announceError(ci, text);
    const source = { file: text, line: 3 };
    announceWarnings(ci, [{ code: text, name: text, message: text, source }], (file) => file);
    const [first, second, third, ...more] = commandsIn(log());
    expect(more).toEqual([]);
    expect(third).toMatchObject({ name: 'warning', properties: { line: '3' } });
    expect(Object.keys(third?.properties ?? {})).toEqual(['file', 'line', 'title']);
    expect(first).toMatchObject({ name: 'error', properties: { line: '3', col: '5', title: 'mxt' } });
    expect(Object.keys(first?.properties ?? {})).toEqual(['file', 'line', 'col', 'title']);
    expect(second).toMatchObject({ name: 'error', properties: { title: 'mxt' } });
  });

  it.each(HOSTILE)('%j in a group', (text) => {
    const { ci, log } = onGitHub();
    ci.group(text);
    ci.endGroup();
    expect(commandsIn(log()).map(({ name }) => name)).toEqual(['group', 'endgroup']);
  });

  it.each(HOSTILE)('%j in an output', (text) => {
    const { ci, output } = onGitHub();
    ci.output('digest', text);
    ci.output('last', 'x');
    expect(outputsIn(output())).toEqual({ digest: text, last: 'x' });
  });

  it('an output cannot hold its own end, even where that was guessed', () => {
    const { files, output } = onGitHub();
    const guessed = ['guessed', 'other'] as const;
    let next = 0;
    const delimiter = () => guessed[next++] as ReturnType<typeof crypto.randomUUID>;
    appendOutput(files.output, 'digest', 'a\nmxt-guessed\nchanges=true', delimiter);
    expect(outputsIn(output())).toEqual({ digest: 'a\nmxt-guessed\nchanges=true' });
  });
});

describe('annotations', () => {
  it('are written as GitHub reads them', () => {
    const { ci, log } = onGitHub();
    const odd = problem({ file: 'a,b:c%.yaml', message: '100% wrong', hint: 'did you mean "x"?' });
    announceProblems(ci, [odd], '/work/sub');
    expect(log()).toBe(
      '::error file=sub/a%2Cb%3Ac%25.yaml,line=3,col=5,title=mxt::100%25 wrong: did you mean "x"?\n',
    );
  });

  it('name no line where there is none', () => {
    const { ci, log } = onGitHub();
    announceProblems(ci, [problem({ line: null, column: null })], '/work');
    expect(log()).toBe('::error file=manifests/a.yaml,title=mxt::unknown property\n');
  });

  it.each([
    [10, 10, 'unknown property'],
    [11, 10, '2 more problems: the log has all of them'],
    [500, 10, '491 more problems: the log has all of them'],
  ])('of %i problems %i are shown, and the last one says "%s"', (count, shown, last) => {
    const { ci, log } = onGitHub();
    announceProblems(ci, Array<Problem>(count).fill(problem()), '/work');
    const commands = commandsIn(log());
    expect(commands).toHaveLength(shown);
    expect(commands.at(-1)?.message).toBe(last);
  });
});

describe('outputs', () => {
  it.each([
    [plan('create', 'delete', 'delete'), 'true', { create: '1', delete: '2', blocked: '0', unchanged: '4' }],
    [plan('blocked'), 'false', { create: '0', delete: '0', blocked: '1', unchanged: '4' }],
    [plan(), 'false', { create: '0', delete: '0', blocked: '0', unchanged: '4' }],
  ])('of a plan', (one, changes, counts) => {
    const { ci, output, summary } = onGitHub();
    announcePlan(ci, one, 'the plan');
    const { counts: json, ...others } = outputsIn(output());
    expect(others).toEqual({ changes, digest: 'sha256:1', unhealthy: '0', ...counts });
    expect(JSON.parse(json ?? '')).toEqual(
      Object.fromEntries(Object.entries(counts).map(([kind, count]) => [kind, Number(count)])),
    );
    expect(summary()).toBe('the plan\n\n');
  });

  it('of several environments', () => {
    const { ci, output } = onGitHub();
    const health = { failed: 1, overdue: 1, hold_ended: 1, held: 4, scheduler_stopped: false, holds: [] };
    announcePlan(ci, [{ ...plan('create'), health }, plan('create', 'blocked')], ['one', 'two']);
    expect(outputsIn(output())).toMatchObject({
      create: '2',
      unchanged: '8',
      unhealthy: '3',
      digest: 'sha256:1\nsha256:1',
    });
  });

  it('of a result', () => {
    const { ci, output, summary } = onGitHub();
    const counts = { applied: 2, failed: 1, skipped: 0, blocked: 0 };
    announceResult(ci, { digest: 'sha256:2', summary: counts, converged: false }, 'the result');
    expect(outputsIn(output())).toMatchObject({
      changes: 'true',
      converged: 'false',
      applied: '2',
      failed: '1',
    });
    expect(summary()).toBe('the result\n\n');
  });
});

describe('the summary', () => {
  it.each([
    ['at the limit', 0, true],
    ['one byte over it', 1, false],
  ])('%s', (_, over, whole) => {
    const { ci, summary } = onGitHub();
    // Two bytes a letter, and two line breaks at the end.
    ci.summary(['ä'.repeat((SUMMARY_LIMIT - 2) / 2) + 'x'.repeat(over)]);
    expect(Buffer.byteLength(summary()) === SUMMARY_LIMIT).toBe(whole);
    if (!whole)
      expect(summary()).toMatch(/^_Left out: 1 of 1 parts, since a job summary holds at most 1 MiB\._\n\n$/);
  });

  it('holds whole blocks, counts what is left out, and knows what the step has written before', () => {
    const { files, summary } = onGitHub();
    const block = (name: string) => `<details>${name}${'ä'.repeat(200_000)}</details>`;
    appendFileSync(files.summary, 'x'.repeat(100_000));
    appendSummary(files.summary, [block('a'), block('b'), block('c'), 'd']);
    expect(Buffer.byteLength(summary())).toBeLessThanOrEqual(SUMMARY_LIMIT);
    expect(summary().slice(100_000)).toBe(
      `${block('a')}\n\n${block('b')}\n\n_Left out: 2 of 4 parts, since a job summary holds at most 1 MiB._\n\n`,
    );
    writeFileSync(files.summary, 'x'.repeat(SUMMARY_LIMIT));
    appendSummary(files.summary, ['a']);
    expect(Buffer.byteLength(summary())).toBe(SUMMARY_LIMIT);
  });
});

describe('where there is no such thing', () => {
  it('other CI systems get none of it', () => {
    expect(ciFor({ env: { CI: 'true', GITLAB_CI: 'true' }, err: () => {} })).toBeNull();
    announcePlan(null, plan('create'), 'x');
    announceProblems(null, [problem()], '/');
  });

  it('a file that cannot be written is a warning', () => {
    let log = '';
    const err = (text: string) => {
      log += text;
    };
    ciFor({ env: { GITHUB_ACTIONS: 'true', GITHUB_OUTPUT: '/nowhere/at/all' }, err })?.output('a', 'b');
    expect(log).toMatch(/^warning: cannot write to GITHUB_OUTPUT: /);
  });
});
