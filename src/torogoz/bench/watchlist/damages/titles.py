"""Titles, where carriers put them: reservation systems keep them at the end of the given names, without a blank.

Of 100 titles 55 are glued behind the given names (`ANA MARIAMRS`), 28 stand there apart, 8 before them, 5 behind the
surname, and 4 are glued before the given names. Which title: MR is almost all that men have; women have MRS, MS and
MISS by the habits of the carrier; MSTR and CHD are children's, here wrong ones, since nobody is younger than sixteen;
about one in ten has another language's or a profession's.
Optimistic: a name has one title, in one place, and none that a system abbreviates on its own.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from torogoz.bench.watchlist.damages.forms import one_of, renamed, words
from torogoz.bench.watchlist.damages.zone import Change
from torogoz.matching.query import Query
from torogoz.synth.nation.people import Compatriot

#: sex → title → its share of 100.
TITLES = {
    "M": {"MR": 82, "DR": 5, "MSTR": 3, "SR": 4, "PROF": 1, "ENG": 1, "CAPT": 1, "REV": 1, "M": 1, "CHD": 1},
    "F": {"MRS": 40, "MS": 32, "MISS": 16, "DR": 3, "SRA": 3, "MME": 2, "MLLE": 1, "PROF": 1, "SRTA": 1, "CHD": 1},
}


def _behind_given(query: Query, title: str) -> Query:
    return renamed(query, words(query.surname), [*words(query.given_names), title])


def _glued_behind_given(query: Query, title: str) -> Query:
    return renamed(query, words(query.surname), [(query.given_names or "") + title])


def _before_given(query: Query, title: str) -> Query:
    return renamed(query, words(query.surname), [title, *words(query.given_names)])


def _behind_surname(query: Query, title: str) -> Query:
    return renamed(query, [*words(query.surname), title], words(query.given_names))


def _glued_before_given(query: Query, title: str) -> Query:
    return renamed(query, words(query.surname), [title + (query.given_names or "")])


def _put(place: Callable[[Query, str], Query]) -> Change:
    def change(person: Compatriot, query: Query, rng: Random) -> Query:
        titles = TITLES[person.sex]
        return place(query, rng.choices(list(titles), list(titles.values()))[0])

    return change


title = one_of(
    (55, _put(_glued_behind_given)),
    (28, _put(_behind_given)),
    (8, _put(_before_given)),
    (5, _put(_behind_surname)),
    (4, _put(_glued_before_given)),
)
