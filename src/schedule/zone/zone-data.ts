import { offsetAt } from './zone.ts';
import { NEWEST_ZONE_DATA, ZONE_CORRECTIONS } from './zone-corrections.ts';

/** Whose rules of the zones are read: Node brings its own, where it is not built with the system's. */
export interface ZoneData {
  /** `v20.20.2` */
  readonly node: string;
  /** A release such as `2025c`; null where Node does not say. */
  readonly release: string | null;
}

/** A time in which this Node's clocks of a zone are wrong. */
export interface WrongPeriod {
  readonly from: Date;
  readonly to: Date;
  /** Minutes by which a time there is told too late; too early where it is negative. */
  readonly late: number;
  /** The first release of the zone data that has it right. */
  readonly since: string;
}

export function zoneDataOfNode({ version, versions } = process): ZoneData {
  return { node: version, release: versions['tz'] ?? null };
}

/** `Node v20.20.2 (zone data 2025c)` */
export function zoneDataWords({ node, release }: ZoneData = zoneDataOfNode()): string {
  return release === null ? `Node ${node}` : `Node ${node} (zone data ${release})`;
}

/**
 * When this Node has a zone wrong, within a window; the earliest first. Its offsets are asked, not its release: a Node
 * that reads the system's rules does not name them. Newer rules than are known here are believed.
 *
 * @param offset what the Node says of a zone
 */
export function wrongPeriods(zone: string, from: Date, to: Date, offset = offsetAt): WrongPeriod[] {
  return ZONE_CORRECTIONS.filter(({ zones }) => zones.includes(zone))
    .flatMap(({ was, is, since, periods }) =>
      periods.map(([begin, end]) => ({
        from: new Date(begin),
        to: new Date(end),
        late: is - was,
        since,
        was,
      })),
    )
    .filter((one) => one.from < to && one.to > from && isAsItWas(zone, one, offset))
    .map(({ was: _, ...period }) => period)
    .sort((a, b) => a.from.getTime() - b.from.getTime());
}

/** A zone that this Node has wrong. */
export interface WrongZone {
  readonly zone: string;
  /** The zone of which it is another name; null where it is the first of its kind. */
  readonly aliasOf: string | null;
  readonly periods: readonly WrongPeriod[];
}

/** Every zone that this Node has wrong within a window, by name. */
function wrongZones(from: Date, to: Date): WrongZone[] {
  const aliases = new Map(
    ZONE_CORRECTIONS.flatMap(({ zones: [first = '', ...more] }) => more.map((zone) => [zone, first])),
  );
  return [...new Set(ZONE_CORRECTIONS.flatMap(({ zones }) => zones))]
    .sort()
    .map((zone) => ({ zone, aliasOf: aliases.get(zone) ?? null, periods: wrongPeriods(zone, from, to) }))
    .filter(({ periods }) => periods.length > 0);
}

/** What this Node knows of zones, and which it has wrong in a window. */
export interface ZoneReport extends ZoneData {
  /** The newest release that is known here. */
  readonly newest: string;
  readonly wrong: readonly (WrongZone & {
    /** Whether something here goes by it. */
    readonly used: boolean;
  })[];
}

/** @param used zones that something goes by */
export function zoneReport(used: readonly string[], from: Date, to: Date): ZoneReport {
  const wrong = wrongZones(from, to).map((one) => ({ ...one, used: used.includes(one.zone) }));
  return { ...zoneDataOfNode(), newest: NEWEST_ZONE_DATA, wrong };
}

/** A Node that does not know a zone has nothing wrong about it. */
function isAsItWas(
  zone: string,
  { from, to, was }: { from: Date; to: Date; was: number },
  offset: typeof offsetAt,
): boolean {
  return offset(zone, (from.getTime() + to.getTime()) / 2) === was * 60_000;
}
