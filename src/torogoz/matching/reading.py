"""The entries of a list read into columns, before `matching.index` puts them in order.

Entries are read by the thousand, and nothing of one is kept but whole numbers and the bytes that are shown. Most names
are of words that were met before, in letters of which there is one spelling: what such a word is called by is looked up
as it was sent. Every other name is read by `normalise.listed_forms`, and both ways give the same (a test says so).
"""

from __future__ import annotations

import re
from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain, count, islice
from typing import Any, TypeVar

import msgspec
import numpy as np

from torogoz.domain.document import MIN_DOCUMENT_SIGNS
from torogoz.domain.name import fold
from torogoz.domain.watchlist import Entry
from torogoz.matching.build_kernels import END, NO_ROOM, first_of_their_kind, words_met
from torogoz.matching.compiled import Large, Small
from torogoz.matching.layer import fingerprint
from torogoz.matching.normalise import (
    DROPPED,
    MAX_ALIASES,
    MAX_SIGNS,
    MAX_WORDS,
    MIN_KEPT,
    PARTICLES,
    listed_forms,
    servant_of,
)
from torogoz.matching.packed import packed
from torogoz.matching.transliterate import SEVERAL_SPELLINGS

#: Sexes that are compared, as the arrays have them; any other is 0.
SEXES = {"F": 1, "M": 2}
#: Entries that are read at once, so that a million are never in memory.
_AT_ONCE = 2_000
#: Words as sent for which there is room (a power of two) before the memory starts anew: hostile lists hold none twice.
_MAX_REMEMBERED = 1 << 20
_LETTERS_A_WORD = 16
#: Marks of a word as sent: it has to be read with its name, or is a particle.
_UNREAD, _PARTICLE = NO_ROOM, -2
_MARKS = dict.fromkeys(PARTICLES, _PARTICLE) | dict.fromkeys({"", *DROPPED}, _UNREAD)
_NUL = "\0"
#: Letters that are read one by one, whatever stands beside them, apostrophes, which go, and the dot after an initial.
_LETTERS = re.compile("[A-Za-zÀ-ÖØ-öø-ňŊ-ž'`]+[.]?")

_Value = TypeVar("_Value")


def names_as_words(entry: Entry) -> dict[tuple[str, ...], int]:
    """The distinct names of an entry as words, in every spelling, and the place of the text that first gave each."""
    found: dict[tuple[str, ...], int] = {}
    for place, text in enumerate(entry.names[:MAX_ALIASES]):
        for name in listed_forms(text):
            found.setdefault(name, place)
    return found


class Rows:
    """What was read, in the order of the list: words, nationalities and document numbers by number, as they came.

    One-to-many relations are how many each one has (`*_counts`), and the many in a row.
    """

    def __init__(self) -> None:
        self.words, self.states, self.numbers = _numbered(), _numbered(), _numbered()
        self.names, self.name_counts = array("i"), array("i")
        self.aliases, self.alias_counts = array("i"), array("i")
        self.births, self.birth_counts = array("i"), array("i")
        self.nations, self.nation_counts = array("i"), array("i")
        self.held, self.holders = array("i"), array("i")
        self.sexes, self.documented, self.ids = array("B"), array("B"), array("i")
        self.blob, self.blob_counts = bytearray(), array("i")
        self._known = _Known(self.words)
        self._encode = msgspec.msgpack.Encoder().encode

    def read(self, entries: Iterable[Entry]) -> None:
        """Add entries to the columns, one after the other."""
        left = iter(entries)
        while some := tuple(islice(left, _AT_ONCE)):
            self._read_names(some)
            births = _distinct([entry.birth_dates for entry in some])
            self.birth_counts.extend(map(len, births))
            self.births.extend(map(packed, chain.from_iterable(births)))
            nations = _distinct([entry.nationalities for entry in some])
            self.nation_counts.extend(map(len, nations))
            self.nations.extend(map(self.states.__getitem__, chain.from_iterable(nations)))
            self._read_documents(some)
            self.sexes.extend([SEXES.get(entry.sex or "", 0) for entry in some])
            self.ids.extend([fingerprint(entry.id) for entry in some])
            kept = self._kept(some)
            self.blob_counts.extend(map(len, kept))
            self.blob += b"".join(kept)

    def _read_names(self, entries: Sequence[Entry]) -> None:
        named = [entry.names[:MAX_ALIASES] for entry in entries]
        texts, text_counts = list(chain.from_iterable(named)), np.fromiter(map(len, named), np.int32, len(named))
        form_counts, word_counts, words = self._forms(texts)
        # Names by entry, each with the place of its text, and then the different ones.
        owners = np.repeat(np.repeat(np.arange(len(entries)), text_counts), form_counts)
        places = np.arange(len(texts)) - np.repeat(text_counts.cumsum() - text_counts, text_counts)
        starts = np.append(0, word_counts.cumsum())
        first = first_of_their_kind(owners, starts, words)
        self.alias_counts.frombytes(np.bincount(owners[first], minlength=len(entries)).astype(np.int32).tobytes())
        self.aliases.frombytes(np.repeat(places, form_counts)[first].astype(np.int32).tobytes())
        self.name_counts.frombytes(word_counts[first].astype(np.int32).tobytes())
        self.names.frombytes(words[np.repeat(first, word_counts)].tobytes())

    def _forms(self, texts: Sequence[str]) -> tuple[Large, Large, Small]:
        """How many spellings each text has, how many words each spelling, and the words of all."""
        sent = self._known.words_of(texts)
        spans = np.diff(np.flatnonzero(sent == END), prepend=-1)
        there = spans - 1
        texts_of = np.repeat(np.arange(len(texts)), spans)
        known = np.bincount(texts_of[sent >= 0], minlength=len(texts))
        unread = np.bincount(texts_of[sent == _UNREAD], minlength=len(texts))
        odd = (unread > 0) | (there == 0) | (there > MAX_WORDS) | ((known < there) & (known < MIN_KEPT))
        read = [listed_forms(texts[place]) for place in np.flatnonzero(odd).tolist()]
        # What was read alone goes between what was looked up.
        form_counts = np.ones(len(texts), np.int64)
        form_counts[odd] = [len(forms) for forms in read]
        odd_forms = np.repeat(odd, form_counts)
        word_counts = np.empty(len(odd_forms), np.int64)
        word_counts[~odd_forms] = known[~odd]
        word_counts[odd_forms] = [len(form) for forms in read for form in forms]
        odd_words = np.repeat(odd_forms, word_counts)
        words = np.empty(len(odd_words), np.int32)
        words[~odd_words] = sent[(sent >= 0) & ~odd[texts_of]]
        words[odd_words] = [self.words[word] for forms in read for form in forms for word in form]
        return form_counts, word_counts, words

    def _read_documents(self, entries: Sequence[Entry]) -> None:
        first = len(self.documented)
        self.documented.extend(bytes(len(entries)))
        for place, documents in enumerate([entry.documents for entry in entries], first):
            if documents:
                keys = {document.key for document in documents} - {""}
                self.documented[place] = bool(keys)
                for key in sorted(keys):
                    if len(key) >= MIN_DOCUMENT_SIGNS:
                        self.held.append(self.numbers[key])
                        self.holders.append(place)

    def _kept(self, entries: Sequence[Entry]) -> list[bytes]:
        try:
            return list(map(self._encode, entries))
        except UnicodeEncodeError:
            # Half a pair of surrogates is no text: such a sign is kept as a question mark.
            return [self._encode(_as_text(msgspec.to_builtins(entry))) for entry in entries]


class _Known:
    """Words as sent → their number, or `_PARTICLE`, or `_UNREAD` where more than the word counts."""

    def __init__(self, words: defaultdict[str, int]) -> None:
        self._words = words
        self._clear(0)

    def _clear(self, room: int) -> None:
        """Start anew with room for so many words; zeros take no memory before they are written."""
        self._count, self._meanings = 0, np.zeros(room, np.int32)
        self._table, self._starts = np.zeros(2 * room, np.int32), np.zeros(room + 1, np.int64)
        self._blob = np.zeros(_LETTERS_A_WORD * room, np.uint8)

    def words_of(self, texts: Sequence[str]) -> Small:
        """What the words of all texts are, with `END` after each text; of a text that is too long none."""
        sent = _NUL.join([*texts, ""])
        if sent.count(_NUL) > len(texts) or max(map(len, texts), default=0) > MAX_SIGNS:
            sent = "".join(f"{text.replace(_NUL, ' ') if len(text) <= MAX_SIGNS else ''}{_NUL}" for text in texts)
        text = np.frombuffer(sent.encode(errors="replace"), np.uint8)
        # Every other sign may be a word. The next texts have room too, unless these are all: single entries come often.
        needed = max(int(self._count), int(self._starts[self._count]) // _LETTERS_A_WORD) + len(text) // 2
        if needed >= len(self._meanings):
            self._clear(min(4 << needed.bit_length(), _MAX_REMEMBERED))
        before = self._count
        found, self._count = words_met(text, self._table, self._starts, self._blob, before)
        new = self._blob[self._starts[before] : self._starts[self._count]].tobytes().decode()
        self._meanings[before : self._count] = self._meanings_of(new)
        return np.where(found < 0, found, self._meanings.take(found, mode="clip"))

    def _meanings_of(self, sent: str) -> list[int]:
        """What words mean that were not met before; each ends with a zero."""
        # Most words are plain, and need no more to be read than that they are all written large at once.
        both = zip(sent.split(_NUL)[:-1], sent.upper().split(_NUL), strict=False)
        words = [upper if word.isascii() and word.isalpha() else _folded(word, upper) for word, upper in both]
        return [_MARKS.get(word) or (_UNREAD if servant_of(word) is not None else self._words[word]) for word in words]


def _folded(sent: str, upper: str) -> str:
    """A word in plain letters; none where other signs or several spellings make its name count as a whole.

    Nor where it grows: how many of its letters are compared is told of the name.
    """
    if not _LETTERS.fullmatch(sent) or SEVERAL_SPELLINGS.search(upper):
        return ""
    word = fold(upper)
    return "" if " " in word or len(word) > len(sent) else word


def _numbered() -> defaultdict[str, int]:
    """Strings by number, in the order in which they are first asked for."""
    return defaultdict(count().__next__)


def _distinct(many: list[tuple[_Value, ...]]) -> list[tuple[_Value, ...]]:
    return [tuple(dict.fromkeys(values)) if len(values) > 1 else values for values in many]


def _as_text(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode(errors="replace").decode()
    if isinstance(value, dict):
        return {key: _as_text(each) for key, each in value.items()}
    return [_as_text(each) for each in value] if isinstance(value, list | tuple) else value
