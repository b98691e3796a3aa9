"""Those who travel on the same booking, and other bookings on the flight with which it shares something.

Surnames are only compared with one another, word by word, never shown to a rule: a name tells an origin. Ages that are
unknown are counted apart and never guessed. Identifiers are compared, and only how many others have them is told.
"""

from __future__ import annotations

from collections.abc import Callable

from torogoz.domain.purpose import DataClass
from torogoz.targeting.field import API_PNR, PNR, About, Field, Kind, Range, Text
from torogoz.targeting.party import Party
from torogoz.targeting.subject import Subject


def _of_party(count: Callable[[Party], int | None]) -> Callable[[Subject], int | None]:
    return lambda subject: None if subject.party is None else count(subject.party)


def _minors_of_other_surname(subject: Subject) -> int | None:
    person = subject.person
    if subject.party is None or not person.surname or not person.is_adult:
        return None
    return subject.party.minors_of_other_surname(person)


_PARTY_FROM = ("record_locator",)
_AGES_FROM = ("record_locator", "birth_date")
_NAMES_FROM = ("record_locator", "birth_date", "surname")
_MOST = 10_000


def _counted(
    name: str,
    label: Text,
    explained: Text,
    derive: Callable[[Subject], int | None],
    *,
    read_from: tuple[str, ...],
    usual: Range,
) -> Field:
    """A count within the party, which is conduct where it is not usual."""
    possible = Range(usual.low, _MOST)
    return Field(
        name,
        Kind.INTEGER,
        About.CONDUCT,
        label,
        explained,
        derive,
        read_from=read_from,
        possible=possible,
        ordinary=usual,
    )


def _shared(
    kind: str, label: Text, explained: Text, *, reads: frozenset[DataClass], read_from: str, usual: int = 0
) -> Field:
    """How many other bookings on the flight have an identifier of this kind in common."""
    return Field(
        f"sharing.{kind}_bookings",
        Kind.INTEGER,
        About.CONDUCT,
        label,
        explained,
        lambda subject: subject.other_bookings(kind),
        reads=reads,
        read_from=(read_from,),
        possible=Range(0, _MOST),
        ordinary=Range(0, usual),
    )


FIELDS = (
    _counted(
        "party.size",
        Text("Viajeros del grupo en el vuelo", "Travellers of the party on the flight"),
        Text(
            "Quienes viajan en este vuelo con el mismo localizador, el viajero incluido",
            "Those on this flight with the same locator, the traveller included",
        ),
        _of_party(lambda party: party.size),
        read_from=_PARTY_FROM,
        usual=Range(1, 4),
    ),
    _counted(
        "party.minors",
        Text("Menores en el grupo", "Minors in the party"),
        Text("Miembros de los que se sabe que tienen menos de 18 años", "Members known to be under 18"),
        _of_party(lambda party: party.minors),
        read_from=_AGES_FROM,
        usual=Range(0, 2),
    ),
    _counted(
        "party.adults",
        Text("Adultos en el grupo", "Adults in the party"),
        Text("Miembros de los que se sabe que tienen 18 años o más", "Members known to be 18 or older"),
        _of_party(lambda party: party.adults),
        read_from=_AGES_FROM,
        usual=Range(0, 2),
    ),
    Field(
        "party.unknown_ages",
        Kind.INTEGER,
        About.CIRCUMSTANCE,
        Text("Miembros de edad desconocida", "Members of unknown age"),
        Text("Miembros del grupo sin fecha de nacimiento completa", "Members of the party without a full birth date"),
        _of_party(lambda party: party.unknown_ages),
        read_from=_AGES_FROM,
        possible=Range(0, 10000),
    ),
    _counted(
        "party.surnames",
        Text("Apellidos sin nada en común en el grupo", "Surnames with nothing in common in the party"),
        Text(
            "Grupos de miembros cuyos apellidos no comparten ninguna palabra: 1 es una familia en apariencia",
            "Groups of members whose surnames share no word: 1 looks like one family",
        ),
        _of_party(lambda party: party.surnames),
        read_from=_NAMES_FROM,
        usual=Range(1, 2),
    ),
    _counted(
        "party.minors_of_other_surname",
        Text("Menores del grupo con otro apellido", "Minors of the party with another surname"),
        Text(
            "Para un adulto: menores que no comparten con él ninguna palabra del apellido",
            "For an adult: minors who share no word of their surname with them",
        ),
        _minors_of_other_surname,
        read_from=_NAMES_FROM,
        usual=Range(0, 0),
    ),
    _counted(
        "party.minors_without_relative",
        Text("Menores sin apellido en común con ningún adulto", "Minors without a surname in common with any adult"),
        Text(
            "Menores del grupo que no comparten apellido con ningún adulto de él; desconocido si no hay adultos",
            "Minors of the party who share a surname with no adult in it; unknown where there is no adult",
        ),
        _of_party(lambda party: party.minors_without_relative),
        read_from=_NAMES_FROM,
        usual=Range(0, 0),
    ),
    _shared(
        "phone",
        Text("Otras reservas con el mismo teléfono", "Other bookings with the same telephone"),
        Text(
            "Otras reservas de este vuelo que dan uno de sus teléfonos",
            "Other bookings on this flight that give one of the same telephones",
        ),
        reads=API_PNR,
        read_from="contacts",
    ),
    _shared(
        "email",
        Text("Otras reservas con el mismo correo", "Other bookings with the same e-mail"),
        Text(
            "Otras reservas de este vuelo que dan uno de sus correos",
            "Other bookings on this flight that give one of the same e-mails",
        ),
        reads=API_PNR,
        read_from="contacts",
    ),
    _shared(
        "card",
        Text("Otras reservas con la misma tarjeta", "Other bookings with the same card"),
        Text(
            "Otras reservas de este vuelo pagadas con la misma tarjeta, por sus seis primeras y cuatro últimas cifras",
            "Other bookings on this flight paid with the same card, by its first six and last four digits",
        ),
        reads=PNR,
        read_from="payments",
    ),
    _shared(
        "agency",
        Text("Otras reservas de la misma agencia", "Other bookings of the same agency"),
        Text(
            "Otras reservas de este vuelo hechas por la misma agencia",
            "Other bookings on this flight made by the same agency",
        ),
        reads=PNR,
        read_from="agency",
        usual=30,
    ),
)
