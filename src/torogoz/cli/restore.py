"""A new home from a backup: with the keys of the old one, on either database, whichever the backup came from.

Put the keys into `HOME/keys` first, and the newest ledger (`ledger/`) that is left into the home: who has gone since
the backup was made goes again, before any door opens. What an older release wrote is brought to this one. A restore
that is cut off shuts the home until it was run again to its end. With --check the file is opened to its end, and
nothing is changed.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from torogoz.cli.django import clear, migrate, migrate_to, ready
from torogoz.storage.home import Home


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("file", type=Path, metavar="FILE", help="what `torogoz backup` wrote")
    parser.add_argument("--check", action="store_true", help="only say whether it opens, with the keys of this home")


def run(arguments: argparse.Namespace) -> int:
    """Look at all of it first; then put it in place, let go who had gone, and open the home."""
    if not arguments.check:
        Home(arguments.home.absolute()).make()
    ready(arguments.home, migrated=False, restoring=True)
    from django.utils import timezone

    from torogoz.flow import backup

    manifest = backup.look(arguments.file)
    made = f"release {manifest.release}, of {manifest.made_at:%Y-%m-%d %H:%M} UTC"
    if arguments.check:
        print(f"{arguments.file}: whole, {made}")
        return 0
    backup.need_nobody()
    if backup.begun():
        clear()
    if backup.is_older(manifest):
        migrate_to(manifest.state)
    else:
        migrate()
    rows = backup.restore(arguments.file, timezone.now())
    migrate()
    gone = backup.restored(rows, timezone.now())
    print(f"{arguments.home} is restored: {rows:,} rows, {made}; {gone:,} had gone since, and went again")
    return 0
