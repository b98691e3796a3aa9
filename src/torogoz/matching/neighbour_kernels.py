"""The kernel that finds all neighbours of many words, and makes one row of each word's, however they were found."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from torogoz.matching.compiled import Bytes, Large, Number, Small, kernel
from torogoz.matching.layer import Layer
from torogoz.matching.misread_kernels import misread
from torogoz.matching.rates import Likeness
from torogoz.matching.string_kernels import first_from, near_enough, number_of, slips_of
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

    `texts` holds the letters of all words in a row, a `[` after each, which stands after Z: between a word and it with
    that sign stand all words that begin so. `sounds` holds what may be heard. `unknown` tells which words no layer has,
    `cut` which may be the beginning of a longer one; `forms` the numbers of each word's other forms, -1 for none.
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
    size = len(sought.cut)
    starts, counts = np.zeros(size + 1, np.int64), np.zeros((size, _LIKENESSES), np.int64)
    numbers, likenesses = np.empty(64 * (size + 1), np.int32), np.empty(64 * (size + 1), np.uint8)
    for word in range(size):
        codes = _codes(layer, sought, word)
        end = starts[word]
        while end + len(codes) > len(numbers):
            numbers, likenesses = np.concatenate((numbers, numbers)), np.concatenate((likenesses, likenesses))
        starts[word + 1] = _nearest(codes, layer.bearers, numbers, likenesses, counts[word], end)
    return starts, numbers[: starts[size]].copy(), likenesses[: starts[size]].copy(), counts


@kernel
def _nearest(codes: Large, bearers: Small, numbers: Small, likenesses: Bytes, counts: Large, end: int) -> Number:
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


@kernel
def _codes(layer: Layer, sought: Sought, word: int) -> Large:
    """What each way finds: numbers with their likeness in the lowest eight bits, in order, the nearest first."""
    start, end = sought.starts[word], sought.starts[word + 1]
    text, beyond = sought.texts[start : end - 1], sought.texts[start:end]
    mistyped = slips_of(text, layer.words, layer.word_starts, layer.word_slips, TYPO_LETTERS, MOST_LETTERS)
    sound, heard = sought.sounds[sought.sound_starts[word] : sought.sound_starts[word + 1]], mistyped[:0]
    if len(text) >= HEARD_LETTERS and len(sound) >= HEARD_CONSONANTS:
        number = number_of(sound, layer.sounds, layer.sound_starts)
        if number >= 0:
            alike = layer.heard[layer.heard_starts[number] : layer.heard_starts[number + 1]]
            heard = near_enough(text, layer.words, layer.word_starts, alike, HEARD_LETTERS, HEARD_DISTANCE)
    read = misread(text, layer.words, layer.word_starts, layer.word_places) if sought.unknown[word] else mistyped[:0]
    first = first_from(text, layer.words, layer.word_starts)
    last = first_from(beyond, layer.words, layer.word_starts) if sought.cut[word] else first
    forms = sought.forms[sought.form_starts[word] : sought.form_starts[word + 1]]
    codes, count = np.empty(len(mistyped) + len(heard) + len(read) + last - first + len(forms) + 1, np.int64), 0
    for number in mistyped:
        codes[count] = np.int64(number) << 8 | _TYPO
        count += 1
    for number in heard:
        codes[count] = np.int64(number) << 8 | _HEARD
        count += 1
    for number in read:
        codes[count] = np.int64(number) << 8 | _MISREAD
        count += 1
    for number in range(first, last):
        codes[count] = np.int64(number) << 8 | _CUT
        count += 1
    for number in forms:
        codes[count] = np.int64(number) << 8 | _VARIANT
        count += number >= 0
    same = word_number(text, layer.words, layer.word_starts, layer.word_places)
    if same >= 0:
        codes[count] = np.int64(same) << 8 | _SAME
        count += 1
    codes = codes[:count]
    codes.sort()
    return codes
