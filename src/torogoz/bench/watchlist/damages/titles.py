"""Titles in a name: airline systems glue them to the given names, and passengers type them.

Bookings have no field for a title: it goes behind the last given name, by old convention without a blank
(`GARCIA/ANAMRS`), and many departure systems never take it off again.
"""

from __future__ import annotations

from random import Random

from torogoz.bench.watchlist.damages.fields import fields, named
from torogoz.matching.query import Query
from torogoz.synth.nation.people import Compatriot

#: What airlines themselves write: four in five, since reservation systems offer these and no others.
_AIRLINE: dict[str, tuple[str, ...]] = {"M": ("MR",), "F": ("MRS", "MS", "MISS", "MRS")}
_AIRLINES_OWN = 0.8
#: What travellers write in their languages, and degrees, ranks and honours that custom puts before a name.
_TYPED: dict[str, dict[str, tuple[str, ...]]] = {
    "es": {"M": ("SR", "DR", "ING", "LIC", "DON", "PROF"), "F": ("SRA", "SRTA", "DRA", "LIC", "DONA", "LICDA")},
    "pt": {"M": ("SR", "DR", "ENG", "PROF"), "F": ("SRA", "DRA", "PROFA", "DONA")},
    "fr": {"M": ("M", "MONSIEUR", "DR", "ME"), "F": ("MME", "MLLE", "MADAME", "DR")},
    "ar": {"M": ("SHEIKH", "HAJ", "HAJJI", "DR", "SAYYID", "ENG"), "F": ("HAJJA", "SAYYIDA", "DR", "MADAM")},
    "en": {"M": ("DR", "PROF", "REV", "SIR", "CAPT", "COL", "MSTR"), "F": ("DR", "PROF", "REV", "LADY")},
    "ru": {"M": ("GOSPODIN", "DR", "PROF", "GEN"), "F": ("GOSPOZHA", "DR", "PROF")},
    "zh": {"M": ("DR", "PROF", "XIANSHENG"), "F": ("DR", "NUSHI", "PROF")},
}
_GLUED, _BEHIND, _BEFORE = 0.55, 0.27, 0.13


def titled(person: Compatriot, query: Query, rng: Random) -> Query | None:
    """The name with a title: glued to the given names, behind or before them, or behind the surname."""
    surname, given = fields(query)
    own = rng.random() < _AIRLINES_OWN
    title = rng.choice((_AIRLINE if own else _TYPED[person.group])[person.sex])
    where = rng.random()
    if not given or where >= _GLUED + _BEHIND + _BEFORE:
        return named(query, [*surname, title], given)
    if where < _GLUED:
        return named(query, surname, [*given[:-1], given[-1] + title])
    return named(query, surname, [*given, title] if where < _GLUED + _BEHIND else [title, *given])
