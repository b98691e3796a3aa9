"""Travellers asked one by one without a pause while their list is exchanged: what each of them waits.

The new version is imported and put in force by another process, as at a door; the one that asks has it made ready
beside, as a worker does. It changes every entry, drops a hundredth of them, and adds as many. Every other traveller is
listed in both versions: who is not found is counted as missed.
"""

from __future__ import annotations

import argparse
import csv
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import cycle
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from random import Random

from torogoz.bench import Result
from torogoz.bench.end_to_end import REVIEW, centre, listed
from torogoz.bench.home import database, throw_away_home
from torogoz.bench.watchlist.ours import quantile
from torogoz.bench.watchlist.travellers import strangers
from torogoz.domain.dates import PartialDate
from torogoz.errors import OurError
from torogoz.matching import DEFAULT_THRESHOLD, Query

_NAME = "bench"
#: So many travellers who are listed, and as many who are not, are asked in turn.
_TRAVELLERS = 500
#: As much of the list is dropped, and comes.
_EXCHANGED = 0.01
#: The review date of every entry of the new version, which no entry had before.
_LATER = REVIEW + timedelta(days=366)
#: What the other process did, and what the asking one saw, each from its moment to that of the next.
_PHASES = ("quiet", "importing", "waiting", "approving", "exchanging", "exchanged")


@dataclass(frozen=True, slots=True)
class _Traveller:
    """Somebody to ask for, and the id under which they are listed, if they are."""

    query: Query
    listed: str | None = None


@dataclass(frozen=True, slots=True)
class _Answer:
    """When an answer was asked for, the seconds that it took, by which version, and whether it lacked who is listed."""

    asked: float
    seconds: float
    version: int
    missed: bool


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the sizes."""
    parser.add_argument("--entries", type=int, default=100_000, help="people on the list (default: %(default)s)")
    parser.add_argument(
        "--quiet",
        type=float,
        default=10.0,
        metavar="S",
        help="seconds of asking before and after (default: %(default)s)",
    )


def measure(arguments: argparse.Namespace) -> Result:
    """Import the list, ask without a pause, and let another process exchange it meanwhile."""
    with throw_away_home() as home:
        from django.utils import timezone

        from torogoz.flow.watchlists import import_list

        travellers = _write_versions(home, arguments.entries)
        centre()
        import_list(None, _NAME, _chunks(home / "old"), timezone.now())
        context = get_context("spawn")
        here, there = context.Pipe(duplex=False)
        other = context.Process(target=_exchange, args=(str(home), arguments.quiet, there))
        answers = _ask(travellers, other, arguments.quiet)
        began = here.recv()
        other.join()
        measured = database()
    began |= {"quiet": 0.0, "exchanged": next(each.asked for each in answers if each.version > 1)}
    return Result(
        sizes={"database": measured, "entries": arguments.entries, "answers": len(answers)},
        figures={
            "import_s": began["waiting"] - began["importing"],
            "approve_s": began["exchanging"] - began["approving"],
            "until_the_new_version_answers_s": began["exchanged"] - began["exchanging"],
            "missed": sum(each.missed for each in answers),
        },
        curves=dict(_by_phase(answers, began)),
    )


def _write_versions(home: Path, entries: int) -> list[_Traveller]:
    """Write both versions as files; give whom to ask for, in turn somebody who stands in both and somebody in none."""
    moved = max(1, int(entries * _EXCHANGED))
    header, *lines = listed(entries + moved).decode().splitlines(keepends=True)
    (home / "old").write_text("".join([header, *lines[:entries]]))
    (home / "new").write_text("".join([header, *lines[moved:]]).replace(str(REVIEW), str(_LATER)))
    travellers = []
    sample = Random(5).sample(lines[moved:entries], min(_TRAVELLERS, entries - moved))
    for (key, name, born, nation, sex, *_), query in zip(csv.reader(sample), strangers(5), strict=False):
        surname, _, given = name.partition(", ")
        travellers.append(_Traveller(Query(surname, given, PartialDate.parse(born), nation, sex), key))
        travellers.append(_Traveller(query))
    return travellers


def _ask(travellers: Sequence[_Traveller], other: BaseProcess, quiet: float) -> list[_Answer]:
    """Ask until the new version has answered for a while; `other`, which brings it, starts behind the first answer."""
    from django.utils import timezone

    from torogoz.flow.screen import lists_in_force
    from torogoz.matching import match

    answers: list[_Answer] = []
    end = None
    for traveller in cycle(travellers):
        asked = time.monotonic()
        lists = lists_in_force(timezone.now())
        found = {each.entry.id for one in lists for each in match(traveller.query, one.index, DEFAULT_THRESHOLD)}
        seconds = time.monotonic() - asked
        if other.pid is None:  # the first answer made the list ready
            other.start()
            continue
        missed = traveller.listed is not None and traveller.listed not in found
        answers.append(_Answer(asked, seconds, max(one.version for one in lists), missed))
        if end is None and answers[-1].version > 1:
            end = asked + quiet
        if end is not None and asked > end:
            break
        if other.exitcode:
            raise OurError("the process that exchanges the list has failed")
    return answers


def _exchange(home: str, quiet: float, told: Connection) -> None:
    """In a process of its own: import the new version, put it in force, and tell when each of that began."""
    from torogoz.cli.django import ready

    ready(Path(home))
    from django.utils import timezone

    from torogoz.domain.staff import StaffRole
    from torogoz.flow.waiting import put_in_force
    from torogoz.flow.watchlists import Live, import_list
    from torogoz.storage.access.guard import who_is
    from torogoz.storage.models import Account, Agency

    role = StaffRole.SUPERVISOR
    second = who_is(Account.objects.create(username=role, role=role, agency=Agency.objects.get()))
    time.sleep(quiet)
    began = {"importing": time.monotonic()}
    report = import_list(None, _NAME, _chunks(Path(home) / "new"), timezone.now(), live=Live.LOOK)
    began["waiting"] = time.monotonic()
    time.sleep(quiet / 2)
    began["approving"] = time.monotonic()
    put_in_force(second, report.waiting or 0, "synthetic", timezone.now())
    began["exchanging"] = time.monotonic()
    told.send(began)


def _by_phase(answers: Sequence[_Answer], began: Mapping[str, float]) -> Iterator[tuple[str, dict[str, float]]]:
    ends = [*(began[phase] for phase in _PHASES[1:]), float("inf")]
    for phase, end in zip(_PHASES, ends, strict=True):
        took = [each.seconds for each in answers if began[phase] <= each.asked < end]
        if took:
            yield (
                f"{phase}, ms",
                {
                    "answers": len(took),
                    "p50": quantile(took, 0.5) * 1000,
                    "p99": quantile(took, 0.99) * 1000,
                    "slowest": max(took) * 1000,
                },
            )


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(65_536):
            yield chunk
