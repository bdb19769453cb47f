#!/usr/bin/env bash
# mixpeek 1.3.783 (Python): the model of a taxonomy enrichment fills in target_collection_id with the text "null", a collection
# of that name, where nothing or None was given through from_dict(): the generator took a default of null for a string. Who
# builds an action_config with the client's model sends the id "null" to the service.
# Seen:
#   left out: 'null'
#   None:     'null'
# Exits with 1 where that has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install --quiet --disable-pip-version-check mixpeek==1.3.783 pydantic==2.14.4
"$folder/bin/python" - <<'PYTHON'
import sys
from mixpeek.models import TriggerActionConfigTaxonomyEnrichment as Enrichment

given = {"taxonomy_id": "tax_1", "collection_id": "col_1"}
left_out = Enrichment(**given).to_dict()["target_collection_id"]
none = Enrichment.from_dict({**given, "target_collection_id": None}).to_dict()["target_collection_id"]
print("left out:", repr(left_out))
print("None:    ", repr(none))
sys.exit(0 if (left_out, none) == ("null", "null") else 1)
PYTHON
