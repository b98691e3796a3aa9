"""Series: the parts of one list or push, joined by sender and common reference (UNH 0068, S010).

Carriers split what is long for their lines. Each part is loaded as it comes, and what only the whole may say (who is
absent) waits for the last one. `waits_until` of a part is when the rest is given up: the setting `series_minutes` after
the first part came. A part that comes later joins its series all the same where it is missing in it, and makes it whole
where no other is: what the whole says is true then too, and a newer word about anybody stands. Any other part that
comes later begins a new series, since a sender may use a reference again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings

from torogoz.domain.journey import Designator, FlightLeg
from torogoz.storage.flights import local_time
from torogoz.storage.models import ReceivedMessage

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from torogoz.domain.manifest import Part

INCOMPLETE, LATE = "SERIES_INCOMPLETE", "SERIES_LATE"
#: So long after it began a series may still be completed: after a day a reference is another flight's.
_LONGEST = timedelta(days=1)
#: So many parts of one reference are looked at; a series has 999 at most, and may be sent again.
_MOST = 2_000


@dataclass(slots=True)
class _Series:
    """The latest of each part, by its number, and when the first came; `late` are those that came when it was over."""

    began: datetime
    parts: dict[int, ReceivedMessage]
    late: set[int]

    def whole(self) -> list[ReceivedMessage] | None:
        """The parts in their order; None while one is missing."""
        last = next((number for number, part in self.parts.items() if part.part_last), None)
        if last is None or not set(range(1, last + 1)) <= set(self.parts):
            return None
        return [self.parts[number] for number in range(1, last + 1)]

    def lacks(self, number: int) -> bool:
        """Whether a part of this number is missing."""
        last = next((number for number, part in self.parts.items() if part.part_last), None)
        return number not in self.parts and (last is None or number < last)


def whole(own: ReceivedMessage) -> list[ReceivedMessage] | None:
    """The parts of a message's series in their order, itself included; None while one is missing."""
    if own.part_number is None or (own.part_number == 1 and own.part_last):
        return [own]
    return _series(own, own.journey_id).whole()


def join(own: ReceivedMessage, part: Part | None) -> bool:
    """Note for a part, and those before it, until when the rest is waited for; the last that was missing ends that.

    Whether the part came when its series was over. The caller stores `own`. A first part that does not say that others
    follow waits for nobody.
    """
    if part is None or part.alone:
        return False
    series = _series(own, own.journey_id)
    late, others = part.number in series.late, series.whole()
    own.waits_until = None if late or others else series.began + _wait()
    if others:
        ReceivedMessage.objects.filter(pk__in=[each.pk for each in others]).update(waits_until=None)
        for each in others:
            if any(finding["code"] == INCOMPLETE for finding in each.findings):
                each.findings = [finding for finding in each.findings if finding["code"] != INCOMPLETE]
                each.save(update_fields=["findings"])
    return late


def leg_of(own: ReceivedMessage) -> FlightLeg | None:
    """The flight that another part of a message's series named; some name it in the first part only."""
    if own.part_number is None or not own.common_reference:
        return None
    key = {name: value for name, value in _key(own).items() if name != "journey_id"}
    rows = ReceivedMessage.objects.filter(journey__isnull=False, part_number__isnull=False, **key)
    light = _light(rows).select_related("journey").order_by("pk")
    part = light.filter(received_at__range=_near(own)).last() or light.filter(received_at__range=_possible(own)).last()
    # One that comes late is of that flight only if it is missing there.
    if part is None or part.journey is None or len(_series(own, part.journey_id).parts) == 1:
        return None
    journey = part.journey
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


def _series(own: ReceivedMessage, journey: int | None) -> _Series:
    """The series of a message that is of a journey: those of its reference are told apart by when they came."""
    key = {**_key(own), "journey_id": journey}
    loaded = ReceivedMessage.objects.filter(status=ReceivedMessage.Status.LOADED, received_at__range=_possible(own))
    rows = _light(loaded.filter(part_number__isnull=False, **key)).exclude(pk=own.pk)
    known = [*rows.order_by("-received_at", "-pk")[:_MOST], own]
    known.sort(key=lambda row: (row.received_at, row is own, row.pk or 0))
    found = current = _Series(known[0].received_at, {}, set())
    for row in known:
        number = row.part_number or 0
        if row.received_at - current.began > _wait():
            in_time = row.received_at - current.began <= _LONGEST
            if in_time and current.whole() is None and current.lacks(number):
                current.late.add(number)
            else:
                current = _Series(row.received_at, {}, set())
        current.parts[number] = row
        found = current if row is own else found
    # The part in hand is what is said last, whenever it was received.
    found.parts[own.part_number or 0] = own
    return found


def _possible(own: ReceivedMessage) -> tuple[datetime, datetime]:
    """When another part of the same series can have come, late ones among them."""
    return own.received_at - _LONGEST - _wait(), own.received_at + _wait()


def _near(own: ReceivedMessage) -> tuple[datetime, datetime]:
    """When another part of the same series came in time."""
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
