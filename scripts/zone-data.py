"""Writes src/schedule/zone/zone-corrections.ts: where releases of the zone data since 2024a differ from the newest.

    python3 scripts/zone-data.py

Reads the releases from PyPI's package tzdata, by pip (2025.3 is IANA's 2025c). Run it when IANA has released new data,
add the release to RELEASES, and look at what changes. Python 3.9 or later.
"""

import json
import pathlib
import re
import subprocess
import sys
import tempfile
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

# Node 20.19 came with 2025a; a system's own ICU may be older.
RELEASES = ["2024.1", "2024.2", "2025.1", "2025.2", "2025.3"] + [f"2026.{n}" for n in range(1, 7)]
# What is past is nobody's forecast, and beyond that many years rules change anyway.
FROM = datetime(2026, 1, 1, tzinfo=timezone.utc)
TO = datetime(2038, 1, 1, tzinfo=timezone.utc)
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
TARGET = pathlib.Path(__file__).parent.parent / "src/schedule/zone/zone-corrections.ts"


def fetch(release, directory):
    folder = pathlib.Path(directory, release)
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(folder)]
    subprocess.run([*command, f"tzdata=={release}"], check=True)
    return folder / "tzdata"


def name_of(package):
    return re.search(r'IANA_VERSION = "(\w+)"', (package / "__init__.py").read_text()).group(1)


def load(package, zone):
    file = package / "zoneinfo" / zone
    if not file.exists():
        return None, None
    content = file.read_bytes()
    with file.open("rb") as opened:
        return content, ZoneInfo.from_file(opened)


def offset(zone, at):
    return int(at.astimezone(zone).utcoffset().total_seconds() // 60)


def periods(old, new):
    """When two readings of a zone differ: (from, to, old offset, new offset), to the minute."""
    found = []
    state = (0, 0)
    at = FROM
    while at < TO:
        now = (offset(old, at), offset(new, at))
        if now != state:
            begin = at
            while begin > FROM and (offset(old, begin - MINUTE), offset(new, begin - MINUTE)) == now:
                begin -= MINUTE
            if found and found[-1][1] is None:
                found[-1][1] = begin
            if now[0] != now[1]:
                found.append([begin, None, *now])
            state = now
        at += HOUR
    if found and found[-1][1] is None:
        found[-1][1] = TO
    return found


def stamp(at):
    return at.strftime("%Y-%m-%dT%H:%MZ")


def main():
    with tempfile.TemporaryDirectory() as directory:
        packages = [fetch(release, directory) for release in RELEASES]
        names = [name_of(package) for package in packages]
        newest = packages[-1]
        rows = {}
        for zone in sorted((newest / "zones").read_text().split()):
            content, now = load(newest, zone)
            seen = {}
            for package, following in zip(packages[:-1], names[1:]):
                other, old = load(package, zone)
                if other is None or other == content:
                    continue
                # Of equal ones the last: what comes after it has it right.
                seen[tuple(map(tuple, periods(old, now)))] = following
            for found, since in seen.items():
                for was, is_ in sorted({period[2:] for period in found}):
                    spans = tuple((stamp(a), stamp(b)) for a, b, x, y in found if (x, y) == (was, is_))
                    rows.setdefault((since, was, is_, spans), []).append(zone)
    corrections = [
        {"since": since, "zones": zones, "was": was, "is": is_, "periods": spans}
        for (since, was, is_, spans), zones in sorted(rows.items())
    ]
    TARGET.write_text(
        f"// From the zone data {names[0]} to {names[-1]}, by scripts/zone-data.py.\n\n"
        "/** Where a release of the zone data changed what an older one says of the years from 2026 on. */\n"
        "export interface ZoneCorrection {\n"
        "  /** The first release that has it right. */\n"
        "  readonly since: string;\n"
        "  readonly zones: readonly string[];\n"
        "  /** Minutes ahead of UTC, in older releases and now. */\n"
        "  readonly was: number;\n"
        "  readonly is: number;\n"
        "  /** When they differ: from, and up to. */\n"
        "  readonly periods: readonly (readonly [from: string, to: string])[];\n"
        "}\n\n"
        "/** The newest release that is known here. */\n"
        f"export const NEWEST_ZONE_DATA = '{names[-1]}';\n\n"
        f"export const ZONE_CORRECTIONS: readonly ZoneCorrection[] = {json.dumps(corrections)};\n"
    )
    subprocess.run(["npx", "biome", "check", "--write", str(TARGET)], check=True, cwd=TARGET.parents[3])


main()
