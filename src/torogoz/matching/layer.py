"""The entries of a list as frozen arrays, and nothing else: a layer of an index, ready to be asked or to be kept.

Strings stand in a row, with where each starts; one-to-many relations as where each one's many start, and the many.
Entries are ordered by what their birth dates can rule out: first those whose dates are all whole (*strict*), then other
dated ones, then those without a date, and within these by their first date, so that the people of a day stand side by
side. Names follow their entries, and postings follow names: each part of a list is a range of all three.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple, get_args, get_type_hints
from zlib import crc32

import msgspec
import numpy as np
from numpy.typing import NDArray

from torogoz.domain.watchlist import Entry
from torogoz.errors import OurError
from torogoz.matching.compiled import Bytes, Large, Small
from torogoz.matching.string_kernels import number_of

#: Raised whenever an array changes its meaning: arrays of another format are refused.
FORMAT = 4
_FIRST_LETTER, LETTERS = ord("A"), 26


class _Id(msgspec.Struct, gc=False):
    """What of an entry's row tells which entry it is."""

    id: str


_entries, _id = msgspec.msgpack.Decoder(Entry), msgspec.msgpack.Decoder(_Id)


class Layer(NamedTuple):
    """The arrays. A birth date is year·10000 + month·100 + day, with zeros for what is unknown.

    `header`: format, version of the list, entries that the frequencies stand for, entries that are strict, that are
    dated, their names likewise, and the words of the longest name.
    """

    header: Large
    # Words in alphabetical order and by fingerprint, how many entries bear each, and which are heard alike; and for
    # each letter how many entries bear the words that begin with it, and those of which an excerpt does not know.
    words: Bytes
    word_starts: Large
    word_places: Large
    word_slips: Large
    bearers: Small
    letters: Large
    sounds: Bytes
    sound_starts: Large
    heard_starts: Small
    heard: Small
    # Names: their words, their entry, and which of its texts each is; and all of them by fingerprint.
    name_starts: Small
    names: Small
    owners: Small
    aliases: Small
    full_names: Large
    posting_starts: Small
    postings: Small
    # Entries: their names, birth dates, nationalities, sex, whether they have a document, and all that is shown.
    first_names: Small
    birth_starts: Small
    births: Small
    nation_starts: Small
    nations: Small
    sexes: NDArray[np.uint8]
    documented: NDArray[np.uint8]
    ids: Small
    blob: Bytes
    blob_starts: Large
    blob_ends: Large
    # Dates in order, each with an entry that has it.
    dates: Small
    dated: Small
    # Nationalities in alphabetical order, and how many entries have each.
    states: Bytes
    state_starts: Large
    state_bearers: Small
    # Document numbers, and the entries that have each.
    numbers: Bytes
    number_starts: Large
    number_slips: Large
    holder_starts: Small
    holders: Small

    @property
    def size(self) -> int:
        """How many entries the frequencies stand for: more than are at hand in an excerpt."""
        return int(self.header[2])

    @property
    def at_hand(self) -> int:
        """How many entries are at hand."""
        return len(self.first_names) - 1

    def entry(self, place: int) -> Entry:
        """An entry as it was listed."""
        return _entries.decode(self.blob[self.blob_starts[place] : self.blob_ends[place]].data)

    def places_of(self, key: str) -> list[int]:
        """Where the entries of an id stand."""
        places = np.flatnonzero(self.ids == fingerprint(key)).tolist()
        return [place for place in places if self.entry(place).id == key]

    def places_of_all(self, keys: Collection[str]) -> Small:
        """Where the entries of many ids stand, in one pass; an id that nobody has stands nowhere."""
        marks = np.unique(np.fromiter(map(fingerprint, keys), np.int32, len(keys)))
        if not len(marks):
            return np.empty(0, np.int32)
        places = np.searchsorted(marks, self.ids).clip(max=len(marks) - 1)
        near = np.flatnonzero(marks[places] == self.ids)
        rows = zip(near.tolist(), self.blob_starts[near].tolist(), self.blob_ends[near].tolist(), strict=True)
        sought, blob = frozenset(keys), self.blob.data
        return np.array([place for place, start, end in rows if _id.decode(blob[start:end]).id in sought], np.int32)

    def without(self, places: Sequence[int]) -> Layer:
        """The same arrays, with frequencies that count the entries of some places no more."""
        header, bearers, nationals = self.header.copy(), self.bearers.copy(), self.state_bearers.copy()
        letters = self.letters.copy()
        header[2] -= len(places)
        for place in places:
            names = range(self.first_names[place], self.first_names[place + 1])
            words = list({word for name in names for word in self.name(name)})
            bearers[words] -= 1
            np.subtract.at(letters, self.words[self.word_starts[words]] - _FIRST_LETTER, 1)
            nationals[self.nations[self.nation_starts[place] : self.nation_starts[place + 1]]] -= 1
        for array in (header, bearers, letters, nationals):
            array.setflags(write=False)
        return self._replace(header=header, bearers=bearers, letters=letters, state_bearers=nationals)

    def word(self, number: int) -> str:
        """A word by its number."""
        return self.words[self.word_starts[number] : self.word_starts[number + 1]].tobytes().decode("ascii")

    def beginning(self, letter: str) -> tuple[int, int]:
        """How many words begin with a letter, and how many there are, each as often as it is borne."""
        return int(self.letters[ord(letter) - _FIRST_LETTER]), int(self.letters.sum())

    def borne(self, number: int) -> int:
        """The number of a word again; -1 where it is none, or nobody bears it any more."""
        return number if number >= 0 and self.bearers[number] > 0 else -1

    def name(self, number: int) -> list[int]:
        """The words of a name, by number."""
        return self.names[self.name_starts[number] : self.name_starts[number + 1]].tolist()  # type: ignore[no-any-return]

    def state(self, text: str) -> tuple[int, int]:
        """The number of a nationality, and how many entries have it; -1 and none where the list has nobody of it."""
        number = number_of(as_bytes(text), self.states, self.state_starts)
        return (number, int(self.state_bearers[number])) if number >= 0 else (-1, 0)


def fingerprint(key: str) -> int:
    """A number for an id, which another one may have too."""
    return crc32(key.encode(errors="replace")) & 0x7FFFFFFF


def letters_of(words: Bytes, starts: Large, bearers: Small) -> Large:
    """How many begin with each letter, and none with an unknown one, of words that so many entries bear."""
    ends = np.searchsorted(words[starts[:-1]], np.arange(_FIRST_LETTER, _FIRST_LETTER + LETTERS + 1))
    return np.append(np.diff(np.append(0, bearers.cumsum(dtype=np.int64))[ends]), 0)


def letters_kept(initials: Iterable[tuple[str, int]], words: int) -> Large:
    """The same of an excerpt, which knows of some letters only, and of how many words there are."""
    letters = np.zeros(LETTERS + 1, np.int64)
    for letter, count in initials:
        letters[ord(letter) - _FIRST_LETTER] = count
    letters[LETTERS] = words - letters.sum()
    return letters


def as_bytes(text: str) -> Bytes:
    """A string for a kernel; what no encoding has is replaced."""
    return np.frombuffer(text.encode(errors="replace"), np.uint8)


def in_a_row(strings: Sequence[str]) -> tuple[Bytes, Large]:
    """Strings in one row of bytes, and where each starts."""
    row = "".join(strings)
    encoded = strings if row.isascii() else [text.encode(errors="replace") for text in strings]
    lengths = np.fromiter(map(len, encoded), np.int64, len(encoded))
    return np.frombuffer(bytearray(row.encode(errors="replace")), np.uint8), np.append(np.int64(0), lengths.cumsum())


def layer_of(parts: dict[str, NDArray[Any]]) -> Layer:
    """Make a layer of its arrays, in memory or mapped. Refuses with OurError what another version wrote."""
    if parts.keys() != set(Layer._fields) or parts["header"][0] != FORMAT:
        raise OurError("an index of another format: build the list again")
    for name, part in parts.items():
        if part.dtype != _TYPES[name] or part.ndim != 1 or not part.flags.c_contiguous:
            raise OurError("an index of another format: build the list again")
        part.setflags(write=False)
    return Layer(**parts)


_TYPES = {name: np.dtype(get_args(get_args(kind)[1])[0]) for name, kind in get_type_hints(Layer).items()}
