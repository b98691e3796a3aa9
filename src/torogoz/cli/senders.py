"""Who may deliver messages over HTTPS: enrol a sender, end its right, or list them all.

The token is printed once, when the sender is enrolled; give it to them by a safe way.
"""

from __future__ import annotations

import argparse

from torogoz.cli import add_home
from torogoz.cli.django import ready


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    actions = parser.add_subparsers(title="actions", metavar="ACTION", dest="action", required=True)
    for name, summary in (("add", "enrol a sender and print its token"), ("revoke", "end a sender's right at once")):
        action = actions.add_parser(name, help=summary)
        action.add_argument("name", metavar="NAME", help="the carrier or service provider")
        add_home(action)
    add_home(actions.add_parser("list", help="every sender, since when, and until when"))


def run(arguments: argparse.Namespace) -> int:
    """Do what the action says."""
    ready(arguments.home)
    from django.utils import timezone

    from torogoz.flow import senders

    if arguments.action == "add":
        print(senders.enrol(arguments.name, timezone.now()))
    elif arguments.action == "revoke":
        senders.revoke(arguments.name, timezone.now())
    else:
        for name, since, until in senders.enrolled():
            print(f"{name}\t{since:%Y-%m-%dT%H:%MZ}\t{f'{until:%Y-%m-%dT%H:%MZ}' if until else ''}")
    return 0
