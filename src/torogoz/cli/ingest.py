"""Files or folders into the flow: sealed, read, joined to their flights, screened.

Prints how many messages were received, loaded, double and refused, how many travellers they named, and how many hits
were raised. The exit status is 1 where something was refused; everything else was done. A file that cannot be read, or
is too large, is named on standard error and counts as one received and refused.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from pathlib import Path

from torogoz.cli.django import ready
from torogoz.cli.progress import progress
from torogoz.errors import SenderError, UnavailableError


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
    closed: list[Path] = []

    def arrivals() -> Iterator[Arrival]:
        for path in progress(paths, "received", len(paths)):
            try:
                data = read_whole(path)
            except (SenderError, OSError) as problem:
                closed.append(path)
                _say(path, problem)
            else:
                yield Arrival(path.name, data)

    outcome = take_in(arrivals(), source="cli", now=timezone.now())
    outcome = replace(outcome, received=outcome.received + len(closed), refused=outcome.refused + len(closed))
    if arguments.json:
        print(json.dumps(asdict(outcome)))
    else:
        for name, count in asdict(outcome).items():
            print(f"{name:12}{count:>9,}")
    return 1 if outcome.refused else 0


def _say(path: Path, problem: SenderError | OSError) -> None:
    """One line on a file that was left out; its name is the sender's, and steers no terminal."""
    told = UnavailableError(problem.strerror) if isinstance(problem, OSError) else problem
    print(f"{path.name!a}: {told}", file=sys.stderr)


def _files_in(paths: Iterable[Path]) -> Iterator[Path]:
    """Each file named, and each file in a folder named, in the order of names; hidden ones are left out.

    UnavailableError where something that was named is not there: nothing is taken in then.
    """
    for path in paths:
        if not path.exists():
            raise UnavailableError("a file or folder that was named is not there", remedy="look at the paths again")
        if path.is_dir():
            yield from sorted(each for each in path.rglob("*") if each.is_file() and not each.name.startswith("."))
        else:
            yield path
