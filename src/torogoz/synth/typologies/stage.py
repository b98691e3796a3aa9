"""Where people are planted: a day's flights, the lists, a supply of people whom nobody else met, and how they book."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

from torogoz.domain.booking import Payment
from torogoz.domain.document import Document
from torogoz.domain.traveller import Traveller
from torogoz.domain.watchlist import ListAction
from torogoz.synth.commerce import AGENCIES, Desk, Passenger, Reservation, Sale, make_reservation
from torogoz.synth.flights import return_flight
from torogoz.synth.people import Household, Person, Population
from torogoz.synth.statements import Load
from torogoz.synth.states import STATES, number
from torogoz.synth.truth import Expected, Planted
from torogoz.synth.watchlists import Listed, Watchlists

#: The golden ratio's fraction: its multiples never gather anywhere.
_STRIDE = 0.618034

Change = Callable[[Traveller, Random], Traveller]


@dataclass(slots=True)
class Stage:
    """What the typologies plant on. Nothing is used twice: flights follow each other, people and entries are fresh."""

    loads: Sequence[Load]
    watchlists: Watchlists
    population: Population
    desk: Desk
    rng: Random
    taken: int = 0
    strangers: int = 0
    entries: set[str] = field(default_factory=set)

    @property
    def day(self) -> date:
        """The day on which ages are told."""
        return self.loads[0].flight.departs_at.date()

    def load(self, *, inbound: bool | None = None) -> Load:
        """A flight whose carrier sends its lists and a last push, so that late bookings are seen; each time another."""
        fitting = [
            load
            for load in self.loads
            if not load.silent and load.carrier.pushes[-1] <= 2 and inbound in (None, load.flight.inbound)
        ]
        self.taken += 1
        # A stride through the day, so that cases lie hours apart.
        return fitting[int(self.taken * _STRIDE % 1 * len(fitting))]

    def stranger(self, state: str, *, adult: bool = True) -> tuple[Household, Person]:
        """Somebody from beyond the part of the population that travels by chance."""
        while True:
            self.strangers += 1
            household = self.population.household(state, Population.TRAVELLING + self.strangers)
            for person in household.members:
                if (person.age_on(self.day) >= 18) == adult and person.age_on(self.day) >= 4:
                    return household, person

    def listed(self, admits: Callable[[Listed], bool]) -> Listed:
        """A listed person of this kind whom no other typology has."""
        fitting = [one for one in self.watchlists.persons if one.entry.id not in self.entries and admits(one)]
        drawn = self.rng.choice(fitting)
        self.entries.add(drawn.entry.id)
        return drawn

    def book(
        self,
        load: Load,
        household: Household,
        people: Sequence[Person],
        *,
        hours: float = 20 * 24,
        back_after: int | None = 9,
        cash: bool = False,
    ) -> Reservation:
        """Book people so many hours ahead; nothing about it that a rule could read is left to chance."""
        flight = load.flight
        back = () if back_after is None else return_flight(flight, back_after).legs
        sale = Sale(
            people=tuple(people),
            household=household,
            flight=flight,
            itinerary=flight.legs + back,
            created_at=flight.departs_at - timedelta(hours=hours),
            agency=AGENCIES[self.taken % len(AGENCIES)],
            payments=(
                Payment(
                    "CA" if cash else "CC",
                    None if cash else household.payment_card,
                    f"{self.rng.randint(180, 640)}.00",
                    "USD",
                ),
            ),
            documents=tuple(person.passport for person in people),
        )
        return make_reservation(sale, self.desk, self.rng)

    def fresh_passport(self, state: str) -> Document:
        """A valid document that no list knows."""
        return Document(number(STATES[state].passport, self.rng), "P", state, self.day + timedelta(days=1_500))


def seat(
    load: Load, reservation: Reservation, typology: str, expected: Expected, cause: str, note: str
) -> list[Planted]:
    """Put a booking on its flight; give the truth of everybody in it."""
    load.reservations.append(reservation)
    return [
        Planted(
            typology,
            expected in (Expected.HIT, Expected.PROTECTION, Expected.ADVISORY),
            expected,
            cause,
            load.flight.label,
            reservation.locator,
            passenger.declared.reference or "",
            passenger.person.id,
            note,
        )
        for passenger in reservation.passengers
    ]


def with_each(reservation: Reservation, change: Callable[[Passenger], Passenger]) -> Reservation:
    """Change every passenger of a booking."""
    return replace(reservation, passengers=tuple(change(passenger) for passenger in reservation.passengers))


def in_both(change: Change, rng: Random) -> Callable[[Passenger], Passenger]:
    """The same change to both statements of a passenger: that is how the traveller names themselves."""

    def change_both(passenger: Passenger) -> Passenger:
        # One stream for both, so that one slip of the finger is the same in both.
        state = rng.getstate()
        booked = change(passenger.booked, rng)
        rng.setstate(state)
        return replace(passenger, booked=booked, declared=change(passenger.declared, rng))

    return change_both


def fully_known(one: Listed) -> bool:
    """Whether an entry knows name and whole birth date of an adult whom its owner wants."""
    entry = one.entry
    return (
        len(entry.birth_dates) == 1
        and entry.birth_dates[0].is_full
        and entry.terms is not None
        and entry.terms.action is not ListAction.PROTECT
        and one.person.given_names is not None
    )
