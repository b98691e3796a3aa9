"""Bytes to rows of cells (RFC 4180), each cell with its place in the bytes.

Divided by commas, semicolons or tabs, whichever the header holds most of; Excel's `sep=` line says it too. One line is
one row: a quote that is not closed on its line costs that line and none behind it, so that no row is longer than the
limit, whatever comes. Each row is UTF-8, or else Windows-1252. Nothing is executed and nothing is written: a formula is
the text that it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from torogoz.domain.manifest import ByteSpan
from torogoz.edifact.charset import FALLBACK
from torogoz.edifact.limits import Limits

_BOM = b"\xef\xbb\xbf"
_LINE = re.compile(rb"[^\r\n]+")
_SEPARATOR = re.compile(rb"sep=([,;\t])\s*\Z", re.IGNORECASE)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
#: In the order in which they win where a header holds as many of two.
_DELIMITERS = (";", "\t", ",")


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell says, blanks around it and its quotes taken away, and the bytes in which it stands."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Row:
    """A line: its cells; or `fault`, the code of why it has none."""

    start: int
    end: int
    cells: tuple[Cell, ...] = ()
    fault: str | None = None
    #: Control signs or bytes of no alphabet were read as blanks.
    unclean: bool = False


def table_rows(data: bytes, part: ByteSpan, limits: Limits) -> Iterator[Row]:
    """Each line of a part that holds something; the first is the header, and decides what divides cells."""
    delimiter: str | None = None
    first = True
    start = part.start + (len(_BOM) if data.startswith(_BOM, part.start, part.end) else 0)
    for found in _LINE.finditer(data, start, part.end):
        if found.end() - found.start() > limits.segment_length:
            yield Row(found.start(), found.end(), fault="ROW_TOO_LONG")
            continue
        line = found[0]
        if not line.strip():
            continue
        said = _SEPARATOR.match(line) if first else None
        first = False
        if said:
            delimiter = said[1].decode("ascii")
            continue
        text = line.decode("latin-1")
        if delimiter is None:
            delimiter = max(_DELIMITERS, key=text.count)
        yield _row(text, found.start(), delimiter, limits)


def _row(text: str, start: int, delimiter: str, limits: Limits) -> Row:
    """Divide one line, in which a character is a byte."""
    end = start + len(text)
    if text.count(delimiter) > limits.elements:
        return Row(start, end, fault="TOO_MANY_ELEMENTS")
    pieces = _quoted(text, delimiter) if '"' in text else _plain(text, delimiter)
    if pieces is None:
        return Row(start, end, fault="ROW_QUOTES")
    codec = _codec(text)
    cells, unclean = [], False
    for raw, first, last in pieces:
        said = raw if codec is None else raw.encode("latin-1").decode(codec, "replace")
        if (codec and "�" in said) or _CONTROL.search(said):
            unclean = True
            said = _CONTROL.sub(" ", said).replace("�", " ")
        cells.append(Cell(said.strip(), start + first, start + last))
    return Row(start, end, tuple(cells), unclean=unclean)


def _codec(text: str) -> str | None:
    if text.isascii():
        return None
    try:
        text.encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return FALLBACK
    return "utf-8"


_Piece = tuple[str, int, int]


def _plain(text: str, delimiter: str) -> list[_Piece]:
    pieces, start = [], 0
    for raw in text.split(delimiter):
        pieces.append((raw, start, start + len(raw)))
        start += len(raw) + 1
    return pieces


def _quoted(text: str, delimiter: str) -> list[_Piece] | None:
    """Cells of a line with quotes; None where one does not close. A quote inside an unquoted cell is a sign."""
    pieces: list[_Piece] = []
    at = 0
    while True:
        begin = at
        while text[at : at + 1] == " ":
            at += 1
        if text[at : at + 1] == '"':
            said, at = _inside(text, at + 1)
            if at < 0:
                return None
            stop = text.find(delimiter, at)
            stop = len(text) if stop < 0 else stop
            if text[at:stop].strip():
                return None
        else:
            stop = text.find(delimiter, begin)
            stop = len(text) if stop < 0 else stop
            said = text[begin:stop]
        pieces.append((said, begin, stop))
        if stop == len(text):
            return pieces
        at = stop + 1


def _inside(text: str, at: int) -> tuple[str, int]:
    """What a quoted cell says, and the place behind its closing quote; -1 where there is none."""
    parts = []
    while (stop := text.find('"', at)) >= 0:
        parts.append(text[at:stop])
        if text[stop + 1 : stop + 2] != '"':
            return '"'.join(parts), stop + 1
        at = stop + 2
    return "", -1
