#!/usr/bin/env bash
# mixpeek 1.3.783 (Python): a description cannot be cleared by the client's own update. to_dict() says in its documentation
# that None is added "for nullable fields that were set at model initialization"; it is left out all the same, so that the
# PATCH is empty, the service answers 200, and the text stays.
# Seen:
#   fields set: {'description'}
#   sent:       {}
# Exits with 1 where that has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install --quiet --disable-pip-version-check mixpeek==1.3.783 pydantic==2.14.4
"$folder/bin/python" - <<'PYTHON'
import sys
from mixpeek.models import SharedTriggersModelsUpdateTriggerRequest as Update

change = Update(description=None)
promise = "were set at model initialization" in Update.to_dict.__doc__
print("fields set:", change.model_fields_set)
print("sent:      ", change.to_dict())
sys.exit(0 if promise and change.model_fields_set == {"description"} and change.to_dict() == {} else 1)
PYTHON
