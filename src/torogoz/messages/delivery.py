"""Read a delivery: one `Message` for each UNH, and one without a type for what cannot be read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from torogoz.domain.manifest import ByteSpan, Message, Part, Withheld
from torogoz.edifact.findings import Findings
from torogoz.edifact.interchange import Header, RawMessage, divided, messages
from torogoz.edifact.limits import DEFAULT, Limits
from torogoz.edifact.segments import RUN_TAG, Segments
from torogoz.edifact.tokens import count
from torogoz.messages.bilateral import Bilateral
from torogoz.messages.contrl import Contrl
from torogoz.messages.cusres import Cusres
from torogoz.messages.moments import local_moment
from torogoz.messages.paxlst import Paxlst
from torogoz.messages.plain import plain_runs
from torogoz.messages.pnrgov import Pnrgov
from torogoz.messages.reading import Reading
from torogoz.messages.values import short_code

#: UNH 0070 has two digits; so many parts has no series.
_MOST_PARTS = 999
#: What is said about other messages, in either direction.
_SAID_BACK: dict[str, type[Cusres | Contrl | Bilateral]] = {
    "CUSRES": Cusres,
    "CONTRL": Contrl,
    "ACKRES": Bilateral,
    "GOVREQ": Bilateral,
}


def read(data: bytes, limits: Limits = DEFAULT) -> Iterator[Message]:
    """Give the messages of a delivery in order. Bounded by `limits`; nothing is refused for a deviation of syntax."""
    if len(data) > limits.delivery:
        yield _unreadable(1, "DELIVERY_TOO_LARGE", len(data))
        return
    number = 0
    for number, raw in enumerate(messages(data, limits), start=1):
        yield _read_one(number, raw, limits)
    if not number:
        yield _unreadable(1, "NOT_EDIFACT" if data.strip() else "DELIVERY_EMPTY", len(data))


def _unreadable(number: int, code: str, length: int) -> Message:
    findings = Findings(1)
    findings.note(code)
    return Message(number, None, findings=tuple(findings), span=ByteSpan(0, length))


def _read_one(number: int, raw: RawMessage, limits: Limits) -> Message:
    span = ByteSpan(raw.start, raw.end)
    prepared = _prepared(raw.header)
    runs = plain_runs(raw, prepared.date(), limits) if prepared else []
    segments = divided(raw, limits, runs) if raw.text else Segments([], [], [])
    if not segments.texts:
        if raw.text:
            raw.findings.note("NO_MESSAGE", None, raw.start)
        return Message(number, None, sender=raw.header.sender, findings=tuple(raw.findings), span=span)
    reading = Reading(segments, raw.service, raw.findings, prepared)
    head = _Head(reading)
    reader: Paxlst | Pnrgov
    if head.type == "PAXLST":
        reader = Paxlst(reading, runs)
    elif head.type == "PNRGOV":
        reader = Pnrgov(reading)
    elif head.type in _SAID_BACK:
        return _said_back(number, head, reading, raw)
    else:
        raw.findings.note("TYPE_UNSUPPORTED", "UNH", raw.start)
        return Message(
            number, None, sender=raw.header.sender, reference=head.reference, findings=tuple(raw.findings), span=span
        )
    reader.read()
    return Message(
        number,
        head.type,
        head.version,
        reader.function or None,
        reader.qualifier,
        raw.header.sender,
        head.reference,
        head.common_reference,
        head.part,
        reader.flights(),
        reader.expected if head.type == "PAXLST" else None,
        reader.expected if head.type == "PNRGOV" else None,
        tuple(reader.travellers),
        tuple(reader.bookings),
        tuple(raw.findings),
        Withheld(reading.ssr, reading.free_text),
        reading.prepared_at,
        span,
        tuple(reading.sensitive),
        _content(head, segments, raw),
        reader.transaction if isinstance(reader, Paxlst) else None,
    )


def _said_back(number: int, head: _Head, reading: Reading, raw: RawMessage) -> Message:
    """A message about another one: an answer, an acknowledgement, or a question for bookings."""
    reader = _SAID_BACK[head.type](reading)
    reader.read()
    return Message(
        number,
        head.type,
        head.version,
        reader.function or None,
        sender=raw.header.sender,
        reference=head.reference,
        common_reference=head.common_reference,
        part=head.part,
        flights=() if isinstance(reader, Contrl) else reader.flights(),
        bookings=tuple(reader.bookings) if isinstance(reader, Bilateral) else (),
        findings=tuple(raw.findings),
        withheld=Withheld(reading.ssr, reading.free_text),
        prepared_at=reading.prepared_at,
        span=ByteSpan(raw.start, raw.end),
        sensitive=tuple(reading.sensitive),
        content=_content(head, reading.segments, raw),
        transaction=reader.transaction if isinstance(reader, Cusres) else None,
        responses=() if isinstance(reader, Contrl) else tuple(reader.responses),
        reports=tuple(reader.reports) if isinstance(reader, Contrl) else (),
    )


def _prepared(header: Header) -> datetime | None:
    """UNB S004. Its year has two digits, also under syntax 4; carriers mean UTC."""
    try:
        return local_moment("".join(header.prepared), None).replace(tzinfo=UTC)
    except ValueError:
        return None


class _Head:
    """What UNH says (0062, S009, 0068, S010)."""

    def __init__(self, reading: Reading) -> None:
        elements = reading.segments.texts[0].split(reading.service.element)
        self.reference = reading.components(elements, 1)[0].strip() or None
        kind, *version = reading.components(elements, 2)
        self.type = kind.strip().upper()
        self.version = ":".join(short_code(part) or "" for part in version[:2]).strip(":") or None
        self.common_reference = reading.service.reveal(elements[3]).strip() or None if len(elements) > 3 else None
        number, last, *_ = [*reading.components(elements, 4), ""]
        place = count(number)
        self.part = Part(place, last.strip().upper() == "F") if place and place <= _MOST_PARTS else None


def _content(head: _Head, segments: Segments, raw: RawMessage) -> bytes:
    """What the message says, whatever carried it: its segments without UNH's and UNT's control references."""
    inner = segments.texts[1:-1] if segments.texts[-1].startswith("UNT") else segments.texts[1:]
    if segments.runs:
        runs = (raw.text[run.start : run.end] for run in segments.runs)
        inner = [_lines(next(runs), raw.service.terminator) if text == RUN_TAG else text for text in inner]
    return "\n".join((f"{head.type}:{head.version}:{head.part}", *inner)).encode("utf-8", "surrogatepass")


def _lines(run: str, terminator: str) -> str:
    """The segments of a run, each a line."""
    return run.replace("\n", "").replace(terminator, "\n").removesuffix("\n")
