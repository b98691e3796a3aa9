"""The keys of a home: make those that are missing, rotate them, check them, and delete those that nothing needs.

`rotate` makes new keys and everything anew under them while the rest goes on; killed, it goes on when it is run again.
It deletes nothing, because backups need the old keys. `retire` deletes old keys that no row needs, after asking: what a
backup holds under them can then never be read again. `check` ends with 3 where a key is missing or wrong. `give-up`
lets a home go on without a key that is lost for good, and without what was sealed under it.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from torogoz.cli import add_home
from torogoz.cli.asking import says_yes, somebody_sits_here
from torogoz.cli.django import make_missing_keys, ready
from torogoz.cli.progress import progress
from torogoz.errors import AuthorError, RefusedError
from torogoz.storage.home import Home
from torogoz.storage.keys import USES

if TYPE_CHECKING:
    from torogoz.storage.access.keys import KeyState

#: How `check` ends where a key is missing or wrong.
NOT_AVAILABLE = 3


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    init = actions.add_parser("init", help="make the keys that are missing in a new home")
    init.set_defaults(act=_init)
    rotate = actions.add_parser("rotate", help="new keys, and everything anew under them")
    rotate.add_argument("--use", choices=USES, action="append", help="only the keys of this use (default: all)")
    rotate.add_argument("--json", action="store_true", help="print what was done as one JSON object")
    rotate.set_defaults(act=_rotate)
    check = actions.add_parser("check", help="which keys there are, and what each still seals")
    check.add_argument("--json", action="store_true", help="print it as one JSON object")
    check.set_defaults(act=_check)
    retire = actions.add_parser("retire", help="delete old keys that no row needs")
    retire.add_argument("keys", nargs="*", metavar="KEY", help="such as fields-1 (default: all that no row needs)")
    retire.add_argument("--yes", action="store_true", help="do not ask")
    retire.set_defaults(act=_retire)
    give_up = actions.add_parser("give-up", help="go on without a key that is lost for good")
    give_up.add_argument("keys", nargs="+", metavar="KEY", help="such as fields-1")
    give_up.add_argument("--yes", action="store_true", help="do not ask")
    give_up.set_defaults(act=_give_up)
    for action in (init, rotate, check, retire, give_up):
        add_home(action)


def run(arguments: argparse.Namespace) -> int:
    """Do what the action says."""
    status: int = arguments.act(arguments)
    return status


def _init(arguments: argparse.Namespace) -> int:
    Home(arguments.home.absolute()).make()
    ready(arguments.home, migrated=False)
    made = make_missing_keys()
    print(f"made {', '.join(made)}; copy them to where keys are kept" if made else "every key is there")
    return 0


def _rotate(arguments: argparse.Namespace) -> int:
    ready(arguments.home)
    from django.utils import timezone

    from torogoz.flow.rotate import rotate

    done = rotate(arguments.use or USES, timezone.now(), watched=progress)
    if arguments.json:
        print(json.dumps(asdict(done)))
    else:
        print(f"now current: {', '.join(done.made)}; copy them to where keys are kept")
        print(f"{done.renewed:,} values were made anew under them")
        for key_id, number in done.needed.items():
            print(f"{key_id} is still needed: {number:,} values stand under it until they go")
        if done.unneeded:
            print(f"no row needs {', '.join(done.unneeded)} any more; backups may: see `torogoz keys retire`")
    for place, number in done.unopened.items():
        print(f"{place}: {number:,} values do not open with any key and were left as they are", file=sys.stderr)
    return 1 if done.unopened else 0


def _check(arguments: argparse.Namespace) -> int:
    ready(arguments.home, keys=False)
    from django.utils import timezone

    from torogoz.storage.access.keys import state

    keys = state(Home.current(), timezone.now())
    if arguments.json:
        print(json.dumps({"keys": [asdict(key) for key in keys]}, default=str))
    else:
        print(_table(keys))
    return NOT_AVAILABLE if any(key.problem for key in keys) else 0


def _table(keys: Sequence[KeyState]) -> str:
    lines = []
    for key in keys:
        state = key.problem or ("current" if key.current else "old")
        age = "" if key.age_days is None else f"{key.age_days} days"
        lines.append(f"{key.id:12} {state:10} {age:>10} {sum(key.rows.values()):>12,} values")
        lines += [f"    {place:46} {number:>12,}" for place, number in key.rows.items()]
    return "\n".join(lines)


def _retire(arguments: argparse.Namespace) -> int:
    ready(arguments.home)
    from django.utils import timezone

    from torogoz.flow.rotate import retire, unneeded

    named = arguments.keys or unneeded()
    if not named:
        print("every key is needed")
        return 0
    if not arguments.yes:
        _ask(f"{', '.join(named)}: backups sealed under them, or made while they were in use, can no longer be read.")
    retire(named, timezone.now())
    print(f"deleted {', '.join(named)}; delete their copies too, once no backup is to be read with them")
    return 0


def _give_up(arguments: argparse.Namespace) -> int:
    ready(arguments.home, keys=False)
    from django.utils import timezone

    from torogoz.flow.rotate import give_up

    if not arguments.yes:
        _ask(f"{', '.join(arguments.keys)}: what stands under them cannot be read without them.")
    made = give_up(arguments.keys, timezone.now())
    print(f"given up: {', '.join(arguments.keys)}")
    if made:
        print(f"made {', '.join(made)}; copy them to where keys are kept, then run `torogoz keys rotate`")
    return 0


def _ask(cost: str) -> None:
    """A person says yes, knowing what it costs."""
    if not somebody_sits_here():
        raise AuthorError("this is for ever", remedy="say so with --yes")
    print(cost)
    if not says_yes("Go on?"):
        raise RefusedError("nothing was done", remedy="answer yes to go on")
