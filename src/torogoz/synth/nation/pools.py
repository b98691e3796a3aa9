"""Names of one kind in falling order of frequency, drawn as unequally as registers count them.

The share of the name at place r falls as 1 / (r + offset) (Zipf–Mandelbrot): registers of surnames lie close to it,
from the commonest down to those that one family bears. The offset follows from how common the commonest is.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from math import fsum
from random import Random

import numpy as np

from torogoz.synth.names import CULTURES
from torogoz.synth.nation.shapes import capitalised, rare


@dataclass(frozen=True, slots=True)
class Ranked:
    """Names and the steps of their cumulative share, the last of which is 1."""

    names: tuple[str, ...]
    steps: tuple[float, ...]

    @classmethod
    def of(cls, names: Iterable[str], commonest: float) -> Ranked:
        """Rank names as given, the first with this share; ValueError where they are too few for so small a share."""
        ranked = tuple(dict.fromkeys(names))
        if not len(ranked) * commonest > 1:
            raise ValueError("the commonest of so few names has a greater share")
        offset = _offset(len(ranked), commonest)
        shares = [1 / (rank + offset) for rank in range(len(ranked))]
        total = fsum(shares)
        return cls(ranked, tuple(accumulate(share / total for share in shares)))

    def draw(self, rng: Random) -> str:
        """Draw one."""
        return self.names[min(bisect(self.steps, rng.random()), len(self.names) - 1)]


def _offset(count: int, commonest: float) -> float:
    """The offset that gives the first of so many this share, to a thousandth: the same on every machine."""
    places = np.arange(count)
    low, high = 0.001, 1e6
    while high - low > 0.0001:
        middle = (low + high) / 2
        low, high = (middle, high) if 1 / middle / (1 / (places + middle)).sum() > commonest else (low, middle)
    return round(high, 3)


#: label of `SHAPES` → the culture whose names head it, which of its pools, names in all, share of the commonest.
_SIZES = {
    "es": ("es", "surnames", 52_000, 0.0145),
    "es.F": ("es", "female", 2_200, 0.07),
    "es.M": ("es", "male", 3_000, 0.06),
    "ar": ("ar", "surnames", 60_000, 0.012),
    "ar.F": ("ar", "female", 6_000, 0.05),
    "ar.M": ("ar", "male", 9_000, 0.07),
    "ru": ("ru", "surnames", 52_000, 0.012),
    "ru.F": ("ru", "female", 900, 0.08),
    "ru.M": ("ru", "male", 1_400, 0.09),
    "pt": ("pt", "surnames", 30_000, 0.04),
    "pt.F": ("pt", "female", 500, 0.09),
    "pt.M": ("pt", "male", 400, 0.07),
    "en": ("en", "surnames", 28_000, 0.011),
    "en.F": ("en", "female", 2_000, 0.03),
    "en.M": ("en", "male", 2_200, 0.035),
    "zh": ("zh", "surnames", 260, 0.075),
    "zh.given": ("zh", "", 300, 0.02),
    "fr": ("fr", "surnames", 48_000, 0.006),
    "fr.F": ("fr", "female", 600, 0.05),
    "fr.M": ("fr", "male", 650, 0.05),
}


@cache
def ranked(label: str) -> Ranked:
    """Common names first, then rare ones."""
    culture, pool, size, commonest = _SIZES[label]
    head = [name.replace("Al ", "Al-") for name in getattr(CULTURES[culture], pool).names] if pool else []
    tail = capitalised(rare(label, size - len(head)))
    if label == "ar":
        # Every third rare name tells a place or a tribe, with its article.
        tail = [f"Al-{name}" if place % 3 == 0 else name for place, name in enumerate(tail)]
    return Ranked.of([*head, *tail], commonest)
