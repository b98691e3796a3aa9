"""Deliveries to messages: UNB/UNG/UNH … UNT/UNE/UNZ (ISO 9735-1), wherever they stand among other bytes.

One delivery may hold several interchanges, each with its own service characters, and anything before, between and
after them (telex headings, mail footers). Only service segments are looked for here; what lies between is divided when
a message is read. Trailers are compared with what was counted; missing ones are findings, and a message without a
trailer ends where the next header begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from torogoz.edifact.charset import codec_for, has_control, level, straighten
from torogoz.edifact.findings import Findings
from torogoz.edifact.limits import Limits
from torogoz.edifact.segments import Run, Segments, divide
from torogoz.edifact.separators import Head, heads
from torogoz.edifact.tokens import ServiceCharacters, count

_SERVICE_SEGMENT = re.compile(r"UN([BEGHTZ])")
_WRAPPED_SERVICE_SEGMENT = re.compile(r"U\n*N\n*([BEGHTZ])")


@dataclass(frozen=True, slots=True)
class Header:
    """What UNB says (0001, S002, S004, 0020), as sent."""

    syntax: str = ""
    sender: str | None = None
    prepared: tuple[str, ...] = ()
    reference: str | None = None


@dataclass(frozen=True, slots=True)
class RawMessage:
    """One UNH…UNT, not yet divided: `text` is levelled and shielded and stands at bytes `start` to `end`.

    An interchange without any message gives one with no text, so that what was noticed in it is not lost.
    """

    header: Header
    service: ServiceCharacters
    codec: str | None
    text: str
    start: int
    end: int
    findings: Findings


def messages(data: bytes, limits: Limits) -> Iterator[RawMessage]:
    """Give each message of a delivery in order, within the limits; none where no interchange is found."""
    levelled = level(data)
    straight = straighten(levelled)
    text = straight.decode("latin-1")
    suspect = has_control(data, levelled)
    found = list(heads(text, limits.interchanges + 1))
    number = 0
    for place, head in enumerate(found[: limits.interchanges]):
        end = found[place + 1].start if place + 1 < len(found) else len(text)
        interchange = _Interchange(text, straight, data if suspect else None, head, end, limits)
        if straight is not levelled:
            interchange.note("TYPOGRAPHIC_QUOTE", None, head.start)
        for message in interchange.messages():
            number += 1
            if number > limits.messages:
                yield interchange.unread("TOO_MANY_MESSAGES", message.start)
                return
            yield message
    if len(found) > limits.interchanges:
        yield interchange.unread("TOO_MANY_INTERCHANGES", end)


def divided(raw: RawMessage, limits: Limits, runs: Sequence[Run] = ()) -> Segments:
    """Divide a message, but for its runs, and compare its UNT (0074, 0062) with what it holds."""
    segments = divide(raw.text, raw.start, raw.service, raw.codec, limits=limits, findings=raw.findings, runs=runs)
    if segments.texts and segments.texts[-1].startswith("UNT"):
        trailer = _elements(segments.texts[-1], raw.service)
        position = segments.starts[-1]
        header = _elements(segments.texts[0], raw.service)
        _compare(raw.findings, "UNT", position, trailer[1:3], segments.count, header[1] if len(header) > 1 else "")
    return segments


class _Interchange:
    """One interchange: the bytes from its head to the next head, or to the end of the delivery."""

    def __init__(self, text: str, levelled: bytes, data: bytes | None, head: Head, end: int, limits: Limits) -> None:
        self._limits = limits
        #: What was delivered, where it holds control bytes.
        self._data = data
        self._service = head.service
        self._base = head.body
        self._end = end
        self._text = head.service.shield(text[head.body : end])
        self._levelled = levelled[head.body : end]
        self._header = Header()
        self._codec, _ = codec_for("", self._levelled)
        # What is noticed between messages is said of the one before, or, before the first, of the first.
        self._findings = Findings(limits.findings)
        self._last: RawMessage | None = None
        self._opened: int | None = None
        self._messages = self._groups = self._in_group = 0
        self._group: str | None = None
        self._finished = False
        for code in head.findings:
            self.note(code, None, head.start)

    def note(self, code: str, segment: str | None, position: int) -> None:
        """Note what was noticed about the interchange, on the message at hand."""
        (self._last.findings if self._last else self._findings).note(code, segment, position)

    def unread(self, code: str, position: int) -> RawMessage:
        """A message that says only that more was there than is read."""
        findings = Findings(self._limits.findings)
        findings.note(code, None, position)
        return RawMessage(self._header, self._service, None, "", position, self._end, findings)

    def messages(self) -> Iterator[RawMessage]:
        """Walk the service segments; a message is given when the next one ends, so that trailers can speak of it."""
        for tag, start, end in self._service_segments():
            position = self._base + start
            if tag in "GHEZ" and self._opened is not None:
                yield from self._close(start)
                self.note("UNT_MISSING", "UNT", position)
            match tag:
                case "B":
                    self._read_header(self._elements(start, end), position)
                case "G":
                    self._open_group(self._elements(start, end), position)
                case "H":
                    self._opened = start
                    self._messages += 1
                    self._in_group += 1
                case "T" if self._opened is not None:
                    yield from self._close(min(end + 1, len(self._text)))
                case "E" if self._group is not None:
                    self._compare("UNE", position, self._elements(start, end), self._in_group, self._group)
                    self._group = None
                case "Z" if not self._finished:
                    self._close_group(position)
                    counted = self._groups or self._messages
                    self._compare("UNZ", position, self._elements(start, end), counted, self._header.reference or "")
                    self._finished = True
                case _:
                    self.note("TRAILER_UNEXPECTED", f"UN{tag}", position)
        if self._opened is not None:
            yield from self._close(len(self._text))
            self.note("UNT_MISSING", "UNT", self._end)
        if not self._finished:
            self._close_group(self._end)
            self.note("UNZ_MISSING", "UNZ", self._end)
        yield self._last or self._empty()

    def _service_segments(self) -> Iterator[tuple[str, int, int]]:
        """Find UN? segments: the letter, where each starts, and where its terminator stands."""
        text, terminator = self._text, self._service.terminator
        after_tag = (self._service.element, terminator)
        pattern = _WRAPPED_SERVICE_SEGMENT if "\n" in text else _SERVICE_SEGMENT
        for found in pattern.finditer(text):
            start, end = found.span()
            before = start - 1
            while before >= 0 and text[before] in "\n " and text[before] != terminator:
                before -= 1
            after = end
            while after < len(text) and text[after] in "\n " and text[after] != terminator:
                after += 1
            if (before < 0 or text[before] == terminator) and text[after : after + 1] in after_tag:
                stop = text.find(terminator, after)
                yield found[1], start, len(text) if stop < 0 else stop

    def _elements(self, start: int, end: int) -> list[str]:
        if end - start > self._limits.segment_length:
            self.note("SEGMENT_TOO_LONG", None, self._base + start)
            return []
        return _elements(self._text[start:end].replace("\n", "").rstrip(), self._service)

    def _read_header(self, elements: list[str], position: int) -> None:
        parts = [self._service.components(element) for element in elements]
        parts += [[""]] * 6
        self._header = Header(
            parts[1][0].strip(), parts[2][0].strip() or None, tuple(parts[4]), parts[5][0].strip() or None
        )
        self._codec, allowed = codec_for(self._header.syntax, self._levelled)
        if not allowed:
            self.note("CHARSET", "UNB", position)

    def _open_group(self, elements: list[str], position: int) -> None:
        self._close_group(position)
        self._groups += 1
        self._in_group = 0
        self._group = elements[5].strip() if len(elements) > 5 else ""

    def _close_group(self, position: int) -> None:
        if self._group is not None:
            self.note("UNE_MISSING", "UNE", position)
            self._group = None

    def _compare(self, tag: str, position: int, elements: list[str], counted: int, reference: str) -> None:
        findings = self._last.findings if self._last else self._findings
        _compare(findings, tag, position, elements[1:3], counted, reference)

    def _close(self, end: int) -> Iterator[RawMessage]:
        """End the open message; what was held back goes out."""
        if self._last:
            yield self._last
            self._findings = Findings(self._limits.findings)
        start = self._opened or 0
        self._opened = None
        if self._data is not None:
            delivered = self._data[self._base + start : self._base + end]
            if has_control(delivered, level(delivered)):
                self._findings.note("CONTROL_BYTES", None, self._base + start)
        unneeded = self._text.find(self._service.release, start, end) if self._service.release else -1
        if unneeded >= 0:
            self._findings.note("RELEASE_UNNEEDED", None, self._base + unneeded)
        self._last = RawMessage(
            self._header,
            self._service,
            self._codec,
            self._text[start:end],
            self._base + start,
            self._base + end,
            self._findings,
        )

    def _empty(self) -> RawMessage:
        self.note("NO_MESSAGE", None, self._base)
        return RawMessage(self._header, self._service, None, "", self._base, self._end, self._findings)


def _elements(segment: str, service: ServiceCharacters) -> list[str]:
    return segment.split(service.element)


def _compare(findings: Findings, tag: str, position: int, trailer: list[str], counted: int, reference: str) -> None:
    """Compare a trailer's count and reference with what was counted and opened."""
    said, named = [*trailer, "", ""][:2]
    if count(said) != counted:
        findings.note("COUNT_MISMATCH", tag, position)
    if named.replace(" ", "") != reference.replace(" ", ""):
        findings.note("REFERENCE_MISMATCH", tag, position)
