"""How complete and how plausible a message is: for each element, how many travellers have it and how many rightly so.

Counts only, of one message; whoever asks for a carrier's figures adds up what its messages had. The elements are those
that API may hold (LR-10; ICAO, WCO and IATA guide); what a booking does not have to hold is asked of it all the same
and read in that light (LR-05). *Valid* is what can be so: a day of birth that was, a state that there is, a document
that has not expired. Whether a document was read by a machine or typed is told by GEI 173 (verified) and 174 (not), of
the document or of the person; by a machine-readable zone, which is read, and in a table in which some rows have one by
the rows that have none. Where a message says nothing of it, it is not told (LR-09).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from torogoz.domain.document import Document
from torogoz.domain.manifest import Message
from torogoz.domain.traveller import Sex, Traveller
from torogoz.messages.countries import country

_LOCATOR = re.compile(r"[A-Z0-9]{5,8}")
_NUMBER = re.compile(r"[A-Z0-9]{3,20}")
_SEAT = re.compile(r"[0-9]{1,3}[A-Z]{1,2}")


@dataclass(frozen=True, slots=True)
class Quality:
    """What was counted: of how many travellers, each element's two numbers, and first documents scanned or typed."""

    travellers: int = 0
    elements: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    scanned: int = 0
    typed: int = 0


def _surname(person: Traveller, _day: date | None) -> bool | None:
    return None if person.surname is None else any(sign.isalpha() for sign in person.surname)


def _given_names(person: Traveller, _day: date | None) -> bool | None:
    if person.given_names is None:
        return None
    return any(sign.isalpha() for sign in person.given_names) and person.given_names != "FNU"


def _birth_date(person: Traveller, day: date | None) -> bool | None:
    if person.birth_date is None:
        return None
    born = person.birth_date.whole()
    return born is not None and (day is None or (born <= day and day.year - born.year <= 120))


def _sex(person: Traveller, _day: date | None) -> bool | None:
    return None if person.sex is None else person.sex is not Sex.UNSPECIFIED


def _nationality(person: Traveller, _day: date | None) -> bool | None:
    return None if person.nationality is None else country(person.nationality) == person.nationality


def _locator(person: Traveller, _day: date | None) -> bool | None:
    return None if person.record_locator is None else bool(_LOCATOR.fullmatch(person.record_locator))


def _seat(person: Traveller, _day: date | None) -> bool | None:
    return None if person.seat is None else bool(_SEAT.fullmatch(person.seat))


def _bags(person: Traveller, _day: date | None) -> bool | None:
    if person.bags is None or person.bags.count is None:
        return None
    return not person.bags.tags or len(person.bags.tags) == person.bags.count


def _of_document(
    read: Callable[[Document, date | None], bool | None],
) -> Callable[[Traveller, date | None], bool | None]:
    """The same of a traveller's first document."""

    def of_traveller(person: Traveller, day: date | None) -> bool | None:
        return read(person.documents[0], day) if person.documents else None

    return of_traveller


def _number(paper: Document, _day: date | None) -> bool | None:
    return bool(_NUMBER.fullmatch(paper.key)) if paper.key else None


def _type(paper: Document, _day: date | None) -> bool | None:
    return None if paper.type is None else paper.type.isalpha()


def _issuer(paper: Document, _day: date | None) -> bool | None:
    return None if paper.issuer is None else country(paper.issuer) == paper.issuer


def _expiry(paper: Document, day: date | None) -> bool | None:
    return None if paper.expiry is None else day is None or paper.expiry >= day


#: element → None where a traveller has none, else whether it can be right on the day of the flight.
ELEMENTS: Mapping[str, Callable[[Traveller, date | None], bool | None]] = {
    "surname": _surname,
    "given_names": _given_names,
    "birth_date": _birth_date,
    "sex": _sex,
    "nationality": _nationality,
    "document_number": _of_document(_number),
    "document_type": _of_document(_type),
    "document_issuer": _of_document(_issuer),
    "document_expiry": _of_document(_expiry),
    "record_locator": _locator,
    "seat": _seat,
    "bags": _bags,
}


def quality(message: Message) -> Quality:
    """Count a message."""
    legs = [leg.departure_local.date() for leg in message.flights if leg.departure_local]
    day = min(legs) if legs else message.prepared_at.date() if message.prepared_at else None
    counted = {}
    for name, read in ELEMENTS.items():
        said = [found for person in message.travellers if (found := read(person, day)) is not None]
        counted[name] = (len(said), sum(said))
    return Quality(len(message.travellers), counted, *_scanned_and_typed(message, counted["document_number"][0]))


def _scanned_and_typed(message: Message, documents: int) -> tuple[int, int]:
    """Of how many of the travellers that have a document it was read by a machine, and of how many it was typed."""
    if message.zones:
        return message.zones, documents - message.zones
    scanned = typed = 0
    for person in message.travellers:
        if person.documents:
            told = person.documents[0].verified
            told = person.verified if told is None else told
            scanned += told is True
            typed += told is False
    return scanned, typed
