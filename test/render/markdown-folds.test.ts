import { describe, expect, it } from 'vitest';
import type { Plan as PlanJson } from '../../generated/plan.d.ts';
import { planJson } from '../../src/render/plan/plan-json.ts';
import { planMarkdown } from '../../src/render/plan/plan-markdown.ts';
import { applied, manifest, plan } from '../plan/world.ts';
import { decode, readMarkdown } from './markdown-reader.ts';
import { everything } from './plans.ts';

const COMMIT = '8c1d2e3f4a5b'.padEnd(40, '0');
const options = {
  limit: 65_536,
  links: { server: 'https://github.com', repository: 'acme/search' },
  summaryUrl: null,
};
const git = { git: { commit: COMMIT, dirty: false }, rev: COMMIT.slice(0, 12) };

const names = (prefix: string, count: number) => Array.from({ length: count }, (_, at) => `${prefix}-${at}`);

/** So many to create, and so many to delete. */
function world(creates: number, deletes: number): PlanJson {
  const gone = names('gone', deletes).map((name) => applied(manifest({ name })));
  return planJson(
    plan(
      names('new', creates).map((name) => manifest({ name })),
      gone,
      git,
    ),
  );
}

/** What a reader sees without a click: names of operations, each with whether it is open, and lines that fold many. */
function outline(markdown: string): string[] {
  return markdown
    .split('\n<details')
    .slice(1)
    .map((block) => {
      const summary = /<summary>(.*)<\/summary>/.exec(block)?.[1] ?? '';
      const words = decode(summary.replace(/<[^>]*>/g, '')).split(' · ')[0];
      return `${block.startsWith(' open') ? 'open' : 'folded'}: ${words}`;
    });
}

describe('a plan on a pull request', () => {
  it('that is short is open', () => {
    expect(outline(planMarkdown(world(2, 1), options))).toEqual([
      'open: 🔴 delete gone-0',
      'open: 🟢 create new-0',
      'open: 🟢 create new-1',
    ]);
  });

  it('opens what cannot be undone, and folds the rest line by line', () => {
    expect(outline(planMarkdown(world(3, 1), options))).toEqual([
      'open: 🔴 delete gone-0',
      'folded: 🟢 create new-0',
      'folded: 🟢 create new-1',
      'folded: 🟢 create new-2',
    ]);
  });

  it('opens the first five of many, and hides none of what cannot be undone', () => {
    expect(outline(planMarkdown(world(0, 12), options))).toEqual([
      ...[0, 1, 10, 11, 2].map((at) => `open: 🔴 delete gone-${at}`),
      ...[3, 4, 5, 6, 7, 8, 9].map((at) => `folded: 🔴 delete gone-${at}`),
    ]);
  });

  it('folds a long list into one line that counts it', () => {
    const [first, ...others] = outline(planMarkdown(world(11, 0), options));
    expect(first).toBe('folded: Changes: 11 to create');
    expect(others).toHaveLength(11);
  });

  it("folds what is not this change's", () => {
    const { operations, ...rest } = world(1, 1);
    const pending = operations.map((one) => ({ ...one, pending: true }));
    expect(outline(planMarkdown({ ...rest, operations: pending }, options))).toEqual([
      "folded: Pending already, not this change's: 1 to delete, 1 to create",
      'folded: 🔴 delete gone-0',
      'folded: 🟢 create new-0',
    ]);
  });

  it('says what is lost, and who has it until now', () => {
    expect(planMarkdown(world(0, 1), options)).toContain('\nThe trigger and its run history are lost.\n');
    const [one] = world(1, 0).operations;
    const taken = {
      ...(one as PlanJson['operations'][number]),
      kind: 'rename' as const,
      hazard: { kind: 'takeover' as const, reason: 'it belongs to acme/<other> until now' },
    };
    const markdown = planMarkdown({ ...world(1, 0), operations: [taken] }, options);
    expect(markdown).toContain('\nIt belongs to acme/&#60;other&#62; until now.\n');
  });
});

describe('places', () => {
  const base = `https://github.com/acme/search/blob/${COMMIT}`;

  it('of a manifest, of a default that brings a change, and of the commit are links', () => {
    const { operations, ...rest } = world(1, 0);
    const [one] = operations;
    const changes = one?.changes.map((change, at) =>
      at < 2 ? change : { ...change, source: { file: 'mxt.yaml', line: 5 } },
    );
    const placed = { ...rest, operations: [{ ...one, changes }] } as PlanJson;
    expect(planMarkdown(placed, options)).toContain(
      `a new trigger · [manifests/new-0.yaml:1](${base}/manifests/new-0.yaml#L1) · also written in [mxt.yaml:5](${base}/mxt.yaml#L5)\n`,
    );
    expect(readMarkdown(planMarkdown(placed, options)).links.at(-1)).toBe(
      `https://github.com/acme/search/commit/${COMMIT}`,
    );
  });

  it('of what a warning is about are links, by the name where there is one', () => {
    const source = { file: 'manifests/a.yaml', line: 3 };
    const warning = { code: 'dst', message: 'it runs twice' };
    const warnings = [
      { ...warning, name: 'a', source },
      { ...warning, code: 'lint', name: null, source: { file: 'mxt.yaml', line: 7 } },
      { ...warning, code: 'held', name: 'b', source: null },
    ] as PlanJson['warnings'];
    const markdown = planMarkdown({ ...world(0, 0), warnings }, options);
    expect(markdown).toContain(
      `- ⚠️ [<code>a</code>](${base}/manifests/a.yaml#L3): it runs twice (dst)
- ⚠️ [<code>mxt.yaml:7</code>](${base}/mxt.yaml#L7): it runs twice (lint)`,
    );
  });
});

describe('warnings', () => {
  it('that are many are folded, but for rules that are broken', () => {
    const warnings = names('w', 12).map((name) => ({
      code: 'unmanaged' as const,
      name,
      message: `about ${name}`,
      source: null,
      ...(name === 'w-11' ? { level: 'error' as const } : {}),
    }));
    const markdown = planMarkdown({ ...world(0, 0), warnings }, options);
    expect(outline(markdown)).toEqual(['folded: Warnings: 11 warnings']);
    expect(markdown.indexOf('#### Rules broken\n\n- ⛔ <code>w-11</code>')).toBeLessThan(
      markdown.indexOf('<details>'),
    );
  });
});

describe('the cost', () => {
  const credits = (max: number) => ({ min: max / 10, max });
  const forecast = (before: number, after: number) => ({
    runs_per_month_before: 30,
    runs_per_month_after: 30,
    credits_per_month_before: credits(before),
    credits_per_month_after: credits(after),
    budget: null,
  });

  it.each([
    [100, 200, '📈 Forecast: **30 runs a month, 10–100 → 20–200 credits a month**.'],
    [200, 100, '📉 Forecast: **30 runs a month, 20–200 → 10–100 credits a month**.'],
    [100, 100, 'Forecast: **30 runs a month, 10–100 credits a month**.'],
  ])('from %i to %i is the third line', (before, after, line) => {
    const markdown = planMarkdown({ ...world(1, 0), forecast: forecast(before, after) } as PlanJson, options);
    expect(markdown.split('\n\n')[2]).toMatch(line);
  });

  it('of one operation is on its line', () => {
    const { operations, ...rest } = world(4, 0);
    const schedule = {
      words: 'Every hour',
      words_before: 'At 02:00',
      timezone: 'UTC',
      timezone_before: 'UTC',
      next_before: [],
      next_after: [],
      runs_per_month_before: 30,
      runs_per_month_after: 720,
      credits_per_month_before: credits(100),
      credits_per_month_after: credits(2400),
      today: null,
      written: null,
    };
    const dearer = operations.map((one) => ({ ...one, kind: 'update' as const, schedule }));
    expect(planMarkdown({ ...rest, operations: dearer } as PlanJson, options)).toContain(
      '<code>new-0</code> · new · a month: 30 runs, 10–100 credits → 720 runs, 240–2,400 credits</summary>',
    );
  });
});

/** As GitHub mails it, in a client that knows neither styles nor how to fold: all of it, line below line. */
function asMail(markdown: string): string[] {
  const html = readMarkdown(markdown).html;
  const flat = html.replace(/<(p|li|pre|h\d|blockquote)\b[^>]*>/g, '\n').replace(/<[^>]*>/g, '');
  return decode(flat)
    .split('\n')
    .filter((line) => line.trim() !== '');
}

describe('in a mail', () => {
  const lines = asMail(planMarkdown({ ...planJson(everything), environment: 'production' }, options));

  it('the first hundred characters say where, that it is refused, and the gravest', () => {
    expect(lines.join(' ').slice(0, 100)).toMatch(
      /^⛔ mxt plan \(production\), refused \(max_deletes\): 1 to delete, 1 to replace, 1 blocked/,
    );
  });

  it('each operation is a line of its own, and what changes is below it', () => {
    const from = lines.findIndex((line) => line.startsWith('🟠 replace replace-me'));
    expect(lines.slice(from, from + 5)).toEqual([
      '🟠 replace replace-me · changed in Git · ⚠️',
      'trg_replace-me · manifests/replace-me.yaml:1',
      '- action_config.cluster_id: "clust_abc123"',
      '+ action_config.cluster_id: "clust_new"',
      '+ action_config.filters.status: "active"',
    ]);
  });
});
