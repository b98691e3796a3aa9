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
_LONGEST_FIRST = sorted(TITLES, key=lambda title: (-len(title), title))
#: What is written where there is no name: first or last name unknown, no first name.
PLACEHOLDERS = frozenset({"FNU", "LNU", "NFN", "NLN", "XXX", "NN"})
#: Fields cut names only when they are full: shorter names than this many letters are not taken as cut.
CUT_LETTERS = 14
#: One mistyped letter is tolerated in words of at least this many letters.
TYPO_LETTERS = 5
#: Where a reference or a document says already who it is, one in words of this many is, and any name may be cut.
LOOSE_LETTERS = 3
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


@dataclass(frozen=True, slots=True)
class _Limits:
    """Whether words may be cut, and from how many letters on one may be mistyped."""

    cut: bool
    typo_letters: int


def resemblance(one: NameForm, two: NameForm, *, loose: bool = False) -> NameRelation | None:
    """Say how two names can be one person's, or None where they cannot; `loose` where something better tells too."""
    if not one.ordered or not two.ordered:
        return None
    if one.ordered == two.ordered:
        return NameRelation.SAME if one == two else NameRelation.ORDER
    if not one.rows.isdisjoint(two.rows):
        return NameRelation.GLUED
    strict = _Limits(min(one.letters, two.letters) >= CUT_LETTERS, TYPO_LETTERS)
    best = _nearest(one, two, _Limits(True, LOOSE_LETTERS) if loose else strict)
    if best is not None and min(len(one.all), len(two.all)) == 1:
        return max(best, NameRelation.LONE)
    return best


def given_agree(one: NameForm, two: NameForm) -> bool:
    """Whether both have given names and these can be one person's, whatever the surnames: a married woman's, say."""
    return bool(one.given and two.given) and _embedded(one.given, two.given, _Limits(False, TYPO_LETTERS)) is not None


def _without_title(given: str) -> str:
    """Take off a title that is glued to the end of the given names, where at least two letters stay."""
    for title in _LONGEST_FIRST:
        if len(given) - len(title) > 1 and given.endswith(title):
            return given[: -len(title)]
    return given


def _nearest(one: NameForm, two: NameForm, limits: _Limits) -> NameRelation | None:
    """The better of comparing field by field and all words together."""
    found = [_by_fields(one, two, limits), _embedded(one.all, two.all, limits)]
    return min((relation for relation in found if relation is not None), default=None)


def _by_fields(one: NameForm, two: NameForm, limits: _Limits) -> NameRelation | None:
    """Compare surname with surname and given names with given names: either may lack words of its own."""
    if not (one.surname and two.surname and one.given and two.given):
        return None
    surname = _embedded(one.surname, two.surname, limits)
    given = _embedded(one.given, two.given, limits)
    return None if surname is None or given is None else max(surname, given)


def _embedded(one: Sequence[str], two: Sequence[str], limits: _Limits) -> NameRelation | None:
    """Whether every word of the shorter side has a partner of its own on the longer side; equal words go first."""
    left_one, left_two = list(one), list(two)
    for word in one:
        if word in left_two:
            left_one.remove(word)
            left_two.remove(word)
    worst = NameRelation.SAME
    if left_one and left_two:
        for relation, first, second in sorted(_pairs(left_one, left_two, limits)):
            for word_one, word_two in ((first, second), (second, first)):
                if word_one in left_one and word_two in left_two:
                    left_one.remove(word_one)
                    left_two.remove(word_two)
                    worst = max(worst, relation)
    if left_one and left_two:
        return None
    return max(worst, NameRelation.PARTS) if left_one or left_two else worst


def _pairs(one: Iterable[str], two: Iterable[str], limits: _Limits) -> set[tuple[NameRelation, str, str]]:
    """Every two words that can be one, each pair in alphabetical order, so that the sides may change places."""
    found = set()
    for word_one in one:
        for word_two in two:
            relation = _relate_words(word_one, word_two, limits)
            if relation is not None:
                found.add((relation, min(word_one, word_two), max(word_one, word_two)))
    return found


def _relate_words(one: str, two: str, limits: _Limits) -> NameRelation | None:
    """Relate two different words: with a title glued on, an initial or cut, or mistyped by one letter."""
    short, long = (one, two) if len(one) < len(two) else (two, one)
    if long.startswith(short):
        if long[len(short) :] in TITLES and len(short) > 1:
            return NameRelation.GLUED
        if len(short) == 1 or (limits.cut and len(short) > 2):
            return NameRelation.PARTS
    if len(short) < limits.typo_letters or len(long) > len(short) + 1 or OSA.distance(one, two, score_cutoff=1) > 1:
        return None
    # MARIO and MARIA, born together, are brother and sister: not a slip of the keyboard.
    sibling = one[:-1] == two[:-1] and {one[-1], two[-1]} == {"A", "O"}
    return None if sibling else NameRelation.MISTYPED
