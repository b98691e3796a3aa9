"""A person of a PAXLST: what each of their segments, and of those of their documents, says.

A reader gives what its segment says, or None where it did all there is to do: the same words of another traveller then
say the same (`paxlst`). What is odd is noted, and given to nobody else.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

from torogoz.domain.traveller import Contact, FrequentFlyer
from torogoz.messages.codes import CONTACTS, CREW_ROLES, SEXES, VERIFIED
from torogoz.messages.countries import country
from torogoz.messages.flights import airport
from torogoz.messages.moments import birth_date, near_date
from torogoz.messages.person import Paper, Person
from torogoz.messages.reading import Reading
from torogoz.messages.sensitive import contains_sensitive
from torogoz.messages.values import MOST_TAGS, consecutive_tags, seat, weight_kg, whole

#: NAT 3493: the nationality at birth, which is not kept.
_AT_BIRTH = "1"
#: Code list 163: a part of a country (the state of a driving licence), which is no issuer of ours.
_SUBDIVISION = "163"
#: LOC 3227 of a person → the field that it fills.
_JOURNEY = {"178": "journey_start", "179": "journey_end", "22": "clearance_airport"}
#: DTM 2005 of a document → the attribute that it fills.
_OF_PAPERS = {"36": "expiry", "182": "issued"}
#: GEI 9649: what is processed are the data of travellers; EMP 9003: their function on board.
_PROCESSED, _ON_BOARD = "4", "1"
#: RFF 1153 of a person → the field, and how its value is read.
REFERENCES: dict[str, tuple[str, Callable[[str], str | None]]] = {
    "AVF": ("record_locator", str.upper),
    "ABO": ("reference", str),
    "SEA": ("seat", seat),
    "AEA": ("government_reference", str),
    "YZY": ("ticket", str),
}

#: What a segment says: an attribute of the person in hand (True: of their paper), its value, and the field it fills.
Said = tuple[str, Any, str, bool]
#: A segment that says nothing that is kept.
NOTHING: Said = ("", None, "", False)
#: Reads a value with its format code.
Coded = Callable[[Callable[[str], Any]], tuple[Any, bool]]


class PersonReader:
    """The person in hand, and their document in hand, while their segments are read."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._divide = reading.divide
        self._person: Person | None = None
        self._paper: Paper | None = None
        self._marks: list[tuple[str, int]] = []
        self._day = reading.day

    def _att(self, elements: list[str], place: int) -> Said | None:
        if elements[1] != "2":
            return NOTHING
        sex = SEXES.get(elements[3].strip()[:1].upper())
        if sex is None:
            self._reading.note("SEX_UNKNOWN", place)
            return None
        return "sex", sex, "sex", False

    def _nat(self, elements: list[str], place: int) -> None:
        """The first nationality is the main one; those of a second passport stand behind it."""
        person = self._person
        if elements[1] == _AT_BIRTH or person is None:
            return
        said = self._country("nationality", self._divide(elements[2])[0], place, keep=person.nationality is None)
        if said and person.nationality is None:
            person.nationality = said[1]
            self._marks.append(("nationality", place))
        elif said and said[1] not in (person.nationality, *person.other_nationalities):
            person.other_nationalities += (said[1],)
            self._marks.append(("nationality", place))

    def _emp(self, elements: list[str], place: int) -> Said | None:
        if elements[1].strip() != _ON_BOARD:
            return NOTHING
        role = CREW_ROLES.get(self._reading.components(elements, 2)[0].strip().upper())
        if role is None:
            self._reading.note("CREW_ROLE_UNKNOWN", place)
            return None
        return "crew_role", role, "crew_role", False

    def _gei(self, elements: list[str], place: int) -> None:
        """Whether the carrier verified what it sends of a document, or of the person. Older directories call it GIS."""
        codes = elements[2] if elements[1].strip() == _PROCESSED else elements[1]
        verified = VERIFIED.get(self._divide(codes)[0].strip())
        target = self._paper or self._person
        if target and verified is not None:
            target.verified = verified
            self._marks.append(("documents" if self._paper else "verified", place))

    def _rff(self, elements: list[str], place: int) -> Said | None:
        kind, value, *_ = self._divide(elements[1])
        value = value.strip()
        reference = REFERENCES.get(kind)
        if reference:
            field, convert = reference
            read = convert(value)
            return (field, read, field, False) if read else NOTHING
        if self._person and kind == "CR" and value:
            carrier = "" if value[:2].isdecimal() else value[:2]
            self._person.accounts[FrequentFlyer(carrier, value.removeprefix(carrier))] = None
            self._marks.append(("frequent_flyer", place))
        return None

    def _doc(self, elements: list[str], place: int) -> None:
        person = self._person
        if person is None:
            self._reading.note("OUT_OF_GROUP", place)
            return
        number = self._divide(elements[2])[0].strip().upper() if len(elements) > 2 else ""
        self._paper = Paper(self._divide(elements[1])[0].strip().upper() or None, number)
        if number:
            person.papers.append(self._paper)
            person.marks.append(("documents", place))
        else:
            self._reading.note("DOCUMENT_NUMBER_MISSING", place)

    def _mea(self, elements: list[str], place: int) -> Said | None:
        parts = self._divide(elements[3])
        try:
            if elements[1] == "CT":
                return "pieces", whole(parts[-1]), "bags", False
            if elements[1] == "WT":
                return "weight", weight_kg(parts[-1], pounds=parts[0].startswith("LB")), "bags", False
        except ValueError:
            self._reading.note("NUMBER_UNREADABLE", place)
        return None

    def _ftx(self, elements: list[str], place: int) -> None:
        parts = self._divide(elements[4]) if len(elements) > 4 else [""]
        # What has no digit is no tag but a word, which may be a sensitive one.
        if self._person and elements[1] == "BAG" and any(map(str.isdigit, parts[0])):
            # Somebody with a hundred tags is a mistake or an attack: from then on a tag stands only for itself.
            pieces = parts[1] if len(parts) > 1 and len(self._person.tags) < MOST_TAGS else ""
            self._person.tags += consecutive_tags(parts[0].strip().upper(), pieces)
            self._marks.append(("bags", place))
        elif contains_sensitive(self._reading.service.reveal(" ".join(elements[1:])), self._reading.table):
            self._reading.withhold(place, ssr=False)

    def _com(self, elements: list[str], place: int) -> None:
        if self._person is None:
            return
        for element in self._reading.service.repeated(elements)[1:]:
            parts = self._divide(element)
            kind = CONTACTS.get(parts[1]) if len(parts) > 1 else None
            value = parts[0].strip()
            if kind and value:
                self._person.contacts.append(Contact(kind, value))
                self._marks.append(("contacts", place))

    def _person_loc(self, kind: str, parts: list[str], place: int) -> Said | None:
        """A place of the person in hand, or of their document."""
        match kind:
            case "91":
                return self._issuer(parts, place)
            case "174":
                return self._country("residence", parts[0], place)
            case "180":
                self._birth_place(parts, place)
                return None
        field = _JOURNEY.get(kind)
        found = airport(parts[0]) if field else None
        if field and found:
            return field, found, field, False
        if field and parts[0].strip():
            self._reading.note("AIRPORT_UNREADABLE", place)
            return None
        return NOTHING

    def _person_dtm(self, kind: str, read: Coded, place: int) -> Said | None:
        """A date of the person in hand, or of their document. ValueError where it cannot be read."""
        if kind == "329":
            born, coded = read(partial(birth_date, reference=self._day))
            if born is None:
                self._reading.note("BIRTH_CENTURY_UNKNOWN", place)
                return None
            said: Said = "birth_date", born, "birth_date", False
        elif kind in _OF_PAPERS:
            day, coded = read(partial(near_date, reference=self._day))
            said = _OF_PAPERS[kind], day, "documents", True
        else:
            return None
        if not coded:
            self._uncoded(said, place)
            return None
        return said

    def _uncoded(self, said: Said, place: int) -> None:
        """Keep a date whose form is not that of its code: it is odd each time."""
        self._reading.note("DATE_FORMAT_MISMATCH", place)
        attribute, value, field, of_paper = said
        target = self._paper if of_paper else self._person
        if target:
            setattr(target, attribute, value)
            self._marks.append((field, place))

    def _issuer(self, parts: list[str], place: int) -> Said | None:
        """Who issued the document in hand, and where, if that is told behind its state."""
        if self._paper is None:
            self._reading.note("OUT_OF_GROUP", place)
            return None
        if parts[1:2] == [_SUBDIVISION]:
            return NOTHING
        town = parts[3].strip().upper() if len(parts) > 3 else ""
        said = self._country("issuer", parts[0], place)
        if not town:
            return said
        if said:
            self._paper.issuer = said[1]
        self._paper.issue_place = town
        self._marks.append(("documents", place))
        return None

    def _birth_place(self, parts: list[str], place: int) -> None:
        """The town, and the state before it; where one alone is sent it is the place."""
        person, state = self._person, parts[0].strip().upper()
        town = parts[3].strip().upper() if len(parts) > 3 else ""
        if person and (town or state):
            person.birth_place, person.birth_country = town or state, country(state)
            self._marks.append(("birth_place", place))

    def _country(self, attribute: str, code: str, place: int, *, keep: bool = True) -> Said | None:
        """A country. One that nobody knows is kept where it could be one, and is odd each time."""
        of_paper = attribute == "issuer"
        field = "documents" if of_paper else attribute
        known = country(code)
        if known:
            return attribute, known, field, of_paper
        code = code.strip().upper()
        target = self._paper if of_paper else self._person
        if code and target:
            self._reading.note("COUNTRY_UNKNOWN", place)
            if keep and len(code) == 3 and code.isascii() and code.isalpha():
                setattr(target, attribute, code)
                self._marks.append((field, place))
        return None

    #: tag → what reads it.
    of_person: ClassVar[dict[str, Callable[[Any, list[str], int], Said | None]]] = {
        "ATT": _att,
        "NAT": _nat,
        "DOC": _doc,
        "MEA": _mea,
        "FTX": _ftx,
        "COM": _com,
        "EMP": _emp,
        "GEI": _gei,
        "GIS": _gei,
    }
