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

#: What is looked up: a word, with this sign behind it where it may be cut. The sign stands after Z, so that between a
#: word and it with the sign stand all words that begin so.
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
    """What one layer has of some words: where the neighbours of each start, all of them, and their likeness.

    The neighbours of a word are in order.
    """

    starts: Large
    numbers: Small
    likenesses: Bytes


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
    """An array to which rows are added."""

    __slots__ = ("array", "count")

    def __init__(self, kind: type[np.generic], *width: int, rows: Sequence[int] = ()) -> None:
        self.array: NDArray[Any] = np.empty((_ROOM, *width), kind)
        self.count = 0
        self.add(np.array(rows, kind).reshape(-1, *width))

    def add(self, rows: NDArray[Any]) -> None:
        """Put rows behind those that are there."""
        end = self.count + len(rows)
        if end > len(self.array):
            larger = np.empty((2 * end, *self.array.shape[1:]), self.array.dtype)
            larger[: self.count] = self.array[: self.count]
            self.array = larger
        self.array[self.count : end] = rows
        self.count = end


class GrowingNear:
    """`Near`, to which words are added; `same` is the number of each word itself, -1 where nobody bears it."""

    __slots__ = ("likenesses", "numbers", "same", "starts")

    def __init__(self) -> None:
        self.starts, self.numbers = Growing(np.int64, rows=(0,)), Growing(np.int32)
        self.likenesses, self.same = Growing(np.uint8), Growing(np.int32)

    def add(self, near: Near) -> None:
        """Put words behind those that are there."""
        self.starts.add(near.starts[1:] + self.numbers.count)
        self.numbers.add(near.numbers)
        self.likenesses.add(near.likenesses)
        same, places = np.full(len(near.starts) - 1, -1, np.int32), np.flatnonzero(near.likenesses == Likeness.SAME)
        same[np.searchsorted(near.starts, places, "right") - 1] = near.numbers[places]
        self.same.add(same)

    def of(self, row: int) -> tuple[Small, Bytes]:
        """The neighbours of a word, and their likeness."""
        start, end = self.starts.array[row : row + 2].tolist()
        return self.numbers.array[start:end], self.likenesses.array[start:end]


class Memory:
    """The words that were asked of a vocabulary, with all that is known of them.

    `rows` has the row of each, `single` the rows of those of one letter; `texts` their letters in a row, and
    `text_starts` where each starts. The others are the parts of `Told`, and in `layers` of `Near`.
    """

    __slots__ = (
        "bearers",
        "initials",
        "known",
        "layers",
        "rows",
        "single",
        "text_starts",
        "texts",
        "weights",
    )

    def __init__(self, layers: int) -> None:
        self.rows: dict[Sought, int] = {}
        self.single: set[int] = set()
        self.texts, self.text_starts = Growing(np.uint8), Growing(np.int32, rows=(0,))
        self.known, self.initials = Growing(np.uint8), Growing(np.int32)
        self.bearers, self.weights = Growing(np.int32, len(Likeness)), Growing(np.int32, len(Likeness))
        self.layers = tuple(GrowingNear() for _ in range(layers))

    @property
    def size(self) -> int:
        """How many words are known."""
        return self.known.count

    @property
    def neighbours(self) -> int:
        """How many neighbours all of them have."""
        return sum(layer.numbers.count for layer in self.layers)

    def add(self, sought: Sequence[Sought], told: Told, layers: Iterable[Near]) -> None:
        """Put words behind those that are known."""
        words = [each.removesuffix(CUT) for each in sought]
        self.single.update(row for row, word in enumerate(words, self.size) if len(word) == 1)
        self.rows.update(zip(sought, range(self.size, self.size + len(words)), strict=True))
        self.text_starts.add(starts_of(map(len, words))[1:] + self.texts.count)
        self.texts.add(as_bytes("".join(words)))
        self.known.add(told.known)
        self.initials.add(told.initials)
        self.bearers.add(told.bearers)
        self.weights.add(told.weights)
        for layer, near in zip(self.layers, layers, strict=True):
            layer.add(near)


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The neighbours of a word, which stand in one row of a memory."""

    memory: Memory
    row: int

    @property
    def numbers(self) -> tuple[Small, ...]:
        """In each layer their numbers, in order."""
        return tuple(layer.of(self.row)[0] for layer in self.memory.layers)

    @property
    def likenesses(self) -> tuple[Bytes, ...]:
        """In each layer their likeness."""
        return tuple(layer.of(self.row)[1] for layer in self.memory.layers)

    def level(self, likeness: int) -> Neighbour:
        """What a word of this likeness is worth."""
        bearers, weights = self.memory.bearers.array, self.memory.weights.array
        return Neighbour(Likeness(likeness), int(bearers[self.row, likeness]), int(weights[self.row, likeness]))

    def get(self, layer: int, number: int) -> Neighbour | None:
        """How a listed word stands to the asked one; None where it is no neighbour."""
        numbers, likenesses = self.memory.layers[layer].of(self.row)
        place = int(numbers.searchsorted(number))
        if place == len(numbers) or numbers[place] != number:
            return None
        return self.level(int(likenesses[place]))


def starts_of(lengths: Iterable[int]) -> Large:
    """Where strings of some lengths start in a row, and where the last one ends."""
    return np.fromiter(accumulate(lengths, initial=0), np.int64)
