"""The database of a home, brought to this version. What it holds stays; run it after every update."""

from __future__ import annotations

import argparse

from torogoz.cli.django import migrate, ready


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments: there are none beside the home."""
    parser.set_defaults()


def run(arguments: argparse.Namespace) -> int:
    """Apply what is waiting."""
    ready(arguments.home, migrated=False)
    done = migrate()
    print(f"{done} migrations applied" if done else "the database is up to date")
    return 0
