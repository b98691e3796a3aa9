"""Airports: the clock and the state of each, from airportsdata, pycountry and the IANA time zones.

An airport that is not known has neither, and then a local time has no UTC: None, never a guess. A wall-clock time
that occurs twice, when clocks go back, is the first of the two, so that nobody acts too late; one that never occurs,
when clocks go forward, is read as if they had not yet (PEP 495, fold 0).
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

import airportsdata
import pycountry

from torogoz.domain.journey import Direction

#: ISO 3166 has no code for Kosovo; the alpha-3 code is the one of ICAO 9303.
_NOT_IN_ISO = {"XK": "RKS"}


class _Airport(NamedTuple):
    zone: str
    country: str | None


@cache
def _airports() -> dict[str, _Airport]:
    alpha_3 = {country.alpha_2: country.alpha_3 for country in pycountry.countries} | _NOT_IN_ISO
    return {
        code: _Airport(airport["tz"], alpha_3.get(airport["country"]))
        for code, airport in airportsdata.load("IATA").items()
    }


def known(airport: str | None) -> bool:
    """Whether a code is an airport's IATA code."""
    return airport in _airports()


def timezone(airport: str | None) -> ZoneInfo | None:
    """The time zone of an airport, or None where the code is none's."""
    found = _airports().get(airport or "")
    return ZoneInfo(found.zone) if found else None


def country_alpha3(airport: str | None) -> str | None:
    """The state in which an airport lies, or None where the code is none's."""
    found = _airports().get(airport or "")
    return found.country if found else None


def to_utc(local: datetime | None, airport: str | None) -> datetime | None:
    """A point in time from an airport's wall clock; None where time or airport is not known."""
    zone = timezone(airport)
    if local is None or zone is None:
        return None
    try:
        return local.replace(tzinfo=zone, fold=0).astimezone(UTC)
    except OverflowError:  # the first and the last day that Python's calendar has
        return None


def direction(departure: str | None, arrival: str | None, state: str) -> Direction:
    """Which way a flight crosses the border of a state (ISO 3166 alpha-3). A flight inside it, or past it, is other."""
    leaves, arrives = country_alpha3(departure) == state, country_alpha3(arrival) == state
    if leaves == arrives:
        return Direction.OTHER
    return Direction.OUTBOUND if leaves else Direction.INBOUND
