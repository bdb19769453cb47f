import type { JsonObject } from '../../domain/json.ts';
import type { Label } from '../../domain/label.ts';
import type { Desired } from '../../domain/manifest.ts';
import type { LabelledTrigger } from '../../domain/plan.ts';
import type { CreateBody, PatchBody, WriteRequest } from '../../domain/request.ts';
import { formatDescription } from '../../label/format-label.ts';
import { getAt, putAt, setAt } from '../../lib/pointer.ts';
import { scheduleDefaults, sectionShapes, withoutNulls } from '../../schema/known.ts';

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
  const carried = managed === null || followsName(managed) ? name : managed.live.name || name;
  return title === null || (managed !== null && ignore.includes('/title')) ? carried : title;
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
 * A configuration as it is to be sent: the manifest's, with live's value at every path that `lifecycle.ignore`
 * leaves alone. The service takes a configuration whole, so what is left alone must be sent along. Under another
 * type live's values mean nothing. A null that the service put there for a member that was left out is not sent.
 */
export function keepIgnored(
  desired: Desired,
  member: 'action_config' | 'schedule_config',
  managed: LabelledTrigger | null,
): JsonObject {
  const [declared, type] = configOf(member, desired);
  if (managed === null) return declared;
  const [live, liveType] = configOf(member, managed);
  if (type !== liveType) return declared;
  const sent = desired.ignore
    .filter((pointer) => pointer === `/${member}` || pointer.startsWith(`/${member}/`))
    .reduce((config, pointer) => {
      const kept = getAt({ [member]: live }, pointer);
      const whole = (kept === undefined ? setAt : putAt)({ [member]: config }, pointer, kept);
      return (whole[member] ?? {}) as JsonObject;
    }, declared);
  return withoutNulls(sent, sectionShapes(member).get(type));
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

function configOf(
  member: 'action_config' | 'schedule_config',
  { fixed, patchable }: Pick<Desired, 'fixed' | 'patchable'>,
): [config: JsonObject, type: string] {
  return member === 'action_config'
    ? [fixed.action_config, fixed.action_type]
    : [patchable.schedule_config, fixed.trigger_type];
}
