"""Whether two names are one person's: a threshold chosen on one part of labelled pairs, its F1 on the other.

Our own score of a pair is that of a list on which the second name stands among invented people, so that common and rare
words weigh what they do on a list; only names are compared. Peers score the two names alone, in the letters of the
machine-readable zone. Every method has its own best threshold on the same part, and intervals from the same resamples.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from random import Random

from anyascii import anyascii
from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler

from torogoz.bench.watchlist.edit_distance import sorted_words
from torogoz.bench.watchlist.public_names import Pair
from torogoz.domain.watchlist import Entry
from torogoz.matching import Query, build, match
from torogoz.synth.nation.listed import entries

#: Below this probability a name on the list is taken not to be found.
LEAST = 0.000_001
NOT_FOUND = float("-inf")
_RESAMPLES = 2_000


@dataclass(frozen=True, slots=True)
class Judged:
    """F1, precision and recall of a method on the part that its threshold has not seen; the bounds are of 95 in 100."""

    threshold: float
    f1: float
    low: float
    high: float
    precision: float
    recall: float


def background(seed: int, count: int) -> list[Entry]:
    """Invented people by their names alone: whatever else is known would tell them from those who are looked for."""
    return [Entry(entry.id, entry.names) for entry, _ in islice(entries(seed), count)]


def our_scores(pairs: Sequence[Pair], among: Sequence[Entry]) -> list[float]:
    """The bits of each pair, or `NOT_FOUND`."""
    listed = {name: f"L-{place}" for place, name in enumerate(dict.fromkeys(pair.two for pair in pairs))}
    index = build([*(Entry(entry, (name,)) for name, entry in listed.items()), *among])
    found = []
    for pair in pairs:
        answers = match(Query(pair.one), index, LEAST)
        found.append(next((one.bits for one in answers if one.entry.id == listed[pair.two]), NOT_FOUND))
    return found


def peer_scores(pairs: Sequence[Pair]) -> dict[str, list[float]]:
    """What anybody would try first: Jaro–Winkler over the words in order, and the ratio of their sets."""
    methods: dict[str, Callable[[str, str], float]] = {
        "jaro_winkler": JaroWinkler.normalized_similarity,
        "token_set": fuzz.token_set_ratio,
    }
    written = [(sorted_words(anyascii(pair.one)), sorted_words(anyascii(pair.two))) for pair in pairs]
    return {name: [score(one, two) for one, two in written] for name, score in methods.items()}


def judged(pairs: Sequence[Pair], scores: Sequence[float], threshold: float | None = None) -> Judged:
    """Choose the threshold on the part for fitting, unless one is given, and judge it on the other."""
    fit = [(score, pair.same) for pair, score in zip(pairs, scores, strict=True) if pair.fit]
    held = [(score, pair.same) for pair, score in zip(pairs, scores, strict=True) if not pair.fit]
    chosen = best_threshold(fit) if threshold is None else threshold
    rng = Random("resamples")
    samples = sorted(_measures(rng.choices(held, k=len(held)), chosen)[0] for _ in range(_RESAMPLES)) if held else [0.0]
    f1, precision, recall = _measures(held, chosen)
    low, high = samples[int(0.025 * len(samples))], samples[int(0.975 * len(samples))]
    return Judged(chosen, f1, low, high, precision, recall)


def best_threshold(scored: Sequence[tuple[float, bool]]) -> float:
    """The threshold with the best F1, half-way down to the next lower score; of equals the highest."""
    places = sorted({score for score, _ in scored if score != NOT_FOUND}, reverse=True)
    if not places:
        return NOT_FOUND
    best = max(places, key=lambda place: _measures(scored, place)[0])
    lower = places[places.index(best) + 1 :]
    return (best + lower[0]) / 2 if lower else best


def _measures(scored: Sequence[tuple[float, bool]], threshold: float) -> tuple[float, float, float]:
    told = sum(score >= threshold for score, _ in scored)
    same = sum(same for _, same in scored)
    right = sum(same and score >= threshold for score, same in scored)
    if not right:
        return 0.0, 0.0, 0.0
    return 2 * right / (told + same), right / told, right / same
