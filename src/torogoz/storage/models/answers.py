"""What carriers asked and were answered, and the orders behind an answer that keeps somebody from boarding.

An answer names no traveller: `traveller_key` is a keyed digest, by the index key of number `index_version`, of what the
carrier called them, so that a later request about the same one is known; it is emptied within days.
"""

from __future__ import annotations

from django.db import models

from torogoz.domain.answer import Asks, Effect
from torogoz.domain.journey import Direction
from torogoz.storage.models.columns import Owned, closed_list
from torogoz.storage.models.sealed_text import SealedTextField


class Order(Owned):
    """A written order. It is in force from the agreement of a second person, between its days, until it is withdrawn.

    `subject` is whom it names, in its own words. `case_reference` is ours: who calls names it.
    """

    authority = models.CharField(max_length=120)
    file_number = models.CharField(max_length=80)
    legal_basis = models.CharField(max_length=200)
    effect = closed_list(Effect)
    exit_ban = models.BooleanField()
    direction = closed_list(Direction)
    valid_from = models.DateField()
    valid_until = models.DateField(db_index=True)
    subject = SealedTextField()
    case_reference = models.CharField(max_length=16, unique=True)
    entered_by = models.ForeignKey("storage.Account", on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    agreed_by = models.ForeignKey("storage.Account", on_delete=models.PROTECT, null=True, related_name="+")
    agreed_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey("storage.Account", on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)


class OrderConfirmation(models.Model):
    """A named person says that an order is about this traveller on this flight, with why; and perhaps takes it back."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="confirmations")
    traveller = models.ForeignKey("storage.JourneyTraveller", on_delete=models.CASCADE, related_name="confirmations")
    confirmed_by = models.ForeignKey("storage.Account", on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField()
    reason = SealedTextField()
    ended_by = models.ForeignKey("storage.Account", on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)


class InteractiveRequest(models.Model):
    """One message that was answered at once. `fell_back` is whether the answer was the agreed one for our failures."""

    delivery = models.ForeignKey("storage.Delivery", on_delete=models.CASCADE, related_name="requests")
    number = models.PositiveIntegerField()
    sender = models.ForeignKey("storage.Sender", on_delete=models.PROTECT, null=True, related_name="+")
    transaction = models.CharField(max_length=40, blank=True)
    asks = closed_list(Asks)
    said_at = models.DateTimeField()
    answered_at = models.DateTimeField()
    taken = models.BooleanField()
    because = models.CharField(max_length=32, blank=True)
    fell_back = models.BooleanField(default=False)

    class Meta:
        """A message is answered once."""

        constraints = [models.UniqueConstraint(fields=["delivery", "number"], name="request_once")]


class InteractiveAnswer(models.Model):
    """The code that was given about one traveller of a request, and the line of the policy behind it."""

    request = models.ForeignKey(InteractiveRequest, on_delete=models.CASCADE, related_name="answers")
    place = models.PositiveSmallIntegerField()
    traveller_key = models.CharField(max_length=64, db_index=True, null=True)  # noqa: DJ001 - emptied within days
    index_version = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=2)
    because = models.CharField(max_length=32)
    confirmation = models.ForeignKey(OrderConfirmation, on_delete=models.SET_NULL, null=True, related_name="+")


class AnswerRevision(models.Model):
    """An answer that changed after it was given (CUSRES 132): told again and again until heard, or the doors close.

    `refused` is whether the carrier answered that it does not know the flight or the traveller.
    """

    traveller = models.ForeignKey("storage.JourneyTraveller", on_delete=models.CASCADE, related_name="revisions")
    request = models.ForeignKey(InteractiveRequest, on_delete=models.CASCADE, related_name="revisions")
    code = models.CharField(max_length=2)
    because = models.CharField(max_length=32)
    confirmation = models.ForeignKey(OrderConfirmation, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    times = models.PositiveSmallIntegerField(default=0)
    heard_at = models.DateTimeField(null=True)
    refused = models.BooleanField(default=False)
    ended_at = models.DateTimeField(null=True, db_index=True)
