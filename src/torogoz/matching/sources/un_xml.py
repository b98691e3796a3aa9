"""The consolidated list of the United Nations Security Council as XML: individuals only.

`CONSOLIDATED_LIST/INDIVIDUALS/INDIVIDUAL` with up to four parts of a name, the name in its own script, aliases with
their quality, birth dates (`EXACT`, `APPROXIMATELY`, `BETWEEN`), nationalities and documents. An entry's id is its
permanent reference number, or its `DATAID` where it has none. What stands in a value beside the value is parted from it
by un_values.py; docs/reference/lists.md says against what it was read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from torogoz.domain.dates import PartialDate
from torogoz.matching.sources.birth_dates import Dates, about, english, iso, years
from torogoz.matching.sources.left_out import Left
from torogoz.matching.sources.listed import Listed, told_entry
from torogoz.matching.sources.rows import CellFault, Fault, RefusedRow, Row
from torogoz.matching.sources.un_values import alias_names, document
from torogoz.matching.sources.xml import Element, entries_of

_NAMES = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
#: Recent entries say the sex in their comments and nowhere else.
_SEX = re.compile(r"\bGender[:\s\[]{1,3}(Male|Female)\b")


def read_un_xml(chunks: Iterable[bytes], left: Counter[Left]) -> Iterator[Row | RefusedRow]:
    """Rows of the individuals; what the list holds beside them is not counted, since it is never opened."""
    for entry in entries_of(chunks, "CONSOLIDATED_LIST", "INDIVIDUAL"):
        identity = entry.text("REFERENCE_NUMBER") or entry.text("DATAID")
        if entry.overlong:
            yield RefusedRow(entry.line, (CellFault(Fault.TOO_LONG),), told_entry(identity))
        else:
            yield _person(entry, identity, left)


def _person(entry: Element, identity: str, left: Counter[Left]) -> Row | RefusedRow:
    person = Listed(entry.line, identity, left)
    person.name(*map(entry.text, _NAMES))
    for original in entry.texts("NAME_ORIGINAL_SCRIPT"):
        person.name(original)
    for alias in entry.all("INDIVIDUAL_ALIAS"):
        weak = alias.text("QUALITY").lower() == "low"
        for name in alias_names(alias):
            person.name(name, weak=weak)
        # An alias may have a birth date of its own, from the document that has it.
        if said := alias.text("DATE_OF_BIRTH"):
            person.born(iso(said))
    for born in entry.all("INDIVIDUAL_DATE_OF_BIRTH"):
        if (dates := _born(born)) is not None:
            person.born(dates)
    for nation in entry.all("NATIONALITY"):
        for text in nation.texts("VALUE"):
            person.state(text)
    for sex in entry.texts("GENDER") or _SEX.findall(entry.text("COMMENTS1")):
        person.sex(sex)
    for each in entry.all("INDIVIDUAL_DOCUMENT"):
        if shown := document(each):
            person.document(*shown)
    return person.row(told_entry(person.id))


def _born(born: Element) -> Dates | Left | None:
    """A birth date by its type; None where the element says nothing, as many do."""
    kind = born.text("TYPE_OF_DATE").upper()
    first, last = born.text("FROM_YEAR"), born.text("TO_YEAR")
    if kind == "BETWEEN" or (first and last):
        return years(int(first), int(last)) if _is_year(first) and _is_year(last) else Left.DATE
    said = born.text("DATE") or born.text("YEAR")
    if not said:
        # A month may stand in the note only: `Nov. 1973`.
        note = born.text("NOTE")
        return english(note) if note else None
    dates = iso(said)
    return about(_year(dates)) if kind == "APPROXIMATELY" and not isinstance(dates, Left) else dates


def _year(dates: tuple[PartialDate, ...]) -> int:
    return dates[0].year


def _is_year(text: str) -> bool:
    return len(text) == 4 and text.isascii() and text.isdecimal()
