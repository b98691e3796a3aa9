"""The picture of a flight: what all messages together say at one moment, with each source kept apart.

A traveller holds one view per source. Screening takes only the views whose data class the list's or rule's purpose
may read, so that a civil exit ban cannot see what only the booking told.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from torogoz.domain.booking import Booking
from torogoz.domain.dates import age_on
from torogoz.domain.journey import Designator, Direction, FlightKey
from torogoz.domain.purpose import DataClass
from torogoz.domain.traveller import Traveller

#: Below this age the law protects, whatever a list says (Convention on the Rights of the Child, art. 1).
ADULT_AGE = 18


@dataclass(frozen=True, slots=True)
class View:
    """What one source last said of a traveller: the message it came in is named by id, never copied."""

    data_class: DataClass
    message: int
    known_at: datetime
    traveller: Traveller
    booking: Booking | None = None


@dataclass(frozen=True, slots=True)
class PicturedTraveller:
    """A traveller on a flight, with the latest view of each source, API first where there is one."""

    id: int
    views: tuple[View, ...]
    travelling: bool = True

    def seen_as(self, classes: frozenset[DataClass]) -> tuple[View, ...]:
        """The views whose data class is allowed."""
        return tuple(view for view in self.views if view.data_class in classes)

    def is_minor(self, on: date) -> bool:
        """Whether any source says that they are under age on that day. Unknown ages are not counted as minors."""
        ages = (age_on(view.traveller.birth_date, on) for view in self.views)
        return any(age is not None and age < ADULT_AGE for age in ages)


@dataclass(frozen=True, slots=True)
class PicturedFlight:
    """A flight with its times both ways: local on the wall, and UTC where the airport is known."""

    id: int
    key: FlightKey
    arrival_airport: str | None
    direction: Direction
    departure_local: datetime
    arrival_local: datetime | None = None
    departure_at: datetime | None = None
    arrival_at: datetime | None = None
    code_shares: tuple[Designator, ...] = ()
    departure_country: str | None = None
    arrival_country: str | None = None


@dataclass(frozen=True, slots=True)
class FlightPicture:
    """A flight and everybody on it, as known at `known_at`."""

    flight: PicturedFlight
    travellers: tuple[PicturedTraveller, ...]
    known_at: datetime


@dataclass(frozen=True, slots=True)
class History:
    """What retained, unmasked journeys of the same person say; None is *unknown*, never *none* (design §7)."""

    earlier_journeys: int | None = None
    days_since_last: int | None = None
