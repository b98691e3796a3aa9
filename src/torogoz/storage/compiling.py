"""PostgreSQL compiles no query of ours: it would take many times longer over that than over the answer.

It compiles (`jit`) what it expects to be dear, and expects too much of tables of which it may not sample a column
(`samples`): counting twenty rows took thirty milliseconds, and the queries of a rotation eight times as long as without
(measured). What reads millions of rows here reads them by an index, and gains nothing by it either.
"""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper


def never_compile(connection: BaseDatabaseWrapper, **_: object) -> None:
    """Tell a new connection so; each by itself, so that a pool in between may hand them out."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET jit = off")
