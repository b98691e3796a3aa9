"""What changed, for live screens: ids only, so that each stream asks `storage.access` what its reader may see."""

from __future__ import annotations

from django.db import models


class Event(models.Model):
    """One change that a screen may want to show."""

    at = models.DateTimeField()
    kind = models.CharField(max_length=32)
    journey = models.ForeignKey("storage.Journey", on_delete=models.CASCADE, null=True, related_name="+")
    hit = models.ForeignKey("storage.Hit", on_delete=models.CASCADE, null=True, related_name="+")
