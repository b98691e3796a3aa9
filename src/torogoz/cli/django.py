"""Django for the commands that need it: set up when the command runs, for the home that it names.

Refuses with UnavailableError where the database does not answer or is not of this version, or where the keys at hand
are not those it was written with, and with AuthorError where the home's configuration cannot be read.
"""

from __future__ import annotations

import gc
import os
import tomllib
from pathlib import Path

from torogoz.errors import AuthorError, UnavailableError
from torogoz.storage.home import Home
from torogoz.storage.keys import make_keys


def ready(home: Path, *, migrated: bool = True, keys: bool = True) -> None:
    """Set Django up for a home. With `migrated`, the database must be there and up to date, and so must its `keys`."""
    os.environ["TOROGOZ_HOME"] = str(home.absolute())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "torogoz.web.settings")
    import django

    try:
        django.setup()
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise AuthorError("torogoz.toml is not written as TOML in UTF-8", remedy="correct it in the home") from problem
    if migrated:
        _need_database()
        if keys:
            _need_keys()


def make_missing_keys() -> list[str]:
    """Make the keys of uses that neither the home nor its database knows; give their ids."""
    from django.db import DatabaseError

    from torogoz.storage.access.keys import known_keys

    home = Home.current()
    if not home.database.exists() and not os.environ.get("DATABASE_URL"):
        return make_keys(home)
    try:
        return make_keys(home, known_keys())
    except DatabaseError as problem:
        raise UnavailableError(
            "the database does not answer", remedy="start it, or see what DATABASE_URL names"
        ) from problem


def look_less_for_garbage() -> None:
    """For a process that does nothing but load messages.

    A message makes tens of thousands of objects and hardly a cycle: looking for cycles took a tenth of the time.
    """
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def migrate() -> int:
    """Bring the database to this version, and the keys with it; give how many migrations that took."""
    from django.core.management import call_command
    from django.db import DatabaseError, connection

    from torogoz.storage.access.keys import need_known_keys

    make_missing_keys()
    try:
        need_known_keys()
        waiting = _waiting()
        call_command("migrate", verbosity=0, interactive=False)
        _need_keys()
        if waiting and connection.vendor == "sqlite":
            with connection.cursor() as cursor:  # what a migration has sealed must not stand in a free page as it was
                cursor.execute("VACUUM")
    except DatabaseError as problem:
        raise UnavailableError(
            "the database does not answer", remedy="start it, or see what DATABASE_URL names"
        ) from problem
    return waiting


def _need_database() -> None:
    from django.db import DatabaseError

    try:
        waiting = _waiting()
    except DatabaseError as problem:
        raise UnavailableError(
            "the database does not answer", remedy="run `torogoz init` for a new home, else start the database"
        ) from problem
    if waiting:
        raise UnavailableError(
            "the database is not made, or of an older version",
            remedy="run `torogoz init` for a new home, `torogoz migrate` for an old one",
        )


def _need_keys() -> None:
    from django.utils import timezone

    from torogoz.storage.access.keys import need_keys

    need_keys(timezone.now())


def _waiting() -> int:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
