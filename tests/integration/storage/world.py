"""Rows that the promises of storage are about: deliveries, messages and journeys, all invented."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime

from torogoz.domain.journey import Designator, Direction, FlightLeg
from torogoz.domain.traveller import Traveller, TravellerRole
from torogoz.storage.deliveries import seal_delivery
from torogoz.storage.keys import keyring
from torogoz.storage.models import Delivery, Journey, ReceivedMessage

NOW = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)
LEG = FlightLeg(
    Designator("X1", "570"),
    "LAX",
    "SAL",
    datetime.fromisoformat("2026-11-22T14:00"),
    datetime.fromisoformat("2026-11-22T21:05"),
)
NOBODY = Traveller(TravellerRole.PASSENGER)

_count = itertools.count(1)


def delivery(data: bytes = b"UNB+UNOA:4'", name: str = "a.edi") -> Delivery:
    """Bytes that arrived."""
    return seal_delivery(data, source="spool", name=name, now=NOW, keys=keyring())


def message(at: datetime = NOW, sender: str = "X1") -> ReceivedMessage:
    """A message of a delivery of its own."""
    return ReceivedMessage.objects.create(
        delivery=delivery(str(next(_count)).encode()), number=1, received_at=at, status="loaded", sender=sender
    )


def journey(day: date = date(2026, 11, 22)) -> Journey:
    """A flight to San Salvador, another one at every call."""
    return Journey.objects.create(
        carrier="X1",
        number=str(next(_count)),
        departure_date=day,
        departure_airport="LAX",
        arrival_airport="SAL",
        direction=Direction.INBOUND,
        departure_local=f"{day.isoformat()}T14:00",
    )
