"""Flights, their legs and what makes two of them the same.

A flight is its operating carrier, number, suffix, scheduled local departure date and airport (design §7): a retiming
within the day keeps it the same, a code share is another name for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

#: Inbound: how long before landing the officer at the booth must know. Outbound: when doors close before departure.
WALK_TO_BOOTH = timedelta(minutes=10)
DOORS_CLOSE = timedelta(minutes=15)


class Mode(StrEnum):
    """How people travel: every journey has one."""

    AIR = "air"
    SEA = "sea"
    LAND = "land"


class Direction(StrEnum):
    """Which border a flight crosses, seen from the state that runs the centre."""

    INBOUND = "inbound"
    OUTBOUND = "outbound"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Designator:
    """A carrier's name for a flight: `TA 570`, with an operational suffix where there is one."""

    carrier: str
    number: str
    suffix: str = ""

    def __str__(self) -> str:
        """Write it as boards do."""
        return f"{self.carrier}{self.number}{self.suffix}"


@dataclass(frozen=True, slots=True)
class FlightLeg:
    """One take-off and landing as a message names it. Local times are the wall clocks of the two airports.

    An overflight only crosses a state's airspace (TDT 8051 34).
    By sea and land it is a voyage or a trip, and the places are ports or border posts by UN/LOCODE.
    """

    designator: Designator
    departure_airport: str | None = None
    arrival_airport: str | None = None
    departure_local: datetime | None = None
    arrival_local: datetime | None = None
    operating: Designator | None = None
    overflight: bool = False
    mode: Mode = Mode.AIR

    @property
    def operated_by(self) -> Designator:
        """The designator of the carrier that flies it: the marketing one where no other was given."""
        return self.operating or self.designator


@dataclass(frozen=True, slots=True)
class FlightKey:
    """The identity of a flight (design §7)."""

    operating: Designator
    departure_date: date
    departure_airport: str

    @classmethod
    def of(cls, leg: FlightLeg) -> FlightKey | None:
        """The key of a leg, or None where the message gives no departure time or airport."""
        if leg.departure_local is None or leg.departure_airport is None:
            return None
        return cls(leg.operated_by, leg.departure_local.date(), leg.departure_airport)
