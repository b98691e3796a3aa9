"""SSR: special service requests, wherever a booking has them, and whom they are about.

Kept are those that identify (DOCS, DOCO, DOCA, INFT, CHLD), seat, reach (CTCE, CTCM) and ticket (TKNE). Sensitive codes
are dropped and counted at once (`sensitive`), in history too. Who a request is about is settled when the booking is
whole: infants by their own sex codes (MI, FI), then by name, by the reference in the request, by the group it stood in.
What could be of several is nobody's, with a finding. Some put the text of a record into an element of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, TypeVar

from torogoz.domain.journey import FlightLeg
from torogoz.domain.name import fold
from torogoz.domain.traveller import Contact, ContactKind, FrequentFlyer, TravellerRole
from torogoz.messages.codes import SEXES
from torogoz.messages.contacts import contact_in
from torogoz.messages.countries import country
from torogoz.messages.flights import airport
from torogoz.messages.formats import as_coded
from torogoz.messages.moments import birth_date, near_date
from torogoz.messages.names import read_name
from torogoz.messages.person import Paper, Person
from torogoz.messages.pnrgov.docs import Docs, read_docs, read_other
from torogoz.messages.pnrgov.party import Party, Slip
from torogoz.messages.reading import Reading
from torogoz.messages.sensitive import contains_sensitive, is_sensitive_code
from torogoz.messages.values import seat

_TICKET = re.compile(r"\d{13}")
_INFANT = re.compile(r"([A-Z' -]+)/([A-Z' -]+?)[ /]+(\d{2}[A-Z]{3}\d{2,4})?\b")
_BIRTH = re.compile(r"\b\d{2}[A-Z]{3}\d{2,4}\b")
_Found = TypeVar("_Found")
#: Requests whose text is a record of its own: words in it are names, not remarks.
RECORDS = frozenset(
    code
    for group in ("DOCS DOCO DOCA INFT CHLD", "SEAT NSSA NSST NSSW RQST", "CTCE CTCM TKNE TKNA TKNM FQTV FQTS CKIN")
    for code in group.split()
)
_SEATS = frozenset(("SEAT", "NSSA", "NSST", "NSSW", "RQST"))
#: A minor who travels alone; the text is a remark.
_MINOR = "UMNR"
#: Requests that are about somebody and kept; of others nothing is.
KEPT = RECORDS | {_MINOR}
_CODE_LENGTH = 4
#: Seats in a text, each with N or S (no smoking, smoking) behind it: `.03BN03AN`.
_SEATS_IN_TEXT = re.compile(r"\.?(?:\d{1,3}[A-Z][NS]?)+\Z")
_SEAT_IN_TEXT = re.compile(r"(\d{1,3}[A-Z])[NS]?")
#: In a larger party (no airline takes one) requests go by reference only, since comparing all names takes its square.
_LARGEST_PARTY = 200


@dataclass(frozen=True, slots=True)
class _Request:
    """One request that is kept, and what tells whom it is about."""

    code: str
    text: str
    place: int
    person: Person | None
    references: tuple[str, ...]
    seats: tuple[tuple[str, str], ...]
    route: tuple[str | None, str | None]


class Requests:
    """The requests of one booking at a time."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._waiting: list[_Request] = []
        self._folded: dict[str | None, str] = {}

    @property
    def waiting(self) -> bool:
        """Whether a request waits for its booking to be whole."""
        return bool(self._waiting)

    def hear(self, elements: list[str], place: int, party: Party | None, person: Person | None) -> str | None:
        """Take one SSR and give its code, or None where it was withheld; without a party it waits for nobody."""
        reading = self._reading
        parts = reading.components(elements, 1)
        code = parts[0].strip().upper()
        text = ":".join(parts[8:]) or next((part for part in parts[4:] if "/" in part), "")
        if not text and code in RECORDS:
            behind = (reading.components(elements, number)[0] for number in range(2, len(elements)))
            text = next((part for part in behind if "/" in part), "")
        if is_sensitive_code(code, reading.table):
            reading.withhold(place, ssr=True)
            return None
        said = " ".join((text, *map(reading.service.reveal, elements[2:])))
        if code not in RECORDS and contains_sensitive(said, reading.table):
            reading.withhold(place, ssr=False)
            return None
        if party and code in KEPT:
            about = [[*reading.components(elements, number), "", ""] for number in range(2, len(elements))]
            self._waiting.append(
                _Request(
                    code,
                    text.strip().upper(),
                    place,
                    person,
                    tuple(each[2].strip() for each in about if each[2].strip()),
                    tuple((each[0], each[2].strip()) for each in about if each[0].strip()),
                    (airport(parts[6]), airport(parts[7])) if len(parts) > 7 else (None, None),
                )
            )
        return code if is_code(code) else None

    def settle(self, party: Party, pushed: FlightLeg | None) -> None:
        """Give each waiting request to the traveller whom it is about."""
        waiting, self._waiting = self._waiting, []
        for request in waiting:
            if request.code in _SEATS:
                self._seat(party, request, pushed)
            else:
                reader = self._readers.get(request.code)
                if reader:
                    reader(self, party, request)

    def _docs(self, party: Party, request: _Request) -> None:
        docs = read_docs(request.text)
        if not party.people and docs.surname:
            self._new_traveller(party, docs.surname, docs.given, infant=docs.infant)
            self._reading.note("NAME_MISSING", request.place)
        person = self._holder(party, request, docs.surname, docs.given, infant=docs.infant)
        if person is None:
            return
        if docs.number:
            self._paper(person, docs, request.place)
        if docs.birth:
            self._birth(person, docs.birth, request)
        if docs.sex and person.sex is None:
            person.sex = SEXES.get(docs.sex[0])
            self._mark(person, "sex", request)
        if docs.nationality and person.nationality is None:
            person.nationality = self._country(docs.nationality, request)
            self._mark(person, "nationality", request)

    def _paper(self, person: Person, docs: Docs, place: int) -> None:
        paper = self._once(person, docs.number, Paper(docs.type or None, docs.number), place)
        paper.issuer = paper.issuer or (self._country_at(docs.issuer, place) if docs.issuer else None)
        paper.expiry = paper.expiry or self._near(docs.expiry, place)

    def _other(self, party: Party, request: _Request) -> None:
        """A birth place, a visa and a redress number, kept as PAXLST's; a visa named for each flight is one."""
        other = read_other(request.text)
        person = self._holder(party, request) if other.birth_place or other.number or other.redress else None
        if person is None:
            return
        if other.birth_place and person.birth_place is None:
            person.birth_place, person.birth_country = other.birth_place, country(other.birth_place)
            self._mark(person, "birth_place", request)
        if other.redress and person.government_reference is None:
            person.government_reference = other.redress
            self._mark(person, "government_reference", request)
        if other.number:
            visa = self._once(person, f"V/{other.number}", Paper("V", other.number), request.place)
            visa.issuer = visa.issuer or (self._country(other.nation, request) if other.nation else None)
            visa.issue_place = visa.issue_place or other.issue_place or None
            visa.issued = visa.issued or self._near(other.issued, request.place)

    def _once(self, person: Person, key: str, paper: Paper, place: int) -> Paper:
        """The document that a key names: that of an earlier request, or the one given."""
        known = person.by_number.setdefault(key, paper)
        if known is paper:
            person.papers.append(paper)
            person.marks.append(("documents", place))
        return known

    def _near(self, text: str, place: int) -> date | None:
        """A date of a document; None where none was sent, or none can be read."""
        return self._date(near_date, text, place) if text else None

    def _date(self, read: Callable[[str, date | None], _Found], text: str, place: int) -> _Found | None:
        """A date; None, with a finding, where it cannot be read."""
        try:
            found, usual = as_coded(lambda sent: read(sent, self._reading.day), text, "")
        except ValueError:
            self._reading.note("DATE_UNREADABLE", place)
            return None
        if not usual:
            self._reading.note("DATE_FORMAT_MISMATCH", place)
        return found

    def _address(self, party: Party, request: _Request) -> None:
        kind, nation, *lines = [*(part.strip() for part in request.text.lstrip("/").split("/")), ""]
        address = ", ".join(filter(None, (*lines, nation)))
        person = self._holder(party, request) if address else None
        if person is None:
            return
        person.contacts.append(Contact(ContactKind.ADDRESS, address))
        self._mark(person, "contacts", request)
        if kind == "R" and country(nation):
            person.residence = country(nation)
            self._mark(person, "residence", request)

    def _infant(self, party: Party, request: _Request) -> None:
        named = _INFANT.match(request.text)
        if named is None:
            return
        person = self._holder(party, request, named[1], named[2], infant=True)
        if person and named[3]:
            self._birth(person, named[3], request)

    def _child(self, party: Party, request: _Request) -> None:
        born = _BIRTH.search(request.text)
        person = self._holder(party, request) if born else None
        if person and born:
            self._birth(person, born[0], request)

    def _birth(self, person: Person, text: str, request: _Request) -> None:
        if person.birth_date is None:
            person.birth_date = self._date(birth_date, text, request.place)
            if person.birth_date:
                self._mark(person, "birth_date", request)

    def _contact(self, party: Party, request: _Request) -> None:
        found = contact_in(request.text, email=request.code == "CTCE")
        if found:
            holder = self._whom(party, request) or party
            holder.contacts += found
            holder.marks.append(("contacts", request.place))

    def _ticket(self, party: Party, request: _Request) -> None:
        number = _TICKET.search(request.text)
        if number and number[0] not in party.tickets:
            named = (party.references[each] for each in request.references if each in party.references)
            party.tickets[number[0]] = Slip(request.person or next(named, None))

    def _alone(self, party: Party, request: _Request) -> None:
        person = self._holder(party, request)
        if person:
            person.unaccompanied = True
            self._mark(person, "unaccompanied", request)

    def _flyer(self, party: Party, request: _Request) -> None:
        account = re.search(r"\b([A-Z0-9]{2}) ?([0-9]{6,})", request.text)
        person = self._holder(party, request) if account else None
        if account and person:
            flyer = FrequentFlyer(account[1], account[2])
            if flyer not in person.accounts:
                person.accounts[flyer] = None
                self._mark(person, "frequent_flyer", request)

    def _seat(self, party: Party, request: _Request, pushed: FlightLeg | None) -> None:
        """A seat counts on the flight that is pushed; what check-in gave counts more."""
        if pushed is None or request.route != (pushed.departure_airport, pushed.arrival_airport):
            return
        for place, (text, reference) in enumerate(request.seats or _seats_in(request.text)):
            number = seat(text)
            person = party.references.get(reference)
            if not request.seats and place < len(party.people):
                person = party.people[place]
            if person is None and len(party.people) == 1:
                person = party.people[0]
            if number and person and person.seat is None:
                person.seat = number
                self._mark(person, "seat", request)

    def _holder(
        self, party: Party, request: _Request, surname: str = "", given: str = "", *, infant: bool = False
    ) -> Person | None:
        """The traveller of a request, which is lost where there is none."""
        person = self._whom(party, request, surname, given, infant=infant)
        if person is None:
            self._reading.note("REQUEST_OF_NOBODY", request.place)
        return person

    def _whom(
        self, party: Party, request: _Request, surname: str = "", given: str = "", *, infant: bool = False
    ) -> Person | None:
        """The traveller of a request: one clue after the other narrows the party down; None where several remain."""
        if len(party.people) > _LARGEST_PARTY:
            return next((party.references[each] for each in request.references if each in party.references), None)
        people = [person for person in party.people if person.infant == infant]
        if infant and surname and (not people or (len(people) == 1 and not self._alike(people[0], surname, given))):
            return self._new_traveller(party, surname, given, infant=True)
        if len(people) > 1:
            same_surname = [person for person in people if self._letters(person.surname) == self._letters(surname)]
            for narrower in (
                [person for person in same_surname if self._same_given(person.given_names, given)],
                same_surname,
                [party.references[each] for each in request.references if each in party.references],
                [request.person],
            ):
                people = [person for person in people if person in narrower] or people
        return people[0] if len(people) == 1 else None

    def _new_traveller(self, party: Party, surname: str, given: str, *, infant: bool) -> Person:
        """Somebody who has no TIF of their own travels all the same."""
        person = Person(TravellerRole.PASSENGER)
        name = read_name(surname, given, glued=True, table=self._reading.table)
        person.surname, person.given_names, person.title, _ = name
        person.infant = infant
        party.add(person)
        return person

    def _alike(self, person: Person, surname: str, given: str) -> bool:
        """Whether any of the names is the same; an infant who shares none with the only one known is another."""
        return self._letters(person.surname) == self._letters(surname) or self._same_given(person.given_names, given)

    def _same_given(self, one: str | None, other: str) -> bool:
        """Whether one given name begins with the other; either may be cut off or leave out a middle name."""
        mine, theirs = self._letters(one), self._letters(other)
        return mine.startswith(theirs) or theirs.startswith(mine)

    def _letters(self, name: str | None) -> str:
        """A name for comparing. Blanks do not count, because wrapping put some into names."""
        if name not in self._folded:
            self._folded[name] = fold(name or "").replace(" ", "")
        return self._folded[name]

    def _country(self, code: str, request: _Request) -> str | None:
        return self._country_at(code, request.place)

    def _country_at(self, code: str, place: int) -> str | None:
        found = country(code)
        if found is None:
            self._reading.note("COUNTRY_UNKNOWN", place)
        return found

    def _mark(self, person: Person, name: str, request: _Request) -> None:
        person.marks.append((name, request.place))

    #: code → what reads it, once the booking is whole.
    _readers: ClassVar[dict[str, Callable[[Requests, Party, _Request], None]]] = {
        "DOCS": _docs,
        "DOCO": _other,
        "DOCA": _address,
        "INFT": _infant,
        "CHLD": _child,
        "CTCE": _contact,
        "CTCM": _contact,
        "TKNE": _ticket,
        "FQTV": _flyer,
        _MINOR: _alone,
    }


def is_code(text: str) -> bool:
    """Whether a text is the code of a request, and not something else in its place."""
    return text.isalnum() and len(text) == _CODE_LENGTH


def _seats_in(text: str) -> tuple[tuple[str, str], ...]:
    """The seats in a text, in the order of the travellers."""
    if not _SEATS_IN_TEXT.match(text):
        return ()
    return tuple((each, "") for each in _SEAT_IN_TEXT.findall(text))
