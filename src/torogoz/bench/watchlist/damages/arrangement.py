"""The right words in the wrong place: another order, or surname and given names each in the other's field."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from torogoz.bench.watchlist.damages.fields import PARTICLES, fields, named
from torogoz.matching.query import Query
from torogoz.synth.nation.people import Compatriot

Words = list[str]
Arranged = tuple[Words, Words]


def _given_first(surname: Words, given: Words) -> Arranged:
    """The whole name in one field as it is spoken: forms with one line for it."""
    return [*given, *surname], []


def _surname_first(surname: Words, given: Words) -> Arranged:
    """The whole name in one field as registers have it."""
    return [*surname, *given], []


def _surnames_turned(surname: Words, given: Words) -> Arranged:
    """The mother's surname before the father's, as Portuguese and Spanish forms take each other's."""
    last = _last_unit(surname)
    return [*surname[last:], *surname[:last]], given


def _given_turned(surname: Words, given: Words) -> Arranged:
    """The name somebody is called by before the one that is first in the passport."""
    last = _last_unit(given)
    return surname, [*given[last:], *given[:last]]


def _given_as_surname(surname: Words, given: Words) -> Arranged:
    """A patronymic or second given name before the surname: a form with first name and last name only."""
    last = _last_unit(given)
    return [*given[last:], *surname], given[:last]


def _surname_as_given(surname: Words, given: Words) -> Arranged:
    """All but the last word taken for given names: the same form, filled in by somebody with two surnames."""
    last = _last_unit(surname)
    return surname[last:], [*given, *surname[:last]]


def _last_unit(some: Words) -> int:
    """Where the last name starts, with the particles that lead it; 0 where there is no other."""
    at = len(some) - 1
    while at > 0 and some[at - 1] in PARTICLES:
        at -= 1
    return max(at, 0)


#: One field for the whole name is common in lists of agencies and charters; words over the border between surname and
#: given names are what a form with two lines does to people with three names or more.
_ORDERS: dict[Callable[[Words, Words], Arranged], float] = {
    _given_first: 0.3,
    _surname_first: 0.15,
    _surnames_turned: 0.15,
    _given_turned: 0.15,
    _given_as_surname: 0.125,
    _surname_as_given: 0.125,
}


def order(_person: Compatriot, query: Query, rng: Random) -> Query | None:
    """The words of the name in another order, or on the other side of the border between the fields."""
    surname, given = fields(query)
    made = {named(query, *way(surname, given)): share for way, share in _ORDERS.items()}
    made.pop(query, None)
    possible = {one: share for one, share in made.items() if one.surname}
    return rng.choices(tuple(possible), weights=tuple(possible.values()))[0] if possible else None


#: The rest is cut at the first given name: it goes for the surname, and all that follows for given names.
_WHOLLY = 0.85


def fields_exchanged(_person: Compatriot, query: Query, rng: Random) -> Query | None:
    """Given names in the surname's field, and the surname in theirs."""
    surname, given = fields(query)
    if not surname or not given or surname == given:
        return None
    if len(given) > 1 and rng.random() >= _WHOLLY:
        return named(query, given[:1], [*given[1:], *surname])
    return named(query, given, surname)
