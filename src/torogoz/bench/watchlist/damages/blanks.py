"""Blanks lost, made or moved: names glued to each other, particles glued or parted, both fields in one.

Where several forms fit somebody, their shares are: given names in one word 35 (most reservation systems take no blank
in them), surnames in one word 18, particles glued to their name 15, a name parted that is made of two (MAC DONALD, DE
LA CRUZ, XIAO MING, O BRIEN) 14, both fields in one 12, a word parted anywhere 4 (lines broken by a message of 69
signs), a blank one letter from its place 2. Of both fields in one, 60 of 100 begin with the surname, 30 with the given
names, and 10 send FNU, "first name unknown", as given names, as visas do.
Pessimistic: an API message has its fields from the document's zone, with its blanks, more often than not.
"""

from __future__ import annotations

import re
from random import Random

from torogoz.bench.watchlist.damages.forms import name_of, one_of, refilled, renamed, units, words
from torogoz.bench.watchlist.damages.zone import zone
from torogoz.matching.query import Query
from torogoz.synth.nation.people import Compatriot

#: group → what names in one word begin with that others write as two.
_PREFIXES = {
    "es": re.compile("(DE(?:LOS|LAS|LA|L)?|LA)(?=[B-DF-HJ-NP-TV-Z][A-Z]{3})"),
    "ar": re.compile("(ABD(?:AL|EL|UL)?|AL|EL|BIN|ABU)(?=[A-Z]{4})"),
    "pt": re.compile("(DOS|DAS|DA|DE|DO)(?=[B-DF-HJ-NP-TV-Z][A-Z]{3})"),
    "en": re.compile("(MAC|MC|FITZ)(?=[A-Z]{3})"),
    "fr": re.compile("(JEAN|MARIE|DE|LE|LA|DU|BEAU|MONT)(?=[B-DF-HJ-NP-TV-Z][A-Z]{2})"),
    "zh": re.compile("((?:[CSZ]H|[B-DF-HJ-NP-TWX-Z])?[AEIOU]+(?:NG|N)?)(?=[B-DF-HJ-NP-TWX-Z]H?[AEIOU])"),
}
_NOTHING = re.compile("(?!)")
_FNU = "FNU"


def _given_names_glued(_person: Compatriot, query: Query, _rng: Random) -> Query:
    return renamed(query, words(query.surname), ["".join(words(query.given_names))])


def _surnames_glued(_person: Compatriot, query: Query, _rng: Random) -> Query:
    return renamed(query, ["".join(words(query.surname))], words(query.given_names))


def _particles_glued(_person: Compatriot, query: Query, _rng: Random) -> Query:
    surname, given = ([name.replace(" ", "") for name in units(field)] for field in (query.surname, query.given_names))
    return renamed(query, surname, given)


def _name_of_two_parted(person: Compatriot, query: Query, rng: Random) -> Query | None:
    # The zone has lost an apostrophe, after which others put a blank.
    apart = {zone(name): zone(name.replace("'", " ")) for name in person.named.surnames if "'" in name}
    prefix = _PREFIXES.get(person.group, _NOTHING)
    name = name_of(query)
    fit = [number for number, word in enumerate(name) if word in apart or prefix.match(word)]
    if not fit:
        return None
    number = rng.choice(fit)
    name[number] = apart.get(name[number]) or prefix.sub(r"\1 ", name[number], count=1)
    return refilled(query, name)


def _both_fields_in_one(_person: Compatriot, query: Query, rng: Random) -> Query | None:
    surname, given = words(query.surname), words(query.given_names)
    if not surname or not given:
        return None
    form = rng.choices(("surname first", "given names first", "unknown"), (60, 30, 10))[0]
    whole = [*given, *surname] if form == "given names first" else [*surname, *given]
    return renamed(query, whole, [_FNU] if form == "unknown" else [])


def _word_parted(_person: Compatriot, query: Query, rng: Random) -> Query | None:
    name = name_of(query)
    number = rng.randrange(len(name))
    if len(name[number]) < 4:
        return None
    place = rng.randrange(1, len(name[number]))
    name[number] = f"{name[number][:place]} {name[number][place:]}"
    return refilled(query, name)


def _blank_moved(_person: Compatriot, query: Query, rng: Random) -> Query | None:
    """Move a blank within a field by one letter, to the left or to the right."""
    name, surnames = name_of(query), len(words(query.surname))
    fit = [number for number in range(1, len(name)) if number != surnames]
    if not fit:
        return None
    number = rng.choice(fit)
    before, after = name[number - 1], name[number]
    if rng.random() < 0.5:
        name[number - 1 : number + 1] = [before[:-1], before[-1] + after]
    else:
        name[number - 1 : number + 1] = [before + after[0], after[1:]]
    return refilled(query, name) if all(name) else None


split_or_glued = one_of(
    (35, _given_names_glued),
    (18, _surnames_glued),
    (15, _particles_glued),
    (14, _name_of_two_parted),
    (12, _both_fields_in_one),
    (4, _word_parted),
    (2, _blank_moved),
)
