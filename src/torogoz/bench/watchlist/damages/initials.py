"""Given names as initials, as tickets, lists of staff and old manifests have them.

All are as frequent as all but the first; one name in ten is the other way, by people who are called by their second.
Three in ten have stops, which agencies' forms keep and airlines' drop. Without them two initials are written together
as often as apart.
"""

from __future__ import annotations

from random import Random

from torogoz.bench.watchlist.damages.fields import PARTICLES, fields, named
from torogoz.matching.query import Query
from torogoz.synth.nation.people import Compatriot

_STOPS, _TOGETHER = 0.3, 0.5
_WAYS = (0.45, 0.45, 0.10)


def initials(person: Compatriot, query: Query, rng: Random) -> Query | None:
    """Some or all given names as their first letters; particles among them are left out."""
    surname, given = fields(query)
    # A syllable of Chinese may look like a particle.
    bare = [name for name in given if name not in PARTICLES or person.group == "zh"] or given
    way = rng.choices(("all", "but the first", "the first"), weights=_WAYS)[0] if len(bare) > 1 else "all"
    shortened = {"all": bare, "but the first": bare[1:], "the first": bare[:1]}[way]
    if all(len(name) == 1 for name in shortened):
        return None
    written = _written([name[0] for name in shortened], rng)
    full = {"all": ([], []), "but the first": (bare[:1], []), "the first": ([], bare[1:])}[way]
    return named(query, surname, [*full[0], *written, *full[1]])


def _written(letters: list[str], rng: Random) -> list[str]:
    stop = "." if rng.random() < _STOPS else ""
    signs = [letter + stop for letter in letters]
    return ["".join(signs)] if rng.random() < _TOGETHER else signs
