"""The audit: surrogate ids and counts only; texts stand apart, so that they can be erased (design §7).

`sequence` and `chain_hash` stay empty until the sealer numbers and chains an entry.
"""

from __future__ import annotations

from django.db import models

from torogoz.domain.audit import AuditEvent
from torogoz.domain.purpose import Purpose
from torogoz.domain.staff import StaffRole
from torogoz.storage.models.columns import closed_list


class AuditEntry(models.Model):
    """Who did what, when, to which row, for which purpose. `account` is null where the system acted."""

    at = models.DateTimeField(db_index=True)
    account = models.ForeignKey("storage.Account", on_delete=models.PROTECT, null=True, related_name="+")
    role = closed_list(StaffRole, blank=True, default="")
    agency = models.CharField(max_length=32, blank=True)
    event = closed_list(AuditEvent, db_index=True)
    purpose = closed_list(Purpose, blank=True, default="")
    object_type = models.CharField(max_length=32, blank=True)
    object_id = models.BigIntegerField(null=True)
    counts = models.JSONField(default=dict)
    commitment = models.CharField(max_length=64, blank=True)
    sequence = models.BigIntegerField(null=True, unique=True)
    chain_hash = models.CharField(max_length=64, blank=True)


class AuditText(models.Model):
    """The search text or reason that belongs to an entry; erasable without breaking the chain."""

    entry = models.OneToOneField(AuditEntry, on_delete=models.CASCADE, related_name="text")
    sealed = models.BinaryField()
    key_id = models.CharField(max_length=32)
