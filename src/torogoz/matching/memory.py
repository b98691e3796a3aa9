"""What is known of the words that were asked for, each in a row of arrays that kernels read as they stand.

Rows are added and never changed, and an array that is full is exchanged by a larger one: whoever took the smaller one
finds there what he looks for. So threads may read while another adds; only one at a time may add.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from torogoz.matching.compiled import Bytes, Large, Small
from torogoz.matching.layer import as_bytes
from torogoz.matching.rates import Likeness

#: What is looked up: a word, with this sign behind it where it may be cut, which is no letter.
Sought: TypeAlias = str
CUT = "["

#: Rows for which an array has room at first.
_ROOM = 64


@dataclass(frozen=True, slots=True)
class Neighbour:
    """How near a listed word is, how many entries bear a word at least as near, and what that weighs."""

    likeness: Likeness
    bearers: int
    millibits: int


class Near(NamedTuple):
    """What one layer has of some words: where the neighbours of each start, all of them in order, and their likeness.

    `same` is the number of each word itself, -1 where nobody bears it.
    """

    starts: Large
    numbers: Small
    likenesses: Bytes
    same: Small


class Told(NamedTuple):
    """What all layers together say of some words.

    Whether any has the word, what it weighs as the initial of a listed one, and for each likeness how many entries bear
    a word at least as near, and what that weighs.
    """

    known: Bytes
    initials: Small
    bearers: Small
    weights: Small


class Growing:
    """Arrays to which rows are added, to all at once."""

    __slots__ = ("arrays", "count")

    def __init__(self, *first: NDArray[Any]) -> None:
        self.arrays, self.count = tuple(_larger(rows, _ROOM) for rows in first), len(first[0])

    def add(self, *rows: NDArray[Any]) -> None:
        """Put rows behind those that are there."""
        start, end = self.count, self.count + len(rows[0])
        if end > len(self.arrays[0]):
            self.arrays = tuple(_larger(array[:start], 2 * end) for array in self.arrays)
        for array, more in zip(self.arrays, rows, strict=True):
            array[start:end] = more
        self.count = end


class Memory:
    """The words that were asked of a vocabulary, with all that is known of them.

    `rows` has the row of each, and `single` the rows of those of one letter. The arrays are, by row: where the letters
    of a word start, and in each layer its neighbours (`starts`); the parts of `Told`, and in each layer its own number
    (`words`). Then the letters, and in each layer numbers and likenesses of neighbours (`near`).
    """

    __slots__ = ("letters", "near", "rows", "single", "starts", "words")

    def __init__(self, layers: int) -> None:
        self.rows: dict[Sought, int] = {}
        self.single: set[int] = set()
        kinds = np.zeros((0, len(Likeness)), np.int32)
        self.starts = Growing(np.zeros(1, np.int32), *[np.zeros(1, np.int64)] * layers)
        self.words = Growing(_no(np.uint8), _no(np.int32), kinds, kinds, *[_no(np.int32)] * layers)
        self.letters = Growing(_no(np.uint8))
        self.near = tuple(Growing(_no(np.int32), _no(np.uint8)) for _ in range(layers))

    @property
    def size(self) -> int:
        """How many words are known."""
        return self.words.count

    @property
    def neighbours(self) -> int:
        """How many neighbours all of them have."""
        return sum(layer.count for layer in self.near)

    def add(self, sought: Sequence[Sought], told: Told, layers: Sequence[Near]) -> None:
        """Put words behind those that are known."""
        words = [each.removesuffix(CUT) for each in sought]
        self.single.update(row for row, word in enumerate(words, self.size) if len(word) == 1)
        self.rows.update(zip(sought, range(self.size, self.size + len(words)), strict=True))
        ends = [near.starts[1:] + grown.count for grown, near in zip(self.near, layers, strict=True)]
        self.starts.add(starts_of(map(len, words))[1:] + self.letters.count, *ends)
        self.words.add(*told, *(near.same for near in layers))
        self.letters.add(as_bytes("".join(words)))
        for grown, near in zip(self.near, layers, strict=True):
            grown.add(near.numbers, near.likenesses)

    def near_of(self, row: int, layer: int) -> tuple[Small, Bytes]:
        """The neighbours of a word in a layer, in order, and their likeness."""
        start, end = self.starts.arrays[1 + layer][row : row + 2].tolist()
        numbers, likenesses = self.near[layer].arrays
        return numbers[start:end], likenesses[start:end]

    def level(self, row: int, likeness: int) -> Neighbour:
        """What a word of this likeness to that of a row is worth."""
        told = Told(*self.words.arrays[: len(Told._fields)])
        return Neighbour(Likeness(likeness), int(told.bearers[row, likeness]), int(told.weights[row, likeness]))


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The neighbours of a word, which stand in one row of a memory."""

    memory: Memory
    row: int

    @property
    def numbers(self) -> tuple[Small, ...]:
        """In each layer their numbers, in order."""
        return tuple(self.memory.near_of(self.row, layer)[0] for layer in range(len(self.memory.near)))

    @property
    def likenesses(self) -> tuple[Bytes, ...]:
        """In each layer their likeness."""
        return tuple(self.memory.near_of(self.row, layer)[1] for layer in range(len(self.memory.near)))

    def level(self, likeness: int) -> Neighbour:
        """What a word of this likeness is worth."""
        return self.memory.level(self.row, likeness)

    def get(self, layer: int, number: int) -> Neighbour | None:
        """How a listed word stands to the asked one; None where it is no neighbour."""
        numbers, likenesses = self.memory.near_of(self.row, layer)
        place = int(numbers.searchsorted(number))
        if place == len(numbers) or numbers[place] != number:
            return None
        return self.level(int(likenesses[place]))


def starts_of(lengths: Iterable[int]) -> Large:
    """Where strings of some lengths start in a row, and where the last one ends."""
    return np.fromiter(accumulate(lengths, initial=0), np.int64)


def _no(kind: type[np.generic]) -> NDArray[Any]:
    return np.zeros(0, kind)


def _larger(rows: NDArray[Any], room: int) -> NDArray[Any]:
    """Some rows, with room for so many."""
    found = np.empty((room, *rows.shape[1:]), rows.dtype)
    found[: len(rows)] = rows
    return found
