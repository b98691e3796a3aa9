"""The people who work here and the agencies they belong to."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models

from torogoz.domain.staff import StaffRole
from torogoz.storage.models.columns import closed_list


class Agency(models.Model):
    """An agency with its own lists, rules and hits. `code` is what lists name as owner.

    `centre` marks the passenger centre itself, whose staff work on the open rows of every agency it serves.
    """

    code = models.CharField(max_length=32, unique=True)
    name = models.CharField(max_length=120)
    centre = models.BooleanField(default=False)

    def __str__(self) -> str:
        """Its code."""
        return self.code


class Account(AbstractUser):
    """A person who signs in. A person without a role may do nothing; compartments are opened one by one.

    `carrier` is the one for which a carrier's own person signs in, and empty for everybody else.
    """

    role = closed_list(StaffRole, blank=True, default="")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="accounts")
    compartments = models.JSONField(default=list, blank=True)
    port = models.CharField(max_length=3, blank=True, default="")
    language = models.CharField(max_length=2, default="es")
    carrier = models.CharField(max_length=3, blank=True, default="")
