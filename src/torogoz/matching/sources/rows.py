"""Rows of a comma-separated file from bytes that nobody vouches for.

Takes an iterable of byte chunks of any size; gives numbered rows as dictionaries by column, and for each bad line a
refusal with its number and reason, so that one bad line never costs the others. Memory is bounded by `MAX_LINE_BYTES`
whatever comes. Refuses the whole file, with AuthorError, where its header is not the one that was asked for.

One line is one row: a quote that is not closed on its line refuses that line instead of swallowing those after it.
RFC 4180 otherwise; UTF-8, with or without a byte-order mark. A refusal never repeats what stood in the row.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, final

from torogoz.errors import AuthorError

Language = Literal["es", "en"]

#: A longer line is refused without being kept: the longest lawful entry is far shorter.
MAX_LINE_BYTES = 65_536
#: Control signs and halves of signs, which no name or number holds, the NUL byte first among them.
CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\ud800-\udfff]")


@final
class Fault(StrEnum):
    """What can be wrong with a row or a cell of it."""

    TOO_LONG = "too_long"
    ENCODING = "encoding"
    QUOTES = "quotes"
    CELLS = "cells"
    CONTROL = "control"
    FORMULA = "formula"
    MISSING = "missing"
    DUPLICATE = "duplicate"
    UNREADABLE = "unreadable"
    NOT_A_DATE = "not_a_date"
    PAST = "past"
    NOT_IN_TABLE = "not_in_table"
    CHILD = "child"
    PROTECTED = "protected"
    CELL_TOO_LONG = "cell_too_long"
    NOBODY = "nobody"
    SCRIPT = "script"
    RECORD = "record"
    POLITICAL = "political"
    UNBORN = "unborn"
    SENSITIVE = "sensitive"
    NO_SUSPICION = "no_suspicion"


#: fault → sentence; `{column}` is a column's name.
FAULTS: dict[Fault, dict[Language, str]] = {
    Fault.TOO_LONG: {"es": "la línea es demasiado larga", "en": "the line is too long"},
    Fault.ENCODING: {"es": "la línea no está en UTF-8", "en": "the line is not UTF-8"},
    Fault.QUOTES: {"es": "las comillas no se cierran en la línea", "en": "quotes are not closed on the line"},
    Fault.CELLS: {
        "es": "la línea no tiene tantas celdas como el encabezado",
        "en": "the line has not as many cells as the header",
    },
    Fault.CONTROL: {"es": "{column} tiene signos de control", "en": "{column} holds control signs"},
    Fault.FORMULA: {
        "es": "{column} empieza como una fórmula (=, +, -, @)",
        "en": "{column} begins as a formula (=, +, -, @)",
    },
    Fault.MISSING: {"es": "falta {column}", "en": "{column} is missing"},
    Fault.DUPLICATE: {"es": "{column} ya apareció antes", "en": "{column} has appeared before"},
    Fault.UNREADABLE: {"es": "{column} no se puede leer", "en": "{column} cannot be read"},
    Fault.NOT_A_DATE: {"es": "{column} no es una fecha ISO 8601", "en": "{column} is not an ISO 8601 date"},
    Fault.PAST: {"es": "{column} ya pasó", "en": "{column} is past"},
    Fault.NOT_IN_TABLE: {"es": "{column} no está en la tabla cerrada", "en": "{column} is not in the closed table"},
    Fault.CHILD: {"es": "{column} no se puede pedir para un menor", "en": "{column} may not be asked for a child"},
    Fault.PROTECTED: {
        "es": "{column} no se puede pedir para quien está en la lista para su protección",
        "en": "{column} may not be asked for who is on the list for their protection",
    },
    Fault.CELL_TOO_LONG: {"es": "{column} es demasiado largo", "en": "{column} is too long"},
    Fault.NOBODY: {
        "es": "no hay ni nombre legible ni documento",
        "en": "there is neither a readable name nor a document",
    },
    Fault.SCRIPT: {
        "es": "{column} está en una escritura que todavía no se lee: añada, tras un punto y coma, su forma latina",
        "en": "{column} is in a script that is not read yet: add its Latin spelling after a semicolon",
    },
    Fault.RECORD: {"es": "no es un registro de este formato", "en": "this is no record of this format"},
    Fault.POLITICAL: {
        "es": "{column}: cargo político, o persona cercana a quien lo tiene; solo se admite si el tema se pide por su"
        " nombre, con la base legal para ello",
        "en": "{column}: holds a political office, or is close to somebody who does; admitted only where the topic is"
        " asked for by name, with the legal basis for it",
    },
    Fault.UNBORN: {"es": "{column} está en el futuro", "en": "{column} is in the future"},
    Fault.SENSITIVE: {
        "es": "{column} habla de creencias, origen, opiniones, salud o vida sexual",
        "en": "{column} speaks of belief, origin, opinions, health or sex life",
    },
    Fault.NO_SUSPICION: {
        "es": "{column} habla de protesta o de asilo, que a nadie hacen sospechoso",
        "en": "{column} speaks of protest or asylum, which make nobody a suspect",
    },
}


@dataclass(frozen=True, slots=True)
class CellFault:
    """One thing wrong, and the column where it is; None where it is the whole line."""

    fault: Fault
    column: str | None = None


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A line that was not taken, by number from 1 (the header is 1), and everything that is wrong with it.

    `entry` is the publisher's own number of an entry where lines do not tell which it was.
    """

    line: int
    faults: tuple[CellFault, ...]
    entry: str | None = None

    def text(self, language: Language) -> str:
        """The refusal in words, without anything that the row held but the publisher's number of it."""
        told = "; ".join(FAULTS[each.fault][language].format(column=each.column) for each in self.faults)
        line, entry = ("línea", "entrada") if language == "es" else ("line", "entry")
        return f"{line} {self.line}{f' ({entry} {self.entry})' if self.entry else ''}: {told}"


@dataclass(frozen=True, slots=True)
class Row:
    """A line as cells by column, blanks at both ends taken away; `entry` as a refusal of it would tell it."""

    line: int
    cells: dict[str, str]
    entry: str | None = None


def read_rows(
    chunks: Iterable[bytes], *, required: Sequence[str], optional: Sequence[str] = ()
) -> Iterator[Row | RefusedRow]:
    """Read a file by its header. Columns may stand in any order; blank lines are passed over."""
    lines = numbered_lines(chunks, first_is_header=True)
    header = _header(next(lines, (1, b"")), required, optional)
    for number, line in lines:
        if line is not None and not line.strip():
            continue
        cells = cells_of(line)
        if not isinstance(cells, list):
            yield RefusedRow(number, (CellFault(cells),))
        elif len(cells) != len(header):
            yield RefusedRow(number, (CellFault(Fault.CELLS),))
        else:
            named = dict(zip(header, map(str.strip, cells), strict=True))
            # No control sign is printable: most lines need no closer look.
            faults = () if "".join(cells).isprintable() else _controls(named)
            yield RefusedRow(number, faults) if faults else Row(number, named)


def numbered_lines(
    chunks: Iterable[bytes], longest: int = MAX_LINE_BYTES, *, first_is_header: bool = False
) -> Iterator[tuple[int, bytes | None]]:
    """Lines by number, None for one that is too long, of which no more than the limit is ever held.

    A first line that is too long is no header, and nothing after it is read.
    """
    number, held, overlong = 1, bytearray(), False
    for chunk in chunks:
        *ended, rest = chunk.split(b"\n")
        for piece in ended:
            overlong = overlong or len(held) + len(piece) > longest
            yield number, None if overlong else bytes(held) + piece
            number, overlong = number + 1, False
            held.clear()
        overlong = overlong or len(held) + len(rest) > longest
        if overlong:
            held.clear()
            if first_is_header and number == 1:
                break
        else:
            held += rest
    if held or overlong:
        yield number, None if overlong else bytes(held)


def cells_of(line: bytes | None) -> list[str] | Fault:
    """The cells of a line, or what is wrong with it; the line itself is without its line feed."""
    if line is None:
        return Fault.TOO_LONG
    try:
        text = line.removesuffix(b"\r").decode()
    except UnicodeDecodeError:
        return Fault.ENCODING
    if text and '"' not in text and "\r" not in text:  # then commas are all there is to it
        return text.split(",")
    try:
        return next(csv.reader((text,), strict=True), [])
    except csv.Error:
        return Fault.QUOTES


def _controls(named: dict[str, str]) -> tuple[CellFault, ...]:
    """The columns that hold control signs."""
    return tuple(CellFault(Fault.CONTROL, column) for column, cell in named.items() if CONTROL.search(cell))


def _header(first: tuple[int, bytes | None], required: Sequence[str], optional: Sequence[str]) -> list[str]:
    """The columns in their order. What is unknown is told by place: a file without a header begins with a person."""
    _, line = first
    cells = cells_of(line.removeprefix(b"\xef\xbb\xbf") if line is not None else None)
    if isinstance(cells, Fault):
        raise AuthorError("the header cannot be read ({fault})", fault=FAULTS[cells])
    header = [cell.strip().lower() for cell in cells]
    known = {*required, *optional}
    missing = [column for column in required if column not in header]
    unknown = [
        str(place) for place, column in enumerate(header, 1) if column not in known or column in header[: place - 1]
    ]
    if missing or unknown:
        raise AuthorError(
            "the header is not that of this file (missing columns: {missing}; unknown or repeated at places: {places})",
            remedy="write the header with commas between: {columns}",
            missing=", ".join(missing) or "–",
            places=", ".join(unknown) or "–",
            columns=",".join([*required, *optional]),
        )
    return header
