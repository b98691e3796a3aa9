"""What only one may do at a time, wherever it runs: held from the moment it is taken to the end of the transaction.

On PostgreSQL by advisory locks, which end with the transaction of whoever held them, however that ends. On SQLite every
transaction that writes has the database to itself since it began, and nothing needs to be taken.
"""

from __future__ import annotations

import time

from django.db import connection

from torogoz.storage.embedded.base import LOOKS

#: Torogoz's own numbers: another product in the same database has others.
_OURS = 0x7060
UPKEEP, PERSONS, REVISION = 1, 2, 3


def wait_for(what: int) -> None:
    """Take a turn, after whoever has it."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_OURS, what])


def give_way() -> None:
    """Between two transactions, let whoever waits for the embedded database write before us."""
    if connection.vendor == "sqlite":
        time.sleep(1.5 * LOOKS)


def try_for(what: int) -> bool:
    """Take a turn if nobody has it; give whether it was taken."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [_OURS, what])
        return bool(cursor.fetchone()[0])
