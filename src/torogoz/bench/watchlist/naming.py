"""How people and forms leave out, shorten and reorder the parts of a name: each national habit with its share.

Shares are assumed; the reason stands beside each. Optimistic: the parts are known, so that a second surname that is
dropped is always a whole one.
"""

from __future__ import annotations

from dataclasses import replace
from random import Random

from torogoz.bench.watchlist import romanise
from torogoz.bench.watchlist.written import PARTICLES, Way, Written, one_of


def order(written: Written, rng: Random) -> Written | None:
    """The same words in another order, in their field, or all in the field of the surname as they are spoken."""
    one = written.plain()
    return one_of(
        written,
        rng,
        # Mother's surname first: forms that ask for "middle" and "last", and offices that sort by the last word.
        (0.40, replace(one, surnames=one.surnames[::-1])),
        (0.25, replace(one, given=one.given[::-1])),
        # DE LA CRUZ as CRUZ DE LA: Germany, Sweden and many booking systems sort by the main word.
        (0.10, replace(one, surnames=tuple(_particles_last(part) for part in one.surnames))),
        # Agents and kiosks of one field, as the name is spoken.
        (0.25, replace(one, surnames=(*one.given, *one.surnames), given=())),
    )


def _particles_last(part: str) -> str:
    words = part.split()
    first = next((place for place, word in enumerate(words) if word not in PARTICLES), 0)
    return " ".join((*words[first:], *words[:first]))


def fields_exchanged(written: Written, rng: Random) -> Written | None:
    """The same words in other fields: both exchanged, one of them moved, or all in one."""
    one = written.plain()
    surnames, given = one.surnames, one.given
    two_surnames, two_given = len(surnames) > 1, len(given) > 1
    return one_of(
        written,
        rng,
        (0.50, replace(one, surnames=given, given=surnames) if any(given) else None),
        # Systems in English take the first of two surnames for a middle name.
        (0.20, replace(one, surnames=surnames[1:], given=(*given, surnames[0])) if two_surnames else None),
        # The father's name or the patronymic is read as part of the surname.
        (0.20, replace(one, surnames=(given[-1], *surnames), given=given[:-1]) if two_given else None),
        # One field for the whole name, the surname first as on lists.
        (0.10, replace(one, surnames=(*surnames, *given), given=())),
    )


def second_surname_dropped(written: Written, rng: Random) -> Written | None:
    """One of several surnames kept, or one half of an English or French double one."""
    one, group = written, written.person.group
    halves = tuple(half for part in one.surnames for half in (part.split("-") if group in {"en", "fr"} else (part,)))
    if len(halves) == 1:
        return None
    # Spanish keeps the father's, which is the first; Portuguese the father's, which is the last. Others do either.
    first, last, all_but_last = {"es": (0.88, 0.12, 0.0), "pt": (0.2, 0.65, 0.15)}.get(group, (0.5, 0.5, 0.0))
    kept = ((first, halves[:1]), (last, halves[-1:]), (all_but_last, halves[:-1]))
    return one_of(written, rng, *((share, replace(one, surnames=each)) for share, each in kept if share))


def second_given_dropped(written: Written, rng: Random) -> Written | None:
    """One or some of several given names kept, or one half of a French compound one."""
    one = written
    compound = one.given[0].split("-") if one.given and one.person.group == "fr" else []
    many = len(one.given) > 1
    return one_of(
        written,
        rng,
        (0.70, replace(one, given=one.given[:1]) if many else None),
        (0.15, replace(one, given=one.given[:-1]) if many else None),
        # Called by the second: Brazil, the United States, and every María something.
        (0.10, replace(one, given=one.given[1:]) if many else None),
        # Jean-Pierre fills in a form with room for one name.
        (0.05, replace(one, given=(compound[0], *one.given[1:])) if len(compound) > 1 else None),
    )


def initials(written: Written, rng: Random) -> Written | None:
    """Given names as initials, all or the later ones; now and then the second surname too."""
    one = written.plain()
    letters = [word[0] for part in one.given for word in _told_apart(part, one.person.group)]
    if not letters:
        return None
    later = tuple(part[0] for part in one.given[1:])
    ways: list[Way] = [
        # Frequent flyers' cards and American forms: the first name and the middle initial.
        (0.35, replace(one, given=(one.given[0], *later))),
        (0.25, replace(one, given=(letters[0],))),
        (0.22, replace(one, given=tuple(letters))),
        (0.13, replace(one, given=("".join(letters),))),
    ]
    if one.person.group == "es" and len(one.surnames) > 1:
        # Latin America also writes the mother's surname by its initial.
        last = one.surnames[-1][0]
        ways.append((0.05, replace(one, surnames=(*one.surnames[:-1], last), given=(one.given[0], *later))))
    return one_of(written, rng, *ways)


def _told_apart(part: str, group: str) -> list[str]:
    """The words of a given name that have an initial: without particles, Chinese ones by syllable."""
    words = [word for word in part.split() if word not in PARTICLES] or part.split()
    return [each for word in words for each in (romanise.syllables(word) if group == "zh" else (word,))]
