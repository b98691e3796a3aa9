"""What stands behind the flights of a plain booking: history, by its patterns, and what is rare, segment by segment.

One booking in ten has entries of history, most have lines of it; splits and services are rare, and the readers of
segments read them here too. What a pattern reads it reads as `history` does.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from torogoz.domain.booking import Change
from torogoz.domain.journey import FlightLeg
from torogoz.domain.manifest import ByteSpan
from torogoz.messages.names import read_plain_name
from torogoz.messages.pnrgov import read_segment
from torogoz.messages.pnrgov.draft import Draft, NotPlainError
from torogoz.messages.pnrgov.history import ACTIONS, flight_changed
from torogoz.messages.pnrgov.party import Party
from torogoz.messages.pnrgov.shape import Shape
from torogoz.messages.pnrgov.shared import Shared
from torogoz.messages.pnrgov.ssr import RECORDS, Requests, is_code
from torogoz.messages.pnrgov.walk import Group, Walk
from torogoz.messages.reading import Reading
from torogoz.messages.sensitive import may_be_sensitive
from torogoz.messages.sensitive_table import SensitiveTable

#: What follows a booking.
_ENDS = ("SRC'", "UNT+")
#: What may stand behind the flights: splits, services and history.
_SPLIT = frozenset(("EQN", "RCI", "MSG", "ABI", "SAC", "LTS"))
_TAIL = frozenset(("EQN", "RCI", "MSG", "TVL", "ABI", "DAT", "SAC", "TIF", "SSR", "TBD", "IFT", "RPI", "LTS"))


def hear(request: str, start: int, table: SensitiveTable, withheld: list[ByteSpan]) -> str:
    """The code of a request that begins at a byte; where it is withheld, its bytes are put to the others, and it is "".

    One whose text may be sensitive is not plain.
    """
    sent = request.lstrip("\n")
    code = sent[4:].partition("+")[0].partition(":")[0].strip().upper()
    if code in table.codes:
        start += len(request) - len(sent)
        withheld.append(ByteSpan(start + 4, start + len(sent)))
        return ""
    if code not in RECORDS and may_be_sensitive(sent, table):
        raise NotPlainError
    return code


class Behind:
    """Reads what stands behind the flights in one message, which begins at byte `base`.

    `part` gives some of its segments, to be read one by one.
    """

    def __init__(
        self, text: str, base: int, patterns: Shape, shared: Shared, pushed: FlightLeg | None,
        part: Callable[[int, int], Reading],
    ) -> None:  # fmt: skip
        self._text = text
        self._base = base
        self._patterns = patterns
        self._shared = shared
        self._pushed = pushed
        self._part = part
        self._table = shared.table

    def read(self, draft: Draft, position: int) -> int:
        """Read to the end of the booking; the place behind it. KeyError or ValueError where it is not plain."""
        lines, behind = self._lines(position, draft.said)
        if self._text.startswith(_ENDS, behind):
            draft.lines = lines
            return behind
        return self._history(draft, behind, lines) or self._tail(draft, behind, lines)

    def _history(self, draft: Draft, position: int, lines: int) -> int:
        """Entries of history and lines behind them; the place behind all, 0 where more or something odd stands."""
        entries = _Entries(self._shared, self._patterns)
        end = entries.read(self._text, position, self._base)
        more, end = self._lines(end)
        if not self._text.startswith(_ENDS, end):
            return 0
        draft.lines = lines + more
        draft.changes, draft.marks = entries.changes, entries.marks
        draft.withheld += entries.withheld
        return end

    def _lines(self, position: int, said: str = "") -> tuple[int, int]:
        """How many lines of history come next, and the place behind them. What was said before is looked at too."""
        found = self._patterns.lines.match(self._text, position)
        lines = found[1] if found else ""
        if (said or lines) and may_be_sensitive(said + lines, self._table):
            raise NotPlainError
        return lines.count("'"), position + len(lines)

    def _tail(self, draft: Draft, start: int, lines: int) -> int:
        """What is rare, segment by segment: splits, services and odd history, and nothing else."""
        begins = self._patterns.behind.search(self._text, start - 1)
        if begins is None:
            raise NotPlainError
        sent, reading = self._text[start : begins.end()], self._part(start, begins.end())
        clean = reading.segments.texts == [piece.lstrip("\n") for piece in sent.split("'")[:-1]]
        if not clean or not sent.isascii():
            raise NotPlainError
        party = Party(0)
        walk = Walk(reading, Requests(reading), Group.FLIGHT, party, pushed=self._pushed)
        for place, text in enumerate(reading.segments.texts):
            if text[:3] not in (_SPLIT if walk.group is Group.FLIGHT else _TAIL):
                raise NotPlainError
            read_segment(walk, text, place)
        if reading.findings or reading.free_text or walk.requests.waiting:
            raise NotPlainError
        if _but_the_tail(party) != _NOTHING:
            raise NotPlainError
        draft.withheld += reading.sensitive
        draft.tail = party
        draft.lines, draft.changes = lines + party.history_lines, party.changes
        draft.marks = [(field, reading.segments.starts[place] - self._base) for field, place in party.marks]
        return begins.end()


def _but_the_tail(party: Party) -> dict[str, object]:
    """What is known of a booking but splits, services and history: all that the segments behind it may tell."""
    return {name: value for name, value in vars(party).items() if name not in _OF_THE_TAIL}


_OF_THE_TAIL = frozenset(("splits", "services", "changes", "history_lines", "marks"))
_NOTHING = _but_the_tail(Party(0))


class _Entries:
    """The entries of history of one booking."""

    def __init__(self, shared: Shared, patterns: Shape) -> None:
        self._shared = shared
        self._patterns = patterns
        self.changes: list[Change] = []
        self.marks: list[tuple[str, int]] = []
        self.withheld: list[ByteSpan] = []

    def read(self, text: str, position: int, base: int) -> int:
        """Read those that begin at a place; the place behind them, 0 where one is not plain."""
        match, shared = self._patterns.entry.match, self._shared
        office: str | None = None
        moment: datetime | None = None
        while found := match(text, position):
            made_by, at, code, subjects = found.groups()
            if made_by is not None:
                office, moment = shared.offices[made_by], shared.utc[at] if at else None
            action, position = ACTIONS.get(code, code), found.start(4)
            for subject in subjects.split("'")[:-1]:
                try:
                    kept = self._subject(subject, base + position)
                except NotPlainError:
                    return 0
                if kept:
                    self.changes.append(Change(action, *kept, moment, office))
                    self.marks.append(("changes", position + len(subject) - len(subject.lstrip("\n"))))
                position += len(subject) + 1
            position = found.end()
        return position

    def _subject(self, subject: str, start: int) -> tuple[str, str | None] | None:
        """What an entry is about, and what is kept of it; None where that is nothing."""
        sent, table = subject.lstrip("\n"), self._shared.table
        match sent[:3]:
            case "TIF":
                return self._name(sent)
            case "TVL":
                leg = self._shared.legs[sent[4:]]
                return ("flight", flight_changed(leg)) if leg else None
            case "TBD":
                return "bags", None
            case "IFT":
                if may_be_sensitive(sent, table):
                    raise NotPlainError
                return "remark", None
        code = hear(subject, start, table, self.withheld)
        return ("request", code) if is_code(code) else None

    def _name(self, sent: str) -> tuple[str, str | None] | None:
        found = self._patterns.changed_name.match(sent)
        if found is None:
            raise NotPlainError
        surname, given, _, clerical = read_plain_name(found[1], found[2], self._shared.table)
        if clerical:
            raise NotPlainError
        return ("name", f"{surname}/{given or ''}") if surname else None
