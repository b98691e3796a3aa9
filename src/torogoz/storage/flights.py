"""Finding or making the journey that a message speaks of, with its code shares and retimings, by air, sea or land.

Numbers lose leading zeros, so that `XA0570` and `XA570` are one flight. A known designator, operating or shared, on the
same local date from the same airport is the same flight.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Q

from torogoz.domain.journey import Designator, Direction, FlightLeg
from torogoz.storage import places
from torogoz.storage.models import Journey, JourneyDesignator, Retiming

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from torogoz.storage.models import ReceivedMessage

_FORMAT = "%Y-%m-%dT%H:%M"


def border_legs(legs: Sequence[FlightLeg]) -> list[int]:
    """The places of the legs that cross this state's border; else of the first that can be placed in time; else none.

    A flight that lands here and flies on crosses it twice.
    """
    placed = [place for place, leg in enumerate(legs) if leg.departure_local and leg.departure_airport]
    return [place for place in placed if _direction(_canonical(legs[place])) is not Direction.OTHER] or placed[:1]


def border_leg(legs: Sequence[FlightLeg]) -> FlightLeg | None:
    """The first of those legs, its places written by their IATA codes; None where there is none."""
    places_of_legs = border_legs(legs)
    return _canonical(legs[places_of_legs[0]]) if places_of_legs else None


def find_or_make(leg: FlightLeg, now: datetime, message: ReceivedMessage | None = None) -> Journey:
    """The journey of a placed leg, which nobody else changes before the caller's transaction ends.

    Other times than before are kept as a retiming, another designator as a code share. Places are written by their IATA
    codes where they have one, so that every message means the same place.
    """
    leg = _canonical(leg)
    operating, marketing = _plain(leg.operated_by), _plain(leg.designator)
    found = _find(operating, leg, lock=True)
    if found is None and marketing != operating:
        found = _find(marketing, leg, lock=True)
    journey = found or _new(operating, leg)
    _complete(journey, leg)
    _retime(journey, leg, now, message)
    if str(marketing) not in {journey.designator, str(operating)} or str(operating) != journey.designator:
        for name in {marketing, operating}:
            if str(name) != journey.designator:
                JourneyDesignator.objects.get_or_create(
                    journey=journey, carrier=name.carrier, number=name.number, suffix=name.suffix
                )
    return journey


def find(leg: FlightLeg) -> Journey | None:
    """The journey of a placed leg, where it is known by either of its names."""
    return _find(_plain(leg.operated_by), leg) or _find(_plain(leg.designator), leg)


def leg_of(journey: Journey) -> FlightLeg:
    """A journey as a message names it."""
    return FlightLeg(
        Designator(journey.carrier, journey.number, journey.suffix),
        journey.departure_airport,
        journey.arrival_airport or None,
        local_time(journey.departure_local),
        local_time(journey.arrival_local),
    )


def direction(leg: FlightLeg) -> Direction:
    """Which border a leg crosses."""
    return _direction(leg)


def lanes(legs: Iterable[FlightLeg]) -> set[str]:
    """Every name of each placed leg's flight on its day from its airport, those that are known already included."""
    found = set()
    for leg in map(_canonical, legs):
        assert leg.departure_local  # noqa: S101 - border_legs gives placed legs only
        names = {_plain(leg.operated_by), _plain(leg.designator)}
        for journey in [journey for name in names if (journey := _find(name, leg))]:
            names.add(Designator(journey.carrier, journey.number, journey.suffix))
            names |= {Designator(other.carrier, other.number, other.suffix) for other in journey.designators.all()}
        found |= {f"{name} {leg.departure_local.date()} {leg.departure_airport}" for name in names}
    return found


def local_text(moment: datetime | None) -> str:
    """A wall-clock time as a column holds it."""
    return moment.strftime(_FORMAT) if moment else ""


def local_time(text: str) -> datetime | None:
    """A wall-clock time as a column held it."""
    return datetime.strptime(text, _FORMAT) if text else None  # noqa: DTZ007 - local times have no offset


def _plain(name: Designator) -> Designator:
    return Designator(name.carrier, name.number.lstrip("0") or "0", name.suffix)


def _canonical(leg: FlightLeg) -> FlightLeg:
    start, end = places.canonical(leg.departure_airport), places.canonical(leg.arrival_airport)
    if (start, end) == (leg.departure_airport, leg.arrival_airport):
        return leg
    return replace(leg, departure_airport=start, arrival_airport=end)


def _direction(leg: FlightLeg) -> Direction:
    return places.direction(leg.departure_airport, leg.arrival_airport, settings.STATE)


def _find(name: Designator, leg: FlightLeg, *, lock: bool = False) -> Journey | None:
    assert leg.departure_local  # noqa: S101 - border_legs gives placed legs only
    own = Q(carrier=name.carrier, number=name.number, suffix=name.suffix)
    shared = Q(designators__carrier=name.carrier, designators__number=name.number, designators__suffix=name.suffix)
    journeys = Journey.objects.select_for_update(no_key=True, of=("self",)) if lock else Journey.objects.all()
    return (
        journeys.filter(
            mode=leg.mode, departure_date=leg.departure_local.date(), departure_airport=leg.departure_airport
        )
        .filter(own | shared)
        .order_by("pk")
        .first()
    )


def _new(name: Designator, leg: FlightLeg) -> Journey:
    """A journey that is not stored yet."""
    assert leg.departure_local  # noqa: S101 - border_legs gives placed legs only
    assert leg.departure_airport  # noqa: S101 - likewise
    return Journey(
        mode=leg.mode,
        carrier=name.carrier,
        number=name.number,
        suffix=name.suffix,
        departure_date=leg.departure_local.date(),
        departure_airport=leg.departure_airport,
        arrival_airport=leg.arrival_airport or "",
        direction=_direction(leg),
    )


def _complete(journey: Journey, leg: FlightLeg) -> None:
    """A destination that the first message left out becomes known: with it, which way the flight crosses the border."""
    if leg.arrival_airport and not journey.arrival_airport:
        journey.arrival_airport = leg.arrival_airport
        journey.direction = places.direction(journey.departure_airport, leg.arrival_airport, settings.STATE)
        journey.arrival_at = places.to_utc(local_time(journey.arrival_local), leg.arrival_airport)
        journey.save(update_fields=["arrival_airport", "direction", "arrival_at"])


def _retime(journey: Journey, leg: FlightLeg, now: datetime, message: ReceivedMessage | None) -> None:
    """Store the journey where it is new or has other times than before, and those times."""
    departure, arrival = local_text(leg.departure_local), local_text(leg.arrival_local) or journey.arrival_local
    if (journey.departure_local, journey.arrival_local) == (departure, arrival):
        return
    journey.departure_local, journey.arrival_local = departure, arrival
    journey.departure_at = places.to_utc(leg.departure_local, journey.departure_airport)
    journey.arrival_at = places.to_utc(local_time(arrival), journey.arrival_airport or leg.arrival_airport)
    journey.save()
    Retiming.objects.create(
        journey=journey, message=message, known_at=now, departure_local=departure, arrival_local=arrival
    )
