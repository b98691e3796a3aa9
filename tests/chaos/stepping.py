"""A worker whose clock steps back and forth: `python -m tests.chaos.stepping HOME SEED`."""

from __future__ import annotations

import random
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest.mock import patch

from torogoz.cli.django import ready

#: How far the clock is off at most, and how long it stays so, in seconds.
FURTHEST, STAYS = 7200.0, 0.5

if __name__ == "__main__":
    home, chance = Path(sys.argv[1]), random.Random(int(sys.argv[2]))
    ready(home)
    from torogoz.flow.spool import work_until_told

    steps: dict[int, timedelta] = {}

    def stepping() -> datetime:
        """The time, as a clock tells it that somebody sets and sets again."""
        at = steps.setdefault(int(time.monotonic() / STAYS), timedelta(seconds=chance.uniform(-FURTHEST, FURTHEST)))
        return datetime.now(UTC) + at

    with patch("django.utils.timezone.now", stepping):
        work_until_told(home / "spool")
