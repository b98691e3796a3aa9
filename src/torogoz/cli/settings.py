"""The settings in force: each with its value and where it is said, the environment, `torogoz.toml` or nowhere.

Needs no database. Says which setting is amiss, as every other command does before it begins (exit status 1).
"""

from __future__ import annotations

import argparse
import json
import os

from torogoz.storage.configuration import read_with_places
from torogoz.storage.home import Home


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--json", action="store_true", help="one JSON object")


def run(arguments: argparse.Namespace) -> int:
    """Print them."""
    said = read_with_places(Home(arguments.home.absolute()), os.environ)
    if arguments.json:
        print(json.dumps({name: {"value": each.value, "said_in": each.place} for name, each in said.items()}))
        return 0
    widest = max(map(len, said))
    for name, each in said.items():
        print(f"{name:{widest}}  {json.dumps(each.value)}  ({each.place})")
    return 0
