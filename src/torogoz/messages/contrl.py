"""CONTRL: what a reader found wrong with an interchange (ISO 9735-4, syntax report), read and written.

UCI is about the interchange, UCM about a message, UCS about a segment of it, UCD about an element of that. 0083 says
what was done: 8 the interchange was received, 7 this was taken, 4 this and all in it was rejected; 0085 which error it
is. Which of our findings is which error stands in a table; what has no code of its own is 18, *unspecified*.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from torogoz.domain.finding import Finding, Severity
from torogoz.domain.manifest import Message
from torogoz.domain.response import Report
from torogoz.edifact.interchange import Header, RawMessage
from torogoz.edifact.limits import DEFAULT, Limits
from torogoz.edifact.stream import messages
from torogoz.edifact.tokens import count
from torogoz.edifact.writer import Element, Segment
from torogoz.messages.reading import Reading
from torogoz.messages.values import short_code

ACCEPTED, REJECTED, RECEIVED = "7", "4", "8"
UNSPECIFIED = "18"
#: Finding → 0085. Those of 12 to 16 are confirmed, the others are not (docs/reference/messages/contrl.md).
ERRORS: dict[str, str] = {
    "DATE_UNREADABLE": "12",
    "NUMBER_UNREADABLE": "12",
    "FLIGHT_UNREADABLE": "12",
    "ELEMENT_MISSING": "13",
    "NAME_MISSING": "13",
    "BGM_MISSING": "13",
    "FLIGHT_UNKNOWN": "13",
    "UNT_MISSING": "13",
    "UNZ_MISSING": "13",
    "UNE_MISSING": "13",
    "UNB_MISSING": "13",
    "LOCATOR_MISSING": "13",
    "CARRIER_NOT_OF_SENDER": "14",
    "TYPE_UNSUPPORTED": "15",
    "TOO_MANY_ELEMENTS": "16",
    "SERVICE_CHARACTERS": "20",
    "UNA_SHORT": "20",
    "REFERENCE_MISMATCH": "28",
    "COUNT_MISMATCH": "29",
    "TOO_MANY_SEGMENTS": "35",
    "TOO_MANY_MESSAGES": "35",
    "TOO_MANY_INTERCHANGES": "35",
    "SEGMENT_TOO_LONG": "39",
    "DELIVERY_TOO_LARGE": "39",
}
#: So many segments in error are named of one message; a thousandth tells nobody more.
MOST_SEGMENTS = 99
#: Which element of UNH is S009, how many components it has, and what one may hold (ISO 9735-1, 0065 to 0057).
_IDENTIFIER, _MOST_PARTS = 2, 5
_CODE = re.compile(r"[A-Za-z0-9]{0,6}")


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """One message as an acknowledgement sees it: its findings that matter, each with the number of its segment.

    `version` is what UNH says it is (S009), `interchange` what carried it.
    """

    message: Message
    version: tuple[str, ...]
    errors: tuple[tuple[int | None, Finding], ...]
    interchange: Header


def acknowledged(data: bytes, read: Sequence[Message], limits: Limits = DEFAULT) -> list[Acknowledged]:
    """The messages of a delivery with what was wrong in each; notes, which cost nobody anything, are left out."""
    raws = list(messages(data, limits))
    found = []
    for message, raw in zip(read, [*raws, *[None] * len(read)], strict=False):
        told = [each for each in message.findings if each.severity is not Severity.NOTE]
        told.sort(key=lambda each: each.position or 0)
        errors = tuple((_segment(raw, each), each) for each in told[:MOST_SEGMENTS])
        found.append(Acknowledged(message, _identifier(message, raw), errors, raw.header if raw else Header()))
    return found


def _identifier(message: Message, raw: RawMessage | None) -> tuple[str, ...]:
    """S009 of a message, said back as its UNH has it, also of a type that is not read; but for what is no code."""
    header = raw.text.partition(raw.service.terminator)[0].split(raw.service.element) if raw else []
    if raw is None or len(header) <= _IDENTIFIER:
        return (message.type or "", *(message.version or "").split(":"))
    parts = [part.strip() for part in raw.service.components(header[_IDENTIFIER])]
    return tuple(part if _CODE.fullmatch(part) else "" for part in parts[:_MOST_PARTS])


def _segment(raw: RawMessage | None, finding: Finding) -> int | None:
    """The number of the segment at a finding's place: UNH is 1."""
    if raw is None or finding.position is None or not raw.start <= finding.position < raw.end:
        return None
    before = raw.text[: finding.position - raw.start].split(raw.service.terminator)
    return sum(1 for each in before[:-1] if each.strip()) + 1


def contrl_segments(about: Sequence[Acknowledged], sender: str, recipient: str) -> list[Segment]:
    """The segments between UNH and UNT about the messages of one interchange, which had this sender and recipient."""
    control = (about[0].interchange.reference or "") if about else ""
    nothing = not any(each.message.readable for each in about)
    segments: list[Segment] = [("UCI", control, sender, recipient, REJECTED if nothing else RECEIVED)]
    for each in (one for one in about if one.message.reference is not None):
        action = ACCEPTED if each.message.readable else REJECTED
        head: list[Element] = ["UCM", each.message.reference or "", each.version, action]
        unplaced = [finding for segment, finding in each.errors if segment is None]
        if unplaced:
            head.append(ERRORS.get(unplaced[0].code, UNSPECIFIED))
        segments.append(tuple(head))
        segments += [
            ("UCS", str(segment), ERRORS.get(finding.code, UNSPECIFIED))
            for segment, finding in each.errors
            if segment is not None
        ]
    return segments


class Contrl:
    """One CONTRL being read; after `read`, `reports` holds its lines in order."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self.function: str | None = None
        self.reports: list[Report] = []

    def read(self) -> None:
        """Read every segment after UNH in order."""
        for place, text in enumerate(self._reading.segments.texts):
            elements = text.split(self._reading.service.element)
            handler = self._handlers.get(elements[0].strip())
            if handler:
                self.reports.append(handler(self, elements, place))
            elif elements[0].strip() not in {"UNH", "UNT"}:
                self._reading.note_unknown(place)

    def _uci(self, elements: list[str], _place: int) -> Report:
        return Report("interchange", self._text(elements, 1), self._code(elements, 4), self._code(elements, 5))

    def _ucm(self, elements: list[str], _place: int) -> Report:
        return Report("message", self._text(elements, 1), self._code(elements, 3), self._code(elements, 4))

    def _ucs(self, elements: list[str], place: int) -> Report:
        segment = self._reading.number(elements, 1, place)
        return Report("segment", error=self._code(elements, 2), segment=segment)

    def _ucd(self, elements: list[str], place: int) -> Report:
        component = count([*self._reading.components(elements, 2), ""][1])
        return Report(
            "element",
            error=self._code(elements, 1),
            element=self._reading.number(elements, 2, place),
            component=component,
        )

    def _text(self, elements: list[str], element: int) -> str | None:
        return self._reading.components(elements, element)[0].strip() or None

    def _code(self, elements: list[str], element: int) -> str | None:
        return short_code(self._reading.components(elements, element)[0])

    _handlers: ClassVar[dict[str, Callable[[Contrl, list[str], int], Report]]] = {
        "UCI": _uci,
        "UCM": _ucm,
        "UCS": _ucs,
        "UCD": _ucd,
    }
