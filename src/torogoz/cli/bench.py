"""Benchmarks, one at a time, on a quiet machine.

`--json` prints one object with machine, sizes, figures, ratios and curves. A ratio above 1 means that
Torogoz is faster (`names`: finds more) than the peer named, on the same work in the same run.
"""

from __future__ import annotations

import argparse
import importlib
import json
from dataclasses import asdict
from typing import Any

#: Benchmarks stand above the doors and may use everything, so they are imported by name, when one is asked for.
BENCHMARKS: dict[str, str] = {
    "parse": "torogoz.bench.parse",
    "match": "torogoz.bench.match",
    "rules": "torogoz.bench.rules",
    "store": "torogoz.bench.store",
    "end-to-end": "torogoz.bench.end_to_end",
    "audit": "torogoz.bench.audit",
    "exchange": "torogoz.bench.exchange",
    "entry": "torogoz.bench.entry",
    "interactive": "torogoz.bench.interactive",
    "names": "torogoz.bench.names",
    "namesakes": "torogoz.bench.namesakes",
    "accuracy": "torogoz.bench.accuracy",
}


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the benchmarks, each with sizes of its own."""
    names = parser.add_subparsers(dest="name", metavar="NAME", required=True)
    for name, module in BENCHMARKS.items():
        own = names.add_parser(name, help=(importlib.import_module(module).__doc__ or "").partition("\n")[0])
        importlib.import_module(module).configure(own)
        own.add_argument("--json", action="store_true", help="print one JSON object")


def run(arguments: argparse.Namespace) -> int:
    """Measure, then print."""
    result = importlib.import_module(BENCHMARKS[arguments.name]).measure(arguments)
    machine = importlib.import_module("torogoz.bench").machine()
    report = {"benchmark": arguments.name, "machine": machine, **asdict(result)}
    if arguments.json:
        print(json.dumps(report))
    else:
        for group in ("machine", "sizes", "figures", "ratios"):
            for key, value in report[group].items():
                print(f"{group:8} {key:50} {_shown(value)}")
        for curve, points in result.curves.items():
            print(f"curve    {curve:64} {'  '.join(f'{point}: {_shown(value)}' for point, value in points.items())}")
    return 0


def _shown(value: Any) -> str:
    if not isinstance(value, float):
        return f"{value}"
    return f"{value:,.1f}" if abs(value) >= 10 else f"{value:.3g}"
