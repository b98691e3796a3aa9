"""Names alone: labelled pairs of public names, and a sanctions list's aliases among invented people.

Needs the public names beside the public samples (`TOROGOZ_SAMPLES`), and says so where there are none. Each method's
threshold is chosen on one part of the pairs and judged on the other. Ratios are of shares found first, not of speed.
"""

from __future__ import annotations

import argparse

from torogoz.bench import Result
from torogoz.bench.watchlist import aliases, logic_v2, pairs, public_names

_RATIO_OF = 1


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the sizes."""
    parser.add_argument(
        "--background", type=int, default=30_000, help="invented people around the pairs (default: %(default)s)"
    )
    parser.add_argument("--aliases", type=int, default=1_000, help="aliases asked for (default: %(default)s)")
    parser.add_argument(
        "--alias-background", type=int, default=300_000, help="invented people around them (default: %(default)s)"
    )
    parser.add_argument("--seed", type=int, default=5, help="(default: %(default)s)")
    logic_v2.configure(parser)


def measure(arguments: argparse.Namespace) -> Result:
    """Judge the pairs, then look for the aliases."""
    labelled = public_names.labelled_pairs()
    sanctioned = public_names.sanctioned()
    figures = _pairs(labelled, arguments)
    asked = aliases.chosen(sanctioned, arguments.aliases, arguments.seed)
    listed = aliases.listed(sanctioned, pairs.background(arguments.seed, arguments.alias_background))
    ours = aliases.shares(aliases.our_places(asked, listed))
    peers = aliases.shares(aliases.jaro_winkler_places(asked, listed))
    curves = {
        "aliases found among the first": {f"{top}": share for top, share in ours.items()},
        "jaro_winkler aliases found among the first": {f"{top}": share for top, share in peers.items()},
    }
    figures |= {f"alias_top_{top}": share for top, share in ours.items()}
    figures |= {f"jaro_winkler_alias_top_{top}": share for top, share in peers.items()}
    return Result(
        sizes={
            "pairs_fit": sum(pair.fit for pair in labelled),
            "pairs_judged": sum(not pair.fit for pair in labelled),
            "background": arguments.background,
            "aliases": len(asked),
            "alias_list": len(listed),
        },
        figures=figures,
        ratios={"jaro_winkler_alias_top_1": ours[_RATIO_OF] / max(peers[_RATIO_OF], 1e-9)},
        curves=curves,
    )


def _pairs(labelled: list[public_names.Pair], arguments: argparse.Namespace) -> dict[str, float]:
    scores = {"": pairs.our_scores(labelled, pairs.background(arguments.seed, arguments.background))}
    scores |= {f"{name}_": found for name, found in pairs.peer_scores(labelled).items()}
    if arguments.logic_v2:
        asked = [({"names": [pair.one]}, {"names": [pair.two]}) for pair in labelled]
        scores["logic_v2_"] = list(logic_v2.scored(arguments.logic_v2, asked).scores)
    judged = {name: pairs.judged(labelled, found) for name, found in scores.items()}
    if arguments.logic_v2:
        judged["logic_v2_usual_"] = pairs.judged(labelled, scores["logic_v2_"], logic_v2.USUAL)
    figures: dict[str, float] = {}
    for name, one in judged.items():
        figures |= {
            f"{name}f1": one.f1,
            f"{name}f1_low": one.low,
            f"{name}f1_high": one.high,
            f"{name}precision": one.precision,
            f"{name}recall": one.recall,
            f"{name}threshold": one.threshold,
        }
    return figures
