#!/usr/bin/env bash
# mixpeek 1.3.783 (Python): a trigger that the client has read cannot be read again from what the client itself writes of it.
# `is_overdue` is required by the model and read-only in the document, so to_dict() and to_json() leave it out and
# from_dict() and from_json() insist on it: caches and files of triggers do not work.
# Seen:
#   to_json() of what was read has is_overdue: False
#   from_json(to_json()): ValidationError at ('is_overdue',)
# Exits with 1 where that has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install --quiet --disable-pip-version-check mixpeek==1.3.783 pydantic==2.14.4
"$folder/bin/python" - <<'PYTHON'
import json, sys
from pydantic import ValidationError
from mixpeek.models import SharedTriggersModelsTriggerModel as Trigger

answer = {
    "namespace_id": "ns_1", "internal_id": "org_1", "trigger_id": "trig_1", "is_overdue": False,
    "action_type": "cluster", "action_config": {"cluster_id": "clust_1"},
    "trigger_type": "cron", "schedule_config": {"cron_expression": "0 2 * * *"},
}
trigger = Trigger.from_json(json.dumps(answer))
written = trigger.to_json()
print("to_json() of what was read has is_overdue:", "is_overdue" in json.loads(written))
try:
    Trigger.from_json(written)
    print("from_json(to_json()): fine")
    sys.exit(1)
except ValidationError as error:
    places = [one["loc"] for one in error.errors()]
    print("from_json(to_json()): ValidationError at", *places)
    sys.exit(0 if places == [("is_overdue",)] else 1)
PYTHON
