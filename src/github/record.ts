import type { Operation as OperationJson, Plan as PlanJson } from '../../generated/plan.d.ts';
import type { Json } from '../domain/json.ts';
import { printableJson } from '../lib/printable.ts';
import { CHECK_LIMIT } from './github.ts';
import { readRun, showRun, type WorkflowRun } from './workflow-run.ts';

/** Where a plan would be applied: a review for one target is none for another. */
export type Target = Pick<PlanJson, 'owner' | 'environment' | 'namespace' | 'api_url'>;

/** One operation as a reviewer had it before them. */
export interface RecordedOperation {
  /** The first 16 hex digits: enough to tell an operation by, and thousands fit into one check run. */
  readonly digest: string;
  readonly kind: string;
  readonly name: string;
  readonly trigger_id: string | null;
  /** Null where there was no room: the digest alone decides, these only show what differs. */
  readonly changes: readonly { path: string; before: Json; after: Json }[] | null;
}

/** What one text of a check run holds: a plan's operations, or a part of them. */
export interface ReviewRecord {
  readonly target: Target;
  readonly run: WorkflowRun | null;
  /** Digest of the plan: parts of one belong together. */
  readonly plan: string;
  readonly operations: readonly RecordedOperation[];
}

const VERSION = 'review/1';
/** Longer changes of one operation are left out. */
const CHANGES_MAX = 2_000;
/** Where a plan takes more texts than this, all changes are left out. */
const PARTS_WITH_CHANGES = 4;
/** More than 10,000 operations; what is beyond counts as not reviewed. */
export const PARTS_MAX = 20;
const FENCE = '```';
const INTRO = 'What this plan would do, for `mxt apply --reviewed`: it applies what was planned here.';

export function shortDigest(digest: string): string {
  return digest.replace(/^sha256:/, '').slice(0, 16);
}

/** The record of a plan as texts for check runs, at least one, each within GitHub's limit. */
export function writeRecord(plan: PlanJson, run: WorkflowRun | null): string[] {
  const { owner, environment, namespace, api_url, digest } = plan;
  const header = line({
    mxt: VERSION,
    target: { owner, environment, namespace, api_url },
    run: showRun(run),
    plan: digest,
  });
  const operations = plan.operations.filter(({ kind }) => kind !== 'blocked');
  const full = operations.map(entry);
  if (full.reduce((sum, one) => sum + sizeOf(one), 0) < PARTS_WITH_CHANGES * CHECK_LIMIT) {
    const texts = fill(header, full.map(line));
    if (texts.length <= PARTS_WITH_CHANGES) return texts;
  }
  return fill(header, full.map(withoutChanges).map(line)).slice(0, PARTS_MAX);
}

/** Null where a text holds no record that we know. */
export function readRecord(text: string): ReviewRecord | null {
  const lines = text.split(/\r?\n/);
  const start = lines.findIndex((one) => one.startsWith(FENCE));
  const end = lines.indexOf(FENCE, start + 1);
  if (start === -1 || end === -1) return null;
  try {
    const [header, ...entries] = lines.slice(start + 1, end).map((one) => JSON.parse(one));
    if (header?.mxt !== VERSION) return null;
    const operations = entries.map(([digest, kind, name, trigger_id, changes]) => ({
      digest,
      kind,
      name,
      trigger_id,
      changes:
        changes?.map(([path, before, after]: [string, Json, Json]) => ({ path, before, after })) ?? null,
    }));
    return { target: header.target, run: readRun(header.run), plan: header.plan, operations };
  } catch {
    return null; // cut, or written by hand: it records nothing
  }
}

type Entry = readonly [digest: string, kind: string, name: string, id: string | null, changes?: unknown[]];

function entry({ digest, kind, name, trigger_id, changes }: OperationJson): Entry {
  const compact = changes.map(({ path, before, after }) => [path, before, after]);
  const full: Entry = [shortDigest(digest), kind, name, trigger_id, compact];
  return sizeOf(compact) <= CHANGES_MAX ? full : withoutChanges(full);
}

function withoutChanges([digest, kind, name, id]: Entry): Entry {
  return [digest, kind, name, id];
}

/** Roughly, and quickly. */
function sizeOf(value: object): number {
  return JSON.stringify(value).length;
}

/** A line of JSON can neither end its fence nor hide anything: it begins with a bracket and escapes the rest. */
function line(value: object): string {
  return printableJson(value, 0);
}

function fill(header: string, entries: readonly string[]): string[] {
  const wrap = (lines: readonly string[]) => [INTRO, '', `${FENCE}json`, header, ...lines, FENCE].join('\n');
  const room = CHECK_LIMIT - Buffer.byteLength(wrap([]));
  const parts: string[][] = [[]];
  let used = 0;
  for (const one of entries) {
    const size = Buffer.byteLength(one) + 1;
    if (used + size > room) {
      parts.push([]);
      used = 0;
    }
    parts.at(-1)?.push(one);
    used += size;
  }
  return parts.map(wrap);
}
