"""The process that makes a list ready is a real one here: started as a worker starts it, held up, killed."""

from __future__ import annotations

import os
import signal
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connection

from tests.databases import on_postgresql
from tests.integration.flow.test_in_force import TODAY, anew, answers, load, nothing_shared_yet
from tests.integration.flow.test_in_force_behind import few_are_laid_over, rows
from torogoz.flow import make_ready
from torogoz.flow.in_force import ListsInForce
from torogoz.flow.make_ready import begin, in_a_process
from torogoz.storage import shared_arrays
from torogoz.storage.home import Home

__all__ = ["few_are_laid_over", "nothing_shared_yet"]

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("people")]

#: How long a busy machine may take, in seconds.
PATIENCE = 60.0
#: Has a process stand still before what it shares is whole, for as long as a file stands.
_GATE = """
import os, pathlib, time
rename = pathlib.Path.rename
def held(self, target):
    while os.path.exists({gate!r}):
        time.sleep(0.01)
    return rename(self, target)
pathlib.Path.rename = held
"""


@pytest.fixture
def gate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Stands while the process is held up that makes a list ready; it reads the test's own database."""
    monkeypatch.setattr(make_ready, "begin", begin)
    monkeypatch.setattr(make_ready, "in_a_process", in_a_process)
    closed = tmp_path / "closed"
    closed.touch()
    (tmp_path / "sitecustomize.py").write_text(_GATE.format(gate=str(closed)))
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    if on_postgresql():
        url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
        monkeypatch.setenv("DATABASE_URL", url.geturl())
    yield closed
    closed.unlink(missing_ok=True)
    for file in Home.current().path.glob(f"{Home.current().database.name}*"):
        file.unlink()


def exchanged() -> ListsInForce:
    """A list that is held, and of which a new version was committed: the same ids, each somebody else."""
    load(*rows(0, 10))
    lists = ListsInForce()
    lists.get(TODAY)
    load(*rows(0, 10, seed=2))
    if not on_postgresql():  # the tests' own database is in memory
        with closing(sqlite3.connect(Home.current().database)) as file:
            connection.connection.backup(file)
    return lists


def half_made() -> list[Path]:
    place = shared_arrays.folder(Home.current())
    assert place
    return list(place.glob(f"*{shared_arrays.PARTIAL}"))


def wait_until(what: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_the_old_version_answers_until_the_process_has_made_the_new_one(gate: Path) -> None:
    lists = exchanged()
    old = answers(lists)
    assert old != anew()
    wait_until(half_made)
    assert answers(lists) == old
    gate.unlink()
    wait_until(lambda: lists.news)
    assert answers(lists) == anew()
    assert not lists.behind


def test_a_process_that_is_killed_leaves_nothing_half_made_and_the_list_is_made_all_the_same(
    gate: Path, caplog: pytest.LogCaptureFixture
) -> None:
    lists = exchanged()
    old = answers(lists)
    wait_until(half_made)
    (file,) = half_made()
    os.kill(int(file.suffixes[-2].removeprefix(".")), signal.SIGKILL)
    wait_until(lambda: lists.news)
    assert not half_made()
    assert [(each.message, each.__dict__["status"]) for each in caplog.records] == [("list.not_ready", -signal.SIGKILL)]
    new = answers(lists)
    assert old != new == anew()
    assert not lists.behind
