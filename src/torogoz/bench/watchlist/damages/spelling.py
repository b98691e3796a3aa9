"""How tables tell spellings: what is written, and what another writes instead.

A table is text: pairs `SH/CH` parted by blanks, and `LL=L` where either is written for the other. A pair says where it
stands: `^` at the beginning of a word, `$` at its end, `1` behind a vowel, `2` before one, `3` not at the beginning,
`4` before a consonant; `_` is a blank, and nothing behind the stroke is nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from random import Random

_PLACES = {
    "^": r"\b", "$": r"\b", "_": " ",
    "1": "(?<=[AEIOUY])", "2": "(?=[AEIOUY])", "3": "(?<=[A-Z])", "4": "(?=[B-DF-HJ-NP-TV-XZ])",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rule:
    """One pair: where what is written stands, and what is written instead."""

    found: re.Pattern[str]
    instead: str


@cache
def rules(table: str) -> tuple[Rule, ...]:
    """Read a table; ValueError where something in it is no pair."""
    found = []
    for pair in table.split():
        both_ways = "=" in pair
        left, right = pair.split("=" if both_ways else "/")
        found.append(_rule(left, right))
        if both_ways:
            found.append(_rule(right, left))
    return tuple(found)


def _rule(left: str, right: str) -> Rule:
    instead = "".join(sign for sign in right if sign.isalpha() or sign == "_").replace("_", " ")
    return Rule(re.compile("".join(_PLACES.get(sign, sign) for sign in left)), instead)


def respelled(word: str, table: str, rng: Random) -> str | None:
    """Write a word otherwise at one place, by one rule of those that fit; None where none does."""
    changed = []
    for rule in rules(table):
        places = list(rule.found.finditer(word))
        if places:
            place = rng.choice(places)
            written = word[: place.start()] + rule.instead + word[place.end() :]
            if written not in ("", word):
                changed.append(written)
    return rng.choice(changed) if changed else None


def rewritten(field: str, table: str) -> str:
    """Write a whole field by a convention, from left to right: at each place the first rule that fits."""
    return _any_of(table).sub(lambda found: rules(table)[(found.lastindex or 1) - 1].instead, field)


@cache
def _any_of(table: str) -> re.Pattern[str]:
    """One pattern with a group for each rule."""
    return re.compile("|".join(f"({rule.found.pattern})" for rule in rules(table)))
