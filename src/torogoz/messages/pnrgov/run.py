"""Bookings in a row that were read without dividing their message."""

from __future__ import annotations

from dataclasses import dataclass

from torogoz.domain.booking import Booking
from torogoz.domain.manifest import ByteSpan
from torogoz.domain.traveller import Traveller
from torogoz.edifact.segments import Run


@dataclass(frozen=True, slots=True)
class BookingRun(Run):
    """Plain bookings who follow each other; places of travellers count from the first of the run.

    So many requests were withheld in them, whose bytes are told; free text that is withheld is not plain.
    """

    bookings: list[Booking]
    travellers: list[Traveller]
    ssr: int
    sensitive: list[ByteSpan]
