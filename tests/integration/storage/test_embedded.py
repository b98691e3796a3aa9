"""Whoever wants to write to the embedded database waits for their turn, and not for ever."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.db import OperationalError
from django.db.utils import ConnectionHandler

from torogoz.storage.embedded import base
from torogoz.storage.embedded.base import DatabaseWrapper
from torogoz.web.settings import _database

pytestmark = pytest.mark.django_db

Opened = Callable[[float], DatabaseWrapper]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "some.sqlite3"


@pytest.fixture
def opened(path: Path) -> Iterator[Opened]:
    """Give connections to a file, of so much patience in seconds."""
    made: list[DatabaseWrapper] = []

    def connect(timeout: float) -> DatabaseWrapper:
        options = {"transaction_mode": "IMMEDIATE", "timeout": timeout}
        named = {"default": {"ENGINE": "torogoz.storage.embedded", "NAME": path, "OPTIONS": options}}
        connection = ConnectionHandler(named)["default"]
        assert isinstance(connection, DatabaseWrapper)
        made.append(connection)
        return connection

    yield connect
    for each in made:
        each.close()


def begin(connection: DatabaseWrapper) -> None:
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)


def test_who_waits_begins_when_the_other_has_ended(path: Path, opened: Opened) -> None:
    connection = opened(30)
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        ended: list[float] = []

        def end() -> None:
            ended.append(time.monotonic())
            other.execute("COMMIT")

        timer = threading.Timer(0.2, end)
        timer.start()
        begin(connection)
        timer.join()
        assert ended
        assert time.monotonic() > ended[0]
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("PRAGMA busy_timeout = 0").connection.execute("BEGIN IMMEDIATE")


def test_who_has_waited_for_long_enough_is_told_and_the_connection_can_be_used_again(
    path: Path, opened: Opened
) -> None:
    connection = opened(0.05)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(OperationalError, match="locked"):
            begin(connection)
        other.execute("COMMIT")
    begin(connection)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        assert cursor.fetchone() == (50,), "what is no transaction waits as SQLite does"


def test_what_fails_for_another_reason_is_not_tried_again(opened: Opened) -> None:
    connection = opened(30)
    begin(connection)
    before = time.monotonic()
    with pytest.raises(OperationalError, match="within a transaction"):
        connection._start_transaction_under_autocommit()
    assert time.monotonic() - before < 5


def test_the_settings_of_a_home_make_what_was_receipted_outlive_a_power_failure_and_what_was_deleted_unreadable(
    path: Path,
) -> None:
    """As the settings have it, and not as a test does: IMMEDIATE, a log written ahead, synchronous FULL (design §6)."""
    connection = ConnectionHandler({"default": {**_database(""), "NAME": path}})["default"]
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}
    with closing(connection), connection.cursor() as cursor:
        found = {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in wanted}
    assert found == wanted
    assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_what_may_be_lost_is_not_waited_for_and_what_comes_after_it_is(path: Path, opened: Opened) -> None:
    path.touch()
    connection = opened(30)

    def waits() -> object:
        with connection.cursor() as cursor:
            return cursor.execute("PRAGMA synchronous").fetchone()[0]

    assert waits() == 2
    with connection.not_waiting_for_the_disk():
        begin(connection)
        assert waits() == 1
        connection.set_autocommit(True)
    assert waits() == 2
    with connection.not_waiting_for_the_disk():
        connection.close()
    assert waits() == 2, "nor is it told to the next who uses it"


def used(connection: DatabaseWrapper) -> sqlite3.Connection:
    """The connection of SQLite's own, once it was used."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    raw: sqlite3.Connection = connection.connection
    return raw


def test_what_one_thread_has_closed_the_next_one_uses_as_if_it_were_new(opened: Opened, path: Path) -> None:
    path.touch()
    one = opened(30)
    raw = used(one)
    with one.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 1")
    one.close()
    two = opened(30)
    assert used(two) is raw
    assert used(opened(30)) is not raw, "two at a time have one each"
    with two.cursor() as cursor:
        assert cursor.execute("PRAGMA busy_timeout").fetchone()[0] == 30_000
        cursor.execute("PRAGMA foreign_keys = OFF")
    two.close()
    three = opened(30)
    assert used(three) is not raw
    with three.cursor() as cursor:
        assert cursor.execute("PRAGMA foreign_keys").fetchone()[0] == 1


def test_what_was_read_half_is_read_no_more_and_the_next_one_sees_the_present(opened: Opened, path: Path) -> None:
    path.touch()
    reads, writes = opened(30), opened(30)
    used(reads)
    with writes.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("CREATE TABLE t AS SELECT 1 AS n UNION SELECT 2")
    half = reads.cursor()
    half.execute("SELECT n FROM t")
    assert half.fetchone() == (1,)
    raw = used(reads)
    reads.close()
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        half.cursor.fetchone()
    with writes.cursor() as cursor:
        cursor.execute("INSERT INTO t VALUES (3)")
    after = opened(30)
    assert used(after) is raw
    with after.cursor() as cursor:
        assert cursor.execute("SELECT MAX(n) FROM t").fetchone() == (3,)


def test_what_is_left_in_a_transaction_is_used_by_nobody_else(opened: Opened, path: Path) -> None:
    path.touch()
    writes = opened(30)
    raw = used(writes)
    raw.execute("BEGIN IMMEDIATE")
    writes.close()
    after = opened(30)
    assert used(after) is not raw
    begin(after)


def test_a_file_that_took_the_place_of_another_is_opened_anew(opened: Opened, path: Path) -> None:
    path.touch()
    before = opened(30)
    raw = used(before)
    before.close()
    path.rename(path.with_suffix(".old"))
    path.touch()
    assert used(opened(30)) is not raw


def test_no_more_wait_than_a_few(opened: Opened, path: Path) -> None:
    path.touch()
    many = [opened(30) for _ in range(base._KEPT + 3)]
    raw = {id(used(each)): used(each) for each in many}
    for each in many:
        each.close()
    again = [used(opened(30)) for _ in many]
    assert sum(id(each) in raw for each in again) <= base._KEPT
    assert len(base._idle) <= base._KEPT
