"""Watchlists from files: load a list, or replace it, in one step.

FILE is a list of your own (csv: id,names,birth_date,nationality,sex,document_numbers), of stolen documents (stolen:
number,type,issuer), of OpenSanctions (ftm), of OFAC (ofac-csv with --aliases, ofac-xml) or of the United Nations
(un-xml). For each entry of your own files, or once for the whole list as options here, stand owner, legal_basis,
purpose, reason, grade, handling, action and review_on. An entry that lacks a term is refused and named. Where the file
has no column for it and no option gives it, the whole list has its legal basis as the reason, C (with conditions) as
the handling, and inform as the action, and the report says so; without one of the other five nothing is loaded. The
list that was there answers until the new one is complete.

Before an update goes live, it shows which entries come, change and go, and asks where somebody sits at the terminal.
A file that changes more than a set share of its list (list_change_percent) waits until a supervisor has looked at the
difference and put it in force; with --large refuse it is refused, and with --look any change waits. The exit status is
1 where it waits.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from torogoz.cli import add_home
from torogoz.cli.asking import says_yes, somebody_sits_here
from torogoz.cli.django import ready
from torogoz.cli.progress import progress
from torogoz.cli.worker import end_with
from torogoz.matching.sources.csv import TERM_COLUMNS
from torogoz.matching.sources.formats import ListFormat, Reading
from torogoz.matching.sources.left_out import told
from torogoz.matching.sources.topics import GROUNDS

if TYPE_CHECKING:
    from torogoz.flow.preview import Preview

_CHUNK = 65_536


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    load = actions.add_parser("import", help="load a list, or replace it")
    load.add_argument("file", type=Path, metavar="FILE")
    load.add_argument(
        "--format", choices=[*ListFormat], type=ListFormat, help="how the file is written (default: as it begins)"
    )
    load.add_argument(
        "--topics",
        default="",
        metavar="T,T…",
        help=f"ftm: whom to admit, by the topics that the legal basis covers: {', '.join(GROUNDS)}",
    )
    load.add_argument("--aliases", type=Path, metavar="FILE", help="ofac-csv: the second file of names, alt.csv")
    load.add_argument("--list", required=True, metavar="NAME", help="the list that is made or replaced")
    for term in TERM_COLUMNS:
        load.add_argument(
            f"--{term.replace('_', '-')}", metavar="TERM", help=f"{term} of every entry that does not say its own"
        )
    load.add_argument(
        "--compartment",
        default="",
        metavar="C",
        help="make the list within a compartment: only those to whom it is opened see it and its hits",
    )
    looked_at = load.add_mutually_exclusive_group()
    looked_at.add_argument(
        "--large",
        choices=["refuse", "wait"],
        default="wait",
        help="what becomes of a file that changes more than the set share of its list (default: wait)",
    )
    looked_at.add_argument(
        "--look", action="store_true", help="let a supervisor look at the difference first, however little changes"
    )
    load.add_argument("--yes", action="store_true", help="show what an update changes, but do not ask")
    load.add_argument("--json", action="store_true", help="print the report as one JSON object")
    add_home(load)
    load.set_defaults(act=_import)
    # Between a process that answers and the one that it starts to make a list ready (flow/make_ready.py): not shown.
    prepare = actions.add_parser("prepare")
    prepare.add_argument("number", type=int)
    prepare.add_argument("--day", type=date.fromisoformat, required=True)
    prepare.add_argument("--parent", type=int, required=True)
    add_home(prepare)
    prepare.set_defaults(act=_prepare)


def run(arguments: argparse.Namespace) -> int:
    """Do what is asked."""
    act: Callable[[argparse.Namespace], int] = arguments.act
    return act(arguments)


def _prepare(arguments: argparse.Namespace) -> int:
    """Make a list ready and share it, and go on no longer than whoever asked for it."""
    end_with(arguments.parent)
    ready(arguments.home)
    from torogoz.flow.make_ready import prepare

    return 0 if prepare(arguments.number, arguments.day) else 1


def _import(arguments: argparse.Namespace) -> int:
    """Import the file; name each line that was refused."""
    ready(arguments.home)
    from django.conf import settings
    from django.utils import timezone

    from torogoz.flow.watchlists import Live, NothingAdmittedError, import_list

    given = {term: value for term in TERM_COLUMNS if (value := getattr(arguments, term)) is not None}
    reading = Reading(
        arguments.format,
        tuple(topic for each in arguments.topics.split(",") if (topic := each.strip())),
        _watched(arguments.aliases, "aliases") if arguments.aliases else None,
        _watched(arguments.file, "documents"),
    )
    try:
        report = import_list(
            None,
            arguments.list,
            _watched(arguments.file, "read"),
            timezone.now(),
            given=given,
            compartment=arguments.compartment,
            live=Live.LOOK if arguments.look else Live(arguments.large),
            reading=reading,
            watched=progress,
            agree=partial(_agree, ask=not arguments.yes and somebody_sits_here()),
        )
    except NothingAdmittedError as nothing:
        for row in nothing.refused:
            print(row.text("en"), file=sys.stderr)
        raise
    status = 1 if report.refusals or report.waiting is not None else 0
    if arguments.json:
        print(json.dumps(asdict(report) | {"left_out": reading.left}))
        return status
    state = f"version {report.version}" if report.waiting is None else "a change that waits"
    print(
        f"{report.list} of {report.agency}, {state}: {report.entries:,} entries; "
        f"{report.added:,} added, {report.changed:,} changed, {report.removed:,} removed, "
        f"{report.unchanged:,} unchanged; {report.refusals:,} lines refused"
    )
    for line in told(reading.left, "en"):
        print(f"left out or not stated: {line}")
    for row in report.refused:
        print(row.text("en"), file=sys.stderr)
    if report.refusals and report.removed:
        print(
            "an entry whose new line was refused counts as removed: see whether one went who should stay",
            file=sys.stderr,
        )
    if report.waiting is not None:
        why = "" if arguments.look else f"it changes more than {settings.LIST_CHANGE_PERCENT} % of the list: "
        print(
            f"{why}a supervisor must look at it on the page of the list and put it in force within "
            f"{settings.LIST_WAITING_DAYS} days; until then "
            + (f"version {report.version} answers" if report.version else "nobody on it is looked for"),
            file=sys.stderr,
        )
    return status


def _agree(shown: Preview, *, ask: bool) -> bool:
    """Show what an update would do, with the first entries of each kind, and ask whether it may."""
    print(
        f"{shown.list}, version {shown.version}, would change: {shown.added:,} added, {shown.changed:,} changed, "
        f"{shown.removed:,} removed, {shown.unchanged:,} unchanged",
        file=sys.stderr,
    )
    differing = [f"{key}: {', '.join(columns)}" for key, columns in shown.differing]
    for kind, count, named in (
        ("added", shown.added, shown.new),
        ("changed", shown.changed, differing),
        ("removed", shown.removed, shown.gone),
    ):
        for each in named:
            print(f"  {kind} {each}", file=sys.stderr)
        if count > len(named):
            print(f"  {kind}: {count - len(named):,} more", file=sys.stderr)
    return not ask or says_yes("Put it in force?")


def _watched(path: Path, label: str) -> Iterator[bytes]:
    """The bytes of a file, opened when the first are asked for, with a bar of how many of them are read."""
    return progress(_chunks(path), label, -(-path.stat().st_size // _CHUNK))


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk
