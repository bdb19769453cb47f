#!/usr/bin/env bash
# pydantic 2.14.4: a time whose offset has hours alone (`+00`, as PostgreSQL writes them, and as ISO 8601 allows) is refused in a
# datetime field, while `+0000` and `+00:00` are read; Python's own datetime.fromisoformat (3.11) reads all three.
# Seen:
#   2026-11-29T02:00:00+00:00  pydantic reads it   Python reads it
#   2026-11-29T02:00:00+0000   pydantic reads it   Python reads it
#   2026-11-29T02:00:00+00     pydantic refuses it Python reads it
# Exits with 1 where that has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install --quiet --disable-pip-version-check pydantic==2.14.4
"$folder/bin/python" - <<'PYTHON'
import sys
from datetime import datetime
from pydantic import TypeAdapter, ValidationError

adapter, seen = TypeAdapter(datetime), []
for text in ("2026-11-29T02:00:00+00:00", "2026-11-29T02:00:00+0000", "2026-11-29T02:00:00+00"):
    try:
        adapter.validate_python(text)
        ours = True
    except ValidationError:
        ours = False
    try:
        datetime.fromisoformat(text)
        theirs = True
    except ValueError:
        theirs = False
    seen.append((ours, theirs))
    say = lambda ok: "reads it  " if ok else "refuses it"
    print(f"{text:26} pydantic {say(ours)} Python {say(theirs)}")
sys.exit(0 if seen == [(True, True), (True, True), (False, True)] else 1)
PYTHON
