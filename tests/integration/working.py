"""A home with a synthetic day waiting in its queue, and what stands in it once it was read: for tests of workers.

`python -m tests.integration.working fill HOME MOMENT` makes the home and receives the day's deliveries, unread;
`… tell HOME` prints everything that must be the same however many workers read it and whatever happened to them;
`… look HOME` looks at pages from the first line of its input to its end, and prints how long their audit entries took.
Each in a process of its own: one home has one Django.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from threading import Event, Thread
from typing import Any

from torogoz.cli.django import migrate, ready
from torogoz.storage.home import Home
from torogoz.storage.keys import make_keys

#: How many of the day's deliveries wait: as many as are read in a few seconds.
DELIVERIES = 32
#: The longest that a reader thinks between two pages, in seconds.
THINKS = 0.005
#: What is smaller speaks of few: crews, additions, close-outs.
CREW_LIST = 2000
TOLD_OF_A_FLIGHT = (
    *("carrier", "number", "suffix", "departure_date", "departure_airport", "arrival_airport", "direction"),
    *("departure_local", "arrival_local", "departure_at", "arrival_at", "status", "expected_travellers"),
    *("expected_bookings", "last_api_at", "last_pnr_at", "closed_out_at", "full_push_at", "cancelled_at"),
)
TOLD_OF_A_TRAVELLER = (
    *("surname", "given_names", "birth_date", "sex", "nationality", "residence", "record_locator", "reference", "seat"),
    *("role", "status", "status_at", "off_reason", "minor", "has_api", "has_pnr", "disagreements"),
    *("booking__record_locator", "booking__cancelled_at"),
)
TOLD_OF_A_HIT = (
    *(
        "cause_kind",
        "cause_source",
        "cause_key",
        "cause_version",
        "purpose",
        "gravity",
        "queued",
        "status",
        "millibits",
    ),
    *("evidence", "matched_name", "act_by"),
)
#: A hit that was raised between two messages and withdrawn by the second was there for a moment only.
PASSED = ("withdrawn", "not_travelling")


def fill(home: Path, moment: datetime) -> None:
    """Lists, rules, a day's busiest hour, and its crews' next flights, received in order and read by nobody."""
    make_keys(Home(home))
    ready(home, migrated=False)
    migrate()
    from torogoz.domain.purpose import Purpose
    from torogoz.domain.staff import StaffRole
    from torogoz.flow import rules
    from torogoz.flow.receive import receive
    from torogoz.flow.watchlists import import_list
    from torogoz.storage.access.guard import who_is
    from torogoz.storage.models import Account, Agency
    from torogoz.synth.watchlists import DOCUMENTS, PERSONS, to_csv
    from torogoz.synth.world import make_day
    from torogoz.targeting.examples import example_rules

    centre = Agency.objects.create(code="CENTRO", name="Centro", centre=True)
    author, second = (
        who_is(Account.objects.create(username=role, role=role, agency=centre), Purpose.SERIOUS_CRIME)
        for role in (StaffRole.ANALYST, StaffRole.SUPERVISOR)
    )
    day = make_day(1, moment, "tiny")
    import_list(None, PERSONS, [to_csv(one.entry for one in day.watchlists.persons).encode()], moment)
    import_list(None, DOCUMENTS, [to_csv(day.watchlists.documents).encode()], moment)
    for document in example_rules((moment + timedelta(days=180)).date()):
        version = rules.propose(author, json.dumps(document).encode(), moment)
        rules.approve(second, version, "synthetic", moment)
    for place, one in enumerate(day.deliveries[:DELIVERIES]):
        receive(one.content, source="test", name=f"{place}", now=one.arrives_at)
        if one.kind == "PAXLST" and one.readable and len(one.content) < CREW_LIST:
            receive(_tomorrow(one.content, one.arrives_at), source="test", name=f"{place}+", now=one.arrives_at)


def _tomorrow(content: bytes, at: datetime) -> bytes:
    """The same people a day later: whoever flies on both days is one person."""
    days = [at.date() + timedelta(days=ahead) for ahead in (2, 1, 0, -1)]
    for day in days[1:]:
        content = content.replace(f"{day:%y%m%d}".encode(), f"{day + timedelta(days=1):%y%m%d}".encode())
    return content


def tell() -> dict[str, Any]:
    """The pictures of all flights, their hits, who is whose, what became of each message, and what was recorded."""
    from torogoz.storage.models import AuditEntry, Hit, Journey, JourneyTraveller, ReceivedMessage

    flights = {row.pk: str(row.designator) + f" {row.departure_date}" for row in Journey.objects.all()}
    names: dict[int, str] = {}
    pictures: dict[str, Any] = {flight: [] for flight in flights.values()}
    for row in JourneyTraveller.objects.prefetch_related("observations", "identifiers").order_by("pk"):
        [told] = JourneyTraveller.objects.filter(pk=row.pk).values_list(*TOLD_OF_A_TRAVELLER)
        said = sorted((str(each.said_at), each.data_class) for each in row.observations.all())
        known = sorted((each.kind, each.keyed_hash, each.data_class) for each in row.identifiers.all())
        names[row.pk] = f"{flights[row.journey_id]} {told} {known}"
        pictures[flights[row.journey_id]].append([list(map(str, told)), said, known])
    hits = [
        [names[hit["traveller"]], *map(str, (hit[name] for name in TOLD_OF_A_HIT))]
        for hit in Hit.objects.exclude(status__in=PASSED).values("traveller", *TOLD_OF_A_HIT)
    ]
    persons: dict[int, list[str]] = {}
    for pk, person in JourneyTraveller.objects.exclude(person=None).values_list("pk", "person"):
        persons.setdefault(person, []).append(names[pk])
    events = AuditEntry.objects.values_list("event", flat=True)
    return {
        "flights": sorted(list(map(str, row)) for row in Journey.objects.values_list(*TOLD_OF_A_FLIGHT)),
        "pictures": {flight: sorted(people) for flight, people in pictures.items()},
        "hits": sorted(hits),
        "persons": sorted(sorted(each) for each in persons.values()),
        "messages": sorted(_messages(ReceivedMessage.objects.select_related("delivery"))),
        "recorded": Counter(each for each in events if each.startswith(("delivery.", "message."))),
    }


def _messages(rows: Any) -> Iterator[list[Any]]:
    for row in rows:
        yield [row.delivery.name, row.number, row.status, row.type, row.travellers, row.bookings, row.delivery.status]


def look(random: Random) -> list[float]:
    """Write the audit entry of a page, again and again while told to; give how long each took, in seconds."""
    from django.db import transaction
    from django.utils import timezone

    from torogoz.domain.audit import AuditEvent
    from torogoz.storage.access.guard import who_is
    from torogoz.storage.audit import record
    from torogoz.storage.models import Account

    reader = who_is(Account.objects.order_by("pk")[0])
    told = Event()

    def listen() -> None:
        sys.stdin.read()
        told.set()

    sys.stdin.readline()
    Thread(target=listen, daemon=True).start()
    took = []
    while not told.wait(random.uniform(0, THINKS)):
        before = time.perf_counter()
        with transaction.atomic():
            record(AuditEvent.VIEWED_FLIGHT, timezone.now(), who=reader, object_type="journey", object_id=1)
        took.append(time.perf_counter() - before)
    return took


if __name__ == "__main__":
    what, where, *rest = sys.argv[1:]
    if what == "fill":
        fill(Path(where), datetime.fromisoformat(rest[0]))
    else:
        ready(Path(where))
        print(json.dumps(tell() if what == "tell" else look(Random(1))))  # noqa: T201 - what the caller reads
