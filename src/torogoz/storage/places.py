"""Places: the clock and the state of each, from airportsdata, pycountry and the IANA time zones.

Three letters are an airport's IATA code, four its ICAO code, and five signs a port or a border post by UN/LOCODE, whose
first two are its state; its clock is that of the state, where the state has one only. A place that is not known has
neither, and then a local time has no UTC: None, never a guess. A wall-clock time that occurs twice, when clocks go
back, is the first of the two, so that nobody acts too late; one that never occurs, when clocks go forward, is read as
if they had not yet (PEP 495, fold 0).
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from typing import NamedTuple
from zoneinfo import ZoneInfo

import airportsdata
import pycountry

from torogoz.domain.journey import Direction

#: ISO 3166 has no code for Kosovo; the alpha-3 code is the one of ICAO 9303.
_NOT_IN_ISO = {"XK": "RKS"}


class _Airport(NamedTuple):
    zone: str | None
    country: str | None


@cache
def _alpha_3() -> dict[str, str]:
    return {country.alpha_2: country.alpha_3 for country in pycountry.countries} | _NOT_IN_ISO


@cache
def _airports() -> dict[str, _Airport]:
    alpha_3 = _alpha_3()
    return {
        code: _Airport(airport["tz"], alpha_3.get(airport["country"]))
        for code, airport in airportsdata.load("IATA").items()
    }


@cache
def _by_icao() -> dict[str, tuple[str, _Airport]]:
    """ICAO code → the IATA code, which few small airfields have, and the airport."""
    alpha_3 = _alpha_3()
    return {
        code: (airport["iata"], _Airport(airport["tz"], alpha_3.get(airport["country"])))
        for code, airport in airportsdata.load("ICAO").items()
    }


@cache
def _only_zones() -> dict[str, str]:
    """ISO 3166 alpha-2 → the time zone of a state that has one only (IANA, zone.tab)."""
    zones: dict[str, set[str]] = {}
    for line in (files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="ascii").splitlines():
        if not line.startswith("#"):
            state, _, zone, *_ = line.split("\t")
            zones.setdefault(state, set()).add(zone)
    return {state: min(found) for state, found in zones.items() if len(found) == 1}


def _place(code: str) -> _Airport | None:
    if len(code) == 4:
        found = _by_icao().get(code)
        return found[1] if found else None
    if len(code) == 5:
        state = _alpha_3().get(code[:2])
        return _Airport(_only_zones().get(code[:2]), state) if state else None
    return _airports().get(code)


def canonical(code: str | None) -> str | None:
    """An airport's IATA code for its ICAO code where it has one, so that both are one place; else the code itself."""
    found = _by_icao().get(code) if code and len(code) == 4 else None
    return found[0] or code if found else code


def known(airport: str | None) -> bool:
    """Whether a code is an airport's IATA code."""
    return airport in _airports()


def timezone(airport: str | None) -> ZoneInfo | None:
    """The time zone of a place, or None where the code is none's, or its state has several."""
    found = _place(airport or "")
    return ZoneInfo(found.zone) if found and found.zone else None


def country_alpha3(airport: str | None) -> str | None:
    """The state in which a place lies, or None where the code is none's."""
    found = _place(airport or "")
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
