#!/usr/bin/env bash
# mixpeek 1.3.783 (Python): what becomes of a member that an update cannot change depends on how the same model is built.
# By keyword it is dropped without a word, and the PATCH is empty: 200, and nothing happened, which is just what the model's
# own documentation says the service refuses since ("a field the endpoint cannot act on is an error, not a no-op"). Through
# from_dict() it is kept and sent, and the service can refuse it.
# Seen:
#   Update(action_config=...)            sends {}
#   Update.from_dict({"action_config"}) sends {'action_config': {'cluster_id': 'clust_2'}}
# Exits with 1 where that has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install --quiet --disable-pip-version-check mixpeek==1.3.783 pydantic==2.14.4
"$folder/bin/python" - <<'PYTHON'
import sys
from mixpeek.models import SharedTriggersModelsUpdateTriggerRequest as Update

change = {"action_config": {"cluster_id": "clust_2"}}
by_keyword, by_dict = Update(**change).to_dict(), Update.from_dict(change).to_dict()
print("Update(action_config=...)            sends", by_keyword)
print('Update.from_dict({"action_config"}) sends', by_dict)
sys.exit(0 if (by_keyword, by_dict) == ({}, change) else 1)
PYTHON
