"""Peeling: which envelope it is, one after the other, and what comes out in the end as one text with its parts."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter

from torogoz.domain.finding import Finding
from torogoz.domain.manifest import ByteSpan, Telex
from torogoz.edifact.findings import CATALOGUE
from torogoz.edifact.limits import DEFAULT, Limits
from torogoz.messages.envelope import gz, mail, matip, telex, wide, zipped
from torogoz.messages.envelope.opened import Budget, Heading, Note, Opened

#: So many first bytes show which envelope it is.
WINDOW = 4_096
_BETWEEN = b"\n"


@dataclass(frozen=True, slots=True)
class _Kind:
    """One kind of envelope: how its first bytes show it, and how it is opened (None: it is none after all)."""

    shows: Callable[[bytes], bool]
    open: Callable[[bytes, Budget], Opened | None]
    #: Whether what comes out may be another envelope; a telex is text.
    holds_others: bool = True


_KINDS = (
    _Kind(gz.shows, gz.opened),
    _Kind(zipped.shows, zipped.opened),
    _Kind(wide.shows_utf_16, wide.utf_16),
    _Kind(matip.shows, matip.opened),
    _Kind(mail.shows, mail.opened),
    _Kind(wide.shows_iso_2022, wide.iso_2022),
    _Kind(telex.shows, telex.opened, holds_others=False),
)


@dataclass(frozen=True, slots=True)
class Unpacked:
    """Unpacked bytes: `parts` are the spans in which messages are looked for, each by itself.

    `headings` are those of telexes, in the order of the bytes.
    """

    data: bytes
    parts: tuple[ByteSpan, ...]
    findings: tuple[Finding, ...] = ()
    headings: tuple[Heading, ...] = ()

    def telex_of(self, place: int) -> Telex | None:
        """The telex that carries the byte at a place: the last whose heading stands before it in the same part."""
        at = bisect_right(self.headings, place, key=attrgetter("position"))
        part = bisect_right(self.parts, place, key=attrgetter("start"))
        if not at or self.headings[at - 1].position < self.parts[part - 1].start:
            return None
        return self.headings[at - 1].telex


def is_enveloped(head: bytes) -> bool:
    """Whether the first bytes of a delivery, at most WINDOW, show an envelope."""
    return any(kind.shows(head) for kind in _KINDS)


def unpack(data: bytes, limits: Limits = DEFAULT) -> Unpacked:
    """Peel what carries messages. The very bytes, as one part, where nothing does; of too many, no part."""
    if len(data) > limits.delivery:
        return Unpacked(data, (), (Finding("DELIVERY_TOO_LARGE", CATALOGUE["DELIVERY_TOO_LARGE"].severity),))
    if not is_enveloped(data[:WINDOW]):
        return Unpacked(data, (ByteSpan(0, len(data)),))
    return _Peeling(limits).peel(data)


class _Peeling:
    """Peels one delivery, piece by piece in order."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._budget = Budget(limits)
        self._pieces: list[bytes] = []
        self._parts: list[ByteSpan] = []
        self._findings: list[Finding] = []
        self._headings: list[Heading] = []
        self._length = 0

    def peel(self, data: bytes) -> Unpacked:
        """Peel all of it; without recursion, since a hostile sender nests at will."""
        waiting: list[tuple[bytes, int]] = [(data, 0)]
        while waiting:
            piece, depth = waiting.pop()
            kind, opened = self._opened(piece, depth)
            if kind is None or opened is None:
                self._keep(piece)
                continue
            self._note(opened)
            if kind.holds_others:
                waiting += [(each, depth + 1) for each in reversed(opened.pieces)]
            else:
                for each in opened.pieces:
                    self._keep(each)
        return Unpacked(_BETWEEN.join(self._pieces), tuple(self._parts), tuple(self._findings), tuple(self._headings))

    def _opened(self, piece: bytes, depth: int) -> tuple[_Kind | None, Opened | None]:
        """The first kind of envelope that a piece is, opened; one that is too deep is opened to nothing."""
        head = piece[:WINDOW]
        for kind in _KINDS:
            if kind.shows(head):
                if depth == self._limits.nesting and kind.holds_others:
                    return kind, Opened([], [Note("ENVELOPE_NESTED")])
                opened = kind.open(piece, self._budget)
                if opened is not None:
                    return kind, opened
        return None, None

    def _keep(self, piece: bytes) -> None:
        if self._pieces:
            self._length += len(_BETWEEN)
        self._pieces.append(piece)
        self._parts.append(ByteSpan(self._length, self._length + len(piece)))
        self._length += len(piece)

    def _note(self, opened: Opened) -> None:
        """What was noticed in an envelope stands where its content begins, or goes on."""
        start = self._length + (len(_BETWEEN) if self._pieces else 0)
        self._headings += [Heading(each.telex, start + each.position) for each in opened.headings]
        for note in opened.notes[: self._limits.findings - len(self._findings)]:
            self._findings.append(Finding(note.code, CATALOGUE[note.code].severity, None, start + note.position))
