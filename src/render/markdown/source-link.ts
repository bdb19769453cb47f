import type { Operation as OperationJson, Plan as PlanJson } from '../../../generated/plan.d.ts';
import { percentEncode } from '../../lib/percent-encode.ts';
import { trimEndOf } from '../../lib/trim.ts';
import { code, escapeMarkdown } from './escape-markdown.ts';

/** Where a repository is shown: `https://github.com` and `acme/search`. */
export interface Links {
  readonly server: string;
  readonly repository: string;
}

/** Where a manifest stands, as a link to the line at the commit where that is known. */
export function sourceLink(
  source: NonNullable<OperationJson['source']>,
  git: PlanJson['git'],
  links: Links | null,
): string {
  const url = links === null ? null : sourceUrl(source, git, links);
  const place = `${source.file}:${source.line}`;
  return url === null ? code(place) : `[${escapeMarkdown(place)}](${url})`;
}

/** Null where it is not known, or where a part of it is not what it should be: no link rather than a wrong one. */
export function sourceUrl(
  { file, line }: NonNullable<OperationJson['source']>,
  { commit, prefix }: PlanJson['git'],
  { server, repository }: Links,
): string | null {
  if (commit === null || !/^[0-9a-f]{40,64}$/.test(commit)) return null;
  if (!/^https?:\/\/[\w.:/-]+$/.test(server) || !/^[\w.-]+\/[\w.-]+$/.test(repository)) return null;
  const path = `${prefix ?? ''}${file}`.split('/');
  if (path.some((part) => part === '' || part === '.' || part === '..')) return null;
  return `${trimEndOf(server, '/')}/${repository}/blob/${commit}/${path.map(encode).join('/')}#L${line}`;
}

/** What `encodeURIComponent` leaves and Markdown would read. */
function encode(part: string): string {
  return percentEncode(part, /[!'()*~_]/g);
}
