"""Lists and queries as comma-separated files, with the columns of the command-line contract.

Takes byte chunks; gives entries and refused rows in order. A list for `match` needs no terms; an entry of a watchlist
is admitted only with all eight, each in its row or given once for the whole list, and a review date to come (LR-70,
LR-71): a row that leaves one empty is refused with a line that says which. It is reviewed within five years, whatever
later day it says (LR-79). Three of them a list need not have at all: where its file has no such column and its importer
gives none, what `STAND_INS` says stands for the whole list. Both are counted, so that the report tells it. Entries that
name nobody are refused too, and those of whose names none is in a script that is read; an entry by name alone is
admitted and stays advisory (LR-72), and a child, or who is listed for their protection, may be sought for their own
sake only; a reason that tells what is withheld, or of protest or asylum, is refused (`reasons`; LR-23, LR-73).

A cell or a part of one that begins as a spreadsheet formula (`=`, `+`, `-`, `@`) is refused, not made harmless: no
name or number that is compared begins so, and what is exported later can then never run in somebody's spreadsheet.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache, partial
from operator import itemgetter
from typing import TypeVar

from torogoz.domain.dates import is_past
from torogoz.domain.purpose import Purpose
from torogoz.domain.watchlist import (
    FOR_THEIR_SAKE,
    LIST_PURPOSES,
    Entry,
    ListAction,
    Terms,
    of_a_child,
    review_within,
)
from torogoz.errors import AuthorError
from torogoz.matching.normalise import MAX_ALIASES, begins_plainly, name_words
from torogoz.matching.query import Query
from torogoz.matching.sources.cells import read_date, read_document, read_name, read_sex, read_state
from torogoz.matching.sources.left_out import Left
from torogoz.matching.sources.reasons import fault_of
from torogoz.matching.sources.rows import CONTROL, FAULTS, CellFault, Fault, RefusedRow, Row, read_rows
from torogoz.messages.sensitive_table import DEFAULT, SensitiveTable

__all__ = [
    "LIST_COLUMNS",
    "QUERY_COLUMNS",
    "TERM_COLUMNS",
    "RefusedRow",
    "admitted",
    "read_list",
    "read_queries",
    "read_watchlist",
]

LIST_COLUMNS = ("id", "names", "birth_date", "nationality", "sex", "document_numbers")
TERM_COLUMNS = ("owner", "legal_basis", "purpose", "reason", "grade", "handling", "action", "review_on")
QUERY_COLUMNS = ("id", "surname", "given_names", "birth_date", "nationality", "sex", "document_number")
#: Without these no list is admitted: its file has the column, or its importer gives it for the whole list (LR-70).
NEEDED_TERMS = ("owner", "legal_basis", "purpose", "grade", "review_on")
#: What stands for a whole list of which nobody says a term: the strictest handling (3×5×2: with conditions) and the
#: mildest action; for a reason, the legal basis. Each is counted (docs/decisions/0027).
STAND_INS = {"reason": Left.REASON, "handling": Left.HANDLING, "action": Left.ACTION}
_STANDS = {"handling": "C", "action": ListAction.INFORM.value}
#: column → the most signs that are kept of it elsewhere; a longer cell is refused, never cut.
LONGEST = {"id": 80, "owner": 80, "legal_basis": 200, "reason": 2_000, "grade": 16, "handling": 32}
#: Looked for behind a semicolon, which begins a part; one is put before each cell.
_FORMULA = re.compile(r";\s*[=+@-]")
#: As many different terms of one list are kept read: most lists have one.
_TERMS_KEPT = 16

_term_cells = itemgetter(*TERM_COLUMNS)

Value = TypeVar("Value")


def read_list(chunks: Iterable[bytes]) -> Iterator[Entry | RefusedRow]:
    """Read a list for bulk matching: terms may stand in it and are passed over."""
    for row in _unique(read_rows(chunks, required=LIST_COLUMNS, optional=TERM_COLUMNS)):
        yield row if isinstance(row, RefusedRow) else _entry(row, None)


def read_watchlist(
    chunks: Iterable[bytes], given: Mapping[str, str], today: date, withheld: SensitiveTable = DEFAULT
) -> Iterator[Entry | RefusedRow]:
    """Read a watchlist to admit; `given` holds terms for the whole list, which a row's own cell overrides."""
    rows = read_rows(chunks, required=LIST_COLUMNS, optional=TERM_COLUMNS)
    return admitted(rows, given, today, Counter(), withheld)


def admitted(
    rows: Iterable[Row | RefusedRow],
    given: Mapping[str, str],
    today: date,
    left: Counter[Left],
    withheld: SensitiveTable = DEFAULT,
) -> Iterator[Entry | RefusedRow]:
    """Admit the rows of a list, of whatever format they were read: what is refused of an entry is decided here only.

    `left` counts what nobody said of those that are admitted, and their names that are not compared. `withheld` is this
    state's table of what no reason may tell.
    """
    lacking = [column for column in given if column not in TERM_COLUMNS]
    if lacking:
        raise AuthorError("these are no terms of a list: {columns}", columns=", ".join(lacking))
    for column, value in given.items():
        for fault, found in ((Fault.CONTROL, CONTROL.search(value)), (Fault.FORMULA, _FORMULA.search(f";{value}"))):
            if found:
                told = {language: words.format(column=column) for language, words in FAULTS[fault].items()}
                raise AuthorError("the term given for the whole list: {fault}", fault=told)
    stated = dict.fromkeys((*LIST_COLUMNS, *TERM_COLUMNS), "") | {each: value.strip() for each, value in given.items()}
    needed = [column for column in NEEDED_TERMS if not stated[column]]
    unsaid = [column for column in STAND_INS if not stated[column]]
    read_terms = lru_cache(_TERMS_KEPT)(partial(_read_terms, today, withheld))
    for row in _unique(rows):
        if isinstance(row, RefusedRow):
            yield row
        else:
            _check_terms(row, needed)
            cells = stated | {column: cell for column, cell in row.cells.items() if cell}
            stand_ins = [column for column in unsaid if column not in row.cells]
            for column in stand_ins:
                # A row without its legal basis is refused for that, and not for the reason that would be it too.
                cells[column] = _STANDS.get(column, cells["legal_basis"] or "–")
            read = read_terms(_term_cells(cells))
            entry = _entry(Row(row.line, cells, row.entry), read)
            if isinstance(entry, Entry):
                if read.sooner:
                    left[Left.REVIEW] += 1
                for column in stand_ins:
                    left[STAND_INS[column]] += 1
                if len(entry.names) > MAX_ALIASES:
                    left[Left.ALIAS] += len(entry.names) - MAX_ALIASES
            yield entry


def read_queries(chunks: Iterable[bytes]) -> Iterator[tuple[str, Query] | RefusedRow]:
    """Read queries with their ids. Nothing of them is stored or exported, so that a formula is only an odd name."""
    for row in read_rows(chunks, required=QUERY_COLUMNS):
        yield row if isinstance(row, RefusedRow) else _query(row)


def _check_terms(row: Row, needed: Sequence[str]) -> None:
    """Refuse the whole list where a needed term, which is not given for all rows, has no column either."""
    lacking = [column for column in needed if column not in row.cells]
    if lacking:
        raise AuthorError(
            "the list does not say: {columns}",
            remedy="its owner must add the column, or state it once for the whole list; nothing was loaded",
            columns=", ".join(lacking),
        )


@dataclass(frozen=True, slots=True)
class _ReadTerms:
    """The legal terms of an entry as they stand on a day, and what is wrong with them.

    `sooner` is whether its review is sooner than the entry says.
    """

    terms: Terms
    faults: tuple[CellFault, ...]
    today: date
    sooner: bool


class _Reader:
    """The cells of one row, and the faults found in them so far."""

    def __init__(self, cells: Mapping[str, str]) -> None:
        self.cells = cells
        self.faults: list[CellFault] = []

    def refuse(self, fault: Fault, column: str | None = None) -> None:
        self.faults.append(CellFault(fault, column))

    def each(self, column: str, read: Callable[[str], Value | Fault]) -> tuple[Value, ...]:
        """What stands between semicolons as values, empty parts left out; what cannot be read refuses the column."""
        cell = self.cells[column]
        if not cell:
            return ()
        found: list[Value] = []
        for part in map(str.strip, cell.split(";")):
            if part:
                value = read(part)
                if type(value) is Fault:
                    self.refuse(value, column)
                    break
                found.append(value)
        return tuple(found)

    def needed(self, column: str, fallback: Value, read: Callable[[str], Value | Fault]) -> Value:
        """A cell that must be there, as a value; where it is not, the fallback, which no admitted entry ever holds."""
        value = read(self.cells[column]) if self.cells[column] else Fault.MISSING
        if isinstance(value, Fault):
            self.refuse(value, column)
            return fallback
        return value


def _unique(rows: Iterable[Row | RefusedRow]) -> Iterator[Row | RefusedRow]:
    """Refuse what begins as a formula, and every row whose id was there before, or could not be told from another.

    Blanks within an id count as one, and signs that nobody sees refuse it; letters of either case stay apart, as the
    ids of publishers do.
    """
    seen: set[str] = set()
    for row in rows:
        if isinstance(row, RefusedRow):
            yield row
            continue
        faults = _formulas(row.cells)
        identity = row.cells["id"] = " ".join(row.cells["id"].split())
        if not identity.isprintable():
            faults.append(CellFault(Fault.CONTROL, "id"))
        elif identity in seen:
            faults.append(CellFault(Fault.DUPLICATE, "id"))
        elif 0 < len(identity) <= LONGEST["id"]:  # a longer one is refused, and would only be held
            seen.add(identity)
        yield RefusedRow(row.line, tuple(faults), row.entry) if faults else row


def _formulas(cells: Mapping[str, str]) -> list[CellFault]:
    """The columns that begin, or of which a part begins, as a formula; most rows are told to have none by one look."""
    if not _FORMULA.search(";" + ";".join(cells.values())):
        return []
    return [CellFault(Fault.FORMULA, column) for column, cell in cells.items() if _FORMULA.search(f";{cell}")]


def _entry(row: Row, read: _ReadTerms | None) -> Entry | RefusedRow:
    """One entry, with its terms where it is to be admitted."""
    reader = _Reader(row.cells)
    for column, longest in LONGEST.items():
        if len(row.cells.get(column, "")) > longest:
            reader.refuse(Fault.CELL_TOO_LONG, column)
    if not row.cells["id"]:
        reader.refuse(Fault.MISSING, "id")
    names = reader.each("names", read_name)
    births = reader.each("birth_date", read_date)
    nationalities = reader.each("nationality", read_state)
    sexes = reader.each("sex", read_sex)
    documents = reader.each("document_numbers", read_document)
    if not reader.faults and not documents and not any(map(begins_plainly, names)) and not any(map(name_words, names)):
        if any(sign.isalpha() for name in names for sign in name):
            reader.refuse(Fault.SCRIPT, "names")
        else:
            reader.refuse(Fault.NOBODY)
    if read:
        reader.faults += read.faults
        if read.terms.action not in FOR_THEIR_SAKE and of_a_child(births, read.today):
            reader.refuse(Fault.CHILD, "action")
        if not all(is_past(born, read.today) for born in births):
            reader.refuse(Fault.UNBORN, "birth_date")
    if len(sexes) > 1:
        reader.refuse(Fault.UNREADABLE, "sex")
    if reader.faults:
        return RefusedRow(row.line, tuple(reader.faults), row.entry)
    terms, sex = read.terms if read else None, sexes[0] if sexes else None
    return Entry(row.cells["id"], names, births, nationalities, sex, documents, terms)


def _read_terms(today: date, withheld: SensitiveTable, cells: tuple[str, ...]) -> _ReadTerms:
    """The terms of these cells, each as its column says; what is missing or past is a fault (LR-70)."""
    reader = _Reader(dict(zip(TERM_COLUMNS, cells, strict=True)))
    said = _terms(reader, today)
    # A law that stands for the reason is called as it is called.
    if said.reason != said.legal_basis and (fault := fault_of(said, withheld)):
        reader.refuse(fault, "reason")
    terms = replace(said, review_on=review_within(said.review_on, today))
    return _ReadTerms(terms, tuple(reader.faults), today, terms.review_on < said.review_on)


def _terms(reader: _Reader, today: date) -> Terms:
    """The same, where the reader tells the faults and what is at fault has something in its place."""

    def review(cell: str) -> date | Fault:
        read = read_date(cell)
        whole = read if isinstance(read, Fault) else read.whole() or Fault.NOT_A_DATE
        return Fault.PAST if isinstance(whole, date) and whole < today else whole

    terms = Terms(
        owner=reader.needed("owner", "", str),
        legal_basis=reader.needed("legal_basis", "", str),
        purpose=reader.needed("purpose", Purpose.BORDER_CONTROL, _purpose),
        reason=reader.needed("reason", "", str),
        grade=reader.needed("grade", "", str),
        handling=reader.needed("handling", "", str),
        action=reader.needed("action", ListAction.INFORM, _member(ListAction)),
        review_on=reader.needed("review_on", today, review),
    )
    if terms.purpose is Purpose.PROTECTION and terms.action not in FOR_THEIR_SAKE:
        reader.refuse(Fault.PROTECTED, "action")
    return terms


def _purpose(cell: str) -> Purpose | Fault:
    read = _member(Purpose)(cell)
    return read if read in LIST_PURPOSES else Fault.NOT_IN_TABLE


def _query(row: Row) -> tuple[str, Query] | RefusedRow:
    reader = _Reader(row.cells)
    if not row.cells["id"]:
        reader.refuse(Fault.MISSING, "id")
    births = reader.each("birth_date", read_date)
    nationalities = reader.each("nationality", read_state)
    sexes = reader.each("sex", read_sex)
    documents = reader.each("document_number", read_document)
    for column, found in (("birth_date", births), ("nationality", nationalities), ("sex", sexes)):
        if len(found) > 1:
            reader.refuse(Fault.UNREADABLE, column)
    if reader.faults:
        return RefusedRow(row.line, tuple(reader.faults))
    query = Query(
        row.cells["surname"] or None,
        row.cells["given_names"] or None,
        births[0] if births else None,
        nationalities[0] if nationalities else None,
        sexes[0] if sexes else None,
        documents,
    )
    return row.cells["id"], query


_Closed = TypeVar("_Closed", Purpose, ListAction)


def _member(table: type[_Closed]) -> Callable[[str], _Closed | Fault]:
    """A reader of one closed table; `Border control` is read as `border_control`."""

    def read(cell: str) -> _Closed | Fault:
        word = cell.strip().lower().replace(" ", "_")
        return next((member for member in table if member.value == word), Fault.NOT_IN_TABLE)

    return read
