"""A traveller's name on the way from a document to a list: its parts, its words, and the ways it may change."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

from torogoz.domain.dates import PartialDate
from torogoz.domain.name import fold
from torogoz.matching import Query
from torogoz.synth.nation.people import Compatriot

#: Words that belong to the one behind them.
PARTICLES = frozenset(
    [
        "DE",
        "DEL",
        "DELA",
        "DA",
        "DO",
        "DOS",
        "DAS",
        "DI",
        "LA",
        "LE",
        "LOS",
        "LAS",
        "Y",
        "EL",
        "AL",
        "ABD",
        "BIN",
        "BEN",
        "IBN",
        "BINT",
        "VON",
        "VAN",
    ]
)
#: A word shorter than this is a particle or an initial: fingers slip in it, but nobody would be lost by it.
WORD = 3


@dataclass(frozen=True, slots=True)
class Written:
    """A traveller's name in its parts, and birth date, as far as they have got on the way."""

    surnames: tuple[str, ...]
    given: tuple[str, ...]
    born: PartialDate | None
    person: Compatriot

    def query(self) -> Query:
        """What arrives: both fields in A-Z."""
        person = self.person
        return Query(
            surname=fold(" ".join(self.surnames)),
            given_names=fold(" ".join(self.given)),
            birth_date=self.born,
            nationality=person.nationality,
            sex=person.sex,
        )

    def plain(self) -> Written:
        """The same with each part in A-Z."""
        return replace(self, surnames=tuple(map(fold, self.surnames)), given=tuple(map(fold, self.given)))


#: One way a damage may go: its share among those that change something in a person, and what it makes of them.
Way = tuple[float, Written | None]


#: Where a word stands: field, part, word.
Place = tuple[str, int, int]


def places_of(written: Written, shortest: int) -> dict[Place, str]:
    """The words of so many letters or more, by where they stand."""
    return {
        (name, part, place): word
        for name, parts in (("surnames", written.surnames), ("given", written.given))
        for part, text in enumerate(parts)
        for place, word in enumerate(text.split())
        if len(word) >= shortest
    }


def with_word(written: Written, where: Place, new: str) -> Written:
    """The same with another word at a place."""
    name, part, place = where
    parts = list(written.surnames if name == "surnames" else written.given)
    words = parts[part].split()
    words[place] = new
    parts[part] = " ".join(words)
    return replace(written, surnames=tuple(parts)) if name == "surnames" else replace(written, given=tuple(parts))


def drawn_place(places: dict[Place, str], rng: Random) -> Place:
    """Draw a word; the longer, the likelier to be hit."""
    return rng.choices(tuple(places), [len(word) for word in places.values()])[0]


def one_of(written: Written, rng: Random, *ways: Way) -> Written | None:
    """Draw one of the ways that change what arrives."""
    before = written.query()
    real = [(share, one) for share, one in ways if one is not None and one.query() != before]
    return rng.choices([one for _, one in real], [share for share, _ in real])[0] if real else None
