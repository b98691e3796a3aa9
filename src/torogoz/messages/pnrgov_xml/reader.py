"""A document to messages: one for each `IATA_PNRGOV_NotifRQ`, wherever it stands (in a SOAP body too).

A push without its end gives the bookings that were whole. What no segment takes is counted, and searched for sensitive
words before anything of it is kept; a document with a document type is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from torogoz.domain.manifest import ByteSpan, Message, Withheld
from torogoz.edifact.findings import Findings
from torogoz.edifact.limits import Limits
from torogoz.edifact.segments import Segments
from torogoz.edifact.tokens import STANDARD
from torogoz.messages.moments import day_first
from torogoz.messages.pnrgov import Pnrgov
from torogoz.messages.pnrgov_xml.booking import Said, booking_segments, leg_segments
from torogoz.messages.pnrgov_xml.tree import Document, Node, RefusedXmlError
from torogoz.messages.pnrgov_xml.written import day_and_clock, segment
from torogoz.messages.reading import MOST_PLACES, Reading
from torogoz.messages.sensitive import contains_sensitive
from torogoz.messages.sensitive_table import SensitiveTable

_ROOT, _PNR, _PNRS, _LEG, _SENDER = "IATA_PNRGOV_NotifRQ", "PNR", "PNRs", "FlightLeg", "Originator"
_WHOLE = frozenset((_ROOT, _PNR, _PNRS, _LEG, _SENDER))
#: A bit of the root's name.
_NAME = b"PNRGOV_NotifRQ"
#: How a document begins, which must be so near to the beginning of a part; and how an interchange does.
_BEGINS, _NEAR = re.compile(rb"<(?=[?!A-Za-z_:])"), 4_096
_EDIFACT = re.compile(rb"UN[ABH][^A-Za-z0-9\s]")
_OWN_NAME = re.compile(r"<(?:[^\s/>:]+:)?([A-Za-z_]+)")
_OWN_TAG = re.compile(r"<[^\s/>]+\s*")
_END_TAG = re.compile(r"</[^<>]*>\Z")
#: Elements that say nothing that is kept.
_SILENT = frozenset("CompanyName PricingInfo Taxes Tax StreetNmbr PostalCode TPA_Extensions".split())  # noqa: SIM905
#: MSG 1225: the functions that a push can have.
_FUNCTIONS = frozenset(("22", "141"))


def first_document(data: bytes, part: ByteSpan) -> ByteSpan | None:
    """A part of a delivery from where XML begins in it, near its beginning; None where EDIFACT begins before it."""
    found = _BEGINS.search(data, part.start, min(part.end, part.start + _NEAR))
    if found is None or _EDIFACT.search(data, part.start, found.start()):
        return None
    return ByteSpan(found.start(), part.end)


def pnrgov_documents(data: bytes, part: ByteSpan) -> ByteSpan | None:
    """A part of a delivery from where XML begins in it; None where it is none that holds a push."""
    documents = first_document(data, part)
    return documents if documents and data.find(_NAME, part.start, part.end) >= 0 else None


def read_pnrgov_xml(data: bytes, part: ByteSpan, limits: Limits, table: SensitiveTable) -> Iterator[Message]:
    """The messages of documents that follow each other; one without a type where they hold none that can be read.

    What stands behind a document that is whole, and is no other push, is passed over as it is behind an interchange.
    """
    last = data.rfind(_NAME, part.start, part.end)
    number, documents = 0, 0
    rest: ByteSpan | None = part
    while rest and number <= limits.messages:
        documents += 1
        if documents > limits.interchanges:
            push = _Push(data, rest, limits, table)
            push.findings.note("TOO_MANY_INTERCHANGES", None, rest.start)
            yield push.unread(number + 1, rest.start)
            return
        document = Document(data, rest, limits, _WHOLE, table)
        for message in _read_document(data, document, rest, number, limits, table):
            number = message.number
            yield message
        behind = document.behind
        found = _BEGINS.search(data, behind, last) if behind is not None else None
        rest = ByteSpan(found.start(), part.end) if found else None
    if not number:
        push = _Push(data, part, limits, table)
        push.findings.note("NO_MESSAGE")
        yield push.unread(1, part.start)


def _read_document(
    data: bytes, document: Document, part: ByteSpan, number: int, limits: Limits, table: SensitiveTable
) -> Iterator[Message]:
    """The messages of a document that begins a part, counted on from a number."""
    push = _Push(data, part, limits, table)
    try:
        for node in document.whole():
            if node.name != _ROOT:
                push.hear(node)
                continue
            number += 1
            yield push.message(number, node, document)
            push = _Push(data, part, limits, table)
            if number == limits.messages:
                push.findings.note("TOO_MANY_MESSAGES", None, node.end)
                yield push.unread(number + 1, node.end)
                return
    except RefusedXmlError as problem:
        push.findings.note(problem.code, None, problem.position)
        yield push.cut_off(number + 1, problem, document)


@dataclass(slots=True)
class _XmlReading(Reading):
    """A reading whose raw segments are elements."""

    def note(self, code: str, place: int) -> None:
        """Note what is odd about the element at a place."""
        found = _OWN_NAME.match(self.segments.raws[place])
        self.findings.note(code, found[1] if found else self.segments.texts[place][:3], self.segments.starts[place])

    def withhold(self, place: int, *, ssr: bool) -> None:
        """Count an element as sensitive and mark all of it but its tags for overwriting."""
        if ssr:
            self.ssr += 1
        else:
            self.free_text += 1
        self.sensitive.append(_inside(self.segments.raws[place], self.segments.starts[place]))


def _inside(raw: str, start: int) -> ByteSpan:
    """An element without the name at its beginning and the tag at its end."""
    begin, finish = _OWN_TAG.match(raw), _END_TAG.search(raw)
    first = begin.end() if begin else 0
    last = finish.start() if finish and finish.start() > first else len(raw)
    return ByteSpan(start + first, start + last)


class _Push:
    """One push while its elements come in."""

    def __init__(self, data: bytes, part: ByteSpan, limits: Limits, table: SensitiveTable) -> None:
        self.findings = Findings(limits.findings)
        self._data = data
        self._part = part
        self._table = table
        self._sender: str | None = None
        self._count = ""
        self._here: str | None = None
        self._head: list[tuple[str, int, int]] = []
        self._bookings: list[tuple[str, int, int]] = []
        self._sensitive: list[ByteSpan] = []
        self._free_text = 0
        self._unknown = 0

    def hear(self, node: Node) -> None:
        """Take an element that is whole."""
        if node.name == _PNR:
            self._bookings += _texts(booking_segments(node, self._here or ""))
        elif node.name == _LEG:
            airport = node.one("DepartureAirport").attributes.get("LocationCode", "")
            self._head += _texts(leg_segments(node))
            self._here = airport if self._here is None else self._here
        elif node.name == _PNRS:
            self._number(node)
        else:
            self._sender = self._sender or node.take("AirlineCode").upper() or None
        self._look_over(node)

    def _number(self, node: Node) -> None:
        self._head += _texts([Said(("EQN", node.take("NumberOfPnrs")), node.start, node.tag_end)])

    def message(self, number: int, root: Node, document: Document) -> Message:
        """The message of a push that is whole."""
        root.known = True
        if self._here is None and not self._bookings:
            self.findings.note("NO_MESSAGE", None, root.start)
            return self.unread(number, root.start, root.end)
        return self._message(number, root, root.end, document)

    def cut_off(self, number: int, problem: RefusedXmlError, document: Document) -> Message:
        """The message of what was whole of a push; nothing of the rest may be kept."""
        root = next((node for node in document.open if node.name == _ROOT), None)
        if root is None or self._here is None:
            return self.unread(number, root.start if root else self._part.start)
        rest = problem.position or root.start
        for node in document.open:
            node.known = True
            if node.name == _PNRS:
                self._number(node)
            elif node is not root:
                rest = min(rest, node.start)
                break
        for node in document.open:
            node.children = []
        self._sensitive.append(ByteSpan(rest, self._part.end))
        return self._message(number, root, self._part.end, document)

    def unread(self, number: int, start: int, end: int | None = None) -> Message:
        """What cannot be read at all."""
        span = ByteSpan(start, self._part.end if end is None else end)
        return Message(number, None, findings=tuple(self.findings), span=span)

    def _message(self, number: int, root: Node, end: int, document: Document) -> Message:
        version, reference = root.take("Version"), root.take("TransactionIdentifier", "EchoToken")
        function, prepared = root.take("MessageFunction", "Function"), _prepared(root.take("TimeStamp"))
        self._look_over(root)
        sent = ("MSG", ("", function if function in _FUNCTIONS else ""))
        written = [*_texts([Said(sent, root.start, root.tag_end)]), *self._head, *self._bookings]
        reading = self._reading(written, prepared)
        reader = Pnrgov(reading)
        reader.read()
        asides = [span for span in document.asides if root.start <= span.start < end]
        return Message(
            number,
            "PNRGOV",
            f"XML:{version}" if version else "XML",
            reader.function or None,
            None,
            self._sender,
            reference or None,
            flights=reader.flights(),
            expected_bookings=reader.expected,
            travellers=tuple(reader.travellers),
            bookings=tuple(reader.bookings),
            findings=tuple(self.findings),
            withheld=Withheld(reading.ssr, reading.free_text + self._free_text + len(asides)),
            prepared_at=prepared,
            span=ByteSpan(root.start, end),
            sensitive=(*reading.sensitive, *self._sensitive, *asides),
            unknown=(*reading.unknown.items(), *((("element", self._unknown),) if self._unknown else ())),
            content="\n".join(("PNRGOV XML", *(text for text, _, _ in written))).encode("utf-8", "surrogatepass"),
        )

    def _reading(self, written: list[tuple[str, int, int]], prepared: datetime | None) -> _XmlReading:
        texts = [text for text, _, _ in written]
        raws = [self._data[start:end].decode("latin-1") for _, start, end in written]
        segments = Segments(texts, raws, [start for _, start, _ in written])
        return _XmlReading(segments, STANDARD, self.findings, prepared, self._table)

    def _look_over(self, node: Node) -> None:
        """Count what was not asked for, and withhold what is sensitive in it or could not be looked at."""
        for each in node.walk():
            if not each.known and each.name not in _SILENT:
                self._unknown += 1
                if self._unknown <= MOST_PLACES:
                    self.findings.note("ELEMENT_UNKNOWN", None, each.start)
            if each.cut:
                self.findings.note("SEGMENT_TOO_LONG", None, each.start)
                self._withhold(each.start, each.end)
                continue
            if contains_sensitive(" ".join(f"{name} {value}" for name, value in each.attributes.items()), self._table):
                self._withhold(each.start, each.tag_end)
            text = "".join(each.parts)
            if text.strip() and contains_sensitive(f"{each.name} {text}", self._table):
                self._withhold(each.start, each.end)

    def _withhold(self, start: int, end: int) -> None:
        self._free_text += 1
        self._sensitive.append(_inside(self._data[start:end].decode("latin-1"), start))


def _texts(said: Iterable[Said]) -> list[tuple[str, int, int]]:
    return [(segment(each.segment), each.start, each.end) for each in said]


def _prepared(text: str) -> datetime | None:
    try:
        return day_first(*day_and_clock(text, utc=True), None).replace(tzinfo=UTC)
    except ValueError:
        return None
