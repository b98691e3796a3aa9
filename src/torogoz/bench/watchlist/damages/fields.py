"""The words of a query, where each stands, and a query with other words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from torogoz.matching.query import Query

#: Words that lead a surname and are no name by themselves.
PARTICLES = frozenset(
    [
        "AL",
        "EL",
        "DE",
        "DEL",
        "LA",
        "LAS",
        "LOS",
        "LE",
        "DU",
        "DA",
        "DO",
        "DOS",
        "DAS",
        "E",
        "Y",
        "BIN",
        "BINT",
        "IBN",
        "BEN",
        "ABU",
        "UMM",
        "VAN",
        "VON",
    ]
)


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a name: `field` is 0 for the surname and 1 for the given names."""

    field: int
    place: int
    text: str


def fields(query: Query) -> tuple[list[str], list[str]]:
    """The words of the surname, and of the given names."""
    return (query.surname or "").split(), (query.given_names or "").split()


def words(query: Query) -> list[Word]:
    """Every word, the surname's first."""
    return [Word(field, place, text) for field, some in enumerate(fields(query)) for place, text in enumerate(some)]


def named(query: Query, surname: Sequence[str], given: Sequence[str]) -> Query:
    """The query with these words; a field without any is missing."""
    return replace(query, surname=" ".join(surname) or None, given_names=" ".join(given) or None)


def with_word(query: Query, word: Word, text: str) -> Query:
    """The query with another text in this word's place."""
    both = fields(query)
    both[word.field][word.place] = text
    return named(query, *both)


def drawn(query: Query, rng: Random, least: int = 2) -> Word | None:
    """One word of so many letters at least: long ones meet with more accidents than short ones."""
    some = [word for word in words(query) if len(word.text) >= least]
    return rng.choices(some, weights=[len(word.text) for word in some])[0] if some else None
