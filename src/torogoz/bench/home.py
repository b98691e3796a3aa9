"""A throw-away home with an empty database, for benchmarks that store."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from torogoz.cli.django import migrate, ready
from torogoz.storage.home import Home
from torogoz.storage.keys import make_keys


@contextmanager
def throw_away_home() -> Iterator[Path]:
    """Set Django up for a home that is gone afterwards. Once in a process: Django reads its settings once."""
    with tempfile.TemporaryDirectory(prefix="torogoz-bench-") as folder:
        home = Path(folder)
        make_keys(Home(home))
        ready(home, migrated=False)
        migrate()
        yield home
        from django.db import connection

        connection.close()
