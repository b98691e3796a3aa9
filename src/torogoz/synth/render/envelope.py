"""Interchange envelopes in a carrier's dialect: UNA, UNB, UNG, UNH…UNT, UNE, UNZ, and the telex around them.

Takes the segments of one or more messages, gives bytes. Segment counts are right unless the dialect counts wrong.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from torogoz.edifact.writer import Element, Segment, advice, compose
from torogoz.synth.dialects import Dialect

#: Width of a telex line; the break may fall anywhere, also inside a tag.
_TELEX_WIDTH = 64


@dataclass(frozen=True, slots=True)
class Body:
    """One message without its envelope: type, common reference, place in a series, segments between UNH and UNT."""

    type: str
    reference: str
    common_reference: str
    segments: Sequence[Segment]
    part: int | None = None
    last: bool = True


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who sends, to whom, when and under which control reference."""

    sender: str
    recipient: str
    prepared_at: datetime
    control: str


def interchange(bodies: Sequence[Body], stamp: Stamp, dialect: Dialect) -> bytes:
    """Write one interchange of messages of one type."""
    kind = bodies[0].type
    version = dialect.paxlst if kind == "PAXLST" else dialect.pnrgov
    agency = ("UN", "IATA") if kind == "PAXLST" else ("IA",)
    moment = (f"{stamp.prepared_at:%y%m%d}", f"{stamp.prepared_at:%H%M}")
    address = ("ZZ",) if kind == "PAXLST" else ()
    syntax = tuple(dialect.syntax.split(":")) if kind == "PAXLST" or dialect.accents else ("IATA", "1")
    segments: list[Segment] = [
        ("UNB", syntax, (stamp.sender, *address), (stamp.recipient, *address), moment, stamp.control, "",
         "APIS" if kind == "PAXLST" else "PNRGOV")
    ]  # fmt: skip
    if dialect.group:
        agency_code = "UN" if kind == "PAXLST" else "IA"
        segments.append(
            ("UNG", kind, (stamp.sender, *address), (stamp.recipient, *address), moment, stamp.control, agency_code,
             tuple(version.split(":")))
        )  # fmt: skip
    for body in bodies:
        head: list[Element] = ["UNH", body.reference, (kind, *version.split(":"), *agency), body.common_reference]
        if body.part is not None:
            place = "C" if body.part == 1 and not body.last else "F" if body.last else ""
            head.append((f"{body.part:02d}", place) if place else f"{body.part:02d}")
        count = len(body.segments) + (9 if dialect.wrong_count else 2)
        segments += [tuple(head), *body.segments, ("UNT", str(count), body.reference)]
    if dialect.group:
        segments.append(("UNE", str(len(bodies)), stamp.control))
    segments.append(("UNZ", "1" if dialect.group else str(len(bodies)), stamp.control))
    text = compose(segments, dialect.signs, dialect.line_end)
    if dialect.una:
        text = advice(dialect.signs) + dialect.line_end + text
    if dialect.telex and kind == "PAXLST":
        text = _telex(text, stamp)
    return text.encode(dialect.charset)


def _telex(text: str, stamp: Stamp) -> str:
    """Wrap as Type B: priority and addresses, origin, then lines cut at a fixed width wherever that falls."""
    lines = [text[start : start + _TELEX_WIDTH] for start in range(0, len(text), _TELEX_WIDTH)]
    head = ["QU SALPX1X", f".{stamp.sender}HDQ9X {stamp.prepared_at:%d%H%M}"]
    return "\r\n".join([*head, *lines, ""])
