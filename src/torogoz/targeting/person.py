"""A traveller by themselves, as the allowed classes of data know them: views put together into one person.

Values that API and PNR both give are taken from API, which was read from the document; a value that is absent is None
and stays so.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from torogoz.domain.booking import Booking
from torogoz.domain.dates import PartialDate, age_on
from torogoz.domain.document import Document
from torogoz.domain.name import words
from torogoz.domain.picture import ADULT_AGE, PicturedFlight, View
from torogoz.domain.purpose import DataClass
from torogoz.domain.traveller import Contact, ContactKind, Traveller

T = TypeVar("T")

#: A telephone is compared by its last digits, since country and trunk prefixes come and go.
PHONE_DIGITS = 8
#: A card is compared by its first six and last four digits, which are what carriers leave of it. Of a hundred cards of
#: ten banks on one flight, two agree by chance on one flight in twenty, three on one in sixty thousand. By the last
#: four alone, two would on every other flight, so a card that shows less is not compared.
_CARD = re.compile(r"([0-9]{6}).{2,}([0-9]{4})", re.ASCII)
_BLANKS = re.compile(r"[\s-]+")
#: Nobody gives more contacts or payments than this; what comes after them is not compared.
MAX_COMPARED = 20


@dataclass(frozen=True, slots=True)
class Person:
    """What the allowed views say together.

    `surname` and `name` are the words of all that were given, surname and whole name. `identifiers` are comparable
    forms by kind: phone, email, card, agency.
    """

    id: int
    views: tuple[View, ...]
    booking: Booking | None
    locator: str | None
    birth_date: PartialDate | None
    age: int | None
    surname: frozenset[str]
    name: frozenset[str]
    documents: tuple[Document, ...]
    identifiers: Mapping[str, tuple[str, ...]]

    @property
    def is_minor(self) -> bool:
        """Whether they are known to be under age."""
        return self.age is not None and self.age < ADULT_AGE

    @property
    def is_adult(self) -> bool:
        """Whether they are known to be of age. Who is neither is of unknown age."""
        return self.age is not None and self.age >= ADULT_AGE

    def first(self, read: Callable[[Traveller], T | None]) -> T | None:
        """The first known value, API before PNR."""
        return next((value for view in self.views if (value := read(view.traveller)) is not None), None)

    def said_by(self, data_class: DataClass) -> Traveller | None:
        """What the first view of one class says."""
        return next((view.traveller for view in self.views if view.data_class is data_class), None)


def person_of(number: int, views: tuple[View, ...], flight: PicturedFlight) -> Person:
    """Put the allowed views of one traveller together."""
    views = tuple(sorted(views, key=lambda view: view.data_class is not DataClass.API))
    booking = next((view.booking for view in views if view.booking is not None), None)
    travellers = [view.traveller for view in views]
    locator = next((traveller.record_locator for traveller in travellers if traveller.record_locator), None)
    if booking is not None and booking.record_locator:
        locator = booking.record_locator
    birth_date = next((traveller.birth_date for traveller in travellers if traveller.birth_date is not None), None)
    documents = {document.key: document for traveller in reversed(travellers) for document in traveller.documents}
    identifiers: dict[str, dict[str, None]] = defaultdict(dict)
    for kind, value in _identifiers(travellers, booking):
        identifiers[kind][value] = None
    return Person(
        id=number,
        views=views,
        booking=booking,
        locator=locator,
        birth_date=birth_date,
        age=age_on(birth_date, flight.key.departure_date),
        surname=frozenset(words(*(traveller.surname for traveller in travellers))),
        name=frozenset(
            words(*(part for traveller in travellers for part in (traveller.surname, traveller.given_names)))
        ),
        documents=tuple(documents.values()),
        identifiers={kind: tuple(values) for kind, values in identifiers.items()},
    )


def _identifiers(travellers: list[Traveller], booking: Booking | None) -> Iterator[tuple[str, str]]:
    """What two bookings can have in common, as kind and comparable form."""
    contacts: list[Contact] = [contact for traveller in travellers for contact in traveller.contacts]
    if booking is not None:
        contacts += booking.contacts
        for payment in booking.payments[:MAX_COMPARED]:
            card = _CARD.fullmatch(_BLANKS.sub("", payment.card or ""))
            if card:
                yield "card", "".join(card.groups())
        if booking.agency is not None and booking.agency.code:
            yield "agency", booking.agency.code.strip().upper()
    for contact in contacts[:MAX_COMPARED]:
        digits = _digits(contact.value)
        if contact.kind is ContactKind.PHONE and len(digits) >= PHONE_DIGITS:
            yield "phone", digits[-PHONE_DIGITS:]
        elif contact.kind is ContactKind.EMAIL and "@" in contact.value:
            yield "email", contact.value.strip().lower()


def _digits(text: str) -> str:
    """The digits of a text, which are what telephone numbers are compared by."""
    return "".join(sign for sign in text if sign.isdecimal() and sign.isascii())
