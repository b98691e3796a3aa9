"""Backup and restore at the terminal, on homes of their own: from either database into either, and after a kill."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.databases import environment, on_postgresql
from tests.integration.hostile.sent import COMPANION, PERSON, paxlst
from tests.serving import PASSWORD, clean_environment

#: Prints what a home holds, without what backup and restore say of themselves.
_TELL = """
import sys
from pathlib import Path
from torogoz.cli.django import ready
ready(Path(sys.argv[1]))
from django.db import transaction
from torogoz.storage import dump
with transaction.atomic():
    for line in dump.lines():
        if line.startswith(b"[") and not any(each in line for each in (b"backup.", b"ledger.", b"retention")):
            print(line.decode())
"""

#: Reads the whole database as a backup does, while another thread writes to it; prints how often that was seen.
_MEANWHILE = """
import sys, threading
from pathlib import Path
from torogoz.cli.django import ready
ready(Path(sys.argv[1]))
from django.db import connection
from torogoz.flow import backup
from torogoz.storage import dump
from torogoz.storage.models import Agency

def write():
    Agency.objects.create(code="TARDE", name="Tarde")
    connection.close()

seen = []
with backup._one_moment():
    for line in dump.lines():
        if not seen:
            elsewhere = threading.Thread(target=write)
            elsewhere.start()
            elsewhere.join(20)
            assert not elsewhere.is_alive(), "a backup keeps nobody from writing"
        seen.append(line)
mine = Agency.objects.filter(code="TARDE")
print(mine.count(), sum(b"TARDE" in line for line in seen))
mine.delete()
"""


@dataclass(frozen=True, slots=True)
class Place:
    """A home with the environment that its commands have."""

    home: Path
    environment: dict[str, str]

    def run(self, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        """Run a command on it."""
        command = [sys.executable, "-m", "torogoz", "--home", str(self.home), *arguments]
        return subprocess.run(
            command, env=self.environment, input=typed, capture_output=True, text=True, timeout=120, check=False
        )

    def does(self, *arguments: str, typed: str = "") -> str:
        """Run a command that must succeed; give what it printed."""
        done = self.run(*arguments, typed=typed)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def tells(self, script: str) -> str:
        """Run a script of Python on it."""
        command = [sys.executable, "-c", script, str(self.home)]
        return subprocess.run(
            command, env=self.environment, capture_output=True, text=True, timeout=120, check=True
        ).stdout

    def beside(self, home: Path, environment: dict[str, str]) -> Place:
        """A new home with the same keys, and nothing else."""
        home.mkdir(mode=0o700)
        shutil.copytree(self.home / "keys", home / "keys")
        return Place(home, environment)


@pytest.fixture(scope="module")
def places() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory, places: ExitStack) -> Place:
    """A home in which two people have travelled, and its backup beside it."""
    folder = tmp_path_factory.mktemp("old")
    place = Place(folder / "home", places.enter_context(environment()))
    place.does("init", "--name", "ana", typed=f"{PASSWORD}\n")
    (folder / "a.edi").write_bytes(paxlst(PERSON, COMPANION))
    place.does("ingest", str(folder / "a.edi"))
    assert "without the keys" in place.does("backup", str(folder / "a.backup"))
    return place


def test_a_restored_home_holds_what_was_backed_up_and_its_audit_is_whole(
    old: Place, places: ExitStack, tmp_path: Path
) -> None:
    file = str(old.home.parent / "a.backup")
    new = old.beside(tmp_path / "new", places.enter_context(environment()))
    assert "whole, release" in new.does("restore", "--check", file)
    assert not list(new.home.glob("*.sqlite3"))
    assert "is restored" in new.does("restore", file)
    assert new.tells(_TELL) == old.tells(_TELL)
    assert "whole" in new.does("audit", "check")
    again = new.run("restore", file)
    assert again.returncode == 1
    assert "people work with this database" in again.stderr


@pytest.mark.skipif(not on_postgresql(), reason="needs the other database")
def test_a_backup_of_one_database_is_restored_into_the_other_and_back(
    old: Place, places: ExitStack, tmp_path: Path
) -> None:
    file = str(old.home.parent / "a.backup")
    embedded = old.beside(tmp_path / "embedded", clean_environment())
    embedded.does("restore", file)
    embedded.does("backup", str(tmp_path / "b.backup"))
    served = old.beside(tmp_path / "served", places.enter_context(environment()))
    served.does("restore", str(tmp_path / "b.backup"))
    assert "ZYXWOFICTICIA" in old.tells(_TELL)
    assert served.tells(_TELL).count("\n") == old.tells(_TELL).count("\n")


def test_a_restore_that_was_killed_leaves_the_home_shut_until_it_is_done_again(
    old: Place, places: ExitStack, tmp_path: Path
) -> None:
    file = str(old.home.parent / "a.backup")
    new = old.beside(tmp_path / "new", places.enter_context(environment()))
    command = [sys.executable, "-m", "torogoz", "--home", str(new.home), "restore", file]
    process = subprocess.Popen(command, env=new.environment)
    while not (new.home / "restoring").exists() and process.poll() is None:
        time.sleep(0.005)
    process.send_signal(signal.SIGKILL)
    process.wait()
    for shut in (["serve"], ["worker"], ["migrate"]):
        done = new.run(*shut)
        assert (done.returncode, "this home is being restored" in done.stderr) == (3, True), shut
    new.does("restore", file)
    assert new.tells(_TELL) == old.tells(_TELL)


def test_without_its_keys_nothing_is_restored_and_none_are_made(old: Place, tmp_path: Path) -> None:
    new = Place(tmp_path / "new", clean_environment())
    done = new.run("restore", str(old.home.parent / "a.backup"))
    assert done.returncode == 3
    assert "key" in done.stderr
    assert not list(new.home.rglob("*.key"))
    assert not list(new.home.rglob("*.sqlite3"))


def test_a_backup_is_of_one_moment_and_keeps_nobody_from_writing(old: Place) -> None:
    assert old.tells(_MEANWHILE).split() == ["1", "0"]
