"""A traveller whose name was too long for a field or a line on its way to us.

The shares are guesses from what such systems are known to do, not counts: 0.35 a reservation's line for SURNAME/GIVEN
of 20 to 30 signs, where a title may take room first; 0.20 the boarding pass, 20 signs for SURNAME/GIVEN; 0.25 only the
first given name, the others left out or initials; 0.20 short fields, of a legacy database (10 to 15 signs in both) or
of a reservation that limits one (12 to 20). Most systems only count signs and cut inside a word. A surname that fills
its line leaves no given names at all. Names come here as the passport's zone has cut them: ICAO's initials would change
one person in eighty and the 35 signs of a PAXLST element hardly anybody, so both are left out.

Where a form cuts nothing another is drawn, so tight ones are commoner than their shares: pessimistic for a short name,
which ends in the narrowest field only to be cut at all. Optimistic: a name is cut once, not by one system after the
other; words are not run together first; no rest of a title stays; the surname comes first, in its own field.
"""

from __future__ import annotations

from dataclasses import replace
from random import Random

from torogoz.bench.watchlist.damages.forms import one_of, words
from torogoz.matching.query import Query
from torogoz.synth.nation.people import Compatriot

#: How often a system cuts at a word's end (few look), a line holds a title, and initials stand for later given names.
_AT_WORD_END, _TITLED, _INITIALS = 0.25, 0.3, 0.25
#: Signs for the whole name of a reservation, for both fields of a legacy database, for the only limited field.
_LINES, _LEGACY, _FIELD = (20, 22, 24, 25, 26, 28, 30), (10, 12, 13, 15), (12, 15, 16, 18, 20)
#: How often short fields are both fields; the surname or the given names alone share the rest.
_BOTH, _SURNAME_ALONE, _GIVEN_ALONE = 0.5, 0.25, 0.25
#: Signs of the boarding pass, and of a field that is long enough for all.
_BOARDING_PASS, _NO_LIMIT = 20, 99
#: The titles that men and women travel with.
_TITLES = {"F": ("MS", "MRS", "MISS"), "M": ("MR", "MR", "DR")}


def _sent(query: Query, surname: str, given: str) -> Query | None:
    """The query with these fields, or None where nothing was cut or nothing is left."""
    surname, given = surname.strip(), given.strip()
    if not surname + given or (surname, given) == (query.surname or "", query.given_names or ""):
        return None
    return replace(query, surname=surname or None, given_names=given or None)


def _cut(text: str, room: int, *, at_word_end: bool) -> str:
    """The start of a text that has this room; a first word that is too long is cut inside."""
    start = text[: max(room, 0)]
    if at_word_end and len(text) > len(start) and text[len(start)] != " " and " " in start:
        start = start[: start.rindex(" ")]
    return start.rstrip()


def _line(query: Query, room: int, *, at_word_end: bool) -> Query | None:
    """SURNAME/GIVEN in one line: the surname is served first, the stroke takes a sign."""
    surname = _cut(query.surname or "", room, at_word_end=at_word_end)
    return _sent(query, surname, _cut(query.given_names or "", room - len(surname) - 1, at_word_end=at_word_end))


def _reservation(person: Compatriot, query: Query, rng: Random) -> Query | None:
    title = rng.choice(_TITLES[person.sex]) if rng.random() < _TITLED else ""
    return _line(query, rng.choice(_LINES) - len(title), at_word_end=rng.random() < _AT_WORD_END)


def _boarding_pass(_: Compatriot, query: Query, _rng: Random) -> Query | None:
    return _line(query, _BOARDING_PASS, at_word_end=False)


def _first_given(_: Compatriot, query: Query, rng: Random) -> Query | None:
    first, *others = words(query.given_names) or [""]
    initials = [word[0] for word in others] if rng.random() < _INITIALS else []
    return _sent(query, query.surname or "", " ".join([first, *initials]))


def _fields(query: Query, rooms: tuple[int, int], *, at_word_end: bool) -> Query | None:
    fields = (
        _cut(text or "", room, at_word_end=at_word_end)
        for text, room in zip((query.surname, query.given_names), rooms, strict=True)
    )
    return _sent(query, *fields)


def _short_fields(_: Compatriot, query: Query, rng: Random) -> Query | None:
    both, one = rng.choice(_LEGACY), rng.choice(_FIELD)
    rooms = rng.choices(((both, both), (one, _NO_LIMIT), (_NO_LIMIT, one)), (_BOTH, _SURNAME_ALONE, _GIVEN_ALONE))[0]
    return _fields(query, rooms, at_word_end=rng.random() < _AT_WORD_END)


_FORMS = one_of((0.35, _reservation), (0.20, _boarding_pass), (0.25, _first_given), (0.20, _short_fields))


def truncated(person: Compatriot, query: Query, rng: Random) -> Query | None:
    """Send the traveller as a field or a line too short for the name leaves them."""
    return _FORMS(person, query, rng)
