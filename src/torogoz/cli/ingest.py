"""Files or folders into the flow: sealed, read, joined to their flights, screened.

Prints how many messages were received, loaded, double and refused, how many travellers they named, and how many hits
were raised. The exit status is 1 where something was refused; everything else was done.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
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

    from torogoz.cli.intake import files_in, read_whole
    from torogoz.flow.compose import Arrival, take_in

    paths = list(files_in(arguments.paths))

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
