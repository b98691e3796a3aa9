"""A list of people of the nation, as registers of that size are: aliases, partial birth dates, few documents.

Of 100 entries 85 have a whole birth date, 10 only the year and 5 none; 20 have a document; most have other names, two
names a person in all. It holds no terms: it is for bulk matching and for measuring, and is imported nowhere.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator
from itertools import accumulate
from random import Random

from torogoz.domain.dates import PartialDate
from torogoz.domain.watchlist import Entry
from torogoz.synth.nation.customs import CUSTOMS
from torogoz.synth.nation.people import Compatriot, nation

_YEAR_ONLY, _NO_BIRTH_DATE, _DOCUMENTED = 0.10, 0.05, 0.20
_SURNAME_FIRST = 0.3
#: How many other names: none, one, two, three, four.
_OTHERS = tuple(accumulate((0.34, 0.27, 0.19, 0.13, 0.07)))


def entries(seed: int) -> Iterator[tuple[Entry, Compatriot]]:
    """Entries without end, each with whom it means; ids are `W-0`, `W-1` and so on."""
    rng = Random(f"{seed}/nation/entries")
    for number, person in enumerate(nation(seed, "listed")):
        yield _entry(number, person, rng), person


def _entry(number: int, person: Compatriot, rng: Random) -> Entry:
    named = person.named
    if rng.random() < _SURNAME_FIRST:
        names = [f"{named.surname}, {named.given_names}"]
    else:
        names = [f"{named.given_names} {named.surname}"]
    other = CUSTOMS[person.group].other
    names += [other(rng, named, person.sex) for _ in range(min(bisect(_OTHERS, rng.random()), len(_OTHERS) - 1))]
    known, born = rng.random(), person.born
    births: tuple[PartialDate, ...] = (born,)
    if known < _NO_BIRTH_DATE:
        births = ()
    elif known < _NO_BIRTH_DATE + _YEAR_ONLY:
        births = (PartialDate(born.year),)
    documents = (person.document,) if rng.random() < _DOCUMENTED else ()
    return Entry(f"W-{number}", tuple(dict.fromkeys(names)), births, (person.nationality,), person.sex, documents)
