"""SQLite, asked for the right to write every millisecond.

SQLite's own waiting sleeps longer each time, up to a tenth of a second, and has no queue: whoever loads messages back
to back takes the lock again before a page that waits has looked, and a page's audit entry waited for seconds
(measured). Here whoever waits looks every millisecond, and whoever loads pauses for longer than that between two
messages (`turns.give_way`). Who waits for longer than the `timeout` of the settings gets SQLite's own error.
"""

from __future__ import annotations

import sqlite3
import time

from django.db.backends.sqlite3 import base

#: How often somebody looks whether it is their turn, in seconds.
LOOKS = 0.001


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's, but for how a transaction begins. `patience` is how long it waits for that, where somebody cannot."""

    patience: float | None = None

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
