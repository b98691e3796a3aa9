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
