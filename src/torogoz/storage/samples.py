"""PostgreSQL samples the values of columns to plan its queries, and keeps the samples when the rows have gone.

Found by searching its files: names that had been purged stood in `pg_statistic`, in the lists of most common values and
histogram bounds; and an empty table's samples are never replaced. So columns that speak of a person are not sampled at
all. Their queries are by index, which needs no estimate. The table of columns is `privacy.fields`, and every migration
is followed by a look at it, so that a new column cannot be forgotten.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connection

from torogoz.privacy.fields import TABLES
from torogoz.privacy.tables import About, Table

#: The kinds of columns in which a value may be kept.
_HOLD_VALUES = frozenset({"CharField", "TextField", "JSONField", "BinaryField", "GenericIPAddressField"})


def columns() -> Iterator[tuple[str, str]]:
    """Table and name of every column that speaks of a person and holds a value, open or sealed."""
    for table in TABLES:
        if table.about is not About.OPERATION:
            yield from _columns(table)


def never_sample(**_: object) -> None:
    """Let PostgreSQL sample none of these columns, and drop what it has sampled. A second time changes nothing."""
    if connection.vendor != "postgresql":
        return
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod) FROM pg_attribute a "
            "JOIN pg_class c ON c.oid = a.attrelid "
            "WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' "
            "AND a.attnum > 0 AND NOT a.attisdropped AND a.attstattarget IS DISTINCT FROM 0"
        )
        sampled = {(table, column): kind for table, column, kind in cursor.fetchall()}
        for table, column in columns():
            kind = sampled.get((table, column))
            if kind:
                # Naming a column's own type drops its samples, and changes nothing else.
                change = f"ALTER COLUMN {quote(column)}"
                cursor.execute(f"ALTER TABLE {quote(table)} {change} SET STATISTICS 0, {change} TYPE {kind}")


def _columns(table: Table) -> Iterator[tuple[str, str]]:
    model: Any = apps.get_model(table.model)
    for name in (*table.moved, *table.cleared, *table.personal.split(), *table.keys.split()):
        field = model._meta.get_field(name)  # noqa: SLF001 - Django's public API
        if field.get_internal_type() in _HOLD_VALUES:
            yield model._meta.db_table, field.column  # noqa: SLF001 - likewise
