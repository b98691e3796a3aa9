"""What a load left in a home, in words that two runs share: no row numbers, no times of receipt, no keys.

Run in a process of its own (`python -m tests.chaos.outcome HOME`), it prints one JSON object. Two homes into which the
same messages went, whatever happened meanwhile, print the same.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

from torogoz.cli.django import ready


def outcome() -> dict[str, object]:
    """Messages, travellers, persons and hits, sorted; and what is still to be done, which must be nothing."""
    from torogoz.domain.hit import HitStatus
    from torogoz.storage.models import (
        Hit,
        Journey,
        JourneyTraveller,
        Observation,
        QueuedDelivery,
        ReceivedMessage,
        ScreeningMark,
    )

    status = ReceivedMessage.Status
    loaded = ReceivedMessage.objects.filter(status=status.LOADED)
    # A file whose receipt was not written yet when its worker was killed is received again; what is loaded is known
    # as a duplicate then, and what cannot be read is refused once more.
    refused = ReceivedMessage.objects.filter(status=status.REFUSED).values_list("delivery__digest", "number").distinct()
    travellers = {row.pk: _traveller(row) for row in JourneyTraveller.objects.select_related("journey", "booking")}
    persons: dict[int, list[str]] = {}
    for pk, person in JourneyTraveller.objects.exclude(person=None).values_list("pk", "person_id"):
        if person is not None:
            persons.setdefault(person, []).append(travellers[pk])
    # What was raised and has gone since depends on when screening looked; what stands at the end does not.
    hits = Hit.objects.filter(status=HitStatus.OPEN).values_list(
        "traveller_id", "cause_kind", "cause_source", "cause_key", "gravity", "queued", "millibits"
    )
    said = Counter(travellers[pk] for pk in Observation.objects.values_list("traveller_id", flat=True))
    return {
        "loaded": _sorted(loaded.values_list("type", "function", "reference", "prepared_at", "travellers")),
        "refused": _sorted(refused),
        "travellers": sorted(travellers.values()),
        "observations": sorted(said.items()),
        "persons": sorted(sorted(each) for each in persons.values()),
        "hits": sorted([travellers[pk], *map(str, rest)] for pk, *rest in hits),
        "waiting": QueuedDelivery.objects.count()
        + ScreeningMark.objects.count()
        + Journey.objects.filter(screening_due_at__isnull=False).count(),
    }


def _traveller(row: object) -> str:
    from torogoz.storage.models import JourneyTraveller

    assert isinstance(row, JourneyTraveller)
    flight = f"{row.journey.designator} {row.journey.departure_date} {row.journey.departure_airport}"
    booking = row.booking.record_locator if row.booking else ""
    own = (row.surname, row.given_names, row.birth_date, row.record_locator, row.reference, row.seat, booking)
    state = (row.status, row.off_reason, row.role, row.has_api, row.has_pnr, row.disagreements)
    return "|".join(map(str, (flight, *own, *state)))


def _sorted(rows: object) -> list[list[str]]:
    return sorted(list(map(str, row)) for row in rows)  # type: ignore[attr-defined]  # a query gives tuples


if __name__ == "__main__":
    ready(Path(sys.argv[1]))
    json.dump(outcome(), sys.stdout)
