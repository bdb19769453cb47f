/** Runs of triggers that share a clock. */
export interface RunLane {
  /** Minutes, ascending, no two alike. */
  readonly runs: readonly number[];
  /** Whether it is the clock of several triggers, which meet each other then. */
  readonly shared: boolean;
}

/** A run that starts while another is under way. */
export interface Overlap {
  /** When the later one starts. */
  readonly at: number;
  readonly apart: number;
  /** Lanes by their place in the list; the same where triggers of one clock meet. */
  readonly earlier: number;
  readonly later: number;
}

/**
 * Who meets whom first, by lane (null: nobody), and which lanes hang together.
 *
 * Runs are sorted, and only neighbours compared. That finds all: where any run is under way when another starts, so is
 * the one just before it in the row, and with that one the first has met already.
 */
export function firstOverlaps(
  lanes: readonly RunLane[],
  minutes: number,
): { readonly first: readonly (Overlap | null)[]; readonly together: readonly (readonly number[])[] } {
  const first: (Overlap | null)[] = lanes.map(() => null);
  const root = lanes.map((_, lane) => lane);
  const rootOf = (lane: number): number => {
    let at = lane;
    while (root[at] !== at) {
      root[at] = root[root[at] ?? at] ?? at;
      at = root[at] ?? at;
    }
    return at;
  };
  let [before, earlier] = [-Infinity, -1];
  for (const start of inOrder(lanes)) {
    const later = start % lanes.length;
    const at = Math.floor(start / lanes.length);
    const apart = at - before;
    if (earlier !== later && apart < minutes) {
      const meeting: Overlap = { at, apart, earlier, later };
      for (const lane of [earlier, later]) first[lane] ??= meeting;
      root[rootOf(later)] = rootOf(earlier);
    }
    if (lanes[later]?.shared) first[later] ??= { at, apart: 0, earlier: later, later };
    [before, earlier] = [at, later];
  }
  const groups = new Map<number, number[]>();
  for (const [lane, meeting] of first.entries()) {
    if (meeting === null) continue;
    const group = groups.get(rootOf(lane));
    if (group === undefined) groups.set(rootOf(lane), [lane]);
    else group.push(lane);
  }
  return { first, together: [...groups.values()] };
}

/** Every run as one number, its minute and its lane: typed arrays sort numbers without calling anybody. */
function inOrder(lanes: readonly RunLane[]): Float64Array {
  const starts = new Float64Array(lanes.reduce((sum, { runs }) => sum + runs.length, 0));
  let at = 0;
  for (const [lane, { runs }] of lanes.entries()) {
    for (const minute of runs) starts[at++] = minute * lanes.length + lane;
  }
  return starts.sort();
}
