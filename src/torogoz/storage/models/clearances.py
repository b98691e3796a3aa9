"""Homonym memory: what reviewers remember, what people bring that proves who they are, and where it failed.

What a clearance binds stands as the identifiers do: the document's number sealed, and a keyed hash of it by which it is
found. The entry is bound by its row, which is the entry in one version; it goes with that row, so that nothing of a
person whom a list has dropped outlives them here.
"""

from __future__ import annotations

from django.db import models

from torogoz.domain.clearance import ProofKind, Repeat
from torogoz.storage.models.columns import Owned, closed_list
from torogoz.storage.models.sealed_text import SealedTextField


class Cleared(Owned):
    """Columns of both kinds: the document with its issuer and holder's birth date, who wrote it, and its revocation."""

    document = SealedTextField()
    keyed_hash = models.CharField(max_length=32)
    index_version = models.PositiveSmallIntegerField()
    issuer = models.CharField(max_length=3)
    birth_date = models.CharField(max_length=10)
    made_by = models.ForeignKey("storage.Account", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    revoked_by = models.ForeignKey("storage.Account", on_delete=models.PROTECT, null=True, related_name="+")
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        """Columns only; each kind has its table."""

        abstract = True


class Clearance(Cleared):
    """What a reviewer's decision has cleared. It goes with the record that it was made of (LR-44)."""

    traveller = models.ForeignKey("storage.JourneyTraveller", on_delete=models.CASCADE, related_name="clearances")
    decision = models.OneToOneField("storage.Decision", on_delete=models.CASCADE, related_name="clearance")
    entry = models.ForeignKey("storage.WatchlistEntry", on_delete=models.CASCADE, related_name="clearances")

    class Meta:
        """Screening asks by the birth dates on a flight."""

        indexes = [models.Index(fields=["birth_date"], name="clearance_born")]


class ClearingProof(Cleared):
    """A redress number or a Constancia de Homónimo: it lasts its own term (LR-63, LR-64).

    Without an entry it is about all that stood on the list when it was entered, in `list_version`; a later entry is
    nobody of whom it speaks. It has no effect before a second person has verified it with its issuer.
    """

    kind = closed_list(ProofKind)
    watchlist = models.ForeignKey("storage.Watchlist", on_delete=models.CASCADE, related_name="proofs")
    list_version = models.PositiveIntegerField()
    entry = models.ForeignKey("storage.WatchlistEntry", on_delete=models.CASCADE, null=True, related_name="proofs")
    authority = models.CharField(max_length=120)
    number = SealedTextField()
    valid_until = models.DateField()
    verified_by = models.ForeignKey("storage.Account", on_delete=models.PROTECT, null=True, related_name="+")
    verified_at = models.DateTimeField(null=True)

    class Meta:
        """As clearances; and what is over is found by its term."""

        indexes = [
            models.Index(fields=["birth_date"], name="proof_born"),
            models.Index(fields=["valid_until"], name="proof_term"),
        ]


class RepeatedStop(models.Model):
    """A person who was cleared for an entry was decided about again for it (LR-65); a supervisor looks at each."""

    hit = models.OneToOneField("storage.Hit", on_delete=models.CASCADE, related_name="repeated")
    kind = closed_list(Repeat)
    at = models.DateTimeField()
    seen_by = models.ForeignKey("storage.Account", on_delete=models.PROTECT, null=True, related_name="+")
    seen_at = models.DateTimeField(null=True)
