"""Names that another office wrote in Latin letters, or that went through another alphabet or language and back.

Light is another office of the same country, or a neighbour with the same letters: the standard tables of one alphabet
beside each other (`light_tables`). Heavy is another system or another language altogether (`heavy_tables`). An office
has one table: as a rule it is applied to the whole name. Common names have spellings of their own, which are likelier
than what the table makes of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from random import Random

from torogoz.bench.watchlist.damages import heavy_tables, light_tables, marks
from torogoz.bench.watchlist.damages.fields import fields, named, with_word, words
from torogoz.matching.query import Query
from torogoz.synth.nation.people import Compatriot

#: Where only one word is another office's, the rest was copied from the document; abroad all is written anew.
_WHOLE_NAME, _WHOLE_NAME_ABROAD = 0.65, 0.85
#: Of people with marks in their names, how many meet with an office of other ways with them.
_MARKS = 0.4
#: A common name is spelled by custom, not by table.
_BY_CUSTOM = 0.7


@dataclass(frozen=True, slots=True)
class Office:
    """How one office writes: the left side of each rule, a pattern, is replaced by its right wherever it stands."""

    seen: re.Pattern[str]
    written: tuple[str, ...]

    @classmethod
    def of(cls, rules: str) -> Office:
        """Read rules `SEEN>WRITTEN` parted by blanks. Of those that fit a place the first is used, once over."""
        pairs = [rule.rsplit(">", 1) for rule in rules.split()]
        return cls(re.compile("|".join(f"({seen})" for seen, _ in pairs)), tuple(written for _, written in pairs))

    def spell(self, word: str) -> str:
        """Write a word of A–Z as this office does."""
        return self.seen.sub(lambda found: self.written[(found.lastindex or 1) - 1], word)


@cache
def _office(rules: str) -> Office:
    return Office.of(rules)


def light(person: Compatriot, query: Query, rng: Random) -> Query | None:
    """A usual variant: another standard table of the same alphabet, or another way with letters that have marks."""
    if rng.random() < _MARKS and (unmarked := marks.otherwise(person, query, rng)) is not None:
        return unmarked
    return _romanised(query, light_tables.OFFICES[person.group], light_tables.CUSTOMARY[person.group], _WHOLE_NAME, rng)


def heavy(person: Compatriot, query: Query, rng: Random) -> Query | None:
    """Another system or language altogether."""
    tables = heavy_tables.OFFICES[person.group], heavy_tables.CUSTOMARY[person.group]
    return _romanised(query, *tables, _WHOLE_NAME_ABROAD, rng)


def _romanised(
    query: Query, offices: Mapping[str, float], customary: Mapping[str, str], whole: float, rng: Random
) -> Query | None:
    """One office drawn by its share; the next where it would write the name as it is."""
    left = dict(offices)
    while left:
        rules = rng.choices(tuple(left), weights=tuple(left.values()))[0]
        del left[rules]
        both = tuple([_spelled(word, _office(rules), customary, rng) for word in some] for some in fields(query))
        changed = [word for word in words(query) if both[word.field][word.place] != word.text]
        if changed and rng.random() < whole:
            return named(query, *both)
        if changed:
            one = rng.choice(changed)
            return with_word(query, one, both[one.field][one.place])
    return None


def _spelled(word: str, office: Office, customary: Mapping[str, str], rng: Random) -> str:
    if len(word) == 1 or not word.isalpha():
        # Initials are copied.
        return word
    if word in customary and rng.random() < _BY_CUSTOM:
        return rng.choice(customary[word].split())
    return office.spell(word) or word
