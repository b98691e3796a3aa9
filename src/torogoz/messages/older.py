"""PAXLST before the standard (`PAXLST:001:000:NZ`): one segment, PDT, says all of a traveller.

It has no BGM: a contact (CTA), the flight with its places and times, UNS, and then the travellers. What it looks like
is known from public examples only; no guide of ours describes it, so all of it stands as unconfirmed.

    PDT+P/A0123:300501:SV+SURNAME:GIVEN:MIDDLE:880229:F+PAX+USMIA:SVSAL

Document type, number, expiry and issuer; names, birth date and sex; status; and state and airport where the journey
begins and ends.
"""

from __future__ import annotations

from functools import partial

from torogoz.domain.traveller import TravellerRole
from torogoz.messages.codes import SEXES
from torogoz.messages.countries import country
from torogoz.messages.flights import airport
from torogoz.messages.formats import as_coded
from torogoz.messages.moments import birth_date, near_date
from torogoz.messages.names import read_name
from torogoz.messages.person import Paper, Person
from torogoz.messages.reading import Reading

_ROLES = {"PAX": TravellerRole.PASSENGER, "CRW": TravellerRole.CREW, "ITI": TravellerRole.TRANSIT}
#: A flight number that ends so names a list of crew.
CREW_SUFFIX = "C"


def place_of(text: str) -> str | None:
    """The airport behind the two letters of its state (`NZAKL`)."""
    text = text.strip()
    return airport(text[2:] if len(text) == 5 else text)


def traveller_of(elements: list[str], reading: Reading, place: int) -> Person:
    """The person of a PDT. Whatever of it cannot be read is noted, and costs nothing else."""
    status = reading.components(elements, 3)[0].strip().upper()
    if status not in _ROLES and status:
        reading.note("ROLE_UNKNOWN", place)
    person = Person(_ROLES.get(status, TravellerRole.PASSENGER))
    person.in_transit = person.role is TravellerRole.TRANSIT
    surname, given, middle, born, sex, *_ = [*reading.components(elements, 2), *[""] * 5]
    name = read_name(surname, f"{given} {middle}", table=reading.table)
    person.surname, person.given_names, person.title, clerical = name
    if clerical:
        reading.withhold_word(place, clerical)
    if person.surname is None:
        reading.note("NAME_MISSING", place)
    if born.strip():
        try:
            person.birth_date, usual = as_coded(partial(birth_date, reference=reading.day), born, "")
            if not usual:
                reading.note("DATE_FORMAT_MISMATCH", place)
        except ValueError:
            reading.note("DATE_UNREADABLE", place)
    if sex.strip():
        person.sex = SEXES.get(sex.strip().upper()[:1])
    start, end, *_ = [*reading.components(elements, 4), "", ""]
    person.journey_start, person.journey_end = place_of(start), place_of(end)
    _paper(person, reading, elements, place)
    read = ("surname", "given_names", "sex", "birth_date", "journey_start", "journey_end")
    person.marks += [(field, place) for field in read if getattr(person, field) is not None]
    return person


def _paper(person: Person, reading: Reading, elements: list[str], place: int) -> None:
    sent, expiry, issuer, *_ = [*reading.components(elements, 1), "", ""]
    kind, _, number = sent.strip().upper().partition("/")
    paper = Paper(kind or None, number)
    if expiry.strip():
        try:
            paper.expiry, usual = as_coded(partial(near_date, reference=reading.day), expiry, "")
            if not usual:
                reading.note("DATE_FORMAT_MISMATCH", place)
        except ValueError:
            reading.note("DATE_UNREADABLE", place)
    if number:
        paper.issuer = country(issuer)
        if issuer.strip() and paper.issuer is None:
            reading.note("COUNTRY_UNKNOWN", place)
        person.papers.append(paper)
        person.marks.append(("documents", place))
    else:
        reading.note("DOCUMENT_NUMBER_MISSING", place)
