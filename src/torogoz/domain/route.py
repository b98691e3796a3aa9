"""What is expected on a route as somebody writes it, row by row, and which part of a row keeps it from being agreed.

A row names where a flight leaves and lands (empty or `*`: anywhere), the class of data and when that is due: whole
minutes before departure, negative after it (LR-06).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from torogoz.domain.carrier import SENT, Expectation
from torogoz.domain.purpose import DataClass

#: Of a class on a route: not earlier than a week before departure, nor later than a day after it.
EARLIEST, LATEST = 7 * 24 * 60, -24 * 60
#: Any airport.
ANY = "*"

_MINUTES = re.compile(r"-?[0-9]{1,5}")
_APART = re.compile(r"[\s,;]+")


class Part(StrEnum):
    """The parts of a row."""

    FROM = "from"
    TO = "to"
    DATA = "data"
    MINUTES = "minutes"


@dataclass(frozen=True, slots=True)
class Written:
    """A row as it was written."""

    departure_airport: str = ""
    arrival_airport: str = ""
    data_class: str = DataClass.API.value
    minutes: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing was written in it; a class is always chosen."""
        return not any(each.strip() for each in (self.departure_airport, self.arrival_airport, self.minutes))

    def faults(self, known: Callable[[str], bool]) -> frozenset[Part]:
        """The parts that cannot be agreed. `known` tells whether there is such an airport."""
        found = {
            part
            for part, airport in (
                (Part.FROM, _airport(self.departure_airport)),
                (Part.TO, _airport(self.arrival_airport)),
            )
            if airport and not known(airport)
        }
        if self.data_class.strip().lower() not in {each.value for each in SENT}:
            found.add(Part.DATA)
        minutes = self.minutes.strip()
        if not _MINUTES.fullmatch(minutes) or not LATEST <= int(minutes) <= EARLIEST:
            found.add(Part.MINUTES)
        return frozenset(found)

    def agreed(self) -> Expectation:
        """The row as it is agreed; ValueError where it has faults."""
        return Expectation(
            _airport(self.departure_airport),
            _airport(self.arrival_airport),
            DataClass(self.data_class.strip().lower()),
            int(self.minutes),
        )


def written(expected: Expectation) -> Written:
    """What was agreed, as it would be written."""
    return Written(
        expected.departure_airport, expected.arrival_airport, expected.data_class.value, str(expected.minutes)
    )


def pasted(text: str) -> tuple[Written, ...]:
    """Lines of four words, with blanks, tabs, commas or semicolons between them, as a spreadsheet gives them."""
    lines = ([*_APART.split(line.strip(), maxsplit=3), "", "", ""] for line in text.splitlines() if line.strip())
    return tuple(Written(*words[:4]) for words in lines)


def _airport(text: str) -> str:
    """The code; empty for any."""
    code = text.strip().upper()
    return "" if code == ANY else code
