"""A row of a table to a traveller. An unreadable cell costs only itself, and is searched for sensitive words."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import ClassVar

from torogoz.domain.document import Document, document_key
from torogoz.domain.finding import Origin
from torogoz.domain.traveller import Bags, Contact, ContactKind, Traveller, TravellerRole
from torogoz.messages.contacts import phone
from torogoz.messages.mrz import Mrz, NotAZoneError, read_mrz
from torogoz.messages.names import read_name
from torogoz.messages.person import Paper, Person
from torogoz.messages.tabular.cells import Cell
from torogoz.messages.tabular.columns import DateOrder
from torogoz.messages.tabular.dates import read_birth, read_near
from torogoz.messages.tabular.sheet import Noted
from torogoz.messages.tabular.words import answer_of, country_of, document_kind, duty_of, role_of, sex_of
from torogoz.messages.values import whole
from torogoz.messages.zones import document_of

_SEAT = re.compile(r"0{0,2}([0-9]{1,3}[A-Z]{0,2})")
#: What a spreadsheet makes of a long number that it took for a quantity.
_ROUNDED = re.compile(r"\d[.,]?\d*E\+\d+", re.IGNORECASE)
#: What spreadsheets need to leave digits alone: a formula that is nothing but a text.
_TEXT_FORMULA = re.compile(r'="([^"]*)"')
#: A place by its code: an airport's of IATA or ICAO, or a port's or border post's of UN/LOCODE.
_PLACE = re.compile(r"[A-Z]{3,4}|[A-Z]{2}[A-Z2-9]{3}")
#: Longer than any number, name or place that is meant.
_LONGEST = 200
#: Columns that are read together, once the row is whole.
_ZONE = ("mrz", "mrz_2", "mrz_3")
_NAMES = ("surname", "given_names", "full_name")
#: What takes nearly any text, of which none may be sensitive. Names of people and towns are looked at by no word list.
_PLAIN = frozenset(
    [
        *("document_number", "visa_number", "reference", "record_locator", "address"),
        *("embarkation_place", "disembarkation_place"),
    ]
)


class RowReader:
    """Reads one row after the other; `spanish_letters` is that the table writes H and M for *hombre* and *mujer*.

    Ranks by air become the functions that PAXLST has codes for; of other crews the rank tells only that they are crew.
    """

    def __init__(self, noted: Noted, day: date | None, *, spanish_letters: bool, by_air: bool) -> None:
        self._noted = noted
        self._day = day
        self._spanish = spanish_letters
        self._by_air = by_air
        #: How many travellers' documents a zone filled or confirmed.
        self.zones = 0
        self._begin()

    def _begin(self) -> None:
        self._person = Person(TravellerRole.PASSENGER)
        self._paper = Paper(None, "")
        self._cells: dict[str, Cell] = {}
        self._role: TravellerRole | None = None
        self._ranked = False
        self._origins: list[Origin] = []

    def hear(self, key: str, cell: Cell, order: DateOrder | None) -> None:
        """Take one cell of the row."""
        text = cell.text
        if text[0] in "=@":
            self._noted.note("CELL_FORMULA", key, cell.start)
            found = _TEXT_FORMULA.fullmatch(text)
            if found:
                cell = Cell(found[1].strip(), cell.start, cell.end)
        if not cell.text:
            return
        self._cells[key] = cell
        if len(cell.text) > _LONGEST or (key in _PLAIN and self._noted.tells(cell.text)):
            self._unread(key, cell)
        elif key not in _ZONE and key not in _NAMES:
            code = self._readers[key](self, cell, order)
            if code:
                self._unread(key, cell, code)

    def traveller(self) -> Traveller | None:
        """The traveller of the row; None where it names nobody. The next cell is the next row's."""
        person, cells = self._person, self._cells
        if not cells:
            return None
        self._names()
        self._fill_from_zone()
        if self._role:
            person.role = self._role
        elif self._ranked:
            person.role = TravellerRole.CREW
        elif person.in_transit:
            person.role = TravellerRole.TRANSIT
        if person.surname is None:
            self._noted.note("NAME_MISSING", "surname", next(iter(cells.values())).start)
        fields = person.__dict__
        documents = [
            Document(paper.number, paper.type, paper.issuer, paper.expiry)
            for paper in (self._paper, *person.papers)
            if paper.number
        ]
        if documents:
            fields["documents"] = tuple(documents)
        if person.pieces is not None:
            fields["bags"] = Bags(person.pieces)
        if person.contacts:
            fields["contacts"] = tuple(person.contacts)
        places = [(_FIELDS.get(key, key), cell) for key, cell in cells.items()]
        if person.crew_role:
            places.append(("crew_role", cells["rank"]))
        fields["origins"] = tuple(Origin(field, cell.start, cell.end) for field, cell in places)
        self._begin()
        return Traveller(**fields)

    def _unread(self, key: str, cell: Cell, code: str = "VALUE_UNKNOWN") -> None:
        self._noted.note(code, key, cell.start)
        self._noted.check(cell, cell.text)

    def _names(self) -> None:
        cells, person = self._cells, self._person
        surname, given = (cells[key].text if key in cells else "" for key in ("surname", "given_names"))
        if not surname and not given and "full_name" in cells:
            surname, _, given = cells["full_name"].text.partition(",")
        person.surname, person.given_names, title, clerical = read_name(
            surname[:_LONGEST], given[:_LONGEST], table=self._noted.table
        )
        if title:
            person.title = title
        if clerical:
            told = next(cells[key] for key in _NAMES if key in cells and clerical in cells[key].text.upper())
            self._noted.withhold_word(told, clerical)

    def _fill_from_zone(self) -> None:
        """What is typed counts; the zone gives what is not, and what both say and say differently is a finding."""
        zone = self._zone()
        if zone is None:
            return
        person = self._person
        if person.surname is None:
            person.surname, person.given_names = zone.surname, zone.given_names
        for field in ("birth_date", "nationality", "sex"):
            typed, scanned = getattr(person, field), getattr(zone, field)
            if typed is None:
                setattr(person, field, scanned)
            elif scanned is not None and typed != scanned:
                self._disagrees(field)
        self._document_of(zone)
        self.zones += bool(zone.number)

    def _zone(self) -> Mrz | None:
        cells = [self._cells[key] for key in _ZONE if key in self._cells]
        if not cells:
            return None
        try:
            zone = read_mrz("".join(cell.text for cell in cells), self._day)
        except NotAZoneError as problem:
            self._noted.note(problem.code, "mrz", cells[0].start)
            for cell in cells:
                self._noted.check(cell, cell.text)
            return None
        for odd in zone.odd:
            self._noted.note(odd.code, odd.field, cells[0].start)
        return zone

    def _document_of(self, zone: Mrz) -> None:
        paper = self._paper
        for document in document_of(zone):
            if not paper.number:
                paper.number = document.number
            elif document_key(paper.number) != document.key:
                self._disagrees("document_number")
                other = Paper(document.type, document.number)
                other.issuer, other.expiry = document.issuer, document.expiry
                self._person.papers.append(other)
                return
            paper.type = paper.type or document.type
            for field, key in (("issuer", "document_issuer"), ("expiry", "document_expiry")):
                typed, scanned = getattr(paper, field), getattr(document, field)
                if typed is None:
                    setattr(paper, field, scanned)
                elif scanned is not None and typed != scanned:
                    self._disagrees(key)

    def _disagrees(self, key: str) -> None:
        self._noted.note("MRZ_DISAGREES", key, self._cells[key].start)

    # Each gives the code of a finding where it cannot read its cell.

    def _read_role(self, cell: Cell, _order: DateOrder | None) -> str | None:
        self._role = role_of(cell.text) or self._role
        return None if role_of(cell.text) else "VALUE_UNKNOWN"

    def _read_rank(self, cell: Cell, _order: DateOrder | None) -> str | None:
        self._ranked = True
        duty = duty_of(cell.text) if self._by_air else None
        if duty:
            self._person.crew_role = duty
        elif self._by_air:
            return "CREW_ROLE_UNKNOWN"
        else:
            self._noted.check(cell, cell.text)
        return None

    def _read_transit(self, cell: Cell, _order: DateOrder | None) -> str | None:
        said = answer_of(cell.text)
        if said:
            self._person.in_transit = True
        return "VALUE_UNKNOWN" if said is None else None

    def _read_sex(self, cell: Cell, _order: DateOrder | None) -> str | None:
        self._person.sex = sex_of(cell.text, spanish_letters=self._spanish)
        return None if self._person.sex else "VALUE_UNKNOWN"

    def _read_birth_date(self, cell: Cell, order: DateOrder | None) -> str | None:
        try:
            born, doubtful = read_birth(cell.text, order, self._day)
        except ValueError:
            return "DATE_UNREADABLE"
        self._person.birth_date = born
        if born is None:
            return "BIRTH_CENTURY_UNKNOWN"
        return "DATE_AMBIGUOUS" if doubtful else None

    def _read_birth_place(self, cell: Cell, _order: DateOrder | None) -> None:
        self._person.birth_place = cell.text.upper()

    def _read_nationality(self, cell: Cell, _order: DateOrder | None) -> str | None:
        self._person.nationality = _country(cell)
        return None if country_of(cell.text) else "COUNTRY_UNKNOWN"

    def _read_residence(self, cell: Cell, _order: DateOrder | None) -> str | None:
        self._person.residence = _country(cell)
        return None if country_of(cell.text) else "COUNTRY_UNKNOWN"

    def _read_document_type(self, cell: Cell, _order: DateOrder | None) -> str | None:
        self._paper.type = document_kind(cell.text)
        return None if self._paper.type else "VALUE_UNKNOWN"

    def _read_document_number(self, cell: Cell, _order: DateOrder | None) -> str | None:
        if _ROUNDED.fullmatch(cell.text):
            return "NUMBER_ROUNDED"
        number = re.sub(r"\s+", "", cell.text.upper())
        if len(number) > 35:
            return "VALUE_UNKNOWN"
        self._paper.number = number
        return None

    def _read_document_issuer(self, cell: Cell, _order: DateOrder | None) -> str | None:
        self._paper.issuer = _country(cell)
        return None if country_of(cell.text) else "COUNTRY_UNKNOWN"

    def _read_document_expiry(self, cell: Cell, order: DateOrder | None) -> str | None:
        try:
            self._paper.expiry, doubtful = read_near(cell.text, order, self._day)
        except ValueError:
            return "DATE_UNREADABLE"
        return "DATE_AMBIGUOUS" if doubtful else None

    def _read_visa(self, cell: Cell, _order: DateOrder | None) -> str | None:
        if _ROUNDED.fullmatch(cell.text):
            return "NUMBER_ROUNDED"
        if len(cell.text) > 35:
            return "VALUE_UNKNOWN"
        self._person.papers.append(Paper("V", re.sub(r"\s+", "", cell.text.upper())))
        return None

    def _read_reference(self, cell: Cell, _order: DateOrder | None) -> str | None:
        if len(cell.text) > 35:
            return "VALUE_UNKNOWN"
        self._person.reference = cell.text
        return None

    def _read_locator(self, cell: Cell, _order: DateOrder | None) -> str | None:
        text = cell.text.upper()
        if not (text.isascii() and text.isalnum() and len(text) <= 16):
            return "VALUE_UNKNOWN"
        self._person.record_locator = text
        return None

    def _read_seat(self, cell: Cell, _order: DateOrder | None) -> str | None:
        found = _SEAT.fullmatch(cell.text.upper())
        if found:
            self._person.seat = found[1]
        return None if found else "VALUE_UNKNOWN"

    def _read_bags(self, cell: Cell, _order: DateOrder | None) -> str | None:
        try:
            self._person.pieces = whole(cell.text)
        except ValueError:
            return "NUMBER_UNREADABLE"
        return None

    def _read_embarkation(self, cell: Cell, _order: DateOrder | None) -> str | None:
        self._person.journey_start = _place(cell)
        return None if self._person.journey_start else "VALUE_UNKNOWN"

    def _read_disembarkation(self, cell: Cell, _order: DateOrder | None) -> str | None:
        self._person.journey_end = _place(cell)
        return None if self._person.journey_end else "VALUE_UNKNOWN"

    def _read_phone(self, cell: Cell, _order: DateOrder | None) -> str | None:
        number = phone(cell.text)
        if number:
            self._person.contacts.append(Contact(ContactKind.PHONE, number))
        return None if number else "VALUE_UNKNOWN"

    def _read_email(self, cell: Cell, _order: DateOrder | None) -> str | None:
        if not re.fullmatch(r"[^\s@]+@[^\s@]+\.[^\s@]+", cell.text):
            return "VALUE_UNKNOWN"
        self._person.contacts.append(Contact(ContactKind.EMAIL, cell.text.upper()))
        return None

    def _read_address(self, cell: Cell, _order: DateOrder | None) -> None:
        self._person.contacts.append(Contact(ContactKind.ADDRESS, cell.text.upper()))

    #: column → what reads its cells.
    _readers: ClassVar[dict[str, Callable[[RowReader, Cell, DateOrder | None], str | None]]] = {
        "role": _read_role,
        "rank": _read_rank,
        "transit": _read_transit,
        "sex": _read_sex,
        "birth_date": _read_birth_date,
        "birth_place": _read_birth_place,
        "nationality": _read_nationality,
        "residence": _read_residence,
        "document_type": _read_document_type,
        "document_number": _read_document_number,
        "document_issuer": _read_document_issuer,
        "document_expiry": _read_document_expiry,
        "visa_number": _read_visa,
        "reference": _read_reference,
        "record_locator": _read_locator,
        "seat": _read_seat,
        "bags": _read_bags,
        "embarkation_place": _read_embarkation,
        "disembarkation_place": _read_disembarkation,
        "phone": _read_phone,
        "email": _read_email,
        "address": _read_address,
    }


def _country(cell: Cell) -> str | None:
    """A country. One that nobody knows is kept where it could be a code."""
    code = cell.text.upper()
    return country_of(code) or (code if len(code) == 3 and code.isascii() and code.isalpha() else None)


def _place(cell: Cell) -> str | None:
    """A place by its code. A name is none, since it may be spelled in any way."""
    code = cell.text.upper().replace(" ", "")
    return code if _PLACE.fullmatch(code) else None


#: column → the traveller's field that it fills, where the two have different names.
_FIELDS = {
    **dict.fromkeys(("document_type", "document_number", "document_issuer", "document_expiry"), "documents"),
    **dict.fromkeys(("visa_number", *_ZONE), "documents"),
    **dict.fromkeys(("phone", "email", "address"), "contacts"),
    **dict.fromkeys(("rank", "transit"), "role"),
    "embarkation_place": "journey_start",
    "disembarkation_place": "journey_end",
    "full_name": "surname",
}
