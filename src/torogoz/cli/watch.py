"""Watch a spool: files are picked up as they appear and their names move to `done/` or `refused/`.

What stands there is a receipt, not the bytes, which are sealed in the database. Ends with Ctrl-C or SIGTERM, between
two files.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from torogoz.cli.django import look_less_for_garbage, ready


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("folder", type=Path, metavar="DIR", help="the folder into which messages are dropped")
    parser.add_argument(
        "--answer", action="store_true", help="they are carriers' requests: each gives a CUSRES beside it, at once"
    )


def run(arguments: argparse.Namespace) -> int:
    """Work until told to stop."""
    ready(arguments.home)
    from torogoz.flow.answer_spool import answer_until_told
    from torogoz.flow.spool import work_until_told

    look_less_for_garbage()
    if arguments.answer:
        answer_until_told(arguments.folder)
    else:
        work_until_told(arguments.folder)
    return 0
