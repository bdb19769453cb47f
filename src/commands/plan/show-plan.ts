import { announcePlan } from '../../ci/announce.ts';
import { ciFor } from '../../ci/ci.ts';
import type { MxtError } from '../../errors.ts';
import { COMMENT_LIMIT, linksFrom, SUMMARY_LIMIT } from '../../render/markdown/markdown-options.ts';
import { FORMATS, type PlanFormat, type PlanOrPlans } from '../../render/plan/plan-formats.ts';
import { planJson } from '../../render/plan/plan-json.ts';
import { tryWrite } from '../../terminal/files.ts';
import type { PlanCommandFlags } from '../../terminal/flags.ts';
import type { Io } from '../../terminal/io.ts';
import { colorsOn } from '../../terminal/output.ts';

/** Prints and saves plans in every format that was chosen. Files come first: a reader that closes the pipe loses none. */
export async function showPlan(shown: PlanOrPlans, flags: PlanCommandFlags, io: Io): Promise<void> {
  const options = {
    colors: colorsOn(flags, io),
    markdown: { limit: COMMENT_LIMIT, ...linksFrom(io.env) },
  };
  const text = (format: PlanFormat) => FORMATS[format](shown, options);
  const files: readonly (readonly [PlanFormat, string | undefined])[] = [
    ['json', flags.out],
    ['json', flags.outJson],
    ['markdown', flags.outMarkdown],
    ['html', flags.outHtml],
  ];
  const unwritten: (MxtError | null)[] = [];
  for (const [format, path] of files) {
    if (path !== undefined) unwritten.push(await tryWrite(io, path, await text(format)));
  }
  const ci = ciFor(io);
  if (ci !== null) {
    const { planMarkdown } = await import('../../render/plan/plan-markdown.ts');
    const summary = { ...options.markdown, limit: SUMMARY_LIMIT, unit: 'bytes' as const };
    const plans = [shown].flat().map(planJson);
    announcePlan(
      ci,
      plans,
      plans.map((plan) => planMarkdown(plan, summary)),
    );
  }
  io.out(await text(flags.format));
  const failed = unwritten.find((error) => error !== null);
  if (failed !== undefined) throw failed;
}
