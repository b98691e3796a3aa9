"""How many of a day's travellers in lists, and of its bookings, are read by patterns, and how many fall back.

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
from torogoz.messages.pnrgov.plain import plain_bookings
from torogoz.synth.world import make_day

_ANCHOR = datetime(2026, 11, 22, 20, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Plainness:
    """Travellers of all lists, and all bookings; and those of them that are divided segment by segment."""

    travellers: int
    fallen_back: int
    bookings: int
    bookings_fallen_back: int


def plainness(preset: str) -> Plainness:
    """Count over the messages of a synthetic day."""
    travellers = plain = bookings = plain_booked = 0
    for delivery in make_day(1, _ANCHOR, preset).deliveries:
        for raw, message in zip(messages(delivery.content, DEFAULT), read(delivery.content), strict=False):
            if message.prepared_at is None:
                continue
            if message.type == "PAXLST":
                travellers += len(message.travellers)
                runs = plain_runs(raw, message.prepared_at.date(), DEFAULT)
                plain += sum(len(run.travellers) for run in runs)
            elif message.type == "PNRGOV":
                bookings += len(message.bookings)
                booked = plain_bookings(raw, message.prepared_at, DEFAULT)
                plain_booked += sum(len(run.bookings) for run in booked)
    return Plainness(travellers, travellers - plain, bookings, bookings - plain_booked)
