"""When croniter and Celery run: [{id, expression, zone, from, to}] on stdin, {reader: {id: [Unix seconds] or why not}}
on stdout, for from <= run < to."""
import json
import sys
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from celery import Celery
from celery.schedules import crontab, remaining
from croniter import croniter


def by_croniter(case):
    start = datetime.fromtimestamp(case["from"] - 1, ZoneInfo(case["zone"]))
    runs = croniter(case["expression"], start)
    while True:
        yield runs.get_next(float)


def by_celery(case):
    zone = ZoneInfo(case["zone"])
    minute, hour, day, month, weekday = case["expression"].split(" ")
    last = datetime.fromtimestamp(case["from"] - 1, zone)
    schedule = crontab(minute, hour, weekday, day, month, app=APPS.setdefault(case["zone"], app_in(case["zone"])))
    schedule.nowfun = lambda: last
    while True:
        start, delta, now = schedule.remaining_delta(last)
        wait = remaining(start, delta, now)
        last = (now.astimezone(timezone.utc) + wait).astimezone(zone)
        yield last.timestamp()


APPS = {}


def app_in(zone):
    return Celery("judge", set_as_current=False, config_source={"timezone": zone, "enable_utc": True})


def runs_of(reader, case):
    runs = []
    try:
        for at in reader(case):
            if at >= case["to"]:
                return runs
            if runs and at <= runs[-1]:
                return f"goes back from {runs[-1]} to {at}"
            runs.append(round(at))
    except Exception as error:  # each library has its own, and a refusal is an answer here
        name = type(error).__name__
        return runs if name == "CroniterBadDateError" else f"{name}: {error}"
    return runs


cases = json.load(sys.stdin)
readers = {"croniter": by_croniter, "celery": by_celery}
json.dump({name: {case["id"]: runs_of(read, case) for case in cases} for name, read in readers.items()}, sys.stdout)
