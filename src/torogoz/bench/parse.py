"""Bytes to typed travellers and bookings on one core, beside pydifact on the same bytes in the same run.

The peer is given less work: it stops at segments, we go on to dates, documents, findings and places in the bytes. The
two take turns, in seconds of the processor, and the best turn of each counts, because other work on the machine only
ever makes a turn slower.
"""

from __future__ import annotations

import argparse
import gc
import importlib
import re
import time
import warnings
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from random import Random

from torogoz.bench import Result
from torogoz.bench.plainness import plainness
from torogoz.bench.pushes import push, word
from torogoz.edifact.limits import DEFAULT
from torogoz.edifact.stream import messages
from torogoz.edifact.tokens import ServiceCharacters
from torogoz.edifact.writer import Segment, advice, compose
from torogoz.messages import read
from torogoz.messages.pnrgov.plain import plain_bookings

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_STATES = ("SLV", "GTM", "HND", "USA", "ESP", "MEX")
_SERVICE = ServiceCharacters()


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the sizes."""
    parser.add_argument("--messages", type=int, default=8, help="of each type (default: %(default)s)")
    parser.add_argument("--seats", type=int, default=180, help="travellers in each (default: %(default)s)")
    parser.add_argument("--turns", type=int, default=4, help="of which the best counts (default: %(default)s)")


def measure(arguments: argparse.Namespace) -> Result:
    """Read the same passenger lists and pushes of bookings with both."""
    rng = Random(1)
    lists = [_message("PAXLST", _list(rng, arguments.seats)) for _ in range(arguments.messages)]
    pushes = [_message("PNRGOV", push(rng, arguments.seats), lines=each % 3 == 2) for each in range(arguments.messages)]
    peer = _peer()
    # What was loaded until now would be walked by the collector again and again, in whoever's turn it is.
    gc.collect()
    gc.freeze()
    ours, theirs, pnr, their_pnr = [], [], [], []
    for _ in range(arguments.turns):
        ours.append(_seconds(_read_all, lists))
        theirs.append(_seconds(peer, lists))
        pnr.append(_seconds(_read_all, pushes))
        their_pnr.append(_seconds(peer, pushes))
    gc.unfreeze()
    travellers = arguments.messages * arguments.seats
    singly = [min(_seconds(_read_all, [each]) for _ in range(arguments.turns)) for each in lists]
    day = plainness("tiny")
    size = sum(map(len, lists))
    return Result(
        sizes={
            "messages": arguments.messages,
            "travellers_a_message": arguments.seats,
            "paxlst_bytes": size,
            "pnrgov_bytes": sum(map(len, pushes)),
        },
        figures={
            "paxlst_travellers_per_s": travellers / min(ours),
            "paxlst_mb_per_s": size / 1e6 / min(ours),
            "pnrgov_travellers_per_s": travellers / min(pnr),
            "pnrgov_mb_per_s": sum(map(len, pushes)) / 1e6 / min(pnr),
            "pnrgov_bookings_left_to_the_general_way": _left(pushes),
            "pydifact_travellers_per_s": travellers / min(theirs),
            "paxlst_ms_a_message": max(singly) * 1000,
            "day_travellers": day.travellers,
            "day_share_fallen_back": day.fallen_back / day.travellers,
            "day_bookings": day.bookings,
            "day_share_of_bookings_fallen_back": day.bookings_fallen_back / day.bookings,
        },
        ratios={"pydifact": min(theirs) / min(ours), "pydifact_pnrgov": min(their_pnr) / min(pnr)},
    )


def _seconds(work: Callable[[Sequence[bytes]], None], deliveries: Sequence[bytes]) -> float:
    start = time.process_time()
    work(deliveries)
    return time.process_time() - start


def _read_all(deliveries: Sequence[bytes]) -> None:
    for data in deliveries:
        for _ in read(data):
            pass


def _left(deliveries: Sequence[bytes]) -> float:
    """The share of bookings that no pattern reads, which are divided segment by segment."""
    now = datetime(2026, 11, 22, 12, tzinfo=UTC)
    plain = sum(
        len(run.bookings)
        for data in deliveries
        for raw in messages(data, DEFAULT)
        for run in plain_bookings(raw, now, DEFAULT)
    )
    return 1 - plain / sum(data.count(b"SRC'") for data in deliveries)


def _peer() -> Callable[[Sequence[bytes]], None]:
    """Pydifact's reading of an interchange. It warns of directories it has no tables for, at no cost."""
    interchange = importlib.import_module("pydifact.segmentcollection").Interchange

    def work(deliveries: Sequence[bytes]) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for data in deliveries:
                interchange.from_str(data.decode())

    return work


def _message(kind: str, body: list[Segment], *, lines: bool = False) -> bytes:
    version = ("D", "05B", "UN", "IATA") if kind == "PAXLST" else ("13", "1", "IA")
    segments: list[Segment] = [
        ("UNB", ("UNOA", "4"), ("X1", "ZZ"), ("SVAPIS", "ZZ"), ("261122", "1200"), "1", "", "APIS"),
        ("UNH", "1", (kind, *version), "X1310/261122/1200"),
        *body,
        ("UNT", str(len(body) + 2), "1"),
        ("UNZ", "1", "1"),
    ]
    text = compose(segments, _SERVICE)
    return (advice(_SERVICE) + (re.sub(r"(?<!\?)'", "'\r\n", text) if lines else text)).encode()


def _list(rng: Random, seats: int) -> list[Segment]:
    """A passenger list of some seventeen segments a traveller; a phone in four of ten has a character to release."""
    body: list[Segment] = [
        ("BGM", "745"), ("NAD", "MS", "", "", "X1 OPERATIONS"), ("TDT", "20", "X1310", "", "", "X1"),
        ("LOC", "125", "LAX"), ("DTM", ("189", "2611221400", "201")),
        ("LOC", "87", "SAL"), ("DTM", ("232", "2611222105", "201")),
    ]  # fmt: skip
    for seat in range(seats):
        state = rng.choice(_STATES)
        body += [
            ("NAD", "FL", "", "", (f"{word(rng, 7)} {word(rng, 6)}", word(rng, 6), word(rng, 5))),
            ("ATT", "2", "", rng.choice("FM")),
            ("DTM", ("329", f"{rng.randint(40, 99)}{rng.randint(1, 12):02d}{rng.randint(1, 28):02d}")),
            ("MEA", "CT", "", ("", "1")), ("FTX", "BAG", "", "", f"X1{rng.randrange(10**6):06d}"),
            ("LOC", "22", "SAL"), ("LOC", "178", "LAX"), ("LOC", "179", "SAL"), ("LOC", "174", state),
            ("COM", (f"{'+' if rng.random() < 0.4 else ''}5030{rng.randrange(10**7):07d}", "TE")),
            ("NAT", "2", state),
            ("RFF", ("AVF", word(rng, 6))), ("RFF", ("ABO", f"{rng.randrange(10**8):08d}")),
            ("RFF", ("SEA", f"{seat // 6 + 1}{_LETTERS[seat % 6]}")),
            ("DOC", ("P", "110", "111"), f"A{rng.randrange(10**8):08d}"),
            ("DTM", ("36", f"3{rng.randint(0, 5)}0501")), ("LOC", "91", state),
        ]  # fmt: skip
    return [*body, ("CNT", ("42", str(seats)))]
