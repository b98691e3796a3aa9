"""Matching travellers against a watchlist, beside rapidfuzz's brute force over the same names in the same run.

People and names are invented: syllables at random, drawn so that a few names are borne by many. Most travellers are
strangers to the list; some are listed people as carriers write them. One core. The peers compare every listed name
with Jaro–Winkler and with Indel and keep what shares the birth date; they look at no nationality, sex or frequency.
`--verify N` holds the first N answers against brute force of the same scorer, and fails where one differs.
"""

from __future__ import annotations

import argparse
import gc
import resource
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from rapidfuzz.distance import Indel, JaroWinkler
from rapidfuzz.process import extract

from torogoz.bench import Result
from torogoz.cli.progress import Timed
from torogoz.domain.dates import PartialDate
from torogoz.domain.document import Document
from torogoz.domain.name import words
from torogoz.domain.watchlist import Entry
from torogoz.errors import OurError
from torogoz.matching import DEFAULT_THRESHOLD, ListIndex, Match, Query, brute_force, build, match, match_all

#: Listed people among the travellers, and what carriers did to them.
_LISTED = 0.02
_DAMAGE = ("none", "order", "second surname dropped", "typo", "day and month exchanged", "birth date missing")
#: Travellers of a flight.
_SEATS = 300
#: Listed people who may travel; those of a million would fill the memory that is measured.
_KEPT = 10_000
#: Queries that a peer answers; its rate does not depend on how many.
_PEER_QUERIES = 20
_SYLLABLES = "MA RI GAR CI LO PEZ RA MI HER NAN DEZ JO SE LU IS AN DRE PA BLO TO RRES FLO VAL EN SO CA BRE RO NI KO SKI"
_STATES = ("SLV", "SLV", "SLV", "SLV", "SLV", "GTM", "GTM", "HND", "HND", "MEX", "USA")


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the sizes."""
    parser.add_argument("--entries", type=int, default=100_000, help="people on the list (default: %(default)s)")
    parser.add_argument("--queries", type=int, default=20_000, help="travellers (default: %(default)s)")
    parser.add_argument("--threshold", type=float, default=DEFAULT_THRESHOLD, help="(default: %(default)s)")
    parser.add_argument("--verify", type=int, default=0, metavar="N", help="hold N answers against brute force")


def measure(arguments: argparse.Namespace) -> Result:
    """Build once, ask everybody, then let the peers do some of the same."""
    rng = Random(5)
    world = _World(rng)
    people: dict[int, Query] = {}
    entries = Timed(_listed(world, arguments.entries, people, rng))
    started = time.perf_counter()
    index = build(entries)
    build_s = time.perf_counter() - started - entries.seconds
    asked = [_query(world, people, rng) for _ in range(arguments.queries)]
    gc.freeze()
    answers, seconds = _ask([query for query, _ in asked], index, arguments.threshold)
    figures = {
        "build_s": build_s,
        "queries_per_s": len(seconds) / sum(seconds),
        **_flights([query for query, _ in asked], index, arguments.threshold),
        "p50_ms": 1000 * sorted(seconds)[len(seconds) // 2],
        "p99_ms": 1000 * sorted(seconds)[int(0.99 * len(seconds))],
        "peak_rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        **_accuracy(asked, answers),
    }
    peers = {
        "jaro_winkler": _peer_rate(asked, index, JaroWinkler.normalized_similarity, 0.88),
        "indel": _peer_rate(asked, index, Indel.normalized_similarity, 0.80),
    }
    _verify(asked[: arguments.verify], index, arguments.threshold)
    return Result(
        sizes={"entries": index.size, "names": index.name_count, "queries": len(asked), "verified": arguments.verify},
        figures=figures | {f"{name}_queries_per_s": rate for name, rate in peers.items()},
        ratios={name: figures["queries_per_s"] / rate for name, rate in peers.items()},
    )


def _ask(queries: Sequence[Query], index: ListIndex, threshold: float) -> tuple[list[tuple[Match, ...]], list[float]]:
    answers, seconds = [], []
    for query in queries:
        started = time.perf_counter()
        answers.append(match(query, index, threshold))
        seconds.append(time.perf_counter() - started)
    return answers, seconds


def _flights(queries: Sequence[Query], index: ListIndex, threshold: float) -> dict[str, float]:
    """The same travellers in flights, each asked about at once."""
    started = time.perf_counter()
    for first in range(0, len(queries), _SEATS):
        match_all(queries[first : first + _SEATS], index, threshold)
    return {"flights_queries_per_s": len(queries) / (time.perf_counter() - started)}


def _accuracy(asked: Sequence[tuple[Query, str | None]], answers: Sequence[tuple[Match, ...]]) -> dict[str, float]:
    """How many listed travellers were found, and how many matches a stranger had. The makers of both are the same."""
    planted = [(listed, found) for (_, listed), found in zip(asked, answers, strict=True) if listed]
    strangers = [found for (_, listed), found in zip(asked, answers, strict=True) if not listed]
    recalled = sum(any(each.entry.id == listed for each in found) for listed, found in planted)
    return {
        "recall": recalled / max(1, len(planted)),
        "matches_per_stranger": sum(map(len, strangers)) / max(1, len(strangers)),
    }


def _peer_rate(
    asked: Sequence[tuple[Query, str | None]], index: ListIndex, scorer: Callable[..., Any], cutoff: float
) -> float:
    """Queries a second of a linear scan over all names, words in alphabetical order on both sides."""
    (layer,) = index.layers
    entries = map(layer.entry, range(layer.at_hand))
    named = [(" ".join(sorted(words(text))), entry.birth_dates) for entry in entries for text in entry.names]
    names = [text for text, _ in named]
    some = [query for query, _ in asked[:_PEER_QUERIES]]
    started = time.perf_counter()
    for query in some:
        text = " ".join(sorted(words(query.surname, query.given_names)))
        near = extract(text, names, scorer=scorer, score_cutoff=cutoff, limit=None)
        _ = [place for _, _, place in near if query.birth_date in named[place][1]]
    return len(some) / (time.perf_counter() - started)


def _verify(asked: Sequence[tuple[Query, str | None]], index: ListIndex, threshold: float) -> None:
    """Hold answers, asked for as one flight, against brute force."""
    answers = match_all([query for query, _ in asked], index, threshold)
    both = zip(asked, answers, strict=True)
    differing = sum(brute_force(query, index, threshold) != answer for (query, _), answer in both)
    if differing:
        raise OurError(f"{differing} of {len(asked)} answers differ from brute force")


class _World:
    """Invented people whose names are drawn by rank: the first tenth of the names is borne by most."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._surnames, self._given = self._names(60_000), self._names(20_000)

    def _names(self, count: int) -> list[str]:
        parts = _SYLLABLES.split()
        made = ("".join(self._rng.choices(parts, k=self._rng.choice((2, 2, 3, 3, 4)))) for _ in range(count))
        return list(dict.fromkeys(made))

    def _draw(self, names: Sequence[str]) -> str:
        return names[min(len(names) - 1, int(len(names) ** self._rng.random()) - 1)]

    def person(self) -> Query:
        """Somebody as their passport has them."""
        rng = self._rng
        given = [self._draw(self._given) for _ in range(rng.choice((1, 2, 2)))]
        return Query(
            f"{self._draw(self._surnames)} {self._draw(self._surnames)}",
            " ".join(given),
            PartialDate.of(date(1945, 1, 1) + timedelta(days=rng.randrange(23_000))),
            rng.choice(_STATES),
            rng.choice("FM"),
            (Document("".join(rng.choices("ABCDEFGH0123456789", k=9))),),
        )


def _entry(number: int, person: Query, rng: Random) -> Entry:
    """A listed person: some with an alias, some with only the year of birth or no birth date, few with a document."""
    names = [f"{person.given_names} {person.surname}"]
    if rng.random() < 0.5:
        names.append(f"{str(person.given_names).split()[0]} {str(person.surname).split()[0]}")
    dated = rng.random()
    birth = person.birth_date if dated < 0.85 else PartialDate(person.birth_date.year if person.birth_date else 1)
    return Entry(
        f"W-{number}",
        tuple(names),
        (birth,) if birth and dated < 0.95 else (),
        (str(person.nationality),),
        person.sex,
        person.documents if rng.random() < 0.2 else (),
    )


def _listed(world: _World, count: int, people: dict[int, Query], rng: Random) -> Iterator[Entry]:
    """So many entries, of whose people some are kept, by number, to travel."""
    for number in range(count):
        person = world.person()
        if number % (1 + count // _KEPT) == 0:
            people[number] = person
        yield _entry(number, person, rng)


def _query(world: _World, people: dict[int, Query], rng: Random) -> tuple[Query, str | None]:
    """A stranger, or a listed person as a carrier wrote them, without the document."""
    if rng.random() >= _LISTED:
        return world.person(), None
    number = rng.choice(list(people))
    person = people[number]
    surname, given, birth = str(person.surname), person.given_names, person.birth_date
    damage = rng.choice(_DAMAGE)
    if damage == "order":
        surname, given = str(given), surname
    elif damage == "second surname dropped":
        surname = surname.split()[0]
    elif damage == "typo":
        surname = surname[:2] + surname[3:]
    elif damage == "day and month exchanged" and birth and birth.day and birth.day <= 12:
        birth = PartialDate(birth.year, birth.day, birth.month)
    elif damage == "birth date missing":
        birth = None
    return Query(surname, given, birth, person.nationality, person.sex), f"W-{number}"
