"""The words of a list, how many entries bear each, which of them a given word may be, and what that weighs.

A word is looked up once and remembered: travellers share their names. Its *neighbours* are the list's words that it
equals, that one slip of the keyboard makes of it (OSA distance 1, from `TYPO_LETTERS` letters on), that a machine may
have read so (`misread_kernels`), that may be heard the same, of which it may be the cut beginning, or that are forms of
the same name. Retrieval reads nothing but neighbours, so that this module decides which words can ever speak for a
match.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import repeat
from typing import TypeAlias, cast

import numpy as np

from torogoz.matching import neighbour_kernels as kernels
from torogoz.matching.compiled import Small
from torogoz.matching.layer import Layer, as_bytes
from torogoz.matching.memory import CUT, Memory, Near, Neighbours, Sought, Told, starts_of
from torogoz.matching.neighbour_kernels import neighbours_of
from torogoz.matching.normalise import skeletons
from torogoz.matching.rates import Likeness, initial_millibits, word_millibits
from torogoz.matching.string_kernels import parts_of
from torogoz.matching.variants import variants_of
from torogoz.matching.wade_giles import given_name_of, syllable_of
from torogoz.matching.word_kernels import word_number

#: What contains the words that some entry bears.
Listed: TypeAlias = "dict[str, tuple[int, ...]] | Vocabulary"

#: What is remembered before a new memory is begun: asked words and sought ones, and all the neighbours of the former.
MAX_REMEMBERED = 100_000
MAX_NEIGHBOURS = 5_000_000
#: Of so few words all are remembered from the start: on a short list most words that are asked for are not on it, and
#: looking for each took most of a question's time. So many are read in some ten milliseconds, at each change of a list.
MAX_HELD = 20_000


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """The words of the layers of an index, weighed together."""

    layers: tuple[Layer, ...]
    _sought: dict[str, tuple[int, ...]] = field(default_factory=dict, repr=False)
    _initials: dict[str, int] = field(default_factory=dict, repr=False)
    #: The memory, under 0; nothing while it is lent.
    _memory: dict[int, Memory] = field(default_factory=dict, repr=False)
    #: What `numbers` says of a word that is not remembered; None where it must be looked for.
    _nowhere: tuple[int, ...] | None = field(default=None, init=False, repr=False)

    @property
    def size(self) -> int:
        """How many entries the list has."""
        return sum(layer.size for layer in self.layers)

    def __post_init__(self) -> None:
        if sum(len(layer.bearers) for layer in self.layers) <= MAX_HELD:
            self._sought.update(_all_numbers(self.layers))
            object.__setattr__(self, "_nowhere", (-1,) * len(self.layers))

    def numbers(self, word: str) -> tuple[int, ...]:
        """The number of a word in each layer, -1 where nobody has it, or only who has gone."""
        found = self._sought.get(word, self._nowhere)
        if found is None:
            if len(self._sought) >= MAX_REMEMBERED:
                self._sought.clear()
            text = as_bytes(word)
            found = tuple(
                layer.borne(word_number(text, layer.words, layer.word_starts, layer.word_places))
                for layer in self.layers
            )
            self._sought[word] = found
        return found

    @property
    def listed(self) -> Listed:
        """What contains a word that some entry bears: of a short list a dictionary, which tells it sooner."""
        return self._sought if self._nowhere else self

    def __contains__(self, word: str) -> bool:
        """Whether some entry bears a word."""
        return word in self._sought if self._nowhere else max(self.numbers(word)) >= 0

    def bearers(self, word: str) -> int:
        """How many entries bear exactly this word."""
        numbers = zip(self.layers, self.numbers(word), strict=True)
        return sum(int(layer.bearers[number]) for layer, number in numbers if number >= 0)

    def parts_of(self, word: str, least: int, most: int) -> dict[tuple[int, int], int]:
        """Where words of so many letters stand within another, from where to where → how many entries bear each."""
        text, found = as_bytes(word), dict[tuple[int, int], int]()
        for layer in self.layers:
            parts = parts_of(text, layer.words, layer.word_starts, least, most)
            for (start, end, _), borne in zip(parts.tolist(), layer.bearers[parts[:, 2]].tolist(), strict=True):
                if borne:
                    found[start, end] = found.get((start, end), 0) + borne
        return found

    def initial(self, letter: str) -> int:
        """What it weighs that an asked letter is the initial of a listed word."""
        found = self._initials.get(letter)
        if found is None:
            found = self._initials[letter] = initial_millibits(*self.beginning(letter))
        return found

    def beginning(self, letter: str) -> tuple[int, int]:
        """How many words of all entries begin with a letter, and how many there are."""
        counts = [layer.beginning(letter) for layer in self.layers]
        return sum(count for count, _ in counts), sum(words for _, words in counts)

    def neighbours(self, sought: Sought) -> Neighbours:
        """The listed words that a word may be."""
        memory, (row,) = self.rows([sought])
        return Neighbours(memory, row)

    def rows(self, sought: Sequence[Sought]) -> tuple[Memory, list[int]]:
        """The rows of many words in a memory, which grows by those that it does not know: they are looked up at once.

        Threads that ask at the same time do not wait: who finds none begins one, and the larger of the two is kept. One
        that is full is kept no more, and goes when its last reader does.
        """
        memory = self._memory.pop(0, None) or Memory(len(self.layers))
        found = list(map(memory.rows.get, sought))
        if None in found:
            new = list(dict.fromkeys(each for each, row in zip(sought, found, strict=True) if row is None))
            memory.add(new, *self._look_up(new))
            found = list(map(memory.rows.get, sought))
        if memory.size < MAX_REMEMBERED and memory.neighbours < MAX_NEIGHBOURS:
            other = self._memory.get(0)
            if other is None or other.size < memory.size:
                self._memory[0] = memory
        return memory, cast("list[int]", found)

    def _look_up(self, sought: Sequence[Sought]) -> tuple[Told, list[Near]]:
        words, size = [each.removesuffix(CUT) for each in sought], self.size
        sounds, own = skeletons(words), list(map(self.numbers, words))
        known = [max(numbers) >= 0 for numbers in own]
        forms = [_forms(word, known=here) for word, here in zip(words, known, strict=True)]
        others = self._by_layer([self.numbers(form) for some in forms for form in some])
        asked = kernels.Sought(
            as_bytes("".join(words)),
            starts_of(map(len, words)),
            as_bytes("".join(sounds)),
            starts_of(map(len, sounds)),
            np.logical_not(known).view(np.uint8),
            np.array([each.endswith(CUT) for each in sought], np.uint8),
            np.empty(0, np.int32),
            starts_of(map(len, forms)),
        )
        near, borne = [], np.zeros((len(words), len(Likeness)), np.int64)
        for layer, same, other in zip(self.layers, self._by_layer(own), others, strict=True):
            starts, numbers, likenesses, counts = neighbours_of(layer, asked._replace(forms=other))
            near.append(Near(starts, numbers, likenesses, same))
            borne += counts
        weights = map(word_millibits, map(len, words), map(tuple, borne.tolist()), repeat(size))
        told = Told(
            np.array(known, np.uint8),
            np.array([self.initial(word) if len(word) == 1 else 0 for word in words], np.int32),
            # Chance adds up: so many entries bear a word that is at least as near.
            np.minimum(borne.cumsum(axis=1), size),
            np.array(list(weights), np.int32),
        )
        return told, near

    def _by_layer(self, numbers: list[tuple[int, ...]]) -> Small:
        """The numbers of words, a row for each layer."""
        return np.array(numbers, np.int32).reshape(-1, len(self.layers)).T.copy()


def _forms(word: str, *, known: bool) -> tuple[str, ...]:
    """Other forms of a word: by table, Chinese syllables by the other system, two where it is not listed."""
    forms = variants_of(word) + syllable_of(word)
    return forms if known else forms + given_name_of(word)


def _all_numbers(layers: Sequence[Layer]) -> dict[str, tuple[int, ...]]:
    """Every word that somebody bears, with its number in each layer."""
    found: dict[str, list[int]] = {}
    for place, layer in enumerate(layers):
        text, starts = layer.words.tobytes().decode("ascii"), layer.word_starts.tolist()
        for number in np.flatnonzero(layer.bearers > 0).tolist():
            found.setdefault(text[starts[number] : starts[number + 1]], [-1] * len(layers))[place] = number
    return {word: tuple(numbers) for word, numbers in found.items()}
