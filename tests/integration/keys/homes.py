"""Homes that processes of their own work on: with the embedded database, or with one of PostgreSQL of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg

from tests.serving import clean_environment
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
    server = os.environ.get("DATABASE_URL")
    if not server:
        worked = Worked(Home(home), clean_environment())
        _make(worked, migrated=migrated)
        yield worked
        return
    name = f"torogoz_keys_{uuid4().hex[:12]}"
    url = urlsplit(server)._replace(path=f"/{name}").geturl()
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
        try:
            worked = Worked(Home(home), {**clean_environment(), "DATABASE_URL": url})
            _make(worked, migrated=migrated)
            yield worked
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


def _make(worked: Worked, *, migrated: bool) -> None:
    for arguments in (("keys", "init"), ("migrate",)) if migrated else (("keys", "init"),):
        done = worked.run(*arguments)
        assert done.returncode == 0, done.stderr
