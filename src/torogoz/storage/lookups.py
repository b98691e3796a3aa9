"""Asking for the rows of many values at once: `filter(keyed_hash__among=hashes)`.

Like Django's `in`, but the values travel as one parameter (JSON on SQLite, an array on PostgreSQL). A message asks for
a few hundred at a time, and writing and reading a parameter for each took longer than finding the rows.
"""

from __future__ import annotations

import json
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Field, ForeignKey, Lookup
from django.db.models.sql.compiler import SQLCompiler


@ForeignKey.register_lookup
@Field.register_lookup
class Among(Lookup):
    """Whether a column's value, a whole number or text, is one of a collection's."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, list[Any]]:
        """Write it for SQLite."""
        column, values = self.process_lhs(compiler, connection)
        clause = f"{column} IN (SELECT value FROM json_each(%s))"  # noqa: S608 - a column as Django writes it
        return clause, [*values, json.dumps(list(self.rhs))]

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, list[Any]]:
        """Write it for PostgreSQL."""
        column, values = self.process_lhs(compiler, connection)
        kind = str(self.lhs.output_field.rel_db_type(connection)).partition("(")[0]
        return f"{column} = ANY(%s::{kind}[])", [*values, list(self.rhs)]
