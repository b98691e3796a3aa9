"""A message tried: what is said of its form and completeness, from its bytes and the catalogue alone.

No list, order, agreement or stored data is asked; nothing of a traveller is in the answer but counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from torogoz.domain.finding import Finding, Severity
from torogoz.domain.manifest import Message
from torogoz.edifact.findings import CATALOGUE
from torogoz.messages.delivery import read
from torogoz.messages.quality import Quality, quality

#: Of what was tried so many messages are answered, and of each so many findings.
MOST_MESSAGES, MOST_FINDINGS = 20, 200
#: They speak of another message, and need no flight of their own.
_OF_ANOTHER = frozenset({"CUSRES", "CONTRL", "ACKRES", "GOVREQ"})


@dataclass(frozen=True, slots=True)
class Placed:
    """A finding with the line and the column of its byte, both from 1; None where it has no place."""

    finding: Finding
    line: int | None
    column: int | None


@dataclass(frozen=True, slots=True)
class Tried:
    """What is said of one message: whether it would be read, and is without errors and warnings."""

    number: int
    type: str | None
    version: str | None
    function: str | None
    flights: int
    expected: int | None
    quality: Quality
    findings: tuple[Placed, ...]
    withheld: int

    @property
    def readable(self) -> bool:
        """Whether anything could be read, for a flight."""
        return self.type is not None and (self.flights > 0 or self.type in _OF_ANOTHER)

    @property
    def clean(self) -> bool:
        """Whether the standard is kept, notes apart."""
        return self.readable and all(each.finding.severity is Severity.NOTE for each in self.findings)


def tried(data: bytes) -> tuple[Tried, ...]:
    """What is said of each message of some bytes."""
    return tuple(
        Tried(
            each.number,
            each.type,
            each.version,
            each.function,
            len(each.flights),
            each.expected_travellers,
            quality(each),
            tuple(_placed(found, data) for found in _findings(each)),
            each.withheld.total,
        )
        for each in islice(read(data), MOST_MESSAGES)
    )


def _findings(message: Message) -> tuple[Finding, ...]:
    """What was found; and where no flight was, which is why it would be refused, that comes first."""
    found = message.findings[:MOST_FINDINGS]
    if message.type is None or message.flights or message.type in _OF_ANOTHER:
        return found
    return Finding("FLIGHT_UNKNOWN", CATALOGUE["FLIGHT_UNKNOWN"].severity), *found


def _placed(finding: Finding, data: bytes) -> Placed:
    if finding.position is None:
        return Placed(finding, None, None)
    before = data[: finding.position]
    return Placed(finding, before.count(b"\n") + 1, len(before) - before.rfind(b"\n"))
