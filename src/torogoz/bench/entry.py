"""One entry added or removed: how soon the next traveller that another process screens is held against the list so.

One process is the door: by form it puts an entry in force that a colleague has entered, or removes it again, and says
when the form was answered. The other holds the list ready as a worker does, mapped from memory, and then asks for that
very person. `form` is what the form takes, `seen` what passes from then to the end of the answer, `whole` both. A
change that the answer does not show is missed. Nobody waits for a poll: whoever asks looks at the state of the lists.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from torogoz.bench import Result
from torogoz.bench.end_to_end import REVIEW, centre, listed
from torogoz.bench.home import database, throw_away_home
from torogoz.bench.watchlist.ours import quantile
from torogoz.domain.dates import PartialDate
from torogoz.errors import OurError
from torogoz.matching import DEFAULT_THRESHOLD, Query

_NAME = "bench"
_WHAT = ("added", "removed")


@dataclass(frozen=True, slots=True)
class _Done:
    """What the door did for one person: when the form was sent and answered."""

    what: str
    number: int
    sent: float
    answered: float


@dataclass(frozen=True, slots=True)
class _Seen:
    """A change, when the answer behind it was there, and whether that did not show it."""

    done: _Done
    end: float
    missed: bool


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the sizes."""
    parser.add_argument("--entries", type=int, default=100_000, help="people on the list (default: %(default)s)")
    parser.add_argument("--changes", type=int, default=100, help="people added, and removed (default: %(default)s)")


def measure(arguments: argparse.Namespace) -> Result:
    """Import the list, hold it ready, and ask behind every change that the other process makes."""
    with throw_away_home() as home:
        from django.utils import timezone

        from torogoz.flow.kernels import warm
        from torogoz.flow.screen import lists_in_force
        from torogoz.flow.watchlists import import_list

        warm()
        centre()
        import_list(None, _NAME, [listed(arguments.entries)], timezone.now())
        lists_in_force(timezone.now())
        context = get_context("spawn")
        here, there = context.Pipe()
        other = context.Process(target=_change, args=(str(home), arguments.changes, there))
        other.start()
        there.close()
        seen = list(_ask(here))
        other.join()
        if other.exitcode:
            raise OurError("the process that changes the list has failed")
        measured = database()
    return Result(
        sizes={"database": measured, "entries": arguments.entries, "changes": len(seen)},
        figures={"missed": sum(each.missed for each in seen)},
        curves={
            f"{what}, {name}, ms": {
                "p50": quantile(took, 0.5) * 1000,
                "p99": quantile(took, 0.99) * 1000,
                "first": took[0] * 1000,
                "slowest": max(took) * 1000,
            }
            for what in _WHAT
            for name, took in _times([each for each in seen if each.done.what == what])
        },
    )


def _times(seen: Sequence[_Seen]) -> Iterator[tuple[str, list[float]]]:
    yield "form", [each.done.answered - each.done.sent for each in seen]
    yield "seen", [each.end - each.done.answered for each in seen]
    yield "whole", [each.end - each.done.sent for each in seen]


def _ask(told: Connection) -> Iterator[_Seen]:
    """Ask for the person of each change as soon as the door says that it is done."""
    from django.utils import timezone

    from torogoz.flow.screen import lists_in_force
    from torogoz.matching import match

    while True:
        try:
            done: _Done = told.recv()
        except EOFError:
            return
        found = {
            each.entry.id
            for one in lists_in_force(timezone.now())
            for each in match(_query(done.number), one.index, DEFAULT_THRESHOLD)
        }
        end = time.monotonic()
        told.send(None)
        yield _Seen(done, end, (_key(done.number) in found) is not (done.what == "added"))


def _change(home: str, changes: int, told: Connection) -> None:
    """In a process of its own: put entries in force and remove them, each behind the answer to the one before."""
    from torogoz.cli.django import ready

    ready(Path(home))
    from django.utils import timezone

    from torogoz.domain.purpose import Purpose
    from torogoz.domain.staff import StaffRole
    from torogoz.flow.entries import enter, remove
    from torogoz.flow.waiting import put_in_force
    from torogoz.storage.access.guard import who_is
    from torogoz.storage.models import Account, Agency, Watchlist, WatchlistEntry

    role, agency = StaffRole.SUPERVISOR, Agency.objects.get()
    first, second = (
        who_is(Account.objects.create(username=f"{role}-{name}", role=role, agency=agency), Purpose.SERIOUS_CRIME)
        for name in ("first", "second")
    )
    watchlist = Watchlist.objects.get().pk
    for number in range(changes):
        waiting = enter(first, watchlist, _cells(number), timezone.now())
        sent = time.monotonic()
        put_in_force(second, waiting, "synthetic", timezone.now())
        told.send(_Done("added", number, sent, time.monotonic()))
        told.recv()
        row = WatchlistEntry.objects.get(watchlist=watchlist, key=_key(number), version_to=None).pk
        sent = time.monotonic()
        remove(first, row, "a synthetic reason", timezone.now())
        told.send(_Done("removed", number, sent, time.monotonic()))
        told.recv()


def _key(number: int) -> str:
    return f"one-{number}"


def _surname(number: int) -> str:
    """A family name of its own for each number: its digits as letters."""
    return "".join(chr(ord("A") + int(digit)) + "OR" for digit in f"{number:06}")


def _query(number: int) -> Query:
    return Query(_surname(number), "SINTETICA ANA", PartialDate(1988, 2, 29), "SLV", "F")


def _cells(number: int) -> dict[str, str]:
    return {
        "id": _key(number),
        "names": f"{_surname(number)}, SINTETICA ANA",
        "birth_date": "1988-02-29",
        "nationality": "SLV",
        "sex": "F",
        "owner": "CENTRE",
        "legal_basis": "synthetic",
        "purpose": "serious_crime",
        "reason": "synthetic",
        "grade": "B2",
        "handling": "C",
        "action": "refer",
        "review_on": str(REVIEW),
    }
