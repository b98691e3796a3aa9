"""Names of which less is sent than a passport has: dropped names.

*second surname dropped*. All surnames but one. Spanish names keep the first in 85 of 100, Portuguese the last, since
that is the one they go by; the other one stays where a foreign clerk counts from the wrong end. Elsewhere two surnames
are a double-barrelled one: two in three keep the first.

*second given name dropped*. All given names but the first in 85 of 100; in 15 another one is kept, by which the person
is called. A father's name counts, as foreign carriers count it.
"""

from __future__ import annotations

from random import Random

from torogoz.bench.watchlist.damages.forms import renamed, units, words
from torogoz.matching.query import Query
from torogoz.synth.nation.people import Compatriot

#: group → how often the first of several surnames is the one that stays; otherwise it is the last.
_FIRST_SURNAME_STAYS = {"es": 0.85, "pt": 0.15}
_FIRST_STAYS_ELSEWHERE = 0.67
_FIRST_GIVEN_NAME_STAYS = 0.85


def second_surname_dropped(person: Compatriot, query: Query, rng: Random) -> Query | None:
    """Keep one surname with its particles; None where there is but one."""
    surname = units(query.surname)
    if len(surname) < 2:
        return None
    first = rng.random() < _FIRST_SURNAME_STAYS.get(person.group, _FIRST_STAYS_ELSEWHERE)
    return renamed(query, surname[:1] if first else surname[-1:], words(query.given_names))


def second_given_name_dropped(_person: Compatriot, query: Query, rng: Random) -> Query | None:
    """Keep one given name with its particles; None where there is but one."""
    given = units(query.given_names)
    if len(given) < 2:
        return None
    kept = given[0] if rng.random() < _FIRST_GIVEN_NAME_STAYS else rng.choice(given[1:])
    return renamed(query, words(query.surname), [kept])
