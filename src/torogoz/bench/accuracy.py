"""Recall by damage against innocent travellers raised, as curves over the threshold, beside peers in the same run.

Of every class of `watchlist.damage` so many listed travellers are asked for, and clean strangers with whole data, the
same strangers without a birth date, and strangers of whose name a carrier left less than it was, or added a title. A
listed traveller counts as found where their own entry is. Everybody listed has 12 in 100 nationalities and 4 in 100
sexes wrong or missing; the same damages without that are asked for as well, to tell what it costs. Recall is told at
the review point, at 1 %, and where 5 and 1 of 1,000 strangers with whole data are raised: those two are read off the
strangers of the same run, and nothing was tuned to them.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from random import Random

from torogoz.bench import Result
from torogoz.bench.watchlist import curves, edit_distance, ours
from torogoz.bench.watchlist.curves import Curve
from torogoz.bench.watchlist.damage import CLASSES, damaged, misdeclared
from torogoz.bench.watchlist.ours import Found
from torogoz.bench.watchlist.travellers import Asked, listed_people, strangers
from torogoz.domain.operating_points import DEFAULT_POINTS
from torogoz.domain.watchlist import Entry
from torogoz.matching import build
from torogoz.synth.nation.people import Compatriot, nation

#: Listed people looked at for each that is wanted: few damages fit everybody.
_LOOKED_AT = 12
#: What leaves less of a name, or adds what is none, so that more people may be meant: strangers sent so are asked for.
_VAGUE = ("truncated", "initials", "split or glued", "title")
#: The goals of false reviews for 1,000 strangers with whole data.
_FALSE_REVIEWS = (5, 1)
Groups = dict[str, list[tuple[Asked, Found]]]


@dataclass(frozen=True, slots=True)
class _Planted:
    """A listed traveller as they arrive, and the same with nationality and sex as their document has them."""

    asked: Asked
    declared_right: Asked


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the sizes."""
    parser.add_argument("--entries", type=int, default=100_000, help="people on the list (default: %(default)s)")
    parser.add_argument("--each", type=int, default=1_000, help="listed travellers a class (default: %(default)s)")
    parser.add_argument("--strangers", type=int, default=20_000, help="of each kind (default: %(default)s)")
    parser.add_argument("--peer-each", type=int, default=200, help="a class, for the peers (default: %(default)s)")
    parser.add_argument("--peer-strangers", type=int, default=2_000, help="with whole data (default: %(default)s)")
    parser.add_argument("--threshold", type=float, default=0.0001, help="the lowest (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=5, help="(default: %(default)s)")


def measure(arguments: argparse.Namespace) -> Result:
    """Make the list and everybody who travels, ask, count."""
    rng = Random(f"{arguments.seed}/bench/accuracy")
    numbers = rng.sample(range(arguments.entries), min(arguments.entries, _LOOKED_AT * arguments.each))
    entries, known = listed_people(arguments.seed, arguments.entries, frozenset(numbers))
    planted = {name: list(_planted(name, numbers, known, arguments.each, rng)) for name in CLASSES}
    whole = [Asked(query) for query in islice(strangers(arguments.seed), arguments.strangers)]
    public = {"whole data": whole, "no birth date": [Asked(replace(one.query, birth_date=None)) for one in whole]}
    public |= {name: list(_vague(name, arguments.seed, arguments.strangers)) for name in _VAGUE}
    index = build(entries)

    def ask(asked: Sequence[Asked]) -> list[tuple[Asked, Found]]:
        found = ours.asked_for([one.query for one in asked], index, arguments.threshold)
        return list(zip(asked, found, strict=True))

    by_class = {name: ask([one.asked for one in some]) for name, some in planted.items()}
    declared_right = {name: ask([one.declared_right for one in some]) for name, some in planted.items()}
    raised = {name: [found for _, found in ask(some)] for name, some in public.items()}
    clean = raised.pop("whole data")
    shown = _curves(by_class, arguments.threshold) | _strangers({"whole data": clean} | raised, arguments.threshold)
    points = {"review": DEFAULT_POINTS.review, "1 %": 0.01}
    points |= {f"{rate} in 1,000": _point(clean, rate / 1_000, arguments.threshold) for rate in _FALSE_REVIEWS}
    for name, point in points.items():
        shown[f"recall at {name}"] = _recall(by_class, point)
        shown[f"recall at {name}, nationality and sex right"] = _recall(declared_right, point)
    shown["already listed so"] = _already_listed(by_class, {entry.id: entry for entry in entries})
    shown |= _peers(entries, planted, whole[: arguments.peer_strangers], arguments.peer_each)
    figures = {f"point of {name}": point for name, point in points.items()}
    for name, point in points.items():
        figures |= {
            f"false reviews per 1,000 at {name}": 1_000 * _raised(clean, point),
            **{f"false reviews per 1,000 at {name}, {kind}": 1_000 * _raised(raised[kind], point) for kind in raised},
            f"recall lost at {name} by wrong nationality and sex": _mean(
                shown[f"recall at {name}, nationality and sex right"]
            )
            - _mean(shown[f"recall at {name}"]),
        }
    sizes = {
        "entries": len(entries),
        "names": sum(len(entry.names) for entry in entries),
        "strangers of each kind": len(whole),
    }
    return Result(sizes | {f"listed, {name}": len(some) for name, some in planted.items()}, figures, curves=shown)


def _vague(damage: str, seed: int, count: int) -> Iterator[Asked]:
    """So many strangers whom the damage changes."""
    rng = Random(f"{seed}/bench/accuracy/strangers, {damage}")
    made = (damaged(person, damage, rng) for person in nation(seed, "public"))
    return islice((Asked(query) for query in made if query is not None), count)


def _planted(
    name: str, numbers: Sequence[int], known: Mapping[int, Compatriot], count: int, rng: Random
) -> Iterator[_Planted]:
    """So many listed people whom the damage changes, or as many as there are among those looked at."""
    made = 0
    for number in rng.sample(numbers, len(numbers)):
        if made == count:
            return
        query = damaged(known[number], name, rng)
        if query is not None:
            made += 1
            asked = Asked(query, f"W-{number}", name)
            yield _Planted(replace(asked, query=misdeclared(query, rng)), asked)


def _curves(by_class: Groups, least: float) -> dict[str, Curve]:
    return {f"recall, {name}": curves.recalled(some, least) for name, some in by_class.items()}


def _strangers(raised: Mapping[str, Sequence[Found]], least: float) -> dict[str, Curve]:
    return {
        f"{what} per 1,000 strangers, {name}": {point: factor * value for point, value in count(found, least).items()}
        for name, found in raised.items()
        for what, count, factor in (
            ("false reviews", curves.raised, 1_000),
            ("false matches", curves.matches_per_1000, 1),
        )
    }


def _point(strangers_found: Sequence[Found], share: float, least: float) -> float:
    """The lowest threshold asked for at which no more than this share of strangers is raised."""
    best = sorted((max((chance for _, chance in found), default=0.0) for found in strangers_found), reverse=True)
    allowed = int(share * len(best))
    # Just above the first who may not be raised.
    first = best[allowed] if allowed < len(best) else 0.0
    return max(least, first + 1e-9)


def _recall(by_class: Groups, point: float) -> Curve:
    return {
        name: sum(any(entry == one.listed and chance >= point for entry, chance in found) for one, found in some)
        / max(1, len(some))
        for name, some in by_class.items()
    }


def _raised(found: Sequence[Found], point: float) -> float:
    return sum(any(chance >= point for _, chance in one) for one in found) / max(1, len(found))


def _mean(curve: Curve) -> float:
    return sum(curve.values()) / max(1, len(curve))


def _already_listed(by_class: Groups, entries: Mapping[str, Entry]) -> Curve:
    """The share whose damaged name is, but for order, one of their own entry's names: easier than it looks."""

    def listed(one: Asked) -> bool:
        name = edit_distance.sorted_words(one.query.surname, one.query.given_names)
        return name in map(edit_distance.sorted_words, entries[one.listed or ""].names)

    return {name: sum(listed(one) for one, _ in some) / max(1, len(some)) for name, some in by_class.items()}


def _peers(
    entries: Sequence[Entry], planted: Mapping[str, Sequence[_Planted]], clean: Sequence[Asked], each: int
) -> dict[str, Curve]:
    """Each peer's recall by class at its cut-offs, and its false reviews of the same strangers."""
    scan = edit_distance.Scan(entries)
    shown: dict[str, Curve] = {}
    for peer in edit_distance.PEERS:
        shown |= edit_distance.false_hits(scan, clean, peer)
        for name, some in planted.items():
            shown[f"{peer} recall, {name}"] = edit_distance.recall(scan, [one.asked for one in some[:each]], peer)
    return shown
