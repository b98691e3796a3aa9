"""Matching travellers against a list of invented people (`synth.nation`), beside peers in the same run.

Most travellers are strangers to the list; one in fifty is listed, and written as carriers write (`watchlist.damage`):
recall class by class is told by `accuracy`. Peers: rapidfuzz's Jaro–Winkler and Indel over every name with a filter by
birth date, and, where an interpreter with nomenklatura is named, its logic-v2 on a sample of pairs. Ratios are of one
process against one.
`--verify N` holds the first N answers against brute force of the same scorer, and fails where one differs.
"""

from __future__ import annotations

import argparse
import os
from dataclasses import replace
from itertools import islice
from random import Random

from torogoz.bench import Result
from torogoz.bench.watchlist import edit_distance, logic_v2, ours
from torogoz.bench.watchlist.curves import Curve, by_class
from torogoz.domain.name import words
from torogoz.matching import DEFAULT_THRESHOLD

#: Travellers whom a linear scan answers to tell its rate, which does not depend on how many.
_SCANNED = 20
#: Pairs of strangers with entries at random whom logic-v2 scores.
_RANDOM_PAIRS = 2_000


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the sizes."""
    parser.add_argument("--entries", type=int, default=100_000, help="people on the list (default: %(default)s)")
    parser.add_argument("--queries", type=int, default=20_000, help="travellers (default: %(default)s)")
    parser.add_argument("--threshold", type=float, default=DEFAULT_THRESHOLD, help="(default: %(default)s)")
    parser.add_argument("--verify", type=int, default=0, metavar="N", help="hold N answers against brute force")
    parser.add_argument("--seed", type=int, default=5, help="(default: %(default)s)")
    parser.add_argument(
        "--processes", type=int, default=os.cpu_count(), help="also measure with so many (default: one a core)"
    )
    parser.add_argument(
        "--scaling", type=int, nargs="+", default=[], metavar="N", help="also measure lists of N people"
    )
    parser.add_argument(
        "--peer-strangers",
        type=int,
        default=1_000,
        help="whose false hits at the peers are counted (default: %(default)s)",
    )
    logic_v2.configure(parser)


def measure(arguments: argparse.Namespace) -> Result:
    """Build once, ask everybody, let the peers do some of the same; then other sizes, each in processes of its own."""
    task = ours.Task(arguments.seed, arguments.entries, arguments.queries, arguments.threshold, arguments.verify)
    ran = ours.run(task)
    figures = ours.figures([ran])
    rates, curves = _peers(ran, arguments.peer_strangers)
    ratios = {name: figures["queries_per_s"] / rate for name, rate in rates.items()}
    figures |= {f"{name}_queries_per_s": rate for name, rate in rates.items()}
    curves = by_class(zip(ran.asked, ran.found, strict=True), arguments.threshold) | curves
    figures["recall"] = next(iter(curves["recall"].values()))
    figures["matches_per_stranger"] = next(iter(curves["false matches per 1,000 strangers"].values())) / 1000
    if arguments.logic_v2:
        figures |= _logic_v2(ran, arguments.logic_v2, arguments.seed)
    sizes = {
        "entries": len(ran.entries),
        "names": sum(len(entry.names) for entry in ran.entries),
        "words": len({word for entry in ran.entries for name in entry.names for word in words(name)}),
        "queries": len(ran.asked),
        "listed_travellers": sum(one.listed is not None for one in ran.asked),
        "verified": arguments.verify,
    }
    del ran
    figures |= _elsewhere(replace(task, verify=0), arguments.processes, arguments.scaling)
    return Result(sizes, figures, ratios, curves)


def _peers(ran: ours.Ran, strangers: int) -> tuple[dict[str, float], dict[str, Curve]]:
    scan = edit_distance.Scan(ran.entries)
    queries = [one.query for one in ran.asked[:_SCANNED]]
    counted = [one for one in ran.asked if one.listed]
    counted += islice((one for one in ran.asked if not one.listed), strangers)
    rates: dict[str, float] = {}
    curves: dict[str, Curve] = {}
    for name, (scorer, cutoff, _) in edit_distance.PEERS.items():
        rates[name] = scan.rate(queries, scorer, cutoff)
        curves |= edit_distance.accuracy(scan, counted, name)
    return rates, curves


def _logic_v2(ran: ours.Ran, python: str, seed: int) -> dict[str, float]:
    rng = Random(f"{seed}/bench/pairs")
    places = {entry.id: place for place, entry in enumerate(ran.entries)}
    own = [(one.query, ran.entries[places[one.listed]]) for one in ran.asked if one.listed]
    strangers = [one.query for one in ran.asked if not one.listed][:_RANDOM_PAIRS]
    others = [(query, rng.choice(ran.entries)) for query in strangers]
    true = logic_v2.scored(python, [(logic_v2.asked(query), logic_v2.listed(entry)) for query, entry in own])
    random = logic_v2.scored(python, [(logic_v2.asked(query), logic_v2.listed(entry)) for query, entry in others])
    return {
        "logic_v2_pairs_per_s": random.per_s,
        "logic_v2_true_pairs_per_s": true.per_s,
        "logic_v2_recall_of_true_pairs": _reaching(true.scores),
        "logic_v2_random_pairs_raised": _reaching(random.scores),
    }


def _reaching(scores: tuple[float, ...]) -> float:
    return sum(score >= logic_v2.USUAL for score in scores) / max(1, len(scores))


def _elsewhere(task: ours.Task, processes: int, scaling: list[int]) -> dict[str, float]:
    found: dict[str, float] = {}
    if processes > 1:
        for key, value in ours.in_processes(task, processes).items():
            found[f"{processes}_processes_{key}"] = value
    for entries in scaling:
        for key, value in ours.in_processes(replace(task, entries=entries), 1).items():
            found[f"{entries}_entries_{key}"] = value
    if len(scaling) > 1:
        found["times_linear"] = _times_linear(found, min(scaling), max(scaling))
    return found


def _times_linear(found: dict[str, float], small: int, large: int) -> float:
    """How many times longer the large list takes than if time grew as the list does: 1 is linear, less is better."""
    slower = found[f"{small}_entries_queries_per_s"] / found[f"{large}_entries_queries_per_s"]
    return slower * small / large
