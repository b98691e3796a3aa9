"""Whether a flight's messages are there: what is missing, and what only looks so (LR-14, LR-07).

The moments at which a scheduled flight is looked at are three: an hour before departure, departure, arrival. At the
first, a flight of which nothing at all has come lacks its passengers' list too, although that may be due later. Where
several messages of a class are expected, the last whose moment has passed must have come, or a later one.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from torogoz.domain.carrier import SENT, Agreement
from torogoz.domain.journey import Mode
from torogoz.domain.purpose import DataClass


class Stage(StrEnum):
    """When a scheduled flight is looked at."""

    HOUR_BEFORE = "hour_before"
    DEPARTURE = "departure"
    ARRIVAL = "arrival"


class State(StrEnum):
    """How a class of a flight stands. `short` is fewer passengers, or bookings, than the carrier itself announced."""

    THERE = "there"
    AWAITED = "awaited"
    SHORT = "short"
    MISSING = "missing"
    OUTAGE = "outage"
    NOT_DUE = "not_due"


_EVER = datetime.min.replace(tzinfo=UTC)
#: A message that is sent at the agreed minute arrives after it: so much later is not late.
ON_ITS_WAY = timedelta(minutes=5)
#: What alarms somebody; an outage that was declared does not, nor does what is not due.
LACKING = frozenset({State.MISSING, State.SHORT})


@dataclass(frozen=True, slots=True)
class Outage:
    """A time in which a carrier said that it could not send."""

    starts_at: datetime
    ends_at: datetime | None

    def covers(self, moment: datetime) -> bool:
        """Whether a moment lies in it; one without an end lasts."""
        return self.starts_at <= moment and (self.ends_at is None or moment < self.ends_at)


@dataclass(frozen=True, slots=True)
class Flown:
    """What is known of a scheduled flight: its route and times, when each class last came, and how many it named.

    `listed` and `announced` count passengers, `booked` and `announced_bookings` bookings.
    """

    departure_airport: str
    arrival_airport: str
    departure_at: datetime
    arrival_at: datetime | None
    api_at: datetime | None = None
    pnr_at: datetime | None = None
    listed: int = 0
    announced: int | None = None
    mode: Mode = Mode.AIR
    booked: int = 0
    announced_bookings: int | None = None

    def came(self, data_class: DataClass) -> datetime | None:
        """When a class came."""
        return self.api_at if data_class is DataClass.API else self.pnr_at


def stage_of(flight: Flown, now: datetime) -> Stage | None:
    """The last stage that a flight has passed; None before the first."""
    if flight.arrival_at and now >= flight.arrival_at:
        return Stage.ARRIVAL
    if now >= flight.departure_at:
        return Stage.DEPARTURE
    return Stage.HOUR_BEFORE if now >= flight.departure_at - timedelta(hours=1) else None


def states(flight: Flown, agreement: Agreement, outages: Collection[Outage], now: datetime) -> dict[DataClass, State]:
    """How each class stands at a moment."""
    return {each: _state(each, flight, agreement, outages, now) for each in SENT}


def _state(
    data_class: DataClass, flight: Flown, agreement: Agreement, outages: Collection[Outage], now: datetime
) -> State:
    moments = agreement.due(flight.departure_at, (flight.departure_airport, flight.arrival_airport), data_class)
    passed = [each for each in moments if each <= now]
    came = flight.came(data_class)
    if came and came >= _counts_from(passed):
        return State.SHORT if _too_few(data_class, flight) else State.THERE
    if data_class is DataClass.PNR and flight.mode is not Mode.AIR:
        return State.NOT_DUE  # ships and buses have no booking systems that would push anything
    if not moments:
        return State.NOT_DUE
    due = passed[-1] if passed else moments[0]
    nothing = flight.api_at is None and flight.pnr_at is None and stage_of(flight, now) is not None
    if now < due and not (nothing and due <= flight.departure_at):
        return State.AWAITED
    if any(outage.covers(moment) for outage in outages for moment in (min(due, now), now)):
        return State.OUTAGE
    return State.MISSING


def _counts_from(passed: list[datetime]) -> datetime:
    """Since when a message counts for the last moment that has passed: what came nearer to an earlier is that one's."""
    return passed[-2] + (passed[-1] - passed[-2]) / 2 if len(passed) > 1 else _EVER


def _too_few(data_class: DataClass, flight: Flown) -> bool:
    came, announced = flight.listed, flight.announced
    if data_class is DataClass.PNR:
        came, announced = flight.booked, flight.announced_bookings
    return announced is not None and came < announced
