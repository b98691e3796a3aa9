"""Words glued, split or parted at the wrong letter.

Gluing is the commonest by far: many airline systems drop blanks inside a field, and agents leave them out to save
places. Splitting is what forms do to names with an article, a prefix or two syllables of Chinese. A blank that slipped
is a typist's.
"""

from __future__ import annotations

import re
from random import Random

from torogoz.bench.watchlist.damages.fields import fields, named, with_word, words
from torogoz.matching.query import Query
from torogoz.synth.nation.people import Compatriot

#: Beginnings after which people, clerks and forms put a blank.
_BEGINNING = re.compile(
    r"(ABDUL|ABDEL|ABDAL|ABD|ABU|ABI|AL|EL|BEN|BEL|BIN|MAC|MC|FITZ|DELA|DEL|DELLA|DE|DI|DA|DOS|DU|LE|LA|VAN|VON|SAINT|SAN"
    r"|SANTA|JEAN|MARIE|MARIA|JUAN|JOSE|LUIS|ANA)(?=[A-Z]{3})"
)
#: `O'Darley`, whose apostrophe a zone drops.
_IRISH = re.compile(r"O(?=[BCDFGHKLMNRST][A-Z]{3})")
#: Where one syllable of Chinese ends and the next begins.
_SYLLABLE = re.compile(r"(?<=[AEIOUNG])(?=(?:[ZCS]H|[BPMNFDTLGKHJQXRZCSWY])[AEIOU])")
#: Elsewhere: between a vowel and the consonant that opens the next syllable.
_ANYWHERE = re.compile(r"(?<=[AEIOULNRS])(?=[BCDFGHJKLMNPQRSTVZ][AEIOUY])")


def split_or_glued(person: Compatriot, query: Query, rng: Random) -> Query | None:
    """Blanks too few, too many or in the wrong place."""
    ways = (
        (_glued(query, rng), 0.30),
        (_whole_field(query, rng), 0.20),
        (_whole_name(query, rng), 0.10),
        (_split(person, query, rng), 0.32),
        (_slipped(query, rng), 0.08),
    )
    possible = [(made, share) for made, share in ways if made is not None and made != query]
    return rng.choices([made for made, _ in possible], [share for _, share in possible])[0] if possible else None


def _glued(query: Query, rng: Random) -> Query | None:
    """Two neighbouring words of a field as one."""
    both = fields(query)
    places = [(field, at) for field, some in enumerate(both) for at in range(len(some) - 1)]
    if not places:
        return None
    field, at = rng.choice(places)
    both[field][at : at + 2] = ["".join(both[field][at : at + 2])]
    return named(query, *both)


def _whole_field(query: Query, rng: Random) -> Query | None:
    """All of a field in one word; of both where both have blanks, half of the time."""
    both = fields(query)
    glued = tuple(["".join(some)] if some else [] for some in both)
    spaced = [field for field, some in enumerate(both) if len(some) > 1]
    if not spaced:
        return None
    if len(spaced) == 2 and rng.random() < 0.5:
        return named(query, *glued)
    field = rng.choice(spaced)
    return named(query, *(glued[0], both[1]) if field == 0 else (both[0], glued[1]))


def _whole_name(query: Query, rng: Random) -> Query | None:
    """All of the name in one word, in the surname's field: a slash that was lost, or a form with one line."""
    surname, given = fields(query)
    if not surname or not given:
        return None
    parts = [*surname, *given] if rng.random() < 0.6 else [*given, *surname]
    return named(query, ["".join(parts)], [])


def _split(person: Compatriot, query: Query, rng: Random) -> Query | None:
    """A word in two: behind a beginning that is written apart elsewhere, or else between two syllables."""
    certain, plausible = [], []
    for word in words(query):
        text = word.text
        if person.group == "zh":
            certain += [(word, at.start()) for at in _SYLLABLE.finditer(text) if 1 < at.start() < len(text) - 1]
        elif found := (_IRISH.match(text) if person.group == "en" else None) or _BEGINNING.match(text):
            certain.append((word, found.end()))
        elif len(text) >= 6:
            plausible += [(word, at.start()) for at in _ANYWHERE.finditer(text) if 2 <= at.start() <= len(text) - 3]
    if not certain and not plausible:
        return None
    word, at = rng.choice(certain or plausible)
    return with_word(query, word, f"{word.text[:at]} {word.text[at:]}")


def _slipped(query: Query, rng: Random) -> Query | None:
    """The blank one letter too early or too late."""
    both = fields(query)
    places = [(field, at) for field, some in enumerate(both) for at in range(len(some) - 1)]
    if not places:
        return None
    field, at = rng.choice(places)
    one, other = both[field][at : at + 2]
    early = len(other) < 3 or (len(one) > 2 and rng.random() < 0.5)
    if early and len(one) < 2:
        return None
    both[field][at : at + 2] = [one[:-1], one[-1] + other] if early else [one + other[0], other[1:]]
    return named(query, *both)
