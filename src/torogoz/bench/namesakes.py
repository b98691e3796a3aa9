"""The harm of matching: innocent travellers who are raised, as curves over the threshold.

Namesakes have exactly the main name of somebody listed, made of common words, and a whole birth date that is clearly
another, and the same nationality or another. Strangers come from the same nation as the listed, with whole data and
without a birth date. Raised is whoever has a match at the threshold, with anybody on the list; told apart is whether
the match is the very entry whose name they bear.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from random import Random

from torogoz.bench import Result
from torogoz.bench.watchlist import curves, ours
from torogoz.bench.watchlist.curves import Curve
from torogoz.bench.watchlist.damage import query_of
from torogoz.bench.watchlist.travellers import Asked, listed_people, strangers
from torogoz.domain.dates import DateRelation, PartialDate, relate_dates
from torogoz.domain.name import words
from torogoz.domain.watchlist import Entry
from torogoz.matching import DEFAULT_THRESHOLD, ListIndex, build, match
from torogoz.synth.nation.people import nation

#: A common name: each of its words is borne by at least one in so many of the list.
COMMON = 1_000
#: Entries looked at for each namesake that is wanted: most names are not common.
_LOOKED_AT = 120


@dataclass(frozen=True, slots=True)
class _Group:
    name: str
    asked: tuple[Asked, ...]


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the sizes."""
    parser.add_argument("--entries", type=int, default=100_000, help="people on the list (default: %(default)s)")
    parser.add_argument("--namesakes", type=int, default=1_000, help="of each kind (default: %(default)s)")
    parser.add_argument("--strangers", type=int, default=5_000, help="of each kind (default: %(default)s)")
    parser.add_argument("--threshold", type=float, default=DEFAULT_THRESHOLD, help="the lowest (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=5, help="(default: %(default)s)")


def measure(arguments: argparse.Namespace) -> Result:
    """Make the list, ask for each group, count."""
    rng = Random(f"{arguments.seed}/bench/namesakes")
    looked_at = min(arguments.entries, _LOOKED_AT * arguments.namesakes)
    numbers = sorted(rng.sample(range(arguments.entries), looked_at))
    entries, known = listed_people(arguments.seed, arguments.entries, frozenset(numbers))
    bearers = Counter(word for entry in entries for word in {word for name in entry.names for word in words(name)})
    common = (
        (f"W-{number}", query_of(known[number]))
        for number in numbers
        if entries[number].birth_dates == (known[number].born,)
        and all(bearers[word] * COMMON >= len(entries) for word in words(entries[number].names[0]))
    )
    same = tuple(
        Asked(replace(query, birth_date=_clearly_other(query.birth_date, rng)), entry)
        for entry, query in islice(common, arguments.namesakes)
    )
    clean = tuple(Asked(query) for query in islice(strangers(arguments.seed), arguments.strangers))
    groups = (
        _Group("namesakes, same nationality", same),
        _Group("namesakes, other nationality", tuple(_of_other_nationality(same, rng))),
        _Group("strangers, whole data", clean),
        _Group("strangers, no birth date", tuple(Asked(replace(one.query, birth_date=None)) for one in clean)),
    )
    return _counted(groups, entries, build(entries), arguments.threshold)


def _counted(groups: Sequence[_Group], entries: Sequence[Entry], index: ListIndex, least: float) -> Result:
    shown: dict[str, Curve] = {}
    for group in groups:
        found = [ours.brief(match(one.query, index, least)) for one in group.asked]
        shown[f"{group.name}: share raised"] = curves.raised(found, least)
        shown[f"{group.name}: matches per 1,000"] = curves.matches_per_1000(found, least)
        if any(one.listed for one in group.asked):
            pairs = list(zip(group.asked, found, strict=True))
            shown[f"{group.name}: share raised as their namesake"] = curves.recalled(pairs, least)
    point = f"{least:g}"
    return Result(
        sizes={"entries": len(entries), "names": sum(len(entry.names) for entry in entries)}
        | {group.name: len(group.asked) for group in groups},
        figures={
            "namesakes_raised": shown["namesakes, same nationality: share raised"][point],
            "namesakes_raised_as_their_namesake": shown["namesakes, same nationality: share raised as their namesake"][
                point
            ],
            "namesakes_of_other_nationality_raised": shown["namesakes, other nationality: share raised"][point],
            "false_reviews_per_1000": 1000 * shown["strangers, whole data: share raised"][point],
            "false_reviews_per_1000_without_birth_date": 1000 * shown["strangers, no birth date: share raised"][point],
        },
        curves=shown,
    )


def _clearly_other(birth: PartialDate | None, rng: Random) -> PartialDate:
    """A whole birth date that no slip explains: relation `other`, and of another year."""
    while True:
        other = PartialDate(rng.randrange(1940, 2008), rng.randrange(1, 13), rng.randrange(1, 29))
        if birth is None or (relate_dates(birth, other) is DateRelation.OTHER and birth.year != other.year):
            return other


def _of_other_nationality(asked: Sequence[Asked], rng: Random) -> Iterator[Asked]:
    everybody = [person.nationality for person in islice(nation(0, "nationalities"), 1_000)]
    for one in asked:
        other = rng.choice([state for state in everybody if state != one.query.nationality])
        yield replace(one, query=replace(one.query, nationality=other))
