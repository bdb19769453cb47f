import { SEVERITY } from '../plan/severity.ts';
import type { Target } from '../text/heading.ts';
import type { Links } from './source-link.ts';
import type { Limit } from './within-limit.ts';

export interface MarkdownOptions {
  /** How long the text may be. */
  readonly limit: number;
  /** Of the limit: UTF-16 code units, unless it says bytes of UTF-8. */
  readonly unit?: Limit['unit'];
  /** Null: no links to sources. */
  readonly links: Links | null;
  /** Where everything can be read that is left out here. */
  readonly summaryUrl: string | null;
  /** What a result is for: it does not say so itself. */
  readonly target?: Target;
}

/** Of a comment on GitHub. */
export const COMMENT_LIMIT = 65_536;
/** Of one step's job summary, in bytes. */
export const SUMMARY_LIMIT = 1024 * 1024;

/** How much is shown of a name or an id, in UTF-16 code units. */
export const NAME = 200;

/** What GitHub's runner says about where it is. */
export function linksFrom(
  env: Readonly<Record<string, string | undefined>>,
): Pick<MarkdownOptions, 'links' | 'summaryUrl'> {
  const server = env['GITHUB_SERVER_URL'];
  const repository = env['GITHUB_REPOSITORY'];
  const run = env['GITHUB_RUN_ID'];
  if (!server || !repository) return { links: null, summaryUrl: null };
  return {
    links: { server, repository },
    summaryUrl: run ? `${server}/${repository}/actions/runs/${run}` : null,
  };
}

export function limitOf({ limit, unit = 'characters' }: MarkdownOptions): Limit {
  return { most: limit, unit };
}

/** What is not shown, counted from the most dangerous on, and where it is. */
export function missing(leftOut: readonly string[], { summaryUrl }: MarkdownOptions): string {
  const kinds = [...new Set(leftOut)].sort((a, b) => rank(a) - rank(b));
  const counts = kinds.map((kind) => `${leftOut.filter((one) => one === kind).length} ${kind}`);
  const where =
    summaryUrl !== null && /^https?:\/\/[\w.:/-]+$/.test(summaryUrl)
      ? `[The job summary](${summaryUrl}) has everything`
      : 'The JSON format has everything';
  return `**Not shown for lack of space: ${counts.join(', ')}.** ${where}.`;
}

function rank(kind: string): number {
  const at = (SEVERITY as readonly string[]).indexOf(kind);
  return at === -1 ? SEVERITY.length : at;
}
