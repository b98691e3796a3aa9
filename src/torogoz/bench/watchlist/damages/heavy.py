"""The same name as another country's office writes it, after a journey through another alphabet or convention.

The whole name is written by one convention: every word in which that changes something. It counts only where it changes
two words or more. Which convention, of 100 people of a language whom all fit: those of neighbours and of the countries
to which most of them went have most.
Optimistic: conventions are kept to throughout, where offices mix them, and each starts from the spelling that these
invented people have. Pessimistic: a carrier reads the passport that the traveller has now, and most have one spelling
all their lives; Western names seldom go through another alphabet at all.
"""

from __future__ import annotations

from random import Random

from torogoz.bench.watchlist.damages import from_arabic, from_chinese, from_latin, from_russian
from torogoz.bench.watchlist.damages.forms import PARTICLES, name_of, one_of, renamed, words
from torogoz.bench.watchlist.damages.spelling import rewritten
from torogoz.bench.watchlist.damages.zone import Change
from torogoz.matching.query import Query
from torogoz.synth.nation.people import Compatriot

#: group → the tables of its conventions, each with its share.
TABLES = {
    "ar": (
        (35, from_arabic.FRENCH),
        (25, from_arabic.EGYPTIAN),
        (12, from_arabic.CYRILLIC),
        (10, from_arabic.TURKISH),
        (8, from_arabic.PERSIAN),
        (6, from_arabic.GERMAN),
        (4, from_arabic.SPANISH),
    ),
    "ru": (
        (28, from_russian.GERMAN),
        (25, from_russian.FRENCH),
        (17, from_russian.UKRAINIAN),
        (14, from_russian.POLISH),
        (8, from_russian.SPANISH),
        (8, from_russian.SCHOLARLY),
    ),
    "es": (
        (35, from_latin.ENGLISH_EAR),
        (25, from_latin.PORTUGUESE_OFFICE),
        (15, from_latin.FRENCH_EAR),
        (15, from_latin.SPANISH_VIA_CYRILLIC),
        (10, from_latin.VIA_ARABIC),
    ),
    "pt": (
        (45, from_latin.SPANISH_OFFICE),
        (25, from_latin.ENGLISH_EAR),
        (15, from_latin.PORTUGUESE_VIA_CYRILLIC),
        (15, from_latin.VIA_ARABIC),
    ),
    "en": (
        (40, from_latin.SPANISH_EAR),
        (25, from_latin.ENGLISH_VIA_CYRILLIC),
        (20, from_latin.VIA_ARABIC),
        (8, from_latin.FRENCH_EAR),
        (7, from_latin.GERMAN_EAR),
    ),
    "fr": (
        (35, from_latin.ENGLISH_EAR),
        (30, from_latin.FRENCH_VIA_CYRILLIC),
        (25, from_latin.VIA_ARABIC),
        (10, from_latin.GERMAN_EAR),
    ),
    "zh": ((40, from_chinese.WADE_GILES), (40, from_chinese.CANTONESE), (20, from_chinese.HOKKIEN)),
}
_APART = 0.5
_LEAST = 2


def _by(table: str, group: str) -> Change:
    def change(_person: Compatriot, query: Query, rng: Random) -> Query | None:
        between = " " if group == "zh" and table != from_chinese.WADE_GILES and rng.random() < _APART else ""
        written = [
            from_chinese.respoken(field, table, between) if group == "zh" else rewritten(field, table)
            for field in (query.surname or "", query.given_names or "")
        ]
        return _if_heavy(query, *written)

    return change


def _if_heavy(query: Query, surname: str, given: str) -> Query | None:
    """The query so written, where two words of it or more are no longer there."""
    changed = renamed(query, words(surname), words(given))
    left = name_of(changed)
    gone = [word for word in name_of(query) if word not in PARTICLES and word not in left]
    return changed if len(gone) >= _LEAST else None


def heavy_transliteration(person: Compatriot, query: Query, rng: Random) -> Query | None:
    """Write the name by a convention that changes two words of it or more; None where none does."""
    return _CHANGES[person.group](person, query, rng)


_CHANGES = {group: one_of(*((share, _by(table, group)) for share, table in tables)) for group, tables in TABLES.items()}
