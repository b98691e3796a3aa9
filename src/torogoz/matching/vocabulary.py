"""The words of a list, how many entries bear each, which of them a given word may be, and what that weighs.

A word is looked up once and remembered: travellers share their names. Its *neighbours* are the list's words that it
equals, that one slip of the keyboard makes of it (OSA distance 1, from `TYPO_LETTERS` letters on), that a machine may
have read so (`misread`), that may be heard the same, of which it may be the cut beginning, or that are forms of the
same name. Retrieval reads nothing but neighbours, so that this module decides which words can ever speak for a match.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from torogoz.matching.compiled import Bytes, Small
from torogoz.matching.layer import Layer, as_bytes
from torogoz.matching.misread import readings_of
from torogoz.matching.neighbour_kernels import nearest
from torogoz.matching.normalise import Words, skeleton
from torogoz.matching.rates import Likeness, initial_millibits, word_millibits
from torogoz.matching.string_kernels import first_from, near_enough, number_of, parts_of, slips_of
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


@dataclass(frozen=True, slots=True)
class Ways:
    """How the words of a field may be parted otherwise.

    `usual` has one way for each rule that gives one: parted in two, glued, a blank put back. `several` has the ways in
    which words are three and more, the likeliest first; `escaped` lacks the X of a machine-readable zone.
    """

    usual: tuple[Words, Words, Words]
    several: tuple[Words, ...]
    escaped: Words

    def by_rank(self, rank: int) -> Words:
        """The way of several words that is so likely, or the least likely one; parted in two where there is none."""
        return self.several[min(rank, len(self.several) - 1)] if self.several else self.usual[0]


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """The words of the layers of an index, weighed together."""

    layers: tuple[Layer, ...]
    #: A field as its words → how these may be parted otherwise (`matching.spelling`).
    ways: dict[Words, Ways] = field(default_factory=dict, repr=False)
    _remembered: dict[tuple[str, bool, bool], Neighbours] = field(default_factory=dict, repr=False)
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
            found = tuple(layer.borne(number_of(text, layer.words, layer.word_starts)) for layer in self.layers)
            self._sought[word] = found
        return found

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
            for start, end, number in parts_of(text, layer.words, layer.word_starts, least, most).tolist():
                if borne := int(layer.bearers[number]):
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
        sound, text = skeleton(word) if len(word) >= HEARD_LETTERS else "", as_bytes(word)
        forms = tuple(self._forms(word))
        beyond = as_bytes(word + "[") if last and len(word) >= (CUT_LETTERS_FULL if full else CUT_LETTERS) else None
        numbers, likenesses = [], []
        counts = [0] * len(_KINDS)
        for place, layer in enumerate(self.layers):
            words, starts = layer.words, layer.word_starts
            known = [found[place] << 8 | kind for kind, found in forms if found[place] >= 0]
            first = 0 if beyond is None else first_from(text, words, starts)
            last_one = 0 if beyond is None else first_from(beyond, words, starts)
            mistyped = slips_of(text, words, starts, layer.word_slips, TYPO_LETTERS, MOST_LETTERS)
            heard = _heard_alike(text, sound, layer)
            near, likeness, borne = nearest(np.array(known, np.int64), mistyped, heard, first, last_one, layer.bearers)
            numbers.append(near)
            likenesses.append(likeness)
            counts = [one + two for one, two in zip(counts, borne.tolist(), strict=True)]
        size, bearers, levels = self.size, 0, []
        for kind, count in zip(_KINDS, counts, strict=True):
            bearers = min(bearers + count, size)
            levels.append(_level(kind, bearers, size))
        weights = tuple(level.millibits for level in levels)
        return Neighbours(tuple(numbers), tuple(likenesses), tuple(levels), weights)

    def _forms(self, word: str) -> Iterator[tuple[Likeness, tuple[int, ...]]]:
        """The word itself, what it may have been before a machine read it, and its forms; with its numbers each.

        Forms are those by table, Chinese syllables by the other system, and two of them where the list does not know
        them. Only a word that the list does not know was misread.
        """
        here = word in self
        yield Likeness.SAME, self.numbers(word)
        for form in variants_of(word) + syllable_of(word):
            yield Likeness.VARIANT, self.numbers(form)
        if not here:
            for form in given_name_of(word):
                yield Likeness.VARIANT, self.numbers(form)
            for reading in readings_of(word):
                yield Likeness.MISREAD, self.numbers(reading)


def _all_numbers(layers: Sequence[Layer]) -> dict[str, tuple[int, ...]]:
    """Every word that somebody bears, with its number in each layer."""
    found: dict[str, list[int]] = {}
    for place, layer in enumerate(layers):
        text, starts = layer.words.tobytes().decode("ascii"), layer.word_starts.tolist()
        for number in np.flatnonzero(layer.bearers > 0).tolist():
            found.setdefault(text[starts[number] : starts[number + 1]], [-1] * len(layers))[place] = number
    return {word: tuple(numbers) for word, numbers in found.items()}


@lru_cache(65_536)
def _level(kind: Likeness, bearers: int, size: int) -> Neighbour:
    return Neighbour(kind, bearers, word_millibits(kind, bearers, size))


def _heard_alike(text: Bytes, sound: str, layer: Layer) -> Small:
    number = number_of(as_bytes(sound), layer.sounds, layer.sound_starts) if len(sound) >= HEARD_CONSONANTS else -1
    if number < 0:
        return _NOBODY
    heard = layer.heard[layer.heard_starts[number] : layer.heard_starts[number + 1]]
    return near_enough(text, layer.words, layer.word_starts, heard, HEARD_LETTERS, HEARD_DISTANCE)


_KINDS = tuple(Likeness)
_NOBODY = np.empty(0, np.int32)
