"""Those who travel on the same booking, and other bookings on the flight with which it shares something.

Surnames are only compared with one another, word by word, never shown to a rule: a name tells an origin. Ages that are
unknown are counted apart and never guessed. Identifiers are compared, and only how many others have them is told.
"""

from __future__ import annotations

from collections.abc import Callable

from torogoz.domain.picture import ADULT_AGE
from torogoz.targeting.field import API_PNR, PNR, About, Field, Kind, Range, Text
from torogoz.targeting.subject import Person, Subject


def _count(subject: Subject, counts: Callable[[Person], bool]) -> int | None:
    return sum(map(counts, subject.party)) if subject.party else None


def _is_minor(person: Person) -> bool:
    return person.age is not None and person.age < ADULT_AGE


def _is_adult(person: Person) -> bool:
    return person.age is not None and person.age >= ADULT_AGE


def _surnames(subject: Subject) -> int | None:
    """Groups of members whose surnames have no word in common with another group's."""
    if not subject.party or not all(person.surname for person in subject.party):
        return None
    groups: list[frozenset[str]] = []
    for person in subject.party:
        joined = [group for group in groups if group & person.surname]
        groups = [group for group in groups if group not in joined]
        groups.append(person.surname.union(*joined))
    return len(groups)


def _minors_apart_from(subject: Subject, adults: list[Person]) -> int:
    """Minors with a surname that has no word in common with any of these adults' surnames."""
    minors = [person for person in subject.party if _is_minor(person) and person.surname]
    return sum(all(minor.surname.isdisjoint(adult.surname) for adult in adults) for minor in minors)


def _minors_of_other_surname(subject: Subject) -> int | None:
    person = subject.person
    if not subject.party or not person.surname or not _is_adult(person):
        return None
    return _minors_apart_from(subject, [person])


def _minors_without_relative(subject: Subject) -> int | None:
    adults = [person for person in subject.party if _is_adult(person)]
    return _minors_apart_from(subject, adults) if adults and all(adult.surname for adult in adults) else None


_PARTY_FROM = ("record_locator",)
_AGES_FROM = ("record_locator", "birth_date")
_NAMES_FROM = ("record_locator", "birth_date", "surname")

FIELDS = (
    Field(
        "party.size",
        Kind.INTEGER,
        About.CONDUCT,
        Text("Viajeros del grupo en el vuelo", "Travellers of the party on the flight"),
        Text(
            "Quienes viajan en este vuelo con el mismo localizador, el viajero incluido",
            "Those on this flight with the same locator, the traveller included",
        ),
        lambda subject: len(subject.party) or None,
        read_from=_PARTY_FROM,
        possible=Range(1, 900),
        ordinary=Range(1, 4),
    ),
    Field(
        "party.minors",
        Kind.INTEGER,
        About.CONDUCT,
        Text("Menores en el grupo", "Minors in the party"),
        Text("Miembros de los que se sabe que tienen menos de 18 años", "Members known to be under 18"),
        lambda subject: _count(subject, _is_minor),
        read_from=_AGES_FROM,
        possible=Range(0, 900),
        ordinary=Range(0, 2),
    ),
    Field(
        "party.adults",
        Kind.INTEGER,
        About.CONDUCT,
        Text("Adultos en el grupo", "Adults in the party"),
        Text("Miembros de los que se sabe que tienen 18 años o más", "Members known to be 18 or older"),
        lambda subject: _count(subject, _is_adult),
        read_from=_AGES_FROM,
        possible=Range(0, 900),
        ordinary=Range(0, 2),
    ),
    Field(
        "party.unknown_ages",
        Kind.INTEGER,
        About.CIRCUMSTANCE,
        Text("Miembros de edad desconocida", "Members of unknown age"),
        Text("Miembros del grupo sin fecha de nacimiento completa", "Members of the party without a full birth date"),
        lambda subject: _count(subject, lambda person: person.age is None),
        read_from=_AGES_FROM,
        possible=Range(0, 900),
    ),
    Field(
        "party.surnames",
        Kind.INTEGER,
        About.CONDUCT,
        Text("Apellidos sin nada en común en el grupo", "Surnames with nothing in common in the party"),
        Text(
            "Grupos de miembros cuyos apellidos no comparten ninguna palabra: 1 es una familia en apariencia",
            "Groups of members whose surnames share no word: 1 looks like one family",
        ),
        _surnames,
        read_from=_NAMES_FROM,
        possible=Range(1, 900),
        ordinary=Range(1, 2),
    ),
    Field(
        "party.minors_of_other_surname",
        Kind.INTEGER,
        About.CONDUCT,
        Text("Menores del grupo con otro apellido", "Minors of the party with another surname"),
        Text(
            "Para un adulto: menores que no comparten con él ninguna palabra del apellido",
            "For an adult: minors who share no word of their surname with them",
        ),
        _minors_of_other_surname,
        read_from=_NAMES_FROM,
        possible=Range(0, 900),
        ordinary=Range(0, 0),
    ),
    Field(
        "party.minors_without_relative",
        Kind.INTEGER,
        About.CONDUCT,
        Text("Menores sin apellido en común con ningún adulto", "Minors without a surname in common with any adult"),
        Text(
            "Menores del grupo que no comparten apellido con ningún adulto de él; desconocido si no hay adultos",
            "Minors of the party who share a surname with no adult in it; unknown where there is no adult",
        ),
        _minors_without_relative,
        read_from=_NAMES_FROM,
        possible=Range(0, 900),
        ordinary=Range(0, 0),
    ),
    Field(
        "sharing.phone_bookings",
        Kind.INTEGER,
        About.CONDUCT,
        Text("Otras reservas con el mismo teléfono", "Other bookings with the same telephone"),
        Text(
            "Otras reservas de este vuelo que dan uno de sus teléfonos",
            "Other bookings on this flight that give one of the same telephones",
        ),
        lambda subject: subject.other_bookings("phone"),
        reads=API_PNR,
        read_from=("contacts",),
        possible=Range(0, 900),
        ordinary=Range(0, 0),
    ),
    Field(
        "sharing.email_bookings",
        Kind.INTEGER,
        About.CONDUCT,
        Text("Otras reservas con el mismo correo", "Other bookings with the same e-mail"),
        Text(
            "Otras reservas de este vuelo que dan uno de sus correos",
            "Other bookings on this flight that give one of the same e-mails",
        ),
        lambda subject: subject.other_bookings("email"),
        reads=API_PNR,
        read_from=("contacts",),
        possible=Range(0, 900),
        ordinary=Range(0, 0),
    ),
    Field(
        "sharing.card_bookings",
        Kind.INTEGER,
        About.CONDUCT,
        Text("Otras reservas con la misma tarjeta", "Other bookings with the same card"),
        Text(
            "Otras reservas de este vuelo pagadas con la misma tarjeta; una tarjeta truncada no se compara",
            "Other bookings on this flight paid with the same card; a truncated card is not compared",
        ),
        lambda subject: subject.other_bookings("card"),
        reads=PNR,
        read_from=("payments",),
        possible=Range(0, 900),
        ordinary=Range(0, 0),
    ),
    Field(
        "sharing.agency_bookings",
        Kind.INTEGER,
        About.CONDUCT,
        Text("Otras reservas de la misma agencia", "Other bookings of the same agency"),
        Text(
            "Otras reservas de este vuelo hechas por la misma agencia",
            "Other bookings on this flight made by the same agency",
        ),
        lambda subject: subject.other_bookings("agency"),
        reads=PNR,
        read_from=("agency",),
        possible=Range(0, 900),
        ordinary=Range(0, 30),
    ),
)
