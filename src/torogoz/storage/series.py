"""Series: the parts of one list or push, joined by sender and common reference (UNH 0068, S010).

Carriers split what is long for their lines. Each part is loaded as it comes, and what only the whole may say (who is
absent) waits for the last one. `waits_until` of a part is when the rest is given up: the setting `series_minutes` after
the first part came. Parts that are further apart are not one series: a sender may use a reference again.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings

from torogoz.domain.journey import Designator, FlightLeg
from torogoz.storage.flights import local_time
from torogoz.storage.models import ReceivedMessage

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.db.models import QuerySet

    from torogoz.domain.manifest import Part

INCOMPLETE = "SERIES_INCOMPLETE"


def whole(own: ReceivedMessage) -> list[ReceivedMessage] | None:
    """The parts of a message's series in their order, itself included; None while one is missing."""
    if own.part_number is None or (own.part_number == 1 and own.part_last):
        return [own]
    parts = _parts(own)
    last = [number for number, part in parts.items() if part.part_last]
    complete = last and set(range(1, last[0] + 1)) <= set(parts)
    return [parts[number] for number in range(1, last[0] + 1)] if complete else None


def join(own: ReceivedMessage, part: Part | None) -> None:
    """Note for a part, and those before it, until when the rest is waited for; the last that was missing ends that.

    The caller stores `own`. A first part that does not say that others follow waits for nobody.
    """
    if part is None or part.alone:
        return
    others = whole(own)
    if others is None:
        first = min(each.received_at for each in _parts(own).values())
        own.waits_until = first + _wait()
    else:
        own.waits_until = None
        ReceivedMessage.objects.filter(pk__in=[each.pk for each in others]).update(waits_until=None)


def leg_of(own: ReceivedMessage) -> FlightLeg | None:
    """The flight that another part of a message's series named; some name it in the first part only."""
    if own.part_number is None or not own.common_reference:
        return None
    key = {name: value for name, value in _key(own).items() if name != "journey_id"}
    rows = ReceivedMessage.objects.filter(received_at__range=_near(own), journey__isnull=False, **key)
    part = _light(rows).exclude(part_number=None).select_related("journey").order_by("pk").last()
    journey = part.journey if part else None
    if journey is None:
        return None
    return FlightLeg(
        Designator(journey.carrier, journey.number, journey.suffix),
        journey.departure_airport,
        journey.arrival_airport or None,
        local_time(journey.departure_local),
        local_time(journey.arrival_local),
    )


def overdue(now: datetime) -> list[list[ReceivedMessage]]:
    """The parts of each series whose rest is no longer waited for."""
    found: dict[tuple[object, ...], list[ReceivedMessage]] = {}
    for row in _light(ReceivedMessage.objects.filter(waits_until__lte=now)).order_by("waits_until", "pk"):
        found.setdefault((*_key(row).values(), row.waits_until), []).append(row)
    return list(found.values())


def _parts(own: ReceivedMessage) -> dict[int, ReceivedMessage]:
    """The latest of each part, by its number."""
    loaded = ReceivedMessage.objects.filter(status=ReceivedMessage.Status.LOADED, received_at__range=_near(own))
    rows = loaded.filter(part_number__isnull=False, **_key(own))
    parts: Iterable[ReceivedMessage] = (*_light(rows).exclude(pk=own.pk).order_by("pk"), own)
    return {part.part_number: part for part in parts if part.part_number}


def _near(own: ReceivedMessage) -> tuple[datetime, datetime]:
    """When another part of the same series can have come."""
    return own.received_at - _wait(), own.received_at + _wait()


def _key(row: ReceivedMessage) -> dict[str, object]:
    """What parts of one series have in common."""
    names = ("journey_id", "type", "qualifier", "sender", "common_reference")
    return {name: getattr(row, name) for name in names}


def _light(rows: QuerySet[ReceivedMessage]) -> QuerySet[ReceivedMessage]:
    """Without the copies, which are large."""
    return rows.defer("redacted", "wrapped_key")


def _wait() -> timedelta:
    return timedelta(minutes=settings.SERIES_MINUTES)
