"""What masking leaves, and what retention has done: the sealed part of each masked record, and one row for each run."""

from __future__ import annotations

from django.db import models


class MaskedRecord(models.Model):
    """What a masked record held in clear, encrypted under a key of its own. Purging the record destroys that key."""

    traveller = models.OneToOneField("storage.JourneyTraveller", on_delete=models.CASCADE, related_name="masked")
    sealed = models.BinaryField()
    wrapped_key = models.BinaryField()
    key_id = models.CharField(max_length=32)


class RetentionRun(models.Model):
    """One run of retention. It goes in batches, from stage to stage, and whoever finds it unfinished goes on with it.

    `night` is the day whose nightly run it is, and null for every other. One that is not `thorough` leaves rewriting
    the database to the next night. `counts` says what was done, by step and table; `certificate` is the signed proof.
    """

    night = models.DateField(null=True, unique=True)
    as_of = models.DateTimeField()
    profile = models.CharField(max_length=16)
    thorough = models.BooleanField(default=True)
    started_at = models.DateTimeField()
    stage = models.CharField(max_length=16)
    cursor = models.BigIntegerField(default=0)
    counts = models.JSONField(default=dict)
    erased_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True, db_index=True)
    certificate = models.TextField(blank=True)
