"""Who travels: strangers to the list, drawn from the same nation as the listed, and some of the listed.

Strangers have the names, ages and nationalities of the listed: harder than life, where most travellers are of other
countries than most entries. Nobody shows a document, since a number that is found again would settle everything.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from random import Random

from torogoz.bench.watchlist.damage import CLASSES, damaged, misdeclared, query_of
from torogoz.domain.watchlist import Entry
from torogoz.matching import Query
from torogoz.synth.nation.listed import entries
from torogoz.synth.nation.people import Compatriot, nation

#: Listed people among the travellers.
LISTED = 0.02


@dataclass(frozen=True, slots=True)
class Asked:
    """A traveller, which entry is theirs (None for a stranger), and what was done to them on the way."""

    query: Query
    listed: str | None = None
    damage: str | None = None


@dataclass(frozen=True, slots=True)
class Crowd:
    """A list, and who travels."""

    entries: tuple[Entry, ...]
    asked: tuple[Asked, ...]


def crowd(seed: int, listed: int, travellers: int) -> Crowd:
    """Make a list of so many people and so many travellers; one in fifty of these is listed."""
    rng = Random(f"{seed}/bench/travellers")
    planted = {place: rng.randrange(listed) for place in range(travellers) if rng.random() < LISTED}
    kept, known = listed_people(seed, listed, frozenset(planted.values()))
    public = strangers(seed)
    asked = []
    for place in range(travellers):
        number = planted.get(place)
        if number is None:
            asked.append(Asked(next(public)))
        else:
            asked.append(_on_the_way(number, known[number], rng))
    return Crowd(tuple(kept), tuple(asked))


def listed_people(seed: int, count: int, known: frozenset[int]) -> tuple[list[Entry], dict[int, Compatriot]]:
    """The first entries of the list, and whom those of the given numbers mean."""
    people: dict[int, Compatriot] = {}
    kept = []
    for number, (entry, person) in enumerate(islice(entries(seed), count)):
        kept.append(entry)
        if number in known:
            people[number] = person
    return kept, people


def strangers(seed: int) -> Iterator[Query]:
    """Travellers without end, none of whom is meant by an entry."""
    return map(query_of, nation(seed, "public"))


def _on_the_way(number: int, person: Compatriot, rng: Random) -> Asked:
    """Somebody listed with one of the damages that have something to change in them."""
    while True:
        damage = rng.choice(tuple(CLASSES))
        query = damaged(person, damage, rng)
        if query is not None:
            return Asked(misdeclared(query, rng), f"W-{number}", damage)
