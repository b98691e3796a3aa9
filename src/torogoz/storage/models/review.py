"""Hits and what people made of them: claims, decisions, referrals, notes, holds, and sealed evidence.

What people write stands sealed: it may hold what airlines sent.
"""

from __future__ import annotations

from django.db import models

from torogoz.domain.hit import Action, CauseKind, Ground, HitStatus, Identity, Ruling
from torogoz.domain.purpose import Purpose
from torogoz.domain.referral import Channel, Outcome
from torogoz.storage.models.columns import Owned, closed_list
from torogoz.storage.models.sealed_text import SealedTextField


class Hit(Owned):
    """One traveller on one flight and one cause: it exists once, and later messages update it (design §2).

    `child_listed` is whether by its birth dates the person of the entry was a child on the day of the hit. It is None
    where that is not known: of a rule, of an entry without a birth date, and of a hit that has not changed since before
    hits told it.
    """

    traveller = models.ForeignKey("storage.JourneyTraveller", on_delete=models.CASCADE, related_name="hits")
    journey = models.ForeignKey("storage.Journey", on_delete=models.CASCADE, related_name="hits")
    cause_kind = closed_list(CauseKind)
    cause_source = models.CharField(max_length=80, blank=True)
    cause_key = models.CharField(max_length=80)
    cause_version = models.PositiveIntegerField()
    title_es = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)
    purpose = closed_list(Purpose)
    gravity = models.PositiveSmallIntegerField()
    queued = models.BooleanField()
    status = closed_list(HitStatus, default=HitStatus.OPEN)
    closed_reason = models.CharField(max_length=32, blank=True)
    millibits = models.IntegerField()
    probability = models.FloatField(null=True)
    evidence = models.JSONField(default=list)
    matched_name = models.CharField(max_length=240, blank=True)
    child_listed = models.BooleanField(null=True)
    raised_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    act_by = models.DateTimeField(null=True)
    claimed_by = models.ForeignKey("storage.Account", on_delete=models.PROTECT, null=True, related_name="claims")
    claimed_until = models.DateTimeField(null=True)
    warned_at = models.DateTimeField(null=True)
    overdue_at = models.DateTimeField(null=True)
    ruling = closed_list(Ruling, blank=True, default="")
    clearance = models.ForeignKey("storage.Clearance", on_delete=models.SET_NULL, null=True, related_name="hits")
    proof = models.ForeignKey("storage.ClearingProof", on_delete=models.SET_NULL, null=True, related_name="hits")

    class Meta:
        """Once per traveller and cause.

        The queue reads by status, gravity and act-by time; claims end by the clock; what list entries raise is counted
        over four weeks on every page of a supervisor.
        """

        constraints = [
            models.UniqueConstraint(fields=["traveller", "cause_kind", "cause_source", "cause_key"], name="hit_once")
        ]
        indexes = [
            models.Index(fields=["status", "queued", "gravity", "act_by"], name="hit_queue"),
            models.Index(
                fields=["claimed_until"], condition=models.Q(claimed_until__isnull=False), name="hit_claimed_until"
            ),
            models.Index(fields=["ruling", "raised_at"], condition=~models.Q(ruling=""), name="hit_ruling"),
            models.Index(fields=["raised_at"], name="hit_raised"),
        ]


class HitBasis(models.Model):
    """What a hit was computed with beside its cause and the traveller's own data, encrypted (domain.hit.Basis).

    It stands from the hit's raising, so that a decision can freeze it although lists have changed since.
    """

    hit = models.OneToOneField(Hit, on_delete=models.CASCADE, related_name="basis")
    sealed = models.BinaryField()
    key_id = models.CharField(max_length=32)


class HitSource(models.Model):
    """A message from which values were compared, and where in its bytes: a rule that reads API and PNR has two."""

    hit = models.ForeignKey(Hit, on_delete=models.CASCADE, related_name="sources")
    message = models.ForeignKey("storage.ReceivedMessage", on_delete=models.CASCADE, related_name="hit_sources")
    positions = models.JSONField(default=list)

    class Meta:
        """A hit names a message once."""

        constraints = [models.UniqueConstraint(fields=["hit", "message"], name="hit_source_once")]


class HitSeen(models.Model):
    """When somebody last opened a hit, so that what changed since is marked."""

    hit = models.ForeignKey(Hit, on_delete=models.CASCADE, related_name="seen")
    account = models.ForeignKey("storage.Account", on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()

    class Meta:
        """One mark for each reader."""

        constraints = [models.UniqueConstraint(fields=["hit", "account"], name="seen_once")]


class Decision(models.Model):
    """A reviewer's disposition: three answers, each with its reason; a second person's where policy says.

    `forget` is whether the reviewer wants nothing remembered of a person who was cleared (domain.clearance).
    """

    hit = models.ForeignKey(Hit, on_delete=models.CASCADE, related_name="decisions")
    made_by = models.ForeignKey("storage.Account", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    identity = closed_list(Identity)
    identity_reason = SealedTextField()
    ground = closed_list(Ground)
    ground_reason = SealedTextField()
    action = closed_list(Action)
    action_reason = SealedTextField()
    urgent = models.BooleanField(default=False)
    needs_second = models.BooleanField(default=False)
    second_by = models.ForeignKey("storage.Account", on_delete=models.PROTECT, null=True, related_name="+")
    second_at = models.DateTimeField(null=True)
    second_agrees = models.BooleanField(null=True)
    second_reason = SealedTextField(blank=True)
    review_due_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey("storage.Account", on_delete=models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    review_upholds = models.BooleanField(null=True)
    review_reason = SealedTextField(blank=True)
    effective_at = models.DateTimeField(null=True)
    forget = models.BooleanField(default=False)


class Referral(Owned):
    """What an officer is told, and what came of it. `safe_text` holds only what is safe to say.

    `withdrawn_at` is when the decision behind it fell before the officer had answered.
    """

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="referrals")
    hit = models.ForeignKey(Hit, on_delete=models.CASCADE, related_name="referrals")
    recipient = models.ForeignKey("storage.Account", on_delete=models.PROTECT, related_name="referrals")
    channel = closed_list(Channel)
    safe_text = SealedTextField()
    sent_by = models.ForeignKey("storage.Account", on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True)
    outcome = closed_list(Outcome, blank=True, default="")
    outcome_at = models.DateTimeField(null=True)
    outcome_note = SealedTextField(blank=True)
    withdrawn_at = models.DateTimeField(null=True)


class Note(Owned):
    """What a colleague wrote of a traveller on a flight; refused where it holds sensitive data (LR-23)."""

    traveller = models.ForeignKey("storage.JourneyTraveller", on_delete=models.CASCADE, related_name="notes")
    written_by = models.ForeignKey("storage.Account", on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    text = SealedTextField()


class Hold(Owned):
    """What keeps a record past its clock: reason, owner, review date and expiry (LR-42). A confirmed hit places one.

    It is in force until `ended_at`, which comes with `expires_on` at the latest; `ended_by` is null where time or a
    later decision ended it.
    """

    traveller = models.ForeignKey("storage.JourneyTraveller", on_delete=models.CASCADE, related_name="holds")
    hit = models.ForeignKey(Hit, on_delete=models.CASCADE, null=True, related_name="holds")
    reason = SealedTextField()
    placed_by = models.ForeignKey("storage.Account", on_delete=models.PROTECT, null=True, related_name="+")
    placed_at = models.DateTimeField()
    review_on = models.DateField()
    expires_on = models.DateField(db_index=True)
    reviewed_by = models.ForeignKey("storage.Account", on_delete=models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey("storage.Account", on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)


class SealedEvidence(models.Model):
    """The inputs of a confirmed hit, frozen and encrypted by the decision that confirmed it (design §2)."""

    hit = models.ForeignKey(Hit, on_delete=models.CASCADE, related_name="sealed_evidence")
    decision = models.OneToOneField(Decision, on_delete=models.CASCADE, related_name="sealed_evidence")
    sealed_at = models.DateTimeField()
    sealed = models.BinaryField()
    key_id = models.CharField(max_length=32)
