import type { Forecast } from './forecast.ts';
import type { Health } from './health.ts';
import type { Json } from './json.ts';
import type { Label } from './label.ts';
import type { Desired, Place, Source } from './manifest.ts';
import type { WriteRequest } from './request.ts';
import type { FixedHalf, LiveTrigger, PatchableHalf } from './trigger.ts';
import type { WarningCode } from './warning-codes.ts';

/** A live trigger that carries an ownership label. */
export interface LabelledTrigger {
  readonly id: string;
  /** As the service answered it. */
  readonly live: LiveTrigger;
  readonly label: Label;
  /** How its label stands where that is not as we would write it; null where it is. */
  readonly labelLayout: string | null;
  readonly fixed: FixedHalf;
  readonly patchable: PatchableHalf;
  readonly status: string;
}

/** The same with what depends on the clock, worked out once where live is read: no later stage asks again. */
export interface Managed extends LabelledTrigger {
  /** A hold freezes its status now; one that is past its end does not. */
  readonly held: boolean;
  /** A hold is still on it whose end has passed: the next apply takes it off. */
  readonly holdEnded: boolean;
  /** When it was due, where that is longer ago than the scheduler's minute; else null. */
  readonly overdueSince: Date | null;
}

/** Kinds in the order in which apply goes through them. */
export const KINDS = [
  'adopt',
  'rename',
  'release',
  'relabel',
  'pause',
  'update',
  'create',
  'replace',
  'resume',
  'delete',
] as const;
export type OperationKind = (typeof KINDS)[number];

export type Cause =
  | 'new'
  | 'manifest'
  | 'drift'
  | 'both'
  | 'removed'
  | 'duplicate'
  | 'label'
  | 'hold'
  | 'requested'
  | 'recovery';

export type BlockedBy =
  | 'protected'
  | 'foreign'
  | 'lookalike'
  | 'duplicate'
  | 'immutable'
  | 'conflict'
  | 'attached'
  | 'missing'
  | 'policy'
  | 'hold';

/** These are somebody's decision, not a fault: a plan that holds nothing else is done. */
const DELIBERATE: ReadonlySet<string> = new Set<BlockedBy>(['policy', 'hold']);

/** What an operation destroys, or takes from somebody else. Removing a copy that mxt itself made destroys nothing. */
export interface Hazard {
  readonly kind: 'delete' | 'replace' | 'takeover';
  /** In a few words, for whoever reviews it: `run history and counters are lost`. */
  readonly reason: string;
}

/** `path` is a JSON pointer into the manifest; what is absent is null. */
export interface Change {
  readonly path: string;
  readonly before: Json;
  readonly after: Json;
  /** Where it is written, where that is elsewhere than the operation's manifest: a default, an overlay. */
  readonly source?: Source;
}

export interface Warning {
  readonly code: WarningCode;
  /** The trigger's name, or null where the warning is about none in particular. */
  readonly name: string | null;
  readonly message: string;
  /** Where what it is about is written; null where nothing is. Filled in where a plan's findings are gathered. */
  readonly source?: Place | null;
  /** Into the manifest: the value that it is about. Its place is found by it; it is not printed. */
  readonly at?: readonly string[];
  /** A rule is broken that no operation can mend: nothing is refused for it, and the run ends in 1. */
  readonly level?: 'error';
}

/** A warning with its place. */
export interface PlacedWarning extends Omit<Warning, 'at'> {
  readonly source: Place | null;
}

interface Common {
  readonly name: string;
  readonly source: Source | null;
  readonly cause: Cause;
  readonly changes: readonly Change[];
  /** Exactly what apply sends, in order. Empty where blocked. */
  readonly requests: readonly WriteRequest[];
  readonly warnings: readonly Warning[];
  /** Triggers that the requests write to, as the plan saw them: apply looks again before it writes. */
  readonly preconditions: readonly LiveTrigger[];
  /** Every id that was live when it was planned, disabled ones too: what is made anew is none of them. */
  readonly liveIdsAtPlan: ReadonlySet<string>;
  /** Null where nothing is destroyed. Guards, renderers and reviews all read this. */
  readonly hazard: Hazard | null;
  readonly digest: string;
  /** Whether the base revision's manifests would do it as well. */
  readonly pending: boolean;
}

/** What an operation is about: each kind has exactly the sides that it can have. */
export type Sides =
  | { readonly kind: 'create'; readonly desired: Desired; readonly managed: null }
  | {
      readonly kind: 'adopt' | 'rename' | 'release' | 'relabel' | 'pause' | 'update' | 'replace' | 'resume';
      readonly desired: Desired;
      readonly managed: Managed;
    }
  | { readonly kind: 'delete'; readonly desired: null; readonly managed: Managed };

/** `managed` is null where nothing of ours is live; adopt's trigger is not ours yet, and stands in `looks`. */
export interface Blocked extends Common {
  readonly kind: 'blocked';
  readonly intended: OperationKind;
  readonly blocked_by: BlockedBy;
  readonly desired: Desired | null;
  readonly managed: Managed | null;
}

/** An operation that apply carries out. */
export type Action = Common & Sides;
export type Operation = Action | Blocked;

/** A limit that refuses the plan, with its numbers and the narrow flag that overrides it. */
export interface GuardRefusal {
  readonly guard:
    | 'max_deletes'
    | 'max_delete_percent'
    | 'copied_owner'
    | 'unknown_rev'
    | 'older_commit'
    | 'budget'
    | 'cost_rise';
  readonly limit: number;
  readonly found: number;
  readonly flag: string;
  readonly message: string;
}

export interface GitState {
  /** The full id of HEAD; null outside Git. */
  readonly commit: string | null;
  /** A tracked file changed, or an untracked one stands under the manifests. */
  readonly dirty: boolean;
  /** There is a checkout, and Git does not read it, for this reason: nothing is known of commits. */
  readonly unreadable?: string;
  /** The folder of mxt.yaml in the Git repository, with a slash at its end; missing where that is its root. */
  readonly prefix?: string;
}

/** A plan of a part: what was not selected was not compared. */
export interface PlanSelection {
  readonly only: readonly string[];
  readonly except: readonly string[];
  /** How many names are selected, */
  readonly selected: number;
  /** of how many that manifests and owned triggers have. */
  readonly of: number;
  /** How many of them have no manifest, and are left alone because a tag is asked for. */
  readonly without_manifest?: number;
}

/** As every JSON has it. */
export function selectionJson(selection: PlanSelection | null) {
  return selection && { ...selection, only: [...selection.only], except: [...selection.except] };
}

/** A warning as every JSON has it. @param otherwise its place where it says none: that of its operation */
export function warningJson({ source, at: _, ...warning }: Warning, otherwise: Source | null) {
  const place = source ?? otherwise;
  return { ...warning, source: place && { ...place } };
}

/** What a plan calls the embedded sandbox: its port changes from run to run, and a digest must not. */
export const SANDBOX_URL = 'sandbox:';

export interface Plan {
  readonly owner: string;
  readonly environment: string | null;
  readonly namespace: string;
  /** Without a slash at its end. */
  readonly api_url: string;
  readonly git: GitState;
  readonly operations: readonly Operation[];
  /** Manifests whose trigger needs nothing. */
  readonly unchanged: number;
  /** How many triggers are ours, selected or not. */
  readonly owned: number;
  /** How many of those a manifest names. */
  readonly declared: number;
  /** Every name that a plan of everything would speak of; none where no flag selects by names. */
  readonly names: readonly { readonly name: string; readonly tags?: readonly string[] }[];
  /** Which of them the plan speaks of; null where it speaks of all. */
  readonly selection: PlanSelection | null;
  /** Ids of owned triggers that the plan does not speak of. */
  readonly unselected: ReadonlySet<string>;
  readonly guards: readonly GuardRefusal[];
  readonly unmanaged: number;
  readonly foreign: number;
  readonly damaged: number;
  /** Of what nobody manages, how many a collection made: they are not among `unmanaged`. Null where that was not read. */
  readonly attached: number | null;
  /** Names by id of the resources that were looked up: what an id in a change means. */
  readonly resources: ReadonlyMap<string, string>;
  /** How the owned triggers are that the plan speaks of. */
  readonly health: Health;
  /** What will run; null where nobody asked. */
  readonly forecast: Forecast | null;
  readonly warnings: readonly Warning[];
  readonly digest: string;
}

/** Whether it is left alone on purpose, by a policy or a hold. */
export function isDeliberate(one: Operation | { readonly blocked_by: string | null }): boolean {
  return 'blocked_by' in one && one.blocked_by !== null && DELIBERATE.has(one.blocked_by);
}
