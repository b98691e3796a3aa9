"""SQLite, asked for the right to write every millisecond.

SQLite's own waiting sleeps longer each time, up to a tenth of a second, and has no queue: whoever loads messages back
to back takes the lock again before a page that waits has looked, and a page's audit entry waited for seconds
(measured). Here whoever waits looks every millisecond, and whoever loads pauses for longer than that between two
messages (`turns.give_way`). Who waits for longer than the `timeout` of the settings gets SQLite's own error.

A request has a thread of its own, and so a connection of its own: opening one, and reading the schema by it, costs more
of the processor than most requests do with it (measured: docs/benchmarks/interactive.md). What a thread closes waits
for the next one to open the same file, with its schema and its prepared statements.
"""

from __future__ import annotations

import sqlite3
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from weakref import WeakSet

from django.db import DEFAULT_DB_ALIAS
from django.db.backends.sqlite3 import base

#: How often somebody looks whether it is their turn, in seconds.
LOOKS = 0.001
#: So many connections that nobody uses are kept open in a process.
_KEPT = 8
#: Whatever opens a connection anew, and the connection.
_idle: deque[tuple[object, sqlite3.Connection]] = deque()


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's, but for how a transaction begins. `patience` is how long it waits for that, where somebody cannot."""

    patience: float | None = None

    def __init__(self, settings_dict: dict[str, Any], alias: str = DEFAULT_DB_ALIAS) -> None:
        super().__init__(settings_dict, alias)
        self._opened: object = None
        self._cursors = WeakSet[sqlite3.Cursor]()

    def get_new_connection(self, conn_params: dict[str, Any]) -> sqlite3.Connection:
        """One that waits for us, as it would be if it were opened now, or another."""
        wanted = self._described(conn_params)
        with suppress(IndexError):
            while wanted:
                described, waiting = _idle.pop()
                # To switch foreign keys on again, rather than ask, would make every prepared statement anew.
                if described != wanted or not waiting.execute("PRAGMA foreign_keys").fetchone()[0]:
                    waiting.close()
                    continue
                waiting.execute(f"PRAGMA busy_timeout = {int(conn_params['timeout'] * 1000)}")
                self._opened = wanted
                return waiting
        opened: sqlite3.Connection = super().get_new_connection(conn_params)
        self._opened = self._described(conn_params)
        return opened

    def create_cursor(self, name: str | None = None) -> sqlite3.Cursor:
        """A cursor, which ends with our use of the connection."""
        cursor: sqlite3.Cursor = super().create_cursor(name)
        self._cursors.add(cursor)
        return cursor

    @contextmanager
    def not_waiting_for_the_disk(self) -> Iterator[None]:
        """Within this, what is committed outlives this process at once, and a power failure with the next commit."""
        self.ensure_connection()
        told: sqlite3.Connection = self.connection
        told.execute("PRAGMA synchronous = NORMAL")
        try:
            yield
        finally:
            with suppress(sqlite3.ProgrammingError):  # closed meanwhile
                told.execute("PRAGMA synchronous = FULL")

    def _close(self) -> None:
        """Let it wait for the next, unless something is amiss with it or enough wait; whoever reads by it has read.

        A statement that is read half would hold what it began with, and the next one would see the past.
        """
        held: sqlite3.Connection = self.connection
        while self._cursors:
            self._cursors.pop().close()
        if self._opened and not held.in_transaction and not self.errors_occurred and len(_idle) < _KEPT:
            _idle.append((self._opened, held))
        else:
            super()._close()  # type: ignore[misc]  # the stubs know only what is public

    def _described(self, conn_params: dict[str, Any]) -> object:
        """What a connection is to, by the file itself and not only by its name, and how; None where it is no file."""
        try:
            file = Path(conn_params["database"]).stat()
        except (OSError, TypeError):
            return None
        commands = tuple(self.init_commands)  # type: ignore[attr-defined]  # likewise
        return file.st_dev, file.st_ino, commands, conn_params["timeout"]

    def _start_transaction_under_autocommit(self) -> None:
        patience = float(self.settings_dict["OPTIONS"]["timeout"]) if self.patience is None else self.patience
        end = time.monotonic() + patience
        with self.wrap_database_errors:
            self._wait_in_sqlite(0)
            try:
                while not self._begun(last=time.monotonic() > end):
                    time.sleep(LOOKS)
            finally:
                self._wait_in_sqlite(patience)

    def _begun(self, *, last: bool) -> bool:
        try:
            self.connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as problem:
            if last or problem.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            return False
        return True

    def _wait_in_sqlite(self, seconds: float) -> None:
        self.connection.execute(f"PRAGMA busy_timeout = {int(seconds * 1000)}")
