"""The formats of lists: how each begins, and which reader takes it.

What an import asks of a file is a `Reading`: the format (None: as the file begins), the topics that are admitted, and
what is read before it. While the list is read, the reading counts what is left out.
Archives are refused: whoever imports a list unpacks it, and sees what is in it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import chain
from typing import assert_never

from torogoz.domain.watchlist import Entry
from torogoz.errors import AuthorError
from torogoz.matching.sources import csv
from torogoz.matching.sources.ftm import documents_by_holder, read_ftm
from torogoz.matching.sources.left_out import Left
from torogoz.matching.sources.ofac_csv import aliases_by_entry, read_ofac_csv
from torogoz.matching.sources.ofac_xml import read_ofac_xml
from torogoz.matching.sources.rows import RefusedRow, Row, read_rows
from torogoz.matching.sources.stolen import read_stolen
from torogoz.matching.sources.topics import chosen
from torogoz.matching.sources.un_xml import read_un_xml
from torogoz.messages.sensitive_table import DEFAULT, SensitiveTable

#: As much of a file is looked at to tell its format.
_HEAD = 4096
_ARCHIVES = (b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b", b"7z\xbc\xaf", b"BZh", b"\xfd7zXZ")
_OFAC_LINE = re.compile(rb'\s*\d+\s*,\s*"')


class ListFormat(StrEnum):
    """How a list is written, by whom."""

    CSV = "csv"
    FTM = "ftm"
    OFAC_CSV = "ofac-csv"
    OFAC_XML = "ofac-xml"
    UN_XML = "un-xml"
    STOLEN = "stolen"


@dataclass(slots=True)
class Reading:
    """What is asked of a file, and, once it is read, what was left out of it.

    `format` is then the one that was read. `aliases` is OFAC's second file. `again` is the list itself once more, of
    which the documents on lines of their own are taken where its format has such. Both are read before the list.
    """

    format: ListFormat | None = None
    topics: tuple[str, ...] = ()
    aliases: Iterable[bytes] | None = None
    again: Iterable[bytes] = ()
    left: Counter[Left] = field(default_factory=Counter)


def read(
    reading: Reading,
    chunks: Iterable[bytes],
    given: Mapping[str, str],
    today: date,
    withheld: SensitiveTable = DEFAULT,
) -> Iterator[Entry | RefusedRow]:
    """Read a list to admit, in the format asked for or recognised; the other arguments as in `csv.read_watchlist`."""
    head, chunks = _begun(chunks)
    if head.startswith(_ARCHIVES):
        raise AuthorError("the file is an archive", remedy="unpack it, and import the list that is in it")
    asked = reading.format = reading.format or recognised(head)
    if reading.topics and asked is not ListFormat.FTM:
        raise AuthorError("only a list of OpenSanctions has topics", remedy="name none, or choose another format")
    if reading.aliases is not None and asked is not ListFormat.OFAC_CSV:
        raise AuthorError("only OFAC's CSV has a second file of aliases", remedy="name none, or choose another format")
    return csv.admitted(_rows(asked, reading, chunks, today), given, today, reading.left, withheld)


def recognised(head: bytes) -> ListFormat:
    """The format by how a file begins; what begins like none of the others is our own, and its header will say so."""
    begun = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if begun.startswith(b"{"):
        return ListFormat.FTM
    if begun.startswith(b"<") or head.startswith((b"\xff\xfe<", b"\xfe\xff\0<")):
        return ListFormat.UN_XML if b"CONSOLIDATED_LIST" in begun.replace(b"\0", b"") else ListFormat.OFAC_XML
    if _OFAC_LINE.match(begun):
        return ListFormat.OFAC_CSV
    header = {cell.strip(b' "').lower() for cell in begun.partition(b"\n")[0].strip().split(b",")}
    return ListFormat.STOLEN if {b"number", b"issuer"} <= header else ListFormat.CSV


def _rows(asked: ListFormat, reading: Reading, chunks: Iterable[bytes], today: date) -> Iterator[Row | RefusedRow]:
    match asked:
        case ListFormat.FTM:
            topics = chosen(reading.topics)
            documents = documents_by_holder(reading.again, reading.left)
            return _published(read_ftm(chunks, topics, documents, reading.left), today, reading.left)
        case ListFormat.OFAC_CSV:
            aliases = aliases_by_entry(reading.aliases or (), reading.left)
            return _published(read_ofac_csv(chunks, aliases, reading.left), today, reading.left)
        case ListFormat.OFAC_XML:
            return _published(read_ofac_xml(chunks, reading.left), today, reading.left)
        case ListFormat.UN_XML:
            return _published(read_un_xml(chunks, reading.left), today, reading.left)
        case ListFormat.STOLEN:
            return read_stolen(chunks)
        case ListFormat.CSV:
            return read_rows(chunks, required=csv.LIST_COLUMNS, optional=csv.TERM_COLUMNS)
        case _:
            assert_never(asked)


def _published(rows: Iterable[Row | RefusedRow], today: date, left: Counter[Left]) -> Iterator[Row | RefusedRow]:
    """The rows of a published list, refused where there is none: a wrong topic must not empty the list.

    A birth date to come is left out of its row, as what cannot be read.
    """
    nobody, day = True, today.isoformat()
    for row in rows:
        nobody = False
        if isinstance(row, Row) and (births := row.cells["birth_date"]):
            come = [born for born in births.split(";") if born <= day[: len(born)]]
            if unborn := births.count(";") + 1 - len(come):
                left[Left.DATE] += unborn
                row.cells["birth_date"] = ";".join(come)
        yield row
    if nobody:
        raise AuthorError(
            "the file names nobody whom this import asks for",
            remedy="look at its format and at the topics; nothing was changed",
        )


def _begun(chunks: Iterable[bytes]) -> tuple[bytes, Iterable[bytes]]:
    """The first bytes of a file, and the file with them."""
    remaining = iter(chunks)
    held: list[bytes] = []
    length = 0
    for chunk in remaining:
        held.append(chunk)
        length += len(chunk)
        if length >= _HEAD:
            break
    return b"".join(held)[:_HEAD], chain(held, remaining)
