import type { Plan } from '../domain/plan.ts';
import { applyRequests } from '../lib/apply-requests.ts';
import { optimiseAsUsual } from '../lib/optimising.ts';
import { printable, printableJson } from '../lib/printable.ts';
import type { ShownSimulation } from '../render/schedule/simulate-json.ts';
import { colorsFor } from '../render/text/colors.ts';
import { selectionSentence } from '../render/text/selection-words.ts';
import { showDuration } from '../render/text/time.ts';
import { differenceNotes } from '../schedule/forecast/difference-warnings.ts';
import { serviceReadingOf } from '../schedule/forecast/observe-service.ts';
import { type Simulated, simulated } from '../schedule/upcoming/simulated.ts';
import { momentWords } from '../schedule/zone/moment-words.ts';
import { readFromServiceOrFile } from '../session/desired-and-live.ts';
import { isHindered } from '../session/planner.ts';
import { readRepository, refuseEmpty } from '../session/repository.ts';
import type { PlanningFlags } from '../terminal/flags.ts';
import type { Io } from '../terminal/io.ts';
import { colorsOn, printOrWrite } from '../terminal/output.ts';
import { planDesiredAndLive } from './plan.ts';
import { windowFrom } from './schedule/window.ts';
import { actorsOf, namesOf } from './simulate/actors.ts';
import { assertHeard, everyHour, type FeedFlags, readFeeds } from './simulate/feeds.ts';
import { runBoth } from './simulate/run-both.ts';

export interface SimulateFlags extends PlanningFlags, FeedFlags {
  readonly format: 'text' | 'json' | 'html';
  readonly days: number;
  readonly tz?: string;
  /** Runs at most, before and after the plan together. */
  readonly limit: number;
  readonly live?: string;
  readonly fail: readonly string[];
  readonly out?: string;
}

/**
 * `mxt simulate`: plans as `mxt plan` does, applies the plan's requests to a copy of what is live, and lets the
 * sandbox's engine run both worlds for some days. Nothing is sent but what planning asks for.
 */
export async function simulateCommand(flags: SimulateFlags, io: Io): Promise<0 | 1> {
  const window = windowFrom(flags, io);
  const feeds = readFeeds(flags);
  const sides = await readFromServiceOrFile(flags, io, async () =>
    refuseEmpty(await readRepository(flags, io), flags),
  );
  const plan = await planDesiredAndLive(sides, flags, io);
  const { repository, observed } = sides;
  // Disabled is what a DELETE leaves behind.
  const before = observed.live.filter(({ status }) => status !== 'disabled');
  const after = applyRequests(before, plan.operations).triggers;
  assertHeard(feeds, [...before, ...after]);
  const nameOf = namesOf(repository.config.owner);
  const service = serviceReadingOf(before, nameOf, io.now());
  const actors = actorsOf(before, after, nameOf, service);
  optimiseAsUsual();
  const ran = await runBoth(before, after, actors, {
    window,
    feeds: everyHour(feeds, window),
    fail: flags.fail,
    limit: flags.limit,
    runMinutes: repository.settings.assume.run_minutes,
    service,
  });
  const result = simulated({ ...window, ...ran, asked: window.to, actors });
  const shown: ShownSimulation = {
    result,
    owner: plan.owner,
    environment: plan.environment,
    namespace: plan.namespace,
    changes: plan.operations.filter(({ kind }) => kind !== 'blocked').length,
    warnings: [
      ...differenceNotes(service),
      ...warningsOf(result, plan, flags, repository.settings.assume.run_minutes),
    ],
  };
  const text = await render(shown, flags, io);
  if (flags.format === 'text' && flags.out === undefined) io.say(text);
  else await printOrWrite(io, flags.out, text);
  if (flags.format === 'html') for (const one of shown.warnings) io.err(`note: ${printable(one)}\n`);
  return isHindered(plan) ? 1 : 0;
}

function warningsOf(
  { to, asked, zone }: Simulated,
  plan: Plan,
  flags: SimulateFlags,
  minutes: number,
): string[] {
  const cut = to < asked;
  const selected = selectionSentence(plan.selection);
  return [
    ...(selected === null ? [] : [selected.replace(/\.$/, '')]),
    ...(cut
      ? [
          `stopped at ${momentWords(to, zone)}, after ${flags.limit.toLocaleString('en-US')} runs: see --limit`,
        ]
      : []),
    ...plan.guards.map(({ message }) => `apply would refuse this plan: ${message}`),
    ...plan.operations.flatMap((one) =>
      one.kind === 'blocked'
        ? [`${one.name} stays as it is: its ${one.intended} is blocked (${one.blocked_by})`]
        : [],
    ),
    `each run is assumed to take ${showDuration(minutes * 60_000)} (assume.run_minutes in mxt.yaml sets that) and to succeed${but(flags.fail)}`,
  ];
}

function but(failing: readonly string[]): string {
  return failing.length === 0 ? '' : `, but for those of ${failing.join(', ')}`;
}

async function render(shown: ShownSimulation, flags: SimulateFlags, io: Io): Promise<string> {
  switch (flags.format) {
    case 'text': {
      const { simulateText } = await import('../render/schedule/simulate-text.ts');
      return simulateText(shown, flags.out === undefined ? colorsOn(flags, io) : colorsFor(false));
    }
    case 'json':
      return `${printableJson((await import('../render/schedule/simulate-json.ts')).simulateJson(shown))}\n`;
    case 'html':
      return (await import('../render/schedule/simulate-html.ts')).simulateHtml(shown);
    default:
      throw flags.format satisfies never;
  }
}
