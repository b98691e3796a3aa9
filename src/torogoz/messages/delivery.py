"""Read a delivery: one `Message` for each UNH, and one without a type for what cannot be read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from torogoz.domain.finding import Finding, Severity
from torogoz.domain.manifest import ByteSpan, Message, Part, Transaction, Withheld
from torogoz.edifact.findings import Findings
from torogoz.edifact.interchange import Header, RawMessage, divided
from torogoz.edifact.limits import DEFAULT, Limits
from torogoz.edifact.segments import RUN_TAG, Run, Segments
from torogoz.edifact.stream import messages
from torogoz.edifact.tokens import count
from torogoz.messages.bilateral import Bilateral
from torogoz.messages.contrl import Contrl
from torogoz.messages.cusres import Cusres
from torogoz.messages.envelope import Unpacked, unpack
from torogoz.messages.moments import local_moment
from torogoz.messages.other_forms import other_than_edifact
from torogoz.messages.paxlst import Paxlst
from torogoz.messages.plain import plain_runs
from torogoz.messages.pnrgov import Pnrgov
from torogoz.messages.pnrgov.plain import plain_bookings
from torogoz.messages.reading import Reading
from torogoz.messages.sensitive_table import DEFAULT as SHIPPED
from torogoz.messages.sensitive_table import SensitiveTable
from torogoz.messages.values import short_code

#: UNH 0070 has two digits; so many parts has no series.
_MOST_PARTS = 999
#: So much text is written at a time.
_STEP = 8 * 1024
#: What is said about other messages, in either direction.
_SAID_BACK: dict[str, type[Cusres | Contrl | Bilateral]] = {
    "CUSRES": Cusres,
    "CONTRL": Contrl,
    "ACKRES": Bilateral,
    "GOVREQ": Bilateral,
}


def read(data: bytes, limits: Limits = DEFAULT, table: SensitiveTable = SHIPPED) -> Iterator[Message]:
    """Give the messages of a delivery in order, without what `table` withholds, and behind them what could not be read.

    Bounded by `limits`; nothing is refused for a deviation of syntax. Places are those of the unpacked bytes.
    """
    yield from read_unpacked(unpack(data, limits), limits, table)


def read_unpacked(unpacked: Unpacked, limits: Limits = DEFAULT, table: SensitiveTable = SHIPPED) -> Iterator[Message]:
    """Give the messages of a delivery that was unpacked, and, where it had errors, one that could not be read."""
    data, number = unpacked.data, 0
    notes = [finding for finding in unpacked.findings if finding.severity is not Severity.ERROR]
    for message in _with_notes(_read_parts(unpacked, limits, table, notes), notes):
        number = message.number
        telex = unpacked.telex_of(message.span.start)
        yield replace(message, telex=telex) if telex else message
    wrong = tuple(finding for finding in unpacked.findings if finding.severity is Severity.ERROR)
    if wrong:
        yield Message(number + 1, None, findings=wrong, span=ByteSpan(0, len(data)))
    elif not number:
        yield unreadable(1, "NOT_EDIFACT" if data.strip() else "DELIVERY_EMPTY", len(data))


def _read_parts(unpacked: Unpacked, limits: Limits, table: SensitiveTable, notes: list[Finding]) -> Iterator[Message]:
    """The messages of each part; that one holds none is noted where there are several."""
    number = 0
    several = len(unpacked.parts) > 1
    for part in unpacked.parts:
        data = unpacked.data[part.start : part.end]
        before = number
        left = replace(limits, messages=limits.messages - number) if number else limits
        if other := other_than_edifact(unpacked.data, part, left, table):
            for number, message in enumerate(other, start=before + 1):
                yield replace(message, number=number)
            continue
        for number, raw in enumerate(messages(data, left, part.start), start=before + 1):
            yield read_raw(number, raw, limits, table)
        if number > limits.messages:
            return
        if several and number == before and data.strip():
            notes.append(Finding("PART_WITHOUT_MESSAGE", Severity.NOTE, None, part.start))


def _with_notes(found: Iterator[Message], notes: list[Finding]) -> Iterator[Message]:
    """The messages, with what was noticed about what carried them: each note on the first message that ends behind it.

    What was noticed behind them all is said of the last.
    """
    before: Message | None = None
    for message in found:
        if before:
            yield before
        own = [note for note in notes if (note.position or 0) < message.span.end]
        notes[:] = [note for note in notes if note not in own]
        before = replace(message, findings=(*own, *message.findings)) if own else message
    if before:
        yield replace(before, findings=(*before.findings, *notes)) if notes else before


def unreadable(number: int, code: str, length: int) -> Message:
    """A message that says only why nothing of so many bytes could be read."""
    findings = Findings(1)
    findings.note(code)
    return Message(number, None, findings=tuple(findings), span=ByteSpan(0, length))


def read_raw(number: int, raw: RawMessage, limits: Limits, table: SensitiveTable = SHIPPED) -> Message:
    """Read one message that was found, without what `table` withholds."""
    span = ByteSpan(raw.start, raw.end)
    prepared = _prepared(raw.header)
    runs = plain_runs(raw, prepared.date(), limits, table) if prepared else []
    booked = plain_bookings(raw, prepared, limits, table) if prepared and not runs else []
    segments = divided(raw, limits, runs or booked) if raw.text else Segments([], [], [])
    if not segments.texts:
        if raw.text:
            raw.findings.note("NO_MESSAGE", None, raw.start)
        return Message(number, None, sender=raw.header.sender, findings=tuple(raw.findings), span=span)
    reading = Reading(segments, raw.service, raw.findings, prepared, table)
    head = _Head(reading)
    reader: Paxlst | Pnrgov
    if head.type == "PAXLST":
        reader = Paxlst(reading, runs)
    elif head.type == "PNRGOV":
        reader = Pnrgov(reading, booked)
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
        reader.expected_crew if isinstance(reader, Paxlst) else None,
        reader.transaction if isinstance(reader, Paxlst) else None,
        raw.service.una,
        unknown=tuple(reading.unknown.items()),
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
        transaction=Transaction(reader.transaction) if isinstance(reader, Cusres) and reader.transaction else None,
        responses=() if isinstance(reader, Contrl) else tuple(reader.responses),
        reports=tuple(reader.reports) if isinstance(reader, Contrl) else (),
        unknown=tuple(reading.unknown.items()),
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
        last = last.strip().upper()
        unmarked = place == 1 and not last
        self.part = Part(place, last == "F", unmarked) if place and place <= _MOST_PARTS else None


def _content(head: _Head, segments: Segments, raw: RawMessage) -> bytes:
    """What the message says, whatever carried it: its segments without UNH's and UNT's control references."""
    inner = segments.texts[1:-1] if segments.texts[-1].startswith("UNT") else segments.texts[1:]
    runs = iter(segments.runs)
    content = [f"{head.type}:{head.version}:{head.part}".encode()]
    for text in inner:
        content.append(b"\n")
        if text == RUN_TAG:
            content += _lines(raw, next(runs))
        else:
            content.append(text.encode("utf-8", "surrogatepass"))
    return b"".join(content)


def _lines(raw: RawMessage, run: Run) -> list[bytes]:
    """The segments of a run, each a line; in pieces, because copies of a whole message miss the cache."""
    text, terminator = raw.text, raw.service.terminator
    end = text.rindex(terminator, run.start, run.end)
    pieces = [text[at : min(at + _STEP, end)] for at in range(run.start, end, _STEP)]
    return [piece.replace("\n", "").replace(terminator, "\n").encode() for piece in pieces]
