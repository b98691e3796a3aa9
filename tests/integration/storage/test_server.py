"""PostgreSQL's connections wait for the next who needs one, as good as new, and are never used when they are not."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from django.db import OperationalError
from django.db.utils import ConnectionHandler
from psycopg.pq import TransactionStatus

from torogoz.storage.server import base
from torogoz.storage.server.base import DatabaseWrapper
from torogoz.web.settings import _database

Opened = Callable[[], DatabaseWrapper]
#: Whichever the tests run on: what is tried here is PostgreSQL's.
URL = os.environ.get("DATABASE_URL") or os.environ.get("TOROGOZ_TEST_POSTGRES", "")

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not URL, reason="no PostgreSQL here: name a database in TOROGOZ_TEST_POSTGRES"),
]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Iterator[Opened]:
    """Give connections to the server, none of which waited before."""
    monkeypatch.setattr(base, "_idle", type(base._idle)())
    made: list[DatabaseWrapper] = []

    def connect() -> DatabaseWrapper:
        connection = ConnectionHandler({"default": _database(URL)})["default"]
        assert isinstance(connection, DatabaseWrapper)
        made.append(connection)
        return connection

    yield connect
    for each in made:
        each.close()
        each.close_pool()


def used(connection: DatabaseWrapper) -> psycopg.Connection[Any]:
    """The connection of psycopg's own, once it was used."""
    assert one(connection, "SELECT 1") == 1
    raw: psycopg.Connection[Any] = connection.connection
    return raw


def one(connection: DatabaseWrapper, asked: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return cursor.fetchone()[0]


def end(raw: psycopg.Connection[Any]) -> None:
    """Have the server end a connection, as it does with all when it is stopped."""
    with psycopg.connect(URL, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 10000)", [raw.info.backend_pid])


def test_what_one_thread_has_closed_the_next_one_uses(opened: Opened) -> None:
    first = opened()
    raw = used(first)
    first.close()
    second = opened()
    assert used(second) is raw
    assert used(opened()) is not raw, "two at a time have one each"
    assert second.get_autocommit()
    assert one(second, "SHOW timezone") == "UTC"
    assert one(second, "SHOW jit") == "off"


def test_what_the_server_has_ended_is_met_by_nobody(opened: Opened) -> None:
    several = [opened() for _ in range(3)]
    dead = [used(each) for each in several]
    for connection, raw in zip(several, dead, strict=True):
        connection.close()
        end(raw)
    start = time.monotonic()
    assert used(opened()) not in dead
    assert time.monotonic() - start < 1
    assert not base._idle, "the others are dropped with it"


def test_what_broke_in_use_is_not_kept(opened: Opened) -> None:
    connection = opened()
    raw = used(connection)
    end(raw)
    with pytest.raises(OperationalError):
        used(connection)
    connection.close()
    assert not base._idle
    assert used(opened()) is not raw


def test_what_is_left_in_a_transaction_is_rolled_back_and_used_by_nobody_else(opened: Opened) -> None:
    connection = opened()
    raw = used(connection)
    connection.set_autocommit(False)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE never_committed (n integer)")
    connection.close()
    assert raw.closed
    assert one(opened(), "SELECT to_regclass('never_committed')") is None


def test_what_was_read_half_by_it_is_read_no_more(opened: Opened) -> None:
    connection = opened()
    raw = used(connection)
    with connection.cursor() as cursor:
        cursor.execute("DECLARE half CURSOR WITH HOLD FOR SELECT generate_series(1, 10)")
    assert one(connection, "FETCH half") == 1
    connection.close()
    after = opened()
    assert used(after) is raw
    assert one(after, "SELECT count(*) FROM pg_cursors WHERE name = 'half'") == 0
    assert raw.info.transaction_status == TransactionStatus.IDLE


def test_what_nobody_used_for_long_is_opened_anew(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    connection = opened()
    raw = used(connection)
    connection.close()
    monkeypatch.setattr(base, "FRESH", 0.0)
    assert used(opened()) is not raw
    assert raw.closed


def test_another_clock_has_another_connection(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    connection = opened()
    raw = used(connection)
    connection.close()
    other = opened()
    monkeypatch.setitem(other.settings_dict, "TIME_ZONE", "America/El_Salvador")
    assert used(other) is not raw
    assert one(other, "SHOW timezone") == "America/El_Salvador"


def test_no_more_wait_than_a_few_and_none_once_a_database_is_to_be_dropped(opened: Opened) -> None:
    many = [opened() for _ in range(base.KEPT + 3)]
    raw = [used(each) for each in many]
    for each in many:
        each.close()
    assert sum(not each.closed for each in raw) == base.KEPT
    many[0].close_pool()
    assert all(each.closed for each in raw)


def test_where_the_server_is_away_that_is_told_at_once(opened: Opened) -> None:
    away = opened()
    away.settings_dict["PORT"] = "1"  # where nobody listens
    start = time.monotonic()
    with pytest.raises(OperationalError):
        used(away)
    assert time.monotonic() - start < 1
