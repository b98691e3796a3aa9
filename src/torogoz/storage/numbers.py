"""Numbers of rows are given once: a database that was restored must not give one again that was given before."""

from __future__ import annotations

from django.db import connection


def highest(table: str, key: str = "id") -> int:
    """The highest number that a row of a table has had, gone ones included; 0 where it had none, or has no numbers."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        elif sequence := _sequence(table, key):
            cursor.execute(f"SELECT last_value FROM {sequence} WHERE is_called")  # noqa: S608 - the table's own sequence
        else:
            return 0
        found = cursor.fetchone()
    return int(found[0]) if found else 0


def never_again(table: str, number: int, key: str = "id") -> None:
    """Let new rows of a table have numbers above this one, in the caller's transaction."""
    if not number:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            # Django's key columns are AUTOINCREMENT: SQLite keeps the last number of each table, once it had a row.
            cursor.execute("UPDATE sqlite_sequence SET seq = max(seq, %s) WHERE name = %s", [number, table])
            if not cursor.rowcount:
                cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, number])
        elif sequence := _sequence(table, key):
            # Not undone with the transaction: if it went down, a restore that fails would let numbers be given twice.
            cursor.execute(
                f"SELECT setval(%s, GREATEST(last_value, %s)) FROM {sequence}",  # noqa: S608 - the table's own sequence
                [sequence, number],
            )


def _sequence(table: str, key: str) -> str:
    """PostgreSQL's sequence behind a table's key, or nothing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [connection.ops.quote_name(table), key])
        return str(cursor.fetchone()[0] or "")
