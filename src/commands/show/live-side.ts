import type { Show } from '../../../generated/show.d.ts';
import type { Managed } from '../../domain/plan.ts';
import { describeHold } from '../../label/describe-hold.ts';
import { formatLabel } from '../../label/format-label.ts';
import { labelWords } from '../../label/label-words.ts';
import { liveManifestOf } from '../../plan/compare/side-by-side.ts';
import { idleWords } from '../../render/schedule/upcoming-words.ts';
import { nextRuns } from '../../schedule/runs.ts';
import { scheduledFromLive, scheduledFromManifest } from '../../schedule/upcoming/scheduled-trigger.ts';
import type { Repository } from '../../session/repository.ts';

/** A trigger as it is live, and what its label says. */
export function liveJson(managed: Managed): NonNullable<Show['live']> {
  const { id, live, label, status } = managed;
  const { owner, name, protect, replaces, was, hold, by, until, rev } = label;
  return {
    trigger_id: id,
    status,
    created_at: live.created_at ?? null,
    updated_at: live.updated_at ?? null,
    manifest: { ...liveManifestOf(managed) },
    label: {
      text: formatLabel(label),
      words: labelWords(label),
      owner,
      name,
      status: label.status,
      protect,
      replaces,
      was,
      hold,
      by,
      until,
      rev,
    },
  };
}

/** How many of the coming runs are shown. */
const COMING = 3;

/** When it runs next: as it is live, else as its manifest will have it. An interval that has not begun says nothing. */
export function runsAhead(
  name: string,
  managed: Managed | null,
  { desired, settings }: Repository,
  now: Date,
): Pick<Show, 'next_runs' | 'time_zone' | 'not_running'> {
  const minutes = settings.assume.run_minutes;
  const manifest = desired.find((one) => one.name === name);
  const held = managed?.held ? describeHold(managed.label) : null;
  const scheduled =
    managed !== null
      ? scheduledFromLive(managed.live, { name, description: '', held }, minutes)
      : manifest === undefined
        ? null
        : scheduledFromManifest(manifest, minutes);
  const { clock = null, anchor = null, idleReason = null } = scheduled ?? {};
  const runs =
    clock === null || idleReason !== null || (clock.kind === 'interval' && anchor === null)
      ? []
      : nextRuns(clock, now, COMING, anchor ?? now);
  return {
    next_runs: runs.map((at) => at.toISOString()),
    time_zone: clock?.kind === 'cron' ? clock.zone : 'UTC',
    not_running: scheduled === null || idleReason === null ? null : idleWords(scheduled),
  };
}
