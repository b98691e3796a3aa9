"""Letters with marks, where an office does not drop the mark as zones do.

Doc 9303 lets states expand some of them (Ñ as NXX, Ü as UE or UXX); neighbours write the sound; and old systems, which
know no such letter, leave it out or put a blank in its place: that happens to every accent.
"""

from __future__ import annotations

from random import Random
from unicodedata import normalize

from torogoz.bench.watchlist.damages.fields import with_word, words
from torogoz.bench.watchlist.damages.zone import zone
from torogoz.matching.query import Query
from torogoz.synth.nation.people import Compatriot

_EXPANDED = {
    "Ñ": ("NXX", "NY", "NN", "NI", "GN"),
    "Ü": ("UE", "UXX"),
    "Ç": ("S", "SS", "Z"),
    "Ã": ("AN", "AM"),
    "Õ": ("ON", "OM"),
    "Ô": ("OS", "O"),
    "Ê": ("ES", "E"),
    "Î": ("IS", "I"),
}
#: How often a letter that could be expanded is; otherwise, as every other letter with a mark, it is lost.
_EXPANDS = 0.7


def otherwise(person: Compatriot, query: Query, rng: Random) -> Query | None:
    """One word whose marks another system took otherwise; None where no name has any."""
    parts = f"{person.named.surname} {person.named.given_names}".upper().replace("-", " ").split()
    marked = {zone(part): part for part in map(_composed, parts) if not part.isascii()}
    some = [word for word in words(query) if word.text in marked]
    if not some:
        return None
    word = rng.choice(some)
    text = _taken(marked[word.text].replace("'", ""), rng)
    return None if text == word.text else with_word(query, word, text)


def _composed(text: str) -> str:
    return normalize("NFC", text)


def _taken(word: str, rng: Random) -> str:
    """One letter with a mark expanded or lost, the others bare."""
    at = rng.choice([place for place, letter in enumerate(word) if not letter.isascii()])
    if word[at] in _EXPANDED and rng.random() < _EXPANDS:
        instead = rng.choice(_EXPANDED[word[at]])
    else:
        # At the ends of a word a blank is gone as well.
        instead = "" if rng.random() < 0.5 else " "
    return f"{zone(word[:at])}{instead}{zone(word[at + 1 :])}".strip()
