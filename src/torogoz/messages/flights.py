"""Flight designators and legs as messages write them."""

from __future__ import annotations

import re

from torogoz.domain.journey import Designator, FlightLeg

_DESIGNATOR = re.compile(r"([A-Z]{2}[A-Z]?|[A-Z][0-9]|[0-9][A-Z])0*(\d{1,4})([A-Z]?)\Z")
_NUMBER = re.compile(r"0*(\d{1,4})([A-Z]?)\Z")
_AIRPORT = re.compile(r"[A-Z]{3}\Z")


def designator(text: str, carrier: str = "") -> Designator | None:
    """Read `TA570`, or `570` with its carrier beside it. The number is written without leading zeros."""
    text = text.replace(" ", "").upper()
    carrier = carrier.strip().upper()
    if carrier and text.startswith(carrier):
        found = _NUMBER.match(text[len(carrier) :])
        if found:
            return Designator(carrier, found[1], found[2])
    found = _DESIGNATOR.match(text)
    if found:
        return Designator(found[1], found[2], found[3])
    found = _NUMBER.match(text)
    return Designator(carrier, found[1], found[2]) if found and carrier else None


def airport(text: str) -> str | None:
    """An IATA airport code, or None."""
    text = text.strip().upper()
    return text if _AIRPORT.match(text) else None


def same_leg(one: FlightLeg, other: FlightLeg | None) -> bool:
    """Whether two legs are the same flight: both airports, and the day where both know it."""
    if other is None or one.departure_airport is None:
        return False
    if (one.departure_airport, one.arrival_airport) != (other.departure_airport, other.arrival_airport):
        return False
    day, other_day = one.departure_local, other.departure_local
    return day is None or other_day is None or day.date() == other_day.date()
