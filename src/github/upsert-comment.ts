import type { GitHub, PullComment } from './github.ts';
import { type Identity, type Mark, markerOf, readMarker } from './identity.ts';
import { isNewer } from './workflow-run.ts';

export interface Comment extends Mark {
  readonly identity: Identity;
  /** Without the marker. */
  readonly markdown: string;
  /** Where there is no comment yet, whether there is something to say at all. */
  readonly create: boolean;
  /** Says that there was nothing to apply: leaves what an earlier run did standing. */
  readonly idle: boolean;
}

export interface UpsertedComment {
  readonly outcome: 'created' | 'updated' | 'unchanged' | 'newer' | 'nothing';
  /** Null where there is no comment. */
  readonly url: string | null;
}

/** The author of what GitHub's own runner writes, whatever the token. */
const RUNNER = 'github-actions[bot]';

/** The beginning of a comment's body: its length is off what the text may take. */
export function prefixOf(comment: Mark & { readonly identity: Identity }): string {
  return `${markerOf(comment.identity, comment)}\n`;
}

/**
 * Creates or updates our one comment on a pull request. GitHub cannot lock: two runs may each have created one, so they
 * are listed again after a create, the oldest is kept and the others are deleted. Only the newest run tidies up, so that
 * two runs never each delete what the other one keeps.
 *
 * @throws GitHubError where GitHub refuses a call or cannot be reached
 */
export async function upsertComment(
  github: GitHub,
  pull: number,
  comment: Comment,
): Promise<UpsertedComment> {
  const viewer = await github.viewer();
  const list = async () => ownOf(await github.comments(pull), comment.identity, viewer);
  const body = prefixOf(comment) + comment.markdown;
  let own = await list();
  let made: PullComment | null = null;
  if (own.length === 0) {
    if (!comment.create) return { outcome: 'nothing', url: null };
    made = await github.createComment(pull, body);
    const mine = { ...made, mark: comment };
    own = [...(await list()).filter(({ id }) => id !== mine.id), mine]; // a list may lag behind
  }
  const [kept, ...others] = own.sort((a, b) => a.id - b.id);
  if (kept === undefined) throw new TypeError('a comment was found or made above');
  const { run } = comment;
  if (run !== null && own.some(({ mark }) => isNewer(mark.run, run))) {
    return { outcome: 'newer', url: kept.url };
  }
  const changed = kept.id !== made?.id && kept.body !== body && !(comment.idle && kept.mark.applied);
  if (changed) await github.updateComment(kept.id, body);
  for (const { id } of others) await github.deleteComment(id);
  return { outcome: made !== null ? 'created' : changed ? 'updated' : 'unchanged', url: kept.url };
}

interface OwnComment extends PullComment {
  readonly mark: Mark;
}

/** With our marker and by us: anybody can write a marker, and somebody else's comment must not become ours. */
function ownOf(comments: readonly PullComment[], identity: Identity, viewer: string | null): OwnComment[] {
  return comments.flatMap((comment) => {
    const { author, body } = comment;
    const mark = author === viewer || author === RUNNER ? readMarker(body, identity) : null;
    return author === null || mark === null ? [] : [{ ...comment, mark }];
  });
}
