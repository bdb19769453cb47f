import { percentEncode } from '../lib/percent-encode.ts';
import { readRun, showRun, type WorkflowRun } from './workflow-run.ts';

/** Whose plan it is: one comment and one name of check runs for each. */
export interface Identity {
  readonly owner: string;
  readonly environment: string | null;
}

/** What the marker says of the text below it. */
export interface Mark {
  readonly run: WorkflowRun | null;
  /** It tells what apply did, and apply did something. */
  readonly applied: boolean;
}

/** The first line of a comment of ours. Only a first line counts: what stands below may come from manifests. */
export function markerOf(identity: Identity, { run, applied }: Mark): string {
  return `<!-- mxt:comment ${keyOf(identity)} run=${showRun(run)}${applied ? ' applied' : ''} -->`;
}

/** Null where a comment has no marker of this identity. */
export function readMarker(body: string, identity: Identity): Mark | null {
  const [, key, run = '', applied] =
    /^<!-- mxt:comment (owner=\S* environment=\S*) run=(\S*)( applied)? -->/.exec(body) ?? [];
  return key === keyOf(identity) ? { run: readRun(run), applied: applied !== undefined } : null;
}

/** `mxt plan (production)`. The owner is in its external id: a repository may have several. */
export function checkName(command: 'plan' | 'apply', { environment }: Identity): string {
  return `mxt ${command} (${environment ?? 'default'})`;
}

export function externalId(identity: Identity): string {
  return `mxt ${keyOf(identity)}`;
}

function keyOf({ owner, environment }: Identity): string {
  return `owner=${encode(owner)} environment=${encode(environment ?? '')}`;
}

/** Leaves nothing that could end an HTML comment or a word in it. */
function encode(text: string): string {
  return percentEncode(text, /[!'()*]/g);
}
