"""The synthetic state: its population, its watchlists, and its days of traffic.

`make_day` is the whole of it: a seed, a moment and a preset give a `Day`, purely. The moment is the middle of things:
flights of the demo leave from six hours before it to eighteen after it, so that a screen opened at that moment shows
some landed, some in the air and some being checked in. Randomness comes in named streams, so that a change to one part
leaves the others as they were.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from random import Random

from torogoz.domain.journey import Designator, FlightLeg
from torogoz.domain.traveller import Traveller, TravellerRole
from torogoz.synth import commerce, typologies
from torogoz.synth.commerce import Desk, Sale
from torogoz.synth.deliveries import Delivery, deliver
from torogoz.synth.flights import SyntheticFlight, flights_between, return_flight
from torogoz.synth.noise import Noise
from torogoz.synth.people import Household, Person, Population, border_document, weighted
from torogoz.synth.statements import Load
from torogoz.synth.states import STATES
from torogoz.synth.truth import Planted
from torogoz.synth.watchlists import Watchlists, make_watchlists


@dataclass(frozen=True, slots=True)
class Preset:
    """How much of the day is made: all of it, or its busiest hour; and how often each typology is planted."""

    busiest_hour: bool
    cases: int


PRESETS: dict[str, Preset] = {"tiny": Preset(busiest_hour=True, cases=1), "demo": Preset(busiest_hour=False, cases=2)}

#: market → who travels on it: nationality and weight.
MARKETS: dict[str, tuple[tuple[str, float], ...]] = {
    "diaspora": (
        ("SLV", 0.43), ("USA", 0.41), ("GTM", 0.04), ("HND", 0.04), ("CAN", 0.02), ("MEX", 0.02), ("NIC", 0.01),
        ("CHN", 0.01), ("IND", 0.01), ("GBR", 0.01),
    ),
    "central": (
        ("SLV", 0.35), ("GTM", 0.22), ("HND", 0.16), ("NIC", 0.1), ("CRI", 0.09), ("USA", 0.05), ("ESP", 0.01),
        ("KOR", 0.01), ("DEU", 0.01),
    ),
    "mexico": (("SLV", 0.4), ("MEX", 0.42), ("USA", 0.08), ("GTM", 0.05), ("COL", 0.03), ("FRA", 0.02)),
    "south": (
        ("SLV", 0.25), ("COL", 0.22), ("PAN", 0.12), ("ECU", 0.1), ("PER", 0.1), ("VEN", 0.05), ("BRA", 0.05),
        ("ARG", 0.04), ("CUB", 0.03), ("USA", 0.02), ("IND", 0.01), ("NGA", 0.01),
    ),
    "europe": (
        ("SLV", 0.4), ("ESP", 0.36), ("ITA", 0.06), ("FRA", 0.04), ("DEU", 0.04), ("GBR", 0.03), ("RUS", 0.02),
        ("LBN", 0.02), ("JOR", 0.01), ("EGY", 0.01), ("IDN", 0.01),
    ),
}  # fmt: skip

#: how many of a household travel: kind → weight.
_PARTIES = (("one", 0.62), ("adults", 0.17), ("all", 0.2), ("group", 0.01))
_ONE_WAY = 0.16
#: The day reaches from so long before its moment to so long after it.
_BEFORE, _AFTER = timedelta(hours=6), timedelta(hours=18)
_CONNECTS = 0.1


@dataclass(frozen=True, slots=True)
class World:
    """What lasts beyond a day."""

    seed: int
    population: Population
    watchlists: Watchlists

    @classmethod
    def of(cls, seed: int, year: int) -> World:
        """The world of a seed in a year."""
        return cls(seed, Population(seed, year), make_watchlists(seed, year))


@dataclass(frozen=True, slots=True)
class Day:
    """A day's traffic with its lists and its truth. Deliveries stand in order of arrival."""

    seed: int
    anchor: datetime
    flights: tuple[SyntheticFlight, ...]
    deliveries: tuple[Delivery, ...]
    watchlists: Watchlists
    planted: tuple[Planted, ...]
    noise: tuple[Noise, ...]
    travellers: int


def make_day(seed: int, anchor: datetime, preset: str = "demo", world: World | None = None) -> Day:
    """Make the day around a moment (UTC). `world` may be shared by several days of one run."""
    anchor = anchor.astimezone(UTC).replace(second=0, microsecond=0)
    world = world or World.of(seed, anchor.year)
    size = PRESETS[preset]
    flights = flights_between(anchor - _BEFORE, anchor + _AFTER)
    if size.busiest_hour:
        flights = _busiest_hour(flights)
    return day_of_flights(world, anchor, flights, size.cases)


def day_of_flights(world: World, anchor: datetime, flights: list[SyntheticFlight], cases: int) -> Day:
    """Fill these flights and send what they have to say; each typology is planted so many times."""
    day = _Day(world, anchor, flights)
    day.sell()
    planted = typologies.plant(day.stage(), cases)
    day.check_in()
    return Day(
        world.seed,
        anchor,
        tuple(flights),
        deliver(day.loads, anchor.toordinal(), Random(f"{world.seed}/{anchor:%Y%m%d%H%M}/deliveries")),
        world.watchlists,
        tuple(planted),
        tuple(day.noise),
        sum(len(one.passengers) for load in day.loads for one in load.reservations),
    )


def make_days(seed: int, anchor: datetime, preset: str, days: int) -> list[Day]:
    """Make consecutive days of one world."""
    world = World.of(seed, anchor.astimezone(UTC).year)
    return [make_day(seed, anchor + timedelta(days=later), preset, world) for later in range(days)]


class _Day:
    """A day in the making."""

    def __init__(self, world: World, anchor: datetime, flights: list[SyntheticFlight]) -> None:
        self._world = world
        self._stream = f"{world.seed}/{anchor:%Y%m%d%H%M}"
        self._rng = Random(f"{self._stream}/sales")
        self._noise_rng = Random(f"{self._stream}/noise")
        self._desk = Desk(Random(f"{self._stream}/desk"))
        self._met: set[tuple[str, int]] = set()
        self._anchor = anchor
        self.loads = [Load(flight, [], {}) for flight in flights]
        self.noise: list[Noise] = []

    def sell(self) -> None:
        """Fill every flight with bookings, garbled and changing as in life."""
        for load in self.loads:
            target = round(load.flight.rotation.seats * self._rng.uniform(0.74, 0.94))
            aboard = sum(len(one.passengers) for one in load.reservations)
            while aboard < target:
                aboard += self._sell_one(load, target - aboard)

    def stage(self) -> typologies.Stage:
        """Where the typologies plant their people."""
        return typologies.Stage(
            self.loads, self._world.watchlists, self._world.population, self._desk, Random(f"{self._stream}/plants")
        )

    def check_in(self) -> None:
        """Give seats and crews."""
        rng = Random(f"{self._stream}/seats")
        for load in self.loads:
            seats = [f"{row}{letter}" for row in range(1, 52) for letter in "ABCDEF"]
            taken = [passenger for one in load.reservations for passenger in one.passengers]
            for passenger, seat in zip(taken, seats, strict=False):
                if passenger.booked.infant or rng.random() < 0.04:
                    continue
                load.seats[passenger.booked.reference or ""] = seat
            load.crew = self._crew(rng)

    def _sell_one(self, load: Load, room: int) -> int:
        rng, flight = self._rng, load.flight
        household = self._household(flight)
        people = self._party(household, room)
        onward = self._onward(flight) if rng.random() < _CONNECTS else None
        issuers = _issuers(flight)
        sale = Sale(
            people=people,
            household=household,
            flight=flight,
            itinerary=_itinerary(flight, onward, rng),
            created_at=commerce.booked_on(flight, rng),
            agency=commerce.sell(flight, rng),
            payments=commerce.pay(household, len(people), rng),
            documents=tuple(border_document(person, issuers, rng) for person in people),
            role=TravellerRole.TRANSIT if onward else TravellerRole.PASSENGER,
            accents=load.carrier.dialect.accents,
        )
        reservation = commerce.make_reservation(sale, self._desk, rng)
        reservation, garbled = commerce.add_noise(reservation, self._noise_rng)
        self.noise += garbled
        reservation = commerce.evolve(reservation, flight.departs_at, rng)
        if len(people) > 1 and rng.random() < 0.003:
            parent, child = commerce.split(reservation, flight.departs_at - timedelta(hours=10), self._desk)
            load.reservations.append(child)
            reservation = parent
        load.reservations.append(reservation)
        if onward:
            onward.reservations.append(reservation)
        return len(people)

    def _household(self, flight: SyntheticFlight) -> Household:
        while True:
            state = weighted(self._rng, MARKETS[flight.rotation.market])
            # Squared: some households are drawn again and again, most never, as frequent travel is in life.
            index = int(Population.TRAVELLING * self._rng.random() ** 2)
            if (state, index) not in self._met:
                self._met.add((state, index))
                return self._world.population.household(state, index)

    def _party(self, household: Household, room: int) -> tuple[Person, ...]:
        kind = weighted(self._rng, _PARTIES)
        adults = tuple(one for one in household.members if one.age_on(self._anchor.date()) >= 18)
        if kind == "group" and room >= 10:
            return adults[:1] + tuple(self._strangers(household, self._rng.randint(7, 17)))[: room - 1]
        if kind == "all":
            return household.members[:room]
        if kind == "adults":
            return adults[:room]
        return adults[:1]

    def _strangers(self, household: Household, count: int) -> list[Person]:
        """Adults of other households of the same state: a tour, a team, a congress."""
        state, index = household.members[0].nationality, household.code % Population.ROOM
        neighbours = ((index + step) % Population.TRAVELLING for step in range(1, count + 1))
        return [self._world.population.household(state, place).members[0] for place in neighbours]

    def _onward(self, flight: SyntheticFlight) -> Load | None:
        """A flight of the same carrier that leaves in time for those who only change planes here."""
        if not flight.inbound or flight.rotation.market == "diaspora":
            return None
        for load in self.loads:
            other = load.flight
            wait = other.departs_at - flight.arrives_at
            if (
                not other.inbound
                and other.designator.carrier == flight.designator.carrier
                and other.rotation.market == "diaspora"
                and timedelta(minutes=50) <= wait <= timedelta(hours=5)
                and sum(len(one.passengers) for one in load.reservations) < other.rotation.seats * 0.5
            ):
                return load
        return None

    def _crew(self, rng: Random) -> tuple[Traveller, ...]:
        base = rng.randrange(300) * 10
        crew = Population(self._world.seed, self._anchor.year, "crew")
        people = [crew.household("SLV", base + place).members[0] for place in range(6)]
        return tuple(
            Traveller(
                TravellerRole.CREW,
                person.surname,
                person.given_names,
                sex=person.sex,
                birth_date=person.born,
                nationality=person.nationality,
                residence=person.residence,
                documents=(person.passport,),
            )
            for person in people
        )


def _busiest_hour(flights: list[SyntheticFlight]) -> list[SyntheticFlight]:
    hours = (
        [other for other in flights if timedelta() <= other.departs_at - first.departs_at < timedelta(hours=1)]
        for first in flights
    )
    return max(hours, key=len)


def _issuers(flight: SyntheticFlight) -> frozenset[str]:
    """The states between which a flight crosses, as far as the synthetic world knows them."""
    by_zone = {"GUA": "GTM", "SAP": "HND", "XPL": "HND", "MGA": "NIC", "MAD": "ESP"}
    ends = {flight.departure_airport, flight.arrival_airport} - {"SAL"}
    return frozenset({"SLV", *(by_zone.get(end, "USA") for end in ends)} & set(STATES))


def _itinerary(flight: SyntheticFlight, onward: Load | None, rng: Random) -> tuple[FlightLeg, ...]:
    """The legs of a booking in order: this flight, what it connects to, and mostly the way back."""
    legs = flight.legs
    partner = flight.rotation.partner
    if partner and rng.random() < 0.2:
        sold_as = Designator(partner, f"7{flight.designator.number}")
        legs = tuple(replace(leg, designator=sold_as, operating=flight.designator) for leg in legs)
    if onward:
        return legs + onward.flight.legs
    if rng.random() < _ONE_WAY:
        return legs
    stay = rng.choice((3, 5, 7, 7, 10, 14, 14, 21, 30))
    if rng.random() < 0.5:
        return legs + return_flight(flight, stay).legs
    return return_flight(flight, -stay).legs + legs
