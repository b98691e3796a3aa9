"""Those who travel on one booking, counted once for all of them.

Names are only compared with one another, word by word, never shown to a rule: a name tells an origin. Carriers swap
surname and given names, so a surname that stands anywhere in the other's name is shared; given names alone are not, for
half a country is called José. Counting is linear in the size of the party, so that a manifest with a thousand people on
one locator costs no more than others.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from torogoz.targeting.person import Person

#: A party with more minors than this is no party, and nobody in it is compared with each of them.
MAX_MINORS = 1000


@dataclass(frozen=True, slots=True)
class Party:
    """The members' counts; None where too little is known to count."""

    size: int
    minors: int
    adults: int
    surnames: int | None
    minors_without_relative: int | None
    named_minors: tuple[Person, ...] | None

    @property
    def unknown_ages(self) -> int:
        """How many are neither known minors nor known adults."""
        return self.size - self.minors - self.adults

    def minors_of_other_surname(self, adult: Person) -> int | None:
        """How many minors share no surname with this adult."""
        if self.named_minors is None:
            return None
        return sum(_strangers(minor, adult.surname, adult.name) for minor in self.named_minors)


def party_of(members: Sequence[Person]) -> Party:
    """Count the members of one booking."""
    adults = [person for person in members if person.is_adult]
    minors = [person for person in members if person.is_minor]
    named = tuple(person for person in minors if person.surname)
    surnames = frozenset[str]().union(*(adult.surname for adult in adults))
    names = frozenset[str]().union(*(adult.name for adult in adults))
    known = bool(adults) and all(adult.surname for adult in adults)
    return Party(
        size=len(members),
        minors=len(minors),
        adults=len(adults),
        surnames=_groups(person.surname for person in members) if all(person.surname for person in members) else None,
        minors_without_relative=sum(_strangers(minor, surnames, names) for minor in named) if known else None,
        named_minors=named if len(named) <= MAX_MINORS else None,
    )


def _strangers(minor: Person, surnames: frozenset[str], names: frozenset[str]) -> bool:
    """Whether a minor shares no surname with those who have these surnames and whole names."""
    return minor.surname.isdisjoint(names) and minor.name.isdisjoint(surnames)


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
