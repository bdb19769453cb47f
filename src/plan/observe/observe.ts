import type { Label } from '../../domain/label.ts';
import type { LabelledTrigger, Managed } from '../../domain/plan.ts';
import type { LiveTrigger } from '../../domain/trigger.ts';
import { MxtError } from '../../errors.ts';
import { readDescription } from '../../label/parse-label.ts';
import { readTime } from '../../lib/service-time.ts';

import { findStall, overdueSince, type Stall } from './health.ts';

export interface Damaged {
  readonly live: LiveTrigger;
  readonly owners: readonly string[];
  readonly names: readonly string[];
  /** What is wrong with it, after its id, and what mends it. */
  readonly trouble: Trouble;
  /** It says whose it is, and that is somebody else: a label of another version. */
  readonly foreign: boolean;
}

export interface Trouble {
  readonly what: string;
  readonly remedy: string;
}

const DAMAGED_LABEL: Trouble = {
  what: 'has a damaged ownership label',
  remedy: 'correct the last line of its description, or remove the label from it',
};

/** What is wrong with a trigger whose configuration says something that JSON cannot; null where it does not. */
export function unreadable({ mxt_unreadable: place }: LiveTrigger): Trouble | null {
  if (place === undefined) return null;
  return {
    what: `cannot be read (${place} is NaN or infinite)`,
    remedy: 'put a number there by the tool that wrote it, or delete the trigger',
  };
}

/** Live triggers by whose they are, with all that later stages ask of one. Disabled ones are in no list but `live`. */
export interface Observed {
  readonly owner: string;
  /** Every trigger as the service listed it, disabled ones too. */
  readonly live: readonly LiveTrigger[];
  readonly owned: readonly Managed[];
  readonly unmanaged: readonly LiveTrigger[];
  readonly foreign: readonly Managed[];
  /** Ours, as far as can be told, and not to be read: neither written to nor made a second time. */
  readonly damaged: readonly Damaged[];
  readonly attached: Attached;
  /** The scheduler itself stands still; null where nothing says so. */
  readonly stall: Stall | null;
}

/** Ids of triggers that collections hold; `forbidden` where the key may not read those, null where nobody asked. */
export type Attached = ReadonlySet<string> | 'forbidden' | null;

/**
 * Tells apart what is owned, what belongs to another owner, what nobody manages, and what has a damaged label. Only
 * what is owned is ever written to.
 *
 * @param now decides which holds are over and what is overdue; no later stage has a clock
 * @throws MxtError `label_version` where a newer mxt wrote a label with this owner
 */
export function observe(live: readonly LiveTrigger[], owner: string, now: Date): Observed {
  const owned: Managed[] = [];
  const unmanaged: LiveTrigger[] = [];
  const foreign: Managed[] = [];
  const damaged: Damaged[] = [];
  for (const trigger of live) {
    if (trigger.status === 'disabled') continue;
    if (trigger.action_type === undefined) {
      unmanaged.push(trigger); // made by another API of the service
      continue;
    }
    const reading = readDescription(trigger.description ?? '');
    switch (reading.kind) {
      case 'unlabelled':
        unmanaged.push(trigger);
        break;
      case 'damaged':
        damaged.push({
          live: trigger,
          owners: reading.owners,
          names: reading.names,
          trouble: DAMAGED_LABEL,
          foreign: false,
        });
        break;
      case 'unknown-version':
        if (reading.owner === owner) throw unknownVersion(trigger, reading.version);
        damaged.push({
          live: trigger,
          owners: [],
          names: [],
          trouble: DAMAGED_LABEL,
          foreign: reading.owner !== null,
        });
        break;
      case 'labelled': {
        const { owner: whose, name } = reading.label;
        const trouble = whose === owner ? unreadable(trigger) : null;
        if (trouble !== null)
          damaged.push({ live: trigger, owners: [owner], names: [name], trouble, foreign: false });
        else (whose === owner ? owned : foreign).push(asManaged(trigger, reading, now));
        break;
      }
      default:
        throw reading satisfies never;
    }
  }
  return { owner, live, owned, unmanaged, foreign, damaged, attached: null, stall: findStall(live, now) };
}

/** A trigger with the label that it has, or is taken to have. */
export function asManaged(live: LiveTrigger, reading: LabelReading, now: Date): Managed {
  const { id, label, labelLayout, fixed, patchable, status } = asLabelled(live, reading);
  const held = isHeld(label, now);
  return {
    id,
    live,
    label,
    labelLayout,
    fixed,
    patchable,
    status,
    held,
    holdEnded: label.hold !== null && !held,
    overdueSince: overdueSince(live, now),
  };
}

/** The trigger in the answer to a write, read by its label; null where it has none. */
export function readLabelled(live: LiveTrigger): LabelledTrigger | null {
  const reading = readDescription(live.description ?? '');
  return reading.kind === 'labelled' ? asLabelled(live, reading) : null;
}

/** Triggers of ours that were deleted, and that the service still lists. Worked out where it is asked for. */
export function findDeleted({ live, owner }: Observed): LabelledTrigger[] {
  return live.flatMap((one) => {
    const managed = one.status === 'disabled' ? readLabelled(one) : null;
    return managed?.label.owner === owner ? [managed] : [];
  });
}

interface LabelReading {
  readonly label: Label;
  readonly text: string;
  readonly labelLayout: string | null;
}

function asLabelled(live: LiveTrigger, { label, text, labelLayout }: LabelReading): LabelledTrigger {
  // A label that names its own trigger ties nothing.
  const replaces = label.replaces === live.trigger_id ? null : label.replaces;
  return {
    id: live.trigger_id,
    live,
    label: replaces === label.replaces ? label : { ...label, replaces },
    labelLayout,
    fixed: {
      action_type: live.action_type ?? '',
      action_config: live.action_config ?? {},
      trigger_type: live.trigger_type ?? '',
    },
    patchable: { schedule_config: live.schedule_config ?? {}, description: text },
    status: live.status ?? 'active',
  };
}

/** One whose end cannot be read does not end by itself. */
function isHeld({ hold, until }: Label, now: Date): boolean {
  if (hold === null) return false;
  if (until === null) return true;
  const end = readTime(until);
  return end === null || end > now;
}

/** How far apart two of a trigger's times may be and still tell of one write. */
const SAME_WRITE_MS = 5_000;

/**
 * Whether nobody, mxt included, has written to a trigger since it was made, its status aside: a pause by hand, a run or
 * a failure moves `updated_at` as well, and changes nothing of what was sent. False where the service does not say.
 */
export function isUnmodifiedSinceCreate({ live, label, status }: LabelledTrigger): boolean {
  const [made, written, ran] = [live.created_at, live.updated_at, live.last_triggered_at].map(readTime);
  if (made == null || written == null) return false;
  const isClose = (at: Date) => Math.abs(written.getTime() - at.getTime()) <= SAME_WRITE_MS;
  if (isClose(made)) return true;
  const isFirstLabel = label.lastObserved === null && label.was === null && label.hold === null;
  return isFirstLabel && (status !== (label.status ?? 'active') || (ran != null && isClose(ran)));
}

function unknownVersion(trigger: LiveTrigger, version: string): MxtError {
  return new MxtError(
    'label_version',
    `trigger ${trigger.trigger_id} has an ownership label of version ${version}, which this mxt does not know`,
    { hint: 'A newer mxt wrote it. Upgrade mxt wherever this repository is applied, then run it again.' },
  );
}
