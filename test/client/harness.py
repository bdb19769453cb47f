"""Checks that count, and the service's client on the sandbox."""

import json
import os
import sys
import traceback
import urllib.request
from datetime import datetime, timedelta

import mixpeek
from mixpeek import models

URL = sys.argv[1]
KEY = "sk_client"

Create = models.SharedTriggersModelsCreateTriggerRequest
Update = models.SharedTriggersModelsUpdateTriggerRequest
Listing = models.SharedTriggersModelsListTriggersRequest

passed, failures = 0, []


def check(name, act):
    """Runs one check. What it raises is a failure, told at once; the others go on."""
    global passed
    try:
        act()
        passed += 1
    except Exception:
        failures.append(name)
        print(f"FAILED {name}\n{traceback.format_exc()}", file=sys.stderr)


def finish():
    print(f"{passed} passed, {len(failures)} failed")
    sys.exit(1 if failures else 0)


def equal(got, wanted):
    assert got == wanted, f"\n  got    {got!r}\n  wanted {wanted!r}"


class Service:
    """The client's APIs on one namespace. None: no header names one."""

    def __init__(self, namespace):
        self.namespace = namespace
        header = {} if namespace is None else {"NamespaceHeader": namespace}
        self.client = mixpeek.ApiClient(
            mixpeek.Configuration(host=URL, access_token=KEY, api_key=header)
        )
        self.triggers = mixpeek.TriggersApi(self.client)
        self.tasks = mixpeek.TasksApi(self.client)

    def list(self, **filters):
        # list_triggers is the alias by GET, whose body the client does not send.
        return self.triggers.list_triggers_0(Listing(**filters))

    def raw(self, method, path, body=None):
        """A request that the client's models would not make. The status and the JSON of the answer."""
        headers = {"Authorization": f"Bearer {KEY}", "Content-Type": "application/json"}
        if self.namespace is not None:
            headers["X-Namespace"] = self.namespace
        answer = self.client.call_api(method, f"{URL}{path}", headers, body=body)
        return answer.status, json.loads(answer.read() or b"null")


def refused(status, kind, act):
    """Expects the client's own exception, with an answer that it could read."""
    try:
        act()
    except mixpeek.ApiException as refusal:
        equal(refusal.status, status)
        assert isinstance(refusal, kind), type(refusal)
        assert isinstance(refusal.data, models.ErrorResponse), refusal.body
        equal(refusal.data.status, status)
        return refusal.data.error
    raise AssertionError(f"nothing was refused, {status} was expected")


def clock(body=None):
    """The sandbox's time; with a body, after it was moved."""
    request = urllib.request.Request(
        f"{URL}/sandbox/clock",
        data=None if body is None else json.dumps(body).encode(),
        headers={"Authorization": f"Bearer {KEY}", "Content-Type": "application/json"},
    )
    return datetime.fromisoformat(json.load(urllib.request.urlopen(request))["now"])


def later(seconds):
    """Puts the sandbox's clock forward: it stands there from then on."""
    clock({"to": (clock() + timedelta(seconds=seconds)).isoformat()})


ACTIONS = {
    "cluster": {"cluster_id": "clust_abc123", "mode": "assign", "assignment_threshold": 0.7},
    "taxonomy_enrichment": {"taxonomy_id": "tax_products", "collection_id": "col_inventory", "batch_size": 500},
    "batch_rerun": {"batch_id": "batch_1", "retry_failed_only": True},
    "collection_trigger": {"collection_id": "col_inventory", "include_buckets": ["bkt_1"]},
    "retriever_execution": {
        "retriever_id": "ret_products",
        "inputs": {"query": "shoes"},
        "acceptance": {"min_results": 1, "judge_field": "relevant", "min_pass_ratio": 0.5},
    },
    "alert_evaluation": {"alert_id": "alert_1", "window": {"hours": 24}},
}
SCHEDULES = {
    "cron": {"cron_expression": "0 2 * * *", "timezone": "America/New_York"},
    "interval": {"interval_seconds": 21600},
    "event": {"event_type": "documents_added", "event_threshold": 100, "cooldown_seconds": 600},
    "conditional": {
        "condition_type": "drift",
        "metric": "cosine_drift",
        "threshold": 0.2,
        "check_interval_seconds": 3600,
    },
}
OTHER_SCHEDULES = {
    "cron": {"cron_expression": "30 4 * * 1"},
    "interval": {"interval_seconds": 3600, "start_immediately": False},
    "event": {"event_type": "documents_updated", "event_threshold": 5},
    "conditional": {"condition_type": "volume", "threshold": 10},
}
MXT, NODE = os.environ["MXT"], os.environ["NODE"]
