"""A demonstration: a home of its own, a synthetic day of a small state's flights, screened, and the pages served.

Everybody in it is invented, and every page says so. What carriers would have sent by now is taken in at once, with the
times at which it would have come; the rest of the day arrives by itself while the pages are served. One sign-in for
each role is printed. A home that is not a demonstration's is refused; a demonstration's is made anew.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
from dataclasses import asdict
from pathlib import Path

from torogoz.cli import serve
from torogoz.cli.django import migrate, ready
from torogoz.errors import RefusedError
from torogoz.storage.home import Home
from torogoz.storage.keys import make_keys


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments: those of the day, and those of `serve`."""
    parser.add_argument("--days", type=int, default=1, metavar="N", help="days of traffic up to now (default: 1)")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="another seed, another state (default: 1)")
    parser.add_argument("--no-serve", action="store_true", help="make the home and end")
    parser.add_argument("--json", action="store_true", help="print the counts as one JSON object, and do not serve")
    serve.configure(parser)


def run(arguments: argparse.Namespace) -> int:
    """Make the home, fill it, say what came of it, and serve it."""
    home = Home(arguments.home.absolute())
    make_anew(home)
    serve.name_origin(arguments)
    ready(arguments.home, migrated=False)
    migrate()
    from torogoz.cli import demo_day

    day = demo_day.fill(arguments.seed, arguments.days)
    if arguments.json:
        print(json.dumps(asdict(day.outcome)))
        return 0
    print(demo_day.table(day))
    if not arguments.no_serve:
        with demo_day.arriving(day):
            serve.serve(arguments)
    return 0


def make_anew(home: Home) -> None:
    """Empty a demonstration's home; refuse any other that holds something."""
    if home.database.exists() and not home.demo_marker.exists():
        raise RefusedError("this home is not a demonstration's", remedy="name another with --home")
    if os.environ.get("DATABASE_URL"):
        raise RefusedError("a demonstration uses the embedded database", remedy="run it without DATABASE_URL")
    if home.demo_marker.exists():
        for path in home.path.iterdir():
            _remove(path)
    make_keys(home)
    home.demo_marker.write_text("Everybody in this home is invented.\n")
    # Without a telephone no order has effect, and there would be nothing to try.
    home.settings.write_text('hotline = "+503 0000 0000"\n')


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()
