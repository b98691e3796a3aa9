"""Kernels over many strings in a row: one array of bytes, and where each string starts.

Finding strings that one slip apart are the same rests on this: take two strings of OSA distance 1 (a letter wrong, too
many, missing, or exchanged with its neighbour); leaving one letter out of each, or out of the longer one, makes them
equal. So the fingerprints of every string, whole and with each letter left out, are kept in order (`slips`, fingerprint
above, number of the string below), and looked up with those of the asked one. A fingerprint proves nothing: every
candidate is compared letter by letter.
"""

from __future__ import annotations

import numpy as np

from torogoz.matching.compiled import Bytes, Large, Number, Numbers, Small, Truth, kernel
from torogoz.matching.order_kernels import first_at_least, no_numbers, put_in_order

#: Fingerprints are whole numbers below this, so that they and a number fit into 63 bits.
FINGERPRINTS = 0x7FFFFFFF
#: The fingerprint of no letter, and what is no place.
START, NOWHERE = 5381, -1


@kernel
def fingerprint(text: Bytes, start: int, end: int, without: int) -> Number:
    """A number that equal strings share, of a string or of it without one letter."""
    found = np.int64(START)
    for place in range(start, end):
        if place != without:
            found = grown(found, text[place])
    return found


@kernel
def grown(mark: Number, letter: Number) -> Number:
    """The fingerprint of a string with a letter more."""
    return ((mark * 1_000_003) ^ np.int64(letter)) & FINGERPRINTS


@kernel
def all_slips(blob: Bytes, starts: Large, least: int, most: int) -> Large:
    """The fingerprints of all strings; those of so many letters also with each letter left out. In no order."""
    count = 0
    for number in range(len(starts) - 1):
        length = starts[number + 1] - starts[number]
        count += 1 + (length if least <= length <= most else 0)
    found = np.empty(count, np.int64)
    count = 0
    for number in range(len(starts) - 1):
        start, end = starts[number], starts[number + 1]
        found[count] = (fingerprint(blob, start, end, NOWHERE) << 32) | number
        count += 1
        if least <= end - start <= most:
            for without in range(start, end):
                # Of two equal letters in a row it is the same which is left out.
                if without == start or blob[without] != blob[without - 1]:
                    found[count] = (fingerprint(blob, start, end, without) << 32) | number
                    count += 1
    return found[:count]


@kernel
def slips_of(text: Bytes, blob: Bytes, starts: Large, slips: Large, least: int, most: int) -> Small:
    """The numbers of the strings that equal `text` or are one slip away, in order.

    A slip is looked for only where both have at least `least` and at most `most` letters.
    """
    found = no_numbers()
    add_slips(found, text, blob, starts, slips, least, most)
    put_in_order(found)
    return _distinct(found)


@kernel
def add_slips(found: Numbers, text: Bytes, blob: Bytes, starts: Large, slips: Large, least: int, most: int) -> None:
    """Add the same numbers in no order, one that is found in several ways as often."""
    length, before = len(text), np.int64(START)
    for without in range(NOWHERE, length if least <= length <= most else 0):
        if without > 0:
            before = grown(before, text[without - 1])
            if text[without] == text[without - 1]:
                continue
        wanted = before
        for place in range(without + 1, length):
            wanted = grown(wanted, text[place])
        for place in range(_first_slip(slips, wanted), len(slips)):
            if slips[place] >> 32 != wanted:
                break
            number = slips[place] & 0xFFFFFFFF
            if one_slip(text, blob, starts[number], starts[number + 1], least):
                found.append(number)


@kernel
def _first_slip(slips: Large, wanted: Number) -> Number:
    """The first place of a fingerprint or a greater one: these are spread evenly, so that it stands near its share.

    How far what stands there is from it tells nearly where it stands.
    """
    size = len(slips)
    low = size * wanted // FINGERPRINTS
    if low < size:
        low = min(max(low + size * (wanted - (slips[low] >> 32)) // FINGERPRINTS, 0), size)
    high, step = low, 8
    while low > 0 and slips[low - 1] >> 32 >= wanted:
        low, step = max(low - step, 0), 2 * step
    while high < size and slips[high] >> 32 < wanted:
        high, step = min(high + step, size), 2 * step
    return first_at_least(slips, low, high, wanted << 32)


@kernel
def every_slip_of(text: Bytes, blob: Bytes, starts: Large, least: int, most: int) -> Small:
    """The same by looking at every string."""
    found, count = np.empty(len(starts), np.int32), 0
    for number in range(len(starts) - 1):
        start, end = starts[number], starts[number + 1]
        few = len(text) <= most and end - start <= most
        if one_slip(text, blob, start, end, least if few else FINGERPRINTS):
            found[count] = number
            count += 1
    return found[:count]


@kernel
def _distinct(ordered: Numbers) -> Small:
    """The different ones of some numbers in order."""
    found, count = np.empty(len(ordered), np.int32), 0
    for number in ordered:
        if count == 0 or number != found[count - 1]:
            found[count] = number
            count += 1
    return found[:count]


@kernel
def one_slip(text: Bytes, blob: Bytes, start: int, end: int, least: int) -> Truth:
    """Whether a string is `text`, or one slip away from it where both have at least so many letters."""
    length, other = len(text), end - start
    if abs(length - other) > 1:
        return False
    both = min(length, other)
    same = 0
    while same < both and text[same] == blob[start + same]:
        same += 1
    if same == length == other:
        return True
    if both < least:
        return False
    tail = 0
    while tail < both - same and text[length - 1 - tail] == blob[end - 1 - tail]:
        tail += 1
    length, other = length - same - tail, other - same - tail
    if length <= 1 and other <= 1:
        return True
    exchanged = text[same] == blob[start + same + 1] and text[same + 1] == blob[start + same]
    return length == 2 and other == 2 and exchanged


@kernel
def first_from(text: Bytes, blob: Bytes, starts: Large) -> Number:
    """The number of the first string that is not before `text`, of strings in alphabetical order."""
    low, high = 0, len(starts) - 1
    while low < high:
        middle = (low + high) // 2
        if _before(blob, starts[middle], starts[middle + 1], text):
            low = middle + 1
        else:
            high = middle
    return low


@kernel
def _before(blob: Bytes, start: int, end: int, text: Bytes) -> Truth:
    length = end - start
    for place in range(min(length, len(text))):
        if blob[start + place] != text[place]:
            return blob[start + place] < text[place]
    return length < len(text)


@kernel
def number_of(text: Bytes, blob: Bytes, starts: Large) -> Number:
    """The number of `text` among strings in alphabetical order, -1 where it is none of them."""
    number = first_from(text, blob, starts)
    if number == len(starts) - 1 or starts[number + 1] - starts[number] != len(text):
        return -1
    for place in range(len(text)):
        if blob[starts[number] + place] != text[place]:
            return -1
    return number


@kernel
def parts_of(text: Bytes, blob: Bytes, starts: Large, least: int, most: int) -> Large:
    """Rows of start, end and number: where strings in alphabetical order stand within `text`, of so many letters."""
    found, count = np.empty((32, 3), np.int64), 0
    for start in range(len(text) - least + 1):
        for end in range(start + least, min(start + most, len(text)) + 1):
            number = first_from(text[start:end], blob, starts)
            if number == len(starts) - 1 or not begins(text[start:end], blob, starts[number], starts[number + 1]):
                break
            if starts[number + 1] - starts[number] == end - start:
                if count == len(found):
                    found = np.concatenate((found, found))
                found[count, 0], found[count, 1], found[count, 2] = start, end, number
                count += 1
    return found[:count]


@kernel
def begins(text: Bytes, blob: Bytes, start: Number, end: Number) -> Truth:
    """Whether a string begins with `text`."""
    if end - start < len(text):
        return False
    for place in range(len(text)):  # noqa: SIM110 - numba knows no all() of places
        if blob[start + place] != text[place]:
            return False
    return True


@kernel
def add_near(found: Numbers, text: Bytes, blob: Bytes, starts: Large, numbers: Small, least: int, limit: int) -> None:
    """Add those of some strings that have at least `least` letters and are within an OSA distance of `text`."""
    for number in numbers:
        start, end = starts[number], starts[number + 1]
        if end - start >= least and within(text, blob, start, end, limit):
            found.append(np.int64(number))


@kernel
def within(text: Bytes, blob: Bytes, start: int, end: int, limit: int) -> Truth:
    """Whether the OSA distance of two strings is at most `limit`, looking only at what can still reach it."""
    length, other = len(text), end - start
    if abs(length - other) > limit:
        return False
    # What both begin and end with changes nothing.
    same = 0
    while same < min(length, other) and text[same] == blob[start + same]:
        same += 1
    while length > same and other > same and text[length - 1] == blob[start + other - 1]:
        length -= 1
        other -= 1
    height, width = length - same, other - same
    # So few letters may all be wrong, too many or missing.
    if max(height, width) <= limit:
        return True
    # Three rows are enough; what is too far is as good as anything farther, and so is what stands beside a row's part.
    rows = np.full((3, width + 1), limit + 1, np.int64)
    for place in range(min(width, limit) + 1):
        rows[0, place] = place
    before_least: Number = np.int64(0)
    for one in range(1, height + 1):
        row, last, before = one % 3, (one - 1) % 3, (one - 2) % 3
        begin = max(1, one - limit)
        least = rows[row, begin - 1] = min(one, limit + 1)
        for two in range(begin, min(width, one + limit) + 1):
            mine, theirs = same + one - 1, start + same + two - 1
            best = min(rows[last, two] + 1, rows[row, two - 1] + 1)
            best = min(best, rows[last, two - 1] + (text[mine] != blob[theirs]))
            if one > 1 and two > 1 and text[mine] == blob[theirs - 1] and text[mine - 1] == blob[theirs]:
                best = min(best, rows[before, two - 2] + 1)
            rows[row, two] = min(best, limit + 1)
            least = min(least, best)
        if one + limit < width:
            rows[row, one + limit + 1] = limit + 1
        if least > limit and before_least >= limit:
            return False
        before_least = least
    return rows[height % 3, width] <= limit
