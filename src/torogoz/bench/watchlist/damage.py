"""What carriers did to listed travellers, in the first form: **written before the matcher's rules were frozen**.

Its author knew the rules, and every class here is one that they answer: order, a dropped second surname, one letter
left out, day and month exchanged, a missing birth date. Recall measured with it is optimistic and is no evidence of
accuracy; it is replaced by a generator that is written after the freeze (issue 5, §3). Whatever replaces it gives
`CLASSES` and `damaged`.
"""

from __future__ import annotations

from dataclasses import replace
from random import Random

from torogoz.domain.dates import PartialDate
from torogoz.matching import Query

CLASSES = ("none", "order", "second surname dropped", "typo", "day and month exchanged", "birth date missing")


def damaged(person: Query, damage: str, rng: Random) -> Query:
    """Write somebody as a carrier did; unchanged where the damage has nothing to change."""
    surname, birth = person.surname or "", person.birth_date
    if damage == "order":
        return replace(person, surname=person.given_names, given_names=surname)
    if damage == "second surname dropped":
        return replace(person, surname=surname.split()[0])
    if damage == "typo":
        place = rng.randrange(1, max(2, len(surname) - 1))
        return replace(person, surname=surname[:place] + surname[place + 1 :])
    if damage == "day and month exchanged" and birth and birth.day and birth.day <= 12:
        return replace(person, birth_date=PartialDate(birth.year, birth.day, birth.month))
    if damage == "birth date missing":
        return replace(person, birth_date=None)
    return person
