"""Bulk matching of a file of people against a list, without a database.

Writes one JSON object a query, in order, with every entry of at least the threshold and every exact document, best
first, each with its evidence. Lines that cannot be read are told on standard error and the exit status is 1; all
others are done. Many queries are answered by flights, by as many processes as there are cores (`cli.bulk`).
"""

from __future__ import annotations

import argparse
import gc
import json
import resource
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Any, TypeVar

import msgspec

from torogoz.cli.bulk import Bulk, Flight, Written, answered, processes_for
from torogoz.cli.progress import Timed, progress
from torogoz.domain.hit import Evidence
from torogoz.errors import AuthorError
from torogoz.flow.kernels import warm
from torogoz.matching import DEFAULT_THRESHOLD, ListIndex, Match, Query, build
from torogoz.matching.explain import Language, likelihood, sentence
from torogoz.matching.letters import Part, letters
from torogoz.matching.outlook import chance, changes
from torogoz.matching.retrieve import least_millibits
from torogoz.matching.sources.csv import read_list, read_queries
from torogoz.matching.sources.rows import RefusedRow

_CHUNK = 1 << 16
#: More refused lines than this are counted, not told one by one.
_MOST_TOLD = 100

Item = TypeVar("Item")


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--list", required=True, type=Path, metavar="FILE.csv", dest="listed", help="the list")
    parser.add_argument("--queries", required=True, type=Path, metavar="FILE.csv", help="whom to look for")
    parser.add_argument("--out", type=Path, metavar="FILE.ndjson", help="where to write (default: standard output)")
    parser.add_argument(
        "--threshold",
        type=_probability,
        default=DEFAULT_THRESHOLD,
        metavar="P",
        help="least probability, between 0 and 1 (default: %(default)s)",
    )
    parser.add_argument(
        "--processes",
        type=_some,
        metavar="N",
        help="how many (default: as many as the queries are worth, up to the cores)",
    )
    parser.add_argument("--stats", type=Path, metavar="FILE.json", help="write sizes, times and memory here")
    parser.add_argument("--explain", action="store_true", help="also put each match into words on standard error")
    parser.add_argument("--language", choices=("en", "es"), default="en", help="language of the evidence")


def run(arguments: argparse.Namespace) -> int:
    """Read, build, match, write."""
    if sys.stderr.isatty():
        print("making ready: about a minute once a version, then a moment", file=sys.stderr)
    # Before any clock starts, as in a service: no time of building or asking holds the compiling of kernels.
    warm()
    refusals = _Refusals()
    start = time.perf_counter()
    # Entries go into the index one by one: no list of a million of them is ever in memory.
    entries = Timed(refusals.kept(arguments.listed, read_list(_chunks(arguments.listed))))
    index = build(entries)
    built = time.perf_counter()
    queries = list(refusals.kept(arguments.queries, read_queries(_chunks(arguments.queries))))
    loading = entries.seconds + time.perf_counter() - built
    # What stays until the end is taken out of the collector's rounds.
    gc.freeze()
    with ExitStack() as stack:
        out: IO[str] = stack.enter_context(arguments.out.open("w", encoding="utf-8")) if arguments.out else sys.stdout
        flights = Timed(answered(_bulk(queries, index, arguments), arguments.processes or processes_for(len(queries))))
        alone = _write(flights, len(queries), out)
    if arguments.stats:
        stats = _stats(index, len(queries), flights.seconds, alone, loading, built - start - entries.seconds)
        arguments.stats.write_text(json.dumps(stats) + "\n", encoding="utf-8")
    return refusals.status()


def _bulk(queries: list[tuple[str, Query]], index: ListIndex, arguments: argparse.Namespace) -> Bulk:
    def write(key: str, matches: Sequence[Match]) -> Written:
        shown = _shown(matches, arguments.threshold)
        answer = {"query": key, "matches": [as_json(found, arguments.language) for found in shown]}
        words = [_in_words(key, found, arguments.language) for found in shown] if arguments.explain else []
        return Written(msgspec.json.encode(answer).decode() + "\n", "".join(words))

    return Bulk(queries, index, arguments.threshold, write)


def _write(flights: Iterable[Flight], queries: int, out: IO[str]) -> list[float]:
    """Write the answers as they come, and give the seconds of those that were asked alone."""
    seconds: list[float] = []

    def each() -> Iterator[Written]:
        for flight in flights:
            seconds.extend(flight.seconds)
            yield from flight.answers

    for answer in progress(each(), "matched", queries):
        out.write(answer.line)
        if answer.words:
            sys.stderr.write(answer.words)
    return seconds


def _shown(matches: Iterable[Match], threshold: float) -> list[Match]:
    """Those at or above the threshold, and exact documents. A name alone, which a dossier would show, is no finding."""
    least = least_millibits(threshold)
    return [found for found in matches if found.exact_document or found.millibits >= least]


def as_json(found: Match, language: Language) -> dict[str, Any]:
    """A match as the contract writes it."""
    by_chance = chance(found.evidence)
    return {
        "entry": found.entry.id,
        "probability": found.probability,
        "bits": found.bits,
        "name": found.name,
        "evidence": [_evidence_as_json(each, language) for each in found.evidence],
        "chance": {"entries": by_chance.entries, "text": sentence(by_chance, language)} if by_chance else None,
        "would_change": [
            {"code": each.code, "probability": each.probability, "text": sentence(each, language)}
            for each in changes(found.evidence)
        ],
    }


def _evidence_as_json(piece: Evidence, language: Language) -> dict[str, Any]:
    """A piece of evidence; of words that were taken for one without being the same, also which letters agree."""
    written: dict[str, Any] = {
        "field": piece.field,
        "code": piece.code,
        "bits": piece.bits,
        "text": sentence(piece, language),
    }
    if aligned := letters(piece):
        written["letters"] = [{"asked": part.asked, "listed": part.listed, "same": part.same} for part in aligned]
    return written


def _in_words(key: str, found: Match, language: Language) -> str:
    """A match as a card: one line for each piece of evidence, as a person would add it up."""
    lines = [f"{key} → {found.entry.id}  nominal P {likelihood(found.probability)}  ({found.bits:+.1f} bits)"]
    for each in found.evidence:
        lines.append(f"  {each.bits:+7.1f}  {sentence(each, language)}")
        if aligned := letters(each):
            lines.append(f"{'':11}{_side_by_side(aligned)}")
    if by_chance := chance(found.evidence):
        lines.append(f"{'':11}{sentence(by_chance, language)}")
    lines += (
        f"{'':11}{sentence(change, language)}: P {likelihood(change.probability)}" for change in changes(found.evidence)
    )
    return "\n".join([*lines, ""])


def _side_by_side(aligned: Iterable[Part]) -> str:
    """Both words, what differs in brackets: `GON[S]ALE[Z] / GON[Z]ALE[S]`."""
    sides: tuple[list[str], list[str]] = [], []
    for part in aligned:
        for side, text in zip(sides, (part.asked, part.listed), strict=True):
            side.append(text if part.same else f"[{text}]")
    return " / ".join("".join(side) for side in sides)


class _Refusals:
    """Tells refused lines on standard error, the first of them one by one."""

    def __init__(self) -> None:
        self.count = 0

    def kept(self, path: Path, items: Iterable[Item | RefusedRow]) -> Iterator[Item]:
        """What could be read of a file."""
        for item in items:
            if isinstance(item, RefusedRow):
                self.count += 1
                if self.count <= _MOST_TOLD:
                    print(f"author: {path.name}: {item.text('en')}", file=sys.stderr)
            else:
                yield item

    def status(self) -> int:
        """The exit status, with a last line for those not told."""
        if self.count > _MOST_TOLD:
            print(f"author: {self.count - _MOST_TOLD} more lines were refused", file=sys.stderr)
        return AuthorError.exit_status if self.count else 0


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield from iter(lambda: file.read(_CHUNK), b"")


def _probability(text: str) -> float:
    value = float(text)
    if not 0 < value < 1:
        raise argparse.ArgumentTypeError("a probability lies between 0 and 1")
    return value


def _some(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError("at least one")
    return value


def _stats(
    index: ListIndex, queries: int, match_s: float, alone: list[float], load_s: float, build_s: float
) -> dict[str, float]:
    """Sizes, times and memory; the times of one query are of those that were asked alone."""
    ordered = sorted(alone) or [0.0]

    def percentile(share: float) -> float:
        return round(1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))], 4)

    peak = max(resource.getrusage(whose).ru_maxrss for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return {
        "entries": index.size,
        "names": index.name_count,
        "queries": queries,
        "load_s": round(load_s, 4),
        "build_s": round(build_s, 4),
        "match_s": round(match_s, 4),
        "p50_ms": percentile(0.5),
        "p99_ms": percentile(0.99),
        "peak_rss_mb": round(peak / 1024, 1),
    }
