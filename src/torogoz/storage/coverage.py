"""A flight's row as `domain.coverage` judges it, and how those of a carrier stood when they left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, cast

from django.db.models import Count, IntegerField, Max, Min, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from torogoz.domain.carrier import SENT, class_of
from torogoz.domain.coverage import ON_ITS_WAY, Flown, State, states
from torogoz.domain.journey import Mode
from torogoz.domain.purpose import DataClass
from torogoz.domain.traveller import TravellerRole
from torogoz.storage.agreements import agreement_of, outages
from torogoz.storage.models import Booking, FlightCheck, Journey, ReceivedMessage

#: The passengers whom a list named, also those taken off since; crews have lists of their own.
LISTED = Q(travellers__has_api=True, travellers__merged_into=None) & ~Q(travellers__role=TravellerRole.CREW)

_COUNTED = Booking.objects.filter(journey=OuterRef("pk")).order_by().values("journey").annotate(number=Count("pk"))
#: The bookings that pushes named, also those cancelled since: beside travellers a count of its own.
BOOKED = Coalesce(Subquery(_COUNTED.values("number"), output_field=IntegerField()), 0)


def flown(journey: Journey, otherwise: datetime | None = None) -> Flown:
    """What is known of a flight whose row was asked for with `listed` and `booked` beside it.

    `otherwise` is its departure where none is known.
    """
    departure_at = journey.departure_at or otherwise
    assert departure_at  # noqa: S101 - the caller asked for flights that have one, or gives another
    return Flown(
        journey.departure_airport,
        journey.arrival_airport,
        departure_at,
        journey.arrival_at,
        journey.last_api_at,
        journey.last_pnr_at,
        cast("Any", journey).listed,
        journey.expected_travellers,
        Mode(journey.mode),
        cast("Any", journey).booked,
        journey.expected_bookings,
    )


@dataclass(frozen=True, slots=True)
class Stood:
    """How one flight's messages came, by class: its state when it left, and whether it was late or short.

    `due` is when the first of each class was agreed to come, `came` when it did; without those of whom nothing is.
    """

    departure_at: datetime
    states: dict[DataClass, State]
    late: frozenset[DataClass]
    short: frozenset[DataClass]
    designator: str = ""
    departure_airport: str = ""
    arrival_airport: str = ""
    due: Mapping[DataClass, datetime] = field(default_factory=dict)
    came: Mapping[DataClass, datetime] = field(default_factory=dict)


def stood(carrier: str, since: datetime, now: datetime, most: int) -> list[Stood]:
    """The scheduled flights of a carrier that left in a time, the latest first, no more than `most`."""
    rows = list(
        Journey.objects.filter(carrier=carrier, scheduled=True, departure_at__gt=since, departure_at__lte=now)
        .exclude(status=Journey.Status.CANCELLED)
        .order_by("-departure_at", "-pk")[:most]
    )
    first, latest = _came(carrier, since)
    checks = FlightCheck.objects.filter(journey__carrier=carrier, journey__departure_at__gt=since)
    last = dict(checks.order_by("checked_at").values_list("journey", "states"))
    agreed, declared = agreement_of(carrier), outages([carrier], since - timedelta(days=7))[carrier]
    found = []
    for row in rows:
        assert row.departure_at  # noqa: S101 - they were asked for by it
        flight = Flown(
            row.departure_airport,
            row.arrival_airport,
            row.departure_at,
            row.arrival_at,
            latest[row.pk].get(DataClass.API),
            latest[row.pk].get(DataClass.PNR),
        )
        by_class = states(flight, agreed, declared, row.departure_at)
        route = (row.departure_airport, row.arrival_airport)
        moments = {each: agreed.due(row.departure_at, route, each) for each in SENT}
        due, came = {each: some[0] for each, some in moments.items() if some}, first[row.pk]
        late = (each for each in due if by_class[each] is State.THERE and came[each] > due[each] + ON_ITS_WAY)
        short = (each for each in SENT if last.get(row.pk, {}).get(each) == State.SHORT)
        stands = (by_class, frozenset(late), frozenset(short), row.designator, *route, due, came)
        found.append(Stood(row.departure_at, *stands))
    return found


_Times = defaultdict[int, dict[DataClass, datetime]]


def _came(carrier: str, since: datetime) -> tuple[_Times, _Times]:
    """When the first and the latest message of each class that named somebody came, by flight."""
    first, latest = _Times(dict), _Times(dict)
    came = (
        ReceivedMessage.objects.filter(
            journey__carrier=carrier,
            journey__departure_at__gt=since,
            status=ReceivedMessage.Status.LOADED,
            travellers__gt=0,
        )
        .exclude(function="250")
        .values_list("journey", "type")
        .annotate(first=Min("received_at"), latest=Max("received_at"))
        .order_by()
    )
    for journey, kind, begun, ended in came:
        if data_class := class_of(kind):
            first[journey][data_class] = min(begun, first[journey].get(data_class, begun))
            latest[journey][data_class] = max(ended, latest[journey].get(data_class, ended))
    return first, latest
