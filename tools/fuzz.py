"""Mutates messages and reads each: none may crash, take longer than a second, or pass a limit.

What patterns read is read a second time segment by segment, and must be the same.

    tools/fuzz.py [--count 1000000] [--seed 1] [--samples FOLDER]

Mutated are the golden files, some of them as a telex and compressed too, pushes of plain bookings, and the public
samples where they are. The same seed and number give the same mutation. What fails is written whole into results/, with
its number; a find becomes a test.
"""

from __future__ import annotations

import argparse
import gzip
import os
import resource
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random
from types import FrameType
from typing import NoReturn
from unittest.mock import patch

from msgspec import structs

from torogoz.bench.pushes import push
from torogoz.domain.finding import Origin
from torogoz.domain.manifest import Message
from torogoz.domain.origins import SomeOrigins
from torogoz.edifact.limits import DEFAULT
from torogoz.edifact.tokens import STANDARD
from torogoz.edifact.writer import compose
from torogoz.messages import delivery, read
from torogoz.messages.envelope import unpack
from torogoz.messages.sensitive import redact

ROOT = Path(__file__).parents[1]
SECONDS = 1.0
#: A reader that hangs is stopped after so many seconds of its own.
HANGS = 10.0
#: What memory may grow by, in KiB, over the whole run.
GROWTH = 512 * 1024
#: A seed is cut to this, so that a run gets round.
LONGEST = 6_000
SIGNS = (
    b"'",
    b"+",
    b":",
    b"?",
    b"*",
    b"#",
    b"\n",
    b"\r\n",
    b"\x00",
    b"\xff",
    b"\xe2\x80\x99",
    b"UNH+",
    b"UNT+1'",
    b"UNB+",
)


def seeds(samples: Path | None) -> list[bytes]:
    """What is mutated."""
    files = [*sorted((ROOT / "tests/golden").rglob("*.edi")), *sorted(samples.rglob("*.edi") if samples else ())]
    plain = [path.read_bytes()[:LONGEST] for path in files]
    telex = b"QU SALPX1X\r\n.HDQ9XX1 221200\r\n"
    wrapped = [telex + b"\r\n".join(each[at : at + 64] for at in range(0, len(each), 64)) for each in plain[::5]]
    head = "UNA:+.? 'UNB+UNOA:4+X1+SVAPIS+261122:1200+1'UNH+1+PNRGOV:13:1:IA'"
    pushes = [(head + compose(push(Random(each), 4), STANDARD) + "UNT+9+1'UNZ+1+1'").encode() for each in range(16)]  # noqa: S311
    return plain + pushes + wrapped + [gzip.compress(each, mtime=0) for each in plain[::20]]


def flip(data: bytearray, rng: Random) -> None:
    """Flip a bit."""
    data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)


def cut(data: bytearray, rng: Random) -> None:
    """Cut a piece out, or the end off."""
    start = rng.randrange(len(data))
    del data[start : start + rng.choice((1, 5, 60, len(data)))]


def swap(data: bytearray, rng: Random) -> None:
    """Swap two segments."""
    segments = bytes(data).split(b"'")
    one, other = rng.randrange(len(segments)), rng.randrange(len(segments))
    segments[one], segments[other] = segments[other], segments[one]
    data[:] = b"'".join(segments)


def duplicate(data: bytearray, rng: Random) -> None:
    """Say a segment again, up to fifty times."""
    segments = bytes(data).split(b"'")
    place = rng.randrange(len(segments))
    segments[place:place] = [segments[place]] * rng.choice((1, 2, 50))
    data[:] = b"'".join(segments)[: 4 * LONGEST]


def divide(data: bytearray, rng: Random) -> None:
    """Change a separator everywhere."""
    sign = rng.choice(b"+:'?")
    data[:] = data.replace(bytes((sign,)), rng.choice(SIGNS))[: 4 * LONGEST]


def insert(data: bytearray, rng: Random) -> None:
    """Put a sign somewhere."""
    place = rng.randrange(len(data))
    data[place:place] = rng.choice(SIGNS)


MUTATIONS: tuple[Callable[[bytearray, Random], None], ...] = (flip, flip, cut, swap, duplicate, divide, insert)


def mutated(number: int, seed: int, sources: list[bytes]) -> bytes:
    """The mutation of a number: always the same."""
    rng = Random(seed * 1_000_003 + number)  # noqa: S311 - a mutation must be repeatable, not secret
    data = bytearray(sources[number % len(sources)])
    for _ in range(rng.randint(1, 4)):
        if data:
            rng.choice(MUTATIONS)(data, rng)
    return bytes(data)


def ordered(message: Message) -> Message:
    """The same message with origins and withheld bytes in one order: patterns may find them in another."""

    def by_place(origins: SomeOrigins) -> tuple[Origin, ...]:
        return tuple(sorted(origins, key=lambda each: (each.start, each.end, each.field)))

    return replace(
        message,
        travellers=tuple(structs.replace(one, origins=by_place(one.origins)) for one in message.travellers),
        bookings=tuple(structs.replace(one, origins=by_place(one.origins)) for one in message.bookings),
        sensitive=tuple(sorted(message.sensitive, key=lambda span: span.start)),
    )


def same_without_patterns(data: bytes, messages: list[Message]) -> bool:
    """Whether reading segment by segment gives the same messages."""
    with patch.multiple(delivery, plain_runs=lambda *_: [], plain_bookings=lambda *_: []):
        return list(map(ordered, messages)) == list(map(ordered, read(data)))


def wrong(data: bytes) -> str | None:
    """What is wrong with how these bytes are read, or None."""
    start = time.process_time()
    signal.setitimer(signal.ITIMER_VIRTUAL, HANGS)
    try:
        unpacked = unpack(data)
        messages = list(read(data))
        for message in messages:
            if len(redact(unpacked.data, message)) != message.span.end - message.span.start:
                return "a copy of another length"
            if len(message.findings) > DEFAULT.findings + 1 + len(unpacked.findings):
                return "more findings than the limit"
        spent = time.process_time() - start
        same = same_without_patterns(data, messages)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is a find
        return f"{type(error).__name__}: {error}"
    if not messages:
        return "no answer"
    if spent > SECONDS:
        return "longer than a second"
    return None if same else "read otherwise by patterns"


def stop(_number: int, _frame: FrameType | None) -> NoReturn:
    """End a reader that hangs."""
    raise TimeoutError("it hangs")


def main() -> int:
    """Mutate and read; the number of finds is the exit status, up to 100."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--count", type=int, default=1_000_000, help="mutations (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="(default: %(default)s)")
    parser.add_argument("--seconds", type=float, default=float("inf"), help="stop after so long")
    folder = os.environ.get("TOROGOZ_SAMPLES", "")
    parser.add_argument("--samples", type=Path, default=Path(folder) if folder else None, help="public samples")
    arguments = parser.parse_args()
    signal.signal(signal.SIGVTALRM, stop)
    sources = [each for each in seeds(arguments.samples) if each]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began, finds, done = time.monotonic(), 0, 0
    for number in range(arguments.count):
        data = mutated(number, arguments.seed, sources)
        found = wrong(data)
        if found:
            finds += 1
            file = ROOT / "results" / f"fuzz-{arguments.seed}-{number}.edi"
            file.parent.mkdir(exist_ok=True)
            file.write_bytes(data)
            print(f"{number}: {found} ({file.name})")
        done = number + 1
        if done % 10_000 == 0:
            print(f"{done:,} of {arguments.count:,}, {finds} finds", file=sys.stderr, flush=True)
        if time.monotonic() - began > arguments.seconds:
            break
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    if grown > GROWTH:
        finds += 1
        print(f"memory grew by {grown // 1024} MiB")
    print(f"{done:,} mutations of {len(sources)} messages in {time.monotonic() - began:.0f} s: {finds} finds")
    return min(finds, 100)


if __name__ == "__main__":
    sys.exit(main())
