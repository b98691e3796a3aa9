"""A list made ready for matching, as frozen arrays (`matching.layer`): one layer of all, and what changed since.

`build` takes entries one by one and keeps no object of any. A single entry that comes or goes is not worth a new index
of a million: `ListIndex.with_changes` keeps the first layer, marks who has gone, and puts who has come into a small
second layer. Words and nationalities weigh by both layers together, without those who have gone, so that it answers as
the list would if it were built anew.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import compress, repeat
from typing import Any

import numpy as np
from numpy.typing import NDArray

from torogoz.domain.hit import ListExcerpt
from torogoz.domain.watchlist import Entry
from torogoz.matching import rates
from torogoz.matching.build_kernels import all_full_names, counted, gathered, grouped, posted
from torogoz.matching.compiled import Small
from torogoz.matching.layer import FORMAT, Layer, in_a_row, layer_of, letters_kept, letters_of
from torogoz.matching.neighbour_kernels import HEARD_CONSONANTS, HEARD_LETTERS, MOST_LETTERS, TYPO_LETTERS
from torogoz.matching.normalise import skeletons
from torogoz.matching.reading import Rows
from torogoz.matching.string_kernels import all_slips
from torogoz.matching.vocabulary import Vocabulary
from torogoz.matching.word_kernels import word_places

#: From so many signs on, and up to so many, a number with a single slip is looked for too.
NEAR_DOCUMENT_SIGNS, MOST_DOCUMENT_SIGNS = 6, 24
#: Nationalities that are remembered for an index before the memory starts anew.
MAX_NATIONS = 1_000
#: What an entry's birth dates can do: rule it out, be compared, or neither.
_STRICT, _LOOSE, _UNDATED = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Nation:
    """A nationality on a list: its number in each layer, -1 where nobody has it, and how many entries have it.

    `same` and `other` are what it weighs where it is an entry's, and where it is not.
    """

    numbers: tuple[int, ...]
    bearers: int
    same: int
    other: int


@dataclass(frozen=True, slots=True, eq=False)
class ListIndex:
    """One version of a list, ready to be asked. Made by `build`, by `of`, or from another one by `with_changes`.

    `gone` marks the entries of the first layer that are on the list no more; it is empty where all are.
    """

    layers: tuple[Layer, ...]
    gone: NDArray[np.uint8]
    vocabulary: Vocabulary
    _blank: tuple[list[Small], ...] = field(repr=False)
    _nations: dict[str, Nation] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, parts: Mapping[str, NDArray[Any]]) -> ListIndex:
        """Make an index of its arrays, in memory or mapped; nothing is copied. OurError where the format is another."""
        return _index((layer_of(dict(parts)),), _nobody())

    def parts(self) -> Mapping[str, NDArray[Any]]:
        """The arrays of which `of` makes this index. Refuses one with changes (ValueError): it is to be built anew."""
        if len(self.layers) > 1 or len(self.gone):
            raise ValueError("an index with changes is built anew before it is kept")
        return self.layers[0]._asdict()

    @property
    def version(self) -> int:
        """The version of the list."""
        return int(self.layers[0].header[1])

    @property
    def size(self) -> int:
        """How many entries the list has for its frequencies: all, also where only some are at hand (`excerpt`)."""
        return self.vocabulary.size

    @property
    def name_count(self) -> int:
        """How many names are compared."""
        return sum(len(layer.owners) for layer in self.layers)

    def absent(self, layer: int) -> NDArray[np.uint8]:
        """The marks of those of a layer who have gone; empty where all are there."""
        return self.gone if layer == 0 else _nobody()

    @contextmanager
    def blank(self, layer: int) -> Iterator[Small]:
        """A number for each word of a layer, all 0, for one who leaves them so: lent again, since it is not small."""
        kept = self._blank[layer]
        row = kept.pop() if kept else np.zeros(len(self.layers[layer].bearers), np.int32)
        yield row
        kept.append(row)

    def nation(self, state: str) -> Nation:
        """A nationality, which is looked up once and remembered."""
        found = self._nations.get(state)
        if found is None:
            numbers, counts = zip(*(layer.state(state) for layer in self.layers), strict=True)
            bearers, size = sum(counts), self.size
            same = rates.same_nationality_millibits(bearers, size)
            found = Nation(numbers, bearers, same, rates.other_nationality_millibits(bearers, size))
            if len(self._nations) >= MAX_NATIONS:
                self._nations.clear()
            self._nations[state] = found
        return found

    def with_changes(self, added: Iterable[Entry], removed: Iterable[str] = ()) -> ListIndex:
        """The same list with some entries more and those of some ids less; an added one replaces those of its id.

        It answers as the list would if it were built anew: who has gone counts no more for how common a name is.
        """
        arrived = {entry.id: entry for entry in added}
        leaving = {*removed, *arrived}
        base = self.layers[0]
        gone = self.gone.copy() if len(self.gone) else np.zeros(base.at_hand, np.uint8)
        places = [place for key in leaving for place in base.places_of(key) if not gone[place]]
        gone[places] = 1
        earlier = [layer.entry(place) for layer in self.layers[1:] for place in range(layer.at_hand)]
        layer = build((*(entry for entry in earlier if entry.id not in leaving), *arrived.values())).layers[0]
        base = base.without(places)
        return _index((base, layer) if layer.at_hand else (base,), gone if gone.any() else _nobody())

    def but(self, leaving: Collection[str]) -> ListIndex:
        """The same answers but for those about the entries of some ids, who go on to count for how common a name is."""
        later = {layer.entry(place).id for layer in self.layers[1:] for place in range(layer.at_hand)}
        index = self.with_changes((), here) if (here := later.intersection(leaving)) else self
        base = index.layers[0]
        gone = index.gone.copy() if len(index.gone) else np.zeros(base.at_hand, np.uint8)
        gone[base.places_of_all(leaving)] = 1
        return _index(index.layers, gone if gone.any() else _nobody())

    def arrivals(self) -> ListIndex:
        """The same weights, with answers about those alone who came with the last changes."""
        return _index(self.layers, np.ones(self.layers[0].at_hand, np.uint8))

    def __reduce__(self) -> tuple[Callable[..., ListIndex], tuple[Any, ...]]:
        """Send the arrays to another process, and nothing that is remembered."""
        return _received, (tuple(layer._asdict() for layer in self.layers), self.gone)


def _index(layers: tuple[Layer, ...], gone: NDArray[np.uint8]) -> ListIndex:
    gone.setflags(write=False)
    return ListIndex(layers, gone, Vocabulary(layers), tuple([] for _ in layers))


def _received(layers: tuple[dict[str, NDArray[Any]], ...], gone: NDArray[np.uint8]) -> ListIndex:
    return _index(tuple(layer_of(parts) for parts in layers), gone)


def _nobody() -> NDArray[np.uint8]:
    nobody = np.zeros(0, np.uint8)
    nobody.setflags(write=False)
    return nobody


def build(entries: Iterable[Entry], *, version: int = 0, weighed_as: ListExcerpt | None = None) -> ListIndex:
    """Index a list, one entry at a time. The order of entries changes no result: these go by score and entry id.

    With `weighed_as` words and nationalities weigh as in the list of which that is an excerpt. A word that older rules
    did not make of an entry, and so did not keep, is taken for its own alone.
    """
    rows = Rows()
    rows.read(entries)
    return ListIndex.of(_arranged(rows, version, weighed_as))


def has_whole_dates(entry: Entry) -> bool:
    """Whether a birth date can rule the entry out: it has some, and all of them are whole."""
    return bool(entry.birth_dates) and all(birth.is_full for birth in entry.birth_dates)


def _arranged(rows: Rows, version: int, weighed_as: ListExcerpt | None) -> dict[str, NDArray[Any]]:
    """The arrays of a layer."""
    births, birth_ends = _small(rows.births), _starts(rows.birth_counts)
    people = len(rows.sexes)
    first = np.zeros(people, np.int32)
    has = birth_ends[1:] > birth_ends[:-1]
    first[has] = births[birth_ends[:-1][has]]
    partial = np.diff(np.append(0, np.cumsum(births % 100 == 0))[birth_ends])
    kinds = np.where(has, np.where(partial, _LOOSE, _STRICT), _UNDATED)
    order = np.lexsort((first, kinds)).astype(np.int32)
    placed = np.empty(people, np.int32)
    placed[order] = np.arange(people, dtype=np.int32)

    kept = [word for word, _ in weighed_as.bearers] if weighed_as else []
    borne = np.zeros(len(rows.words), np.bool_)
    borne[_small(rows.names)] = True
    words, renumbered = _sorted(rows.words, [*kept, *compress(rows.words, borne)])
    more = [state for state, _ in weighed_as.nationalities] if weighed_as else []
    states, restated = _sorted(rows.states, [*more, *rows.states])
    spread = np.arange(len(rows.aliases), dtype=np.int32)
    first_names, moved = gathered(_starts(rows.alias_counts), spread, order)
    name_starts, names = gathered(_starts(rows.name_counts), renumbered[_small(rows.names)], moved)
    birth_starts, births = gathered(birth_ends, births, order)
    nation_starts, nations = gathered(_starts(rows.nation_counts), restated[_small(rows.nations)], order)
    owners = np.repeat(np.arange(people, dtype=np.int32), np.diff(first_names))
    dated = np.repeat(np.arange(people, dtype=np.int32), np.diff(birth_starts))
    by_date = np.lexsort((dated, births))
    holder_starts, holders = grouped(_small(rows.held), placed[_small(rows.holders)], len(rows.numbers))
    blob, word_starts = in_a_row(words)
    sounds = _sounds(words)
    state_blob, state_starts = in_a_row(states)
    number_blob, number_starts = in_a_row(list(rows.numbers))
    posting_starts, postings = posted(name_starts, names, len(words))
    blob_ends = np.append(np.zeros(1, np.int64), np.cumsum(_small(rows.blob_counts), dtype=np.int64))
    strict, undated = (int((kinds == kind).sum()) for kind in (_STRICT, _UNDATED))
    part = [strict, people - undated]
    size = weighed_as.entries if weighed_as else people
    header = [FORMAT, version, size, *part, *(int(first_names[place]) for place in part)]
    header.append(int(np.diff(name_starts).max(initial=0)))
    bearers = counted(first_names, name_starts, names, len(words))
    state_bearers = np.bincount(nations, minlength=len(states)).astype(np.int32)
    letters = letters_of(blob, word_starts, bearers)
    if weighed_as:
        letters = letters_kept(weighed_as.initials, weighed_as.words)
        known = dict(weighed_as.bearers)
        bearers = np.array([known.get(word, 1) for word in words], np.int32)
        state_bearers = np.array([dict(weighed_as.nationalities).get(state, 0) for state in states], np.int32)
    return {
        "header": np.array(header, np.int64),
        "words": blob,
        "word_starts": word_starts,
        "word_places": word_places(blob, word_starts),
        "word_slips": np.sort(all_slips(blob, word_starts, TYPO_LETTERS, MOST_LETTERS)),
        "bearers": bearers,
        "letters": letters,
        **sounds,
        "name_starts": name_starts,
        "names": names,
        "owners": owners,
        "aliases": _small(rows.aliases)[moved],
        "full_names": np.sort(all_full_names(name_starts, names)),
        "posting_starts": posting_starts,
        "postings": postings,
        "first_names": first_names,
        "birth_starts": birth_starts,
        "births": births,
        "nation_starts": nation_starts,
        "nations": nations,
        "sexes": np.frombuffer(rows.sexes, np.uint8)[order],
        "documented": np.frombuffer(rows.documented, np.uint8)[order],
        "ids": _small(rows.ids)[order],
        "blob": np.frombuffer(rows.blob, np.uint8),
        "blob_starts": blob_ends[:-1][order],
        "blob_ends": blob_ends[1:][order],
        "dates": births[by_date],
        "dated": dated[by_date],
        "states": state_blob,
        "state_starts": state_starts,
        "state_bearers": state_bearers,
        "numbers": number_blob,
        "number_starts": number_starts,
        "number_slips": np.sort(all_slips(number_blob, number_starts, NEAR_DOCUMENT_SIGNS, MOST_DOCUMENT_SIGNS)),
        "holder_starts": holder_starts,
        "holders": holders,
    }


def _sorted(numbered: Mapping[str, int], kept: Iterable[str]) -> tuple[list[str], Small]:
    """Those that are kept, once and in alphabetical order of their bytes; and the place there of each numbered one."""
    distinct = set(kept)
    # Plain letters, as words have, are in that order as they are.
    plain = "".join(distinct).isascii()
    strings = sorted(distinct) if plain else sorted(distinct, key=lambda text: text.encode(errors="replace"))
    numbers = np.fromiter(map(numbered.get, strings, repeat(-1)), np.int32, len(strings))
    places = np.full(len(numbered), -1, np.int32)
    places[numbers[numbers >= 0]] = np.flatnonzero(numbers >= 0)
    return strings, places


def _sounds(words: list[str]) -> dict[str, NDArray[Any]]:
    """The sounds of the words that may be heard alike, in alphabetical order, and the words of each."""
    long = [number for number, word in enumerate(words) if len(word) >= HEARD_LETTERS]
    sounds = skeletons([words[number] for number in long])
    enough = [len(sound) >= HEARD_CONSONANTS for sound in sounds]
    numbers, heard = array("i", compress(long, enough)), list(compress(sounds, enough))
    distinct = sorted(set(heard))
    places = {sound: place for place, sound in enumerate(distinct)}
    blob, starts = in_a_row(distinct)
    found = grouped(np.array([places[sound] for sound in heard], np.int32), _small(numbers), len(distinct))
    return {"sounds": blob, "sound_starts": starts, "heard_starts": found[0], "heard": found[1]}


def _starts(counts: array[int]) -> Small:
    """Where the many of each one start, and where the last ones end."""
    return np.append(np.zeros(1, np.int32), np.cumsum(_small(counts), dtype=np.int32))


def _small(values: array[int]) -> Small:
    return np.frombuffer(values, np.int32) if values else np.empty(0, np.int32)
