"""An interchange to its messages: UNB/UNG/UNH … UNT/UNE/UNZ (ISO 9735-1), with anything between and behind them.

Only service segments are looked for here; what lies between is divided when a message is read. Trailers are compared
with what was counted; missing ones are findings, and a message without a trailer ends where the next header begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from torogoz.edifact.charset import QUOTE_BYTES, Repertoire, codec_for, has_control, level, straighten, undecodable
from torogoz.edifact.findings import Findings
from torogoz.edifact.limits import Limits
from torogoz.edifact.segments import Run, Segments, divide
from torogoz.edifact.separators import Head
from torogoz.edifact.tokens import ServiceCharacters, count

_SERVICE_SEGMENT = re.compile(r"UN([BEGHTZ])")
_WRAPPED_SERVICE_SEGMENT = re.compile(r"U\n{0,9}N\n{0,9}([BEGHTZ])")
#: No tag of a service segment is longer, wraps included.
_LONGEST_TAG = 21


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


def divided(raw: RawMessage, limits: Limits, runs: Sequence[Run] = ()) -> Segments:
    """Divide a message, but for its runs, and compare its UNT (0074, 0062) with what it holds."""
    segments = divide(raw.text, raw.start, raw.service, raw.codec, limits=limits, findings=raw.findings, runs=runs)
    if segments.texts and segments.texts[-1].startswith("UNT"):
        trailer = _elements(segments.texts[-1], raw.service)
        position = segments.starts[-1]
        header = _elements(segments.texts[0], raw.service)
        _compare(raw.findings, "UNT", position, trailer[1:3], segments.count, header[1] if len(header) > 1 else "")
    return segments


class Interchange:
    """One interchange, whose text comes piece by piece: from its head to the next head, or to the end of the delivery.

    What is in hand of it is a window: from the open message, or from where service segments are looked for, to the
    end of what came. Places in it are counted from the window's beginning.
    """

    def __init__(self, head: Head, limits: Limits, base: int) -> None:
        """Begin the interchange of a head that stands in a text which begins at byte `base`."""
        self._limits = limits
        self._service = head.service
        self._curly = head.curly
        self._body = self._from = base + head.body
        self._text = self._held = ""
        self._data = b""
        #: Whether control bytes were delivered in it.
        self._suspect = False
        self._scan = 0
        self._header = Header()
        self._header_at = base + head.start
        #: The signs that it may hold; None once it was said that it holds others.
        self._repertoire: Repertoire | None = None
        # What is noticed between messages is said of the one before, or, before the first, of the first.
        self._findings = Findings(limits.findings)
        self._last: RawMessage | None = None
        self._opened: int | None = None
        self._messages = self._groups = self._in_group = 0
        self._group: str | None = None
        self._finished = False
        for code in head.findings:
            self.note(code, None, base + head.start)
        if head.curly:
            self.note("TYPOGRAPHIC_QUOTE", None, base + head.start)

    def note(self, code: str, segment: str | None, position: int) -> None:
        """Note what was noticed about the interchange, on the message at hand."""
        (self._last.findings if self._last else self._findings).note(code, segment, position)

    def unread(self, code: str, start: int, end: int) -> RawMessage:
        """A message that says only that more was there than is read."""
        findings = Findings(self._limits.findings)
        findings.note(code, None, start)
        return RawMessage(self._header, self._service, None, "", start, end, findings)

    @property
    def in_hand(self) -> int:
        """How many characters are in hand."""
        return len(self._text) + len(self._held)

    def feed(self, text: str, data: bytes, *, suspect: bool, final: bool) -> Iterator[RawMessage]:
        """Take levelled text with the bytes that it stands for, and give each message once the next one has ended.

        So trailers can speak of it. `suspect`: these bytes, or some before them, hold control bytes.
        """
        self._suspect = suspect
        self._data += data
        text = self._held + text
        if not final:
            whole = len(self._whole(text))
            text, self._held = text[:whole], text[whole:]
        if self._curly:
            text = straighten(text)
        self._text += self._service.shield(text)
        for tag, start, end in self._service_segments(final=final):
            yield from self._step(tag, start, end)
        if final:
            yield from self._end()
        else:
            self._forget()

    def _whole(self, text: str) -> str:
        """Text up to where nothing is released, wrapped or curled that may go on in the next piece."""
        return text.rstrip(f"{self._service.release or ''}\n{QUOTE_BYTES if self._curly else ''}")

    def _step(self, tag: str, start: int, end: int) -> Iterator[RawMessage]:
        """Take one service segment."""
        position = self._from + start
        if tag in "GHEZ" and self._opened is not None:
            yield from self._close(start)
            self.note("UNT_MISSING", "UNT", position)
        match tag:
            case "B":
                self._read_header(self._elements(start, end), position)
                self._look_for_others(self._text[start:end], position)
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

    def _end(self) -> Iterator[RawMessage]:
        """Nothing more comes: close what is open, and give the last message."""
        end = self._from + len(self._text)
        if self._opened is not None:
            yield from self._close(len(self._text))
            self.note("UNT_MISSING", "UNT", end)
        if not self._finished:
            self._close_group(end)
            self.note("UNZ_MISSING", "UNZ", end)
        if self._last is None:
            self.note("NO_MESSAGE", None, self._body)
            yield RawMessage(self._header, self._service, None, "", self._body, end, self._findings)
        else:
            yield self._last

    def _forget(self) -> None:
        """Drop what is no longer needed: all before the open message, or before what stands next to the next tag."""
        drop = self._opened
        if drop is None:
            drop = max(len(self._text[: self._scan].rstrip("\n ")) - 1, 0)
        else:
            self._opened = 0
        self._text, self._data = self._text[drop:], self._data[drop:]
        self._from += drop
        self._scan -= drop

    def _service_segments(self, *, final: bool) -> Iterator[tuple[str, int, int]]:
        """Find UN? segments: the letter, where each starts, and where its terminator stands.

        Where the text is not final, one that may go on in the next piece is left for then.
        """
        text, terminator = self._text, self._service.terminator
        after_tag = (self._service.element, terminator)
        pattern = _WRAPPED_SERVICE_SEGMENT if "\n" in text else _SERVICE_SEGMENT
        for found in pattern.finditer(text, self._scan):
            start, end = found.span()
            before = start - 1
            while before >= 0 and text[before] in "\n " and text[before] != terminator:
                before -= 1
            after = end
            while after < len(text) and text[after] in "\n " and text[after] != terminator:
                after += 1
            stop = text.find(terminator, after) if text[after : after + 1] in after_tag else -1
            if not final and (after == len(text) or (text[after] in after_tag and stop < 0)):
                self._scan = start
                return
            self._scan = end
            if (before < 0 or text[before] == terminator) and text[after : after + 1] in after_tag:
                yield found[1], start, len(text) if stop < 0 else stop
        self._scan = max(self._scan, len(text) - _LONGEST_TAG)

    def _elements(self, start: int, end: int) -> list[str]:
        if end - start > self._limits.segment_length:
            self.note("SEGMENT_TOO_LONG", None, self._from + start)
            return []
        return _elements(self._text[start:end].replace("\n", "").rstrip(), self._service)

    def _read_header(self, elements: list[str], position: int) -> None:
        parts = [self._service.components(element) for element in elements]
        parts += [[""]] * 6
        self._header = Header(
            parts[1][0].strip(), parts[2][0].strip() or None, tuple(parts[4]), parts[5][0].strip() or None
        )
        self._header_at = position
        self._repertoire = Repertoire(self._header.syntax, self._service.una)

    def _look_for_others(self, text: str, position: int) -> None:
        """Note, once in the interchange, the first sign that its syntax identifier does not have."""
        other = self._repertoire.first_other(text) if self._repertoire else None
        if other is not None:
            self._repertoire = None
            self._findings.note("CHARSET_EXCEEDED", None, position + other)

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
        text, position = self._text[start:end], self._from + start
        codec, promised = codec_for(self._header.syntax, text)
        if not promised:
            self._findings.note("CHARSET", "UNB", self._header_at)
        self._look_for_others(text, position)
        strange = undecodable(text, codec) if codec else None
        if strange is not None:
            self._findings.note("CHARSET_UNDECODABLE", None, position + strange)
        if self._suspect:
            delivered = self._data[start:end]
            if has_control(delivered, level(delivered)):
                self._findings.note("CONTROL_BYTES", None, position)
        unneeded = text.find(self._service.release) if self._service.release else -1
        if unneeded >= 0:
            self._findings.note("RELEASE_UNNEEDED", None, position + unneeded)
        self._last = RawMessage(self._header, self._service, codec, text, position, self._from + end, self._findings)


def _elements(segment: str, service: ServiceCharacters) -> list[str]:
    return segment.split(service.element)


def _compare(findings: Findings, tag: str, position: int, trailer: list[str], counted: int, reference: str) -> None:
    """Compare a trailer's count and reference with what was counted and opened."""
    said, named = [*trailer, "", ""][:2]
    if count(said) != counted:
        findings.note("COUNT_MISMATCH", tag, position)
    if named.replace(" ", "") != reference.replace(" ", ""):
        findings.note("REFERENCE_MISMATCH", tag, position)
