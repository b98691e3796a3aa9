"""Kernels that tell whether two left-over words are akin: too far apart to speak for, too near for another name.

Retrieval never looks for such words; they are judged when two names are laid side by side, so that any rule may stand
here, at no cost to what is found by words. Each rule and where it ends: docs/design/name-rules.md.
"""

from __future__ import annotations

import numpy as np

from torogoz.matching.compiled import Bytes, Number, Truth, kernel
from torogoz.matching.rates import Akin
from torogoz.matching.string_kernels import within

_NO, _BEGINNING, _SLIPS, _CONSONANTS, _NEAR = map(int, Akin)
#: A beginning has at least so many letters (one is an initial), and what it is the beginning of so many.
BEGINNING_LETTERS, BEGUN_LETTERS = 2, 4
#: Slips are looked for only where the list does not know the asked word: MANUEL and MIGUEL, LI and LIU are two names.
#: Two in words of so many letters, one in shorter ones, of which one has so many (`vocabulary` finds those of four).
TWO_SLIPS_LETTERS, ONE_SLIP_LETTERS, ONE_SLIP_SHORTEST = 6, 3, 2
#: Words of the same consonants have at least so many of them, and so many letters.
SAME_CONSONANTS, CONSONANT_LETTERS = 3, 5
#: Two names, known or not, are near each other with one slip from so many letters on; with two, which leave so many
#: consonants as they are, from so many.
NEAR_LETTERS, NEAR_CONSONANTS, NEAR_TWO_SLIPS_LETTERS = 2, 2, 4
#: Longer words are no names that anybody types (hostile lists hold such words).
_MOST_LETTERS = 32


def _classes() -> np.ndarray[tuple[int], np.dtype[np.uint8]]:
    """Letter → its class of consonants, much as Soundex has them (US patent 1,261,167); 0 for vowels, H and Y."""
    found = np.zeros(26, np.uint8)
    for number, letters in enumerate(("BFPVW", "CGJKQSXZ", "DT", "L", "MN", "R"), start=1):
        for letter in letters:
            found[ord(letter) - ord("A")] = number
    return found


_CLASS = _classes()
_A, _HISSING, _DENTAL, _H = ord("A"), 2, 3, ord("H")


@kernel
def akin(one: Bytes, two: Bytes, known: bool) -> Number:  # noqa: FBT001 - numba takes flags by place
    """The rule of `Akin` by which two different words are akin; `known` is whether the list has the asked one."""
    shorter, longer = (one, two) if len(one) <= len(two) else (two, one)
    if len(longer) > _MOST_LETTERS:
        return _NO
    if len(shorter) >= BEGINNING_LETTERS and len(longer) >= BEGUN_LETTERS and _begins(longer, shorter):
        return _BEGINNING
    if not known and _slipped(shorter, longer):
        return _SLIPS
    if len(shorter) >= CONSONANT_LETTERS and _same_consonants(one, two) >= SAME_CONSONANTS:
        return _CONSONANTS
    return _NEAR if _near(shorter, longer) else _NO


@kernel
def _near(shorter: Bytes, longer: Bytes) -> Truth:
    """Whether two names that begin alike are one slip apart, or two that leave the consonants alone."""
    if len(shorter) < NEAR_LETTERS or not _begin_alike(shorter[0], longer[0]):
        return False
    if within(shorter, longer, 0, len(longer), 1):
        return True
    if len(shorter) < NEAR_TWO_SLIPS_LETTERS or not within(shorter, longer, 0, len(longer), 2):
        return False
    return _same_consonants(shorter, longer) >= NEAR_CONSONANTS


@kernel
def _begin_alike(one: int, two: int) -> Truth:
    return one == two or _CLASS[one - _A] == _CLASS[two - _A] != 0


@kernel
def _slipped(shorter: Bytes, longer: Bytes) -> Truth:
    if len(shorter) >= TWO_SLIPS_LETTERS:
        return within(shorter, longer, 0, len(longer), 2)
    long_enough = len(shorter) >= ONE_SLIP_SHORTEST and len(longer) >= ONE_SLIP_LETTERS
    return long_enough and within(shorter, longer, 0, len(longer), 1)


@kernel
def _begins(longer: Bytes, shorter: Bytes) -> Truth:
    for place in range(len(shorter)):  # noqa: SIM110 - numba knows no all() of places
        if longer[place] != shorter[place]:
            return False
    return True


@kernel
def _same_consonants(one: Bytes, two: Bytes) -> Number:
    """How many consonants two words have that are of the same classes in the same order; 0 where these differ."""
    here, there, count = -1, -1, 0
    while True:
        here, there = _next_consonant(one, here), _next_consonant(two, there)
        if here == len(one) or there == len(two):
            return count if here == len(one) and there == len(two) else 0
        if _CLASS[one[here] - _A] != _CLASS[two[there] - _A]:
            return 0
        count += 1


@kernel
def _next_consonant(word: Bytes, last: int) -> Number:
    """The place of the next consonant that is heard after another; the length of the word where there is none.

    Consonants of a class in a row are heard once, with an H between them too; D and T before a hissing one (TS, TCH,
    DJ) are part of it.
    """
    heard = _CLASS[word[last] - _A] if last >= 0 else 0
    for place in range(last + 1, len(word)):
        kind = _CLASS[word[place] - _A]
        if kind == _DENTAL and place + 1 < len(word) and _CLASS[word[place + 1] - _A] == _HISSING:
            continue
        if kind and kind != heard:
            return place
        if not kind and word[place] != _H:
            heard = 0
    return len(word)
