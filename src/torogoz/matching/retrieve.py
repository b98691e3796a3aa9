"""Finding every entry at or above a threshold without looking at the whole list.

Takes queries, an index and a threshold; gives for each query the same matches as scoring every entry, always. Why
nothing is lost stands in docs/design/matching.md; in short, a match has a document that is the same or one slip away,
or the full name, or a word in common, and its name weighs at least what prior, nationality, sex and the birth date
leave to the threshold. So it stands among the people of the dates that may be the asked one, or bears one of the asked
words that are rare enough to reach that together with those that are less rare.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import exp2

from torogoz.domain.document import MIN_DOCUMENT_SIGNS
from torogoz.domain.hit import Evidence
from torogoz.domain.watchlist import Entry
from torogoz.matching import score as scoring
from torogoz.matching.compiled import Bytes
from torogoz.matching.explain import evidence_of
from torogoz.matching.index import (
    MOST_DOCUMENT_SIGNS,
    NEAR_DOCUMENT_SIGNS,
    ListIndex,
)
from torogoz.matching.layer import Layer, as_bytes
from torogoz.matching.logarithm import log2_millibits_up
from torogoz.matching.query import Query
from torogoz.matching.question import asked_of, prepare
from torogoz.matching.retrieve_kernels import find
from torogoz.matching.score import Score
from torogoz.matching.string_kernels import every_slip_of, slips_of

#: The review point of the contract: one in a hundred.
DEFAULT_THRESHOLD = 0.01
#: Between these every probability stays: no evidence of ours makes a person another or the same for certain.
LEAST, MOST = 0.000_001, 0.999_999


@dataclass(frozen=True, slots=True)
class Match:
    """An entry that may be the traveller. `name` is the listed name that was nearest, None where only a document is.

    `probability` is nominal: what the bits say, not yet calibrated against outcomes. `exact_document` tells that a
    document number was found again, `exact_name` that every word of the name is that of a listed name and the other way
    round: such an entry is given whatever the threshold.
    """

    entry: Entry
    millibits: int
    probability: float
    name: str | None
    evidence: tuple[Evidence, ...]
    exact_document: bool = False
    exact_name: bool = False

    @property
    def bits(self) -> float:
        """The posterior odds in bits."""
        return self.millibits / 1000


def match(query: Query, index: ListIndex, threshold: float = DEFAULT_THRESHOLD) -> tuple[Match, ...]:
    """Every entry of at least this probability, and every one with an exact document or name, best first, ties by id.

    Who has the exact name and clearly another whole birth date is no match all the same.
    """
    return match_all((query,), index, threshold)[0]


def match_all(
    queries: Sequence[Query], index: ListIndex, threshold: float = DEFAULT_THRESHOLD
) -> tuple[tuple[Match, ...], ...]:
    """The same for a whole flight at once."""
    return _answers(queries, index, threshold, every=False)


def brute_force(query: Query, index: ListIndex, threshold: float = DEFAULT_THRESHOLD) -> tuple[Match, ...]:
    """The same by scoring every name of every entry: the oracle of tests and of `torogoz bench match --verify`."""
    return _answers((query,), index, threshold, every=True)[0]


@lru_cache(maxsize=64)
def least_millibits(threshold: float) -> int:
    """The fewest whole thousandths of a bit that are the odds of a probability or more, the same on every machine.

    The probability is taken as it is written: 0.8 has odds of 4, and so 2,000. Refuses what is not between 0 and 1 with
    ValueError.
    """
    if not 0 < threshold < 1:
        raise ValueError("a threshold lies between 0 and 1")
    written = Fraction(str(threshold))
    return log2_millibits_up(written.numerator, written.denominator - written.numerator)


def probability(millibits: int) -> float:
    """The probability that odds in thousandths of a bit stand for, to six places: the same on every machine.

    However many they are, nothing is certain. None lies so near to where rounding turns that two processors could
    differ (the nearest by 7 × 10⁻¹², some ten thousand times their error); a test goes through all of them.
    """
    return min(max(round(1 / (1 + exp2(min(-millibits / 1000, 200))), 6), LEAST), MOST)


def _answers(
    queries: Sequence[Query], index: ListIndex, threshold: float, *, every: bool
) -> tuple[tuple[Match, ...], ...]:
    least = least_millibits(threshold)
    flight = prepare(queries, index)
    scores: list[list[Score]] = [[] for _ in queries]
    for number, layer in enumerate(index.layers):
        gone = index.absent(number)
        if len(gone) and gone.all():
            continue
        documented = [_documented(query, layer, every=every) for query in queries]
        with index.blank(number) as blank:
            asked, table = asked_of(flight, index, number, least, blank)
            found = {(query, place) for query, place, _, _ in find(layer, asked, gone, every, table).tolist()}
        found |= {(query, place) for query, places in enumerate(documented) for place in places}
        for query, place in found:
            if not (len(gone) and gone[place]):
                score = scoring.score_entry(flight.questions[query], index, number, place)
                if score is not None and (score.exact or score.full_name or score.millibits >= least):
                    scores[query].append(score)
    return tuple(_best_first(some, index) for some in scores)


def _best_first(scores: list[Score], index: ListIndex) -> tuple[Match, ...]:
    scores.sort(key=lambda score: (-score.millibits, score.entry.id))
    return tuple(
        Match(
            score.entry,
            score.millibits,
            probability(score.millibits),
            score.name.name if score.name else None,
            evidence_of(score, index),
            score.exact is not None,
            score.full_name,
        )
        for score in scores
    )


def _documented(query: Query, layer: Layer, *, every: bool) -> set[int]:
    """The entries with a document whose number is one of the traveller's, or one slip away from it."""
    found: set[int] = set()
    for document in query.documents:
        if len(document.key) >= MIN_DOCUMENT_SIGNS:
            for number in _numbers(as_bytes(document.key), layer, every=every):
                found.update(layer.holders[layer.holder_starts[number] : layer.holder_starts[number + 1]].tolist())
    return found


def _numbers(key: Bytes, layer: Layer, *, every: bool) -> list[int]:
    limits = NEAR_DOCUMENT_SIGNS, MOST_DOCUMENT_SIGNS
    if every:
        found = every_slip_of(key, layer.numbers, layer.number_starts, *limits)
    else:
        found = slips_of(key, layer.numbers, layer.number_starts, layer.number_slips, *limits)
    numbers: list[int] = found.tolist()
    return numbers
