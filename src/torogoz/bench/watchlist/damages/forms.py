"""What every family of damages is made of: forms with shares, and the words of a name.

A damage has several forms, each with its share of life; most names allow only some of them. A form is drawn by its
share, and where it has nothing to change in this person the next one is drawn from those that are left.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random

from torogoz.bench.watchlist.damages.zone import Change
from torogoz.matching.query import Query
from torogoz.synth.nation.people import Compatriot

#: Words that belong to the word behind them, as far as invented people bear them.
PARTICLES = frozenset(
    ("DE", "DEL", "DA", "DO", "DOS", "DAS", "DI", "LE", "LA", "LAS", "LOS", "EL", "AL", "BIN", "IBN", "BEN", "BINT",
     "ABD", "ABU", "UMM", "MAC", "MC", "O")
)  # fmt: skip


def one_of(*forms: tuple[float, Change]) -> Change:
    """Make the damage that has these forms with these shares, which are out of any sum."""

    def change(person: Compatriot, query: Query, rng: Random) -> Query | None:
        left = list(forms)
        while left:
            form = rng.choices(left, [share for share, _ in left])[0]
            left.remove(form)
            changed = form[1](person, query, rng)
            if changed is not None and changed != query:
                return changed
        return None

    return change


def words(field: str | None) -> list[str]:
    """The words of a field."""
    return (field or "").split()


def units(field: str | None) -> list[str]:
    """The names of a field, each with its particles before it: `DE LA CRUZ` is one; so is `ABD AL NASSER`."""
    found: list[str] = []
    open_ended = False
    for word in words(field):
        if open_ended:
            found[-1] += f" {word}"
        else:
            found.append(word)
        open_ended = word in PARTICLES
    return found


def name_of(query: Query) -> list[str]:
    """The words of both fields, the surname's first."""
    return [*words(query.surname), *words(query.given_names)]


def renamed(query: Query, surname: Sequence[str], given: Sequence[str]) -> Query:
    """The query with these words in its fields; a field without words is missing."""
    return replace(query, surname=" ".join(surname) or None, given_names=" ".join(given) or None)


def refilled(query: Query, name: Sequence[str]) -> Query:
    """The query with these words: as many in its surname as it has there, the others behind."""
    surnames = len(words(query.surname))
    return renamed(query, name[:surnames], name[surnames:])
