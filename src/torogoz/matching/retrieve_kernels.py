"""Kernels that find who may reach the threshold, by birth date and by the rarest words (`matching.retrieve`)."""

from __future__ import annotations

import numpy as np

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
_POSTING_COST = 4


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
    """Note what each listed word can say for any word of a question, and the most that each asked word can be told."""
    for spelling in range(asked.spelling_starts[query], asked.spelling_starts[query + 1]):
        for word in asked.words[asked.word_starts[spelling] : asked.word_starts[spelling + 1]]:
            top = 0
            for place in range(asked.near_starts[word], asked.near_starts[word + 1]):
                weight = max(asked.weights[word, asked.likenesses[place]], 0)
                top = max(top, weight)
                table.best[asked.near[place]] = max(table.best[asked.near[place]], weight + 1)
            table.tops[word] = top


@kernel
def _clear(asked: Asked, table: Table, query: int) -> None:
    for spelling in range(asked.spelling_starts[query], asked.spelling_starts[query + 1]):
        for word in asked.words[asked.word_starts[spelling] : asked.word_starts[spelling + 1]]:
            for near in asked.near[asked.near_starts[word] : asked.near_starts[word + 1]]:
                table.best[near] = 0


@kernel
def _candidates(layer: Layer, asked: Asked, table: Table, query: int) -> Small:
    """Entries, in order, among which are all that may reach the threshold or have the full name."""
    facts, rates = asked.facts[query], asked.rates
    born, room = facts[BORN], facts[ROOM]
    found = np.zeros(64, np.int32)
    everybody, dated = len(layer.owners), layer.header[6]
    if facts[FULL_NAME] >= 0:
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
        if _reading(layer, asked, table, query, need) * _POSTING_COST < people:
            found = _by_words(layer, asked, table, query, 0, dated, need, found)
            continue
        for one in range(len(ranges)):
            if ranges[one, 2] == relation:
                for place in layer.dated[ranges[one, 0] : ranges[one, 1]]:
                    for name in range(layer.first_names[place], layer.first_names[place + 1]):
                        if _may_reach(layer, table, name, need):
                            found = _with(found, place)
                            break
    return np.sort(found[1 : found[0] + 1])


@kernel
def _ranges(dates: Small, born: int) -> Large:
    """Where, among the dates of a list, those stand that may be a birth date: first, end, and what they are to it."""
    found, count = np.empty((80, 3), np.int64), 0
    year, month, day = born // 10_000, born // 100 % 100, born % 100
    start = year * 10_000
    if not month:
        found, count = _ranged(dates, found, count, start, start + 9_999, BIRTH_YEAR)
        return found[:count]
    found, count = _ranged(dates, found, count, start, start, BIRTH_YEAR)
    this = start + month * 100
    if not day:
        found, count = _ranged(dates, found, count, this, this + 99, BIRTH_MONTH)
        return found[:count]
    found, count = _ranged(dates, found, count, this, this, BIRTH_MONTH)
    found, count = _ranged(dates, found, count, born, born, BIRTH_EQUAL)
    found, count = _ranged(dates, found, count, this + 1, born - 1, BIRTH_ONE_PART)
    found, count = _ranged(dates, found, count, born + 1, this + 99, BIRTH_ONE_PART)
    if day != month:
        found, count = _ranged(dates, found, count, start + day * 100 + month, start + day * 100 + month, BIRTH_SWAPPED)
    for other in range(1, 13):
        if other != month:
            same = start + other * 100 + day
            found, count = _ranged(dates, found, count, same, same, BIRTH_ONE_PART)
    if len(dates):
        for other in range(dates[0] // 10_000, dates[-1] // 10_000 + 1):
            if other != year and slipped(year, other):
                same = born + (other - year) * 10_000
                found, count = _ranged(dates, found, count, same, same, BIRTH_ONE_PART)
    return found[:count]


@kernel
def _ranged(dates: Small, found: Large, count: int, first: int, last: int, relation: int) -> tuple[Large, Number]:
    start, end = np.searchsorted(dates, first), np.searchsorted(dates, last + 1)
    if start >= end:
        return found, count
    found[count, 0], found[count, 1], found[count, 2] = start, end, relation
    return found, count + 1


@kernel
def _full_names(layer: Layer, asked: Asked, query: int, found: Small) -> Small:
    wanted = asked.facts[query, FULL_NAME]
    for at in range(np.searchsorted(layer.full_names, wanted << 32), len(layer.full_names)):
        if layer.full_names[at] >> 32 != wanted:
            break
        name = layer.full_names[at] & 0xFFFFFFFF
        if same_full_name(layer, asked, query, name):
            found = _with(found, layer.owners[name])
    return found


@kernel
def _reading(layer: Layer, asked: Asked, table: Table, query: int, need: int) -> Number:
    """How many names `_by_words` would look at, on the whole list."""
    names = np.int64(0)
    for spelling in range(asked.spelling_starts[query], asked.spelling_starts[query + 1]):
        order, after = _by_weight(asked, table, spelling)
        for rank, word in enumerate(order):
            if need > 0 and table.tops[word] + after[rank] < need:
                break
            for place in range(asked.near_starts[word], asked.near_starts[word + 1]):
                if need <= 0 or asked.weights[word, asked.likenesses[place]] + after[rank] >= need:
                    near = asked.near[place]
                    names += layer.posting_starts[near + 1] - layer.posting_starts[near]
    return names


@kernel
def _by_words(
    layer: Layer, asked: Asked, table: Table, query: int, first: int, end: int, need: int, found: Small
) -> Small:
    """Add the owners of all names between two places whose words may weigh `need` together."""
    if first == end:
        return found
    for spelling in range(asked.spelling_starts[query], asked.spelling_starts[query + 1]):
        order, after = _by_weight(asked, table, spelling)
        for rank, word in enumerate(order):
            if need > 0 and table.tops[word] + after[rank] < need:
                break
            for place in range(asked.near_starts[word], asked.near_starts[word + 1]):
                if need > 0 and asked.weights[word, asked.likenesses[place]] + after[rank] < need:
                    continue
                near = asked.near[place]
                names = layer.postings[layer.posting_starts[near] : layer.posting_starts[near + 1]]
                start = np.searchsorted(names, first) if first else 0
                for name in names[start:]:
                    if name >= end:
                        break
                    if _may_reach(layer, table, name, need):
                        found = _with(found, layer.owners[name])
    return found


@kernel
def _by_weight(asked: Asked, table: Table, spelling: int) -> tuple[Small, Large]:
    """The words of a spelling by falling weight, and for each what those after it may weigh together."""
    order = asked.words[asked.word_starts[spelling] : asked.word_starts[spelling + 1]].copy()
    for end in range(1, len(order)):
        at, word = end, order[end]
        while at > 0 and table.tops[order[at - 1]] < table.tops[word]:
            order[at] = order[at - 1]
            at -= 1
        order[at] = word
    after, sum_ = np.zeros(len(order), np.int64), np.int64(0)
    for rank in range(len(order) - 1, -1, -1):
        after[rank] = sum_
        sum_ += table.tops[order[rank]]
    return order, after


@kernel
def _may_reach(layer: Layer, table: Table, name: int, need: int) -> Truth:
    """Whether the words of a name, each at its best, weigh enough; one of them must be known."""
    most, known = np.int64(0), False
    for word in layer.names[layer.name_starts[name] : layer.name_starts[name + 1]]:
        if table.best[word]:
            most += table.best[word] - 1
            known = True
    return known and most >= need


@kernel
def _with(found: Small, place: int) -> Small:
    """Add an entry to those found; the first place holds their number."""
    count = found[0] + 1
    if count == len(found):
        found = np.concatenate((found, found))
    found[0] = count
    found[count] = place
    return found
