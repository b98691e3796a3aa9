"""One JSON line for each thing worth a log line: an event of the closed list and its place, never what was in hand.

An exception is told by its type and the place in our code; its text, which may hold a traveller's data, is left out. So
is the text of whatever is not in the list (domain/log_event.py): libraries say what they say with what they were given.
"""

from __future__ import annotations

import json
import logging
import traceback
from datetime import UTC, datetime
from pathlib import Path

from torogoz.domain.log_event import LogEvent

#: What an event may say beside its name: the kind of a problem, the number of the row it met, a process's exit status.
TOLD = ("kind", "journey", "status")

#: logger → the event that its records are, whatever they say.
SPOKEN_FOR = {"django.request": LogEvent.PAGE_FAILED, "django.security": LogEvent.REQUEST_REFUSED}


class JsonLine(logging.Formatter):
    """Writes a record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Give the line. Arguments of the message are left out with it where there is an exception."""
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": _event(record),
        }
        if record.exc_info and record.exc_info[0]:
            place = traceback.extract_tb(record.exc_info[2])[-1:]
            line["error"] = record.exc_info[0].__name__
            line["place"] = ", ".join(f"{Path(each.filename).name}:{each.lineno}" for each in place)
        if record.name.startswith("torogoz."):
            line |= {name: value for name in TOLD if (value := getattr(record, name, None)) is not None}
        return json.dumps(line)


def _event(record: logging.LogRecord) -> LogEvent:
    if record.name.startswith("torogoz.") and isinstance(record.msg, LogEvent):
        return record.msg
    ours = [event for name, event in SPOKEN_FOR.items() if f"{record.name}.".startswith(f"{name}.")]
    return ours[0] if ours else LogEvent.LIBRARY_MESSAGE
