"""Imports floors 0 and 1, takes their hands away, and has them work; test_purity.py runs it in a process of its own.

After the imports the kernels of matching are compiled, or loaded from where numba keeps them: the one thing for which
the pure floors need a file. From then on an audit hook refuses files, sockets, processes and threads; the clock,
randomness and the environment raise no audit event, so they are replaced. What Python's own import system opens is let
through: a library may load a part of itself when it is first used.
"""

import importlib
import os
import pkgutil
import random
import sys
import time
from collections.abc import Callable
from types import FrameType
from typing import Any, NoReturn

import torogoz
from torogoz.flow.kernels import warm

FLOORS = ("errors", "edifact", "domain", "messages", "matching", "targeting", "links", "privacy", "screening")
HANDS = ("open", "os.", "shutil.", "socket.", "sqlite3.", "subprocess.", "tempfile.", "urllib.", "_thread.start")


class TouchedError(BaseException):
    """Not an Exception, so that no `except Exception` on the way hides it."""


def import_floors() -> list[str]:
    """Import every module of floors 0 and 1 that exists and name them."""
    imported = []
    for floor in sorted({module.name for module in pkgutil.iter_modules(torogoz.__path__)} & set(FLOORS)):
        module = importlib.import_module(f"torogoz.{floor}")
        imported.append(module.__name__)
        parts = pkgutil.walk_packages(getattr(module, "__path__", ()), f"torogoz.{floor}.")
        imported.extend(importlib.import_module(part.name).__name__ for part in parts)
    return imported


def _imports(frame: FrameType | None) -> bool:
    while frame:
        if frame.f_code.co_filename.startswith("<frozen importlib"):
            return True
        frame = frame.f_back
    return False


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if event.startswith(HANDS) and not _imports(sys._getframe(1)):
        raise TouchedError(f"{event} {arguments!r}")


def take_hands_away() -> None:
    """Make every later use of a file, socket, process, thread, clock, random number or setting raise TouchedError."""

    def refuse(name: str) -> Callable[..., NoReturn]:
        def refused(*arguments: object, **options: object) -> NoReturn:
            raise TouchedError(name)

        return refused

    for module, names in (
        (time, ("time", "time_ns", "monotonic", "monotonic_ns", "perf_counter", "localtime", "gmtime", "sleep")),
        (random, ("random", "randint", "choice", "shuffle", "sample")),
        (os, ("getenv", "urandom")),
    ):
        for name in names:
            setattr(module, name, refuse(f"{module.__name__}.{name}"))
    variables = dict(os.environ)

    def variable(_: object, key: str) -> str:
        # Polars asks for its own settings on every query; no module of ours may name one.
        if key.startswith("POLARS_"):
            return variables[key]
        raise TouchedError("os.environ")

    type(os.environ).__getitem__ = variable  # type: ignore[method-assign]
    sys.addaudithook(_watch)


def touch(what: str) -> None:
    """Do what a pure module must not, so that the test knows the watch to be awake."""
    match what:
        case "file":
            open("/dev/null").close()  # noqa: PTH123 - the event of this very call is what is watched
        case "clock":
            time.time()
        case "environment":
            os.environ.get("HOME")
        case "randomness":
            random.random()
        case "socket":
            importlib.import_module("socket").socket()
        case "process":
            importlib.import_module("subprocess").run(["true"], check=False)


MESSAGE = (
    "UNA:+.? 'UNB+UNOA:4+X1:ZZ+SVAPIS:ZZ+261122:1800+1++APIS'UNH+1+PAXLST:D:05B:UN:IATA'BGM+745'TDT+20+X1570'"
    "LOC+125+LAX'DTM+189:2611221400:201'LOC+87+SAL'DTM+232:2611222105:201'NAD+FL+++EJEMPLO PRUEBA:ANA'ATT+2++F'"
    "DTM+329:880229'NAT+2+SLV'RFF+AVF:X7K2PQ'DOC+P:110:111+A01234567'UNT+14+1'UNZ+1+1'"
)


def work() -> None:
    """Have the pure floors do what they are for, on invented people: read, match, match rules, screen."""
    from datetime import UTC, date, datetime

    from torogoz.domain.journey import Direction, FlightKey
    from torogoz.domain.picture import FlightPicture, PicturedFlight, PicturedTraveller, View
    from torogoz.domain.purpose import DataClass, Purpose
    from torogoz.domain.rule import Rule
    from torogoz.domain.watchlist import Entry, ListAction, Terms
    from torogoz.links.disagreements import disagreements
    from torogoz.matching import build
    from torogoz.messages import read
    from torogoz.screening import ListInForce, in_force, screen

    [message] = read(MESSAGE.encode())
    [ana] = message.travellers
    review = date(2027, 6, 1)
    terms = Terms("PNC", "Art. 1", Purpose.BORDER_CONTROL, "invented", "B2", "", ListAction.REFER, review)
    names = ("ANA EJEMPLO PRUEBA", "Ана", "安娜", "안나", "អាណា", "آنا")
    entry = Entry("W-1", names, (ana.birth_date,) if ana.birth_date else (), terms=terms)
    condition = {"field": "traveller.age", "op": "ge", "value": 18}
    rule = Rule("r", 1, "Regla", "Rule", "r", "r", "PNC", "Art. 1", Purpose.BORDER_CONTROL, 4, review, condition)
    leg = message.flights[0]
    key = FlightKey.of(leg)
    assert key
    assert leg.departure_local
    now = datetime(2026, 11, 22, 20, tzinfo=UTC)
    flight = PicturedFlight(1, key, leg.arrival_airport, Direction.INBOUND, leg.departure_local)
    traveller = PicturedTraveller(1, (View(DataClass.API, 1, now, ana),))
    picture = FlightPicture(flight, (traveller,), now)
    lists = [ListInForce("wanted", 1, Purpose.BORDER_CONTROL, build([entry]))]
    hits = screen(picture, lists, in_force([rule], now.date()), {})
    assert len(hits) == 2
    assert not disagreements([ana, ana])


def main() -> None:
    imported = import_floors()
    warm()
    take_hands_away()
    try:
        work()
        touch(sys.argv[1] if len(sys.argv) > 1 else "")
    except TouchedError as error:
        sys.stdout.write(f"touched {error}\n")
    else:
        sys.stdout.write(f"pure {len(imported)}\n")


if __name__ == "__main__":
    main()
