"""The schedule of expected flights, so that a missing manifest is seen.

FILE.csv has the columns carrier,number,suffix,departure_airport,arrival_airport,departure_local,arrival_local; local
times are the wall clocks of the two airports (2026-11-23T06:05). Lines that are refused are named, all others are done.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from torogoz.cli import add_home
from torogoz.cli.django import ready


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    load = actions.add_parser("import", help="expect every flight of a file")
    load.add_argument("file", type=Path, metavar="FILE.csv")
    load.add_argument("--json", action="store_true", help="print the report as one JSON object")
    add_home(load)


def run(arguments: argparse.Namespace) -> int:
    """Import the file, name the lines that were refused."""
    ready(arguments.home)
    from django.utils import timezone

    from torogoz.flow.schedule import LARGEST, import_schedule

    with arguments.file.open("rb") as file:
        data = file.read(LARGEST + 1)
    report = import_schedule(None, data, timezone.now())
    if arguments.json:
        print(json.dumps(asdict(report)))
    else:
        print(f"{report.flights:,} flights expected, {report.new:,} of them new; {len(report.refused):,} lines refused")
        for each in report.refused:
            print(each.text("en"), file=sys.stderr)
    return 1 if report.refused else 0
