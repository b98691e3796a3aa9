"""Django for the commands that need it: set up when the command runs, for the home that it names.

Refuses with UnavailableError where the database does not answer or is not of this version, or where the keys at hand
are not those it was written with, and with AuthorError where a setting is amiss (storage/configuration.py).
"""

from __future__ import annotations

import gc
import os
from collections.abc import Mapping
from pathlib import Path

from torogoz.errors import UnavailableError
from torogoz.storage.home import Home
from torogoz.storage.keys import make_keys


def ready(home: Path, *, migrated: bool = True, keys: bool = True, restoring: bool = False) -> None:
    """Set Django up for a home. With `migrated`, the database must be there and up to date, and so must its `keys`.

    A home whose restore is not finished is ready for nothing but `restoring`.
    """
    os.environ["TOROGOZ_HOME"] = str(home.absolute())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "torogoz.web.settings")
    import django

    from torogoz.flow.kernels import keep_below

    keep_below(Home.current().kernels)
    django.setup()
    if not restoring and Home.current().restoring.exists():
        raise UnavailableError("this home is being restored", remedy="run `torogoz restore` again, to its end")
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
    """For a process that loads messages or answers requests, once it holds what it keeps.

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


def clear() -> None:
    """Take every table away, for a restore that was cut off and begins anew."""
    from django.db import connection

    if connection.vendor == "sqlite":
        connection.close()
        for end in ("", "-wal", "-shm"):
            Path(f"{connection.settings_dict['NAME']}{end}").unlink(missing_ok=True)
        return
    names = connection.introspection.table_names()
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {', '.join(map(connection.ops.quote_name, names)) or 'none'} CASCADE")


def migrate_to(state: Mapping[str, str]) -> None:
    """Bring an empty database to the migrations that a release ended with."""
    from django.core.management import call_command

    for part, name in state.items():
        call_command("migrate", part, name, verbosity=0, interactive=False)


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
