"""Kernels that read the words of a list, and put its arrays in order."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from torogoz.matching.compiled import Bytes, Large, Number, Small, Truth, kernel
from torogoz.matching.order_kernels import put_few_in_order
from torogoz.matching.string_kernels import START, grown

#: Marks beside the numbers of words: one that found no room, and the end of a text.
NO_ROOM, END = -1, -3
#: What parts words: every sign up to the blank, the comma, and the hyphen. Zero ends a text.
_BLANK, _COMMA, _HYPHEN = 32, 44, 45
#: Places of the table at which a word is looked for: words that were chosen to meet in one must not take all day.
_MOST_LOOKS = 64


@kernel
def words_met(text: Bytes, table: Small, starts: Large, blob: Bytes, count: int) -> tuple[Small, Number]:
    """The words of texts by number, with `END` after each text, and how many words have been met in all.

    The `count` words that were met before stand in `blob`, each with a zero after it, where `starts` says, and by
    fingerprint in `table`, whose length is a power of two. All three are added to; a new word gets the next number, or
    is `NO_ROOM`.
    """
    begins, ends, marks = _parted(text)
    # All are looked up where they most likely stand, so that a machine fetches many at a time, and then compared.
    found, places = np.empty(len(marks), np.int32), np.empty(len(marks), np.int64)
    for word, mark in enumerate(marks):
        found[word] = table[mark & (len(table) - 1)] - 1
        places[word] = starts[found[word]]
    for word in range(len(marks)):
        begin, end = begins[word], ends[word]
        if begin == end:
            found[word] = END
        elif found[word] < 0 or not _is_at(places[word], blob, text, begin, end):
            number = _met(text, begin, end, marks[word], table, starts, blob, count)
            count += number == count
            found[word] = number
    return found, count


@kernel
def _parted(text: Bytes) -> tuple[Small, Small, Small]:
    """Where each word begins and ends, and its fingerprint; the end of a text is a word without letters."""
    begins, ends = np.empty(len(text), np.int32), np.empty(len(text), np.int32)
    marks, words = np.empty(len(text), np.int32), 0
    begin, mark = 0, np.int64(START)
    for end, letter in enumerate(text):
        if letter > _BLANK and letter not in (_COMMA, _HYPHEN):
            mark = grown(mark, letter)
            continue
        if begin < end:
            begins[words], ends[words], marks[words] = begin, end, mark
            words += 1
        if letter == 0:
            begins[words], ends[words], marks[words] = end, end, START
            words += 1
        begin, mark = end + 1, np.int64(START)
    return begins[:words], ends[:words], marks[:words]


@kernel
def _is_at(place: int, blob: Bytes, text: Bytes, begin: int, end: int) -> Truth:
    """Whether the word at a place, which ends with a zero, is that of a text."""
    same = begin
    while same < end and blob[place + same - begin] == text[same]:
        same += 1
    return same == end and blob[place + end - begin] == 0


@kernel
def _met(text: Bytes, begin: int, end: int, mark: int, table: Small, starts: Large, blob: Bytes, count: int) -> Number:
    for look in range(mark, mark + _MOST_LOOKS):
        number, start = table[look & (len(table) - 1)] - 1, starts[count]
        if number < 0:
            if count == len(starts) - 1 or start + end - begin >= len(blob):
                return NO_ROOM
            table[look & (len(table) - 1)] = count + 1
            starts[count + 1] = start + end - begin + 1
            blob[start : start + end - begin] = text[begin:end]
            return count
        if _is_at(starts[number], blob, text, begin, end):
            return number
    return NO_ROOM


@kernel
def gathered(starts: Small, values: Small, order: Small) -> tuple[Small, Small]:
    """The many of each one, in another order of the ones."""
    moved, count = np.empty(len(order) + 1, np.int32), 0
    taken = np.empty(len(values), np.int32)
    moved[0] = 0
    for place, old in enumerate(order):
        for value in values[starts[old] : starts[old + 1]]:
            taken[count] = value
            count += 1
        moved[place + 1] = count
    return moved, taken


@kernel
def grouped(keys: Small, values: Small, size: int) -> tuple[Small, Small]:
    """Of pairs: the values of each key, in the order in which they stand."""
    starts = np.zeros(size + 1, np.int32)
    for key in keys:
        starts[key + 1] += 1
    starts = np.cumsum(starts).astype(np.int32)
    free, found = starts.copy(), np.empty(len(values), np.int32)
    for key, value in zip(keys, values):  # noqa: B905 - numba knows no strict
        found[free[key]] = value
        free[key] += 1
    return starts, found


@kernel
def first_of_their_kind(owners: Large, starts: Large, words: Small) -> NDArray[np.bool_]:
    """Which names, in the order of their owners, are no repetition of an earlier one of the same owner."""
    first = np.ones(len(owners), np.bool_)
    begin = 0
    for name in range(len(owners)):
        if owners[name] != owners[begin]:
            begin = name
        length = starts[name + 1] - starts[name]
        for other in range(begin, name):
            if starts[other + 1] - starts[other] == length:
                same = np.int64(0)
                while same < length and words[starts[other] + same] == words[starts[name] + same]:
                    same += 1
                if same == length:
                    first[name] = False
                    break
    return first


@kernel
def counted(entries: Small, name_starts: Small, names: Small, size: int) -> Small:
    """How many entries bear each of so many words; `entries` says where the names of each entry start."""
    bearers, last = np.zeros(size, np.int32), np.full(size, -1, np.int32)
    for entry in range(len(entries) - 1):
        for word in names[name_starts[entries[entry]] : name_starts[entries[entry + 1]]]:
            if last[word] != entry:
                last[word] = entry
                bearers[word] += 1
    return bearers


@kernel
def posted(name_starts: Small, names: Small, size: int) -> tuple[Small, Small]:
    """The names in which each of so many words stands, in order."""
    words, owners, count = np.empty(len(names), np.int32), np.empty(len(names), np.int32), 0
    last = np.full(size, -1, np.int32)
    for name in range(len(name_starts) - 1):
        for word in names[name_starts[name] : name_starts[name + 1]]:
            if last[word] != name:
                last[word] = name
                words[count] = word
                owners[count] = name
                count += 1
    return grouped(words[:count], owners[:count], size)


@kernel
def full_name(words: Small) -> Number:
    """A number that names of the same words share, whatever their order; no name has more than few words."""
    ordered = words.copy()
    put_few_in_order(ordered)
    found = np.int64(START)
    for word in ordered:
        found = grown(found, word)
    return found


@kernel
def all_full_names(name_starts: Small, names: Small) -> Large:
    """That number of every name, above the name's own; in no order."""
    found = np.empty(len(name_starts) - 1, np.int64)
    for name in range(len(found)):
        found[name] = (full_name(names[name_starts[name] : name_starts[name + 1]]) << 32) | name
    return found
