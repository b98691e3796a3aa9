"""The keys that this database was written with: enough to know each again, and nothing of it."""

from __future__ import annotations

from django.db import models


class KeyCheck(models.Model):
    """A key by its id. `value` is a keyed hash of the id: another key of that name gives another one.

    `emptied_at` is since when nothing that can be sealed or hashed anew stands under it. What is left then are digests
    of messages, whose content is gone: they go with their rows. A retired key's row stays, so that no other key is ever
    given its id.
    """

    key_id = models.CharField(max_length=32, unique=True)
    value = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    emptied_at = models.DateTimeField(null=True)
    retired_at = models.DateTimeField(null=True)
