"""A backup of the database and of what belongs to it in the home, of one moment, sealed; the centre goes on meanwhile.

Keys are not in it: without `HOME/keys` nobody opens it, whoever has it. Keep a copy of the keys elsewhere. What waits
in the spool is not in it either: it was not received yet.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from torogoz.cli.django import ready


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "file", type=Path, metavar="FILE", help="the file that is made; one that is there is left alone"
    )


def run(arguments: argparse.Namespace) -> int:
    """Write it."""
    ready(arguments.home)
    from django.utils import timezone

    from torogoz.flow.backup import back_up

    written = back_up(arguments.file, timezone.now())
    print(f"{arguments.file}: {written.rows:,} rows, {written.size:,} bytes, without the keys: keep those elsewhere")
    return 0
