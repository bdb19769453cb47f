import type { Glance, Probe } from '../../api/probe.ts';
import type { Beat } from '../../api/probe-answers.ts';
import { ApiError } from '../../errors.ts';
import type { Check } from '../../render/result/doctor-text.ts';
import { showDuration } from '../../render/text/time.ts';
import type { Session } from '../../session/session.ts';
import type { Workspace } from '../../session/workspace.ts';
import type { Io } from '../../terminal/io.ts';
import { failed, ok, warning } from './checks.ts';
import { ratesInWords } from './rates-in-words.ts';

/** `Date` has whole seconds, and the request takes a moment. */
const NOTICEABLE_SKEW_MS = 5_000;
/** From here on holds end noticeably too early or too late. */
const HARMFUL_SKEW_MS = 300_000;
/** About what a plan and its apply need. */
const FEW = 10;

/** What a few calls show, none of which changes anything. */
export async function checkRemote(
  { client: probe, target, workspace }: Session<Workspace, Probe>,
  io: Io,
): Promise<readonly Check[]> {
  try {
    const asked = io.now().getTime();
    const glance = await probe.glance();
    const middle = (asked + io.now().getTime()) / 2;
    // The service answers, so whatever is wrong from here on is told as what it is.
    const [beat, rates, permissions] = await Promise.all([
      probe.beat(),
      probe.rates(),
      checkPermissions(probe, workspace),
    ]);
    return [
      ok('service', `answers, and accepts the key for ${target.namespace}`),
      ...checkClock(glance, middle),
      ...checkScheduler(beat),
      ...checkRate(glance, rates),
      ...permissions,
    ];
  } catch (error) {
    if (error instanceof ApiError) return [failed('service', error.message, error.hint)];
    throw error;
  }
}

function checkClock({ serverTime }: Glance, now: number): Check[] {
  if (serverTime === null) return [];
  const ahead = now - serverTime;
  if (Math.abs(ahead) <= NOTICEABLE_SKEW_MS) return [ok('clock', "agrees with the service's")];
  const message = `${showDuration(Math.abs(ahead))} ${ahead > 0 ? 'ahead of' : 'behind'} the service's`;
  const todo = "Set this machine's clock (NTP): holds end by it.";
  return [
    Math.abs(ahead) > HARMFUL_SKEW_MS ? failed('clock', message, todo) : warning('clock', message, todo),
  ];
}

/** Nothing where the service does not say: there would be nothing to do about it. */
function checkScheduler({ alive, ageMs, why }: Beat): Check[] {
  if (alive === true) return [ok('scheduler', 'runs')];
  if (alive === false) {
    const tick = ageMs === null ? '' : `: its last tick was ${showDuration(ageMs)} ago`;
    const todo =
      'The service answers, but starts no runs: tell its support. Plan and apply work meanwhile; status shows what is overdue.';
    return [failed('scheduler', `has stopped${tick}`, todo)];
  }
  if (why === null) return [];
  const todo = 'mxt status shows what is overdue: that many at once means that it has stopped.';
  return [warning('scheduler', `unknown: ${why}`, todo)];
}

/** Nothing where neither the organisation nor an answer says: mxt then waits when it is told to. */
function checkRate({ perMinute, remaining }: Glance, rates: ReadonlyMap<string, number> | null): Check[] {
  const limits = rates ?? (perMinute === null ? null : new Map([['per_minute', perMinute]]));
  if (remaining === null && limits === null) return [];
  const message = [
    ...(limits === null ? [] : [ratesInWords(limits)]),
    ...(remaining === null ? [] : [`${remaining} left now`]),
  ].join('; ');
  const todo = 'Others use the same key: give mxt one of its own. It waits where the limit is reached.';
  return [
    remaining !== null && remaining < FEW ? warning('rate limit', message, todo) : ok('rate limit', message),
  ];
}

/** Keys rank read < write < delete, so one that may not write is asked nothing more. */
async function checkPermissions(probe: Probe, { config, environment }: Workspace): Promise<Check[]> {
  const write = await probe.permission('write');
  if (write.may === false) {
    const todo = 'This key is enough for plan; apply needs one that may write triggers.';
    return [failed('write permission', 'the key may read but not write', todo)];
  }
  const { policy } = environment ?? config;
  const needsDelete = policy === 'sync';
  const checks = [
    write.may === null ? unknown('write', write.why) : ok('write permission', 'the key may write'),
  ];
  if (!needsDelete) return checks;
  const remove = await probe.permission('delete');
  if (remove.may) return [...checks, ok('delete permission', 'the key may delete')];
  if (remove.may === null) return [...checks, unknown('delete', remove.why)];
  const todo =
    'Apply will not delete or replace anything: use a key that may, or set policy: upsert-only, which does neither.';
  return [...checks, warning('delete permission', 'the key may write but not delete', todo)];
}

function unknown(what: 'write' | 'delete', why: string): Check {
  return warning(`${what} permission`, `unknown: ${why}`, 'See what this key may do where it was made.');
}
