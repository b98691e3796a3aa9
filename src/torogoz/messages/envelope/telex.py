"""Type B telex: heading, text, footer; and the parts of a message that was too long for one telex, put together.

A heading is lines of addresses, the first with a priority (QU, QK, QD, QN, QP), and a line that begins with a full
stop, the origin's address and the day and time. What stands outside interchanges the reader passes over by itself, and
hard wraps it joins. So one telex is left as it is; what its heading tells is kept: who sent it, when and how urgently,
and PDM, a possible duplicate.

A long message goes as several telexes. Where an interchange is open and a heading with the same origin follows, that
heading, the footer before it and the lines that count parts are taken out. No public document shows how carriers name
parts (unconfirmed): PART or CONT with a number or a word, and ENDPART, are known; where both telexes are counted, their
numbers must follow each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from torogoz.domain.manifest import Telex
from torogoz.messages.envelope.opened import Budget, Heading, Note, Opened

_BEGINS_LINE = rb"(?im)(?:^|(?<=[\r\x01\x02\x03]))"
_ADDRESSES = rb"(?:Q[A-Z] ?)?[A-Z0-9]{7}(?: [A-Z0-9]{7})*"
_ORIGIN = rb"\.(?P<origin>[A-Z0-9]{7})(?:[ /]+(?P<time>\d{6}))?(?:[ /][^\r\n]{0,60})?[ \t]*(?:[\r\n\x02]+|\Z)"
_HEADING = re.compile(
    _BEGINS_LINE + rb"(?:(?P<addresses>" + _ADDRESSES + rb")[ \t]*[\r\n]+|PDM[ \t]*[\r\n]+){0,9}" + _ORIGIN
)
_FIRST = re.compile(_BEGINS_LINE + _ORIGIN)
_BEGINS = re.compile(rb"U\s{0,9}N\s{0,9}[AB]\s{0,9}[^A-Za-z0-9\s]")
_UNB = re.compile(rb"U[\r\n]{0,9}N[\r\n]{0,9}B[\r\n]{0,9}[^A-Za-z0-9\s]")
_UNZ = re.compile(rb"U[\r\n]{0,9}N[\r\n]{0,9}Z[\r\n]{0,9}[^A-Za-z0-9\s]")
#: The priority, which stands before the first address, with a blank or without.
_PRIORITY = re.compile(rb"(?i)Q[A-Z](?= ?[A-Z0-9]{7}[ \t\r\n])")
_PDM = re.compile(rb"(?i)\bPDM\b")
_WORDS = dict(zip(b"ONE TWO THREE FOUR FIVE SIX SEVEN EIGHT NINE TEN".split(), range(1, 11), strict=True))
_NUMBER = rb"(?:\d{1,3}|" + b"|".join(_WORDS) + rb")"
#: A line before a text that counts its part …
_PART = re.compile(
    rb"(?i)(?:[A-Z]{3,6} )?(?:PART|CONT(?:INUED|D)?\.?(?: PART)?) ?(?P<number>" + _NUMBER + rb")?"
    rb"(?: ?(?:OF|/) ?" + _NUMBER + rb")?"
)
#: … and one behind a text: its end, its part, times of handling, the beginning of the next telex.
_FOOTER = re.compile(
    rb"(?i)(?:NNNN|ZCZC.*|END ?(?:OF )?PART ?"
    + _NUMBER
    + rb"?|CONT(?:INUED|D)?\.?|\d{2}[A-Z]{3}\d{2} \d{4}Z[ 0-9A-Z*]*)?"
)
#: So many lines are looked at before a text and behind it, and so far for the beginning of another interchange.
_MOST_LINES, _NEAR = 12, 200
#: So many lines between heading and text are known again.
_MOST_KNOWN = 100


@dataclass(frozen=True, slots=True)
class _Telex:
    """One telex: where its heading stands, who sent it, and where its text begins, behind lines that count its part."""

    start: int
    said: Telex
    text: int
    number: int | None
    duplicate: bool
    #: The lines between heading and text, which the next part repeats.
    lines: frozenset[bytes]


def shows(head: bytes) -> bool:
    """Whether a telex's origin line stands in the first bytes, before any interchange."""
    begins = _BEGINS.search(head)
    return _FIRST.search(head, 0, begins.start() if begins else len(head)) is not None


def opened(data: bytes, _: Budget) -> Opened:
    """Put the parts of telexes together; all else stays where it is."""
    kept: list[bytes] = []
    notes: list[Note] = []
    headings: list[Heading] = []
    #: Where what is not yet kept begins, and how much shorter all before it became.
    done = gone = 0
    is_open = joined = False
    telexes = list(_telexes(data))
    for one, other in zip_longest(telexes, telexes[1:]):
        if one.duplicate:
            notes.append(Note("POSSIBLE_DUPLICATE", max(one.start, done) - gone))
        if not joined:
            headings.append(Heading(one.said, one.start - gone))
        joined = False
        if other is None:
            break
        is_open = _is_open(data, one.text, other.start, before=is_open)
        if not is_open or one.said.origin != other.said.origin or _BEGINS.search(data, other.text, other.text + _NEAR):
            is_open = False
        elif one.number and other.number and other.number != one.number + 1:
            notes.append(Note("TELEX_PART_MISSING", other.start - gone))
            is_open = False
        else:
            end = max(_end_of_text(data, one.text, other.start), done)
            joined = True
            notes.append(Note("TELEX_JOINED", end - gone))
            # A line end stands there, as where a line was wrapped.
            kept += data[done:end], b"\n"
            gone += other.text - end - 1
            done = other.text
    return Opened([b"".join((*kept, data[done:])) if kept else data], notes, headings)


def _telexes(data: bytes) -> Iterator[_Telex]:
    """Every telex. Its heading has a line of addresses, or the time behind the origin's address."""
    known: set[bytes] = set()
    for found in _HEADING.finditer(data):
        if found["addresses"] or found["time"]:
            telex = _telex(data, found, known)
            if len(known) < _MOST_KNOWN:
                known |= telex.lines
            yield telex


def _telex(data: bytes, found: re.Match[bytes], known: set[bytes]) -> _Telex:
    at, number, lines = found.end(), None, []
    for _ in range(_MOST_LINES):
        end = at + len(data[at : at + _NEAR].splitlines()[0]) if at < len(data) else at
        line = data[at:end].strip(b" \t\x02")
        part = _PART.fullmatch(line)
        if part and part["number"]:
            number = _WORDS.get(part["number"].upper()) or int(part["number"])
        begins = _BEGINS.search(data, end, end + _NEAR)
        # A line that says nothing of parts belongs to the heading where an interchange follows, or it was said before.
        if not part and line and line not in known and (_BEGINS.match(line) or not begins):
            break
        lines.append(line)
        at = end + len(data[end : end + _NEAR]) - len(data[end : end + _NEAR].lstrip(b"\r\n\x02"))
        if at == end:
            break
    duplicate = _PDM.search(data, found.start(), at) is not None
    return _Telex(found.start(), _said(found), at, number, duplicate, frozenset(lines))


def _said(found: re.Match[bytes]) -> Telex:
    """What a heading says, in upper case."""
    priority = _PRIORITY.search(found[0])
    origin, when = found["origin"].decode().upper(), (found["time"] or b"").decode()
    return Telex(origin, priority[0].decode().upper() if priority else None, when or None)


def _is_open(data: bytes, start: int, end: int, *, before: bool) -> bool:
    """Whether an interchange is open behind a text, where one was open before it or not."""
    begun = max((found.start() for found in _UNB.finditer(data, start, end)), default=-1)
    ended = max((found.start() for found in _UNZ.finditer(data, start, end)), default=-1)
    return begun > ended if max(begun, ended) >= 0 else before


def _end_of_text(data: bytes, start: int, end: int) -> int:
    """Where a text ends: before the sign for it, or the lines behind it."""
    mark = data.find(b"\x03", start, end)
    end = mark if mark >= 0 else end
    for _ in range(_MOST_LINES):
        line_start = max(data.rfind(b"\n", start, end), data.rfind(b"\r", start, end), start - 1) + 1
        if not _FOOTER.fullmatch(data[line_start:end].strip(b" \t\x01\x02\x0c")) or line_start == start:
            break
        end = line_start - 1
    return end
