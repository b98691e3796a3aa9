"""Carriers that ask, answered over HTTP by `torogoz serve` with its worker, against a list of 100,000.

The load comes from this process and is served by others, on the same machine: `--rate` requests a second, each on its
moment whether or not the one before was answered, and a request's time counts from that moment. Each names travellers
of its own on one of many flights. While they are answered the worker reads them into the picture and holds it against
the list; how long it is behind when the last answer has gone out is told too. TLS is left out.
"""

from __future__ import annotations

import argparse
import http.client
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from threading import local

from torogoz.bench import Result
from torogoz.bench.end_to_end import centre, listed
from torogoz.bench.home import database, throw_away_home
from torogoz.synth.people import Population
from torogoz.synth.states import STATES

_PATIENCE = 120.0


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the sizes."""
    parser.add_argument("--entries", type=int, default=100_000, help="people on the list (default: %(default)s)")
    parser.add_argument("--rate", type=int, default=50, help="requests a second (default: %(default)s)")
    parser.add_argument("--seconds", type=int, default=60, help="of load (default: %(default)s)")
    parser.add_argument("--travellers", type=int, default=2, help="in each request (default: %(default)s)")
    parser.add_argument("--flights", type=int, default=60, help="among which they are (default: %(default)s)")


def measure(arguments: argparse.Namespace) -> Result:
    """Import the list, serve, warm up, and send the requests on their moments."""
    with throw_away_home() as home:
        from django.utils import timezone

        from torogoz.flow import senders
        from torogoz.flow.watchlists import import_list

        now = timezone.now()
        centre()
        import_list(None, "bench", [listed(arguments.entries)], now)
        token = senders.enrol("X1", senders.Scope(("X1",)), now)
        asked = list(_requests(arguments, now))
        with _served(home) as port:
            _send(port, token, asked[:20], rate=5)
            _wait_until_read()
            sent = _send(port, token, asked[20:], arguments.rate)
            behind = _wait_until_read()
            measured = database()
            hits = _hits()
    times = sorted(seconds for seconds, _ in sent)
    return Result(
        sizes={"database": measured}
        | {"entries": arguments.entries, "requests": len(times), "travellers_a_request": arguments.travellers}
        | {"flights": arguments.flights, "requests_a_second": arguments.rate, "hits": hits},
        figures={
            "p50_ms": _at(times, 0.5),
            "p99_ms": _at(times, 0.99),
            "p999_ms": _at(times, 0.999),
            "slowest_ms": times[-1] * 1000,
            "answered_by_the_fall_back": sum(kind != "answered" for _, kind in sent),
            "worker_behind_s": behind,
        },
    )


def _at(times: Sequence[float], share: float) -> float:
    return times[min(int(len(times) * share), len(times) - 1)] * 1000


def _requests(arguments: argparse.Namespace, now: datetime) -> Iterator[bytes]:
    """Requests with travellers of their own: invented, with names as common as those of the list."""
    rng = Random(3)
    people, states = Population(3, now.year, "bench"), sorted(STATES)
    leaves = now + timedelta(hours=9)
    for number in range(20 + arguments.rate * arguments.seconds):
        who = []
        for place in range(arguments.travellers):
            someone = people.household(rng.choice(states), number * arguments.travellers + place).members[0]
            born = str(someone.born).replace("-", "")
            who.append(
                f"NAD+FL+++{someone.surname}:{someone.given_names or ''}'ATT+2++{someone.sex.value}'DTM+329:{born}:102'"
                f"NAT+2+{someone.nationality}'RFF+AVF:L{number:05d}'RFF+ABO:{number:08d}{place}'"
                f"DOC+P:110:111+D{number:06d}{place}'LOC+91+{someone.nationality}'"
            )
        flight = 100 + number % arguments.flights
        body = (
            f"BGM+745'RFF+TN:T{number}'TDT+20+X1{flight}'LOC+125+SAL'DTM+189:{leaves:%y%m%d%H%M}:201'"
            f"LOC+92+LAX'DTM+232:{leaves + timedelta(hours=6):%y%m%d%H%M}:201'{''.join(who)}"
        )
        count = body.count("'") + 2
        yield (
            f"UNA:+.? 'UNB+UNOA:4+X1:ZZ+PIU:ZZ+{now:%y%m%d}:{now:%H%M}+{number}++APIS'"
            f"UNH+1+PAXLST:D:05B:UN:IATA'{body}UNT+{count}+1'UNZ+1+{number}'"
        ).encode()


def _send(port: int, token: str, requests: Sequence[bytes], rate: int) -> list[tuple[float, str]]:
    """Send each on its moment; give for each how long its answer took from then, and what it was."""
    kept = local()
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/EDIFACT"}

    def one(number: int) -> tuple[float, str]:
        moment = start + number / rate
        time.sleep(max(moment - time.perf_counter(), 0))
        line = getattr(kept, "line", None) or http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        kept.line = line
        line.request("POST", "/interactive", requests[number], headers)
        answer = line.getresponse()
        body = answer.read()
        taken = time.perf_counter() - moment
        whole = answer.status == 200 and b"ERC+0Z" in body and b"NOT CHECKED" not in body
        return taken, "answered" if whole else f"{answer.status}"

    with ThreadPoolExecutor(64) as pool:
        start = time.perf_counter() + 0.2
        return list(pool.map(one, range(len(requests))))


@contextmanager
def _served(home: Path) -> Iterator[int]:
    """`torogoz serve` in processes of its own, once it answers."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "torogoz", "--home", str(home), "serve", "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603 - our own
    try:
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            try:
                http.client.HTTPConnection("127.0.0.1", port, timeout=5).request("GET", "/sign-in")
                break
            except OSError:
                time.sleep(0.2)
        yield port
    finally:
        process.terminate()
        process.wait(_PATIENCE)


def _wait_until_read() -> float:
    """Wait until the worker has read and screened everything; give for how long."""
    from torogoz.storage.models import Journey, QueuedDelivery

    start = time.perf_counter()
    while QueuedDelivery.objects.exists() or Journey.objects.filter(screening_due_at__isnull=False).exists():
        if time.perf_counter() - start > 10 * _PATIENCE:
            break
        time.sleep(0.1)
    return time.perf_counter() - start


def _hits() -> int:
    from torogoz.storage.models import Hit

    return Hit.objects.count()
