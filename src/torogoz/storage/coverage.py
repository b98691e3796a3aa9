"""A flight's row as `domain.coverage` judges it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.db.models import Count, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from torogoz.domain.coverage import Flown
from torogoz.domain.journey import Mode
from torogoz.domain.traveller import TravellerRole
from torogoz.storage.models import Booking

if TYPE_CHECKING:
    from datetime import datetime

    from torogoz.storage.models import Journey

#: The passengers whom a list named, also those taken off since; crews have lists of their own.
LISTED = Q(travellers__has_api=True, travellers__merged_into=None) & ~Q(travellers__role=TravellerRole.CREW)

_COUNTED = Booking.objects.filter(journey=OuterRef("pk")).order_by().values("journey").annotate(number=Count("pk"))
#: The bookings that pushes named, also those cancelled since: beside travellers a count of its own.
BOOKED = Coalesce(Subquery(_COUNTED.values("number"), output_field=IntegerField()), 0)


def flown(journey: Journey, otherwise: datetime | None = None) -> Flown:
    """What is known of a flight whose row was asked for with `listed` and `booked` beside it.

    `otherwise` is its departure where none is known.
    """
    departure_at = journey.departure_at or otherwise
    assert departure_at  # noqa: S101 - the caller asked for flights that have one, or gives another
    return Flown(
        journey.departure_airport,
        journey.arrival_airport,
        departure_at,
        journey.arrival_at,
        journey.last_api_at,
        journey.last_pnr_at,
        cast("Any", journey).listed,
        journey.expected_travellers,
        Mode(journey.mode),
        cast("Any", journey).booked,
        journey.expected_bookings,
    )
