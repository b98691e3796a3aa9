"""The kernel that finds all neighbours of many words, and makes one row of each word's, however they were found."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from torogoz.matching.compiled import Bytes, Large, Number, Numbers, Small, kernel
from torogoz.matching.layer import Layer
from torogoz.matching.misread_kernels import misread
from torogoz.matching.order_kernels import no_numbers, put_in_order
from torogoz.matching.rates import Likeness
from torogoz.matching.string_kernels import add_near, add_slips, begins, first_from, number_of
from torogoz.matching.word_kernels import word_number

#: Shorter words are compared letter by letter: one letter in three is another name.
TYPO_LETTERS = 4
#: Longer words are no names that anybody types: a slip is not looked for in them (hostile lists hold such words).
MOST_LETTERS = 32
#: Words heard the same have at least so many letters and consonants, and differ by no more than so many letters.
HEARD_LETTERS = 5
HEARD_CONSONANTS = 3
HEARD_DISTANCE = 3

_SAME, _CUT, _HEARD, _VARIANT, _MISREAD, _TYPO = map(int, Likeness)
_LIKENESSES = len(Likeness)


class Sought(NamedTuple):
    """Words that are looked up together, as one layer sees them.

    `texts` holds the letters of all words in a row, `sounds` what may be heard of each. `unknown` tells which words no
    layer has, `cut` which may be the beginning of a longer one; `forms` the numbers of each word's other forms, -1 for
    none.
    """

    texts: Bytes
    starts: Large
    sounds: Bytes
    sound_starts: Large
    unknown: Bytes
    cut: Bytes
    forms: Small
    form_starts: Large


@kernel
def neighbours_of(layer: Layer, sought: Sought) -> tuple[Large, Small, Bytes, Large]:
    """The neighbours of each word in the order of their numbers, with their likeness: where each word's start, and all.

    At last, how many entries bear those of each likeness, word by word.
    """
    size, words, word_starts = len(sought.cut), layer.words, layer.word_starts
    starts, counts = np.zeros(size + 1, np.int64), np.zeros((size, _LIKENESSES), np.int64)
    numbers, likenesses = np.empty(64 * (size + 1), np.int32), np.empty(64 * (size + 1), np.uint8)
    # What each way finds: numbers with their likeness in the lowest eight bits.
    codes = no_numbers()
    for word in range(size):
        text = sought.texts[sought.starts[word] : sought.starts[word + 1]]
        codes.clear()
        add_slips(codes, text, words, word_starts, layer.word_slips, TYPO_LETTERS, MOST_LETTERS)
        count = _marked(codes, 0, _TYPO)
        sound = sought.sounds[sought.sound_starts[word] : sought.sound_starts[word + 1]]
        if len(text) >= HEARD_LETTERS and len(sound) >= HEARD_CONSONANTS:
            number = number_of(sound, layer.sounds, layer.sound_starts)
            if number >= 0:
                alike = layer.heard[layer.heard_starts[number] : layer.heard_starts[number + 1]]
                add_near(codes, text, words, word_starts, alike, HEARD_LETTERS, HEARD_DISTANCE)
        count = _marked(codes, count, _HEARD)
        if sought.unknown[word]:
            _added(codes, misread(text, words, word_starts, layer.word_places))
        count = _marked(codes, count, _MISREAD)
        if sought.cut[word]:
            number = first_from(text, words, word_starts)
            while number < len(word_starts) - 1 and begins(text, words, word_starts[number], word_starts[number + 1]):
                codes.append(np.int64(number))
                number += 1
        count = _marked(codes, count, _CUT)
        _added(codes, sought.forms[sought.form_starts[word] : sought.form_starts[word + 1]])
        count = _marked(codes, count, _VARIANT)
        same = word_number(text, words, word_starts, layer.word_places)
        if same >= 0:
            codes.append(np.int64(same))
        _marked(codes, count, _SAME)
        put_in_order(codes)
        end = starts[word]
        while end + len(codes) > len(numbers):
            numbers, likenesses = np.concatenate((numbers, numbers)), np.concatenate((likenesses, likenesses))
        starts[word + 1] = _nearest(codes, layer.bearers, numbers, likenesses, counts[word], end)
    return starts, numbers[: starts[size]].copy(), likenesses[: starts[size]].copy(), counts


@kernel
def _added(codes: Numbers, numbers: Small) -> None:
    """Add those of some numbers that are one."""
    for number in numbers:
        if number >= 0:
            codes.append(np.int64(number))


@kernel
def _marked(codes: Numbers, start: int, likeness: int) -> Number:
    """Put the likeness beside the numbers from a place on, and tell how many there are in all."""
    for place in range(start, len(codes)):
        codes[place] = codes[place] << 8 | likeness
    return len(codes)


@kernel
def _nearest(codes: Numbers, bearers: Small, numbers: Small, likenesses: Bytes, counts: Large, end: int) -> Number:
    """Write each word once, as near as any of the ways has it that found it, and where that ends."""
    last = np.int64(-1)
    for code in codes:
        number = code >> 8
        # Who bore a word may have gone.
        if number != last and bearers[number]:
            numbers[end], likenesses[end] = number, code & 0xFF
            counts[code & 0xFF] += bearers[number]
            last = number
            end += 1
    return end
