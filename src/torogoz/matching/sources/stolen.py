"""Lists of lost and stolen documents: number, type and issuer of each, and nobody's name.

Columns `number,type,issuer`, and optionally `id` and the terms of a list. A type is a code of DOC 1001 or a word for it
in either language, an issuer a state's code or its name. Without an id, one is derived from issuer, type and number as
a digest, so that the number does not stand in clear beside the sealed entry; a guess can still be tried against it,
which an id of the owner's own does not allow.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256

from torogoz.domain.document import MIN_DOCUMENT_SIGNS, document_key
from torogoz.matching.sources.csv import LIST_COLUMNS, TERM_COLUMNS
from torogoz.matching.sources.rows import CellFault, Fault, RefusedRow, Row, read_rows
from torogoz.matching.sources.states import state
from torogoz.messages.tabular.words import country_of, document_kind

STOLEN_COLUMNS = ("number", "type", "issuer")
#: Hexadecimal digits of a derived id: 80 bits, so that a million documents have one each.
_ID_SIGNS = 20


def read_stolen(chunks: Iterable[bytes]) -> Iterator[Row | RefusedRow]:
    """Rows of our own columns, without names."""
    for row in read_rows(chunks, required=STOLEN_COLUMNS, optional=("id", *TERM_COLUMNS)):
        yield row if isinstance(row, RefusedRow) else _row(row)


def _row(row: Row) -> Row | RefusedRow:
    number, kind, issuer = (row.cells[column] for column in STOLEN_COLUMNS)
    code = document_kind(kind) if kind else ""
    issued = (country_of(issuer) or state(issuer)) if issuer else ""
    faults = []
    if not number:
        faults.append(CellFault(Fault.MISSING, "number"))
    elif len(document_key(number)) < MIN_DOCUMENT_SIGNS or not set(number).isdisjoint(";:"):
        faults.append(CellFault(Fault.UNREADABLE, "number"))
    if code is None:
        faults.append(CellFault(Fault.NOT_IN_TABLE, "type"))
    if issued is None:
        faults.append(CellFault(Fault.NOT_IN_TABLE, "issuer"))
    if faults:
        return RefusedRow(row.line, tuple(faults))
    content = f"{issued}:{code}:{document_key(number)}"
    identity = row.cells.get("id") or f"D-{sha256(content.encode()).hexdigest()[:_ID_SIGNS]}"
    terms = {column: row.cells[column] for column in TERM_COLUMNS if column in row.cells}
    empty = dict.fromkeys(LIST_COLUMNS, "")
    return Row(row.line, empty | terms | {"id": identity, "document_numbers": f"{issued}:{code}:{number}"})
