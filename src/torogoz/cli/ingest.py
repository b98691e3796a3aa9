"""Files or folders into the flow: sealed, read, joined to their flights, screened.

Prints how many messages were received, loaded, double and refused, how many travellers they named, and how many hits
were raised. The exit status is 1 where something was refused; everything else was done.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path

from torogoz.cli.django import ready
from torogoz.cli.progress import progress


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="a file, or a folder of files")
    parser.add_argument("--json", action="store_true", help="print the counts as one JSON object")


def run(arguments: argparse.Namespace) -> int:
    """Take in every file, in the order of names."""
    ready(arguments.home)
    from django.utils import timezone

    from torogoz.flow.compose import Arrival, take_in
    from torogoz.flow.spool import read_whole

    paths = list(_files_in(arguments.paths))

    def arrivals() -> Iterator[Arrival]:
        for path in progress(paths, "received", len(paths)):
            yield Arrival(path.name, read_whole(path))

    outcome = take_in(arrivals(), source="cli", now=timezone.now())
    if arguments.json:
        print(json.dumps(asdict(outcome)))
    else:
        for name, count in asdict(outcome).items():
            print(f"{name:12}{count:>9,}")
    return 1 if outcome.refused else 0


def _files_in(paths: Iterable[Path]) -> Iterator[Path]:
    """Each file named, and each file in a folder named, in the order of names; hidden ones are left out."""
    for path in paths:
        if path.is_dir():
            yield from sorted(each for each in path.rglob("*") if each.is_file() and not each.name.startswith("."))
        else:
            yield path
