"""Workers in processes of their own: several do what one does, and what is killed, stopped or poisoned stops nobody."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import psycopg
import pytest

from tests.databases import environment, name_of, on_postgresql
from torogoz.storage.home import Home

ROOT = Path(__file__).parents[2]
#: How long a busy machine may take.
PATIENCE = 300.0
#: How many workers there are where there may be several.
SEVERAL = 2 if on_postgresql() else 1
#: After how many messages one of them is killed.
KILL_AT = 15

_LEFT = """SELECT (SELECT count(*) FROM storage_queueddelivery), (SELECT count(*) FROM storage_receivedmessage),
    (SELECT count(*) FROM storage_journey WHERE screening_due_at IS NOT NULL)"""


class Left(NamedTuple):
    """How much is still to be done, and how many messages there are."""

    to_read: int
    messages: int
    to_screen: int


@dataclass(frozen=True, slots=True)
class Site:
    """A home, and the environment that names its database."""

    home: Path
    environment: dict[str, str]

    def ask(self, what: str, *arguments: str) -> Any:
        """Ask the home something, in a process of its own."""
        command = [sys.executable, "-m", "tests.integration.working", what, str(self.home), *arguments]
        done = subprocess.run(command, check=False, capture_output=True, text=True, env=self.environment, cwd=ROOT)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout or "null")

    def until(self, holds: Callable[[Left], bool]) -> None:
        """Wait until what is left to do is as wanted."""
        end = time.monotonic() + PATIENCE
        while not holds(left := Left(*self.row(_LEFT))):
            assert time.monotonic() < end, left
            time.sleep(0.2)

    def row(self, query: str) -> tuple[Any, ...]:
        """One row of the home's database, asked without a Django of its own."""
        if on_postgresql():
            with psycopg.connect(self.environment["DATABASE_URL"]) as connection:
                row = connection.execute(query.encode()).fetchone()
        else:
            with closing(sqlite3.connect(Home(self.home).database, timeout=PATIENCE)) as connection:
                row = connection.execute(query).fetchone()
        assert row
        return tuple(row)

    @contextmanager
    def looking(self) -> Iterator[subprocess.Popen[str]]:
        """Have somebody look at pages until told to stop; what they say is how long each audit entry took."""
        command = [sys.executable, "-m", "tests.integration.working", "look", str(self.home)]
        pipe, named = subprocess.PIPE, self.environment
        with subprocess.Popen(command, env=named, cwd=ROOT, text=True, stdin=pipe, stdout=pipe) as reader:
            try:
                yield reader
            finally:
                reader.kill()

    @contextmanager
    def working(self, processes: int) -> Iterator[subprocess.Popen[bytes]]:
        """Have workers for as long as the block lasts."""
        command = [sys.executable, "-m", "torogoz", "--home", str(self.home), "worker", "--processes", str(processes)]
        with subprocess.Popen(command, env=self.environment, stderr=subprocess.DEVNULL) as parent:
            try:
                yield parent
            finally:
                parent.terminate()
                parent.wait(PATIENCE)


def children(parent: int) -> list[int]:
    """The processes that a process has started."""
    return [int(each) for each in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]


def done(left: Left) -> bool:
    return not left.to_read and not left.to_screen


@pytest.fixture(scope="module")
def waiting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A home in which a day's busiest hour waits."""
    home = tmp_path_factory.mktemp("waiting") / "home"
    with environment() as named:
        site = Site(home, named)
        site.ask("fill", datetime.now(UTC).isoformat())
        yield site


@contextmanager
def copied(site: Site, home: Path) -> Iterator[Site]:
    """The same home once more."""
    shutil.copytree(site.home, home)
    with environment(name_of(site.environment) if on_postgresql() else "") as named:
        yield Site(home, named)


class Undisturbed(NamedTuple):
    """What one worker makes of it, and how long each audit entry of somebody's pages took meanwhile, in seconds."""

    told: dict[str, Any]
    took: list[float]


@pytest.fixture(scope="module")
def undisturbed(waiting: Site, tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    """Let one worker read and screen back to back while somebody looks at pages."""
    with copied(waiting, tmp_path_factory.mktemp("undisturbed") / "home") as site:
        with site.looking() as reader, site.working(1):
            assert reader.stdin
            site.until(lambda left: left.messages > 0)
            reader.stdin.write("begin\n")
            reader.stdin.flush()
            site.until(done)
            took = json.loads(reader.communicate(timeout=PATIENCE)[0])
        told = dict(site.ask("tell"))
    assert told["hits"]
    assert len(told["persons"]) > 10
    return Undisturbed(told, took)


def test_a_page_s_audit_entry_is_written_within_half_a_second_during_a_back_to_back_load(
    undisturbed: Undisturbed,
) -> None:
    took = sorted(undisturbed.took)
    assert len(took) >= 100, "fewer tell nothing of the slowest in a hundred"
    assert took[int(len(took) * 0.99)] <= 0.5, took[-10:]


def test_several_workers_of_whom_one_is_killed_make_of_a_day_what_one_makes(
    waiting: Site, undisturbed: Undisturbed, tmp_path: Path
) -> None:
    with copied(waiting, tmp_path / "home") as site:
        with site.working(SEVERAL) as parent:
            site.until(lambda left: left.messages >= KILL_AT)
            workers = children(parent.pid)
            assert len(workers) == SEVERAL
            os.kill(workers[0], signal.SIGKILL)
            site.until(done)
            assert len(children(parent.pid)) == SEVERAL
        told = site.ask("tell")
    for part, wanted in undisturbed.told.items():
        assert told[part] == wanted, part
