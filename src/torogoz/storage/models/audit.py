"""The audit: surrogate ids and counts only; texts stand apart, so that they can be erased (design §7).

`sequence` and `chain_hash` stay empty until the sealer numbers and chains an entry; from then on the row never changes.
"""

from __future__ import annotations

from django.db import models

from torogoz.domain.purpose import Purpose
from torogoz.domain.staff import StaffRole
from torogoz.storage.models.columns import closed_list


class AuditEntry(models.Model):
    """Who did what, when, to which row, for which purpose. `account` is null where the system acted.

    `commitment` binds the entry to its sealed text without telling it; it is empty where there was none.
    """

    at = models.DateTimeField(db_index=True)
    account = models.ForeignKey(
        "storage.Account", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    role = closed_list(StaffRole, blank=True, default="")
    agency = models.CharField(max_length=32, blank=True)
    event = models.CharField(
        max_length=32, db_index=True
    )  # `record` keeps its list closed: a new one needs no migration
    purpose = closed_list(Purpose, blank=True, default="")
    object_type = models.CharField(max_length=32, blank=True)
    object_id = models.BigIntegerField(null=True)
    counts = models.JSONField(default=dict)
    commitment = models.CharField(max_length=64, blank=True)
    sequence = models.BigIntegerField(null=True, unique=True)
    chain_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        """The sealer asks for what is not chained, the officer for a person's entries and for those of a row."""

        indexes = [
            models.Index(fields=["id"], condition=models.Q(sequence=None), name="audit_unchained"),
            models.Index(fields=["account", "at"], name="audit_person"),
            models.Index(fields=["object_type", "object_id"], name="audit_row"),
        ]


class AuditText(models.Model):
    """The search text or reason that belongs to an entry; erasable without breaking the chain.

    `sealed` holds the salt of the entry's commitment before the text: erasing the row erases both.
    """

    entry = models.OneToOneField(AuditEntry, on_delete=models.CASCADE, related_name="text")
    sealed = models.BinaryField()
    key_id = models.CharField(max_length=32)


class AuditHead(models.Model):
    """Where the chain ends: one row, which is also the lock of whoever seals.

    `begins` is the number of the last entry that has gone with its five years (0: none has), `noticed` that of the last
    one whose reading was judged.
    """

    sequence = models.BigIntegerField(default=0)
    chain_hash = models.CharField(max_length=64)
    begins = models.BigIntegerField(default=0)
    noticed = models.BigIntegerField(default=0)


class AuditCheckpoint(models.Model):
    """The head of one day, signed. `line` is the signed line as exports hold it, without its line feed."""

    day = models.DateField(unique=True)
    sequence = models.BigIntegerField(db_index=True)
    line = models.TextField()
