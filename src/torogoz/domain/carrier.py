"""What is agreed with a carrier: what it may lawfully send, when it is expected, and what its deviations weigh.

Without an agreement the default holds: both classes may be sent, everything that can be read is read, and each finding
weighs what the catalogue says (design §2, *tolerant, never silent*; LR-05). A class that a carrier may not lawfully
send is never missing, and what comes of it all the same is not read. Strictness refuses a message whole, for what the
agreement counts as an error.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from torogoz.domain.finding import Finding, Severity
from torogoz.domain.purpose import DataClass

#: What carriers send of travellers.
SENT = (DataClass.API, DataClass.PNR)
#: Where no agreement says otherwise, bookings are due a day before departure and the passengers' list at departure
#: (LR-06): minutes before it.
DUE = MappingProxyType({DataClass.API: 0, DataClass.PNR: 24 * 60})
#: Messages that hold nobody's data.
_ANSWERS = frozenset({"CUSRES", "CONTRL", "ACKRES", "GOVREQ"})

STRICT_REFUSAL = "REFUSED_BY_AGREEMENT"
UNLAWFUL_CLASS = "CLASS_NOT_LAWFUL"


class Transport(StrEnum):
    """By which way a carrier's messages come."""

    HTTPS = "https"
    FILES = "files"
    TYPE_B = "type_b"
    EMAIL = "email"
    QUEUE = "queue"


class Acknowledge(StrEnum):
    """The message in which a carrier is told what was found in what came of it."""

    CONTRL = "contrl"
    ACKRES = "ackres"


class Verdict(StrEnum):
    """What the centre answers to a carrier that contests a finding. One that was `right` counts no more."""

    RIGHT = "right"
    STANDS = "stands"


@dataclass(frozen=True, slots=True)
class Expectation:
    """When a class is due on a route: minutes before departure, negative after it. An empty airport is any."""

    departure_airport: str
    arrival_airport: str
    data_class: DataClass
    minutes: int

    def fits(self, departure_airport: str, arrival_airport: str) -> int:
        """How closely it speaks of a route: 0 not at all, 3 by both airports."""
        if self.departure_airport not in ("", departure_airport) or self.arrival_airport not in ("", arrival_airport):
            return 0
        return 1 + bool(self.departure_airport) + bool(self.arrival_airport)


@dataclass(frozen=True, slots=True)
class Agreement:
    """The policy of one carrier; the default is everybody's who has none."""

    may_send: frozenset[DataClass] = frozenset(SENT)
    strict: bool = False
    severities: Mapping[str, Severity] = field(default_factory=dict)
    expected: tuple[Expectation, ...] = ()

    def due(self, departure_at: datetime, route: tuple[str, str], data_class: DataClass) -> tuple[datetime, ...]:
        """When a message of a class is due for a flight, each time, the earliest first; none where it never is.

        The rows that speak most closely of the route count: a carrier may push three times, and close a flight.
        """
        if data_class not in self.may_send:
            return ()
        fitting = [
            (closeness, each.minutes)
            for each in self.expected
            if each.data_class is data_class and (closeness := each.fits(*route))
        ]
        closest = max(fitting)[0] if fitting else 0
        minutes = {each for closeness, each in fitting if closeness == closest} or {DUE[data_class]}
        return tuple(departure_at - timedelta(minutes=each) for each in sorted(minutes, reverse=True))

    def weighed(self, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
        """The findings of a message that was read, each with the severity that the agreement gives its code."""
        if not self.severities:
            return findings
        return tuple(replace(each, severity=self.severities.get(each.code, each.severity)) for each in findings)

    def refusal(self, type_: str | None, findings: tuple[Finding, ...]) -> str | None:
        """The code for which a message that was read, with weighed findings, is refused; None where it is taken."""
        if (sent := class_of(type_)) and sent not in self.may_send:
            return UNLAWFUL_CLASS
        if self.strict and any(each.severity is Severity.ERROR for each in findings):
            return STRICT_REFUSAL
        return None


def class_of(type_: str | None) -> DataClass | None:
    """The class of data that a message of a type holds; None where it holds none."""
    if type_ is None or type_ in _ANSWERS:
        return None
    return DataClass.PNR if type_ == "PNRGOV" else DataClass.API
