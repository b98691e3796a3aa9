"""Numbers of rows are given once: a database that was restored must not give one again that the ledger knows."""

from __future__ import annotations

from django.db import connection, models


def never_again(model: type[models.Model], highest: int) -> None:
    """Let new rows of a model have numbers above this one, in the caller's transaction."""
    table = model._meta.db_table  # noqa: SLF001 - Django's public API
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            # Django's key columns are AUTOINCREMENT: SQLite keeps the last number of each table, once it had a row.
            cursor.execute("UPDATE sqlite_sequence SET seq = max(seq, %s) WHERE name = %s", [highest, table])
            if not cursor.rowcount:
                cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, highest])
        else:
            cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [connection.ops.quote_name(table)])
            (sequence,) = cursor.fetchone()
            cursor.execute(
                f"SELECT setval(%s, GREATEST(last_value, %s)) FROM {sequence}",  # noqa: S608 - the table's own sequence
                [sequence, highest],
            )
