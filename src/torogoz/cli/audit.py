"""The audit for somebody outside: a signed export, the key it is checked with, and the check itself.

An export holds no traveller's data. The overseer needs the public key once, by another way than the exports, and
`tools/verify_audit.py` in place of this command (docs/auditor). The exit status of a check is 1 where something is not
whole.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from torogoz.cli import add_home
from torogoz.cli.django import ready
from torogoz.cli.verify_audit import verify
from torogoz.storage.home import Home


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    export = actions.add_parser("export", help="write a signed export, and check it")
    export.add_argument(
        "file", type=Path, metavar="FILE", help="the file that is made; one that is there is left alone"
    )
    export.add_argument(
        "--since", type=date.fromisoformat, metavar="DATE", help="begin with the day before (default: all that is kept)"
    )
    export.set_defaults(act=_export)
    check = actions.add_parser("check", help="check the audit of this home, without writing an export")
    check.set_defaults(act=_check)
    again = actions.add_parser("verify", help="check an export")
    again.add_argument("file", type=Path, metavar="FILE")
    again.add_argument("--keys", type=Path, metavar="FILE", help="the public keys (default: this home's own)")
    again.add_argument(
        "--against", type=Path, metavar="FILE", help="an earlier export, or heads.jsonl, that must still fit"
    )
    again.set_defaults(act=_verify)
    key = actions.add_parser("key", help="print the public keys that exports are checked with")
    key.set_defaults(act=_key)
    for action in (export, check, again, key):
        add_home(action)


def run(arguments: argparse.Namespace) -> int:
    """Do what the action says."""
    status: int = arguments.act(arguments)
    return status


def _export(arguments: argparse.Namespace) -> int:
    ready(arguments.home)
    from django.utils import timezone

    from torogoz.flow.export_audit import export_audit, keys

    heads = _heads()
    with arguments.file.open("xb") as file:
        try:
            file.writelines(export_audit(None, timezone.now(), arguments.since))
        except BaseException:  # half an export is none, and would stand in the way of the next
            arguments.file.unlink()
            raise
    with arguments.file.open("rb") as file:
        return _say(keys(), file, heads)


def _check(arguments: argparse.Namespace) -> int:
    ready(arguments.home)
    from django.utils import timezone

    from torogoz.flow.export_audit import chained, keys

    heads = _heads()
    return _say(keys(), chained(timezone.now()), heads)


def _verify(arguments: argparse.Namespace) -> int:
    if arguments.keys:
        known = arguments.keys.read_text()
    else:
        ready(arguments.home, migrated=False)
        from torogoz.flow.export_audit import keys

        known = keys()
    earlier = arguments.against.read_bytes().splitlines(keepends=True) if arguments.against else []
    with arguments.file.open("rb") as file:
        return _say(known, file, earlier)


def _key(arguments: argparse.Namespace) -> int:
    ready(arguments.home, migrated=False)
    from torogoz.flow.export_audit import keys

    print(keys(), end="")
    return 0


def _heads() -> list[bytes]:
    """The signed heads that this home keeps outside its database: read before, so that none is of a later time."""
    path = Home.current().heads
    return path.read_bytes().splitlines(keepends=True) if path.exists() else []


def _say(keys: str, export: Iterable[bytes], earlier: Iterable[bytes]) -> int:
    """Print what is whole, or what is not."""
    try:
        print(verify(keys, export, earlier))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as problem:
        print(f"NOT WHOLE: {problem}", file=sys.stderr)
        return 1
    return 0
