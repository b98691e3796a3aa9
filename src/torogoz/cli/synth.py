"""Write synthetic traffic to a folder: messages in order of arrival, lists, a schedule and, apart, the truth.

All people in it are invented. The same seed, date and version write the same bytes.
"""

import argparse
import json
from datetime import UTC, datetime
from pathlib import Path

from torogoz.errors import UnavailableError
from torogoz.synth.files import write_days
from torogoz.synth.world import PRESETS, make_days

#: Noon in San Salvador on a day that means nothing: without --date, the bytes depend on the seed alone.
_DEFAULT_MOMENT = datetime(2026, 11, 22, 18, tzinfo=UTC)


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `torogoz synth`."""
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="an empty folder, or one to be made")
    parser.add_argument("--days", type=_positive, default=1, metavar="N", help="consecutive days (default: 1)")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="another seed, another state (default: 1)")
    parser.add_argument("--preset", choices=sorted(PRESETS), default="demo", help="one hour, or a small state's day")
    parser.add_argument(
        "--date",
        type=_moment,
        default=_DEFAULT_MOMENT,
        metavar="MOMENT",
        help="the moment (UTC) around which the first day lies: 2026-11-22 or 2026-11-22T18:00",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(arguments: argparse.Namespace) -> int:
    """Make the days and write them."""
    out: Path = arguments.out
    if out.exists() and any(out.iterdir()):
        raise UnavailableError(f"{out} is not empty", remedy="name an empty folder, or one that does not exist")
    days = make_days(arguments.seed, arguments.date, arguments.preset, arguments.days)
    written = write_days(days, out)
    counts = {
        "messages": len(written),
        "flights": sum(len(day.flights) for day in days),
        "travellers": sum(day.travellers for day in days),
        "planted": sum(len(day.planted) for day in days),
        "broken": sum(one.fault is not None for one in written),
    }
    if arguments.json:
        print(json.dumps(counts))
    else:
        print(f"{out}: " + ", ".join(f"{count} {name}" for name, count in counts.items()) + "; all people are invented")
    return 0


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least one day")
    return number


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError("write 2026-11-22 or 2026-11-22T18:00") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
