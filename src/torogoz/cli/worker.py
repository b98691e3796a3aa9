"""Workers: they take up what the spool and the doors received, screen what changed, and look at the clock.

`torogoz serve` starts one; a site with PostgreSQL may start several, on as many machines as it likes. A new file is
seen within milliseconds. A worker that dies is started again, and has at once what it had in hand. Ends with SIGTERM or
Ctrl-C, between two messages.
"""

from __future__ import annotations

import argparse
import logging
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from torogoz.cli.django import look_less_for_garbage, ready
from torogoz.domain.log_event import LogEvent
from torogoz.errors import UnavailableError

#: How long workers have to end by themselves, in seconds; `serve` waits a little longer for this process.
PATIENCE = 2.5
#: How long a worker that dies again and again stays down, in seconds: longer each time, up to the last.
_DOWN = (0.0, 1.0, 2.0, 4.0, 8.0, 16.0, 30.0)
#: One that lived for so many seconds did not die of its start.
_LIVED = 60.0
_LOOK = 0.1
#: How much a worker is nicer than the doors on its machine: somebody waits for these (docs/benchmarks/interactive.md).
NICER = 10


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments; those that are not shown are between a process and those that it starts."""
    parser.add_argument("--processes", type=_number, default=1, metavar="N", help="how many (default: %(default)s)")
    parser.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--parent", type=int, help=argparse.SUPPRESS)


def run(arguments: argparse.Namespace) -> int:
    """Keep workers at the home's own spool until told to stop."""
    ready(arguments.home)
    if arguments.parent:
        end_with(arguments.parent)
    if arguments.alone:
        from torogoz.flow.kernels import warm
        from torogoz.flow.spool import work_until_told

        warm()
        look_less_for_garbage()
        os.nice(NICER)
        work_until_told(arguments.home / "spool")
    else:
        _keep(arguments.home, arguments.processes)
    return 0


def _number(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least one")
    return number


def _keep(home: Path, processes: int) -> None:
    """Have so many workers, each a process that is started afresh, until told to stop."""
    from torogoz.flow.spool import may_be_several

    if processes > 1 and not may_be_several():
        raise UnavailableError(
            "the embedded database has one worker", remedy="start one, or have several with PostgreSQL"
        )
    told = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: told.set())
    threads = str(max(1, (os.cpu_count() or 1) // processes))
    environment = {"POLARS_MAX_THREADS": threads, **os.environ}
    places = [_Place(home, environment) for _ in range(processes)]
    while not told.wait(_LOOK):
        for place in places:
            place.look()
    for place in places:
        place.end()
    end = time.monotonic() + PATIENCE
    for place in places:
        place.ended(max(0.0, end - time.monotonic()))


@dataclass(slots=True)
class _Place:
    """Where one worker is, and is started again when it has died."""

    home: Path
    environment: dict[str, str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    deaths: int = 0
    log: logging.Logger = field(default_factory=lambda: logging.getLogger("torogoz.worker"))

    def look(self) -> None:
        """Start it where there is none; where it has died, say so, and start it after a while."""
        now = time.monotonic()
        if self.process and self.process.poll() is not None:
            self.log.error(LogEvent.WORKER_DIED, extra={"status": self.process.returncode})
            self.deaths = 1 if now - self.started > _LIVED else self.deaths + 1
            self.started, self.process = now, None
        if self.process is None and now - self.started >= self._down():
            command = [sys.executable, "-m", "torogoz", "--home", str(self.home), "worker", "--alone"]
            command += ["--parent", str(os.getpid())]
            self.process = subprocess.Popen(command, env=self.environment)  # noqa: S603 - our own
            self.started = now

    def end(self) -> None:
        """Tell it to stop."""
        if self.process:
            self.process.terminate()

    def ended(self, patience: float) -> None:
        """Wait until it has stopped, or stop it."""
        if self.process:
            try:
                self.process.wait(patience)
            except subprocess.TimeoutExpired:
                self.process.kill()

    def _down(self) -> float:
        return _DOWN[min(self.deaths, len(_DOWN)) - 1] if self.deaths else 0.0


def end_with(parent: int) -> None:
    """Stop as if told to when the process that started this one is gone: nobody else would."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(_LOOK)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, daemon=True).start()
