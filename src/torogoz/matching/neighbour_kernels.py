"""The kernel that makes one row of a word's neighbours of all the ways in which they were found."""

from __future__ import annotations

import numpy as np

from torogoz.matching.compiled import Bytes, Large, Small, kernel
from torogoz.matching.rates import Likeness

_TYPO, _HEARD, _CUT = int(Likeness.TYPO), int(Likeness.HEARD), int(Likeness.CUT)
_LIKENESSES = len(Likeness)


@kernel
def nearest(
    forms: Large, mistyped: Small, heard: Small, first: int, last: int, bearers: Small
) -> tuple[Small, Bytes, Large]:
    """Each word once, in order, as near as any of the ways has it that found it; and how many entries bear each kind.

    `forms` holds numbers with their likeness in the lowest eight bits; the words from `first` to before `last` may be
    the whole of a cut one.
    """
    codes = np.empty(len(forms) + len(mistyped) + len(heard) + last - first, np.int64)
    count = len(forms)
    codes[:count] = forms
    for number in mistyped:
        codes[count] = np.int64(number) << 8 | _TYPO
        count += 1
    for number in heard:
        codes[count] = np.int64(number) << 8 | _HEARD
        count += 1
    for number in range(first, last):
        codes[count] = np.int64(number) << 8 | _CUT
        count += 1
    codes.sort()
    numbers, likenesses = np.empty(count, np.int32), np.empty(count, np.uint8)
    counts, distinct = np.zeros(_LIKENESSES, np.int64), 0
    for code in codes:
        number = code >> 8
        if distinct == 0 or numbers[distinct - 1] != number:
            numbers[distinct], likenesses[distinct] = number, code & 0xFF
            counts[code & 0xFF] += bearers[number]
            distinct += 1
    return numbers[:distinct], likenesses[:distinct], counts
