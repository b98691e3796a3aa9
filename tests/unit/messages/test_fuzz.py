"""A small run of what `make fuzz` does a million times: no mutated message crashes, hangs or passes a limit."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

TOOL = Path(__file__).parents[3] / "tools" / "fuzz.py"


def test_no_mutated_message_crashes_hangs_or_passes_a_limit() -> None:
    command = [sys.executable, str(TOOL), "--count", "1000", "--seed", "7"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith("1,000 mutations of ")
