"""Kernels that find a word among many by its fingerprint, wherever it stands in a text.

A row holds, for each word, its fingerprint above and its number below, at the place that the fingerprint tells or the
next free one. Looking a word up takes about as long on a list of a million as on a short one; and since a fingerprint
grows letter by letter, all beginnings of a text are looked up in one go. A fingerprint proves nothing: words are
compared letter by letter. Words that were chosen to meet at one place must not take all day: those who find none free
near it stand nowhere, and are looked for among all words in alphabetical order.
"""

from __future__ import annotations

import numpy as np

from torogoz.matching.compiled import Bytes, Large, Number, kernel
from torogoz.matching.string_kernels import NOWHERE, fingerprint, number_of

#: A place where no word stands.
FREE = -1
#: Places at which a word may stand.
_MOST_LOOKS = 64


@kernel
def word_places(blob: Bytes, starts: Large) -> Large:
    """The row of places of words in alphabetical order; its length is a power of two."""
    count, size = len(starts) - 1, 2
    while size < 2 * count:
        size *= 2
    places = np.full(size, FREE, np.int64)
    for number in range(count):
        mark = fingerprint(blob, starts[number], starts[number + 1], NOWHERE)
        for look in range(mark, mark + _MOST_LOOKS):
            if places[look & (size - 1)] == FREE:
                places[look & (size - 1)] = mark << 32 | number
                break
    return places


@kernel
def number_at(text: Bytes, start: int, end: int, mark: int, blob: Bytes, starts: Large, places: Large) -> Number:
    """The number of the word that stands in a text between two places and has this fingerprint; -1 where it is none."""
    for look in range(mark, mark + _MOST_LOOKS):
        here = places[look & (len(places) - 1)]
        if here == FREE:
            return -1
        if here >> 32 == mark:
            number = here & 0xFFFFFFFF
            if starts[number + 1] - starts[number] == end - start:
                same, first = 0, starts[number]
                while same < end - start and blob[first + same] == text[start + same]:
                    same += 1
                if same == end - start:
                    return number
    return number_of(text[start:end], blob, starts)


@kernel
def word_number(text: Bytes, blob: Bytes, starts: Large, places: Large) -> Number:
    """The number of a word, -1 where it is none."""
    return number_at(text, 0, len(text), fingerprint(text, 0, len(text), NOWHERE), blob, starts, places)
