import type { Plan as PlanJson } from '../../../generated/plan.d.ts';
import type { MarkdownOptions } from '../markdown/markdown-options.ts';
import type { Colors } from '../text/colors.ts';

export interface RenderOptions {
  readonly colors: Colors;
  readonly markdown: MarkdownOptions;
}

export const PLAN_FORMATS = ['text', 'json', 'markdown', 'html'] as const;
export type PlanFormat = (typeof PLAN_FORMATS)[number];

/** Formats that are one page of all plans: Markdown shares one limit, a web page begins with a table of contents. */
export type PageFormat = Exclude<PlanFormat, 'text' | 'json'>;

/** What is loaded when it is chosen. @param sum a sentence about all of them; null where there is one */
export const PAGES: Readonly<
  Record<
    PageFormat,
    (plans: readonly PlanJson[], sum: string | null, options: RenderOptions) => Promise<string>
  >
> = {
  markdown: async (plans, sum, { markdown }) => {
    const { planMarkdown } = await import('./plan-markdown.ts');
    const { escapeMarkdown } = await import('../markdown/escape-markdown.ts');
    const last = sum === null ? '' : `${escapeMarkdown(sum)}\n`;
    const limit = Math.floor((markdown.limit - last.length) / Math.max(1, plans.length)) - 1;
    const options = plans.length === 1 && sum === null ? markdown : { ...markdown, limit };
    return [...plans.map((plan) => planMarkdown(plan, options)), ...(last === '' ? [] : [last])].join('\n');
  },
  html: async (plans) => (await import('./plan-html.ts')).planHtml(plans),
};
