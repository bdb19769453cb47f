import type { Plan } from '../../domain/plan.ts';
import { printableJson } from '../../lib/printable.ts';
import type { MarkdownOptions } from '../markdown/markdown-options.ts';
import type { Colors } from '../text/colors.ts';
import { planJson, plansJson } from './plan-json.ts';
import { planText } from './plan-text.ts';

export interface RenderOptions {
  readonly colors: Colors;
  readonly markdown: MarkdownOptions;
}

/** One plan, or those of several environments: a list of them is one in every format, however many it holds. */
export type PlanOrPlans = Plan | readonly Plan[];

type Render = (shown: PlanOrPlans, options: RenderOptions) => string | Promise<string>;

/** What each `--format` is rendered by. What only some need is loaded when it is chosen. */
export const FORMATS = {
  text: (shown, { colors }) =>
    [shown]
      .flat()
      .map((plan) => planText(plan, colors))
      .join('\n\n'),
  json: (shown) => `${printableJson(isOne(shown) ? planJson(shown) : plansJson(shown))}\n`,
  markdown: async (shown, { markdown }) => {
    const { planMarkdown } = await import('./plan-markdown.ts');
    const plans = [shown].flat();
    const limit = Math.floor(markdown.limit / Math.max(1, plans.length)) - 1;
    const options = plans.length === 1 ? markdown : { ...markdown, limit };
    return plans.map((plan) => planMarkdown(planJson(plan), options)).join('\n');
  },
  html: async (shown) => (await import('./plan-html.ts')).planHtml([shown].flat().map(planJson)),
} as const satisfies Readonly<Record<string, Render>>;

export type PlanFormat = keyof typeof FORMATS;

function isOne(shown: PlanOrPlans): shown is Plan {
  return !Array.isArray(shown);
}
