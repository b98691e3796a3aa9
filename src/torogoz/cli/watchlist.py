"""Watchlists from files: load a list, or replace it, in one step.

FILE has the columns id,names,birth_date,nationality,sex,document_numbers and, for each entry or once for the whole list
as options here, owner, legal_basis, purpose, reason, grade, handling, action and review_on. An entry that lacks a term
which the law asks for is refused and named; the list that was there answers until the new one is complete.

A file that changes more than a set share of its list (list_change_percent) waits until a supervisor has looked at the
difference and put it in force, unless --large says otherwise. The exit status is 1 where it waits.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from torogoz.cli import add_home
from torogoz.cli.django import ready
from torogoz.cli.progress import progress
from torogoz.matching.sources.csv import TERM_COLUMNS

_CHUNK = 65_536


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    load = actions.add_parser("import", help="load a list, or replace it")
    load.add_argument("file", type=Path, metavar="FILE")
    load.add_argument("--format", choices=["csv"], required=True, help="how the file is written")
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
    load.add_argument(
        "--large",
        choices=["refuse", "wait", "accept"],
        default="wait",
        help="what becomes of a file that changes more than the set share of its list (default: wait)",
    )
    load.add_argument("--json", action="store_true", help="print the report as one JSON object")
    add_home(load)


def run(arguments: argparse.Namespace) -> int:
    """Import the file; name each line that was refused."""
    ready(arguments.home)
    from django.conf import settings
    from django.utils import timezone

    from torogoz.flow.watchlists import Live, NothingAdmittedError, import_list

    given = {term: value for term in TERM_COLUMNS if (value := getattr(arguments, term)) is not None}
    chunks = progress(_chunks(arguments.file), "read", -(-arguments.file.stat().st_size // _CHUNK))
    try:
        report = import_list(
            None,
            arguments.list,
            chunks,
            timezone.now(),
            given=given,
            compartment=arguments.compartment,
            live=Live(arguments.large),
            watched=progress,
        )
    except NothingAdmittedError as nothing:
        for row in nothing.refused:
            print(row.text("en"), file=sys.stderr)
        raise
    status = 1 if report.refusals or report.waiting is not None else 0
    if arguments.json:
        print(json.dumps(asdict(report)))
        return status
    state = f"version {report.version}" if report.waiting is None else "a change that waits"
    print(
        f"{report.list} of {report.agency}, {state}: {report.entries:,} entries; "
        f"{report.added:,} added, {report.changed:,} changed, {report.removed:,} removed, "
        f"{report.unchanged:,} unchanged; {report.refusals:,} lines refused"
    )
    for row in report.refused:
        print(row.text("en"), file=sys.stderr)
    if report.waiting is not None:
        print(
            f"it changes more than {settings.LIST_CHANGE_PERCENT} % of the list: a supervisor must look at it on the "
            f"page of the list and put it in force within {settings.LIST_WAITING_DAYS} days; until then version "
            f"{report.version} answers",
            file=sys.stderr,
        )
    return status


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk
