"""A day's work that goes on while keys are rotated: messages come in, and somebody searches.

`python -m tests.integration.keys.load HOME` fills the home, says `ready`, and works until its standard input is closed;
then it prints what it did. `… HOME look` opens everything there is and prints what stands under which key.
"""

from __future__ import annotations

import json
import sys
import threading
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

from tests.integration.keys.planted import manifest, plant
from torogoz.cli.django import ready

#: So many flights with so many travellers stand in the database before the work begins.
FLIGHTS, SEATS = 8, 150


def work() -> dict[str, Any]:
    """Take in one flight after another, and look the same document up after each, until told to stop."""
    from torogoz.domain.purpose import Purpose
    from torogoz.flow import accounts
    from torogoz.flow.compose import Arrival, Outcome, take_in
    from torogoz.storage.access.guard import who_is
    from torogoz.storage.access.search import By, search

    now = datetime.now(UTC)
    values = plant(now)
    crowd = {
        "document": [f"C{place:08}" for place in range(SEATS)],
        "phone": [f"50321{place:06}" for place in range(SEATS)],
    }
    take_in([Arrival("crowd", manifest(crowd, now, 100 + day)) for day in range(FLIGHTS)], source="test", now=now)
    who = who_is(accounts.known("ana"), Purpose.SERIOUS_CRIME)
    over = threading.Event()
    threading.Thread(target=_wait_to_be_told, args=(over,), daemon=True).start()
    print("ready", flush=True)  # noqa: T201 - what the caller waits for
    total, sent, missed = Outcome(), 0, []
    for day in count(2):
        if over.is_set():
            break
        brought = [Arrival(f"{day}.edi", manifest(values, now, day)), Arrival("again.edi", manifest(values, now, 0))]
        total += take_in(brought, source="test", now=now)
        sent += 1
        found = search(who, By.DOCUMENT, values["document"][1], now).total
        if found != sent + 2:
            missed.append((found, sent + 2))
    return {"sent": sent, "loaded": total.loaded, "duplicates": total.duplicates, "missed": missed}


def _wait_to_be_told(over: threading.Event) -> None:
    sys.stdin.read()
    over.set()


def look() -> dict[str, Any]:
    """Open every value of every place; give how many rows name each key, and of what nothing could be made anew."""
    from torogoz.storage.keys import keyring
    from torogoz.storage.models import JourneyTraveller
    from torogoz.storage.sealed import PLACES

    keys = keyring()
    standing: dict[str, dict[str, int]] = {}
    kept: dict[str, dict[str, int]] = {}
    for place in PLACES:
        for row in place.rows().iterator(500):
            place.prove(row, keys)
        (standing if place.renewable else kept)[place.label] = place.counts()
    strangers = JourneyTraveller.objects.filter(person=None).count()
    return {"standing": standing, "kept": kept, "strangers": strangers}


if __name__ == "__main__":
    ready(Path(sys.argv[1]))
    print(json.dumps(look() if "look" in sys.argv else work()))  # noqa: T201 - what the caller reads
