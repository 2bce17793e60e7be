"""Reads calendar files with vobject, and says as JSON what a calendar takes from each."""

import json
import sys

import vobject


def said(component, name):
    found = component.contents.get(name, [])
    return found[0].value if found else ""


def read(path):
    with open(path, encoding="utf-8", newline="") as file:
        calendars = list(vobject.readComponents(file.read()))
    if len(calendars) != 1:
        raise SystemExit(f"{path}: {len(calendars)} calendars")
    calendar = calendars[0]
    events = calendar.contents.get("vevent", [])
    if len(events) != 1:
        raise SystemExit(f"{path}: {len(events)} events")
    event = events[0]
    return {
        "method": said(calendar, "method"),
        "uid": said(event, "uid"),
        "sequence": said(event, "sequence"),
        "status": said(event, "status"),
        "summary": said(event, "summary"),
        "location": said(event, "location"),
        "description": said(event, "description"),
        "starts": said(event, "dtstart").isoformat(),
        "ends": said(event, "dtend").isoformat(),
        "alarms": [str(said(alarm, "trigger")) for alarm in event.contents.get("valarm", [])],
    }


print(json.dumps([read(path) for path in sys.argv[1:]]))
