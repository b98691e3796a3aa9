"""Retention: what is past its time is masked or purged, with a signed certificate; or looked for, to prove it gone.

`run --as-of DATE` does what was due by the end of that day; the worker does the same each night by itself. A day to
come is refused, but in a demonstration: a wrong date must not destroy a centre's data. `--dry-run` changes nothing, and
may look ahead. `prove` writes the database anew and searches every file for values that must have gone; the exit status
is 1 where one of them is found. `verify` checks a certificate.
"""

from __future__ import annotations

import argparse
import json
from datetime import date
from pathlib import Path

from torogoz.cli import add_home
from torogoz.cli.django import ready
from torogoz.errors import AuthorError


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    running = actions.add_parser("run", help="mask and purge what is due")
    running.add_argument("--as-of", type=date.fromisoformat, required=True, metavar="DATE", help="due by the end of it")
    running.add_argument("--dry-run", action="store_true", help="count what would go, change nothing")
    running.add_argument("--json", action="store_true", help="print the counts as one JSON object")
    running.set_defaults(act=_run)
    proving = actions.add_parser("prove", help="write the database anew and look for values that must have gone")
    proving.add_argument("--search", type=Path, metavar="FILE", help="values to look for, one a line")
    proving.add_argument("--json", action="store_true", help="print one JSON object")
    proving.set_defaults(act=_prove)
    verifying = actions.add_parser("verify", help="check a certificate")
    verifying.add_argument("file", type=Path, metavar="FILE")
    verifying.add_argument("--public", metavar="HEX", help="the key that must have signed it")
    verifying.set_defaults(act=_verify)
    for action in (running, proving, verifying):
        add_home(action)


def run(arguments: argparse.Namespace) -> int:
    """Do what the action says."""
    status: int = arguments.act(arguments)
    return status


def _run(arguments: argparse.Namespace) -> int:
    ready(arguments.home)
    from django.utils import timezone

    from torogoz.flow import retention

    now = timezone.now()
    if arguments.dry_run:
        report = retention.foresee(retention.end_of(arguments.as_of))
    else:
        report = retention.run(retention.moment(arguments.as_of, now), now)
    if arguments.json:
        told = {
            "as_of": report.as_of.isoformat(),
            "profile": report.profile,
            "run": report.run,
            "counts": report.counts,
        }
        print(json.dumps(told))
    else:
        print(f"profile {report.profile}, as of {report.as_of:%Y-%m-%dT%H:%M%z}")
        for name, number in sorted(report.counts.items()):
            print(f"  {name:44}{number:>12,}")
        if not report.counts:
            print("  nothing is due")
    return 0


def _prove(arguments: argparse.Namespace) -> int:
    values = _values(arguments.search) if arguments.search else []
    ready(arguments.home)
    from torogoz.flow.prove import prove

    searched = prove(values)
    if arguments.json:
        told = {each.place: {"files": each.files, "found": each.found} for each in searched}
        print(json.dumps({"values": len(values), "places": told}))
    else:
        for each in searched:
            found = ", ".join(each.found) or "nothing found"
            print(f"{each.place:18}{each.files:>6} files searched for {len(values)} values: {found}")
    return int(any(each.found for each in searched))


def _verify(arguments: argparse.Namespace) -> int:
    ready(arguments.home, migrated=False)
    from torogoz.flow.retention import check

    said = check(arguments.file.read_text(encoding="ascii", errors="replace"), arguments.public)
    print(
        f"signed by {said['key']} ({said['public']}): run {said['run']} as of {said['as_of']}, purged {said['purged']}"
    )
    return 0


def _values(path: Path) -> list[str]:
    values = [line for line in path.read_text(encoding="utf-8").splitlines() if line]
    if any(len(value) < 4 for value in values):
        raise AuthorError("a value has fewer than four signs", remedy="shorter ones stand in any file by chance")
    return values
