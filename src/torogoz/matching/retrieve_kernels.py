"""Kernels that find who may reach the threshold, by birth date and by the rarest words (`matching.retrieve`)."""

from __future__ import annotations

import numpy as np

from torogoz.matching.build_kernels import full_name
from torogoz.matching.compiled import Bytes, Large, Number, Small, Truth, kernel
from torogoz.matching.layer import Layer
from torogoz.matching.score_kernels import (
    BIRTH_EQUAL,
    BIRTH_MONTH,
    BIRTH_ONE_PART,
    BIRTH_OTHER,
    BIRTH_SWAPPED,
    BIRTH_YEAR,
    BORN,
    FULL_NAME,
    LEAST,
    NONE,
    ROOM,
    Asked,
    Table,
    same_full_name,
    scored,
    slipped,
)

#: Reading a name from a posting costs as much as reading so many people who stand side by side.
_POSTING_COST = 12
#: So few people are read without asking whether words would tell of fewer.
_FEW = 100
_ONE = np.int64(1)


@kernel
def find(layer: Layer, asked: Asked, gone: Bytes, every: bool, table: Table) -> Large:  # noqa: FBT001 - numba takes flags by place
    """Rows of query, entry, score and whether it has the full name: all that reach their threshold or have it.

    With `every`, by scoring every entry.
    """
    found, count = np.empty((64, 4), np.int64), 0
    for query in range(len(asked.facts)):
        _lay_out(asked, table, query)
        places = np.arange(len(layer.sexes)).astype(np.int32) if every else _candidates(layer, asked, table, query)
        last = -1
        for place in places:
            if place == last or (len(gone) and gone[place]):
                continue
            last = place
            score, full = scored(layer, asked, table, query, place)
            if score != NONE and (full or score >= asked.facts[query, LEAST]):
                if count == len(found):
                    found = np.concatenate((found, found))
                found[count, 0], found[count, 1], found[count, 2], found[count, 3] = query, place, score, full
                count += 1
        _clear(asked, table, query)
    return found[:count]


@kernel
def _lay_out(asked: Asked, table: Table, query: int) -> None:
    """Note what each listed word can say for any word of a question, and the most that each asked word can be told.

    Then the order in which the words of each spelling are looked for.
    """
    nears, likenesses, weights, best, marks = asked.near, asked.likenesses, asked.weights, table.best, table.marks
    for spelling in range(asked.spelling_starts[query], asked.spelling_starts[query + 1]):
        for word in asked.words[asked.word_starts[spelling] : asked.word_starts[spelling + 1]]:
            top = 0
            for place in range(asked.near_starts[word], asked.near_starts[word + 1]):
                weight, near = max(weights[word, likenesses[place]], 0), nears[place]
                top = max(top, weight)
                best[near] = max(best[near], weight + 1)
                marks[near >> 6] |= _ONE << (near & 63)
            table.tops[word] = top
        _by_weight(asked, table, spelling)


@kernel
def _clear(asked: Asked, table: Table, query: int) -> None:
    nears, best, marks = asked.near, table.best, table.marks
    for spelling in range(asked.spelling_starts[query], asked.spelling_starts[query + 1]):
        for word in asked.words[asked.word_starts[spelling] : asked.word_starts[spelling + 1]]:
            for place in range(asked.near_starts[word], asked.near_starts[word + 1]):
                best[nears[place]] = 0
                marks[nears[place] >> 6] = 0


@kernel
def _candidates(layer: Layer, asked: Asked, table: Table, query: int) -> Small:
    """Entries, in order, among which are all that may reach the threshold or have the full name."""
    facts, rates = asked.facts[query], asked.rates
    born, room = facts[BORN], facts[ROOM]
    found = np.zeros(64, np.int32)
    everybody, dated = len(layer.owners), layer.header[6]
    if facts[FULL_NAME]:
        found = _full_names(layer, asked, query, found)
    if not born:
        found = _by_words(layer, asked, table, query, 0, everybody, room, found)
        return np.sort(found[1 : found[0] + 1])
    # No date to compare; and, for whom that does not rule out, quite another one.
    found = _by_words(layer, asked, table, query, dated, everybody, room, found)
    loose = layer.header[5] if born % 100 else 0
    found = _by_words(layer, asked, table, query, loose, dated, room - rates[BIRTH_OTHER], found)
    ranges = _ranges(layer.dates, born)
    for relation in range(BIRTH_EQUAL, BIRTH_OTHER):
        people = 0
        for one in range(len(ranges)):
            people += ranges[one, 1] - ranges[one, 0] if ranges[one, 2] == relation else 0
        need = room - rates[relation]
        if people > _FEW and _reading(layer, asked, table, query, need, people // _POSTING_COST):
            found = _by_words(layer, asked, table, query, 0, dated, need, found)
            continue
        found = _by_date(layer, table, ranges[ranges[:, 2] == relation], need, found)
    return np.sort(found[1 : found[0] + 1])


@kernel
def _by_date(layer: Layer, table: Table, ranges: Large, need: int, found: Small) -> Small:
    """Add those of the entries in some ranges who have a name whose words may weigh `need` together.

    Most of them stand side by side, and so do their words, few of which say anything: these are looked for.
    """
    dated, first_names, name_starts = layer.dated, layer.first_names, layer.name_starts
    names, owners, marks, best = layer.names, layer.owners, table.marks, table.best
    for one in range(len(ranges)):
        at, stop = ranges[one, 0], ranges[one, 1]
        while at < stop:
            first = dated[at]
            at += 1
            while at < stop and dated[at] == dated[at - 1] + 1:
                at += 1
            name, end = first_names[first], name_starts[first_names[dated[at - 1] + 1]]
            place = _next_known(names, marks, name_starts[name], end)
            while place < end:
                while name_starts[name + 1] <= place:
                    name += 1
                if _may_reach(names, best, name_starts[name], name_starts[name + 1], need):
                    found = _with(found, owners[name])
                place = _next_known(names, marks, name_starts[name + 1], end)
    return found


@kernel
def _next_known(names: Small, marks: Large, place: int, end: int) -> Number:
    """The first place from one to before another with a word that says anything; the latter where there is none.

    A function of its own, since an array that a loop exchanges makes each of its turns several times as long.
    """
    while place < end and not marks[names[place] >> 6] >> (names[place] & 63) & _ONE:
        place += 1
    return place


@kernel
def _ranges(dates: Small, born: int) -> Large:
    """Where, among the dates of a list, those stand that may be a birth date: first, end, and what they are to it."""
    found, count = np.empty((80, 3), np.int64), 0
    year, month, day = born // 10_000, born // 100 % 100, born % 100
    start = year * 10_000
    # Most are of the same year, which is looked for once.
    low = np.searchsorted(dates, start)
    high = low + np.searchsorted(dates[low:], start + 10_000)
    if not month:
        count = _ranged(dates, low, high, found, count, start, start + 9_999, BIRTH_YEAR)
        return found[:count]
    count = _ranged(dates, low, high, found, count, start, start, BIRTH_YEAR)
    this = start + month * 100
    if not day:
        count = _ranged(dates, low, high, found, count, this, this + 99, BIRTH_MONTH)
        return found[:count]
    count = _ranged(dates, low, high, found, count, this, this, BIRTH_MONTH)
    count = _ranged(dates, low, high, found, count, born, born, BIRTH_EQUAL)
    count = _ranged(dates, low, high, found, count, this + 1, born - 1, BIRTH_ONE_PART)
    count = _ranged(dates, low, high, found, count, born + 1, this + 99, BIRTH_ONE_PART)
    if day != month:
        swapped = start + day * 100 + month
        count = _ranged(dates, low, high, found, count, swapped, swapped, BIRTH_SWAPPED)
    for other in range(1, 13):
        if other != month:
            same = start + other * 100 + day
            count = _ranged(dates, low, high, found, count, same, same, BIRTH_ONE_PART)
    if len(dates):
        for other in range(dates[0] // 10_000, dates[-1] // 10_000 + 1):
            if other != year and slipped(year, other):
                same = born + (other - year) * 10_000
                before, after = (0, low) if other < year else (high, len(dates))
                count = _ranged(dates, before, after, found, count, same, same, BIRTH_ONE_PART)
    return found[:count]


@kernel
def _ranged(
    dates: Small, low: Number, high: Number, found: Large, count: int, first: int, last: int, relation: int
) -> Number:
    """Add where, between two places, the dates from one to another stand, if there are any; how many there are then."""
    start = low + np.searchsorted(dates[low:high], first)
    if start == high or dates[start] > last:
        return count
    end = start + np.searchsorted(dates[start:high], last + 1)
    found[count, 0], found[count, 1], found[count, 2] = start, end, relation
    return count + 1


@kernel
def _full_names(layer: Layer, asked: Asked, query: int, found: Small) -> Small:
    spelling = asked.spelling_starts[query]
    words = asked.same[asked.words[asked.word_starts[spelling] : asked.word_starts[spelling + 1]]]
    if words.min() < 0:
        return found
    wanted = full_name(words)
    for at in range(np.searchsorted(layer.full_names, wanted << 32), len(layer.full_names)):
        if layer.full_names[at] >> 32 != wanted:
            break
        name = layer.full_names[at] & 0xFFFFFFFF
        if same_full_name(layer, asked, query, name):
            found = _with(found, layer.owners[name])
    return found


@kernel
def _reading(layer: Layer, asked: Asked, table: Table, query: int, need: int, most: int) -> Truth:
    """Whether `_by_words` would look at no more than so many names, on the whole list."""
    near_starts, nears, likenesses, weights = asked.near_starts, asked.near, asked.likenesses, asked.weights
    order, afters, tops, starts, names = table.order, table.after, table.tops, layer.posting_starts, np.int64(0)
    for spelling in range(asked.spelling_starts[query], asked.spelling_starts[query + 1]):
        for rank in range(asked.word_starts[spelling], asked.word_starts[spelling + 1]):
            word, after = order[rank], afters[rank]
            if need > 0 and tops[word] + after < need:
                break
            for place in range(near_starts[word], near_starts[word + 1]):
                if need <= 0 or weights[word, likenesses[place]] + after >= need:
                    names += starts[nears[place] + 1] - starts[nears[place]]
                    if names > most:
                        return False
    return True


@kernel
def _by_words(
    layer: Layer, asked: Asked, table: Table, query: int, first: int, end: int, need: int, found: Small
) -> Small:
    """Add the owners of all names between two places whose words may weigh `need` together."""
    if first == end:
        return found
    order, afters, tops, best = table.order, table.after, table.tops, table.best
    near_starts, nears, likenesses, weights = asked.near_starts, asked.near, asked.likenesses, asked.weights
    posting_starts, postings, owners = layer.posting_starts, layer.postings, layer.owners
    name_starts, words = layer.name_starts, layer.names
    for spelling in range(asked.spelling_starts[query], asked.spelling_starts[query + 1]):
        for rank in range(asked.word_starts[spelling], asked.word_starts[spelling + 1]):
            word, after = order[rank], afters[rank]
            if need > 0 and tops[word] + after < need:
                break
            for place in range(near_starts[word], near_starts[word + 1]):
                if need > 0 and weights[word, likenesses[place]] + after < need:
                    continue
                names = postings[posting_starts[nears[place]] : posting_starts[nears[place] + 1]]
                if not len(names) or names[-1] < first:
                    continue
                start: Number = np.searchsorted(names, first) if names[0] < first else 0
                stop: Number = np.searchsorted(names, end) if names[-1] >= end else len(names)
                names = names[start:stop]
                at = _next_reaching(names, 0, words, name_starts, best, need)
                while at < len(names):
                    owner: Number = owners[names[at]]
                    found = _with(found, owner)
                    at = _next_reaching(names, at + 1, words, name_starts, best, need)
    return found


@kernel
def _next_reaching(names: Small, at: int, words: Small, name_starts: Small, best: Small, need: int) -> Number:
    """The place of the first of some names, from one on, that may reach; their number where none does."""
    while at < len(names):
        if _may_reach(words, best, name_starts[names[at]], name_starts[names[at] + 1], need):
            return at
        at += 1
    return at


@kernel
def _by_weight(asked: Asked, table: Table, spelling: int) -> None:
    """Put the words of a spelling in order, the heaviest first, each with what those after it may weigh together."""
    first, last = asked.word_starts[spelling], asked.word_starts[spelling + 1]
    for end in range(first, last):
        at, word = end, asked.words[end]
        while at > first and table.tops[table.order[at - 1]] < table.tops[word]:
            table.order[at] = table.order[at - 1]
            at -= 1
        table.order[at] = word
    after = np.int64(0)
    for rank in range(last - 1, first - 1, -1):
        table.after[rank] = after
        after += table.tops[table.order[rank]]


@kernel
def _may_reach(names: Small, best: Small, start: int, end: int, need: int) -> Truth:
    """Whether the words of a name, each at its best, weigh enough."""
    most = np.int64(0)
    for place in range(start, end):
        weight = best[names[place]]
        if weight:
            most += weight - 1
    return most >= need


@kernel
def _with(found: Small, place: int) -> Small:
    """Add an entry to those found; the first place holds their number."""
    count = found[0] + 1
    if count == len(found):
        found = np.concatenate((found, found))
    found[0] = count
    found[count] = place
    return found
