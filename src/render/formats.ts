import type { Plan } from '../domain/plan.ts';
import { printableJson } from '../lib/printable.ts';
import type { MarkdownOptions } from './markdown-options.ts';
import { planJson } from './plan-json.ts';
import { planText } from './plan-text.ts';
import type { Colors } from './style.ts';

export interface RenderOptions {
  readonly colors: Colors;
  readonly markdown: MarkdownOptions;
}

/** What each `--format` is rendered by. What only some need is loaded when it is chosen. */
export const FORMATS = {
  text: (plan: Plan, { colors }: RenderOptions) => planText(plan, colors),
  json: (plan: Plan) => `${printableJson(planJson(plan))}\n`,
  markdown: async (plan: Plan, { markdown }: RenderOptions) =>
    (await import('./plan-markdown.ts')).planMarkdown(planJson(plan), markdown),
  html: async (plan: Plan) => (await import('./plan-html.ts')).planHtml(planJson(plan)),
} as const satisfies Readonly<
  Record<string, (plan: Plan, options: RenderOptions) => string | Promise<string>>
>;

export type PlanFormat = keyof typeof FORMATS;
