"""Who travels: strangers to the list, drawn from the same nation as the listed, and some of the listed.

Strangers have the names, ages and nationalities of the listed: harder than life, where most travellers are of other
countries than most entries. Nobody shows a document, since a number that is found again would settle everything.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from random import Random

from torogoz.bench.watchlist.damage import CLASSES, damaged
from torogoz.domain.name import fold
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
            damage = rng.choice(CLASSES)
            asked.append(Asked(damaged(query_of(known[number]), damage, rng), f"W-{number}", damage))
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


def query_of(person: Compatriot) -> Query:
    """Somebody as the machine-readable zone of their passport has them, without its number."""
    named = person.named
    return Query(fold(named.surname), fold(named.given_names), person.born, person.nationality, person.sex)
