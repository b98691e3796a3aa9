"""A carrier sends initials for given names, or seldom for a part of the surname.

Initials come from the name fields of bookings. Reservation manuals allow `SURNAME/first name or initial` with a title
behind, glued or not (`BIRLA/K K MR`, `GRAHAM/TMR`), names are glued with an initial (`DAVEM`, `TLEWIS`), and agents
shorten what is too long (`CAMACHO DE G/JOSE LUIS M A`). Carriers ask for the first name whole and bear with an initial
for the others, so `JOHN R` is the commonest: with `JOHNR` over four in ten of those with two names. Initials only, from
profiles and old habits (`J R`, `JR`, `J`), are as many: more for Russians (`I V`, `YU V`), Chinese with two syllables
and French compounds (`JP`). The first alone as initial is rarest, but for Spanish (`M JOSE`). Spanish
speakers shorten the second surname, Portuguese speakers those before the last. One name gives `J`.

No count was found: the shares are judged. Pessimistic: a lone letter for everybody with one name, where most carriers
refuse it; letters and titles stay glued. Optimistic: no letter is wrong or astray; no `MA` for MARIA, no cut names.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from random import Random

from torogoz.bench.watchlist.damages.forms import one_of, units, words
from torogoz.bench.watchlist.damages.zone import Change
from torogoz.matching.query import Query
from torogoz.synth.nation.people import Compatriot

#: `JOHN R`, `JOHNR`, `J R`, `JR`, `J`, `J ROBERT`, `JROBERT`, and `GARCIA L/JOSE` or `SILVA/JOAO S`, group by group.
_SHARES = {
    "es": (0.36, 0.08, 0.10, 0.09, 0.15, 0.13, 0.02, 0.07),
    "ar": (0.42, 0.10, 0.12, 0.09, 0.20, 0.05, 0.02),
    "ru": (0.30, 0.05, 0.27, 0.14, 0.17, 0.05, 0.02),
    "pt": (0.35, 0.08, 0.11, 0.09, 0.15, 0.08, 0.02, 0.12),
    "en": (0.40, 0.10, 0.12, 0.10, 0.18, 0.07, 0.03),
    "zh": (0.16, 0.04, 0.24, 0.22, 0.26, 0.06, 0.02),
    "fr": (0.38, 0.08, 0.14, 0.12, 0.18, 0.08, 0.02),
    "compound": (0.15, 0.03, 0.28, 0.32, 0.16, 0.05, 0.01),  # JEAN-PIERRE, seldom a first and a middle name
}
#: Of three names or more only the first two are sent: there is place for one middle initial.
_TWO_SENT = 0.25
#: `DEL CARMEN` becomes `C`, `DEL C` or `D C`; likewise `BIN AHMED`.
_LINK_WAYS = {"": 0.4, r"\1\2 ": 0.3, r"\1 ": 0.3}
_LINKED = re.compile("((?:(?:DEL?|DA|DOS?|DAS|LAS?|LOS|EL|AL|BIN|IBN|BEN|BINT) )*)(.+)")
#: One Cyrillic letter is two Latin ones, `YU` for Yuri: how often Russian initials are sent so.
_TWO_LETTERS, _ANY, _CYRILLIC = 0.4, re.compile("."), re.compile("YU|YA|YE|ZH|KH|SH|CH|TS|.")
#: A glued Chinese name is taken as its two syllables, QUZHU as QU ZHU.
_SPLIT, _SYLLABLES = 0.4, re.compile("([^AEIOU]*[AEIOU]+(?:NG?(?![AEIOU]))?)([^AEIOU ]+[AEIOU]+.*)")
#: With a shortened surname the later given names are initials too; Portuguese initials go behind the given names.
_BOTH, _MOVED = 0.5, 0.65
#: No title, one behind a blank, a glued one; and behind a lone letter, which systems are loath to take by itself.
_TITLED, _TITLED_LETTER = (0.80, 0.12, 0.08), (0.65, 0.15, 0.20)
_TITLES = {"M": ("MR",), "F": ("MRS", "MRS", "MS", "MS", "MISS")}


def initials(person: Compatriot, query: Query, rng: Random) -> Query | None:
    """Send initials of the given names; None where none of them is longer than a letter."""
    longer = any(len(word) > 1 for word in words(query.given_names))
    shares = _SHARES["compound" if person.group == "fr" and "-" in person.named.given[0] else person.group]
    sent = one_of(*zip(shares, _FORMS, strict=False))(person, query, rng) if longer else None
    if sent is None:
        return None
    given, title = sent.given_names or "", rng.choice(_TITLES[person.sex])
    titled = (given, f"{given} {title}", f"{given}{title}")
    return replace(sent, given_names=rng.choices(titled, _TITLED_LETTER if len(given) == 1 else _TITLED)[0])


def _names(person: Compatriot, query: Query, rng: Random) -> list[str]:
    if person.group == "zh":
        syllables = _SYLLABLES.fullmatch(query.given_names or "") if rng.random() < _SPLIT else None
        return list(syllables.groups()) if syllables else words(query.given_names)
    names = units(query.given_names)
    return names[:2] if len(names) > 2 and rng.random() < _TWO_SENT else names


def _letters(person: Compatriot, names: list[str], rng: Random) -> list[str]:
    way = rng.choices(list(_LINK_WAYS), list(_LINK_WAYS.values()))[0]
    letter = _CYRILLIC if person.group == "ru" and rng.random() < _TWO_LETTERS else _ANY
    linked = [parts for name in names for parts in _LINKED.findall(name)]
    return [re.sub(r"(\w)(\w*) ", way, links) + letter.findall(borne)[0] for links, borne in linked]


def _given(write: Callable[[list[str], list[str]], str], person: Compatriot, query: Query, rng: Random) -> Query:
    names = _names(person, query, rng)
    return replace(query, given_names=write(names, _letters(person, names, rng)))


def _surname(person: Compatriot, query: Query, rng: Random) -> Query | None:
    surnames = units(query.surname)
    if len(surnames) < 2:
        return None
    sent = (_FORMS[0](person, query, rng) if rng.random() < _BOTH else None) or query
    if person.group != "pt":
        return replace(sent, surname=" ".join([surnames[0], *_letters(person, surnames[1:], rng)]))
    letters = _letters(person, surnames[:-1], rng)
    if rng.random() < _MOVED:
        return replace(sent, surname=surnames[-1], given_names=" ".join([sent.given_names or "", *letters]))
    return replace(sent, surname=" ".join([*letters, surnames[-1]]))


_FORMS: tuple[Change, ...] = (
    partial(_given, lambda names, letters: " ".join([names[0], *letters[1:]])),
    partial(_given, lambda names, letters: names[0] + "".join(letters[1:]).replace(" ", "")),
    partial(_given, lambda _, letters: " ".join(letters)),
    partial(_given, lambda _, letters: "".join(letters).replace(" ", "")),
    partial(_given, lambda _, letters: letters[0]),
    partial(_given, lambda names, letters: " ".join([letters[0], *names[1:]])),
    partial(_given, lambda names, letters: letters[0] + " ".join(names[1:])),
    _surname,
)
