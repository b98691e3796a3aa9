"""The traveller as the machine-readable zone of their passport has them (ICAO Doc 9303 parts 3 and 4).

Letters lose their marks, apostrophes fall out, hyphens become blanks. The zone has 39 places for both names and the two
fillers between them: what is longer loses its end, and one letter at least of the given names stays.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from unicodedata import normalize

from torogoz.matching.query import Query
from torogoz.synth.nation.people import Compatriot

#: What an accident makes of a traveller: None where it has nothing to change in them.
Change = Callable[[Compatriot, Query, Random], Query | None]

_PLACES, _BETWEEN = 39, 2


def zone(text: str) -> str:
    """Write a name in A–Z and blanks."""
    plain = "".join(sign for sign in normalize("NFKD", text.replace("-", " ")) if sign == " " or sign.isalpha())
    return " ".join(plain.upper().split())


def query_of(person: Compatriot) -> Query:
    """Ask for a person by the zone of their passport, without its number."""
    surname = zone(person.named.surname)[: _PLACES - _BETWEEN - 1].rstrip()
    given = zone(person.named.given_names)[: _PLACES - _BETWEEN - len(surname)].rstrip()
    return Query(surname, given, person.born, person.nationality, person.sex)
