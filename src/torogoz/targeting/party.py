"""Those who travel on one booking, counted once for all of them.

Surnames are only compared with one another, word by word, never shown to a rule: a name tells an origin. Counting is
linear in the size of the party, so that a manifest with a thousand people on one locator costs no more than others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from torogoz.targeting.person import Person

#: A party with minors of more surnames than this is no party, and nobody in it is compared with them.
MAX_SURNAMES = 1000


@dataclass(frozen=True, slots=True)
class Party:
    """The members' counts; None where too little is known to count."""

    size: int
    minors: int
    adults: int
    surnames: int | None
    minors_without_relative: int | None
    minors_by_surname: tuple[tuple[frozenset[str], int], ...] | None

    @property
    def unknown_ages(self) -> int:
        """How many are neither known minors nor known adults."""
        return self.size - self.minors - self.adults

    def minors_of_other_surname(self, surname: frozenset[str]) -> int | None:
        """How many minors share no word of their surname with this one."""
        if self.minors_by_surname is None:
            return None
        return sum(count for other, count in self.minors_by_surname if other.isdisjoint(surname))


def party_of(members: Sequence[Person]) -> Party:
    """Count the members of one booking."""
    adults = [person for person in members if person.is_adult]
    minors = [person for person in members if person.is_minor]
    named = [person.surname for person in minors if person.surname]
    of_adults = frozenset[str]().union(*(adult.surname for adult in adults))
    known = bool(adults) and all(adult.surname for adult in adults)
    counted: dict[frozenset[str], int] = defaultdict(int)
    for surname in named:
        counted[surname] += 1
    return Party(
        size=len(members),
        minors=len(minors),
        adults=len(adults),
        surnames=_groups(person.surname for person in members) if all(person.surname for person in members) else None,
        minors_without_relative=sum(surname.isdisjoint(of_adults) for surname in named) if known else None,
        minors_by_surname=tuple(counted.items()) if len(counted) <= MAX_SURNAMES else None,
    )


def _groups(surnames: Iterable[frozenset[str]]) -> int:
    """How many groups of surnames have no word in common with another group's: words that meet are joined."""
    leader: dict[str, str] = {}

    def lead(word: str) -> str:
        while leader[word] != word:
            leader[word] = word = leader[leader[word]]
        return word

    for surname in surnames:
        first, *others = sorted(surname)
        for word in surname:
            leader.setdefault(word, word)
        for word in others:
            leader[lead(word)] = lead(first)
    return sum(word == led for word, led in leader.items())
