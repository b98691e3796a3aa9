"""Whether two names as carriers write them can be one person's name.

Carriers swap surname and given names, glue words and titles (`GARCIA/ANAMRS`), drop the second surname or the middle
name, cut what does not fit, write initials, and mistype. Each of these has its own word here, so that a link can say
why it was made. Refuses to call equal what differs in a given name on both sides: twins stay two.

The order of `NameRelation` is the order of trust. Symmetric: `resemblance(a, b) == resemblance(b, a)`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from rapidfuzz.distance import OSA

from torogoz.domain.name import words
from torogoz.domain.traveller import Traveller

#: Titles that carriers put after the given names, apart or glued to the last of them.
TITLES = frozenset({"MR", "MRS", "MS", "MISS", "MSTR", "INF", "CHD", "DR", "SRA", "SRTA"})
#: What is written where there is no name: first or last name unknown, no first name.
PLACEHOLDERS = frozenset({"FNU", "LNU", "NFN", "NLN", "XXX", "NN"})
#: Fields cut names only when they are full: shorter names than this many letters are not taken as cut.
CUT_LETTERS = 14
#: One mistyped letter is tolerated in words of at least this many letters.
TYPO_LETTERS = 5
#: A name of more words is compared by its first ones only: nobody's comparison costs more than this squared.
MAX_WORDS = 12


class NameRelation(IntEnum):
    """How two names stand to each other, the most trusted first."""

    SAME = 1
    ORDER = 2
    GLUED = 3
    PARTS = 4
    LONE = 5
    MISTYPED = 6

    @property
    def strong(self) -> bool:
        """Whether both names hold the same letters, however they are arranged."""
        return self <= NameRelation.GLUED

    @property
    def weak(self) -> bool:
        """Whether a single word or a supposed slip is all that holds them together."""
        return self >= NameRelation.LONE


@dataclass(frozen=True, slots=True)
class NameForm:
    """A name ready for comparing: folded words of surname and given names, without titles and placeholders.

    `ordered` holds all words in alphabetical order, `rows` all letters without blanks, either field first.
    """

    surname: tuple[str, ...]
    given: tuple[str, ...]
    ordered: tuple[str, ...]
    rows: frozenset[str]

    @classmethod
    def of(cls, surname: str | None, given_names: str | None) -> NameForm:
        """Fold the two fields of a name."""
        family = tuple(word for word in words(surname)[:MAX_WORDS] if word not in PLACEHOLDERS)
        given = tuple(word for word in words(given_names)[:MAX_WORDS] if word not in PLACEHOLDERS)
        while len(given) > 1 and given[-1] in TITLES:
            given = given[:-1]
        first, last = "".join(family), _without_title("".join(given))
        return cls(family, given, tuple(sorted(family + given)), frozenset((first + last, last + first)))

    @classmethod
    def of_traveller(cls, traveller: Traveller) -> NameForm:
        """Fold a traveller's name."""
        return cls.of(traveller.surname, traveller.given_names)

    @property
    def all(self) -> tuple[str, ...]:
        """Every word, surname first."""
        return self.surname + self.given

    @property
    def letters(self) -> int:
        """How many letters the whole name has."""
        return sum(map(len, self.all))


def resemblance(one: NameForm, two: NameForm) -> NameRelation | None:
    """Say how two names can be one person's, or None where they cannot."""
    if not one.ordered or not two.ordered:
        return None
    if one.ordered == two.ordered:
        return NameRelation.SAME if one == two else NameRelation.ORDER
    if not one.rows.isdisjoint(two.rows):
        return NameRelation.GLUED
    cut = min(one.letters, two.letters) >= CUT_LETTERS
    found = [_by_fields(one, two, cut=cut), _embedded(one.all, two.all, cut=cut)]
    best = min((relation for relation in found if relation is not None), default=None)
    if best is not None and min(len(one.all), len(two.all)) == 1:
        return max(best, NameRelation.LONE)
    return best


def given_agree(one: NameForm, two: NameForm) -> bool:
    """Whether both have given names and these can be one person's, whatever the surnames: a married woman's, say."""
    return bool(one.given and two.given) and _embedded(one.given, two.given, cut=False) is not None


def _without_title(given: str) -> str:
    """Take off a title that is glued to the end of the given names, where at least two letters stay."""
    for title in sorted(TITLES, key=len, reverse=True):
        if len(given) - len(title) > 1 and given.endswith(title):
            return given[: -len(title)]
    return given


def _by_fields(one: NameForm, two: NameForm, *, cut: bool) -> NameRelation | None:
    """Compare surname with surname and given names with given names: either may lack words of its own."""
    if not (one.surname and two.surname and one.given and two.given):
        return None
    surname = _embedded(one.surname, two.surname, cut=cut)
    given = _embedded(one.given, two.given, cut=cut)
    return None if surname is None or given is None else max(surname, given)


def _embedded(one: Sequence[str], two: Sequence[str], *, cut: bool) -> NameRelation | None:
    """Whether every word of the shorter side has a partner of its own on the longer side; equal words go first."""
    left_one, left_two = list(one), list(two)
    for word in one:
        if word in left_two:
            left_one.remove(word)
            left_two.remove(word)
    worst = NameRelation.SAME
    if left_one and left_two:
        for relation, first, second in sorted(_pairs(left_one, left_two, cut=cut)):
            for word_one, word_two in ((first, second), (second, first)):
                if word_one in left_one and word_two in left_two:
                    left_one.remove(word_one)
                    left_two.remove(word_two)
                    worst = max(worst, relation)
    if left_one and left_two:
        return None
    return max(worst, NameRelation.PARTS) if left_one or left_two else worst


def _pairs(one: Iterable[str], two: Iterable[str], *, cut: bool) -> set[tuple[NameRelation, str, str]]:
    """Every two words that can be one, each pair in alphabetical order, so that the sides may change places."""
    found = set()
    for word_one in one:
        for word_two in two:
            relation = _relate_words(word_one, word_two, cut=cut)
            if relation is not None:
                found.add((relation, min(word_one, word_two), max(word_one, word_two)))
    return found


def _relate_words(one: str, two: str, *, cut: bool) -> NameRelation | None:
    """Relate two different words: with a title glued on, an initial or cut, or mistyped by one letter."""
    short, long = (one, two) if len(one) < len(two) else (two, one)
    if long.startswith(short):
        if long[len(short) :] in TITLES and len(short) > 1:
            return NameRelation.GLUED
        if len(short) == 1 or (cut and len(short) > 2):
            return NameRelation.PARTS
    if len(short) < TYPO_LETTERS or len(long) > len(short) + 1 or OSA.distance(one, two, score_cutoff=1) > 1:
        return None
    # MARIO and MARIA, born together, are brother and sister: not a slip of the keyboard.
    sibling = one[:-1] == two[:-1] and {one[-1], two[-1]} == {"A", "O"}
    return None if sibling else NameRelation.MISTYPED
