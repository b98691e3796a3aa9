"""OFAC's list of specially designated nationals as XML, in its classic form (`sdn.xml`): individuals only.

`sdnList/sdnEntry` with `uid`, `firstName`, `lastName`, `sdnType`, and lists of aliases (`category` weak or strong),
birth dates, nationalities, citizenships and documents; the sex stands among the documents. The advanced form is another
document and is refused as such.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from torogoz.matching.sources.birth_dates import english
from torogoz.matching.sources.left_out import Left
from torogoz.matching.sources.listed import Listed, told_entry
from torogoz.matching.sources.ofac_csv import read_id
from torogoz.matching.sources.rows import CellFault, Fault, RefusedRow, Row
from torogoz.matching.sources.xml import Element, entries_of


def read_ofac_xml(chunks: Iterable[bytes], left: Counter[Left]) -> Iterator[Row | RefusedRow]:
    """Rows of the individuals."""
    for entry in entries_of(chunks, "sdnList", "sdnEntry"):
        if entry.overlong:
            yield RefusedRow(entry.line, (CellFault(Fault.TOO_LONG),), told_entry(entry.text("uid")))
        elif entry.text("sdnType").lower() != "individual":
            left[Left.KIND] += 1
        else:
            yield _person(entry, left)


def _person(entry: Element, left: Counter[Left]) -> Row | RefusedRow:
    person = Listed(entry.line, entry.text("uid"), left)
    person.name(entry.text("lastName"), entry.text("firstName"))
    for alias in entry.all("akaList", "aka"):
        weak = alias.text("category").lower() == "weak"
        person.name(alias.text("lastName"), alias.text("firstName"), weak=weak)
    for item in entry.all("dateOfBirthList", "dateOfBirthItem"):
        for born in item.texts("dateOfBirth"):
            person.born(english(born))
    for nation in (*entry.all("nationalityList", "nationality"), *entry.all("citizenshipList", "citizenship")):
        for text in nation.texts("country"):
            person.state(text)
    for document in entry.all("idList", "id"):
        kind, number = document.text("idType"), document.text("idNumber")
        if kind.lower() == "gender":
            person.sex(number)
        else:
            read_id(person, kind, number, document.text("idCountry"))
    return person.row(told_entry(person.id))
