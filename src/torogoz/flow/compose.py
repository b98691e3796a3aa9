"""Compose: the steps from bytes to hits, in their order, for those who bring data and for the worker.

Takes: deliveries, or only the time.
Gives: counts of what was received, loaded, found double, refused, and of the hits that were raised.
Refuses: nothing of its own; one delivery that fails does not stop the next.
Records: what its steps record
Legal ground: that of its steps.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from torogoz.flow.parse import load_waiting, some_wait
from torogoz.flow.receive import receive
from torogoz.flow.screen import rescreen_due
from torogoz.flow.upkeep import upkeep


class Arrival(NamedTuple):
    """The bytes of one file or request, and the name under which they came."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of deliveries, in the words of the contract."""

    received: int = 0
    loaded: int = 0
    duplicates: int = 0
    refused: int = 0
    travellers: int = 0
    hits: int = 0

    def __add__(self, other: Outcome) -> Outcome:
        """Add up two outcomes."""
        return Outcome(
            self.received + other.received,
            self.loaded + other.loaded,
            self.duplicates + other.duplicates,
            self.refused + other.refused,
            self.travellers + other.travellers,
            self.hits + other.hits,
        )


def take_in(arrivals: Iterable[Arrival], *, source: str, now: datetime) -> Outcome:
    """Receive deliveries, load them, and screen each journey they changed once."""
    for arrival in arrivals:
        receive(arrival.data, source=source, name=arrival.name, now=now)
    outcome = work(now)
    while some_wait():
        outcome += work(now)
    return outcome


def work(now: datetime) -> Outcome:
    """One round of the worker: load what waits, screen what changed or was marked, and look at the clock."""
    report = load_waiting(now)
    raised = rescreen_due(now).raised
    upkeep(now)
    return Outcome(report.received, report.loaded, report.duplicates, report.refused, report.travellers, raised)
