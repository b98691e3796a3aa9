"""Targeting rules and their versions: a draft becomes live only by a second person (LR-36)."""

from __future__ import annotations

from django.db import models

from torogoz.domain.purpose import Purpose
from torogoz.storage.models.columns import Owned, closed_list


class TargetingRule(Owned):
    """A rule by its key; what it says stands in its versions."""

    key = models.CharField(max_length=80, unique=True)
    made_at = models.DateTimeField()


class RuleVersion(models.Model):
    """One text of a rule. At most one version of a rule is active."""

    class State(models.TextChoices):
        """`proposed` waits for the second person; `stopped` no longer screens."""

        PROPOSED = "proposed"
        ACTIVE = "active"
        REFUSED = "refused"
        STOPPED = "stopped"

    rule = models.ForeignKey(TargetingRule, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, db_index=True)
    document = models.JSONField()
    title_es = models.CharField(max_length=160)
    title_en = models.CharField(max_length=160)
    purpose = closed_list(Purpose)
    gravity = models.PositiveSmallIntegerField()
    review_on = models.DateField()
    author = models.ForeignKey("storage.Account", on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    approver = models.ForeignKey("storage.Account", on_delete=models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    approver_reason = models.TextField(blank=True)
    stop_requested_by = models.ForeignKey("storage.Account", on_delete=models.PROTECT, null=True, related_name="+")
    stop_reason = models.TextField(blank=True)
    stopped_by = models.ForeignKey("storage.Account", on_delete=models.PROTECT, null=True, related_name="+")
    stopped_at = models.DateTimeField(null=True)

    class Meta:
        """Versions count up."""

        constraints = [models.UniqueConstraint(fields=["rule", "number"], name="rule_version_once")]
