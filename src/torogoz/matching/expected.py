"""How many strangers a week an entry will stop: what was counted, with its interval, and what namesakes would make.

Two figures, never mixed. *Observed*: of so many travellers that were held against the entry, so many reached the review
point; by the week, with the exact interval of a Poisson count. *Namesakes*: where few travellers were held against it,
what the list's own frequencies say, of strangers who bear every word of one of its names. The second is a model: names
are taken to be as frequent among travellers as on the list and their words independent of each other; neither is true
of families, and mistyped names are left out. It tells a rare name from a common one, and no more.

The sum is over what a stranger's birth date may be to the entry's. Each case is put to the scorer itself, so that the
figure follows its rules and rates whatever they become.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import exp, exp2, lgamma, log, sqrt

from torogoz.domain.dates import DateRelation, PartialDate, relate_dates
from torogoz.domain.hit import Evidence, Stance
from torogoz.domain.watchlist import Entry
from torogoz.matching.index import ListIndex
from torogoz.matching.query import Query
from torogoz.matching.retrieve import least_millibits, match

#: How a stranger's whole birth date stands to a listed one by chance: the same, or day and month exchanged (births over
#: 50 years of days); one part other; the listed year, or year and month, the same. As in `matching.rates`.
SAME_DAY, SAME_BUT_A_PART, SAME_YEAR, SAME_MONTH = 1 / 18_000, 1 / 200, 1 / 42, 1 / 500
#: Each side of the interval leaves out so much.
TAIL = 0.025


@dataclass(frozen=True, slots=True)
class WeeklyRate:
    """So many were raised: how many that is a week, and between which bounds (95 %)."""

    raised: int
    a_week: float
    least: float
    most: float


def observed(raised: int, weeks: float) -> WeeklyRate | None:
    """The rate that a count of so many weeks shows; None of no time. The bounds are Garwood's, exact for a count."""
    if weeks <= 0:
        return None
    least, most = poisson_interval(raised)
    return WeeklyRate(raised, raised / weeks, least / weeks, most / weeks)


def poisson_interval(count: int) -> tuple[float, float]:
    """Between which means a count lies with 95 %: beyond them it would be so few, or so many, once in forty times."""
    least = _mean(count - 1, 1 - TAIL) if count else 0.0
    return least, _mean(count, TAIL)


def namesakes(
    entry: Entry, index: ListIndex, threshold: float, travellers_a_week: float, undated: float = 0.0
) -> float:
    """How many strangers a week who bear one of the entry's names reach the threshold, by the list's frequencies.

    `index` holds the entry, or weighs as the list that will; `undated` is the share of travellers without a birth date.
    """
    # Who has the very name is given below the threshold too, and shown in the dossier, where they stop nobody.
    total, least = 0.0, least_millibits(threshold)
    for name in entry.names:
        for birth, chance in _births(entry, undated):
            query = Query(surname=name, birth_date=birth)
            for found in match(query, index, threshold):
                if found.entry.id == entry.id and found.millibits >= least:
                    told = sum(each.millibits for each in found.evidence if each.field == "name" and _speaks(each))
                    total += chance * exp2(-told / 1000)
    return total * travellers_a_week


def _speaks(evidence: Evidence) -> bool:
    return evidence.stance is Stance.FOR


def _births(entry: Entry, undated: float) -> Iterator[tuple[PartialDate | None, float]]:
    """What a stranger's birth date may be, and how often it is; what is left over is clearly another one."""
    yield None, undated if entry.birth_dates else 1.0
    left = 1.0
    for listed in dict.fromkeys(entry.birth_dates):
        for birth, chance in _near(listed):
            left -= chance
            yield birth, chance * (1 - undated)
    if entry.birth_dates:
        yield _far(entry.birth_dates), left * (1 - undated)


def _near(listed: PartialDate) -> Iterator[tuple[PartialDate, float]]:
    year, month, day = listed.year, listed.month, listed.day
    if month is None or day is None:
        yield PartialDate(year, month or 6, 15), SAME_YEAR if month is None else SAME_MONTH
        return
    yield listed, SAME_DAY
    if day <= 12 and day != month:
        yield PartialDate(year, day, month), SAME_DAY
    yield PartialDate(year, month, 27 if day != 27 else 26), SAME_BUT_A_PART


def _far(listed: Sequence[PartialDate]) -> PartialDate:
    """A whole date whose year is none of theirs, nor one that a slip would make of it."""
    others = (PartialDate(year, 7, 27) for year in range(1000, 9999, 11))
    return next(each for each in others if all(relate_dates(each, one) is DateRelation.OTHER for one in listed))


def _mean(count: int, chance: float) -> float:
    """The mean of a Poisson count that is `count` or less with this chance, by bisection."""
    least, most = 0.0, count + 20 * sqrt(count + 1)
    for _ in range(100):
        middle = (least + most) / 2
        if _at_most(count, middle) > chance:
            least = middle
        else:
            most = middle
    return (least + most) / 2


def _at_most(count: int, mean: float) -> float:
    """The chance that a Poisson count of this mean is so many or fewer."""
    return sum(exp(each * log(mean) - mean - lgamma(each + 1)) for each in range(count + 1))
