"""Flights, ships and buses: one row for what a carrier operates on a day."""

from __future__ import annotations

from django.db import models

from torogoz.domain.journey import Direction, Mode
from torogoz.storage.models.columns import closed_list, local_time


class Journey(models.Model):
    """A flight by operating carrier, number, suffix, scheduled local departure date and airport (design §7).

    A ship or a bus is one too: its places are ports and border posts, by five signs of UN/LOCODE; where its operator
    has no code the carrier is empty, and the number is that of the vehicle.

    `closed_out_at`, `full_push_at` and `cancelled_at` are when the carrier prepared the latest list of those on board,
    the latest complete push of bookings and the latest cancellation: an older message that arrives after them brings
    nobody back.
    """

    class Status(models.TextChoices):
        """`closed` has had its close-out; `cancelled` does not fly."""

        OPEN = "open"
        CLOSED = "closed"
        CANCELLED = "cancelled"

    mode = closed_list(Mode, default=Mode.AIR)
    carrier = models.CharField(max_length=3)
    number = models.CharField(max_length=8)
    suffix = models.CharField(max_length=2, blank=True, default="")
    departure_date = models.DateField()
    departure_airport = models.CharField(max_length=5)
    arrival_airport = models.CharField(max_length=5, blank=True)
    direction = closed_list(Direction)
    departure_local = local_time()
    arrival_local = local_time(blank=True)
    departure_at = models.DateTimeField(null=True, db_index=True)
    arrival_at = models.DateTimeField(null=True, db_index=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)
    scheduled = models.BooleanField(default=False)
    expected_travellers = models.PositiveIntegerField(null=True)
    expected_bookings = models.PositiveIntegerField(null=True)
    last_api_at = models.DateTimeField(null=True)
    last_pnr_at = models.DateTimeField(null=True)
    closed_out_at = models.DateTimeField(null=True)
    full_push_at = models.DateTimeField(null=True)
    screened_at = models.DateTimeField(null=True)
    screening_due_at = models.DateTimeField(null=True, db_index=True)
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        """One row for one flight."""

        constraints = [
            models.UniqueConstraint(
                fields=["mode", "carrier", "number", "suffix", "departure_date", "departure_airport"],
                name="journey_once",
            )
        ]

    @property
    def designator(self) -> str:
        """The flight as boards write it."""
        return f"{self.carrier}{self.number}{self.suffix}"


class JourneyDesignator(models.Model):
    """Another carrier's name for the flight (code share)."""

    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="designators")
    carrier = models.CharField(max_length=3)
    number = models.CharField(max_length=8)
    suffix = models.CharField(max_length=2, blank=True, default="")

    class Meta:
        """Each name once."""

        constraints = [
            models.UniqueConstraint(fields=["journey", "carrier", "number", "suffix"], name="designator_once")
        ]


class Retiming(models.Model):
    """Times that a message or the schedule gave a flight, kept in the order in which they became known."""

    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="retimings")
    message = models.ForeignKey("storage.ReceivedMessage", on_delete=models.SET_NULL, null=True)
    known_at = models.DateTimeField()
    departure_local = local_time()
    arrival_local = local_time(blank=True)


class ScreeningMark(models.Model):
    """A flight to screen again, because a message about another flight changed the history of one of its travellers.

    A row of its own, so that a message never waits for the row of a flight that it does not speak of.
    """

    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="+")
