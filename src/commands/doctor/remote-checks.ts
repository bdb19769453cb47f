import type { Glance, Probe } from '../../api/probe.ts';
import { ApiError } from '../../errors.ts';
import type { Check } from '../../render/result/doctor-text.ts';
import { showDuration } from '../../render/text/time.ts';
import type { Session } from '../../session/session.ts';
import type { Io } from '../../terminal/io.ts';
import { failed, ok, warning } from './local-checks.ts';

/** `Date` has whole seconds, and the request takes a moment. */
const NOTICEABLE_SKEW_MS = 5_000;
/** From here on holds end noticeably too early or too late. */
const HARMFUL_SKEW_MS = 300_000;
/** About what a plan and its apply need. */
const FEW = 10;

/** What two calls show, neither of which changes anything. */
export async function checkRemote(
  { client: probe, target }: Session<unknown, Probe>,
  io: Io,
): Promise<readonly Check[]> {
  try {
    const asked = io.now().getTime();
    const glance = await probe.glance();
    const middle = (asked + io.now().getTime()) / 2;
    return [
      ok('service', `answers, and accepts the key for ${target.namespace}`),
      checkClock(glance, middle),
      checkRate(glance),
      await checkWrite(probe),
    ];
  } catch (error) {
    if (error instanceof ApiError) return [failed('service', error.message, error.hint)];
    throw error;
  }
}

function checkClock({ serverTime }: Glance, now: number): Check {
  if (serverTime === null) return warning('clock', 'unknown: the service does not say its time', null);
  const ahead = now - serverTime;
  if (Math.abs(ahead) <= NOTICEABLE_SKEW_MS) return ok('clock', "agrees with the service's");
  const message = `${showDuration(Math.abs(ahead))} ${ahead > 0 ? 'ahead of' : 'behind'} the service's`;
  const todo = "Set this machine's clock (NTP): holds end by it.";
  return Math.abs(ahead) > HARMFUL_SKEW_MS ? failed('clock', message, todo) : warning('clock', message, todo);
}

function checkRate({ perMinute, remaining }: Glance): Check {
  if (remaining === null && perMinute === null) {
    return warning('rate limit', 'unknown: the service does not say; mxt waits when it is told to', null);
  }
  const limit = perMinute === null ? '' : `${perMinute} requests a minute, `;
  const message = `${limit}${remaining ?? 'an unknown number'} left now`;
  return remaining !== null && remaining < FEW
    ? warning(
        'rate limit',
        message,
        'Others use the same key, or the plan is small: mxt waits when the limit is reached.',
      )
    : ok('rate limit', message);
}

async function checkWrite(probe: Probe): Promise<Check> {
  const may = await probe.mayWrite();
  if (may === true) return ok('write permission', 'the key may write');
  if (may === null) return warning('write permission', 'unknown: the service did not say', null);
  const todo = 'This key is enough for plan; apply needs one that may write triggers.';
  return failed('write permission', 'the key may read but not write', todo);
}
