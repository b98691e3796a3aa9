"""Fit the calibration of names, by hand: prints what `matching/rates.py` holds, and how well that predicts.

Usage: `python tools/fit_names.py [--evaluate]`, with TOROGOZ_SAMPLES naming the public samples, beside which
`names-data` lies. Writes nothing. Two questions, each with its own data (docs/design/score.md says what they can tell):

- What chance does, from the main names of listed persons, all of whom are others: how often two of them reach a weight.
- What people judge, from labelled pairs of names whose row's SHA-256 begins with an even byte: the weights of words
  that stand against each other, alone or akin, by maximum likelihood with the stated rates as priors.

`--evaluate` holds the constants in force against the other rows. It is for the end: whoever looks at them and fits
again has no rows left to be judged by.
"""

from __future__ import annotations

import csv
import hashlib
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import log2
from pathlib import Path

import numpy as np
import numpy.typing as npt

from torogoz.domain.watchlist import Entry
from torogoz.matching import ListIndex, Query, build, rates
from torogoz.matching.question import Question, prepare
from torogoz.matching.score import NameScore, score_name

DATA = Path(os.environ.get("TOROGOZ_SAMPLES", "../shared/samples")).parent / "names-data"
#: Every so many listed persons is held against all others.
EACH = 3
#: The priors, in bits: the rates as they were stated before anything was fitted, and how sure of them we were.
PRIORS = {
    "intercept": (0.0, 8.0),
    "slope": (1.0, 0.25),
    "other": (-6.0, 2.0),
    "single": (-1.2, 0.5),
    "akin": (-1.2, 1.0),
}

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Labelled pairs as rows: bits of the words in common, others, singles, akin ones, whether judged one person."""

    words: Numbers
    others: Numbers
    single: Numbers
    akin: Numbers
    same: Numbers
    left_out: int


def main(arguments: list[str]) -> int:
    """Fit and print; with `--evaluate` also how well it predicts the other rows."""
    listed = [row[1] for row in _rows("ofac/sdn.csv") if len(row) > 2 and row[2] == "individual"]
    _print_chance(build([Entry(str(place), (name,)) for place, name in enumerate(listed)]))
    fit = _pairs(listed, even=True)
    print(
        f"\nto fit: {len(fit.same)} pairs of persons, {int(fit.same.sum())} the same;"
        f" {fit.left_out} more have a side without a word"
    )
    for most in (0, 4, 6, 8, 10, 12, 16, 20, 100):
        likelihood, weights = _fit(fit, most)
        told = ", ".join(f"{name} {value:+.2f}" for name, value in zip(PRIORS, weights, strict=True))
        print(f"  KIN_WORDS {1000 * most:>7}: log likelihood {likelihood:7.2f}; {told}")
    curve = _curve(fit)
    print(f"what judges make of the constants in force: P = 1 / (1 + 2 ** -({curve[0]:+.2f} {curve[1]:+.3f} × bits))")
    _print_reliability(fit, curve)
    if "--evaluate" in arguments:
        print("\nthe other rows:")
        _print_reliability(_pairs(listed, even=False), curve)
    return 0


def _rows(name: str) -> Iterator[list[str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.reader(file)


def _pairs(listed: list[str], *, even: bool) -> Pairs:
    """Weigh each pair with its second name on a list of real persons, so that its words have real frequencies."""
    rows = []
    for text in (DATA / "name_bench/cases-half.csv").read_text(encoding="utf-8").splitlines()[1:]:
        (row,) = csv.reader([text])
        if row[1] == "Person" and (hashlib.sha256(text.encode()).digest()[0] % 2 == 0) == even:
            rows.append(row)
    names = [*listed, *(row[3] for row in rows)]
    index = build([Entry(str(place), (name,)) for place, name in enumerate(names)])
    found, left_out = [], 0
    for place, row in enumerate(rows, start=len(listed)):
        (question,) = prepare([Query(surname=row[2])], index).questions
        if not question.spellings or not _names(index, place):
            left_out += 1
            continue
        score = _name(index, question, place)
        weighed = (_words(score), len(score.others), _single(score), len(score.akin)) if score else (0.0, 1, 0, 0)
        found.append((*weighed, row[4] == "true"))
    words, others, single, akin, same = np.array(found, dtype=float).T
    return Pairs(words, others, single, akin, same, left_out)


def _name(index: ListIndex, question: Question, place: int) -> NameScore | None:
    text = index.layers[0].entry(place).names[0]
    scores = [score_name(question, index, 0, number, text) for number in _names(index, place)]
    return max((score for score in scores if score), key=lambda score: score.millibits, default=None)


def _names(index: ListIndex, place: int) -> range:
    """The names of an entry; nobody of these lists has a birth date, so that they stand in the order of the list."""
    first = index.layers[0].first_names
    return range(first[place], first[place + 1])


def _words(score: NameScore) -> float:
    return sum(pair.millibits for pair in score.aligned) / 1000


def _single(score: NameScore) -> int:
    return len(score.missing) + len(score.extra)


def _print_chance(index: ListIndex) -> None:
    """How often two different persons reach a weight: calibrated, no more often than 2 to the power of its negative."""
    reached, plain, pairs = [], [], 0
    layer = index.layers[0]
    for place in range(0, index.size, EACH):
        pairs += index.size - 1
        text = layer.entry(place).names[0]
        (question,) = prepare([Query(surname=text)], index).questions
        near = {word for one in question.spellings for words in one.neighbours for word in words.numbers[0].tolist()}
        for number, owner in enumerate(layer.owners.tolist()):
            if owner == place or near.isdisjoint(layer.name(number)):
                continue
            score = score_name(question, index, 0, number, text)
            if score:
                reached.append(score.millibits / 1000)
                left = rates.OTHER_WORD * len(score.others) + rates.MISSING_WORD * _single(score)
                plain.append(_words(score) + (left + rates.AKIN_WORD * len(score.akin)) / 1000)
    print(f"by chance, of {pairs} pairs of listed persons (log2 of the share; calibrated: at most minus the bits)")
    print("  bits   with KIN_WORDS   without")
    for bits in range(0, 34, 2):
        print(f"  {bits:4}   {_log_share(reached, bits, pairs):>14}   {_log_share(plain, bits, pairs):>7}")


def _log_share(values: list[float], least: float, pairs: int) -> str:
    count = sum(value >= least for value in values)
    return f"{log2(count / pairs):.1f}" if count else "none"


def _bits(pairs: Pairs, other: float, single: float, akin: float, most: float) -> Numbers:
    words = np.where(pairs.others > 0, np.minimum(pairs.words, most), pairs.words)
    return words + other * pairs.others + single * pairs.single + akin * pairs.akin


def _log_likelihood(pairs: Pairs, odds: Numbers) -> float:
    natural = np.log(2) * odds
    return float(-np.logaddexp(0, np.where(pairs.same > 0, -natural, natural)).sum())


def _fit(pairs: Pairs, most: float) -> tuple[float, Numbers]:
    """The likeliest weights given the priors, by steps that shrink; the slope is never below zero: the map rises."""
    means, spreads = np.array(list(PRIORS.values())).T

    def value(weights: Numbers) -> float:
        odds = weights[0] + weights[1] * _bits(pairs, weights[2], weights[3], weights[4], most)
        return _log_likelihood(pairs, odds) - float((((weights - means) / spreads) ** 2).sum()) / 2

    return _climb(value, means)


def _climb(value: Callable[[Numbers], float], weights: Numbers) -> tuple[float, Numbers]:
    best, step = value(weights), np.ones(len(weights))
    while step.max() > 0.001:
        better = False
        for place in range(len(weights)):
            for sign in (1, -1):
                tried = weights.copy()
                tried[place] += sign * step[place]
                if tried[1] >= 0 and (found := value(tried)) > best + 1e-9:
                    best, weights, better = found, tried, True
        step = step if better else step / 2
    return best, weights


def _curve(pairs: Pairs) -> Numbers:
    """Intercept and slope with which the constants in force say what the judges of these pairs say."""
    bits = _in_force(pairs)
    return _climb(lambda line: _log_likelihood(pairs, line[0] + line[1] * bits), np.array([0.0, 1.0]))[1]


def _in_force(pairs: Pairs) -> Numbers:
    weights = (rates.OTHER_WORD, rates.MISSING_WORD, rates.AKIN_WORD, rates.KIN_WORDS)
    return _bits(pairs, *(weight / 1000 for weight in weights))


def _print_reliability(pairs: Pairs, curve: Numbers) -> None:
    """Predicted against observed by fifths of the pairs, and the classification at one half."""
    predicted = 1 / (1 + np.exp2(-(curve[0] + curve[1] * _in_force(pairs))))
    order = np.argsort(predicted, kind="stable")
    for part in np.array_split(order, 5):
        print(f"  {len(part):3} pairs: predicted {predicted[part].mean():.2f}, observed {pairs.same[part].mean():.2f}")
    drawn = np.random.default_rng(1).integers(0, len(order), (2_000, len(order)))
    low, high = np.quantile([_f1(predicted[each], pairs.same[each]) for each in drawn], (0.025, 0.975))
    loss = -_log_likelihood(pairs, curve[0] + curve[1] * _in_force(pairs)) / len(order)
    print(f"  {len(order)} pairs, log loss of each {loss:.3f}; F1 at one half {_f1(predicted, pairs.same):.3f}")
    print(f"  (of 95 in 100 samples with replacement between {low:.3f} and {high:.3f})")


def _f1(predicted: Numbers, same: Numbers) -> float:
    said = predicted >= 0.5
    return float(2 * (said & (same > 0)).sum() / (said.sum() + same.sum()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
