"""The other way round: what the client made or edited, exported, adopted, planned, pulled and reported by mxt."""

import json
import os
import pathlib
import subprocess
import tempfile

from harness import ACTIONS, KEY, MXT, NODE, OTHER_SCHEDULES, SCHEDULES, URL, Create, Service, Update, check, equal
from sandbox_checks import scheduled_collection

NAMESPACE = "ns_mxt"


class Repository:
    def __init__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="mxt-client-")
        self.root = pathlib.Path(self.folder.name)
        (self.root / "mxt.yaml").write_text("owner: acme/client\n")
        (self.root / "manifests").mkdir()

    def mxt(self, *args, expect=0):
        env = {**os.environ, "MP_API_URL": URL, "MP_API_KEY": KEY, "MP_NAMESPACE": NAMESPACE, "CI": "true"}
        done = subprocess.run([NODE, MXT, *args], cwd=self.root, env=env, capture_output=True, text=True)
        assert done.returncode == expect, f"mxt {' '.join(args)}: {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def json(self, *args, expect=0):
        return json.loads(self.mxt(*args, "--format", "json", expect=expect))

    def operations(self):
        """What a plan would do, by name, without what it leaves alone."""
        plan = self.json("plan")
        return {one["name"]: one for one in plan["operations"]}


def run():
    service = Service(NAMESPACE)
    triggers = service.triggers
    repository = Repository()
    made = {}
    for action, config in ACTIONS.items():
        for kind, schedule in SCHEDULES.items():
            made[f"{action} by {kind}"] = triggers.create_trigger(
                Create(
                    action_type=action,
                    action_config=config,
                    trigger_type=kind,
                    schedule_config=schedule,
                    name=f"{action} by {kind}",
                    description=f"Made in Python: {action} by {kind}",
                )
            )

    def exported():
        repository.mxt("export")
        repository.mxt("validate")

    def adopted():
        operations = repository.operations()
        equal({one["kind"] for one in operations.values()}, {"adopt"})
        equal({one["trigger_id"] for one in operations.values()}, {one.trigger_id for one in made.values()})
        # Nothing but the label is new: what export wrote is what is live.
        equal([one["changes"] for one in operations.values() if one["changes"]], [])
        result = repository.json("apply", "--yes")
        equal((result["converged"], result["summary"]["applied"]), (True, len(made)))
        repository.mxt("plan", "--detailed-exitcode")

    def kept():
        for name, before in made.items():
            after = triggers.get_trigger(before.trigger_id)
            equal((after.name, after.action_config, after.schedule_config), (name, before.action_config, before.schedule_config))
            text, label = after.description.split("\n\n")
            equal(text, before.description)
            assert label.startswith("[mxt:1 owner=acme/client name="), label

    check("mxt export, validate", exported)
    check("mxt adopts what the client made", adopted)
    check("mxt leaves the rest of it as it was", kept)

    def name_of(trigger_id):
        return next(one["name"] for one in repository.json("status")["triggers"] if one["trigger_id"] == trigger_id)

    def pulled(kind):
        trigger_id = made[f"cluster by {kind}"].trigger_id
        triggers.update_trigger(trigger_id, Update(schedule_config=OTHER_SCHEDULES[kind]))
        name = name_of(trigger_id)
        repository.mxt("status", "--exit-code", expect=2)
        operation = repository.operations()[name]
        equal((operation["kind"], operation["cause"]), ("update", "drift"))
        assert all(one["path"].startswith("/schedule_config") for one in operation["changes"]), operation
        repository.mxt("pull", name)
        repository.mxt("validate")
        equal([one["changes"] for one in repository.operations().values() if one["changes"]], [])
        repository.mxt("apply", "--yes")
        repository.mxt("plan", "--detailed-exitcode")
        equal(triggers.get_trigger(trigger_id).schedule_config, OTHER_SCHEDULES[kind])

    for kind in SCHEDULES:
        check(f"mxt pull of a schedule that the client edited: {kind}", lambda kind=kind: pulled(kind))

    def put_back(kind):
        trigger_id = made[f"batch_rerun by {kind}"].trigger_id
        triggers.update_trigger(trigger_id, Update(schedule_config=OTHER_SCHEDULES[kind]))
        repository.mxt("apply", "--yes")
        equal(triggers.get_trigger(trigger_id).schedule_config, SCHEDULES[kind])
        repository.mxt("plan", "--detailed-exitcode")

    for kind in SCHEDULES:
        check(f"mxt apply over a schedule that the client edited: {kind}", lambda kind=kind: put_back(kind))

    def renamed():
        before = made["taxonomy_enrichment by cron"]
        triggers.update_trigger(before.trigger_id, Update(name="A better name"))
        operation = repository.operations()[name_of(before.trigger_id)]
        equal((operation["kind"], operation["cause"]), ("update", "drift"))
        equal(operation["changes"], [{"path": "/title", "before": "A better name", "after": before.name}])
        repository.mxt("apply", "--yes")
        equal(triggers.get_trigger(before.trigger_id).name, before.name)

    def name_pulled():
        before = made["taxonomy_enrichment by event"]
        triggers.update_trigger(before.trigger_id, Update(name="A better name"))
        repository.mxt("pull", name_of(before.trigger_id))
        repository.mxt("apply", "--yes")
        repository.mxt("plan", "--detailed-exitcode")
        equal(triggers.get_trigger(before.trigger_id).name, "A better name")

    check("mxt apply over a name that the client edited", renamed)
    check("mxt pull of a name that the client edited", name_pulled)

    def text_put_back():
        trigger_id = made["taxonomy_enrichment by interval"].trigger_id
        before = triggers.get_trigger(trigger_id).description
        triggers.update_trigger(trigger_id, Update(description=before.replace("Made in Python", "Edited")))
        equal(repository.operations()[name_of(trigger_id)]["cause"], "drift")
        repository.mxt("apply", "--yes")
        equal(triggers.get_trigger(trigger_id).description, before)

    check("mxt apply over a text that the client edited", text_put_back)

    def held():
        trigger_id = made["taxonomy_enrichment by cron"].trigger_id
        name = name_of(trigger_id)
        repository.mxt("pause", name, "--reason", "an incident", "--yes")
        paused = triggers.get_trigger(trigger_id)
        equal(paused.status, "paused")
        assert "hold=" in paused.description
        repository.mxt("resume", name, "--yes")
        equal(triggers.get_trigger(trigger_id).status, "active")
        repository.mxt("plan", "--detailed-exitcode")

    check("mxt pause and resume, as the client sees them", held)

    def ran():
        trigger_id = made["collection_trigger by event"].trigger_id
        name = name_of(trigger_id)
        task = triggers.execute_trigger_now(trigger_id)
        history = repository.json("history", name)
        assert task.task_id in json.dumps(history), history
        repository.mxt("run", name, "--wait", "--timeout", "60s")
        equal(triggers.get_trigger_history(trigger_id).total, 2)

    check("mxt history and run, beside the client's own", ran)

    def deleted():
        trigger_id = made["batch_rerun by event"].trigger_id
        name = name_of(trigger_id)
        triggers.delete_trigger(trigger_id)
        # It was adopted before, so the line may stay.
        assert f"adopt: {trigger_id}" in (repository.root / "manifests" / f"{name}.yaml").read_text()
        operation = repository.operations()[name]
        equal((operation["kind"], [one["code"] for one in operation["warnings"]]), ("create", ["was_deleted"]))
        repository.mxt("apply", "--yes")
        repository.mxt("plan", "--detailed-exitcode")
        equal(triggers.get_trigger(trigger_id).status, "disabled")

    check("mxt plans anew what the client deleted", deleted)

    def created():
        (repository.root / "manifests" / "ours.yaml").write_text(
            "name: ours\ntitle: Ours, for people\ndescription: Made by mxt\naction_type: cluster\naction_config: { cluster_id: clust_def456 }\n"
            "trigger_type: cron\nschedule_config: { cron_expression: '0 5 * * *', timezone: UTC }\n"
        )
        repository.mxt("apply", "--yes", "--only", "ours")
        ours = [one for one in service.list(resource_id="clust_def456").results]
        equal([(one.name, one.status, one.is_overdue) for one in ours], [("Ours, for people", "active", False)])
        triggers.update_trigger(ours[0].trigger_id, Update(name="Somebody else's word"))
        changes = repository.operations()["ours"]["changes"]
        equal([one["path"] for one in changes], ["/title"])
        repository.mxt("apply", "--yes", "--only", "ours")
        equal(triggers.get_trigger(ours[0].trigger_id).name, "Ours, for people")
        (repository.root / "manifests" / "ours.yaml").unlink()
        repository.mxt("apply", "--yes", "--only", "ours", "--max-deletes", "1")
        equal(triggers.get_trigger(ours[0].trigger_id).status, "disabled")

    check("the client reads what mxt made and deleted", created)

    def attached():
        trigger_id = scheduled_collection(service).trigger_id
        before = triggers.get_trigger(trigger_id)
        status = repository.json("status")
        equal((status["unmanaged"], status["attached"]), (0, 1))
        assert "1 made by collections" in repository.mxt("status")
        equal(repository.mxt("export"), "")
        repository.mxt("apply", "--yes")
        equal(triggers.get_trigger(trigger_id), before)

    check("mxt counts the trigger of a collection apart, and leaves it alone", attached)

    def attached_by_hand():
        trigger_id = scheduled_collection(service).trigger_id
        live = triggers.get_trigger(trigger_id)
        manifest = repository.root / "manifests" / "held.json"
        written = {
            "name": "held",
            "adopt": trigger_id,
            **{key: getattr(live, key) for key in ("action_type", "action_config", "trigger_type", "schedule_config")},
        }
        manifest.write_text(json.dumps(written))
        operation = repository.operations()["held"]
        equal((operation["kind"], [one["code"] for one in operation["warnings"]]), ("adopt", ["attached"]))
        repository.mxt("apply", "--yes")
        manifest.unlink()
        equal([(one["kind"], one["blocked_by"]) for one in repository.json("plan", expect=1)["operations"]], [("blocked", "attached")])
        repository.mxt("apply", "--yes", expect=1)
        equal(triggers.get_trigger(trigger_id).status, "active")

    check("mxt adopts the trigger of a collection where a manifest says so, and never deletes it", attached_by_hand)
