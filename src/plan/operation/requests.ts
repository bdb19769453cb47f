import type { JsonObject } from '../../domain/json.ts';
import type { Label } from '../../domain/label.ts';
import type { Desired } from '../../domain/manifest.ts';
import type { LabelledTrigger } from '../../domain/plan.ts';
import type { CreateBody, PatchBody, WriteRequest } from '../../domain/request.ts';
import { formatDescription } from '../../label/format-label.ts';
import { scheduleDefaults } from '../../schema/known.ts';
import { keepIgnored } from '../compare/ignored.ts';

export function createRequest(
  desired: Desired,
  label: Label,
  managed: LabelledTrigger | null,
  paused = false,
): WriteRequest {
  const status = paused ? 'paused' : desired.status;
  const body: CreateBody = {
    action_type: desired.fixed.action_type,
    action_config: keepIgnored(desired, 'action_config', managed),
    trigger_type: desired.fixed.trigger_type,
    schedule_config: keepIgnored(desired, 'schedule_config', managed),
    description: formatDescription(textToSend(desired, managed), label),
    ...(status === null ? {} : { status }),
    name: titleToSend(desired, managed),
  };
  return {
    op: 'create',
    id: null,
    body,
    ...(desired.secrets.length === 0 ? {} : { secrets: desired.secrets }),
  };
}

export function patchRequest(id: string, body: PatchBody): WriteRequest {
  return { op: 'patch', id, body };
}

export function pauseRequest(id: string): WriteRequest {
  return { op: 'pause', id, body: null };
}

export function resumeRequest(id: string): WriteRequest {
  return { op: 'resume', id, body: null };
}

export function deleteRequest(id: string): WriteRequest {
  return { op: 'delete', id, body: null };
}

/**
 * The service's own name of a new trigger: the manifest's title, else what a replaced one has, else the manifest's
 * name. One that was never edited follows a rename.
 */
export function titleToSend(desired: Desired, managed: LabelledTrigger | null): string {
  const { name, title, ignore } = desired;
  const carried = managed === null || followsName(managed) ? null : managed.live.name || null;
  return title === null || ignore.includes('/title') ? (carried ?? title ?? name) : title;
}

/** Whether the service's name of a trigger is still the manifest's, as it is sent where there is no title. */
export function followsName({ live, label }: LabelledTrigger): boolean {
  return live.name === label.name;
}

/** The text as it is to be sent: the manifest's, or live's where `lifecycle.ignore` leaves it alone. */
export function textToSend(desired: Desired, managed: LabelledTrigger | null): string {
  const ignored = managed !== null && desired.ignore.includes('/description');
  return ignored ? managed.patchable.description : desired.patchable.description;
}

/**
 * The schedule of a PATCH. For a property that leaves it, its documented default is sent, so that a service that merges
 * ends where one that replaces does.
 */
export function scheduleToSend(desired: Desired, managed: LabelledTrigger): JsonObject {
  const sent = keepIgnored(desired, 'schedule_config', managed);
  const live = managed.patchable.schedule_config;
  const leaving = [...scheduleDefaults(desired.fixed.trigger_type)].filter(
    ([key, fallback]) => !Object.hasOwn(sent, key) && (live[key] ?? fallback) !== fallback,
  );
  return leaving.length === 0 ? sent : { ...sent, ...Object.fromEntries(leaving) };
}
