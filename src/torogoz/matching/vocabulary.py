"""The words of a list, how many entries bear each, which of them a given word may be, and what that weighs.

A word is looked up once and remembered: travellers share their names. Its *neighbours* are the list's words that it
equals, that one slip of the keyboard makes of it (OSA distance 1, from `TYPO_LETTERS` letters on), that a machine may
have read so (`misread_kernels`), that may be heard the same, of which it may be the cut beginning, or that are forms of
the same name. Retrieval reads nothing but neighbours, so that this module decides which words can ever speak for a
match.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise, repeat
from typing import TypeAlias, cast

import numpy as np
from numpy.typing import NDArray

from torogoz.matching import neighbour_kernels as kernels
from torogoz.matching.compiled import Large, Small
from torogoz.matching.layer import Layer, as_bytes
from torogoz.matching.neighbour_kernels import neighbours_of
from torogoz.matching.normalise import skeletons
from torogoz.matching.rates import Likeness, initial_millibits, word_millibits
from torogoz.matching.string_kernels import parts_of
from torogoz.matching.variants import variants_of
from torogoz.matching.wade_giles import given_name_of, syllable_of
from torogoz.matching.word_kernels import word_number

#: What is looked up: a word, whether it may be cut, and whether its field is so full that it must have been.
Sought = tuple[str, bool, bool]
#: What contains the words that some entry bears.
Listed: TypeAlias = "dict[str, tuple[int, ...]] | Vocabulary"

#: A cut word has at least so many letters; fewer where the field is so full that it must have been cut.
CUT_LETTERS = 4
CUT_LETTERS_FULL = 2
#: What is remembered before the memory starts anew: asked words and sought ones, and all the neighbours of the former.
MAX_REMEMBERED = 100_000
MAX_NEIGHBOURS = 5_000_000
#: Of so few words all are remembered from the start: on a short list most words that are asked for are not on it, and
#: looking for each took most of a question's time. So many are read in some ten milliseconds, at each change of a list.
MAX_HELD = 20_000


@dataclass(frozen=True, slots=True)
class Neighbour:
    """How near a listed word is, how many entries bear a word at least as near, and what that weighs."""

    likeness: Likeness
    bearers: int
    millibits: int


@dataclass(frozen=True, slots=True, eq=False)
class Neighbours:
    """The neighbours of a word: in each layer their numbers, in order, with their likeness.

    Of each likeness, how many entries bear a word at least as near, and what that weighs.
    """

    numbers: tuple[Small, ...]
    likenesses: tuple[NDArray[np.uint8], ...]
    bearers: tuple[int, ...]
    weights: tuple[int, ...]

    def level(self, likeness: int) -> Neighbour:
        """What a word of this likeness is worth."""
        return Neighbour(Likeness(likeness), self.bearers[likeness], self.weights[likeness])

    def get(self, layer: int, number: int) -> Neighbour | None:
        """How a listed word stands to the asked one; None where it is no neighbour."""
        numbers = self.numbers[layer]
        place = int(numbers.searchsorted(number))
        if place == len(numbers) or numbers[place] != number:
            return None
        return self.level(int(self.likenesses[layer][place]))


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """The words of the layers of an index, weighed together."""

    layers: tuple[Layer, ...]
    _remembered: dict[Sought, Neighbours] = field(default_factory=dict, repr=False)
    _sought: dict[str, tuple[int, ...]] = field(default_factory=dict, repr=False)
    _initials: dict[str, int] = field(default_factory=dict, repr=False)
    _held: list[int] = field(default_factory=lambda: [0], repr=False)
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

    def neighbours(self, word: str, *, last: bool, full: bool = False) -> Neighbours:
        """The listed words that `word` may be; only the last word of a field may be cut, and of a full one it is."""
        return self.all_neighbours([(word, last, full)])[0]

    def all_neighbours(self, sought: Sequence[Sought]) -> list[Neighbours]:
        """The same of many words, those that are not remembered in one call."""
        found = list(map(self._remembered.get, sought))
        new = [each for each, known in zip(sought, found, strict=True) if known is None]
        if new:
            new = list(dict.fromkeys(new))
            made = dict(zip(new, self._look_up(new), strict=True))
            self._remember(made)
            found = [known or made[each] for each, known in zip(sought, found, strict=True)]
        return cast("list[Neighbours]", found)

    def _remember(self, made: dict[Sought, Neighbours]) -> None:
        more = sum(len(numbers) for each in made.values() for numbers in each.numbers)
        self._held[0] += more
        if len(self._remembered) + len(made) > MAX_REMEMBERED or self._held[0] > MAX_NEIGHBOURS:
            self._remembered.clear()
            self._held[0] = more
        self._remembered.update(made)

    def _look_up(self, sought: Sequence[Sought]) -> list[Neighbours]:
        words, size, listed = [word for word, _, _ in sought], self.size, self.listed
        sounds = skeletons(words)
        known = [word in listed for word in words]
        forms = [[*map(self.numbers, _forms(word, known=here))] for word, here in zip(words, known, strict=True)]
        cut = [last and len(word) >= (CUT_LETTERS_FULL if full else CUT_LETTERS) for word, last, full in sought]
        numbers, likenesses, borne = [], [], np.zeros((len(words), len(Likeness)), np.int64)
        for place, layer in enumerate(self.layers):
            asked = kernels.Sought(
                as_bytes("".join(f"{word}[" for word in words)),
                _starts(len(word) + 1 for word in words),
                as_bytes("".join(sounds)),
                _starts(map(len, sounds)),
                np.logical_not(known).view(np.uint8),
                np.array(cut, np.uint8),
                np.array([found[place] for some in forms for found in some], np.int32),
                _starts(map(len, forms)),
            )
            starts, near, alike, counts = neighbours_of(layer, asked)
            borne += counts
            ends = starts.tolist()
            numbers.append([near[start:end] for start, end in pairwise(ends)])
            likenesses.append([alike[start:end] for start, end in pairwise(ends)])
        # Chance adds up: so many entries bear a word that is at least as near.
        bearers = map(tuple, np.minimum(borne.cumsum(axis=1), size).tolist())
        weights = map(word_millibits, map(len, words), map(tuple, borne.tolist()), repeat(size))
        return list(map(Neighbours, zip(*numbers, strict=True), zip(*likenesses, strict=True), bearers, weights))


def _forms(word: str, *, known: bool) -> tuple[str, ...]:
    """Other forms of a word: by table, Chinese syllables by the other system, two where it is not listed."""
    forms = variants_of(word) + syllable_of(word)
    return forms if known else forms + given_name_of(word)


def _starts(lengths: Iterable[int]) -> Large:
    """Where strings of some lengths start in a row, and where the last one ends."""
    return np.fromiter(accumulate(lengths, initial=0), np.int64)


def _all_numbers(layers: Sequence[Layer]) -> dict[str, tuple[int, ...]]:
    """Every word that somebody bears, with its number in each layer."""
    found: dict[str, list[int]] = {}
    for place, layer in enumerate(layers):
        text, starts = layer.words.tobytes().decode("ascii"), layer.word_starts.tolist()
        for number in np.flatnonzero(layer.bearers > 0).tolist():
            found.setdefault(text[starts[number] : starts[number + 1]], [-1] * len(layers))[place] = number
    return {word: tuple(numbers) for word, numbers in found.items()}
