"""Whether what people confirmed still follows: each confirmed hit, computed again from its sealed evidence.

It needs neither messages nor lists nor rules, which may have gone; masking leaves the evidence of what is confirmed. It
prints numbers of hits and nothing of what stands in them. The exit status is 1 where a result is another one.
"""

from __future__ import annotations

import argparse
import json

from torogoz.cli.django import ready


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--hit", type=int, metavar="NUMBER", help="this one alone (default: all)")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(arguments: argparse.Namespace) -> int:
    """Compute them again."""
    ready(arguments.home)
    from django.utils import timezone

    from torogoz.flow.replay import Result, replay_confirmed

    told: dict[Result, list[int]] = {result: [] for result in Result}
    for each in replay_confirmed(arguments.hit, timezone.now()):
        told[each.result].append(each.hit)
    if arguments.json:
        print(json.dumps(told))
    else:
        print(f"{len(told[Result.SAME]):,} came to the result that was confirmed")
        for result, words in (
            (Result.DIFFERENT, "came to another one"),
            (Result.OTHER_RELEASE, "come to another one here; the release that computed them computes them again"),
            (Result.WITHOUT_CAUSE, "have no entry or rule, which was gone when they were confirmed"),
        ):
            if told[result]:
                print(f"{len(told[result]):,} {words}: hits {', '.join(map(str, told[result]))}")
    return int(bool(told[Result.DIFFERENT]))
