"""Travellers on journeys, the observations that make their picture, their identifiers, and resolved persons.

Observations are appended with `known_at` and never overwritten: "what did we know at 14:05" is a query. The columns of
`JourneyTraveller` are the current picture, computed from them, for searching and lists.
"""

from __future__ import annotations

from django.db import models

from torogoz.domain.purpose import DataClass, Purpose
from torogoz.domain.traveller import TravellerRole
from torogoz.storage.models.columns import closed_list
from torogoz.storage.models.sealed_text import SealedTextField


class Person(models.Model):
    """A resolved identity. It holds nothing itself: it is its links, each with evidence, each reversible."""

    made_at = models.DateTimeField()


class Booking(models.Model):
    """A PNR on a journey. A cancelled one keeps its row; its travellers are not travelling."""

    journey = models.ForeignKey("storage.Journey", on_delete=models.CASCADE, related_name="bookings")
    record_locator = models.CharField(max_length=16, db_index=True)
    carrier = models.CharField(max_length=3, blank=True)
    split_from = models.CharField(max_length=16, blank=True)
    cancelled_at = models.DateTimeField(null=True)
    last_message = models.ForeignKey("storage.ReceivedMessage", on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        """One row for one record locator on one flight."""

        constraints = [models.UniqueConstraint(fields=["journey", "record_locator"], name="booking_once")]


class JourneyTraveller(models.Model):
    """One traveller on one journey. The id outlives merges and splits; hits and decisions follow it.

    `status_at` is when the carrier said the status: what was said before it changes nothing. At `masked_at` the record
    was depersonalised: nothing of who it is about stands here any more (privacy.fields).
    """

    class Status(models.TextChoices):
        """Those taken off stay, as `not_travelling`."""

        EXPECTED = "expected"
        CHECKED_IN = "checked_in"
        BOARDED = "boarded"
        NOT_TRAVELLING = "not_travelling"

    class OffReason(models.TextChoices):
        """Why somebody is not travelling."""

        CLOSED_OUT = "closed_out"
        CANCELLED = "cancelled"
        ABSENT = "absent"
        REMOVED = "removed"
        FLIGHT_CANCELLED = "flight_cancelled"

    journey = models.ForeignKey("storage.Journey", on_delete=models.CASCADE, related_name="travellers")
    booking = models.ForeignKey(Booking, on_delete=models.SET_NULL, null=True, related_name="travellers")
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="travellers")
    merged_into = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="merged")
    role = closed_list(TravellerRole)
    status = models.CharField(max_length=16, choices=Status.choices, default=Status.EXPECTED)
    status_at = models.DateTimeField()
    off_reason = models.CharField(max_length=16, choices=OffReason.choices, blank=True)
    surname = models.CharField(max_length=120, blank=True)
    given_names = models.CharField(max_length=120, blank=True)
    surname_key = models.CharField(max_length=120, blank=True, db_index=True)
    sex = models.CharField(max_length=1, blank=True)
    birth_date = models.CharField(max_length=10, blank=True, db_index=True)
    nationality = models.CharField(max_length=3, blank=True)
    residence = models.CharField(max_length=3, blank=True)
    record_locator = models.CharField(max_length=16, blank=True, db_index=True)
    reference = models.CharField(max_length=40, blank=True)
    seat = models.CharField(max_length=8, blank=True)
    minor = models.BooleanField(default=False)
    has_api = models.BooleanField(default=False)
    has_pnr = models.BooleanField(default=False)
    disagreements = models.PositiveSmallIntegerField(default=0)
    first_received_at = models.DateTimeField(db_index=True)
    updated_at = models.DateTimeField()
    masked_at = models.DateTimeField(null=True)


class PersonLink(models.Model):
    """Why a journey's traveller is held to be a person. An undone link keeps its row, with who undid it and why."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="links")
    traveller = models.ForeignKey(JourneyTraveller, on_delete=models.CASCADE, related_name="links")
    evidence = models.JSONField(default=list)
    made_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey("storage.Account", on_delete=models.PROTECT, null=True, related_name="+")
    undone_reason = SealedTextField(blank=True)


class Observation(models.Model):
    """What one message said of one traveller. `sealed` is the parsed traveller and booking, encrypted.

    `known_at`, `data_class`, `purpose`, `source` and `clock_from` hold for every value inside (design §2);
    `clock_from` is the start of its retention. `said_at` is when the carrier prepared the message, never after
    `known_at`: of two messages that arrive in the wrong order, the picture follows the one that was said later.
    """

    traveller = models.ForeignKey(JourneyTraveller, on_delete=models.CASCADE, related_name="observations")
    message = models.ForeignKey("storage.ReceivedMessage", on_delete=models.PROTECT, related_name="observations")
    ordinal = models.PositiveIntegerField()
    known_at = models.DateTimeField()
    said_at = models.DateTimeField()
    data_class = closed_list(DataClass)
    purpose = closed_list(Purpose)
    source = models.CharField(max_length=40)
    clock_from = models.DateTimeField()
    present = models.BooleanField(default=True)
    link_evidence = models.JSONField(default=list)
    sealed = models.BinaryField()
    key_id = models.CharField(max_length=32)

    class Meta:
        """A message speaks of a traveller's place in it once; pictures read the latest of each class."""

        constraints = [models.UniqueConstraint(fields=["message", "ordinal"], name="observation_once")]
        indexes = [models.Index(fields=["traveller", "data_class", "said_at"], name="observation_latest")]


class Identifier(models.Model):
    """Something that names a person: equal values have equal keyed hashes, and only the sealed value can be shown.

    `index_version` is the number of the index key that made the hash.
    """

    class Kind(models.TextChoices):
        """The kinds that are hashed and sealed (design §7)."""

        DOCUMENT = "document"
        PHONE = "phone"
        EMAIL = "email"
        ADDRESS = "address"
        CARD = "card"
        FREQUENT_FLYER = "frequent_flyer"

    traveller = models.ForeignKey(JourneyTraveller, on_delete=models.CASCADE, related_name="identifiers")
    message = models.ForeignKey("storage.ReceivedMessage", on_delete=models.SET_NULL, null=True, related_name="+")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    issuer = models.CharField(max_length=3, blank=True, default="")
    data_class = closed_list(DataClass)
    keyed_hash = models.CharField(max_length=32)
    index_version = models.PositiveSmallIntegerField()
    sealed = models.BinaryField()
    key_id = models.CharField(max_length=32)
    known_at = models.DateTimeField()

    class Meta:
        """Each value once for a traveller and class; equality is asked by kind and hash."""

        constraints = [
            models.UniqueConstraint(fields=["traveller", "kind", "keyed_hash", "data_class"], name="identifier_once")
        ]
        indexes = [models.Index(fields=["kind", "keyed_hash"], name="identifier_equal")]
