"""What the fields look at: one traveller, seen only through the allowed data classes, among the others on the flight.

Refuses to look further: a view of another class is not here to be read, and who is known only through such a view does
not exist. Who is not travelling is in nobody's party. Values that API and PNR both give are taken from API, which was
read from the document; a value that is absent is None and stays so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from torogoz.domain.booking import Booking
from torogoz.domain.dates import PartialDate, age_on
from torogoz.domain.document import Document
from torogoz.domain.name import words
from torogoz.domain.picture import FlightPicture, History, PicturedFlight, View
from torogoz.domain.purpose import DataClass
from torogoz.domain.traveller import Contact, ContactKind, Traveller

T = TypeVar("T")

#: A telephone is compared by its last digits, since country and trunk prefixes come and go.
PHONE_DIGITS = 8
#: Fewer digits of a card than this are a masked card, and two masked cards that look alike prove nothing.
CARD_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Person:
    """A traveller by themselves: the allowed views, and what they say together."""

    id: int
    views: tuple[View, ...]
    booking: Booking | None
    locator: str | None
    birth_date: PartialDate | None
    age: int | None
    surname: frozenset[str]
    documents: tuple[Document, ...]
    shared: frozenset[tuple[str, str]]

    def first(self, read: Callable[[Traveller], T | None]) -> T | None:
        """The first known value, API before PNR."""
        return next((value for view in self.views if (value := read(view.traveller)) is not None), None)

    def said_by(self, data_class: DataClass) -> Traveller | None:
        """What the first view of one class says."""
        return next((view.traveller for view in self.views if view.data_class is data_class), None)


@dataclass(frozen=True, slots=True)
class Subject:
    """A person on a flight among the others: `party` are those of the same locator, the person included."""

    flight: PicturedFlight
    person: Person
    party: tuple[Person, ...]
    holders: Mapping[tuple[str, str], frozenset[str]]
    history: History

    def other_bookings(self, kind: str) -> int | None:
        """How many other bookings on the flight share one of these identifiers; None where none can be compared."""
        own = [key for key in self.person.shared if key[0] == kind]
        if not own or self.person.locator is None:
            return None
        return len(frozenset[str]().union(*(self.holders[key] for key in own)) - {self.person.locator})


def subjects(
    picture: FlightPicture, classes: frozenset[DataClass], history: Mapping[int, History]
) -> Iterator[Subject]:
    """Everybody who travels and whom an allowed class of data knows, in the picture's order."""
    people = []
    for traveller in picture.travellers:
        views = traveller.seen_as(classes)
        if traveller.travelling and views:
            people.append(_person(traveller.id, views, picture.flight))
    parties: dict[str, list[Person]] = defaultdict(list)
    holders: dict[tuple[str, str], set[str]] = defaultdict(set)
    for person in people:
        if person.locator is not None:
            parties[person.locator].append(person)
            for key in person.shared:
                holders[key].add(person.locator)
    frozen = {key: frozenset(locators) for key, locators in holders.items()}
    members = {locator: tuple(party) for locator, party in parties.items()}
    unknown = History()
    for person in people:
        party = () if person.locator is None else members[person.locator]
        yield Subject(picture.flight, person, party, frozen, history.get(person.id, unknown))


def _person(number: int, views: tuple[View, ...], flight: PicturedFlight) -> Person:
    """Put the allowed views of one traveller together."""
    views = tuple(sorted(views, key=lambda view: view.data_class is not DataClass.API))
    booking = next((view.booking for view in views if view.booking is not None), None)
    travellers = [view.traveller for view in views]
    locator = next((traveller.record_locator for traveller in travellers if traveller.record_locator), None)
    if booking is not None and booking.record_locator:
        locator = booking.record_locator
    birth_date = next((traveller.birth_date for traveller in travellers if traveller.birth_date is not None), None)
    documents = {document.key: document for traveller in reversed(travellers) for document in traveller.documents}
    return Person(
        id=number,
        views=views,
        booking=booking,
        locator=locator,
        birth_date=birth_date,
        age=age_on(birth_date, flight.key.departure_date),
        surname=frozenset(next((found for traveller in travellers if (found := words(traveller.surname))), ())),
        documents=tuple(documents.values()),
        shared=frozenset(_identifiers(travellers, booking)),
    )


def _identifiers(travellers: list[Traveller], booking: Booking | None) -> Iterator[tuple[str, str]]:
    """What two bookings can have in common, as kind and comparable form."""
    contacts: list[Contact] = [contact for traveller in travellers for contact in traveller.contacts]
    if booking is not None:
        contacts += booking.contacts
        for payment in booking.payments:
            digits = _digits(payment.card or "")
            if len(digits) >= CARD_DIGITS:
                yield "card", digits
        if booking.agency is not None and booking.agency.code:
            yield "agency", booking.agency.code.strip().upper()
    for contact in contacts:
        digits = _digits(contact.value)
        if contact.kind is ContactKind.PHONE and len(digits) >= PHONE_DIGITS:
            yield "phone", digits[-PHONE_DIGITS:]
        elif contact.kind is ContactKind.EMAIL and "@" in contact.value:
            yield "email", contact.value.strip().lower()


def _digits(text: str) -> str:
    """The digits of a text, which are what telephone and card numbers are compared by."""
    return "".join(sign for sign in text if sign.isdecimal() and sign.isascii())
