"""What icalendar and recurring-ical-events make of a calendar: argv FILE FROM TO, {reader: [lines]} on stdout. A line is
summary, beginning, duration and description of an event, as the other judges say it."""
import json
import sys
from datetime import datetime, timezone

import recurring_ical_events
from icalendar import Calendar


def line(event):
    start = event["DTSTART"].dt
    begins = str(int(start.timestamp())) if isinstance(start, datetime) else start.isoformat()
    return "|".join([str(event["SUMMARY"]), begins, event["DURATION"].to_ical().decode(), str(event["DESCRIPTION"])])


calendar = Calendar.from_ical(open(sys.argv[1], "rb").read())
window = [datetime.fromtimestamp(int(at), timezone.utc) for at in sys.argv[2:4]]


def expanded(event):
    # This one works the end out, and puts it in the place of the duration.
    length = event["DTEND"].dt - event["DTSTART"].dt
    event.add("DURATION", length)
    return line(event)


json.dump(
    {
        "icalendar": sorted(line(event) for event in calendar.walk("VEVENT")),
        "recurring-ical-events": sorted(expanded(event) for event in recurring_ical_events.of(calendar).between(*window)),
    },
    sys.stdout,
)
