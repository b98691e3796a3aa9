"""What a word may have been before a machine read it: letters that look like two others, and the other way round.

Single letters taken for one another (I and L, O and Q, N and M) are slips of one letter, which `vocabulary` finds in
words of four letters and more. Here are those that change the length of a word, and single ones in words of three.
Shapes from general knowledge; a reader can check them in Rice, Nagy and Nartker, *Optical Character Recognition: An
Illustrated Guide to the Frontier* (1999).
"""

from __future__ import annotations

import numpy as np

from torogoz.matching.compiled import Bytes, Large, Number, Small, Truth, kernel
from torogoz.matching.word_kernels import word_number

#: One letter, and the two that look like it.
_TWO_FOR_ONE = (
    "M RN, M NN, M IN, M NI, W VV, D CL, H LI, H II, U LI, U II, U IJ, N II, N RI, N LI, K IC, B LB, R IR, E IE, G CJ"
)
#: Letters that look alike one by one.
_ONE_FOR_ONE = "I L, I J, I T, O Q, O D, O C, U V, C G, E F, M N, V Y, B R, P R, P F, S Z, K X"
#: Single letters are exchanged in words of so many. Shorter words are not read otherwise, nor longer than names are.
_SHORT, _MOST = 3, 32


def _groups(pairs: str) -> list[list[int]]:
    """Each pair both ways: what stands there, and what may have stood there, of two signs each, 0 for none."""
    both = [tuple(pair.split()) for pair in pairs.split(",")]
    ways = [way for first, second in both for way in ((first, second), (second, first))]
    return [[*one.encode().ljust(2, b"\0"), *other.encode().ljust(2, b"\0")] for one, other in ways]


_LONG = len(_groups(_TWO_FOR_ONE))
_GROUPS = np.array(_groups(_TWO_FOR_ONE) + _groups(_ONE_FOR_ONE), np.uint8)
#: The letters of what stands there, a bit for each; the lowest for none.
_LETTERS = np.array([1 << (first & 31) | 1 << (second & 31) for first, second, _, _ in _GROUPS.tolist()], np.int64)


@kernel
def misread(text: Bytes, blob: Bytes, starts: Large, places: Large) -> Small:
    """The numbers of the listed words that differ in one of these groups, at one place or at all where it stands."""
    found, count, length = np.empty(16, np.int32), 0, len(text)
    if not _SHORT <= length <= _MOST:
        return found[:0]
    read = np.empty(2 * length, np.uint8)
    letters = np.int64(1)
    for letter in text:
        letters |= np.int64(1) << (letter & 31)
    for group in range(len(_GROUPS) if length == _SHORT else _LONG):
        # Most groups have a letter that the word has not.
        if letters & _LETTERS[group] != _LETTERS[group]:
            continue
        times = 0
        # Every place by itself, and then, where there are several, all of them.
        for place in range(length + 1):
            if place < length and not _stands(text, place, group):
                continue
            if place == length and times < 2:
                continue
            times += 1
            first, last = (place, place + 1) if place < length else (0, length)
            number = word_number(read[: _written(text, group, first, last, read)], blob, starts, places)
            if number >= 0:
                if count == len(found):
                    found = np.concatenate((found, found))
                found[count] = number
                count += 1
    return found[:count]


@kernel
def _stands(text: Bytes, place: int, group: int) -> Truth:
    """Whether a group stands at a place."""
    if text[place] != _GROUPS[group, 0]:
        return False
    second = _GROUPS[group, 1]
    return second == 0 or (place + 1 < len(text) and text[place + 1] == second)


@kernel
def _written(text: Bytes, group: int, first: int, last: int, read: Bytes) -> Number:
    """Write a word with a group exchanged wherever it stands from a place to before another; its letters then."""
    place = end = 0
    while place < len(text):
        if first <= place < last and _stands(text, place, group):
            read[end] = _GROUPS[group, 2]
            end += 1
            if _GROUPS[group, 3]:
                read[end] = _GROUPS[group, 3]
                end += 1
            place += 2 if _GROUPS[group, 1] else 1
        else:
            read[end] = text[place]
            end += 1
            place += 1
    return end
