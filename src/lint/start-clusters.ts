/** Runs of triggers that share a clock. */
export interface StartLane {
  /** Minutes from now on, ascending. */
  readonly runs: readonly number[];
  /** How many triggers there are. */
  readonly size: number;
}

export interface StartCluster {
  /** By their place in the list: all that ever are in it. */
  readonly lanes: readonly number[];
  /** How many triggers start together, at the most. */
  readonly size: number;
  /** Whether there are fewer at other times. */
  readonly varies: boolean;
  readonly first: number;
  /** In how many minutes. */
  readonly times: number;
}

/** Minutes in which the same lanes start. */
interface Pattern {
  readonly lanes: readonly number[];
  readonly first: number;
  readonly times: number;
}

/** Patterns that are looked at, the most frequent first: beyond them are variations. */
const PATTERNS = 300;

/**
 * Minutes in which more than `most` triggers start. Minutes are one crowd where more than `most` of those that start
 * are in the same most frequent pattern: a daily herd that a weekly trigger joins on Mondays is one herd.
 */
export function startClusters(lanes: readonly StartLane[], minutes: number, most: number): StartCluster[] {
  const sizeOf = (some: readonly number[]) => some.reduce((sum, lane) => sum + (lanes[lane]?.size ?? 0), 0);
  const found: { core: ReadonlySet<number>; patterns: Pattern[] }[] = [];
  for (const pattern of patternsOf(lanes, minutes, most)) {
    const same = found.find(({ core }) => sizeOf(pattern.lanes.filter((lane) => core.has(lane))) > most);
    if (same === undefined) found.push({ core: new Set(pattern.lanes), patterns: [pattern] });
    else same.patterns.push(pattern);
  }
  return found
    .map(({ patterns }): StartCluster => {
      const sizes = patterns.map((pattern) => sizeOf(pattern.lanes));
      return {
        lanes: [...new Set(patterns.flatMap((pattern) => pattern.lanes))].sort((a, b) => a - b),
        size: Math.max(...sizes),
        varies: new Set(sizes).size > 1,
        first: Math.min(...patterns.map(({ first }) => first)),
        times: patterns.reduce((sum, { times }) => sum + times, 0),
      };
    })
    .sort((a, b) => a.first - b.first);
}

/**
 * The most frequent first, then the earliest. A minute is known by the number of its pattern so far, which each lane
 * that starts in it moves on: no minute needs a list of its own.
 */
function patternsOf(lanes: readonly StartLane[], minutes: number, most: number): Pattern[] {
  const sizes = new Uint32Array(minutes + 1);
  for (const { runs, size } of lanes) for (const minute of runs) sizes[minute] = (sizes[minute] ?? 0) + size;
  const grown: { readonly from: number; readonly lane: number }[] = [{ from: 0, lane: -1 }];
  const patternAt = new Uint32Array(minutes + 1);
  for (const [lane, { runs }] of lanes.entries()) {
    const moved = new Map<number, number>();
    for (const minute of runs) {
      if ((sizes[minute] ?? 0) <= most) continue;
      const from = patternAt[minute] ?? 0;
      let to = moved.get(from);
      if (to === undefined) {
        to = grown.push({ from, lane }) - 1;
        moved.set(from, to);
      }
      patternAt[minute] = to;
    }
  }
  const patterns = new Map<number, { first: number; times: number }>();
  for (const [minute, id] of patternAt.entries()) {
    if (id === 0) continue;
    const pattern = patterns.get(id);
    if (pattern === undefined) patterns.set(id, { first: minute, times: 1 });
    else pattern.times += 1;
  }
  return [...patterns]
    .sort(([, a], [, b]) => b.times - a.times || a.first - b.first)
    .slice(0, PATTERNS)
    .map(([id, pattern]) => ({ ...pattern, lanes: lanesOf(id) }));

  function lanesOf(id: number): number[] {
    const found: number[] = [];
    for (let at = grown[id]; at !== undefined && at.lane !== -1; at = grown[at.from]) found.push(at.lane);
    return found.reverse();
  }
}
