"""Names of lists and travellers as the words that are compared.

Both sides are folded to the letters of the machine-readable zone (`transliterate`). Titles, generational suffixes and
placeholders go; particles (`DE LA`, `VAN`, `BIN`, `AL`), what tells of a marriage (`VDA DE`, `NÉE`) and honours go
where at least two other words stay, since manifests drop and glue them at will. Order does not matter, so none is kept.
`skeleton` writes a word as it may be heard: the letters that Spanish spelling and the common romanisations of Arabic
and Russian exchange are made one. docs/design/name-rules.md has every rule with its source and limits.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from torogoz.domain.name import fold
from torogoz.matching.transliterate import MAX_SPELLINGS, spellings

#: Words that stand between or before names and that senders drop, glue or repeat.
_BETWEEN = (
    "DE DEL LA LAS LOS Y E DA DAS DO DOS DI DU DES DELA DELAS DELOS DELLA DELLE DEGLI DEI DAL VAN VON VOM ZU ZUM ZUR "
    "DER DEN TER TEN BIN BINT BINTI BINTE IBN BEN AL EL UL AR AS ASH AT AZ AD UD UR OULD ABU"
)
#: Marriage and widowhood: what follows is another surname, told apart by none of the words themselves.
_MARRIAGE = "VDA VIUDA VVE VEUVE EPOUSE EPSE NEE GEB GEBORENE"
#: Honours and generations that some senders write and others do not; too much like names to go from every name.
_HONOURS = (
    "SHEIKH SHAIKH SHAYKH CHEIKH HAJI HAJJI HADJI HAJ HAJJ MULLAH MULLA MAULVI MAWLAWI MAULAVI SIR LIC ING PROF "
    "JUNIOR FILHO NETO SOBRINHO"
)
PARTICLES = frozenset(f"{_BETWEEN} {_MARRIAGE} {_HONOURS}".split())
#: What is left of a particle that was cut: LO, BI, DEL. Whole ones are particles anyway.
_CUT_PARTICLES = (
    frozenset(particle[:letters] for particle in _BETWEEN.split() for letters in range(2, len(particle))) - PARTICLES
)
#: Beginnings that are particles glued to a name: a single one, or the pairs that are written in one.
GLUED_PARTICLES = frozenset(_BETWEEN.split()) | {"VANDE", "VANDER", "VANDEN", "VONDER"}
#: Titles that carriers write after the given names, also glued to the last of them.
GLUED_TITLES = ("MSTR", "MISS", "PROF", "SRTA", "MRS", "SRA", "DRA", "CHD", "INF", "MME", "MR", "MS", "DR", "SR", "JR")
#: Titles and suffixes, which say nothing about who somebody is, and words that stand for an unknown name.
DROPPED = frozenset(GLUED_TITLES) | frozenset(
    "MLLE MASTER JNR SNR II III FNU LNU NFN NLN XXX NN UNKNOWN".split()  # noqa: SIM905 - a table of words reads better in a row
)
#: Generations that are initials where a field of given names has nothing else: nobody is of one without a name.
GENERATIONS = frozenset({"JR", "JNR", "SNR", "II", "III"})
#: Named limits: a longer name is compared by its first signs and words (hostile lists hold names of any length).
MAX_SIGNS = 1_000
MAX_WORDS = 12
#: Aliases of one entry that are compared; which, its owner chooses by their order (hostile lists hold thousands).
MAX_ALIASES = 200
#: Particles go where so many other words stay.
MIN_KEPT = 2

_INITIALS = re.compile(r"(?<![^\W\d_])([^\W\d_])\.(?=[^\W\d_]\.)")
#: `ABDUL`, `ABDEL`, and before R, S, N, D, T, Z its assimilated forms, glued to one of God's names (but not ABDULLAH).
_SERVANT = re.compile(r"\bABD(?:[AEOU]{1,2}L|[AEU]([RSNDTZ])(?=\1))(?!LA(?:[HEYO]|\b))(?=[A-Z]{4})")

# Every way to match begins with a letter, so that a search passes over all others.
_HEARD = (
    (re.compile(r"(?m)^ABD[AEOU]{1,2}L(?=[RSNDTZ])"), "ABDU"),
    (re.compile(r"PH"), "F"),
    (re.compile(r"(?m)^X(?=[EI])"), "J"),
    (re.compile(r"X(?<=.X)"), "KS"),
    (re.compile(r"QU(?=[EI])|CK|KH|Q"), "K"),
    (re.compile(r"(?m)LL|Y|J(?=[AO]N)|J(?<=[EIU]J)$|J(?<=LAJ)$"), "I"),
    (re.compile(r"(?m)C(?=[EIY])|TSCH|TCH|SCH|SH|CH|CZ|TS|TZ|X|Z|C(?<=[VW]IC)$"), "S"),
    (re.compile(r"C"), "K"),
    (re.compile(r"G(?=[EI])|DJ|DZH"), "J"),
    (re.compile(r"(?m)V|W|FF(?<=[OE]FF)$"), "B"),
    (re.compile(r"H"), ""),
)
#: Vowels need no making one: they go, or become one at the start.
_DOUBLED = re.compile(r"([^AEIOU\n])\1+")
_FIRST_VOWELS = re.compile(r"(?m)^[AEIOU]+")
_NO_VOWELS = str.maketrans("", "", "AEIOU")

#: A name as its words, and a traveller's as those of its two fields.
Words = tuple[str, ...]
Fields = tuple[Words, Words]


def name_words(*parts: str | None) -> Words:
    """Every word of a name in its usual spelling and order, particles too, without titles and placeholders."""
    return _words(" ".join(_fold(part) for part in parts if part))


def begins_plainly(name: str) -> bool:
    """Whether a name begins with a word that is read as it stands: then it has words, and they need not be made."""
    word = name.partition(" ")[0].rstrip(",")
    return word.isascii() and word.isalpha() and word.upper() not in DROPPED


def listed_forms(text: str) -> tuple[Words, ...]:
    """The words of a listed name in every spelling that may be asked for, the usual first; none without a letter.

    Each spelling, and it with `ABDULRAHMAN` as `ABD RAHMAN`; never more than `transliterate.MAX_SPELLINGS`.
    """
    found: dict[Words, None] = {}
    for folded in _folds(text):
        found[without_particles(_words(folded))] = None
        if "ABD" in folded:
            found[without_particles(_words(_SERVANT.sub("ABD ", folded)))] = None
    found.pop((), None)
    return tuple(found)[:MAX_SPELLINGS]


def asked_forms(surname: str | None, given_names: str | None) -> tuple[Fields, ...]:
    """The words of a traveller's two fields in every spelling, the usual first; one where both are plain letters.

    Given names that are nothing but a generation are also its letters, as initials, behind a surname. Where a field
    was cut within a particle, what is left of it is no name: those come last.
    """
    first, second = _folds(surname or ""), _folds(given_names or "")
    if second[0] in GENERATIONS:
        surnames = dict.fromkeys(map(_words, first))
        initials = (tuple(second[0]),) if any(surnames) else ()
        return tuple((words, given) for given in ((), *initials) for words in surnames)
    if len(first) == len(second) == 1:
        fields = _words(first[0]), _words(second[0])
        whole = _without_cut_particles(fields)
        return (fields,) if whole == fields else (fields, whole)
    found = dict.fromkeys(
        (_words(first[min(place, len(first) - 1)]), _words(second[min(place, len(second) - 1)]))
        for place in range(max(len(first), len(second)))
    )
    return tuple(dict.fromkeys((*found, *map(_without_cut_particles, found))))


def _without_cut_particles(fields: Fields) -> Fields:
    """Two fields without what is left of a particle at the end of either; of a surname that is nothing else, nothing.

    Something stays of the given names, and a surname goes only where they are there.
    """
    surname, given = fields
    if len(given) > 1 and given[-1] in _CUT_PARTICLES:
        given = given[:-1]
    if surname and given and surname[-1] in _CUT_PARTICLES:
        surname = surname[:-1]
    return (() if given and PARTICLES.issuperset(surname) else surname), given


def without_particles(name: Words) -> Words:
    """The words that tell people apart: all of them where fewer than two would stay."""
    if PARTICLES.isdisjoint(name):
        return name
    kept = tuple(word for word in name if word not in PARTICLES)
    return kept if len(kept) >= MIN_KEPT else name


def servant_of(word: str) -> str | None:
    """The second half of a glued `ABDULRAHMAN` or `ABDERRAHMANE`; None for every other word."""
    found = _SERVANT.match(word) if word.startswith("ABD") else None
    return word[found.end() :] if found else None


def skeleton(word: str) -> str:
    """A word as it may be heard: consonants that are exchanged made one, vowels only at the start."""
    return skeletons([word])[0]


def skeletons(words: Sequence[str]) -> list[str]:
    """The same of many words at once, each of which becomes a line: most patterns are in few of them."""
    if not words:
        return []
    lines = "\n".join(words)
    for pattern, sound in _HEARD:
        lines = pattern.sub(sound, lines)
    lines = _FIRST_VOWELS.sub("a", _DOUBLED.sub(r"\1", lines))
    return lines.translate(_NO_VOWELS).upper().split("\n")


def _fold(text: str) -> str:
    return _folds(text)[0]


def _folds(text: str) -> tuple[str, ...]:
    """Every spelling of a text as words parted by blanks; one empty text where there is no letter."""
    text = text[:MAX_SIGNS]
    if "." in text:
        text = _INITIALS.sub(r"\1 ", text)
    if text.isascii():
        return (fold(text),)
    return tuple(each[:MAX_SIGNS] for each in spellings(text)) or ("",)


def _words(folded: str) -> Words:
    words = folded.split()
    if not DROPPED.isdisjoint(words):
        words = [word for word in words if word not in DROPPED]
    return tuple(words[:MAX_WORDS])
