"""Invented flights and travellers for the flow's promises."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from torogoz.domain.booking import Booking
from torogoz.domain.dates import PartialDate
from torogoz.domain.document import Document
from torogoz.domain.journey import Designator, FlightLeg
from torogoz.domain.manifest import Message
from torogoz.domain.traveller import Traveller, TravellerRole
from torogoz.flow.assemble import Assembled, assemble
from torogoz.storage.models import Delivery, Journey, JourneyTraveller, ReceivedMessage

#: Two hours before the flight of these tests leaves.
NOW = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)
LEG = FlightLeg(
    Designator("X1", "570"),
    "LAX",
    "SAL",
    datetime(2026, 11, 22, 14, 0),  # noqa: DTZ001 - an airport's wall clock
    datetime(2026, 11, 22, 21, 5),  # noqa: DTZ001 - likewise
)

ANA = Traveller(
    TravellerRole.PASSENGER,
    surname="EJEMPLO PRUEBA",
    given_names="ANA",
    birth_date=PartialDate(1988, 2, 29),
    documents=(Document("A01234567", "P", "SLV"),),
    record_locator="X7K2PQ",
)
BETO = Traveller(
    TravellerRole.PASSENGER,
    surname="FICTICIO",
    given_names="BETO",
    birth_date=PartialDate(1975, 6, 1),
    documents=(Document("B7654321", "P", "GTM"),),
    record_locator="Y8M3RS",
)
CARLA = Traveller(
    TravellerRole.PASSENGER,
    surname="INVENTADA",
    given_names="CARLA",
    birth_date=PartialDate(2001, 12, 31),
    documents=(Document("C1112223", "P", "USA"),),
    record_locator="Z9N4TU",
)

Say = Callable[..., Assembled | None]


def api(*travellers: Traveller, qualifier: str | None = None, **changes: object) -> Message:
    """A PAXLST that names these travellers."""
    message = Message(
        number=1, type="PAXLST", function="745", qualifier=qualifier, sender="X1", flights=(LEG,), travellers=travellers
    )
    return replace(message, **changes)  # type: ignore[arg-type]


def pnr(*travellers: Traveller, push: str = "22", whole: bool = True, **changes: object) -> Message:
    """A PNRGOV push with one booking for each record locator."""
    locators = list(dict.fromkeys(each.record_locator for each in travellers))
    bookings = tuple(
        Booking(
            locator,
            carrier="X1",
            travellers=tuple(place for place, each in enumerate(travellers) if each.record_locator == locator),
        )
        for locator in locators
    )
    message = Message(
        number=1,
        type="PNRGOV",
        function=push,
        sender="X1",
        flights=(LEG,),
        expected_bookings=len(bookings) if whole else len(bookings) + 1,
        travellers=travellers,
        bookings=bookings,
    )
    return replace(message, **changes)  # type: ignore[arg-type]


@pytest.fixture
def say(db: None) -> Say:
    """Let a carrier say something, a minute after what it said before; `prepared` and `received` are minutes."""
    clock = iter(range(1, 1000))
    begin = NOW - timedelta(days=1)

    def speak(message: Message, *, prepared: int | None = None, received: int | None = None) -> Assembled | None:
        minute = next(clock)
        at = begin + timedelta(minutes=100 + minute if received is None else received)
        delivery = Delivery.objects.create(
            received_at=at, source="test", size=0, digest=str(minute), index_version=1, key_id="raw-1"
        )
        row = ReceivedMessage.objects.create(
            delivery=delivery,
            number=1,
            received_at=at,
            prepared_at=begin + timedelta(minutes=minute if prepared is None else prepared),
            status=ReceivedMessage.Status.LOADED,
            type=message.type or "",
            qualifier=message.qualifier or "",
            sender=message.sender or "",
            common_reference=message.common_reference or "",
            part_number=message.part.number if message.part else None,
            part_last=message.part.last if message.part else None,
        )
        with transaction.atomic():  # as flow.parse does: rows of several tables name each other before all are written
            assembled = assemble(row, message, at)
            row.save()
        return assembled

    return speak


def statuses() -> dict[str, str]:
    """Given name → status, or the reason for not travelling, of everybody on the one journey."""
    return {row.given_names: row.off_reason or row.status for row in JourneyTraveller.objects.order_by("pk")}


def the_journey() -> Journey:
    """The one journey of a test."""
    return Journey.objects.get()
