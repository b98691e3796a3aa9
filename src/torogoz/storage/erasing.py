"""Making what was deleted leave the disk: free pages, the write-ahead log, and files beside the database.

SQLite overwrites what is deleted (`secure_delete`), but balancing its trees leaves copies of single rows in pages that
stay in use (measured: of nine thousand deleted rows one to ten stood on). VACUUM writes the database anew, and a
checkpoint that truncates empties the log. It holds up writers, never readers, for thirteen seconds a gigabyte on two
busy cores: a file so large that they would give up is left for a person to rewrite at a quiet hour, and the certificate
says so.

PostgreSQL's VACUUM gives the room of deleted rows back without overwriting it; only VACUUM FULL writes its tables anew,
and locks them while it does, so that a person calls for it (`torogoz retention prove`). Its write-ahead log keeps what
it holds until its files are used again. Both are measured in docs/operator.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from django.apps import apps
from django.db import DatabaseError, connection

from torogoz.errors import UnavailableError
from torogoz.privacy.fields import TABLES
from torogoz.privacy.schedule import Data
from torogoz.storage import clocks
from torogoz.storage.home import Home

#: A larger file is not rewritten at night. Writers wait thirty seconds for each other before they give up.
MOST_AT_NIGHT = 1_500_000_000
#: Rewriting needs the size of the file once more for the new one, and once for the log that carries it over.
_ROOM = 2.5


def erase(*, at_night: bool) -> bool:
    """Let the database give up what was deleted; whether it did: at night a large file of SQLite's is left as it is."""
    if connection.vendor != "sqlite":
        for table in _tables():
            _run(f"VACUUM {table}")
        return True
    if at_night and not _soon_done():
        return False
    _rewrite_file()
    return True


def _soon_done() -> bool:
    """Whether writers can wait while the file is written anew, and whether the disk has room for it twice over."""
    database = Path(connection.settings_dict["NAME"])
    size = database.stat().st_size if database.exists() else 0
    return size <= MOST_AT_NIGHT and shutil.disk_usage(Home.current().path).free > _ROOM * size


def rewrite() -> None:
    """Write every table anew that holds people: what is in no row stands in no page then. Locks each meanwhile."""
    if connection.vendor == "sqlite":
        _rewrite_file()
    else:
        for table in _tables():
            _run(f"VACUUM FULL {table}")
        _run("VACUUM FULL pg_catalog.pg_statistic")  # samples of an earlier release stood there
        try:
            _run("CHECKPOINT")
        except DatabaseError as problem:
            raise UnavailableError(
                "the tables are written anew, but this account may not checkpoint",
                remedy="let the database's administrator run CHECKPOINT, or grant it pg_checkpoint",
            ) from problem


def empty_log() -> bool:
    """Empty SQLite's write-ahead log. False where a reader still needs it: try again."""
    if connection.vendor != "sqlite":
        return True
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy, _, _ = cursor.fetchone()
    return not busy


def _rewrite_file() -> None:
    with _temporary_files_below(Home.current().path):
        _run("VACUUM")


def _tables() -> Iterator[str]:
    """The tables of which a clock takes rows or empties columns, and those that masking empties."""
    for table in TABLES:
        if table.goes or table.sooner:
            yield connection.ops.quote_name(apps.get_model(table.model)._meta.db_table)  # noqa: SLF001 - public API


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


@contextmanager
def _temporary_files_below(folder: Path) -> Iterator[None]:
    """SQLite writes the new database into a file that nobody else can open: on the home's disk, not on /tmp."""
    before = os.environ.get("SQLITE_TMPDIR")
    os.environ["SQLITE_TMPDIR"] = str(folder)
    try:
        yield
    finally:
        if before is None:
            del os.environ["SQLITE_TMPDIR"]
        else:
            os.environ["SQLITE_TMPDIR"] = before


def remove_files(as_of: datetime) -> int:
    """Remove the receipts of the spool past the clock of messages: the names of their files are the senders'."""
    removed = 0
    for outcome in ("done", "refused"):
        for path in _files(Home.current().spool / outcome):
            if _written_at(path) < clocks.before(Data.MESSAGE, as_of):
                path.unlink(missing_ok=True)
                removed += 1
    return removed


def _files(folder: Path) -> Iterable[Path]:
    return [path for path in folder.iterdir() if path.is_file()] if folder.is_dir() else ()


def _written_at(path: Path) -> datetime:
    """When a receipt says that its delivery came; where it does not say, when it was written."""
    try:
        return datetime.fromisoformat(json.loads(path.read_text())["received_at"])
    except (ValueError, KeyError, TypeError, UnicodeDecodeError):
        return _modified_at(path)


def _modified_at(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)
