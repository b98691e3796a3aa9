"""What we write to carriers, in an envelope: UNA, UNB, UNH … UNT, UNZ (ISO 9735-1), under the standard's separators.

The syntax identifier is the smallest alphabet that holds the text, so that a reader who believes it reads it right.
What a carrier sent and gets back may hold signs that no message may: they become blanks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from torogoz.edifact.charset import REPERTOIRES, Repertoire
from torogoz.edifact.tokens import STANDARD
from torogoz.edifact.writer import Element, Segment, advice, compose

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ufffd\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who sends to whom, when (UTC), and the control reference of the interchange, at most 14 signs."""

    sender: str
    recipient: str
    prepared_at: datetime
    control: str


@dataclass(frozen=True, slots=True)
class Kind:
    """What UNH says of a message (S009): type, version and release, agency, association. `application` is UNB 0026."""

    type: str
    version: str
    agency: tuple[str, ...] = ("UN",)
    application: str = ""


CUSRES = Kind("CUSRES", "D:05B", ("UN", "IATA"), "APIS")
CONTRL = Kind("CONTRL", "D:3")
#: Unconfirmed: no sample of either is public.
ACKRES = Kind("ACKRES", "11:1", ("IA",), "ACKRES")
GOVREQ = Kind("GOVREQ", "11:1", ("IA",), "GOVREQ")


def interchange(kind: Kind, messages: Sequence[Sequence[Segment]], stamp: Stamp, common_reference: str = "") -> bytes:
    """One interchange of messages, each given as its segments between UNH and UNT."""
    bodies: list[Segment] = []
    for number, segments in enumerate(messages, start=1):
        reference = str(number)
        head: Segment = ("UNH", reference, (kind.type, *kind.version.split(":"), *kind.agency))
        if common_reference:
            head = (*head, common_reference[:35])
        bodies += [head, *segments, ("UNT", str(len(segments) + 2), reference)]
    clean = [tuple(_clean(element) for element in segment) for segment in bodies]
    inner = compose(clean, STANDARD)
    moment = (f"{stamp.prepared_at:%y%m%d}", f"{stamp.prepared_at:%H%M}")
    sender, recipient = _CONTROL.sub(" ", stamp.sender[:35]), _CONTROL.sub(" ", stamp.recipient[:35])
    identifier, codec = _alphabet(f"{inner}{sender}{recipient}")
    last: tuple[Element, ...] = ("", kind.application) if kind.application else ()
    head = ("UNB", (identifier, "4"), sender, recipient, moment, stamp.control[:14], *last)
    tail: Segment = ("UNZ", str(len(messages)), stamp.control[:14])
    text = advice(STANDARD) + compose([head], STANDARD) + inner + compose([tail], STANDARD)
    return text.encode(codec)


def _clean(element: Element) -> Element:
    """An element without signs that no message may hold, and without empty components at its end (ISO 9735-1 §8)."""
    if isinstance(element, str):
        return _CONTROL.sub(" ", element)
    parts = [_CONTROL.sub(" ", part) for part in element]
    while len(parts) > 1 and not parts[-1]:
        parts.pop()
    return tuple(parts)


def _alphabet(text: str) -> tuple[str, str]:
    """The syntax identifier and the codec of a text."""
    for identifier in REPERTOIRES if text.isascii() else ():
        if Repertoire(identifier, "").first_other(text) is None:
            return identifier, "ascii"
    try:
        text.encode("iso8859-1")
    except UnicodeEncodeError:
        return "UNOY", "utf-8"
    return "UNOC", "iso8859-1"
