"""One JSON line for each thing worth a log line: an event's name and place, never what was in hand.

An exception is told by its type and the place in our code; its text, which may hold a traveller's data, is left out.
"""

from __future__ import annotations

import json
import logging
import traceback
from datetime import UTC, datetime
from pathlib import Path

#: What an event may say beside its name: the kind of a problem, and the surrogate id of the row it met.
TOLD = ("kind", "journey")


class JsonLine(logging.Formatter):
    """Writes a record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Give the line. Arguments of the message are left out with it where there is an exception."""
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
        }
        if record.exc_info and record.exc_info[0]:
            place = traceback.extract_tb(record.exc_info[2])[-1:]
            line["error"] = record.exc_info[0].__name__
            line["place"] = ", ".join(f"{Path(each.filename).name}:{each.lineno}" for each in place)
        else:
            line["event"] = record.getMessage()
        line |= {name: value for name in TOLD if (value := getattr(record, name, None)) is not None}
        return json.dumps(line)
