"""Entities of OpenSanctions: FollowTheMoney as JSON, one entity a line, of which persons with a chosen topic are taken.

Schema `Person`; its documents also from `Passport` and `Identification` entities, nested in it or on lines of their
own, which name it as holder. Those may stand before or behind it, so that they are read in a pass of their own
(`documents_by_holder`), of which no more than `MOST_LINKED` are held. Everything else in the file is passed over by
the decoder and never becomes an object. A person with none of the chosen topics is left out, and one with an office or
close to somebody who has one is refused by line, with that reason (topics.py).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from torogoz.matching.sources.birth_dates import iso
from torogoz.matching.sources.left_out import Left
from torogoz.matching.sources.listed import Listed
from torogoz.matching.sources.rows import CellFault, Fault, RefusedRow, Row, numbered_lines
from torogoz.matching.sources.topics import POLITICAL

#: A longer line is refused without being kept: merged entities with all their sources are far longer than a row.
MAX_ENTITY_BYTES = 1024 * 1024
#: As many documents on lines of their own are held for their persons.
MOST_LINKED = 100_000
_DOCUMENT_SCHEMATA = frozenset({"Passport", "Identification"})
_MENTIONS = (b'"Passport"', b'"Identification"')

Values = list[str]


class _Holder(msgspec.Struct, gc=False):
    """A person within their document: whoever nests them so has nested the document in the person too."""


class _Fields(msgspec.Struct, rename="camel", gc=False):
    """The properties of a document that are read."""

    number: Values = []
    passport_number: Values = []
    type: Values = []
    country: Values = []
    holder: list[str | _Holder] = []


class _Nested(msgspec.Struct, gc=False):
    """A document within its person."""

    schema: str = ""
    properties: _Fields = msgspec.field(default_factory=_Fields)


class _Properties(_Fields, gc=False):
    """The properties of a person that are read too; `identification` and `passport` hold nested documents."""

    name: Values = []
    alias: Values = []
    previous_name: Values = []
    weak_alias: Values = []
    birth_date: Values = []
    nationality: Values = []
    citizenship: Values = []
    gender: Values = []
    id_number: Values = []
    topics: Values = []
    identification: list[str | _Nested] = []
    passport: list[str | _Nested] = []


class _Entity(msgspec.Struct, gc=False):
    """An entity of any schema."""

    id: str
    schema: str
    caption: str = ""
    properties: _Properties = msgspec.field(default_factory=_Properties)


class _Kind(msgspec.Struct, gc=False):
    """What has to be known of a line before its properties are looked at."""

    schema: str


_entity = msgspec.json.Decoder(_Entity)
_kind = msgspec.json.Decoder(_Kind)


def read_ftm(
    chunks: Iterable[bytes],
    topics: frozenset[str],
    documents: Mapping[str, Sequence[str]],
    left: Counter[Left],
) -> Iterator[Row | RefusedRow]:
    """Rows of the persons with one of the topics; `documents` as `documents_by_holder` gives them."""
    for number, line in numbered_lines(chunks, MAX_ENTITY_BYTES):
        if line is None:
            yield RefusedRow(number, (CellFault(Fault.TOO_LONG),))
        elif line.strip(b"\xef\xbb\xbf \t\r"):
            found = _entity_of(line)
            if found is None:
                yield RefusedRow(number, (CellFault(Fault.RECORD),))
            elif found.schema in _DOCUMENT_SCHEMATA:
                continue  # documents_by_holder has seen it
            elif found.schema != "Person":
                left[Left.KIND] += 1
            elif topics.isdisjoint(found.properties.topics):
                if POLITICAL.isdisjoint(found.properties.topics):
                    left[Left.TOPIC] += 1
                else:
                    yield RefusedRow(number, (CellFault(Fault.POLITICAL, "topics"),))
            else:
                yield _person(number, found, documents.get(found.id, ()), left)


def documents_by_holder(chunks: Iterable[bytes], left: Counter[Left]) -> Mapping[str, Sequence[str]]:
    """The documents on lines of their own, by whom they belong to, as our own column writes them."""
    found: dict[str, list[str]] = defaultdict(list)
    held = 0
    for _, line in numbered_lines(chunks, MAX_ENTITY_BYTES):
        if line is None or not any(word in line for word in _MENTIONS):
            continue
        entity = _entity_of(line)
        if entity is None or entity.schema not in _DOCUMENT_SCHEMATA:
            continue
        document = Listed(0, "", left)
        _document(document, entity.schema, entity.properties)
        for holder in entity.properties.holder:
            if not isinstance(holder, str) or held >= MOST_LINKED:
                left[Left.BESIDE] += 1
            elif document.documents:
                found[holder] += document.documents
                held += len(document.documents)
    return found


def _entity_of(line: bytes) -> _Entity | None:
    """The entity of a line; None where it is none. What no person and no document has is not looked at."""
    line = line.removeprefix(b"\xef\xbb\xbf")
    try:
        schema = _kind.decode(line).schema
        if schema != "Person" and schema not in _DOCUMENT_SCHEMATA:
            return _Entity("", schema)
        return _entity.decode(line)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None


def _person(line: int, entity: _Entity, documents: Iterable[str], left: Counter[Left]) -> Row | RefusedRow:
    said = entity.properties
    person = Listed(line, entity.id, left)
    if entity.caption in said.name:
        person.name(entity.caption)
    for name in (*said.name, *said.alias, *said.previous_name):
        person.name(name)
    for name in said.weak_alias:
        person.name(name, weak=True)
    for born in said.birth_date:
        person.born(iso(born))
    for nation in (*said.nationality, *said.citizenship) or said.country:
        person.state(nation)
    for sex in said.gender:
        person.sex(sex)
    for number in said.passport_number:
        person.document(number, "P")
    for number in said.id_number:
        person.document(number)
    for nested in (*said.identification, *said.passport):
        if isinstance(nested, _Nested) and nested.schema in _DOCUMENT_SCHEMATA:
            _document(person, nested.schema, nested.properties)
    for document in documents:
        person.joined(document)
    return person.row()


def _document(person: Listed, schema: str, said: _Fields) -> None:
    """A document's number; one that is of two countries is of none."""
    passport = schema == "Passport" or any("passport" in kind.lower() for kind in said.type)
    issuer = said.country[0] if len(said.country) == 1 else ""
    for number in dict.fromkeys((*said.number, *said.passport_number)):
        person.document(number, "P" if passport else "", issuer)
