"""Every row of the database as lines of JSON that either database takes: what a backup holds, and what a restore loads.

A table begins with a line that says its columns, the kind of each, and the highest number that a row of it has had;
then comes a line for each row. Values stand as they are stored: what is sealed stays sealed, and needs its key. What
only lasts a moment is left out: sessions, and counts of tries to sign in.

Both work in the caller's transaction: to read, one that sees one moment of the database.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

import msgspec
from django.apps import apps
from django.db import connection, models

from torogoz.storage.numbers import highest, never_again

#: How many rows are in hand at a time.
_AT_ONCE = 500
_PASSING = re.compile(r"django_session|axes_")
#: A name as it stands in our own migrations: nothing else becomes part of a statement.
_NAME = re.compile(r"[a-z][a-z0-9_]*")


class Kind(StrEnum):
    """How a value is written where JSON has no form for it."""

    TIME = "time"
    DATE = "date"
    TRUTH = "truth"
    BYTES = "bytes"
    PLAIN = "plain"


#: field of Django's → how its values are written; JSON is kept as the text that it is stored as.
_KINDS = {
    "DateTimeField": Kind.TIME,
    "DateField": Kind.DATE,
    "BooleanField": Kind.TRUTH,
    "BinaryField": Kind.BYTES,
}


class Table(msgspec.Struct, frozen=True):
    """The line with which a table begins. `last` is the highest number that a row of it has had."""

    table: str
    columns: dict[str, Kind]
    last: int


def lines() -> Iterator[bytes]:
    """Every table with its rows, each line without its end."""
    for model in _models():
        table = _describe(model)
        yield msgspec.json.encode(table)
        names, kinds = list(table.columns), list(table.columns.values())
        with connection.chunked_cursor() as cursor:
            cursor.execute(f"SELECT {_columns(names)} FROM {_quoted(table.table)} ORDER BY 1")  # noqa: S608 - our own
            while rows := cursor.fetchmany(_AT_ONCE):
                for row in rows:
                    yield msgspec.json.encode([_portable(value, kind) for value, kind in zip(row, kinds, strict=True)])


class Loader:
    """Takes such lines, and puts their rows in the place of all that the database holds."""

    def __init__(self) -> None:
        self.rows = 0
        self._table: Table | None = None
        self._adapters: list[Callable[[Any], Any]] = []
        self._waiting: list[list[Any]] = []
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("PRAGMA defer_foreign_keys = ON")
            for model in _all_models():
                cursor.execute(f"DELETE FROM {_quoted(model._meta.db_table)}")  # noqa: S608, SLF001 - our own; public API

    def take(self, line: bytes) -> None:
        """Take the next line. msgspec's errors where it is none of ours."""
        if line.startswith(b"{"):
            self.end()
            self._table = msgspec.json.decode(line, type=Table)
            self._adapters = [_adapter(kind) for kind in self._table.columns.values()]
            return
        row = msgspec.json.decode(line, type=list)
        adapted = zip(self._adapters, row, strict=True)
        self._waiting.append([None if value is None else adapt(value) for adapt, value in adapted])
        if len(self._waiting) >= _AT_ONCE:
            self._write()

    def end(self) -> None:
        """Write what is left of the table; its numbers go on above those that it has had."""
        if self._table:
            self._write()
            never_again(self._table.table, self._table.last, next(iter(self._table.columns)))

    def _write(self) -> None:
        if self._table and self._waiting:
            _insert(self._table, self._waiting)
            self.rows += len(self._waiting)
            self._waiting = []


def holds_people() -> bool:
    """Whether the database is somebody's already: a restore takes the place of an empty one only."""
    account = apps.get_model("storage", "Account")
    made = account._meta.db_table in connection.introspection.table_names()  # noqa: SLF001 - public API
    return made and bool(account._default_manager.exists())  # noqa: SLF001 - public API


def _models() -> list[type[models.Model]]:
    return [model for model in _all_models() if not _PASSING.match(model._meta.db_table)]  # noqa: SLF001 - public API


def _all_models() -> list[type[models.Model]]:
    return sorted(apps.get_models(include_auto_created=True), key=lambda model: model._meta.db_table)  # noqa: SLF001 - public API


def _describe(model: type[models.Model]) -> Table:
    meta = model._meta  # noqa: SLF001 - public API
    fields = sorted(meta.concrete_fields, key=lambda field: not field.primary_key)
    columns = {str(field.column): _KINDS.get(field.get_internal_type(), Kind.PLAIN) for field in fields}
    return Table(meta.db_table, columns, highest(meta.db_table, str(fields[0].column)))


def _insert(table: Table, rows: Sequence[Sequence[Any]]) -> None:
    into = f"{_quoted(table.table)} ({_columns(list(table.columns))})"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with connection.wrap_database_errors, cursor.copy(f"COPY {into} FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            places = ", ".join(["%s"] * len(table.columns))
            cursor.executemany(f"INSERT INTO {into} VALUES ({places})", rows)  # noqa: S608 - names are ours


def _portable(value: Any, kind: Kind) -> Any:
    if value is None:
        return None
    match kind:
        case Kind.TIME:
            return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC).isoformat()
        case Kind.DATE:
            return value.isoformat()
        case Kind.BYTES:
            return base64.b64encode(value).decode()
        case Kind.TRUTH:
            return bool(value)
        case Kind.PLAIN:
            return value


def _adapter(kind: Kind) -> Callable[[Any], Any]:
    """What makes of a written value what the driver of this database takes."""
    operations = connection.ops
    match kind:
        case Kind.TIME:
            return lambda text: operations.adapt_datetimefield_value(datetime.fromisoformat(text))
        case Kind.DATE:
            return lambda text: operations.adapt_datefield_value(date.fromisoformat(text))
        case Kind.BYTES:
            return base64.b64decode
        case Kind.TRUTH | Kind.PLAIN:
            return lambda value: value


def _columns(names: Sequence[str]) -> str:
    return ", ".join(map(_quoted, names))


def _quoted(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise ValueError("no name of a table or a column of ours")
    return connection.ops.quote_name(name)
