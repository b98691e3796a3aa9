"""What an operating point (`domain.operating_points`) costs a day: alerts of strangers, and listed people missed.

It is read from a curve, measured on people of whom we know who is listed: how often a stranger and an entry reach so
much evidence by chance, and how many listed travellers reach it. Evidence is the sum of all weights without the prior,
so that one curve serves lists of every size: a longer list asks for more of it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from torogoz.matching.rates import prior_millibits
from torogoz.matching.retrieve import least_millibits


@dataclass(frozen=True, slots=True)
class Measured:
    """At this evidence and more: the share of pairs of a stranger and an entry, and of listed travellers."""

    millibits: int
    chance: float
    found: float


@dataclass(frozen=True, slots=True)
class Expected:
    """What a point brings a day: alerts of strangers, alerts of listed travellers, and listed travellers missed."""

    false_alerts: float
    true_alerts: float
    missed: float


def curve(
    strangers: Iterable[int], pairs: int, listed: Sequence[int | None], at: Iterable[int]
) -> tuple[Measured, ...]:
    """Count what was measured, at the given evidences.

    `strangers` holds the evidence of every match of somebody who is not listed, out of so many `pairs` of such a
    traveller and an entry; `listed` that of each listed traveller's own entry, None where it was no match.
    """
    by_chance, own = sorted(strangers), sorted(each for each in listed if each is not None)
    return tuple(
        Measured(
            least,
            (len(by_chance) - bisect_left(by_chance, least)) / pairs,
            (len(own) - bisect_left(own, least)) / len(listed),
        )
        for least in sorted(at)
    )


def expected(
    probability: float, measured: Sequence[Measured], *, entries: int, travellers: int, listed: float
) -> Expected:
    """What a point brings a day on a list of so many entries, with so many travellers a day, of whom some are listed.

    Takes the last measured row that asks for no more evidence than the point does, so that alerts are rather over- than
    underestimated; misses come from the next one, likewise. Refuses with ValueError a point below the curve.
    """
    least = least_millibits(probability) - prior_millibits(entries)
    place = bisect_left(measured, least, key=lambda row: row.millibits)
    after = measured[min(place, len(measured) - 1)]
    before = after if after.millibits <= least else measured[place - 1]
    if before.millibits > least:
        raise ValueError("the curve was not measured at so little evidence")
    true_alerts = listed * after.found
    return Expected(travellers * entries * before.chance, true_alerts, listed - true_alerts)
