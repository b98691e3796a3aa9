"""What carriers are told and asked, as was agreed; the rest of an agreement is on the page *Carriers*.

`agree` changes what it is given and leaves the rest; each change is an entry of the audit. `list` prints a line for
each carrier: its code, how often the agreement was changed, how it is told what was found, and whether it is asked.
"""

from __future__ import annotations

import argparse

from torogoz.cli import add_home
from torogoz.cli.django import ready


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    actions = parser.add_subparsers(title="actions", metavar="ACTION", dest="action", required=True)
    agree = actions.add_parser("agree", help="write down how a carrier is told what was found, and whether it is asked")
    agree.add_argument("carrier", metavar="XA", help="the carrier's code")
    agree.add_argument(
        "--acknowledge", choices=("nothing", "contrl", "ackres"), help="the message in which it is told what was found"
    )
    agree.add_argument(
        "--asked", action=argparse.BooleanOptionalAction, help="whether it may be asked for bookings (GOVREQ)"
    )
    add_home(agree)
    add_home(actions.add_parser("list", help="every carrier with which something is agreed"))


def run(arguments: argparse.Namespace) -> int:
    """Do what the action says."""
    ready(arguments.home)
    from django.utils import timezone

    from torogoz.flow.agree import agree_to_tell, agreed

    if arguments.action == "agree":
        way = "" if arguments.acknowledge == "nothing" else arguments.acknowledge
        agree_to_tell(arguments.carrier, timezone.now(), acknowledge=way, asked=arguments.asked)
    else:
        for each in agreed():
            told, asked = each.acknowledge or "nothing", "asked" if each.asked else "not asked"
            print(each.carrier, each.version, told, asked, sep="\t")
    return 0
