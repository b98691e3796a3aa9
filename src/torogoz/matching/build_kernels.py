"""Kernels that read the words of a list, and put its arrays in order."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from torogoz.matching.compiled import Bytes, Large, Number, Small, kernel
from torogoz.matching.order_kernels import put_few_in_order
from torogoz.matching.string_kernels import NOWHERE, START, fingerprint, grown

#: Marks beside the numbers of words: one that found no room, and the end of a text.
NO_ROOM, END = -1, -3
#: What parts words: every sign up to the blank, and the hyphen. Zero ends a text.
_BLANK, _HYPHEN = 32, 45
#: Places of the table at which a word is looked for: words that were chosen to meet in one must not take all day.
_MOST_LOOKS = 64


@kernel
def words_met(text: Bytes, table: Small, starts: Large, blob: Bytes, count: int) -> tuple[Small, Number]:
    """The words of texts by number, with `END` after each text, and how many words have been met in all.

    The `count` words that were met before stand in `blob` and `starts`, and by fingerprint in `table`, whose length is
    a power of two. All three are added to; a new word gets the next number, or is `NO_ROOM`.
    """
    found, words, begin = np.empty(len(text), np.int32), 0, 0
    for end in range(len(text)):
        if text[end] > _BLANK and text[end] != _HYPHEN:
            continue
        if begin < end:
            number = _met(text, begin, end, table, starts, blob, count)
            count += number == count
            found[words] = number
            words += 1
        begin = end + 1
        if text[end] == 0:
            found[words] = END
            words += 1
    return found[:words], count


@kernel
def _met(text: Bytes, begin: int, end: int, table: Small, starts: Large, blob: Bytes, count: int) -> Number:
    place, length = fingerprint(text, begin, end, NOWHERE), end - begin
    for look in range(place, place + _MOST_LOOKS):
        number = table[look & (len(table) - 1)] - 1
        if number < 0:
            start = starts[count]
            if count == len(starts) - 1 or start + length > len(blob):
                return NO_ROOM
            table[look & (len(table) - 1)] = count + 1
            starts[count + 1] = start + length
            blob[start : start + length] = text[begin:end]
            return count
        start, same = starts[number], 0
        if starts[number + 1] - start == length:
            while same < length and blob[start + same] == text[begin + same]:
                same += 1
            if same == length:
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
def all_full_names(name_starts: Small, names: Small, least: int) -> Large:
    """That number of every name of at least so many words, above the name's own; in no order."""
    found, count = np.empty(len(name_starts), np.int64), 0
    for name in range(len(name_starts) - 1):
        words = names[name_starts[name] : name_starts[name + 1]]
        if len(words) >= least:
            found[count] = (full_name(words) << 32) | name
            count += 1
    return found[:count]
