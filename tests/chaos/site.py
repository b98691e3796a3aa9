"""A home with lists and rules, copied for each run, on either database; its worker, and what can be done to it."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from tests.serving import clean_environment

ROOT = Path(__file__).parents[2]
#: Longer than a load takes on a busy machine, in seconds.
PATIENCE = 600.0

#: Run in a process of its own: a home with people, two lists and six rules, and the day's messages beside it.
_MAKE = """
import json, sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from torogoz.cli.django import migrate, ready
from torogoz.storage.home import Home
from torogoz.storage.keys import make_keys

home, messages, preset, seed = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], int(sys.argv[4])
make_keys(Home(home))
ready(home, migrated=False)
migrate()
from tests.serving import PASSWORD, STAFF
from torogoz.domain.purpose import Purpose
from torogoz.domain.staff import StaffRole
from torogoz.flow import accounts, rules
from torogoz.flow.watchlists import import_list
from torogoz.storage.access.guard import who_is
from torogoz.synth.deliveries import named
from torogoz.synth.watchlists import DOCUMENTS, PERSONS, to_csv
from torogoz.synth.world import make_day
from torogoz.targeting.examples import example_rules

now = datetime.now(UTC)
# Of yesterday: whatever the clock does today, each carrier had said it before.
spoken = now - timedelta(days=1)
accounts.first_administrator("administrator", PASSWORD, agency="CENTRO", now=now)
for name, role in STAFF.items():
    if role == StaffRole.CARRIER:
        continue
    accounts.add(name, PASSWORD, role=StaffRole(role) if role else None, agency="CENTRO", now=now, port="SAL")
day = make_day(seed, spoken, "tiny" if preset == "few" else preset)
import_list(None, PERSONS, [to_csv(one.entry for one in day.watchlists.persons).encode()], now)
import_list(None, DOCUMENTS, [to_csv(day.watchlists.documents).encode()], now)
author, second = (who_is(accounts.known(each), Purpose.SERIOUS_CRIME) for each in ("analyst", "supervisor"))
for document in example_rules((now + timedelta(days=90)).date()):
    rules.approve(second, rules.propose(author, json.dumps(document).encode(), now), "Reviewed", now)
flights = sorted({each.name.split("-")[2] for each in named(day.deliveries)})
for each in named(day.deliveries):
    if preset == "few" and each.name.split("-")[2] not in flights[:4]:
        continue
    (messages / each.name).write_bytes(each.content)
"""


@dataclass(frozen=True, slots=True)
class Site:
    """One home and its database: the file in it, or the PostgreSQL database that the address names."""

    home: Path
    url: str = ""

    def environment(self) -> dict[str, str]:
        """What its processes are started with."""
        found = clean_environment()
        return found | {"DATABASE_URL": self.url} if self.url else found

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a command on it."""
        command = [sys.executable, "-m", "torogoz", "--home", str(self.home), *arguments]
        return subprocess.run(
            command, env=self.environment(), capture_output=True, text=True, timeout=PATIENCE, check=False
        )

    def worker(self) -> subprocess.Popen[bytes]:
        """Start its worker, in a process group of its own so that it can be killed with what it started."""
        command = [sys.executable, "-m", "torogoz", "--home", str(self.home), "worker", "--alone"]
        return subprocess.Popen(
            command, env=self.environment(), stderr=subprocess.DEVNULL, start_new_session=True, cwd=ROOT
        )

    def drop(self, messages: Sequence[Path]) -> None:
        """Drop messages into the spool, each whole at once."""
        for path in messages:
            half = self.home / "spool" / f".{path.name}"
            shutil.copy(path, half)
            half.rename(self.home / "spool" / path.name)

    def waiting(self) -> bool:
        """Whether a file still lies in the spool."""
        return any(each.is_file() and not each.name.startswith(".") for each in (self.home / "spool").iterdir())

    def chain_is_whole(self) -> bool:
        """Whether the audit is sealed without a gap, and each signed head lies in it."""
        return self.run("audit", "check").returncode == 0

    def outcome(self) -> dict[str, object]:
        """What it holds, in words that two runs share."""
        done = subprocess.run(
            [sys.executable, "-m", "tests.chaos.outcome", str(self.home)],
            env=self.environment(),
            cwd=ROOT,
            check=True,
            stdout=subprocess.PIPE,
            timeout=PATIENCE,
        )
        told: dict[str, object] = json.loads(done.stdout)
        return told

    def settle(self) -> dict[str, object]:
        """Let a worker finish whatever is left, undisturbed; give what the home then holds."""
        with working(self) as process:
            return self.done(process)

    def done(self, process: subprocess.Popen[bytes]) -> dict[str, object]:
        """Wait until a worker has nothing left to do; give what the home then holds."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            time.sleep(0.5)
            assert process.poll() is None, "the worker ended by itself"
            if not self.waiting():
                told = self.outcome()
                if told["waiting"] == 0:
                    return told
        raise AssertionError("the load was not finished")


@contextmanager
def working(site: Site) -> Iterator[subprocess.Popen[bytes]]:
    """A worker for as long as the block lasts."""
    process = site.worker()
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            kill(process)


def kill(process: subprocess.Popen[bytes]) -> None:
    """Kill a worker and all it started, as a power failure would."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait(30)


def killed_at_random(site: Site, kills: int, chance: random.Random) -> int:
    """Start the worker and kill it, again and again, until the load is done or enough; give how often it was.

    Each fifth time at any moment of its start, else once it is at work: on a busy machine a start alone takes longer
    than a life would, and nothing would ever be killed in the middle of anything.
    """
    for number in range(kills):
        if not site.waiting():
            return number
        process = site.worker()
        if chance.random() < 0.8:
            _come_to_work(process)
        time.sleep(chance.uniform(0.0, 3.5))
        kill(process)
    return kills


def _come_to_work(process: subprocess.Popen[bytes]) -> None:
    """Wait until a worker holds its spool, which is the last thing before its rounds begin."""
    held = re.compile(rf"\bFLOCK +ADVISORY +WRITE {process.pid} ")
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and not held.search(Path("/proc/locks").read_text()):
        assert process.poll() is None, "the worker ended by itself"
        time.sleep(0.02)


class Sites:
    """A base home made once, and copies of it for runs."""

    def __init__(self, folder: Path, server: str, preset: str, seed: int) -> None:
        self.folder, self.server, self.count = folder, server, 0
        self.made: list[str] = []
        self.messages = folder / "messages"
        self.messages.mkdir(parents=True)
        self.base = Site(folder / "base", self._database("base"))
        command = [sys.executable, "-c", _MAKE, str(self.base.home), str(self.messages), preset, str(seed)]
        subprocess.run(command, check=True, env=self.base.environment(), cwd=ROOT, timeout=PATIENCE)

    def files(self) -> list[Path]:
        """The day's messages in the order of their arrival."""
        return sorted(self.messages.iterdir())

    def copy(self, folder: Path | None = None) -> Site:
        """A copy of the base, database included; below another folder where one is named."""
        self.count += 1
        home = (folder or self.folder) / f"run-{self.count}"
        shutil.copytree(self.base.home, home)
        return Site(home, self._database(f"run_{self.count}", like=self.base.url))

    def _database(self, name: str, like: str = "") -> str:
        if not self.server:
            return ""
        made = f"torogoz_chaos_{os.getpid()}_{name}"
        self.made.append(made)
        with psycopg.connect(self.server, autocommit=True) as connection:
            template = f" TEMPLATE {like.rpartition('/')[2]}" if like else ""
            connection.execute(f"CREATE DATABASE {made}{template}")
        return f"{self.server.rpartition('/')[0]}/{made}"

    def drop(self) -> None:
        """Take the databases away."""
        if self.server:
            with psycopg.connect(self.server, autocommit=True) as connection:
                for name in self.made:
                    connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
