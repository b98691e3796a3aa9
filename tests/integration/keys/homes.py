"""Homes that processes of their own work on: with the embedded database, or with one of PostgreSQL of their own."""

from __future__ import annotations

import atexit
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psycopg

from tests.databases import environment, name_of, on_postgresql
from torogoz.storage.home import Home

ROOT = Path(__file__).parents[3]


@dataclass(frozen=True, slots=True)
class Worked:
    """A home and the environment that names its database."""

    home: Home
    environment: dict[str, str]

    def command(self, *arguments: str) -> list[str]:
        """A command of the terminal on this home."""
        return [sys.executable, "-m", "torogoz", "--home", str(self.home.path), *arguments]

    def run(self, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        """Run a command to its end."""
        return subprocess.run(
            self.command(*arguments), input=typed, capture_output=True, text=True, check=False, env=self.environment
        )

    def start(self, module: str, *arguments: str) -> subprocess.Popen[str]:
        """Start a module of these tests on this home."""
        command = [sys.executable, "-m", f"tests.integration.keys.{module}", str(self.home.path), *arguments]
        return subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=self.environment, cwd=ROOT
        )

    def stored(self) -> dict[str, bytes]:
        """What a thief of the database gets: the files of the embedded one; of PostgreSQL every table, written out."""
        url = self.environment.get("DATABASE_URL")
        if url is None:
            return {path.name: path.read_bytes() for path in self.home.path.glob("torogoz.sqlite3*")}
        with psycopg.connect(url) as connection:
            tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
            found = {}
            for (name,) in tables:
                with connection.cursor().copy(f'COPY "{name}" TO STDOUT'.encode()) as rows:
                    found[name] = b"".join(bytes(row) for row in rows)
            return found

    def answer(self, module: str, *arguments: str) -> Any:
        """Run a module to its end, and read what it prints."""
        process = self.start(module, *arguments)
        printed, _ = process.communicate()
        assert process.returncode == 0
        return json.loads(printed)


@contextmanager
def made(home: Path, *, migrated: bool = True) -> Iterator[Worked]:
    """A new home; its database is of the kind on which this run tests, and empty where it is not to be migrated."""
    if migrated:
        with copied(_new(), home) as worked:
            yield worked
        return
    with environment() as named:
        worked = Worked(Home(home), named)
        _do(worked, "keys", "init")
        yield worked


@contextmanager
def copied(worked: Worked, home: Path) -> Iterator[Worked]:
    """The same home once more, with the same keys; nobody may be at work on it."""
    shutil.copytree(worked.home.path, home)
    with environment(name_of(worked.environment) if on_postgresql() else "") as named:
        yield Worked(Home(home), named)


@cache
def _new() -> Worked:
    """A home as it is when new, for as long as the tests run: to bring one to this version takes ten seconds."""
    kept = ExitStack()
    atexit.register(kept.close)
    folder = kept.enter_context(TemporaryDirectory(prefix="torogoz-keys-"))
    worked = Worked(Home(Path(folder) / "home"), kept.enter_context(environment()))
    _do(worked, "keys", "init")
    _do(worked, "migrate")
    return worked


def _do(worked: Worked, *arguments: str) -> None:
    done = worked.run(*arguments)
    assert done.returncode == 0, done.stderr
