import type { Managed } from '../../domain/plan.ts';
import type { LiveTrigger } from '../../domain/trigger.ts';
import { MxtError } from '../../errors.ts';
import { readDescription } from '../../label/parse-label.ts';

export interface Damaged {
  readonly live: LiveTrigger;
  readonly owners: readonly string[];
  readonly names: readonly string[];
  /** It says whose it is, and it is not owned: a label of another version. */
  readonly foreign: boolean;
}

/** Live triggers by whose they are. Disabled ones are in no list. */
export interface Classified {
  readonly owned: readonly Managed[];
  readonly unmanaged: readonly LiveTrigger[];
  readonly foreign: readonly Managed[];
  readonly damaged: readonly Damaged[];
}

/** Tells apart what is owned, another owner's, nobody's, and what may have been owned: only owned is ever written to. */
export function classify(live: readonly LiveTrigger[], owner: string): Classified {
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
        damaged.push({ live: trigger, owners: reading.owners, names: reading.names, foreign: false });
        break;
      case 'unknown-version':
        if (reading.owner === owner) throw unknownVersion(trigger, reading.version);
        damaged.push({ live: trigger, owners: [], names: [], foreign: reading.owner !== null });
        break;
      case 'labelled':
        (reading.label.owner === owner ? owned : foreign).push(asManaged(trigger, reading));
        break;
      default:
        throw reading satisfies never;
    }
  }
  return { owned, unmanaged, foreign, damaged };
}

/** A trigger with a label, as it was read or as it is taken to be. */
export function asManaged(
  live: LiveTrigger,
  reading: { label: Managed['label']; text: string; labelLayout: string | null },
): Managed {
  return {
    id: live.trigger_id,
    live,
    label: reading.label,
    labelLayout: reading.labelLayout,
    fixed: {
      action_type: live.action_type ?? '',
      action_config: live.action_config ?? {},
      trigger_type: live.trigger_type ?? '',
    },
    patchable: { schedule_config: live.schedule_config ?? {}, description: reading.text },
    status: live.status ?? 'active',
  };
}

/** One trigger as owned: what apply learns from the answer to a write. Null where it is not. */
export function readManaged(live: LiveTrigger): Managed | null {
  const reading = readDescription(live.description ?? '');
  return reading.kind === 'labelled' ? asManaged(live, reading) : null;
}

function unknownVersion(trigger: LiveTrigger, version: string): MxtError {
  return new MxtError(
    'label_version',
    `trigger ${trigger.trigger_id} has an ownership label of version ${version}, which this mxt does not know`,
    { hint: 'A newer mxt wrote it. Upgrade mxt wherever this repository is applied, then run it again.' },
  );
}
