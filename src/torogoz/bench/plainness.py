"""How many travellers of a day's passenger and crew lists are read by one pattern, and how many fall back.

The day is that of the nine invented carriers, each with its habits: other service characters, telex lines, accents,
years of four digits, names that were garbled on purpose. Our own bench list alone would say that nobody falls back.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from torogoz.edifact.limits import DEFAULT
from torogoz.edifact.stream import messages
from torogoz.messages import read
from torogoz.messages.plain import plain_runs
from torogoz.synth.world import make_day

_ANCHOR = datetime(2026, 11, 22, 20, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Plainness:
    """Travellers of all lists, and those of them who are divided segment by segment."""

    travellers: int
    fallen_back: int


def plainness(preset: str) -> Plainness:
    """Count over the lists of a synthetic day."""
    travellers = plain = 0
    for delivery in make_day(1, _ANCHOR, preset).deliveries:
        for raw, message in zip(messages(delivery.content, DEFAULT), read(delivery.content), strict=False):
            if message.type == "PAXLST" and message.prepared_at:
                travellers += len(message.travellers)
                runs = plain_runs(raw, message.prepared_at.date(), DEFAULT)
                plain += sum(len(run.travellers) for run in runs)
    return Plainness(travellers, travellers - plain)
