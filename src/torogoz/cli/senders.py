"""Who may deliver messages over HTTPS, and for which carriers: enrol a sender, change or end its right, list them all.

A token is printed once, when the sender is enrolled or its token renewed; give it to them by a safe way. After a
renewal both tokens open for the overlap, then the old one ends by itself.
"""

from __future__ import annotations

import argparse
from datetime import UTC, date, datetime, time, timedelta

from torogoz.cli import add_home
from torogoz.cli.django import ready
from torogoz.errors import AuthorError


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    actions = parser.add_subparsers(title="actions", metavar="ACTION", dest="action", required=True)
    for name, summary in (
        ("add", "enrol a sender and print its token"),
        ("change", "give a sender other carriers and networks"),
        ("rotate", "print a second token; the one before ends after the overlap"),
        ("revoke", "end a sender's right at once"),
    ):
        action = actions.add_parser(name, help=summary)
        action.add_argument("name", metavar="NAME", help="the carrier or service provider")
        if name in {"add", "change"}:
            _add_scope(action)
        if name in {"add", "rotate"}:
            action.add_argument("--until", metavar="DATE", help="the token's last day, UTC (default: no end)")
        if name == "rotate":
            action.add_argument(
                "--overlap", type=float, metavar="HOURS", help="how long the token before goes on (default: 72)"
            )
        add_home(action)
    add_home(actions.add_parser("list", help="every sender, its right, and when its tokens end"))


def _add_scope(action: argparse.ArgumentParser) -> None:
    carriers = action.add_mutually_exclusive_group(required=True)
    carriers.add_argument(
        "--carrier", action="append", metavar="XA", help="a carrier for which it may deliver; say it for each"
    )
    carriers.add_argument("--every-carrier", action="store_true", help="it may deliver for every carrier")
    action.add_argument(
        "--from",
        action="append",
        default=[],
        dest="networks",
        metavar="CIDR",
        help="a network from which it may deliver, as 192.0.2.0/24; say it for each (default: from anywhere)",
    )


def run(arguments: argparse.Namespace) -> int:
    """Do what the action says."""
    ready(arguments.home)
    from django.utils import timezone

    from torogoz.flow import senders

    now = timezone.now()
    if arguments.action in {"add", "change"}:
        carriers = None if arguments.every_carrier else tuple(arguments.carrier)
        scope = senders.Scope(carriers, tuple(arguments.networks))
    if arguments.action == "add":
        print(senders.enrol(arguments.name, scope, now, ends_at=_end_of(arguments.until)))
    elif arguments.action == "change":
        senders.change(arguments.name, scope, now)
    elif arguments.action == "rotate":
        overlap = senders.OVERLAP if arguments.overlap is None else timedelta(hours=arguments.overlap)
        print(senders.rotate(arguments.name, now, overlap=overlap, ends_at=_end_of(arguments.until)))
    elif arguments.action == "revoke":
        senders.revoke(arguments.name, now)
    else:
        for each in senders.enrolled(now):
            print(_line(each))
    return 0


def _line(sender: senders.Enrolled) -> str:  # type: ignore[name-defined]  # noqa: F821 - imported with Django
    """Name, since when, until when; carriers, networks, and the end of each token that opens."""
    ends = ",".join(_shown(end) or "open" for _made, end in sender.tokens)
    return "\t".join(
        [
            sender.name,
            _shown(sender.enrolled_at),
            _shown(sender.revoked_at),
            "*" if sender.scope.carriers is None else ",".join(sender.scope.carriers),
            ",".join(sender.scope.networks) or "*",
            ends or "none",
        ]
    )


def _shown(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%dT%H:%MZ}" if moment else ""


def _end_of(day: str | None) -> datetime | None:
    """The moment at which a last day is over."""
    if day is None:
        return None
    try:
        return datetime.combine(date.fromisoformat(day) + timedelta(days=1), time(), UTC)
    except (ValueError, OverflowError):
        raise AuthorError("the last day is no date", remedy="write it as 2027-06-30") from None
