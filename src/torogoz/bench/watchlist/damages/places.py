"""Names in another order, and names in each other's field.

*order*. A form that knows "first, middle, last" has no place for two surnames or a father's name, so that the first
surname is taken for a middle name (30 of 100: the commonest accident of Spanish names abroad) or the last given name
for a surname (25: the reverse, usual where the form's last field is "all other names"). Given names change places (20)
since many are called by their second, surnames (15) since forms differ about whose comes first, and a particle goes
astray from its name (7: filed under the main word, or left with the given names). Only 3 of 100 are dealt anew.
Pessimistic: the shares are of those whom a form fits, and somebody with one name in each field has no order to lose.

*fields exchanged*. Always the whole fields: the rule of Chinese, Hungarian and many Arabic forms, and of people who
write as they are called. That one word is left behind is *order*'s.
"""

from __future__ import annotations

from random import Random

from torogoz.bench.watchlist.damages.forms import PARTICLES, one_of, renamed, units, words
from torogoz.matching.query import Query
from torogoz.synth.nation.people import Compatriot


def _first_surname_is_a_middle_name(_person: Compatriot, query: Query, _rng: Random) -> Query | None:
    surname = units(query.surname)
    return renamed(query, surname[1:], [*words(query.given_names), surname[0]]) if len(surname) > 1 else None


def _last_given_name_is_a_surname(_person: Compatriot, query: Query, _rng: Random) -> Query | None:
    given = units(query.given_names)
    return renamed(query, [given[-1], *words(query.surname)], given[:-1]) if len(given) > 1 else None


def _given_names_change_places(_person: Compatriot, query: Query, rng: Random) -> Query:
    return renamed(query, words(query.surname), _two_exchanged(units(query.given_names), rng))


def _surnames_change_places(_person: Compatriot, query: Query, rng: Random) -> Query:
    return renamed(query, _two_exchanged(units(query.surname), rng), words(query.given_names))


def _particle_goes_astray(_person: Compatriot, query: Query, rng: Random) -> Query | None:
    surname, given = words(query.surname), words(query.given_names)
    strays = [word for word in surname if word in PARTICLES]
    kept = [word for word in surname if word not in PARTICLES]
    if not strays or not kept:
        return None
    if rng.random() < 0.5:
        return renamed(query, [*kept, *strays], given)
    return renamed(query, kept, [*given, *strays])


def _dealt_anew(_person: Compatriot, query: Query, rng: Random) -> Query | None:
    surname, given = units(query.surname), units(query.given_names)
    # Two names dealt anew would be exchanged fields.
    if len(surname) + len(given) < 3:
        return None
    dealt = rng.sample([*surname, *given], len(surname) + len(given))
    if dealt == [*given, *surname]:
        return None
    return renamed(query, dealt[: len(surname)], dealt[len(surname) :])


def _two_exchanged(names: list[str], rng: Random) -> list[str]:
    if len(names) < 2:
        return names
    place = rng.randrange(len(names) - 1)
    return [*names[:place], names[place + 1], names[place], *names[place + 2 :]]


order = one_of(
    (30, _first_surname_is_a_middle_name),
    (25, _last_given_name_is_a_surname),
    (20, _given_names_change_places),
    (15, _surnames_change_places),
    (7, _particle_goes_astray),
    (3, _dealt_anew),
)


def fields_exchanged(_person: Compatriot, query: Query, _rng: Random) -> Query | None:
    """Write the surname as given names and the other way round; None where either is missing."""
    if not query.surname or not query.given_names or query.surname == query.given_names:
        return None
    return renamed(query, words(query.given_names), words(query.surname))
