"""What a word may have been before a machine read it: letters that look like two others, and the other way round.

Single letters taken for one another (I and L, O and Q, N and M) are slips of one letter, which `vocabulary` finds in
words of four letters and more. Here are those that change the length of a word, and single ones in words of three.
Shapes from general knowledge; a reader can check them in Rice, Nagy and Nartker, *Optical Character Recognition: An
Illustrated Guide to the Frontier* (1999).
"""

from __future__ import annotations

from collections.abc import Iterator

#: One letter, and the two that look like it.
_TWO_FOR_ONE = (
    "M RN, M NN, M IN, M NI, W VV, D CL, H LI, H II, U LI, U II, U IJ, N II, N RI, N LI, K IC, B LB, R IR, E IE, G CJ"
)
#: Letters that look alike one by one.
_ONE_FOR_ONE = "I L, I J, I T, O Q, O D, O C, U V, C G, E F, M N, V Y, B R, P R, P F, S Z, K X"
_SHORT, _LEAST, _MOST = 3, 3, 32


def _both_ways(pairs: str) -> tuple[tuple[str, str], ...]:
    found = [tuple(pair.split()) for pair in pairs.split(",")]
    return tuple((one, two) for first, second in found for one, two in ((first, second), (second, first)))


_LONG_PAIRS = _both_ways(_TWO_FOR_ONE)
_SHORT_PAIRS = _LONG_PAIRS + _both_ways(_ONE_FOR_ONE)


def readings_of(word: str) -> Iterator[str]:
    """Every word with one of these groups read otherwise, at one place or, where it stands twice, at all of them."""
    if not _LEAST <= len(word) <= _MOST:
        return
    for one, other in _SHORT_PAIRS if len(word) <= _SHORT else _LONG_PAIRS:
        place = word.find(one)
        if place < 0:
            continue
        if word.find(one, place + 1) >= 0:
            yield word.replace(one, other)
        while place >= 0:
            yield word[:place] + other + word[place + len(one) :]
            place = word.find(one, place + 1)
