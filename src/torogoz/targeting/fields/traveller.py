"""Who travels, as far as a rule may ask, and where API and PNR contradict each other.

Sex and birthplace have no field: neither says anything objective about a journey, and both stand in for what may not be
asked. A contradiction about sex has none either: it would single out transgender travellers.
"""

from __future__ import annotations

from torogoz.domain.name import words
from torogoz.domain.purpose import DataClass
from torogoz.domain.traveller import Traveller, TravellerRole
from torogoz.targeting.field import COUNTRY, About, Field, Kind, Range, Text
from torogoz.targeting.subject import Subject

_RARE = frozenset({False})


def _both(subject: Subject) -> tuple[Traveller, Traveller] | None:
    api, pnr = subject.person.said_by(DataClass.API), subject.person.said_by(DataClass.PNR)
    return None if api is None or pnr is None else (api, pnr)


def _differ(one: object | None, other: object | None) -> bool | None:
    return None if one is None or other is None else one != other


def _apart(one: frozenset[str], other: frozenset[str]) -> bool | None:
    return one.isdisjoint(other) if one and other else None


def _names_disagree(subject: Subject) -> bool | None:
    both = _both(subject)
    return both and _apart(*(frozenset(words(said.surname, said.given_names)) for said in both))


def _birth_dates_disagree(subject: Subject) -> bool | None:
    both = _both(subject)
    return both and _differ(*(said.birth_date and said.birth_date.whole() for said in both))


def _nationalities_disagree(subject: Subject) -> bool | None:
    both = _both(subject)
    return both and _differ(*(said.nationality for said in both))


def _documents_disagree(subject: Subject) -> bool | None:
    both = _both(subject)
    return both and _apart(*(frozenset(document.key for document in said.documents) for said in both))


def _residence_differs(subject: Subject) -> bool | None:
    person = subject.person
    return _differ(person.first(lambda said: said.nationality), person.first(lambda said: said.residence))


def _unaccompanied(subject: Subject) -> bool | None:
    person, party = subject.person, subject.party
    if party is None or not (person.is_minor or person.is_adult):
        return None
    if party.adults:
        return False
    return None if party.unknown_ages else True


FIELDS = (
    Field(
        "traveller.role",
        Kind.CODE,
        About.PERSON,
        Text("Clase de viajero", "Kind of traveller"),
        Text("Pasajero, tripulante o en tránsito", "Passenger, crew or in transit"),
        lambda subject: subject.person.views[0].traveller.role.value,
        read_from=("role",),
        choices={
            TravellerRole.PASSENGER.value: Text("pasajero", "passenger"),
            TravellerRole.CREW.value: Text("tripulante", "crew"),
            TravellerRole.TRANSIT.value: Text("en tránsito", "in transit"),
        },
    ),
    Field(
        "traveller.age",
        Kind.INTEGER,
        About.PERSON,
        Text("Edad", "Age"),
        Text("Años cumplidos el día de la salida", "Whole years on the day of departure"),
        lambda subject: subject.person.age,
        read_from=("birth_date",),
        possible=Range(0, 120),
    ),
    Field(
        "traveller.nationality",
        Kind.CODE,
        About.ORIGIN,
        Text("Nacionalidad", "Nationality"),
        Text(
            "Nacionalidad declarada; nunca puede ser el único motivo de un criterio",
            "Nationality as reported; it can never be the only ground of a rule",
        ),
        lambda subject: subject.person.first(lambda said: said.nationality),
        read_from=("nationality",),
        form=COUNTRY,
    ),
    Field(
        "traveller.residence",
        Kind.CODE,
        About.ORIGIN,
        Text("País de residencia", "Country of residence"),
        Text(
            "Residencia declarada; nunca puede ser el único motivo de un criterio",
            "Residence as reported; it can never be the only ground of a rule",
        ),
        lambda subject: subject.person.first(lambda said: said.residence),
        read_from=("residence",),
        form=COUNTRY,
    ),
    Field(
        "traveller.residence_differs",
        Kind.BOOLEAN,
        About.ORIGIN,
        Text("Reside fuera del país de su nacionalidad", "Lives outside the country of nationality"),
        Text(
            "Si la residencia y la nacionalidad son de países distintos",
            "Whether residence and nationality are of different countries",
        ),
        _residence_differs,
        read_from=("nationality", "residence"),
    ),
    Field(
        "traveller.unaccompanied_minor",
        Kind.BOOLEAN,
        About.CONDUCT,
        Text("Menor sin acompañante adulto", "Minor without an adult"),
        Text(
            "Menor de 18 años en cuya reserva no viaja ningún adulto; desconocido si falta alguna edad",
            "Under 18 with no adult in the same booking; unknown where an age is missing",
        ),
        _unaccompanied,
        read_from=("birth_date", "record_locator"),
        ordinary=_RARE,
    ),
    Field(
        "traveller.sources",
        Kind.CODES,
        About.CIRCUMSTANCE,
        Text("Fuentes", "Sources"),
        Text(
            "Qué mensajes hablan del viajero: api, pnr o ambos",
            "Which messages tell of the traveller: api, pnr or both",
        ),
        lambda subject: frozenset(view.data_class.value for view in subject.person.views),
        every=True,
        read_from=("role",),
        choices={"api": Text("API", "API"), "pnr": Text("PNR", "PNR")},
    ),
    Field(
        "traveller.names_disagree",
        Kind.BOOLEAN,
        About.CONDUCT,
        Text("Nombres distintos en API y PNR", "Names differ between API and PNR"),
        Text("Si los dos nombres no comparten ninguna palabra", "Whether the two names have no word in common"),
        _names_disagree,
        every=True,
        read_from=("surname", "given_names"),
        ordinary=_RARE,
    ),
    Field(
        "traveller.birth_dates_disagree",
        Kind.BOOLEAN,
        About.CONDUCT,
        Text("Fechas de nacimiento distintas en API y PNR", "Birth dates differ between API and PNR"),
        Text(
            "Si ambas fuentes dan una fecha completa y no es la misma",
            "Whether both give a full date and it is not the same",
        ),
        _birth_dates_disagree,
        every=True,
        read_from=("birth_date",),
        ordinary=_RARE,
    ),
    Field(
        "traveller.nationalities_disagree",
        Kind.BOOLEAN,
        About.ORIGIN,
        Text("Nacionalidades distintas en API y PNR", "Nationalities differ between API and PNR"),
        Text(
            "Si ambas fuentes dan una nacionalidad y no es la misma; le pasa a quien tiene dos",
            "Whether both give a nationality and it is not the same; this befalls who has two",
        ),
        _nationalities_disagree,
        every=True,
        read_from=("nationality",),
    ),
    Field(
        "traveller.documents_disagree",
        Kind.BOOLEAN,
        About.CONDUCT,
        Text("Documentos distintos en API y PNR", "Documents differ between API and PNR"),
        Text("Si ambas fuentes dan documentos y ninguno coincide", "Whether both give documents and none is the same"),
        _documents_disagree,
        every=True,
        read_from=("documents",),
        ordinary=_RARE,
    ),
)
