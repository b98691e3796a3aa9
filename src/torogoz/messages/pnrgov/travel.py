"""TVL and TRA of PNRGOV: the legs of an itinerary, and the two names of a code share."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from torogoz.domain.journey import Designator, FlightLeg
from torogoz.messages.flights import airport, designator
from torogoz.messages.formats import day_first_of
from torogoz.messages.moments import day_first
from torogoz.messages.reading import Reading

#: TVL 9908 of travel without a flight: by other means, and not decided yet.
_SURFACE, _OPEN = "ARNK", "OPEN"


def read_leg(elements: list[str], place: int, reading: Reading) -> FlightLeg | None:
    """The leg of a TVL; None for ARNK, which is travel without a flight, and, with a finding, for one that is open.

    The carrier composite is marketing and operating carrier, with one number for both until a second TVL tells more.
    """
    carriers = [part.strip().upper() for part in reading.components(elements, 4)]
    named = designator(reading.components(elements, 5)[0], carriers[0])
    if named is None:
        number = reading.components(elements, 5)[0].strip().upper()
        if number != _SURFACE:
            is_open = not carriers[0] or number in ("", _OPEN)
            reading.note("FLIGHT_OPEN" if is_open else "FLIGHT_UNREADABLE", place)
        return None
    operating = None
    if len(carriers) > 1 and carriers[1] not in ("", named.carrier):
        operating = Designator(carriers[1], named.number, named.suffix)
    departure, arrival = _times(reading.components(elements, 1), place, reading)
    return FlightLeg(
        named,
        airport(reading.components(elements, 2)[0]),
        airport(reading.components(elements, 3)[0]),
        departure,
        arrival,
        operating,
    )


def _times(dates: list[str], place: int, reading: Reading) -> tuple[datetime | None, datetime | None]:
    """Departure and arrival. A missing day of arrival is that of departure; some leave out its place altogether."""
    day, clock, day_after, clock_after, *_ = [*(part.strip() for part in dates), "", "", ""]
    if len(day_after) == 4 and not clock_after:
        day_after, clock_after = "", day_after
    day, day_after = read_day(day, place, reading), read_day(day_after, place, reading)
    try:
        departure = day_first(day, clock, reading.day) if day else None
        arrival = day_first(day_after or day, clock_after, reading.day) if clock_after and day else None
    except ValueError:
        reading.note("DATE_UNREADABLE", place)
        return None, None
    return departure, arrival


def read_day(text: str, place: int, reading: Reading) -> str:
    """A day as DDMMYY, also of one with separators, with a finding; another text as it stands."""
    day = day_first_of(text)
    if day is None:
        return text
    reading.note("DATE_FORMAT_MISMATCH", place)
    return day


def is_second_name(elements: list[str], reading: Reading) -> bool:
    """Whether a TVL right after another holds nothing but the other number of a code share."""
    return len(elements) > 5 and not any(any(reading.components(elements, place)) for place in range(1, 5))


def with_other_number(leg: FlightLeg, text: str, pushed: FlightLeg | None) -> FlightLeg:
    """Give a leg its second number. Which of the two carriers it belongs to, the flight that is pushed tells."""
    if leg.operating is None:
        return leg
    other = designator(text, leg.operating.carrier)
    if other is None:
        return leg
    if pushed and leg.operating == pushed.operated_by:
        return replace(leg, designator=Designator(leg.designator.carrier, other.number, other.suffix))
    return replace(leg, operating=other)
