"""Flight legs of a PAXLST: a TDT group's airports and times become the legs between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import pairwise

from torogoz.domain.journey import Designator, FlightLeg
from torogoz.domain.manifest import Message
from torogoz.domain.traveller import Traveller

#: LOC 3227 → the airports of a leg: last departure abroad, first arrival in the state, any other, the flight's last.
DEPARTURE, ARRIVAL, OTHER, FINAL = "125", "87", "92", "130"
#: The same as messages write them; the form before the standard has codes of its own.
FOR_LEGS = frozenset((DEPARTURE, ARRIVAL, OTHER, FINAL))
PLACES: dict[str, str] = {
    **{code: code for code in FOR_LEGS},
    "5": DEPARTURE,
    "005": DEPARTURE,
    "8": ARRIVAL,
    "008": ARRIVAL,
    "PT": OTHER,
}
#: TDT 8051: the flight only crosses the airspace.
OVERFLIGHT = "34"


class Stop:
    """One airport of a TDT group, with the times that were sent for it."""

    __slots__ = ("airport", "arrival", "departure", "kind")

    def __init__(self, kind: str, airport: str | None) -> None:
        self.kind = kind
        self.airport = airport
        self.departure: datetime | None = None
        self.arrival: datetime | None = None


class Route:
    """One TDT group while it is read.

    Older directories put the times behind TDT, before any airport: they are those of the first and of the last one. A
    group behind travellers may be the transport of one of them, which names no airport.
    """

    __slots__ = ("designator", "latest", "of_traveller", "overflight", "own", "stops")

    def __init__(self, designator: Designator | None, *, overflight: bool = False, of_traveller: bool = False) -> None:
        self.designator = designator
        self.overflight = overflight
        self.of_traveller = of_traveller
        self.stops: list[Stop] = []
        self.own = Stop(OTHER, None)
        #: That of which a time speaks.
        self.latest = self.own

    def stop_at(self, kind: str, found: str | None) -> None:
        """Take an airport. The times behind a place that is no stop of the flight are not the flight's."""
        self.latest = Stop(kind, found)
        if kind in PLACES:
            self.stops.append(self.latest)

    def legs(self) -> list[FlightLeg]:
        """One leg between each two stops; one airport alone is a departure. No legs without a flight number."""
        if self.designator is None or (self.of_traveller and not self.stops):
            return []
        stops = _joined(_in_order(self.stops)) or [Stop(DEPARTURE, None)]
        stops[0].departure = stops[0].departure or self.own.departure
        if len(stops) < 2:
            return [self._leg(stops[0], Stop(ARRIVAL, None))]
        stops[-1].arrival = stops[-1].arrival or self.own.arrival
        return [self._leg(start, end) for start, end in pairwise(stops)]

    def _leg(self, start: Stop, end: Stop) -> FlightLeg:
        assert self.designator  # noqa: S101 - legs asked
        return FlightLeg(
            self.designator, start.airport, end.airport, start.departure, end.arrival, overflight=self.overflight
        )


def all_legs(routes: Sequence[Route]) -> tuple[FlightLeg, ...]:
    """The legs of all groups. The way to the last airport may be told twice: the leg that has times is kept."""
    legs = [leg for route in routes for leg in route.legs()]
    timed = {_ends(leg) for leg in legs if leg.departure_local or leg.arrival_local}
    return tuple(leg for leg in legs if leg.departure_local or leg.arrival_local or _ends(leg) not in timed)


def _ends(leg: FlightLeg) -> tuple[str | None, str | None]:
    return leg.departure_airport, leg.arrival_airport


def flown(traveller: Traveller, legs: Sequence[FlightLeg]) -> range | None:
    """The legs that a traveller flies, by where their own journey begins and ends (LOC 178, 179) and is cleared (22).

    Who comes from elsewhere boards at the first airport, who goes on stays to the last. None where what was sent runs
    against the flight: then nobody can tell, and they count as on all of them.
    """
    starts, ends = [leg.departure_airport for leg in legs], [leg.arrival_airport for leg in legs]
    first, last = 0, len(legs) - 1
    start, end, cleared = traveller.journey_start, traveller.journey_end, traveller.clearance_airport
    if start and start in starts:
        first = starts.index(start)
    elif start and start in ends:
        return None
    if end and end in ends:
        last = last - ends[::-1].index(end)
    elif end and end in starts:
        return None
    span = range(first, last + 1)
    touched = {place for leg in span for place in (starts[leg], ends[leg])}
    if (legs and not span) or (cleared in {*starts, *ends} and cleared not in touched):
        return None
    return span


def _in_order(stops: list[Stop]) -> list[Stop]:
    """Two airports may be sent arrival first, and the flight's last one anywhere."""
    stops = sorted(stops, key=lambda stop: stop.kind == FINAL)
    return list(reversed(stops)) if [stop.kind for stop in stops] == [ARRIVAL, DEPARTURE] else stops


def _joined(stops: list[Stop]) -> list[Stop]:
    """An airport sent twice, once with each of its times, is one stop; a flight back to where it began is none."""
    joined: list[Stop] = []
    for stop in stops:
        last = joined[-1] if joined else None
        if last and last.airport == stop.airport and (last.kind, stop.kind) != (DEPARTURE, ARRIVAL):
            last.departure = last.departure or stop.departure
            last.arrival = last.arrival or stop.arrival
        else:
            joined.append(stop)
    return joined


def aboard(message: Message, places: Sequence[int]) -> list[tuple[int, Message]]:
    """What a message says of each of these of its legs, in their order: the same of those who fly it.

    Who does not say where their journey ends is on the first of them only: a flight that lands here and flies on must
    not make leavers of those who arrive. A push of bookings speaks of one leg.
    """
    if len(message.flights) < 2 or message.bookings:
        return [(place, message) for place in places[:1]]
    parts = [(place, tuple(_on(message.travellers, message.flights, place, places[0]))) for place in places]
    return [(place, _of(message, here)) for place, here in parts]


def _of(message: Message, here: tuple[Traveller, ...]) -> Message:
    """The message for these alone: its total is theirs only where they are all."""
    if len(here) == len(message.travellers):
        return message
    return replace(message, travellers=here, expected_travellers=None)


def _on(travellers: Sequence[Traveller], legs: Sequence[FlightLeg], place: int, first: int) -> Iterator[Traveller]:
    ends = {leg.arrival_airport for leg in legs}
    for each in travellers:
        span = flown(each, legs)
        if span is None:
            here = place == first
        else:
            told = place == first or first not in span or each.journey_end in ends
            here = place in span and told
        if here:
            yield each
