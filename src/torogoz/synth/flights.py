"""A day of flights to and from San Salvador: carriers that do not exist, between cities that do.

The cities are those that public timetables connect with SAL; carriers, numbers and times are invented. Designators
X1 to X9 were chosen to point at nobody: if one is assigned to an airline some day, that airline is not meant. Block
times follow the great circle, local times the airports' time zones (airportsdata, tzdata).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import pairwise
from math import asin, cos, radians, sin, sqrt
from typing import NamedTuple
from zoneinfo import ZoneInfo

import airportsdata

from torogoz.domain.journey import Designator, FlightLeg

HOME_AIRPORT = "SAL"
#: Taxiing, climbing and descending, and the cruise: what turns a distance into a block time.
_GROUND, _KM_PER_HOUR = timedelta(minutes=32), 810.0
_TURNAROUND = timedelta(minutes=70)


class Airport(NamedTuple):
    """What a timetable needs of an airport."""

    code: str
    zone: ZoneInfo
    latitude: float
    longitude: float


@cache
def airport(code: str) -> Airport:
    """Look an airport up by its IATA code."""
    row = _airports()[code]
    return Airport(code, ZoneInfo(row["tz"]), row["lat"], row["lon"])


@cache
def _airports() -> dict[str, airportsdata.Airport]:
    return airportsdata.load("IATA")


def block_time(one: str, two: str) -> timedelta:
    """From gate to gate, rounded to five minutes."""
    here, there = airport(one), airport(two)
    half = (
        sin(radians(there.latitude - here.latitude) / 2) ** 2
        + cos(radians(here.latitude))
        * cos(radians(there.latitude))
        * sin(radians(there.longitude - here.longitude) / 2) ** 2
    )
    kilometres = 2 * 6371 * asin(sqrt(half))
    minutes = (_GROUND + timedelta(hours=kilometres / _KM_PER_HOUR)) / timedelta(minutes=5)
    return timedelta(minutes=5 * round(minutes))


@dataclass(frozen=True, slots=True)
class Rotation:
    """An aircraft that comes to SAL at `arrives` (minutes after local midnight) and goes back after its turnaround.

    `through` is an airport where both flights stop; `partner` the carrier that sells them under a number of its own;
    `silent` flights fly and send nothing.
    """

    carrier: str
    number: int
    city: str
    arrives: int
    seats: int
    market: str
    through: str | None = None
    partner: str | None = None
    silent: bool = False


def _rotation(text: str) -> Rotation:
    carrier, number, city, arrives, seats, market, *more = text.split()
    extra = dict(item.split("=") for item in more)
    hours, minutes = arrives.split(":")
    return Rotation(
        carrier,
        int(number),
        city,
        int(hours) * 60 + int(minutes),
        int(seats),
        market,
        extra.get("through"),
        extra.get("partner"),
        "silent" in extra,
    )


#: carrier, number of the flight to SAL (the one back has the next), other end, arrival at SAL, seats, market
ROTATIONS: tuple[Rotation, ...] = tuple(
    _rotation(line)
    for line in (
        "X1 570 LAX 06:05 186 diaspora",
        "X1 520 IAH 12:40 186 diaspora",
        "X1 528 IAD 13:10 186 diaspora",
        "X1 530 JFK 20:15 186 diaspora partner=X6",
        "X1 560 SFO 06:45 150 diaspora",
        "X1 310 MIA 11:20 186 diaspora",
        "X1 620 YYZ 19:40 186 diaspora",
        "X1 410 GUA 07:30 74 central",
        "X1 412 GUA 18:05 74 central",
        "X1 430 SJO 08:10 150 central",
        "X1 440 MGA 08:20 74 central",
        "X1 450 XPL 08:35 74 central",
        "X1 460 PTY 09:15 150 south",
        "X1 630 MEX 14:25 150 mexico",
        "X1 640 BOG 13:55 150 south",
        "X1 642 LIM 05:30 186 south",
        "X1 644 UIO 14:30 150 south through=GYE",
        "X2 910 BOG 21:05 150 south partner=X1",
        "X2 920 MDE 15:20 150 south",
        "X3 210 PTY 12:05 166 south",
        "X3 212 PTY 22:10 166 south",
        "X4 710 IAH 20:35 166 diaspora",
        "X4 720 EWR 13:25 166 diaspora",
        "X5 330 DFW 12:15 160 diaspora",
        "X5 340 MIA 21:20 160 diaspora",
        "X6 640 ATL 12:50 160 diaspora",
        "X7 110 MAD 17:05 288 europe through=GUA",
        "X8 820 FLL 10:40 180 diaspora",
        "X8 830 LAX 04:50 180 diaspora",
        "X9 150 SAP 10:05 48 central silent=1",
    )
)


@dataclass(frozen=True, slots=True)
class SyntheticFlight:
    """One flight of the day: its legs in order, times in UTC, and the rotation it belongs to."""

    designator: Designator
    legs: tuple[FlightLeg, ...]
    departs_at: datetime
    arrives_at: datetime
    inbound: bool
    rotation: Rotation

    @property
    def departure_airport(self) -> str:
        """Where it starts."""
        return self.legs[0].departure_airport or ""

    @property
    def arrival_airport(self) -> str:
        """Where it ends."""
        return self.legs[-1].arrival_airport or ""

    @property
    def border_leg(self) -> FlightLeg:
        """The leg that touches the state: the last one inbound, the first one outbound."""
        return self.legs[-1] if self.inbound else self.legs[0]

    @property
    def label(self) -> str:
        """How the truth names it."""
        return f"{self.designator}/{self.departs_at:%Y%m%dT%H%MZ}/{self.departure_airport}"


def flights_between(start: datetime, end: datetime) -> list[SyntheticFlight]:
    """The flights that leave from `start` until `end`, by departure."""
    found: list[SyntheticFlight] = []
    home = airport(HOME_AIRPORT).zone
    day = start.astimezone(home).date() - timedelta(days=1)
    while day <= end.astimezone(home).date() + timedelta(days=1):
        midnight = datetime(day.year, day.month, day.day, tzinfo=home)
        for rotation in ROTATIONS:
            landing = (midnight + timedelta(minutes=rotation.arrives)).astimezone(UTC)
            pair = (_inbound(rotation, landing), _outbound(rotation, landing + _TURNAROUND))
            found += [flight for flight in pair if start <= flight.departs_at < end]
        day += timedelta(days=1)
    return sorted(found, key=lambda flight: (flight.departs_at, str(flight.designator)))


def return_flight(flight: SyntheticFlight, days: int) -> SyntheticFlight:
    """The flight the other way on the same rotation, so many days later (or, negative, earlier)."""
    home = airport(HOME_AIRPORT).zone
    at_home = (flight.arrives_at if flight.inbound else flight.departs_at).astimezone(home).date() + timedelta(days)
    landing = datetime(at_home.year, at_home.month, at_home.day, tzinfo=home) + timedelta(
        minutes=flight.rotation.arrives
    )
    landing = landing.astimezone(UTC)
    if flight.inbound:
        return _outbound(flight.rotation, landing + _TURNAROUND)
    return _inbound(flight.rotation, landing)


def leg_between(designator: Designator, here: str, there: str, departs_at: datetime) -> FlightLeg:
    """One flight without a stop, with the wall clocks of its two airports."""
    landing = departs_at + block_time(here, there)
    return FlightLeg(designator, here, there, _local(departs_at, here), _local(landing, there))


def _inbound(rotation: Rotation, landing: datetime) -> SyntheticFlight:
    stops = [rotation.city, *([rotation.through] if rotation.through else []), HOME_AIRPORT]
    duration = sum((block_time(a, b) for a, b in pairwise(stops)), timedelta())
    duration += _TURNAROUND * (len(stops) - 2)
    return _flight(rotation, rotation.number, stops, landing - duration, inbound=True)


def _outbound(rotation: Rotation, takeoff: datetime) -> SyntheticFlight:
    stops = [HOME_AIRPORT, *([rotation.through] if rotation.through else []), rotation.city]
    return _flight(rotation, rotation.number + 1, stops, takeoff, inbound=False)


def _flight(rotation: Rotation, number: int, stops: list[str], takeoff: datetime, *, inbound: bool) -> SyntheticFlight:
    designator = Designator(rotation.carrier, str(number))
    legs = []
    moment = takeoff
    for here, there in pairwise(stops):
        landing = moment + block_time(here, there)
        legs.append(leg_between(designator, here, there, moment))
        moment = landing + _TURNAROUND
    return SyntheticFlight(designator, tuple(legs), takeoff, landing, inbound, rotation)


def _local(moment: datetime, code: str) -> datetime:
    return moment.astimezone(airport(code).zone).replace(tzinfo=None)
