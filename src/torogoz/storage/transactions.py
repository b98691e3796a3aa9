"""What a transaction is told of itself: on PostgreSQL with a statement, on SQLite before it begins, where it needs it.

Each holds for the transaction that it is said in, so that a pool of connections (pgbouncer) may stand between.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, connections

from torogoz.storage.embedded.base import DatabaseWrapper

#: How long a transaction may stand still: one that does for longer has lost its worker, and keeps its locks.
_STANDSTILL = "20s"


def in_passing() -> None:
    """What is written need not outlive a power failure, so that nobody waits for the disk: leases and lanes."""
    _set(synchronous_commit="off")


@contextmanager
def beginning_in_passing() -> Iterator[None]:
    """The same for the embedded database, which is told before a transaction begins and no more after it.

    The next commit that must last takes what was written meanwhile with it, in its order.
    """
    embedded = connections["default"]
    if isinstance(embedded, DatabaseWrapper) and not embedded.in_atomic_block:
        with embedded.not_waiting_for_the_disk():
            yield
    else:
        yield


def of_one_message() -> None:
    """A transaction that names the rows it reads, and must not stand still.

    It looks them up one by one. Where a table has grown since its statistics were taken, or is young, PostgreSQL takes
    reading the whole of it for cheaper than five hundred look-ups in an index (measured: 22 ms instead of 2).
    """
    _set(enable_seqscan="off", idle_in_transaction_session_timeout=_STANDSTILL)


def of_one_flight() -> None:
    """A transaction that must not stand still: its process is gone then, or its machine, and others want its locks."""
    _set(idle_in_transaction_session_timeout=_STANDSTILL)


@contextmanager
def waiting_at_most(seconds: float) -> Iterator[None]:
    """On the embedded database, wait no longer than this for a transaction to begin: somebody stands at a gate."""
    embedded = connections["default"]
    if not isinstance(embedded, DatabaseWrapper):
        yield
        return
    embedded.patience = max(seconds, 0.0)
    try:
        yield
    finally:
        embedded.patience = None


def of_one_request(seconds: float) -> None:
    """A transaction of which no statement takes longer than this, its waiting for a lock included."""
    _set(statement_timeout=f"{max(int(seconds * 1000), 1)}ms", idle_in_transaction_session_timeout=_STANDSTILL)


def _set(**values: str) -> None:
    if connection.vendor == "postgresql":
        calls = ", ".join(["set_config(%s, %s, true)"] * len(values))
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {calls}", [each for item in values.items() for each in item])
