"""The words of a list, how many entries bear each, which of them a given word may be, and what that weighs.

A word is looked up once and remembered: travellers share their names. Its *neighbours* are the list's words that it
equals, that one slip of the keyboard makes of it (OSA distance 1, from `TYPO_LETTERS` letters on), that a machine may
have read so (`misread`), that may be heard the same, of which it may be the cut beginning, or that are forms of the
same name. Retrieval reads nothing but neighbours, so that this module decides which words can ever speak for a match.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from torogoz.matching.compiled import Small
from torogoz.matching.layer import Layer, as_bytes
from torogoz.matching.misread import readings_of
from torogoz.matching.normalise import Words, skeleton
from torogoz.matching.rates import Likeness, word_millibits
from torogoz.matching.string_kernels import first_from, near_enough, number_of, slips_of
from torogoz.matching.variants import variants_of
from torogoz.matching.wade_giles import given_name_of, syllable_of

#: Shorter words are compared letter by letter: one letter in three is another name.
TYPO_LETTERS = 4
#: Longer words are no names that anybody types: a slip is not looked for in them (hostile lists hold such words).
MOST_LETTERS = 32
#: Words heard the same have at least so many letters and consonants, and differ by no more than so many letters.
HEARD_LETTERS = 5
HEARD_CONSONANTS = 3
HEARD_DISTANCE = 3
#: A cut word has at least so many letters; fewer where the field is so full that it must have been cut.
CUT_LETTERS = 4
CUT_LETTERS_FULL = 2
#: What is remembered before the memory starts anew: asked words and sought ones, and all the neighbours of the former.
MAX_REMEMBERED = 100_000
MAX_NEIGHBOURS = 5_000_000


@dataclass(frozen=True, slots=True)
class Neighbour:
    """How near a listed word is, how many entries bear a word at least as near, and what that weighs."""

    likeness: Likeness
    bearers: int
    millibits: int


@dataclass(frozen=True, slots=True, eq=False)
class Neighbours:
    """The neighbours of a word: in each layer their numbers, in order, with their likeness; and what each is worth."""

    numbers: tuple[Small, ...]
    likenesses: tuple[NDArray[np.uint8], ...]
    levels: tuple[Neighbour, ...]
    weights: tuple[int, ...]

    def get(self, layer: int, number: int) -> Neighbour | None:
        """How a listed word stands to the asked one; None where it is no neighbour."""
        numbers = self.numbers[layer]
        place = int(numbers.searchsorted(number))
        if place == len(numbers) or numbers[place] != number:
            return None
        return self.levels[int(self.likenesses[layer][place])]


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """The words of the layers of an index, weighed together."""

    layers: tuple[Layer, ...]
    #: A field as its words → how these may be parted otherwise (`matching.spelling`).
    ways: dict[Words, tuple[Words, ...]] = field(default_factory=dict, repr=False)
    _remembered: dict[tuple[str, bool, bool], Neighbours] = field(default_factory=dict, repr=False)
    _sought: dict[str, tuple[int, ...]] = field(default_factory=dict, repr=False)
    _held: list[int] = field(default_factory=lambda: [0], repr=False)

    @property
    def size(self) -> int:
        """How many entries the list has."""
        return sum(layer.size for layer in self.layers)

    def numbers(self, word: str) -> tuple[int, ...]:
        """The number of a word in each layer, -1 where nobody has it, or only who has gone."""
        found = self._sought.get(word)
        if found is None:
            if len(self._sought) >= MAX_REMEMBERED:
                self._sought.clear()
            text = as_bytes(word)
            found = tuple(layer.borne(number_of(text, layer.words, layer.word_starts)) for layer in self.layers)
            self._sought[word] = found
        return found

    def __contains__(self, word: str) -> bool:
        """Whether some entry bears a word."""
        return max(self.numbers(word)) >= 0

    def bearers(self, word: str) -> int:
        """How many entries bear exactly this word."""
        numbers = zip(self.layers, self.numbers(word), strict=True)
        return sum(int(layer.bearers[number]) for layer, number in numbers if number >= 0)

    def neighbours(self, word: str, *, last: bool, full: bool = False) -> Neighbours:
        """The listed words that `word` may be; only the last word of a field may be cut, and of a full one it is."""
        key = (word, last, full)
        found = self._remembered.get(key)
        if found is None:
            found = self._look_up(word, last=last, full=full)
            self._held[0] += sum(map(len, found.numbers))
            if len(self._remembered) >= MAX_REMEMBERED or self._held[0] > MAX_NEIGHBOURS:
                self._remembered.clear()
                self._held[0] = 0
            self._remembered[key] = found
        return found

    def _look_up(self, word: str, *, last: bool, full: bool) -> Neighbours:
        sound = skeleton(word) if len(word) >= HEARD_LETTERS else ""
        numbers, likenesses = [], []
        cut = last and len(word) >= (CUT_LETTERS_FULL if full else CUT_LETTERS)
        counts = np.zeros(len(Likeness))
        for place, layer in enumerate(self.layers):
            near, likeness = _nearest(
                (
                    (Likeness.SAME, [number] if (number := self.numbers(word)[place]) >= 0 else []),
                    (Likeness.TYPO, _mistyped(word, layer)),
                    (Likeness.MISREAD, [number for number in self._misread(word, place) if number >= 0]),
                    (Likeness.HEARD, _heard_alike(word, sound, layer)),
                    (Likeness.CUT, _beginning_with(word, layer) if cut else []),
                    (Likeness.VARIANT, [number for number in self._variants(word, place) if number >= 0]),
                )
            )
            numbers.append(near)
            likenesses.append(likeness)
            counts += np.bincount(likeness, layer.bearers[near], len(Likeness))
        size, bearers, levels = self.size, 0, []
        for kind in Likeness:
            bearers = min(bearers + int(counts[kind]), size)
            levels.append(Neighbour(kind, bearers, word_millibits(kind, bearers, size)))
        weights = tuple(level.millibits for level in levels)
        return Neighbours(tuple(numbers), tuple(likenesses), tuple(levels), weights)

    def _misread(self, word: str, place: int) -> list[int]:
        """What a word that the list does not know may have been before a machine read it."""
        return [] if word in self else [self.numbers(reading)[place] for reading in readings_of(word)]

    def _variants(self, word: str, place: int) -> list[int]:
        """Forms by table, Chinese syllables by the other system, and two of them where the list does not know them."""
        forms = variants_of(word) + syllable_of(word) + (() if word in self else given_name_of(word))
        return [self.numbers(form)[place] for form in forms]


#: Words of a layer by number.
_Numbers = Small | Sequence[int]


def _nearest(found: Sequence[tuple[Likeness, _Numbers]]) -> tuple[Small, NDArray[np.uint8]]:
    """Each word once, in order, as near as any of the ways has it that found it."""
    ways = [(np.asarray(numbers, np.int64) << 8) | int(likeness) for likeness, numbers in found if len(numbers)]
    if not ways:
        return np.empty(0, np.int32), np.empty(0, np.uint8)
    both = np.sort(np.concatenate(ways))
    numbers = (both >> 8).astype(np.int32)
    first = np.append(True, numbers[1:] != numbers[:-1])
    return numbers[first], both[first].astype(np.uint8)


def _mistyped(word: str, layer: Layer) -> Small:
    return slips_of(as_bytes(word), layer.words, layer.word_starts, layer.word_slips, TYPO_LETTERS, MOST_LETTERS)


def _heard_alike(word: str, sound: str, layer: Layer) -> _Numbers:
    if len(sound) < HEARD_CONSONANTS:
        return []
    number = number_of(as_bytes(sound), layer.sounds, layer.sound_starts)
    if number < 0:
        return []
    heard = layer.heard[layer.heard_starts[number] : layer.heard_starts[number + 1]]
    return near_enough(as_bytes(word), layer.words, layer.word_starts, heard, HEARD_LETTERS, HEARD_DISTANCE)


def _beginning_with(word: str, layer: Layer) -> Small:
    first = first_from(as_bytes(word), layer.words, layer.word_starts)
    return np.arange(first, first_from(as_bytes(word + "["), layer.words, layer.word_starts), dtype=np.int32)
