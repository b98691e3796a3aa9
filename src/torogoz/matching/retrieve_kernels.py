"""Kernels that find who may reach the threshold, by birth date and by the rarest words (`matching.retrieve`)."""

from __future__ import annotations

import numpy as np

from torogoz.matching.build_kernels import full_name
from torogoz.matching.compiled import Bytes, Large, Number, Numbers, Small, Truth, kernel
from torogoz.matching.layer import Layer
from torogoz.matching.order_kernels import first_at_least, put_in_order
from torogoz.matching.score_kernels import (
    AS_SENT,
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
    ONE_WORD,
    ROOM,
    Asked,
    Table,
    ruled_out,
    same_full_name,
    scored,
    slips_of_year,
)

#: Reading a name from a posting costs as much as reading so many people who stand side by side.
_POSTING_COST = 12
#: So few people are read without asking whether words would tell of fewer.
_FEW = 100
_ONE = np.int64(1)
#: More ranges of dates no date may be in.
_MOST_RANGES = 80


@kernel
def find(layer: Layer, asked: Asked, gone: Bytes, every: bool, table: Table) -> Large:  # noqa: FBT001 - numba takes flags by place
    """Rows of query, entry, score and whether it has the full name: all that reach their threshold or have it.

    With `every`, by scoring every entry.
    """
    found, count = np.empty((64, 4), np.int64), 0
    years, ranges = _years(layer.dates), np.empty((_MOST_RANGES, 3), np.int64)
    places: Numbers = [np.int64(place) for place in range(len(layer.sexes) if every else 0)]
    for query in range(len(asked.facts)):
        _lay_out(asked, table, query)
        if not every:
            places.clear()
            _candidates(layer, asked, table, years, ranges, query, places)
            put_in_order(places)
        last: Number = -1
        for place in places:
            if place == last or (len(gone) and gone[place]) or ruled_out(layer, asked, query, place):
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
def _candidates(
    layer: Layer, asked: Asked, table: Table, years: Large, ranges: Large, query: int, found: Numbers
) -> None:
    """Add entries among which are all that may reach the threshold or have the full name."""
    rates, born, room = asked.rates, asked.facts[query, BORN], asked.facts[query, ROOM]
    everybody, dated = len(layer.owners), layer.header[6]
    _full_names(layer, asked, query, found)
    # No date to compare; and, for whom that does not rule out, quite another one.
    _by_words(layer, asked, table, query, dated if born else 0, everybody, room, found)
    loose = layer.header[5] if born % 100 else 0
    _by_words(layer, asked, table, query, loose, dated if born else loose, room - rates[BIRTH_OTHER], found)
    count = _ranges(layer.dates, years, born, ranges)
    for relation in range(BIRTH_EQUAL, BIRTH_OTHER if born else BIRTH_EQUAL):
        people = 0
        for one in range(count):
            people += ranges[one, 1] - ranges[one, 0] if ranges[one, 2] == relation else 0
        need = room - rates[relation]
        if people > _FEW and _reading(layer, asked, table, query, need, people // _POSTING_COST):
            _by_words(layer, asked, table, query, np.int64(0), dated, need, found)
        elif people:
            _by_date(layer, table, ranges, count, relation, need, found)


@kernel
def _by_date(layer: Layer, table: Table, ranges: Large, count: int, relation: int, need: int, found: Numbers) -> None:
    """Add those of the entries in the ranges of a relation who have a name whose words may weigh `need` together.

    Most of them stand side by side, and so do their words, few of which say anything: these are looked for.
    """
    dated, first_names, name_starts = layer.dated, layer.first_names, layer.name_starts
    names, owners, marks, best = layer.names, layer.owners, table.marks, table.best
    for one in range(count):
        at, stop = ranges[one, 0], ranges[one, 1] if ranges[one, 2] == relation else 0
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
                    found.append(np.int64(owners[name]))
                place = _next_known(names, marks, name_starts[name + 1], end)


@kernel
def _next_known(names: Small, marks: Large, place: int, end: int) -> Number:
    """The first place from one to before another with a word that says anything; the latter where there is none.

    A function of its own, since an array that a loop exchanges makes each of its turns several times as long.
    """
    while place < end and not marks[names[place] >> 6] >> (names[place] & 63) & _ONE:
        place += 1
    return place


@kernel
def _years(dates: Small) -> Large:
    """Where the dates of each year start, from the first date's year to the one after the last date's."""
    if not len(dates):
        return np.zeros(1, np.int64)
    return np.searchsorted(dates, np.arange(dates[0] // 10_000, dates[-1] // 10_000 + 2) * 10_000)


@kernel
def _ranges(dates: Small, years: Large, born: int, found: Large) -> Number:
    """Write where, among the dates of a list, those stand that may be a birth date, and tell how many rows these are.

    A row holds first, end, and what they are to it.
    """
    count = 0
    if not len(dates):
        return count
    year, month, day = born // 10_000, born // 100 % 100, born % 100
    start = year * 10_000
    low, high = _year(dates, years, year)
    if not month:
        return _ranged(dates, low, high, found, count, start, start + 9_999, BIRTH_YEAR)
    count = _ranged(dates, low, high, found, count, start, start, BIRTH_YEAR)
    this = start + month * 100
    if not day:
        return _ranged(dates, low, high, found, count, this, this + 99, BIRTH_MONTH)
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
    for other in slips_of_year(year):
        low, high = _year(dates, years, other)
        same = born + (other - year) * 10_000
        count = _ranged(dates, low, high, found, count, same, same, BIRTH_ONE_PART)
    return count


@kernel
def _year(dates: Small, years: Large, year: int) -> tuple[Number, Number]:
    """From where to where the dates of a year stand."""
    place = year - dates[0] // 10_000
    return (years[place], years[place + 1]) if 0 <= place < len(years) - 1 else (np.int64(0), np.int64(0))


@kernel
def _ranged(
    dates: Small, low: Number, high: Number, found: Large, count: int, first: int, last: int, relation: int
) -> Number:
    """Add where, between two places, the dates from one to another stand, if there are any; how many there are then."""
    start = first_at_least(dates, low, high, first)
    if start == high or dates[start] > last:
        return count
    found[count, 0], found[count, 1], found[count, 2] = start, first_at_least(dates, start, high, last + 1), relation
    return count + 1


@kernel
def _full_names(layer: Layer, asked: Asked, query: int, found: Numbers) -> None:
    """Add the owners of all names of the same words, where the asked one names somebody."""
    full_names, owners = layer.full_names, layer.owners
    for kind in (AS_SENT, ONE_WORD):
        wanted: Number = _full_name(asked, query, kind) if asked.facts[query, FULL_NAME] & kind else np.int64(-1)
        at = first_at_least(full_names, 0, len(full_names) if wanted >= 0 else 0, wanted << 32)
        while at < len(full_names) and full_names[at] >> 32 == wanted:
            name: Number = full_names[at] & 0xFFFFFFFF
            if same_full_name(layer, asked, query, name):
                found.append(np.int64(owners[name]))
            at += 1


@kernel
def _full_name(asked: Asked, query: int, kind: int) -> Number:
    """The number of the name as sent, or of its first word; -1 where one is not on the list."""
    spelling, same = asked.spelling_starts[query], asked.same
    first = asked.word_starts[spelling]
    words = asked.words[first : asked.word_starts[spelling + 1] if kind == AS_SENT else first + 1]
    for word in words:
        if same[word] < 0:
            return np.int64(-1)
    return full_name(same[words])


@kernel
def _reading(layer: Layer, asked: Asked, table: Table, query: int, need: int, most: int) -> Truth:
    """Whether `_by_words` would look at no more than so many names, on the whole list."""
    near_starts, nears, likenesses, weights = asked.near_starts, asked.near, asked.likenesses, asked.weights
    order, afters, tops, starts, names = table.order, table.after, table.tops, layer.posting_starts, np.int64(0)
    spellings, word_starts = asked.spelling_starts, asked.word_starts
    for spelling in range(spellings[query], spellings[query + 1]):
        for rank in range(word_starts[spelling], word_starts[spelling + 1]):
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
    layer: Layer, asked: Asked, table: Table, query: int, first: Number, end: int, need: int, found: Numbers
) -> None:
    """Add the owners of all names between two places whose words may weigh `need` together."""
    order, afters, tops, best = table.order, table.after, table.tops, table.best
    near_starts, nears, likenesses, weights = asked.near_starts, asked.near, asked.likenesses, asked.weights
    posting_starts, postings, owners = layer.posting_starts, layer.postings, layer.owners
    name_starts, words = layer.name_starts, layer.names
    spellings, word_starts = asked.spelling_starts, asked.word_starts
    for spelling in range(spellings[query], spellings[query + 1] if first < end else 0):
        for rank in range(word_starts[spelling], word_starts[spelling + 1]):
            word, after = order[rank], afters[rank]
            if need > 0 and tops[word] + after < need:
                break
            for place in range(near_starts[word], near_starts[word + 1]):
                if need > 0 and weights[word, likenesses[place]] + after < need:
                    continue
                at, stop = posting_starts[nears[place]], posting_starts[nears[place] + 1]
                if at == stop or postings[stop - 1] < first:
                    continue
                if postings[at] < first:
                    at = first_at_least(postings, at, stop, first)
                if postings[stop - 1] >= end:
                    stop = first_at_least(postings, at, stop, end)
                at = _next_reaching(postings, at, stop, words, name_starts, best, need)
                while at < stop:
                    found.append(np.int64(owners[postings[at]]))
                    at = _next_reaching(postings, at + 1, stop, words, name_starts, best, need)


@kernel
def _next_reaching(
    postings: Small, at: Number, stop: Number, words: Small, name_starts: Small, best: Small, need: int
) -> Number:
    """The first place from one to before another of a name that may reach; the latter where none does."""
    while at < stop:
        name: Number = postings[at]
        if _may_reach(words, best, name_starts[name], name_starts[name + 1], need):
            break
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
def _may_reach(names: Small, best: Small, start: Number, end: Number, need: int) -> Truth:
    """Whether the words of a name, each at its best, weigh enough."""
    most = np.int64(0)
    for place in range(start, end):
        weight = best[names[place]]
        if weight:
            most += weight - 1
    return most >= need
