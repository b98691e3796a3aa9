"""Kernels that gather few numbers and put them in order, and find one among many that are in order.

numpy does both, too: it makes ready for thousands, which takes longer than what is asked for here.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from torogoz.matching.compiled import Number, Numbers, kernel

#: So many are put in order one by one.
_FEW = 32


@kernel
def no_numbers() -> Numbers:
    """A list that kernels add whole numbers to."""
    return [np.int64(0) for _ in range(0)]


@kernel
def put_in_order(values: Any) -> None:
    """Put whole numbers in order where they stand."""
    if len(values) > _FEW:
        values.sort()
    else:
        put_few_in_order(values)


@kernel
def put_few_in_order(values: Any) -> None:
    """The same of few, which may stand in an array: the way for thousands takes a second to compile for each kind."""
    for place in range(1, len(values)):
        value, free = values[place], place
        while free > 0 and values[free - 1] > value:
            values[free] = values[free - 1]
            free -= 1
        values[free] = value


@kernel
def first_at_least(values: Any, low: Number, high: Number, wanted: int) -> Number:
    """The first place between two of a number that is not below `wanted`; the latter of both where there is none."""
    while low < high:
        middle = (low + high) // 2
        if values[middle] < wanted:
            low = middle + 1
        else:
            high = middle
    return low
