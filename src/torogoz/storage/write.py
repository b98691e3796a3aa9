"""Bulk writing: many rows of one table at once, in the caller's transaction, with a path for each database.

SQLite takes one prepared statement for all rows (executemany). PostgreSQL takes new rows by COPY in its binary form,
and changes as one UPDATE from arrays. The ORM would make an object of each row and ask each field of it; here rows are
tuples of values in the order of the columns that are named, and every other column has its default. Measured in
docs/benchmarks. Ids are asked for first (`reserve`), so that rows of several tables can name each other before any is
written: the database looks at foreign keys when the transaction ends.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from functools import cache, lru_cache
from operator import attrgetter
from typing import Any, TypeVar

from django.db import connection, models
from psycopg.types.json import Jsonb

from torogoz.storage.models.sealed_text import SealedTextField

Model = type[models.Model]
Row = TypeVar("Row", bound=models.Model)
Values = tuple[Any, ...]
Adapter = Callable[[Any], Any]


def reserve(model: Model, count: int) -> Sequence[int]:
    """Ids that no row of a table has had or will be given by the database, in rising order."""
    if not count:
        return ()
    table = model._meta.db_table  # noqa: SLF001 - public API
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            numbers = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
            cursor.execute(numbers, [f'"{table}"', count])
            return [row[0] for row in cursor.fetchall()]
        # Nobody else writes before the rows stand: the transaction has been a writer since it began (IMMEDIATE).
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = cursor.fetchone()
    first = last[0] + 1 if last else 1
    return range(first, first + count)


def like(template: Row, ids: Iterable[int]) -> list[Row]:
    """Objects that differ from a template in their ids only. Making them anew asks every field for its default."""
    rest = _fields(type(template))[1:]
    values = attrgetter(*(field.attname for field in rest))(template)
    return [type(template)(pk, *values) for pk in ids]


def insert(model: Model, names: tuple[str, ...], rows: Sequence[Values]) -> None:
    """Insert rows: values in the order of the names, all other columns as the model has them by default."""
    if not rows:
        return
    table = _table(model, names, connection.vendor)
    values = table.adapted(rows)
    if table.rest:
        values = ((*row, *table.rest) for row in values)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with connection.wrap_database_errors, cursor.copy(table.insert) as copy:
                copy.set_types(table.types)
                for row in values:
                    copy.write_row(row)
        else:
            cursor.executemany(table.insert, list(values))


def insert_objects(rows: Sequence[models.Model]) -> None:
    """Insert objects of one model that were given reserved ids."""
    if rows:
        fields = _fields(type(rows[0]))
        values = attrgetter(*(field.attname for field in fields))
        insert(type(rows[0]), tuple(field.name for field in fields), [values(row) for row in rows])


def update(model: Model, names: tuple[str, ...], rows: Sequence[Values]) -> None:
    """Write some columns of rows that are stored: each tuple has the values in the order of the names, then the key."""
    if not rows:
        return
    table = _table(model, (*names, _key(model).name), connection.vendor)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(table.update, [list(column) for column in zip(*table.adapted(rows), strict=True)])
        else:
            cursor.executemany(table.update, list(table.adapted(rows)))


def update_objects(rows: Sequence[models.Model], names: tuple[str, ...]) -> None:
    """Write some columns of objects of one model that are stored."""
    if rows:
        model = type(rows[0])
        named = [field for name in names for field in _fields(model) if field.name == name]
        values = attrgetter(*(field.attname for field in (*named, _key(model))))
        update(model, names, [values(row) for row in rows])


def _key(model: Model) -> Any:
    return model._meta.pk  # noqa: SLF001 - public API


def _fields(model: Model) -> Sequence[Any]:
    return model._meta.concrete_fields  # noqa: SLF001 - public API


@cache
def _table(model: Model, names: tuple[str, ...], vendor: str) -> _Table:
    return _Table(model, names, vendor)


class _Table:
    """The statements for some columns of a table on one kind of database, and how its driver takes their values.

    `rest` are the defaults of the columns that are not named, which stand behind them in `insert`.
    """

    def __init__(self, model: Model, names: tuple[str, ...], vendor: str) -> None:
        meta, quote = model._meta, connection.ops.quote_name  # noqa: SLF001 - public API
        named: list[Any] = [meta.get_field(name) for name in names]
        rest: list[Any] = [each for each in meta.concrete_fields if each not in named and not each.primary_key]
        types = [str(each.rel_db_type(connection) if each.primary_key else each.db_type(connection)) for each in named]
        columns = ", ".join(quote(each.column) for each in (*named, *rest))
        table, keys = quote(meta.db_table), [quote(each.column) for each in named]
        self._adapters = [_adapter(each, vendor) for each in named]
        self.rest = tuple(_adapted(_adapter(each, vendor), each.get_default()) for each in rest)
        self.types = [each.partition("(")[0] for each in (*types, *(str(each.db_type(connection)) for each in rest))]
        if vendor == "postgresql":
            sets = ", ".join(f"{key} = given.{key}" for key in keys[:-1])
            arrays = ", ".join(f"%s::{kind}[]" for kind in types)
            self.insert = f"COPY {table} ({columns}) FROM STDIN (FORMAT BINARY)"
            self.update = (
                f"UPDATE {table} SET {sets} FROM unnest({arrays}) AS given({', '.join(keys)})"  # noqa: S608 - our own
                f" WHERE {table}.{keys[-1]} = given.{keys[-1]}"
            )
        else:
            sets = ", ".join(f"{key} = %s" for key in keys[:-1])
            places = ", ".join(["%s"] * (len(named) + len(rest)))
            self.insert = f"INSERT INTO {table} ({columns}) VALUES ({places})"  # noqa: S608 - names of our own columns
            self.update = f"UPDATE {table} SET {sets} WHERE {keys[-1]} = %s"  # noqa: S608 - likewise

    def adapted(self, rows: Sequence[Values]) -> Iterable[Values]:
        """The values of the named columns as the driver takes them; a column's values are all of one kind."""
        columns = (
            column if adapter is None else map(adapter, column)
            for adapter, column in zip(self._adapters, zip(*rows, strict=True), strict=True)
        )
        return zip(*columns, strict=True)


def _adapter(field: Any, vendor: str) -> Adapter | None:
    """What a driver does not take as it is: members of closed lists, JSON, and SQLite's times."""
    match field:
        case models.JSONField():
            written = Jsonb if vendor == "postgresql" else json.dumps
            return lambda value: None if value is None else written(value)
        case models.DateTimeField() | models.DateField() if vendor == "sqlite":
            # A message's rows share few moments.
            return lru_cache(maxsize=512)(lambda value: field.get_db_prep_save(value, connection))
        case models.CharField(choices=[_, *_]) if not field.null:
            return str
        case SealedTextField():
            return field.get_prep_value
    return None


def _adapted(adapter: Adapter | None, value: Any) -> Any:
    return adapter(value) if adapter else value
