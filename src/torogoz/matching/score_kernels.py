"""Kernels that score entries as `matching.score` does, without saying why."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from torogoz.matching.akin_kernels import akin
from torogoz.matching.compiled import Bytes, Large, Number, Small, Truth, kernel
from torogoz.matching.layer import Layer

#: No score: nothing in common, or ruled out.
NONE = -1_000_000_000

#: Places in `Asked.rates`.
(
    OTHER_WORD,
    MISSING_WORD,
    BIRTH_EQUAL,
    BIRTH_YEAR,
    BIRTH_MONTH,
    BIRTH_SWAPPED,
    BIRTH_ONE_PART,
    BIRTH_OTHER,
    SEX_SAME,
    SEX_OTHER,
    DOCUMENT_OTHER,
    KIN_WORDS,
    AKIN_WORD,
) = range(13)
#: Places in a row of `Asked.facts`. `ROOM` is what name and birth date must weigh together to reach the threshold.
#: `FULL_NAME` is which kinds of full name the asked one is: its words as sent, its first word alone, both, or neither.
LEAST, ROOM, PRIOR, BORN, STATE, HAS_STATE, STATE_SAME, STATE_OTHER, SEX, DOCUMENTED, FULL_NAME = range(11)
AS_SENT, ONE_WORD = 1, 2


class Asked(NamedTuple):
    """The questions of a flight, as one layer sees them: `matching.question` makes them.

    Query → its spellings → the words of each (by place in `near_starts`, `weights` and so on); the first spelling is
    the name as sent. A word has neighbours, each with its likeness, and a weight for each likeness; `same` is its own
    number on the list, or -1. `texts` holds the letters of all words in a row, `text_starts` where each starts;
    `known` whether any layer has the word, `initials` what it weighs as the initial of a listed one.
    """

    rates: Small
    facts: Large
    spelling_starts: Small
    word_starts: Small
    words: Small
    near_starts: Large
    near: Small
    likenesses: Bytes
    weights: Small
    same: Small
    texts: Bytes
    text_starts: Small
    known: Bytes
    initials: Small


class Table(NamedTuple):
    """What scoring writes on while it works, made once for a flight.

    `best` holds, for each listed word, what it can say for the question at hand and one more; 0 where nothing. `marks`
    has a bit for each that is not 0, since so little is near at hand however often it is read. `tops` holds the most
    that each asked word can be told; `order` the words of each spelling, the heaviest first, and `after` what those
    after each may weigh together.
    """

    best: Small
    marks: Large
    tops: Small
    order: Small
    after: Large
    pairs: Small
    taken: Bytes
    answered: Bytes


@kernel
def likeness_of(asked: Asked, word: int, listed: int) -> Number:
    """How a listed word stands to an asked one, -1 where it is no neighbour."""
    low, high = asked.near_starts[word], asked.near_starts[word + 1]
    end = high
    while low < high:
        middle = (low + high) // 2
        if asked.near[middle] < listed:
            low = middle + 1
        else:
            high = middle
    return np.int64(asked.likenesses[low]) if low < end and asked.near[low] == listed else -1


@kernel
def aligned(layer: Layer, asked: Asked, table: Table, spelling: int, name: int, least: int) -> Number:
    """What a listed name weighs for a spelling: words paired, the heaviest pair first, then what is left over.

    What weighs less than `least` may weigh still less here: akin words are looked for only where they decide.
    """
    first, start, rates = asked.word_starts[spelling], layer.name_starts[name], asked.rates
    count, listed = asked.word_starts[spelling + 1] - first, layer.name_starts[name + 1] - start
    pairs, taken, answered = table.pairs, table.taken, table.answered
    for one in range(count):
        taken[one] = 0
    for two in range(listed):
        answered[two] = 0
    total, left = np.int64(0), min(count, listed)
    while True:
        heaviest, at = NONE, 0
        for place in range(count * listed):
            if pairs[place] > heaviest and not taken[place // listed] and not answered[place % listed]:
                heaviest, at = pairs[place], place
        if heaviest == NONE:
            break
        taken[at // listed] = answered[at % listed] = 1
        total += heaviest
        left -= 1
    for place in range(count * listed if left else 0):
        one, two = place // listed, place % listed
        if not taken[one] and not answered[two] and _initial(layer, asked, asked.words[first + one], start + two):
            taken[one] = answered[two] = 1
            left -= 1
            total += asked.initials[asked.words[first + one]]
    single, near = abs(count - listed), np.int64(0)
    undecided = left and _named(rates, total, 0, single, left) >= least
    for place in range(count * listed if undecided else 0):
        one, two = place // listed, place % listed
        if not taken[one] and not answered[two] and _akin(layer, asked, asked.words[first + one], start + two):
            taken[one] = answered[two] = 1
            near += 1
    return _named(rates, total, left - near, single, near)


@kernel
def _named(rates: Small, words: Number, others: Number, single: Number, near: Number) -> Number:
    """What a name weighs: `rates.name_millibits`."""
    kin = min(rates[KIN_WORDS] - words, 0) if others else 0
    return words + kin + rates[OTHER_WORD] * others + rates[MISSING_WORD] * single + rates[AKIN_WORD] * near


@kernel
def _paired(layer: Layer, asked: Asked, table: Table, spelling: int, name: int) -> Truth:
    """Write down what each pair of words weighs, and tell whether any does."""
    place, some = 0, False
    for one in range(asked.word_starts[spelling], asked.word_starts[spelling + 1]):
        word = asked.words[one]
        for two in range(layer.name_starts[name], layer.name_starts[name + 1]):
            listed = layer.names[two]
            table.pairs[place] = NONE
            likeness = likeness_of(asked, word, listed) if table.best[listed] else -1
            if likeness >= 0:
                table.pairs[place] = asked.weights[word, likeness]
                some = True
            place += 1
    return some


@kernel
def _initial(layer: Layer, asked: Asked, word: int, place: int) -> Truth:
    listed = layer.names[place]
    start = layer.word_starts[listed]
    same = asked.texts[asked.text_starts[word]] == layer.words[start]
    one, two = asked.text_starts[word + 1] - asked.text_starts[word], layer.word_starts[listed + 1] - start
    return same and (one == 1 or two == 1)


@kernel
def _akin(layer: Layer, asked: Asked, word: int, place: int) -> Truth:
    listed = layer.names[place]
    one = asked.texts[asked.text_starts[word] : asked.text_starts[word + 1]]
    return akin(one, layer.words[layer.word_starts[listed] : layer.word_starts[listed + 1]], asked.known[word] > 0) != 0


@kernel
def same_full_name(layer: Layer, asked: Asked, query: int, name: int) -> Truth:
    """Whether a name has every word of the asked one, as often, and no other; or is the word that is all of it."""
    spelling, alone = asked.spelling_starts[query], asked.facts[query, FULL_NAME] & ONE_WORD
    first, start = asked.word_starts[spelling], layer.name_starts[name]
    count, listed_count = asked.word_starts[spelling + 1] - first, layer.name_starts[name + 1] - start
    if listed_count == 1 and alone:
        return bool(asked.same[asked.words[first]] == layer.names[start])
    if listed_count != count:
        return False
    for one in range(count):
        listed, here, there = layer.names[start + one], 0, 0
        for two in range(count):
            here += layer.names[start + two] == listed
            there += asked.same[asked.words[first + two]] == listed
        if here != there:
            return False
    return True


@kernel
def related(asked: int, listed: int) -> Number:
    """The place of the rate for two birth dates (`domain.dates.relate_dates`)."""
    year, month, day = asked // 10_000, asked // 100 % 100, asked % 100
    other_year, other_month, other_day = listed // 10_000, listed // 100 % 100, listed % 100
    if day and other_day:
        if asked == listed:
            return BIRTH_EQUAL
        if year == other_year and month == other_day and day == other_month:
            return BIRTH_SWAPPED
        wrong = np.int64(year != other_year) + np.int64(month != other_month) + np.int64(day != other_day)
        return BIRTH_ONE_PART if wrong == 1 and slipped(year, other_year) else BIRTH_OTHER
    if year != other_year:
        return BIRTH_OTHER
    if not month or not other_month:
        return BIRTH_YEAR
    return BIRTH_MONTH if month == other_month else BIRTH_OTHER


@kernel
def slipped(one: int, two: int) -> Truth:
    """Whether a year may be the other, mistyped."""
    if abs(one - two) <= 1:
        return True
    wrong, first, last, power = 0, 0, 0, 1
    for place in range(4):
        if one // power % 10 != two // power % 10:
            wrong += 1
            first = place if wrong == 1 else first
            last = place
        power *= 10
    if wrong == 2 and last - first == 1:
        low = 10**first
        return one // low % 10 == two // (low * 10) % 10 and one // (low * 10) % 10 == two // low % 10
    return wrong == 1


@kernel
def slips_of_year(year: int) -> Large:
    """The other years of which a year may be a slip: each that `slipped` says."""
    found, count, power = np.empty(64, np.int64), 0, 1
    for place in range(4):
        digit = year // power % 10
        for other in range(10):
            if other != digit:
                found[count] = year + (other - digit) * power
                count += 1
        before = year // (10 * power) % 10
        if place < 3 and before != digit:
            found[count] = year + (digit - before) * 9 * power
            count += 1
        power *= 10
    # The years beside it, unless that is a slip of the last digit alone.
    if year % 10 == 9:
        found[count] = year + 1
        count += 1
    if year % 10 == 0:
        found[count] = year - 1
        count += 1
    return found[:count]


@kernel
def ruled_out(layer: Layer, asked: Asked, query: int, place: int) -> Truth:
    """Whether the asked date and all of an entry are whole, and the nearest of these is quite another one."""
    born, start, end = asked.facts[query, BORN], layer.birth_starts[place], layer.birth_starts[place + 1]
    whole = born % 100 > 0 and place < layer.header[3] and start < end
    return _born(layer.births, start, end, born, asked.rates) == BIRTH_OTHER and whole


@kernel
def _born(births: Small, start: int, end: int, asked: int, rates: Small) -> Number:
    """What the nearest of some birth dates is to the asked one; the place of the rate."""
    nearest = BIRTH_OTHER
    for place in range(start, end):
        relation = related(asked, births[place])
        if rates[relation] > rates[nearest]:
            nearest = relation
    return nearest


@kernel
def scored(layer: Layer, asked: Asked, table: Table, query: int, place: int) -> tuple[Number, Truth]:
    """The score of an entry, by the best of its names and the nearest of its dates; and whether one is the full name.

    Documents that are the same or nearly so are not looked at: whoever has one is scored apart.
    """
    facts, full = asked.facts, False
    beside: Number = facts[query, PRIOR] + _beside(layer, asked, query, place)
    first, end = np.int64(layer.first_names[place]), np.int64(layer.first_names[place + 1])
    for name in range(first, end if facts[query, FULL_NAME] else first):
        full = full or same_full_name(layer, asked, query, name)
    best, least = np.int64(NONE), NONE if full else facts[query, LEAST] - beside
    for name in range(first, end):
        for spelling in range(asked.spelling_starts[query], asked.spelling_starts[query + 1]):
            if _paired(layer, asked, table, spelling, name):
                best = max(best, aligned(layer, asked, table, spelling, name, least))
    return (beside + best, full) if best != NONE else (NONE, False)


@kernel
def _beside(layer: Layer, asked: Asked, query: int, place: int) -> Number:
    """What birth date, nationality, sex and another document weigh."""
    facts, rates = asked.facts, asked.rates
    total: Number = np.int64(0)
    births, nations, sex, documented = layer.births, layer.nations, layer.sexes[place], layer.documented[place]
    birth, no_birth = layer.birth_starts[place], layer.birth_starts[place + 1]
    nation, no_nation = layer.nation_starts[place], layer.nation_starts[place + 1]
    if facts[query, BORN] and birth < no_birth:
        total += rates[_born(births, birth, no_birth, facts[query, BORN], rates)]
    if facts[query, HAS_STATE] and nation < no_nation:
        same = False
        for at in range(nation, no_nation):
            same = same or nations[at] == facts[query, STATE]
        total += facts[query, STATE_SAME] if same else facts[query, STATE_OTHER]
    if facts[query, SEX] and sex:
        total += rates[SEX_SAME] if facts[query, SEX] == sex else rates[SEX_OTHER]
    if facts[query, DOCUMENTED] and documented:
        total += rates[DOCUMENT_OTHER]
    return total
