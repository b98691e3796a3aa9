"""The picture of a journey, read from its rows and observations, and what history knows of its travellers."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from django.db.models import Count, Max, Q

from torogoz.domain.journey import Designator, Direction, FlightKey
from torogoz.domain.picture import FlightPicture, History, PicturedFlight, PicturedTraveller
from torogoz.domain.purpose import DataClass
from torogoz.storage import places
from torogoz.storage.clocks import SPEAKS, told_since
from torogoz.storage.flights import local_time
from torogoz.storage.keys import Keyring
from torogoz.storage.models import Journey, JourneyTraveller, Observation
from torogoz.storage.party import read_party

#: What a picture was read from: while it is equal, so is the picture.
Stamp = tuple[object, ...]


def stamp(journey: Journey) -> Stamp:
    """The rows on which the picture of a journey rests, none of them opened.

    Observations are appended and go; whoever merges, masks or moves a traveller changes the traveller's row.
    """
    aboard = JourneyTraveller.objects.filter(journey=journey, merged_into=None, masked_at=None)
    said = Observation.objects.filter(traveller__journey=journey).aggregate(last=Max("pk"), count=Count("pk"))
    return (
        Journey.objects.filter(pk=journey.pk).values_list().get(),
        tuple(aboard.order_by("pk").values_list("pk", "status", "person", "updated_at")),
        (said["last"], said["count"]),
        tuple(journey.designators.order_by("pk").values_list("pk", flat=True)),
    )


def read_picture(journey: Journey, now: datetime, keys: Keyring, *, known_by: datetime | None = None) -> FlightPicture:
    """Everybody on a journey, each source kept apart, as known at a time (default: all that is known)."""
    party = read_party(journey, keys, known_by=known_by)
    travellers = tuple(
        PicturedTraveller(
            pk,
            tuple(member.views[each] for each in sorted(member.views)),
            member.row.status != JourneyTraveller.Status.NOT_TRAVELLING,
        )
        for pk, member in party.items()
    )
    return FlightPicture(_flight(journey), travellers, known_by or now)


def read_history(picture: FlightPicture, classes: frozenset[DataClass]) -> dict[int, History]:
    """Earlier journeys of each traveller's person that these classes tell of, as far back as none can be missing.

    Who has no person is unknown, not new. A journey from before the time since when all of a class is kept in clear
    counts for nothing: a held one may stand there alone, where others of the same person have gone.
    """
    told = Q(pk=None)
    for data, column in SPEAKS.items():
        if DataClass(data) in classes:
            told |= Q(**{column: True}, first_received_at__gte=told_since(data, picture.known_at))
    departure = picture.flight.key.departure_date
    linked = JourneyTraveller.objects.filter(journey=picture.flight.id, person__isnull=False)
    own = dict(linked.values_list("pk", "person_id"))
    earlier = defaultdict(list)
    rows = JourneyTraveller.objects.filter(
        told, person__in=set(own.values()), journey__departure_date__lt=departure, merged_into=None, masked_at=None
    ).exclude(status=JourneyTraveller.Status.NOT_TRAVELLING)
    for person, day in rows.values_list("person_id", "journey__departure_date"):
        earlier[person].append(day)
    return {
        pk: History(len(earlier[person]), (departure - max(earlier[person])).days)
        for pk, person in own.items()
        if earlier[person]
    }


def _flight(journey: Journey) -> PicturedFlight:
    departure = local_time(journey.departure_local)
    if departure is None:  # a journey is made from a placed leg or a schedule line, both of which have it
        raise AssertionError
    return PicturedFlight(
        id=journey.pk,
        key=FlightKey(
            Designator(journey.carrier, journey.number, journey.suffix),
            journey.departure_date,
            journey.departure_airport,
        ),
        arrival_airport=journey.arrival_airport or None,
        direction=Direction(journey.direction),
        departure_local=departure,
        arrival_local=local_time(journey.arrival_local),
        departure_at=journey.departure_at,
        arrival_at=journey.arrival_at,
        code_shares=tuple(
            Designator(name.carrier, name.number, name.suffix) for name in journey.designators.order_by("pk")
        ),
        departure_country=places.country_alpha3(journey.departure_airport),
        arrival_country=places.country_alpha3(journey.arrival_airport) if journey.arrival_airport else None,
    )
