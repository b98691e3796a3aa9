"""A new home: its folders, keys and database, and the first administrator.

What is there already stays as it is. The password is typed, or comes as one line of standard input; a home that has an
administrator gets no second one this way.
"""

from __future__ import annotations

import argparse
import sys

from torogoz.cli.django import migrate, ready
from torogoz.cli.passwords import ask
from torogoz.errors import AuthorError
from torogoz.storage.home import Home

#: The centre's code where none is given; lists and rules without another owner are the centre's.
CENTRE = "CENTRO"


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--name", help="the administrator's name for signing in (asked for on a terminal)")
    parser.add_argument("--agency", default=CENTRE, help=f"the code of the centre (default: {CENTRE})")


def run(arguments: argparse.Namespace) -> int:
    """Make what is missing, then the administrator."""
    Home(arguments.home.absolute()).make()
    ready(arguments.home, migrated=False)
    migrate()
    from django.utils import timezone

    from torogoz.flow.accounts import first_administrator, need_no_administrator

    need_no_administrator()
    name = arguments.name or _ask_name()
    first_administrator(name, ask(name), agency=arguments.agency, now=timezone.now())
    print(f"{arguments.home} is ready, and {name} is its administrator; `torogoz serve` opens the pages")
    return 0


def _ask_name() -> str:
    if not sys.stdin.isatty():
        raise AuthorError("the administrator has no name", remedy="give one with --name")
    return input("Name of the first administrator: ").strip()
