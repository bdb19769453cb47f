import type { Plan as PlanJson } from '../../../generated/plan.d.ts';
import { percentEncode } from '../../lib/percent-encode.ts';
import { trimEndOf } from '../../lib/trim.ts';
import { code, escapeMarkdown } from './escape-markdown.ts';

/** Where a repository is shown: `https://github.com` and `acme/search`. */
export interface Links {
  readonly server: string;
  readonly repository: string;
}

interface Place {
  readonly file: string;
  readonly line: number;
}

const COMMIT = /^[0-9a-f]{40,64}$/;

/** Where a manifest stands, as a link to the line at the commit where that is known. */
export function sourceLink(source: Place, git: PlanJson['git'], links: Links | null): string {
  const url = links === null ? null : sourceUrl(source, git, links);
  const place = `${source.file}:${source.line}`;
  return url === null ? code(place) : `[${escapeMarkdown(place)}](${url})`;
}

/** Null where it is not known, or where a part of it is not what it should be: no link rather than a wrong one. */
export function sourceUrl(
  { file, line }: Place,
  { commit, prefix }: PlanJson['git'],
  links: Links,
): string | null {
  const repository = commit !== null && COMMIT.test(commit) ? repositoryUrl(links) : null;
  if (repository === null) return null;
  const path = `${prefix ?? ''}${file}`.split('/');
  if (path.some((part) => part === '' || part === '.' || part === '..')) return null;
  return `${repository}/blob/${commit}/${path.map(encode).join('/')}#L${line}`;
}

/** The beginning of a commit's name, as a link to it where it can be one. */
export function commitLink(commit: string, links: Links | null): string {
  const repository = links !== null && COMMIT.test(commit) ? repositoryUrl(links) : null;
  const shown = code(commit.slice(0, 12));
  return repository === null ? shown : `[${shown}](${repository}/commit/${commit})`;
}

function repositoryUrl({ server, repository }: Links): string | null {
  if (!/^https?:\/\/[\w.:/-]+$/.test(server) || !/^[\w.-]+\/[\w.-]+$/.test(repository)) return null;
  return `${trimEndOf(server, '/')}/${repository}`;
}

/** What `encodeURIComponent` leaves and Markdown would read. */
function encode(part: string): string {
  return percentEncode(part, /[!'()*~_]/g);
}
