"""Carriers: what is agreed with each, the outages they declared, how their flights stood, and what they contest.

Figures of a carrier are not kept: they are computed from its messages and flights when somebody asks (design §7).
"""

from __future__ import annotations

from django.db import models

from torogoz.domain.carrier import Acknowledge, Verdict
from torogoz.domain.coverage import Stage
from torogoz.storage.models.columns import closed_list
from torogoz.storage.models.sealed_text import SealedTextField


class CarrierProfile(models.Model):
    """What is agreed with a carrier (domain.carrier). `contacts` are its people who answer for its messages.

    `acknowledge` is how it is told what was found (empty: not at all), `asked` whether it may be asked for bookings.
    """

    carrier = models.CharField(max_length=3, unique=True)
    name = models.CharField(max_length=80, blank=True, default="")
    may_send = models.JSONField(default=list)
    strict = models.BooleanField(default=False)
    severities = models.JSONField(default=dict)
    expected = models.JSONField(default=list)
    transports = models.JSONField(default=list)
    contacts = models.TextField(blank=True, default="")
    acknowledge = closed_list(Acknowledge, blank=True, default="")
    asked = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()


class CarrierOutage(models.Model):
    """A time in which a carrier could not send, as it or the centre declared; null: it lasts."""

    profile = models.ForeignKey(CarrierProfile, on_delete=models.PROTECT, related_name="outages")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200)
    declared_by = models.ForeignKey("storage.Account", on_delete=models.PROTECT, related_name="+")
    declared_at = models.DateTimeField()


class FlightCheck(models.Model):
    """How a scheduled flight stood an hour before departure, at departure or at arrival: class → state.

    `alarmed` says that something lacked. It is looked at once at each stage.
    """

    journey = models.ForeignKey("storage.Journey", on_delete=models.CASCADE, related_name="checks")
    stage = closed_list(Stage)
    checked_at = models.DateTimeField(db_index=True)
    states = models.JSONField(default=dict)
    alarmed = models.BooleanField(default=False)

    class Meta:
        """A flight passes a stage once."""

        constraints = [models.UniqueConstraint(fields=["journey", "stage"], name="check_once")]


class ContestedFinding(models.Model):
    """A finding that a carrier contests, and what the centre answered. `place` counts the findings of the message.

    What people write may name somebody: both texts stand sealed, and go with the message.
    """

    message = models.ForeignKey("storage.ReceivedMessage", on_delete=models.CASCADE, related_name="contested")
    place = models.PositiveIntegerField()
    carrier = models.CharField(max_length=3, db_index=True)
    code = models.CharField(max_length=40)
    reason = SealedTextField()
    made_by = models.ForeignKey("storage.Account", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    verdict = closed_list(Verdict, blank=True, default="")
    answer = SealedTextField(blank=True, default="")
    answered_by = models.ForeignKey("storage.Account", on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        """A finding is contested once."""

        constraints = [models.UniqueConstraint(fields=["message", "place"], name="contested_once")]
