"""The rates and weights of the comparison: every figure by which a fact speaks for or against, in thousandths of a bit.

Fellegi–Sunter: a fact weighs log2(m/u), how often it is seen when the two are one person, over how often by chance.
The chance of a word comes from the list; the other rates stand here, each with its reason. One table that a lawyer and
a statistician can read, and the only place where a weight is set.
"""

from __future__ import annotations

from enum import IntEnum
from fractions import Fraction
from functools import cache, lru_cache
from math import lcm

from torogoz.domain.dates import DateRelation
from torogoz.matching.logarithm import log2_millibits

#: Lists shorter than this are scored as if they were so long: three entries say nothing about how common a name is.
SMALLEST_LIST = 1_000
#: Of a hundred travellers, how many are thought to be listed at all: the base rate, shared by all entries.
BASE_RATE = 0.01


class Likeness(IntEnum):
    """How a word stands to a listed word: the same, or written otherwise, the likeliest ways first."""

    SAME = 0
    CUT = 1
    HEARD = 2
    VARIANT = 3
    MISREAD = 4
    TYPO = 5


class Akin(IntEnum):
    """By which rule two left-over words are akin (`matching.akin_kernels`), in the order in which rules are tried."""

    NO = 0
    BEGINNING = 1
    SLIPS = 2
    CONSONANTS = 3
    NEAR = 4


#: How often a word of one person is written so in the other source (m of Fellegi–Sunter).
WRITTEN = {
    Likeness.SAME: 0.90,
    Likeness.CUT: 0.02,
    Likeness.HEARD: 0.03,
    # Another form of the name, by table: PEPE for JOSE. Seldom in a passport, more often in a booking or on a list.
    Likeness.VARIANT: 0.01,
    # By a machine that reads two letters for one: of nine words that it spoils, perhaps two.
    Likeness.MISREAD: 0.01,
    Likeness.TYPO: 0.04,
}
#: In how many ways a word is written so, about as likely as each other: whoever writes it so writes one of them. It is
#: cut at one of two places, heard in four spellings, has three other forms, is misread in four; a keyboard slips in
#: four ways at each of its letters.
WAYS = {
    Likeness.SAME: 1,
    Likeness.CUT: 2,
    Likeness.HEARD: 4,
    Likeness.VARIANT: 3,
    Likeness.MISREAD: 4,
    Likeness.TYPO: 4,
}
#: A word that nobody on a list bears is borne all the same: as if by a part of an entry.
UNLISTED = 0.25
#: A word that is as near as this speaks for, however common: it is better than a word that is missing.
LEAST_WORD = 300
#: An asked initial answers a word: nine in ten do where the two are one person. By chance either of the two words may
#: that are left over on a list's name; a letter that nobody counted begins one word in ten. A listed initial weighs
#: nothing: the whole name mostly stands beside it.
INITIAL_ANSWERED, LEFT_OVER = 0.9, 2
#: One side has words that the other lacks: usual with second surnames and middle names.
MISSING_WORD = -1_200
#: Both sides have a word that the other lacks: another name. Where no word is common (an exact document), once.
OTHER_WORD = -6_000
#: Each side has a word that the other lacks, and the two are akin (`matching.akin_kernels`): a beginning, two slips.
AKIN_WORD = -1_200
#: Relatives share words, so that these are no independent chances: where each side has a word that the other lacks,
#: what they have in common weighs no more than this. Fitted (`tools/fit_names.py`, docs/design/score.md): of 76 such
#: pairs that were judged, 11 were one person, however much they had in common.
KIN_WORDS = 10_000

#: Birth dates. Equal: 1 in 18,000 by chance (50 years of days). Exchanged day and month: 1 in 100 of clerks. One wrong
#: part: 1 in 50 of clerks, 1 in 200 by chance. Year alone: 1 in 42 by chance, year and month 1 in 500.
BIRTH_EQUAL, BIRTH_SWAPPED, BIRTH_ONE_PART, BIRTH_OTHER = 14_000, 7_500, 2_000, -6_000
BIRTH_YEAR, BIRTH_MONTH = 5_400, 9_000
BIRTH = {
    DateRelation.EQUAL: BIRTH_EQUAL,
    DateRelation.SWAPPED: BIRTH_SWAPPED,
    DateRelation.ONE_PART: BIRTH_ONE_PART,
    DateRelation.OTHER: BIRTH_OTHER,
}
#: Manifests tell another nationality for 12 in 100 and another sex for 4 in 100 of the same people.
NATIONALITY_WRONG = 0.12
#: A nationality is never so rare or so common on a list that it decides alone. Names and nationality go together: of
#: people who share a name at least a quarter share that too, however few of a list do (docs/design/score.md).
NATIONALITY_RAREST, NATIONALITY_COMMONEST = 0.25, 0.8
#: What manifests err in must stay soft, where the rates alone would take more (log2(0.04/0.5) = -3.6): who writes one
#: of the two wrong often writes both, and together they are to cost about a point of recall (docs/design/score.md).
NATIONALITY_OTHER_MOST = -2_000
SEX_SAME, SEX_OTHER = 900, -3_000
#: A document number found again; of another issuer it may be chance; other numbers are mostly renewals.
DOCUMENT_SAME, DOCUMENT_OTHER_ISSUER, DOCUMENT_OTHER = 20_000, 8_000, -1_000
#: A number with one sign wrong, missing, too many or exchanged: 1 in 100 of clerks. By chance it is much commoner than
#: its length tells, since states give numbers out in order: the next in the series is another person's.
DOCUMENT_NEAR = 5_000


#: Words of so many kinds are weighed once: most are near nobody's, or near those of few.
MAX_WEIGHED = 20_000


def prior_millibits(size: int) -> int:
    """The odds, before any comparison, that a traveller is one given entry of a list of this size."""
    numerator, denominator = _ratio(BASE_RATE)
    return log2_millibits(numerator, denominator * max(size, SMALLEST_LIST))


@lru_cache(MAX_WEIGHED)
def word_millibits(letters: int, borne: tuple[int, ...], size: int) -> tuple[int, ...]:
    """What an asked word of so many letters weighs for each `Likeness`; so many entries bear words of each to it.

    log2 of how often this very word is written for a listed one, over how often a traveller is called so: as often as
    entries bear it, and as often as what they bear is written so. Thus GARSIA weighs for GARCIA nearly what GARCIA
    does, where nobody is called GARSIA; and less, where some are. A word that few bear tells much; a little more chance
    is allowed on short lists.
    """
    scale, shares, weights = _written(letters)
    by_chance = round(UNLISTED * scale) + scale * borne[Likeness.SAME]
    by_chance += sum(share * count for share, count in zip(shares, borne[1:], strict=True))
    rarity = log2_millibits(scale * (size + SMALLEST_LIST), by_chance)
    return tuple(max(weight + rarity, LEAST_WORD) for weight in weights)


def listed_millibits(bearers: int, size: int) -> int:
    """How rare a word is that so many of the list's entries bear, beside no other."""
    numerator, denominator = _ratio(WRITTEN[Likeness.SAME])
    return max(log2_millibits(numerator * (size + SMALLEST_LIST), denominator * (bearers + 1)), LEAST_WORD)


@lru_cache(64)
def _written(letters: int) -> tuple[int, tuple[int, ...], tuple[int, ...]]:
    """How often one word of so many letters is written as another, for each likeness but the same: parts of a whole.

    The whole, the parts, and the logarithm of each, with that of the same, in thousandths of a bit.
    """
    ways = {likeness: count * (letters if likeness is Likeness.TYPO else 1) for likeness, count in WAYS.items()}
    rates = [_exact(WRITTEN[likeness]) / ways[likeness] for likeness in Likeness]
    scale = lcm(*(rate.denominator for rate in rates), _exact(UNLISTED).denominator)
    return scale, tuple(int(rate * scale) for rate in rates[1:]), tuple(map(_weight, rates))


def initial_millibits(beginning: int, words: int) -> int:
    """What an asked initial weighs that answers a word, where of so many words of the list so many begin so."""
    numerator, denominator = _ratio(INITIAL_ANSWERED)
    chances = LEFT_OVER * (beginning + SMALLEST_LIST // 10)
    return max(log2_millibits(numerator * (words + SMALLEST_LIST), denominator * chances), 0)


def kin_millibits(words: int, others: int) -> int:
    """What is taken off common words of that weight where so many words on each side are others."""
    return min(KIN_WORDS - words, 0) if others else 0


def name_millibits(words: int, others: int, single: int, akin: int = 0) -> int:
    """What a name weighs, calibrated, of whose words some agree and weigh `words` together.

    `others` words stand against each other, `single` ones are on one side only, `akin` ones are near another without
    speaking for it. It rises with `words` and falls with the other three, and never exceeds `words`: so a name weighs
    at most what this says of the best weights of its words and the fewest others and singles that their numbers allow,
    which is the bound that retrieval relies on. And a name that is to weigh `x` has words that weigh at least `x`
    together.
    """
    return words + kin_millibits(words, others) + OTHER_WORD * others + MISSING_WORD * single + AKIN_WORD * akin


def same_nationality_millibits(bearers: int, size: int) -> int:
    """What it weighs that both have a nationality that so many of the list's entries have."""
    return _weight((1 - _exact(NATIONALITY_WRONG)) / _share(bearers, size))


def other_nationality_millibits(bearers: int, size: int) -> int:
    """What it weighs that the traveller's nationality, which so many entries have, is not the entry's."""
    weight = _weight(_exact(NATIONALITY_WRONG) / (1 - _share(bearers, size)))
    return min(max(weight, NATIONALITY_OTHER_MOST), 0)


def _share(bearers: int, size: int) -> Fraction:
    share = Fraction(bearers + 1, size + SMALLEST_LIST // 10)
    return min(max(share, _exact(NATIONALITY_RAREST)), _exact(NATIONALITY_COMMONEST))


def _weight(ratio: Fraction) -> int:
    return log2_millibits(ratio.numerator, ratio.denominator)


@cache
def _ratio(rate: float) -> tuple[int, int]:
    return _exact(rate).as_integer_ratio()


def _exact(rate: float) -> Fraction:
    """A rate as it is written: 0.04 is 4 of 100, which no number of a processor is."""
    return Fraction(str(rate))
