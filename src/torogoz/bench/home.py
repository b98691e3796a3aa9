"""A throw-away home with an empty database, for benchmarks that store: SQLite, or a database of its own on PostgreSQL.

Where DATABASE_URL names a server, a database is made on it and dropped afterwards; the one it names is not touched.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from torogoz.cli.django import look_less_for_garbage, migrate, ready
from torogoz.storage.home import Home
from torogoz.storage.keys import make_keys

#: What makes a commit durable: setting → the value without which a figure is none.
_DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}


@contextmanager
def throw_away_home() -> Iterator[Path]:
    """Set Django up for a home that is gone afterwards. Once in a process: Django reads its settings once."""
    with tempfile.TemporaryDirectory(prefix="torogoz-bench-") as folder, _throw_away_database():
        home = Path(folder)
        make_keys(Home(home))
        ready(home, migrated=False)
        migrate()
        look_less_for_garbage()
        yield home
        from django.db import connection

        connection.close()


def database() -> str:
    """Which database was measured, and whether what it commits outlives a power failure."""
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT sqlite_version()")
            version = cursor.fetchone()[0]
            cursor.execute("PRAGMA synchronous")
            return f"SQLite {version}, {'durable' if cursor.fetchone()[0] == 2 else 'NOT DURABLE'}"
        cursor.execute("SHOW server_version")
        version = cursor.fetchone()[0].split()[0]
        for name, durable in _DURABLE.items():
            cursor.execute(f"SHOW {name}")
            if cursor.fetchone()[0] != durable:
                return f"PostgreSQL {version}, NOT DURABLE: {name} is not {durable}"
    return f"PostgreSQL {version}, durable"


@contextmanager
def _throw_away_database() -> Iterator[None]:
    server = os.environ.get("DATABASE_URL")
    if not server:
        yield
        return
    import psycopg

    name = f"torogoz_bench_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
        os.environ["DATABASE_URL"] = urlsplit(server)._replace(path=f"/{name}").geturl()
        try:
            yield
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())
            os.environ["DATABASE_URL"] = server
