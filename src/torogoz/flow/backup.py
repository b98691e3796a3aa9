"""Backup: the whole database as of one moment, sealed into one file; and back again, before a door opens.

Takes: a file's name, and the time; to restore, a home that nobody works in yet and its keys.
Gives: a sealed backup without keys; or the database as it was, without whom the ledger knows to have gone since.
Refuses: to write over a file; to restore into a database that is somebody's, from a file that is not whole, with keys
  that are not its own, or what a later release wrote.
Records: backup.made, backup.restored, and what its steps record
Legal ground: LR-45 (what was purged stays gone), LR-56 (encryption at rest), LR-71 (removal spreads to all copies).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader

from torogoz import __version__
from torogoz.domain.audit import AuditEvent
from torogoz.errors import AuthorError, RefusedError
from torogoz.flow import retention
from torogoz.flow.reapply import reapply
from torogoz.storage import backup_file, dump, erasing
from torogoz.storage.access.keys import known_keys, need_keys
from torogoz.storage.audit import record
from torogoz.storage.backup_file import Manifest, Written
from torogoz.storage.home import Home
from torogoz.storage.keys import keyring


def back_up(path: Path, now: datetime) -> Written:
    """Write a backup of this moment, while everything goes on."""
    manifest = Manifest(1, __version__, now, _state(), known_keys())

    def rows() -> Iterator[bytes]:
        with _one_moment():
            yield from dump.lines()

    written = backup_file.write(path, manifest, rows, Home.current(), keyring())
    with transaction.atomic():
        record(AuditEvent.BACKUP_MADE, now, counts={"rows": written.rows})
    return written


def look(path: Path) -> Manifest:
    """Open a backup to its end and give what its first line says; nothing is changed. The errors of `backup_file.read`.

    MissingKeyError where the home lacks a key that the rows need, AuthorError where a later release wrote it.
    """
    keys = keyring()
    manifest = backup_file.read(path, keys, None, None)
    for each in manifest.keys:
        keys.key(each)
    graph = MigrationLoader(None).graph
    if any((part, name) not in graph.nodes for part, name in manifest.state.items()):
        raise AuthorError(
            f"release {manifest.release} wrote this backup, which is later than this one",
            remedy="restore it with that release",
        )
    return manifest


def is_older(manifest: Manifest) -> bool:
    """Whether the rows are of an earlier schema than this release's."""
    return manifest.state != _state()


def need_nobody() -> None:
    """Let pass where the database is nobody's. RefusedError where people work with it: theirs would be lost."""
    if not begun() and dump.holds_people():
        raise RefusedError(
            "people work with this database already, and a restore would put another in its place",
            remedy="restore into a new home and a new database",
        )


def begun() -> bool:
    """Whether a restore into this very database was begun and not finished."""
    marker = Home.current().restoring
    return marker.exists() and marker.read_text() == _database()


def restore(path: Path, now: datetime) -> int:
    """Put the rows of a backup in the place of the database's, all of them or none; give how many.

    From now on, and until `restored`, the home is shut.
    """
    Home.current().restoring.write_text(_database())
    with transaction.atomic():
        loader = dump.Loader()
        backup_file.read(path, keyring(), Home.current(), loader.take)
        loader.end()
        need_keys(now)
    return loader.rows


def restored(rows: int, now: datetime) -> int:
    """Finish a restore, in a database of this release: who had gone goes again, and what is due; then the home opens.

    Gives how many went. Nothing of them is left on the disk either, as far as a run of retention can see to that.
    """
    gone = sum(reapply(now).values())
    with transaction.atomic():
        record(AuditEvent.BACKUP_RESTORED, now, counts={"rows": rows, "removed": gone})
    if gone:
        erasing.erase(at_night=False)
    retention.run(now, now)
    Home.current().restoring.unlink()
    return gone


def _database() -> str:
    """Which database it is, without its password."""
    return " ".join(str(connection.settings_dict[each]) for each in ("HOST", "PORT", "NAME"))


def _state() -> dict[str, str]:
    return dict(MigrationLoader(None).graph.leaf_nodes())


@contextmanager
def _one_moment() -> Iterator[None]:
    """Let everything that is read be of one moment; nobody waits for it, on either database."""
    if connection.vendor == "sqlite":
        # Django's own transactions begin as writers (design §6), and would keep everybody else from writing.
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("ROLLBACK")
    else:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
