"""The sandbox, driven by the service's own client: what it cannot parse, it raises."""

from datetime import timezone

import mixpeek
from mixpeek import models

from harness import (
    ACTIONS, OTHER_SCHEDULES, SCHEDULES, Create, Listing, Service, Update, check, clock, equal, later, refused,
)


def whole_life(action, kind):
    service = Service(f"ns_life_{action}_{kind}")
    triggers = service.triggers
    clocked = kind in ("cron", "interval")
    made = triggers.create_trigger(
        Create(
            action_type=action,
            action_config=ACTIONS[action],
            trigger_type=kind,
            schedule_config=SCHEDULES[kind],
            name=f"{action} by {kind}",
            description="Made by the client",
        )
    )
    equal(made.action_config, ACTIONS[action])
    equal(made.schedule_config, SCHEDULES[kind])
    equal((made.name, made.status, made.is_overdue), (f"{action} by {kind}", "active", False))
    # Naive right after the create, and aware once it has been through the database.
    equal(made.next_scheduled_at is not None, clocked)
    if clocked:
        equal(made.next_scheduled_at.tzinfo, None)
    got = triggers.get_trigger(made.trigger_id)
    if clocked:
        equal(got.next_scheduled_at, made.next_scheduled_at.replace(tzinfo=timezone.utc))

    patched = triggers.update_trigger(
        made.trigger_id,
        Update(schedule_config=OTHER_SCHEDULES[kind], name="Renamed", description="Edited"),
    )
    equal(patched.schedule_config, OTHER_SCHEDULES[kind])
    equal((patched.name, patched.description, patched.action_config), ("Renamed", "Edited", ACTIONS[action]))
    assert patched.updated_at > patched.created_at

    equal(triggers.pause_trigger(made.trigger_id).status, "paused")
    equal(triggers.get_trigger(made.trigger_id).next_scheduled_at, None)
    equal(triggers.resume_trigger(made.trigger_id).status, "active")
    equal(triggers.update_trigger(made.trigger_id, Update(status="paused")).status, "paused")
    equal(triggers.update_trigger(made.trigger_id, Update(status="active")).status, "active")

    task = triggers.execute_trigger_now(made.trigger_id)
    # Tasks need no namespace.
    anywhere = Service(None)
    equal(anywhere.tasks.get_task(task.task_id).status, "PENDING")
    equal(triggers.get_trigger(made.trigger_id).last_execution_task_id, task.task_id)
    later(5)
    ended = anywhere.tasks.get_task(task.task_id)
    equal((ended.status, ended.error, ended.task_type), ("COMPLETED", None, task.task_type))
    history = triggers.get_trigger_history(made.trigger_id, limit=10)
    equal((history.total, history.executions[0].task_id), (1, task.task_id))
    equal((history.executions[0].status, history.executions[0].execution_time_ms), ("COMPLETED", 2000))
    after = triggers.get_trigger(made.trigger_id)
    equal((after.execution_count, after.consecutive_failures), (1, 0))

    equal(triggers.delete_trigger(made.trigger_id), None)
    equal(triggers.get_trigger(made.trigger_id).status, "disabled")


def lists():
    service = Service("ns_lists")
    for action, config in ACTIONS.items():
        for kind, schedule in SCHEDULES.items():
            service.triggers.create_trigger(
                Create(
                    action_type=action,
                    action_config=config,
                    trigger_type=kind,
                    schedule_config=schedule,
                    name=f"{kind} {action}",
                    status="paused" if kind == "event" else "active",
                )
            )
    return service


def list_checks(service):
    def total(wanted, **filters):
        listed = service.list(**filters)
        equal((listed.total, len(listed.results)), (wanted, wanted))

    check("list: everything, newest first", lambda: total(24))
    for action in ACTIONS:
        check(f"list: {action}", lambda action=action: total(4, action_type=action))
    for kind in SCHEDULES:
        check(f"list: {kind}", lambda kind=kind: total(6, trigger_type=kind))
    check("list: paused", lambda: total(6, status="paused"))
    check("list: disabled", lambda: total(0, status="disabled"))
    check("list: of a cluster", lambda: total(4, resource_id="clust_abc123"))
    check("list: of a taxonomy", lambda: total(4, resource_id="tax_products"))
    check("list: several filters", lambda: total(1, action_type="cluster", trigger_type="event", status="paused"))
    check("list: by GET, without the body that the client drops", lambda: equal(service.triggers.list_triggers(Listing(status="paused")).total, 24))

    def pages():
        seen = []
        for offset in range(0, 30, 10):
            page = service.list(offset=offset, limit=10, sort_by="created_at", direction="asc")
            equal((page.total, page.offset, page.limit), (24, offset, 10))
            seen += [one.trigger_id for one in page.results]
        equal(len(seen), 24)
        descending = [one.trigger_id for one in service.list(limit=1000).results]
        equal(seen, descending[::-1])

    check("list: pages", pages)

    def sorted_by(field, direction):
        values = [getattr(one, field) for one in service.list(sort_by=field, direction=direction).results]
        equal(values, sorted(values, reverse=direction == "desc"))

    for direction in ("asc", "desc"):
        check(f"list: by name, {direction}", lambda direction=direction: sorted_by("name", direction))
        check(f"list: by status, {direction}", lambda direction=direction: sorted_by("status", direction))
    check("list: another word for the direction", lambda: equal(len(service.list(direction="down").results), 24))
    check("list: far beyond the end", lambda: equal(service.list(offset=2**62).results, []))


def refusals():
    service = Service("ns_refusals")
    triggers = service.triggers
    good = dict(
        action_type="cluster",
        action_config=ACTIONS["cluster"],
        trigger_type="cron",
        schedule_config=SCHEDULES["cron"],
    )
    made = triggers.create_trigger(Create(**good))
    malformed, bad, missing = (
        mixpeek.exceptions.UnprocessableEntityException,
        mixpeek.exceptions.BadRequestException,
        mixpeek.exceptions.NotFoundException,
    )

    def undeclared(method, path, body):
        status, json = service.raw(method, path, body)
        equal((status, json["success"], json["status"]), (422, False, 422))
        equal([one["type"] for one in json["error"]["details"]["validation_errors"]], ["extra_forbidden"])
        models.ErrorResponse.from_dict(json)

    check("refusal: an undeclared key of a create", lambda: undeclared("POST", "/v1/triggers", {**good, "tags": []}))
    check("refusal: an undeclared key of a list", lambda: undeclared("POST", "/v1/triggers/list", {"name": "x"}))
    for key in ("action_type", "action_config", "trigger_type", "namespace_id"):
        body = Update.from_dict({key: good.get(key, "ns_other")})
        check(f"refusal: {key} of a PATCH", lambda body=body: refused(422, malformed, lambda: triggers.update_trigger(made.trigger_id, body)))
    for name, change in {
        "a cron of six fields": {"schedule_config": {"cron_expression": "0 0 2 * * *"}},
        "an unknown zone": {"schedule_config": {"cron_expression": "0 2 * * *", "timezone": "Mars/Base"}},
        "no cluster": {"action_config": {}},
        "born disabled": {"status": "disabled"},
        "an integer beyond 64 bits": {"action_config": {"cluster_id": "c", "filters": {"n": 2**63}}},
        "a key with NUL": {"action_config": {"cluster_id": "c", "filters": {"a\x00": 1}}},
        "half of a character": {"action_config": {"cluster_id": "c", "filters": {"x": "\ud800"}}},
    }.items():
        check(f"refusal: {name}", lambda change=change: refused(400, bad, lambda: triggers.create_trigger(Create(**{**good, **change}))))
    check("refusal: NaN", lambda: refused(422, malformed, lambda: triggers.create_trigger(Create(**{**good, "action_config": {"cluster_id": "c", "n": float("nan")}}))))
    check("refusal: an unknown id", lambda: refused(404, missing, lambda: triggers.get_trigger("trg_none")))
    check("refusal: another namespace", lambda: refused(404, missing, lambda: Service("ns_other").triggers.get_trigger(made.trigger_id)))
    check("refusal: an unknown task", lambda: refused(404, missing, lambda: Service(None).tasks.get_task("task_none")))
    check("refusal: a list without a namespace", lambda: refused(400, bad, lambda: Service(None).list()))

    def busy():
        triggers.execute_trigger_now(made.trigger_id)
        refused(400, bad, lambda: triggers.execute_trigger_now(made.trigger_id))

    check("refusal: a second execution of a cluster", busy)
    check("delete", lambda: equal(triggers.delete_trigger(made.trigger_id), None))
    for verb in ("pause_trigger", "resume_trigger", "execute_trigger_now"):
        check(f"refusal: {verb} of a deleted one", lambda verb=verb: refused(400, bad, lambda: getattr(triggers, verb)(made.trigger_id)))
    check("refusal: a second delete", lambda: refused(404, missing, lambda: triggers.delete_trigger(made.trigger_id)))


def schedules():
    """What is due runs, and the client reads what came of it."""
    service = Service("ns_schedules")
    made = service.triggers.create_trigger(
        Create(
            action_type="taxonomy_enrichment",
            action_config=ACTIONS["taxonomy_enrichment"],
            trigger_type="interval",
            schedule_config={"interval_seconds": 600},
        )
    )
    later(3605)
    got = service.triggers.get_trigger(made.trigger_id)
    equal((got.execution_count, got.last_execution_status, got.is_overdue), (6, "COMPLETED", False))
    assert got.next_scheduled_at > clock()
    page = service.triggers.get_trigger_history(made.trigger_id, offset=4, limit=4)
    equal((page.total, len(page.executions)), (6, 2))


def around():
    service = Service("ns_around")
    client = service.client
    ids = lambda found, field: [getattr(one, field) for one in found.results]
    check("clusters", lambda: equal(ids(mixpeek.ClustersApi(client).list_clusters(list_clusters_request=models.ListClustersRequest()), "cluster_id"), ["clust_abc123", "clust_def456"]))
    check("collections", lambda: equal(mixpeek.CollectionsApi(client).list_collections(list_collections_request=models.ListCollectionsRequest()).total_count, 4))
    check("retrievers", lambda: equal(ids(mixpeek.RetrieversApi(client).list_retrievers(list_retrievers_request=models.ListRetrieversRequest()), "retriever_id"), ["ret_products", "ret_reviews"]))
    check("taxonomies", lambda: equal(ids(mixpeek.TaxonomiesApi(client).list_taxonomies_0(list_taxonomies_request=models.ListTaxonomiesRequest()), "taxonomy_id"), ["tax_products", "tax_reviews"]))
    check("one retriever", lambda: equal(mixpeek.RetrieversApi(client).get_retriever("ret_products").retriever_name, "products"))
    check("one collection", lambda: equal(mixpeek.CollectionsApi(client).get_collection("inventory").collection_id, "col_inventory"))
    anywhere = Service(None).client
    check("the organisation's rates", lambda: equal(mixpeek.OrganizationsApi(anywhere).get_organization().rate_limits.metadata, 600))
    check("the scheduler's health", lambda: equal(mixpeek.HealthApi(anywhere).celery_beat_health()["beat_running"], True))

    def attached():
        made = scheduled_collection(service)
        trigger = service.triggers.get_trigger(made.trigger_id)
        equal((trigger.action_type, trigger.action_config), ("collection_trigger", {"collection_id": made.collection_id}))
        listed = mixpeek.CollectionsApi(client).list_collections(list_collections_request=models.ListCollectionsRequest())
        assert made.trigger_id in ids(listed, "trigger_id")

    check("a collection with a schedule", attached)


def scheduled_collection(service):
    """A collection whose schedule made a trigger, as the client makes one."""
    return mixpeek.CollectionsApi(service.client).create_collection(
        models.CreateCollectionRequest.from_dict(
            {
                "collection_name": "frames",
                "source": {"type": "bucket", "bucket_ids": ["bkt_1"]},
                "feature_extractor": {"feature_extractor_name": "text_extractor", "version": "v1"},
                "schedule": {
                    "trigger_type": "interval",
                    "schedule_config": {"interval_seconds": 86400},
                    "description": "Daily",
                },
            }
        )
    )


def run():
    for action in ACTIONS:
        for kind in SCHEDULES:
            check(f"life: {action} by {kind}", lambda action=action, kind=kind: whole_life(action, kind))
    list_checks(lists())
    refusals()
    check("schedules run", schedules)
    around()
