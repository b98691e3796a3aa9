"""The kernel that tells which fields of names no rule of `matching.spelling` writes otherwise: nineteen of twenty.

The rules themselves stand in `matching.spelling`, `matching.parting` and `matching.wade_giles`. This asks what each of
them asks first of the list, for all fields of a flight at once: whether a word is known, what its halves are, whether a
word and the next one are one. It may name a field that no rule writes otherwise, and never passes over one that some
rule does (a test says so), so that the answers are those of the rules.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from torogoz.matching.compiled import Bytes, Large, Number, Small, Truth, kernel
from torogoz.matching.layer import as_bytes, in_a_row
from torogoz.matching.neighbour_kernels import TYPO_LETTERS
from torogoz.matching.normalise import GLUED_PARTICLES, GLUED_TITLES
from torogoz.matching.parting import (
    MOST_GLUED_LETTERS,
    MOST_PIECE_LETTERS,
    PIECE_LETTERS,
    SLIPPED_LETTERS,
    SYLLABLE_LETTERS,
    SYLLABLES_LETTERS,
)
from torogoz.matching.string_kernels import NOWHERE, START, begins, fingerprint, grown, number_of
from torogoz.matching.wade_giles import LEAST_LETTERS, LONGEST_SYLLABLE, MOST_LETTERS, SYLLABLES
from torogoz.matching.word_kernels import number_at

#: A blank slips by no more than so many letters.
SLIPPED = 3
#: Single letters before an apostrophe, as in O'BRIEN and D'ANGELO.
ELIDED = frozenset("ODL")

_BLANK, _G, _H, _N, _U, _X = map(ord, " GHNUX")
#: What letters are in a syllable (`parting.SYLLABLE`), as marks of each sign; and of them all before an apostrophe.
_CONSONANT, _BEFORE_H, _GLIDE, _VOWEL, _END, _BEFORE_APOSTROPHE, _BEGINS_PARTICLE, _ENDS_TITLE = (
    1,
    2,
    4,
    8,
    16,
    32,
    64,
    128,
)
_MOST_VOWELS = 3
_SERVANT = as_bytes("ABD")
_PARTICLES, _PARTICLE_STARTS = in_a_row(sorted(GLUED_PARTICLES))
_LONGEST_PARTICLE = max(map(len, GLUED_PARTICLES))
_TITLES, _TITLE_STARTS = in_a_row(GLUED_TITLES)
_SYLLABLES, _SYLLABLE_STARTS = in_a_row(sorted(SYLLABLES))
#: Marks of fields: some rule may write it otherwise, or some word of it may be three and more.
OTHERWISE, SEVERAL = 1, 2
#: Of a way from the first letter of a word to another one: that it has no piece yet, and that it has three or more.
_NO_PIECE, _THREE = 1, 8


def _marks() -> Bytes:
    marks = np.zeros(256, np.uint8)
    for mark, letters in (
        (_CONSONANT, "BCDFGHJKLMNPQRSTWXYZ"),
        (_BEFORE_H, "ZCS"),
        (_GLIDE, "WY"),
        (_VOWEL, "AEIOU"),
        (_END, "NKLMPT"),
        (_BEFORE_APOSTROPHE, ELIDED),
        (_BEGINS_PARTICLE, {particle[0] for particle in GLUED_PARTICLES}),
        (_ENDS_TITLE, {title[-1] for title in GLUED_TITLES}),
    ):
        marks[[ord(letter) for letter in letters]] |= mark
    return marks


_MARKS = _marks()


class LayerWords(NamedTuple):
    """What of a layer tells whether somebody bears a word."""

    words: Bytes
    starts: Large
    places: Large
    bearers: Small


@kernel
def rewritten(text: Bytes, one: LayerWords, two: LayerWords) -> Bytes:
    """Of each field, the marks of what rules may do; a blank parts words, and each field is a line."""
    row, ends = np.empty(len(text), np.uint8), np.zeros(len(text) + 1, np.int64)
    found, fields, words, letters = np.zeros(len(text), np.uint8), 0, 0, 0
    for sign in text:
        if sign > _BLANK:
            row[letters] = sign
            letters += 1
            continue
        if letters > ends[words]:
            words += 1
            ends[words] = letters
        if sign < _BLANK:
            found[fields] = _written(row, ends[: words + 1], one, two)
            fields, words, letters = fields + 1, 0, 0
    return found[:fields]


@kernel
def _written(row: Bytes, ends: Large, one: LayerWords, two: LayerWords) -> Number:
    """The same of one field; each word starts where the one before it ends."""
    known, marks = True, 0
    for word in range(len(ends) - 1):
        start, end, before = ends[word], ends[word + 1], known
        known = _listed(row, start, end, one, two)
        if _escaped(row, start, end):
            marks |= OTHERWISE
        if not known:
            marks |= _parted(row, start, end, one, two)
        if word > 0 and _joined(row, ends, word, one, two):
            marks |= OTHERWISE
        if word > 0 and not (known and before) and _put_back(row, ends[word - 1], start, end, one, two):
            marks |= OTHERWISE
    return marks


@kernel
def _listed(row: Bytes, start: int, end: int, one: LayerWords, two: LayerWords) -> Truth:
    return _borne(row, start, end, fingerprint(row, start, end, NOWHERE), one, two)


@kernel
def _borne(row: Bytes, start: int, end: int, mark: int, one: LayerWords, two: LayerWords) -> Truth:
    """Whether somebody bears the word that stands here and has this fingerprint."""
    number = number_at(row, start, end, mark, one.words, one.starts, one.places)
    if number >= 0 and one.bearers[number] > 0:
        return True
    if not len(two.bearers):
        return False
    number = number_at(row, start, end, mark, two.words, two.starts, two.places)
    return number >= 0 and two.bearers[number] > 0


@kernel
def _escaped(row: Bytes, start: int, end: int) -> Truth:
    """Whether there is NXX or UXX, as Doc 9303 writes Ñ and Ü."""
    for place in range(start + 2, end):
        if row[place] == _X == row[place - 1] and (row[place - 2] == _N or row[place - 2] == _U):
            return True
    return False


@kernel
def _joined(row: Bytes, ends: Large, word: int, one: LayerWords, two: LayerWords) -> Truth:
    """Whether a word and the one before it, or the two before it, are one that the list may know."""
    first, end = ends[word - 1], ends[word + 1]
    if _listed(row, first, end, one, two) or _two_syllables(row, first, end):
        return True
    return word > 1 and _listed(row, ends[word - 2], end, one, two)


@kernel
def _parted(row: Bytes, start: int, end: int, one: LayerWords, two: LayerWords) -> Number:
    """The marks of a word that the list does not know."""
    slips = SLIPPED_LETTERS <= end - start <= MOST_GLUED_LETTERS
    if slips or _titled(row, start, end) or begins(_SERVANT, row, start, end):
        return OTHERWISE | SEVERAL
    marks = OTHERWISE if _halved(row, start, end, one, two) else 0
    return marks | SEVERAL if _in_pieces(row, start, end, one, two) else marks


@kernel
def _titled(row: Bytes, start: int, end: int) -> Truth:
    if not _MARKS[row[end - 1]] & _ENDS_TITLE:
        return False
    for title in range(len(_TITLE_STARTS) - 1):
        letters = _TITLES[_TITLE_STARTS[title] : _TITLE_STARTS[title + 1]]
        if end - start > len(letters) and begins(letters, row, end - len(letters), end):
            return True
    return False


@kernel
def _halved(row: Bytes, start: int, end: int, one: LayerWords, two: LayerWords) -> Truth:
    """Whether a word is two that the list knows, or one and a particle: `spelling._halves` says which."""
    mark = np.int64(START)
    for place in range(start + 1, end - 1):
        mark = grown(mark, row[place - 1])
        known, letters = _borne(row, start, place, mark, one, two), place - start
        particle = letters > 1 and _particle(row, start, place)
        if not (known or particle):
            continue
        if not _listed(row, place, end, one, two):
            if known and letters >= TYPO_LETTERS and _particle(row, place, end):
                return True
        elif (
            particle
            or min(letters, end - place) > SYLLABLE_LETTERS
            or (letters == 1 and _MARKS[row[start]] & _BEFORE_APOSTROPHE)
            or (letters > 1 and is_syllable(row, start, place) and is_syllable(row, place, end))
        ):
            return True
    return False


@kernel
def _in_pieces(row: Bytes, start: int, end: int, one: LayerWords, two: LayerWords) -> Truth:
    """Whether three and more words of the list make up a word, particles among them, or all syllables."""
    length = end - start
    if not SYLLABLES_LETTERS <= length <= MOST_GLUED_LETTERS:
        return False
    long, syllables = np.zeros(length + 1, np.uint8), np.zeros(length + 1, np.uint8)
    long[0] = syllables[0] = _NO_PIECE
    for first in range(length - 1):
        if not (long[first] or syllables[first]):
            continue
        mark = grown(np.int64(START), row[start + first])
        for last in range(first + SYLLABLE_LETTERS, min(first + MOST_PIECE_LETTERS, length) + 1):
            here, there = start + first, start + last
            mark = grown(mark, row[there - 1])
            known = _borne(row, here, there, mark, one, two)
            if (known and last - first >= PIECE_LETTERS) or (last < length and _particle(row, here, there)):
                long[last] |= _longer(long[first])
            if known and is_syllable(row, here, there):
                syllables[last] |= _longer(syllables[first])
    return (long[length] | syllables[length]) >= _THREE


@kernel
def _longer(ways: Number) -> Number:
    """How many pieces there are with one more."""
    return ((ways << 1) | (ways & _THREE)) & (2 * _THREE - 1)


@kernel
def _particle(row: Bytes, start: int, end: int) -> Truth:
    if end - start > _LONGEST_PARTICLE or not _MARKS[row[start]] & _BEGINS_PARTICLE:
        return False
    return number_of(row[start:end], _PARTICLES, _PARTICLE_STARTS) >= 0


@kernel
def is_syllable(row: Bytes, start: int, end: int) -> Truth:
    """Whether letters are what `parting.SYLLABLE` says, without its pattern."""
    place = start
    if _is(row, place, end, _CONSONANT):
        place += 2 if _is(row, place, end, _BEFORE_H) and place + 1 < end and row[place + 1] == _H else 1
    if _is(row, place, end, _GLIDE):
        place += 1
    vowels = place
    while _is(row, place, end, _VOWEL):
        place += 1
    if not 0 < place - vowels <= _MOST_VOWELS:
        return False
    if _is(row, place, end, _END):
        place += 2 if row[place] == _N and place + 1 < end and row[place + 1] == _G else 1
    return place == end


@kernel
def _is(row: Bytes, place: int, end: int, mark: int) -> Truth:
    return place < end and _MARKS[row[place]] & mark != 0


@kernel
def _two_syllables(row: Bytes, start: int, end: int) -> Truth:
    """Whether letters are two syllables of Chinese, as either system writes them (`wade_giles.given_name_of`)."""
    if not LEAST_LETTERS <= end - start <= MOST_LETTERS:
        return False
    for place in range(max(start + 1, end - LONGEST_SYLLABLE), min(start + LONGEST_SYLLABLE, end - 1) + 1):
        if _other(row, start, place) and _other(row, place, end):
            return True
    return False


@kernel
def _other(row: Bytes, start: int, end: int) -> Truth:
    return number_of(row[start:end], _SYLLABLES, _SYLLABLE_STARTS) >= 0


@kernel
def _put_back(row: Bytes, first: int, start: int, end: int, one: LayerWords, two: LayerWords) -> Truth:
    """Whether two words are the list's, if the blank between them stands some letters before or behind."""
    mark = np.int64(START)
    for place in range(first + 1, min(start + SLIPPED, end - 2) + 1):
        mark = grown(mark, row[place - 1])
        slipped = place > first + 1 and place >= start - SLIPPED and place != start
        if slipped and _borne(row, first, place, mark, one, two) and _listed(row, place, end, one, two):
            return True
    return False
