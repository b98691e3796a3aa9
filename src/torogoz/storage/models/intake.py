"""What arrived: sealed deliveries, and one row for each message in them (design §2, *sealed first*).

A delivery's bytes stand encrypted under a key of their own; that key, wrapped, is destroyed in the transaction that
loads the last message of the delivery. What stays is the redacted copy of each message. Digests of content are made
with the index key of number `index_version`; their content is gone, so a rotation leaves them under that key. While a
delivery is sealed and not yet read it stands in the queue, whose small rows change often and go with the reading.
"""

from __future__ import annotations

from django.db import models


class Sender(models.Model):
    """Who may deliver over HTTPS, for which carriers (null: every one), and from which networks (empty: any)."""

    name = models.CharField(max_length=80, unique=True)
    carriers = models.JSONField(null=True)
    networks = models.JSONField(default=list)
    enrolled_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)


class SenderToken(models.Model):
    """A token of a sender, until it ends. Only a digest is kept: the token itself was shown once."""

    sender = models.ForeignKey(Sender, on_delete=models.CASCADE, related_name="tokens")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)


class Delivery(models.Model):
    """Bytes as they arrived in one file or request. `digest` is keyed: it tells equal bytes and nothing else."""

    class Status(models.TextChoices):
        """`sealed` waits for reading; `failed` could not be read and waits for replay until `sealed_until`."""

        SEALED = "sealed"
        READ = "read"
        FAILED = "failed"

    received_at = models.DateTimeField(db_index=True)
    source = models.CharField(max_length=16)
    name = models.CharField(max_length=200, blank=True)
    sender = models.ForeignKey(Sender, on_delete=models.PROTECT, null=True, related_name="deliveries")
    size = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64, db_index=True)
    index_version = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.SEALED, db_index=True)
    sealed = models.BinaryField(null=True)
    wrapped_key = models.BinaryField(null=True)
    key_id = models.CharField(max_length=32)
    sealed_until = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)  # of one that failed; while it waits the queue counts
    failure = models.CharField(max_length=64, blank=True)

    class Meta:
        """The worker looks in each round for originals whose time is over."""

        indexes = [
            models.Index(
                fields=["sealed_until"], condition=models.Q(sealed_until__isnull=False), name="delivery_sealed_until"
            )
        ]


class Acknowledgement(models.Model):
    """What its sender is told of a delivery that was read: a CONTRL or ACKRES, which holds codes and references."""

    delivery = models.OneToOneField(Delivery, on_delete=models.CASCADE, related_name="acknowledgement")
    made_at = models.DateTimeField()
    body = models.BinaryField()


class QueuedDelivery(models.Model):
    """A delivery that waits to be read. A worker holds it until `leased_until`, unless it renews that.

    `lanes_known` is whether it was read once and its lanes are those of the flights that it speaks of.
    """

    delivery = models.OneToOneField(Delivery, on_delete=models.CASCADE, primary_key=True, related_name="queued")
    size = models.PositiveBigIntegerField()
    tries = models.PositiveSmallIntegerField(default=0)
    worker = models.CharField(max_length=32, blank=True, default="")
    leased_until = models.DateTimeField(null=True)
    lanes_known = models.BooleanField(default=False)


class QueueLane(models.Model):
    """A flight of which a waiting delivery speaks: deliveries that share one are applied in the order of arrival."""

    queued = models.ForeignKey(QueuedDelivery, on_delete=models.CASCADE, related_name="lanes", db_index=False)
    flight = models.CharField(max_length=40, db_index=True)

    class Meta:
        """A delivery stands in a lane once."""

        constraints = [models.UniqueConstraint(fields=["queued", "flight"], name="lane_once")]


class ReceivedMessage(models.Model):
    """One UNH…UNT of a delivery, or its unreadable whole. Findings are codes and positions, never values.

    `carrier` is the first flight's, or the only one for which its sender may deliver. `quality` counts, for each
    element, how many travellers had it and how many had one that can be right (messages.quality).
    """

    class Status(models.TextChoices):
        """What became of it."""

        LOADED = "loaded"
        DUPLICATE = "duplicate"
        REFUSED = "refused"

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="messages")
    number = models.PositiveIntegerField()
    received_at = models.DateTimeField(db_index=True)
    prepared_at = models.DateTimeField(null=True)
    status = models.CharField(max_length=10, choices=Status.choices, db_index=True)
    type = models.CharField(max_length=8, blank=True)
    version = models.CharField(max_length=16, blank=True)
    function = models.CharField(max_length=8, blank=True)
    qualifier = models.CharField(max_length=8, blank=True)
    sender = models.CharField(max_length=40, blank=True)
    carrier = models.CharField(max_length=3, blank=True)
    reference = models.CharField(max_length=40, blank=True)
    common_reference = models.CharField(max_length=40, blank=True)
    part_number = models.PositiveSmallIntegerField(null=True)
    part_last = models.BooleanField(null=True)
    waits_until = models.DateTimeField(null=True, db_index=True)
    content_digest = models.CharField(max_length=64, db_index=True, blank=True)
    index_version = models.PositiveSmallIntegerField(null=True)
    journey = models.ForeignKey("storage.Journey", on_delete=models.PROTECT, null=True, related_name="messages")
    travellers = models.PositiveIntegerField(default=0)
    bookings = models.PositiveIntegerField(default=0)
    findings = models.JSONField(default=list)
    withheld = models.JSONField(default=dict)
    #: The version of the table of sensitive data that was in force.
    withheld_by = models.CharField(max_length=32, blank=True, default="")
    span_start = models.PositiveBigIntegerField(default=0)
    redacted = models.BinaryField(null=True)
    wrapped_key = models.BinaryField(null=True)
    key_id = models.CharField(max_length=32, blank=True)
    separators = models.CharField(max_length=8, blank=True, default="")
    quality = models.JSONField(default=dict)

    class Meta:
        """A delivery numbers its messages once."""

        constraints = [models.UniqueConstraint(fields=["delivery", "number"], name="message_once_in_delivery")]
