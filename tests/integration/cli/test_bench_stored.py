"""The benchmarks that store something run from nothing, at tiny sizes, as somebody who measures a machine runs them."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from typing import Any

from torogoz.bench.end_to_end import listed
from torogoz.domain.watchlist import Entry
from torogoz.matching.sources.csv import read_watchlist


def measured(*words: str) -> dict[str, Any]:
    """What a benchmark prints: in a process of its own, since Django reads its settings once."""
    command = [sys.executable, "-m", "torogoz", "bench", *words, "--json"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    shown: dict[str, Any] = json.loads(done.stdout)
    return shown


def test_everybody_on_the_list_of_the_benchmarks_is_admitted() -> None:
    assert all(isinstance(row, Entry) for row in read_watchlist([listed(50)], {}, date(2026, 12, 1)))


def test_an_entry_that_comes_or_goes_is_measured() -> None:
    shown = measured("entry", "--entries", "20", "--changes", "2")
    assert shown["figures"]["missed"] == 0
    assert shown["sizes"]["changes"] == 4


def test_bytes_to_hits_is_measured() -> None:
    shown = measured("end-to-end", "--entries", "20", "--rules", "2", "--deliveries", "2")
    assert shown["sizes"]["travellers_named"] > 0
    assert shown["figures"]["travellers_per_s"] > 0
