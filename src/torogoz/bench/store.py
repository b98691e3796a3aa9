"""Bytes to committed, searchable rows: PAXLST travellers with one document and two identifiers, on new flights.

Each message is sealed, read, assembled and committed in transactions of its own, with the durability the product has:
SQLite's WAL with synchronous FULL, or the PostgreSQL server that DATABASE_URL names. Updates of known travellers are
reported apart. Screening is not part of it.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from torogoz.bench import Result
from torogoz.bench.home import database, throw_away_home

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the sizes."""
    parser.add_argument("--messages", type=int, default=40, help="flights (default: %(default)s)")
    parser.add_argument("--seats", type=int, default=180, help="travellers on each (default: %(default)s)")


def measure(arguments: argparse.Namespace) -> Result:
    """Store every flight once, then once more with seats."""
    rng = Random(1)
    people = [[_traveller(rng) for _ in range(arguments.seats)] for _ in range(arguments.messages)]
    with throw_away_home():
        from django.utils import timezone

        now = timezone.now()
        _store([_paxlst(9_000, [_traveller(rng) for _ in range(arguments.seats)], "")], now)
        new = _store([_paxlst(place, flight, "") for place, flight in enumerate(people)], now)
        later = now + timedelta(minutes=1)
        updates = _store([_paxlst(place, flight, "RFF+SEA:12A'") for place, flight in enumerate(people)], later)
        measured = database()
    travellers = arguments.messages * arguments.seats
    return Result(
        sizes={"database": measured, "messages": arguments.messages, "travellers_a_message": arguments.seats},
        figures={"new_travellers_per_s": travellers / new, "updated_travellers_per_s": travellers / updates},
    )


def _store(deliveries: Sequence[bytes], now: datetime) -> float:
    from torogoz.flow.parse import load
    from torogoz.flow.receive import receive

    start = time.perf_counter()
    for data in deliveries:
        load(receive(data, source="bench", name="", now=now), now)
    return time.perf_counter() - start


def _paxlst(place: int, people: Sequence[str], seat: str) -> bytes:
    """One flight's list; `seat` makes its second telling another message than its first."""
    head = (
        "UNA:+.? 'UNB+UNOA:4+X1:ZZ+SVAPIS:ZZ+261122:1200+1++APIS'UNH+1+PAXLST:D:05B:UN:IATA'BGM+745'"
        f"TDT+20+X1{100 + place}'LOC+125+LAX'DTM+189:2611221400:201'LOC+87+SAL'DTM+232:2611222105:201'"
    )
    body = "".join(f"{each}{seat}" for each in people)
    return f"{head}{body}CNT+42:{len(people)}'UNT+1+1'UNZ+1+1'".encode()


def _traveller(rng: Random) -> str:
    """Letters at random: nobody's name, as many different ones as a nation has."""
    surname = " ".join("".join(rng.choices(_LETTERS, k=7)) for _ in range(2))
    given = "".join(rng.choices(_LETTERS, k=6))
    return (
        f"NAD+FL+++{surname}:{given}'ATT+2++F'"
        f"DTM+329:{rng.randint(40, 99):02d}{rng.randint(1, 12):02d}{rng.randint(1, 28):02d}'"
        f"LOC+178+LAX'LOC+179+SAL'COM+5032{rng.randrange(10**7):07d}:TE'NAT+2+SLV'"
        f"RFF+AVF:{''.join(rng.choices(_LETTERS, k=6))}'RFF+CR:{rng.randrange(10**9):09d}'"
        f"DOC+P:110:111+A{rng.randrange(10**8):08d}'DTM+36:300501'LOC+91+SLV'"
    )
