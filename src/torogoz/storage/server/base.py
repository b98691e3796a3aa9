"""PostgreSQL, by connections that wait for the next who needs one.

A request has a thread of its own, and so a connection of its own; PostgreSQL starts a process for each. What a thread
closes waits here instead. Whoever takes it asks the server something first: where that was stopped and started again
the old ones are dropped and a new one is opened, and where it is away that fails at once, as it would without any.

psycopg's own pool does other than we need there: while the server is away everybody waits for its timeout, who meets a
dead connection sleeps for a second, and new ones are tried with pauses that double (psycopg_pool 3.3.3, read).

PostgreSQL compiles (`jit`) what it expects to be dear, and expects too much of tables of which it may not sample a
column (`samples`): counting twenty rows took thirty milliseconds, and the queries of a rotation eight times as long as
without (measured). What reads millions of rows here reads them by an index, and gains nothing by it either. Each
connection is told so by itself, since a pool in between may refuse to be told when it begins.
"""

from __future__ import annotations

import atexit
import time
from collections import deque
from contextlib import suppress
from typing import Any

import psycopg
from django.db.backends.postgresql import base
from psycopg.pq import TransactionStatus

#: So many connections that nobody uses are kept open in a process.
KEPT = 16
#: One that nobody used for so many seconds is not used again: what stands in between may have forgotten it.
FRESH = 60.0
#: To which database and as whom, since when it waits, and the connection; the last to come is the first to go.
_idle: deque[tuple[object, float, psycopg.Connection[Any]]] = deque()


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's, but for where a connection comes from and goes."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> psycopg.Connection[Any]:
        """One that waits for us and still answers, or another."""
        wanted = self._described()
        with suppress(IndexError):
            while True:
                described, since, waiting = _idle.pop()
                if described == wanted and time.monotonic() - since < FRESH and _answers(waiting):
                    return waiting
                waiting.close()
        opened: psycopg.Connection[Any] = super().get_new_connection(conn_params)
        opened.autocommit = True  # as Django goes on with it
        opened.execute("SET jit = off")
        return opened

    def close_pool(self) -> None:
        """Close what waits: Django asks for it before it drops or copies a database, or tells the time otherwise."""
        _drop()

    def _close(self) -> None:
        """Let it wait for the next, unless it is in a transaction, something is amiss with it, or enough wait."""
        held: psycopg.Connection[Any] | None = self.connection
        idle = held is not None and held.autocommit and held.info.transaction_status == TransactionStatus.IDLE
        if held and idle and not self.errors_occurred and len(_idle) < KEPT:
            _idle.append((self._described(), time.monotonic(), held))
        else:
            super()._close()  # type: ignore[misc]  # the stubs know only what is public

    def _described(self) -> object:
        """What a connection is to, as whom, and by which clock it tells the time."""
        return self.timezone_name, *(self.settings_dict[each] for each in ("NAME", "USER", "PASSWORD", "HOST", "PORT"))


@atexit.register
def _drop() -> None:
    with suppress(IndexError):
        while True:
            _idle.pop()[2].close()


def _answers(waiting: psycopg.Connection[Any]) -> bool:
    """Ask the server something that ends what was read half by it: a cursor lives as long as its connection."""
    try:
        waiting.execute("CLOSE ALL")
    except psycopg.Error:
        return False
    return True
