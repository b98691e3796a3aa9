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

from torogoz.domain.document import MIN_DOCUMENT_SIGNS
from torogoz.domain.watchlist import Entry
from torogoz.matching.layer import fingerprint
from torogoz.matching.normalise import MAX_SIGNS, MAX_WORDS, MIN_KEPT, PARTICLES, listed_forms, servant_of
from torogoz.matching.packed import packed

#: Aliases of one entry that are compared; which, its owner chooses by their order (hostile lists hold thousands).
MAX_ALIASES = 200
#: Sexes that are compared, as the arrays have them; any other is 0.
SEXES = {"F": 1, "M": 2}
#: Entries that are read at once, so that a million are never in memory.
_AT_ONCE = 2_000
#: Words as sent that are remembered before the memory starts anew: hostile lists hold no word twice.
_MAX_REMEMBERED = 1_000_000
#: Marks of a word as sent: it has to be read with its name, or is a particle.
_UNREAD, _PARTICLE = -1, -2
#: Letters that are read one by one, whatever stands beside them.
_LETTERS = re.compile("[A-Za-zÀ-ÖØ-öø-ňŊ-ž]+")

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
            births = [_distinct(entry.birth_dates) for entry in some]
            self.birth_counts.extend(map(len, births))
            self.births.extend(map(packed, chain.from_iterable(births)))
            nations = [_distinct(entry.nationalities) for entry in some]
            self.nation_counts.extend(map(len, nations))
            self.nations.extend(map(self.states.__getitem__, chain.from_iterable(nations)))
            self._read_documents(some)
            self.sexes.extend([SEXES.get(entry.sex or "", 0) for entry in some])
            self.ids.extend([fingerprint(entry.id) for entry in some])
            kept = self._kept(some)
            self.blob_counts.extend(map(len, kept))
            self.blob += b"".join(kept)

    def _read_names(self, entries: Sequence[Entry]) -> None:
        known = self._known
        if len(known) > _MAX_REMEMBERED:
            known.clear()
        number_of = known.__getitem__
        aliases: list[int] = []
        names: list[tuple[int, ...]] = []
        for entry in entries:
            found: dict[tuple[int, ...], int] = {}
            for place, text in enumerate(entry.names[:MAX_ALIASES]):
                sent = text.replace("-", " ").split()
                short = 0 < len(sent) <= MAX_WORDS and len(text) <= MAX_SIGNS
                name = tuple(map(number_of, sent)) if short else (_UNREAD,)
                if min(name) >= 0:
                    found.setdefault(name, place)
                else:
                    for form in self._forms(text, name):
                        found.setdefault(form, place)
            self.alias_counts.append(len(found))
            aliases.extend(found.values())
            names.extend(found)
        self.aliases.extend(aliases)
        self.name_counts.extend(map(len, names))
        self.names.extend(chain.from_iterable(names))

    def _forms(self, text: str, sent: tuple[int, ...]) -> list[tuple[int, ...]]:
        """The spellings of a name that has a particle, or a word that is read with its name."""
        kept = tuple(number for number in sent if number >= 0)
        if _UNREAD in sent or len(kept) < MIN_KEPT:
            return [tuple(map(self.words.__getitem__, form)) for form in listed_forms(text)]
        return [kept]

    def _read_documents(self, entries: Sequence[Entry]) -> None:
        first = len(self.documented)
        for place, entry in enumerate(entries, first):
            keys = sorted({key for document in entry.documents if (key := document.key)}) if entry.documents else ()
            self.documented.append(bool(keys))
            for key in keys:
                if len(key) >= MIN_DOCUMENT_SIGNS:
                    self.held.append(self.numbers[key])
                    self.holders.append(place)

    def _kept(self, entries: Sequence[Entry]) -> list[bytes]:
        try:
            return list(map(self._encode, entries))
        except UnicodeEncodeError:
            # Half a pair of surrogates is no text: such a sign is kept as a question mark.
            return [self._encode(_as_text(msgspec.to_builtins(entry))) for entry in entries]


class _Known(dict[str, int]):
    """Words as sent → their number, or `_PARTICLE`, or `_UNREAD` where more than the word counts."""

    def __init__(self, words: defaultdict[str, int]) -> None:
        self._words = words

    def __missing__(self, sent: str) -> int:
        found = self[sent] = self._number(sent)
        return found

    def _number(self, sent: str) -> int:
        forms = listed_forms(sent) if _LETTERS.fullmatch(sent) else ()
        if len(forms) != 1 or len(forms[0]) != 1:
            return _UNREAD
        word = forms[0][0]
        if word in PARTICLES:
            return _PARTICLE
        return self._words[word] if servant_of(word) is None else _UNREAD


def _numbered() -> defaultdict[str, int]:
    """Strings by number, in the order in which they are first asked for."""
    return defaultdict(count().__next__)


def _distinct(values: tuple[_Value, ...]) -> tuple[_Value, ...]:
    return tuple(dict.fromkeys(values)) if len(values) > 1 else values


def _as_text(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode(errors="replace").decode()
    if isinstance(value, dict):
        return {key: _as_text(each) for key, each in value.items()}
    return [_as_text(each) for each in value] if isinstance(value, list | tuple) else value
