"""Benchmarks: what Torogoz does with stated sizes on a stated machine, beside a peer in the same run if there is one.

A module a benchmark: `configure(parser)` declares its sizes, `measure(arguments)` gives a `Result`. They are not timed
tests: nothing fails because a machine is slow.
"""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Result:
    """Figures, and how many times faster Torogoz was than each peer on the same work in the same run.

    `curves` are figures that depend on a choice, such as a threshold: curve → point → value.
    """

    sizes: Mapping[str, Any]
    figures: Mapping[str, float]
    ratios: Mapping[str, float] = field(default_factory=dict)
    curves: Mapping[str, Mapping[str, float]] = field(default_factory=dict)


def machine() -> dict[str, Any]:
    """What a reader needs to judge a figure; nothing that names the machine's owner."""
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "system": platform.system(),
        "python": platform.python_version(),
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.machine()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())
