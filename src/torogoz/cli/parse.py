"""Read files of messages, tables and machine-readable zones; print one JSON object a message, one a line.

What a file holds is told by how it begins. No database is used.

A message that cannot be read gives an object with `"type": null` and its findings, and the exit status 1.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from torogoz.cli.progress import progress
from torogoz.edifact.limits import DEFAULT
from torogoz.messages import read
from torogoz.messages.render import as_json


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a file of one or more messages")
    parser.add_argument("--json", action="store_true", help="nothing but the objects, which is also the default")
    parser.add_argument("--language", choices=("en", "es"), default="en", help="language of the findings")


def run(arguments: argparse.Namespace) -> int:
    """Read each file and print its messages."""
    status = 0
    for path in progress(arguments.files, "read", len(arguments.files)):
        with path.open("rb") as file:
            # One byte more than is read at most, so that a larger file is seen to be one without being loaded.
            data = file.read(DEFAULT.delivery + 1)
        for message in read(data):
            print(json.dumps({"file": str(path), **as_json(message, arguments.language)}, ensure_ascii=False))
            status = status if message.readable else 1
    return status
