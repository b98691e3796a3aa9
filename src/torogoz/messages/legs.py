"""Flight legs of a PAXLST: a TDT group's airports and times become the legs between them."""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise

from torogoz.domain.journey import Designator, FlightLeg

#: LOC 3227 → the airports of a leg: last departure abroad, first arrival in the state, any other.
DEPARTURE, ARRIVAL, OTHER = "125", "87", "92"
PLACES = frozenset((DEPARTURE, ARRIVAL, OTHER))


class Stop:
    """One airport of a TDT group, with the times that were sent for it."""

    __slots__ = ("airport", "arrival", "departure", "kind")

    def __init__(self, kind: str, airport: str | None) -> None:
        self.kind = kind
        self.airport = airport
        self.departure: datetime | None = None
        self.arrival: datetime | None = None


class Route:
    """One TDT group while it is read."""

    __slots__ = ("designator", "stops")

    def __init__(self, designator: Designator | None) -> None:
        self.designator = designator
        self.stops: list[Stop] = []

    def legs(self) -> list[FlightLeg]:
        """One leg between each two stops; one airport alone is a departure. No legs without a flight number."""
        if self.designator is None:
            return []
        stops = _joined(_in_order(self.stops))
        if len(stops) < 2:
            only = stops[0] if stops else Stop(DEPARTURE, None)
            return [FlightLeg(self.designator, only.airport, None, only.departure, None)]
        return [
            FlightLeg(self.designator, start.airport, end.airport, start.departure, end.arrival)
            for start, end in pairwise(stops)
        ]


def _in_order(stops: list[Stop]) -> list[Stop]:
    """Two airports may be sent arrival first."""
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
