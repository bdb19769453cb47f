import type { Plan as PlanJson } from '../../../generated/plan.d.ts';
import { announcePlan } from '../../ci/announce.ts';
import { type Ci, ciFor } from '../../ci/ci.ts';
import { COMMENT_LIMIT, linksFrom, SUMMARY_LIMIT } from '../../render/markdown/markdown-options.ts';
import { PAGES, type PlanFormat, type RenderOptions } from '../../render/plan/plan-formats.ts';
import { savedPlanText } from '../../render/plan/plan-text.ts';
import { jsonDocuments, type Output, textDocuments } from '../../terminal/documents.ts';
import type { PlanCommandFlags } from '../../terminal/flags.ts';
import { growingFile } from '../../terminal/growing-file.ts';
import type { Io } from '../../terminal/io.ts';
import { colorsOn } from '../../terminal/output.ts';

export type PlanOutputFlags = Pick<
  PlanCommandFlags,
  'color' | 'format' | 'out' | 'outJson' | 'outMarkdown' | 'outHtml'
>;

/**
 * Prints and saves plans in every format that was chosen. Files come first: a reader that closes the pipe loses none.
 *
 * @param several whether they are a list, however many there are
 */
export function planOutput(flags: PlanOutputFlags, io: Io, several: boolean): Output<PlanJson> {
  const options = { colors: colorsOn(flags, io), markdown: { limit: COMMENT_LIMIT, ...linksFrom(io.env) } };
  const files = (
    [
      ['json', flags.out],
      ['json', flags.outJson],
      ['markdown', flags.outMarkdown],
      ['html', flags.outHtml],
    ] as const
  ).flatMap(([format, path]) => {
    if (path === undefined) return [];
    const file = growingFile(io, path);
    return [{ output: inFormat(format, several, options, file.write), finish: file.finish }];
  });
  const ci = ciFor(io);
  const announcement = ci === null ? null : inCi(ci, options);
  const shown = inFormat(flags.format, several, options, flags.format === 'text' ? io.say : io.out);
  return {
    async one(plan) {
      for (const { output } of files) await output.one(plan);
      await announcement?.one(plan);
      await shown.one(plan);
    },
    async end(sum) {
      const unwritten = [];
      for (const { output, finish } of files) {
        await output.end(sum);
        unwritten.push(finish());
      }
      await announcement?.end(sum);
      await shown.end(sum);
      const failed = unwritten.find((error) => error !== null);
      if (failed !== undefined) throw failed;
    },
  };
}

/** Text and JSON go out plan by plan, and none is held. */
function inFormat(
  format: PlanFormat,
  several: boolean,
  options: RenderOptions,
  write: (text: string) => void,
): Output<PlanJson> {
  if (format === 'json') return jsonDocuments(several ? 'plans' : null, write);
  if (format === 'text') return textDocuments((plan) => savedPlanText(plan, options.colors), write);
  const plans: PlanJson[] = [];
  return {
    one: (plan) => void plans.push(plan),
    end: async (sum) => write(await PAGES[format](plans, sum, options)),
  };
}

/** A job's summary takes a mebibyte: of what comes after that, counts are kept alone. */
function inCi(ci: Ci, { markdown }: RenderOptions): Output<PlanJson> {
  const plans: PlanJson[] = [];
  const blocks: string[] = [];
  let length = 0;
  return {
    async one(plan) {
      const { planMarkdown } = await import('../../render/plan/plan-markdown.ts');
      const does = plan.operations.find(({ kind }) => kind !== 'blocked');
      plans.push({ ...plan, operations: does === undefined ? [] : [does] });
      const full = length > SUMMARY_LIMIT;
      const block = full ? '' : planMarkdown(plan, { ...markdown, limit: SUMMARY_LIMIT, unit: 'bytes' });
      length += block.length;
      blocks.push(block);
    },
    end: () => announcePlan(ci, plans, blocks),
  };
}
