"""Decisions as rows and as answers: which one stands, and what the policy asks of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from torogoz.domain.disposition import Answers, SecondPerson, second_person
from torogoz.domain.hit import Action, Ground, HitStatus, Identity
from torogoz.domain.purpose import Purpose
from torogoz.domain.watchlist import ListAction
from torogoz.storage.evidence import entry_row
from torogoz.storage.models import Decision

if TYPE_CHECKING:
    from torogoz.storage.models import Hit


def answers_of(decision: Decision) -> Answers:
    """The answers that a row holds."""
    return Answers(
        identity=Identity(decision.identity),
        identity_reason=decision.identity_reason,
        ground=Ground(decision.ground),
        ground_reason=decision.ground_reason,
        action=Action(decision.action),
        action_reason=decision.action_reason,
        urgent=decision.urgent,
        forget=decision.forget,
    )


def policy_of(decision: Decision) -> tuple[SecondPerson, ...]:
    """The rows of the policy that ask for a second person for this decision."""
    hit = decision.hit
    return second_person(answers_of(decision), gravity=hit.gravity, minor=hit.traveller.minor)


def goes_to_protection(hit: Hit, action: str) -> bool:
    """Whether only officers of protection may be told: of a child, or whom the decision or the list is to protect.

    A list protects by its action and by its purpose: who is to be told of a victim is told of a victim (LR-73).
    """
    if hit.traveller.minor or action == Action.PROTECTION:
        return True
    entry = entry_row(hit)
    return entry is not None and (entry.action == ListAction.PROTECT or entry.purpose == Purpose.PROTECTION)


def latest(hit: Hit) -> Decision | None:
    """The last decision about a hit, whatever became of it."""
    return Decision.objects.filter(hit=hit).order_by("-pk").first()


def status_by_decisions(hit: Hit) -> HitStatus:
    """What the decisions alone make of a hit: what it is again when its traveller returns."""
    decision = latest(hit)
    if decision is None or decision.second_agrees is False or decision.review_upholds is False:
        return HitStatus.OPEN
    return HitStatus.AWAITING_SECOND if decision.effective_at is None else HitStatus.DECIDED


def in_force(hit: Hit) -> Decision | None:
    """The decision that has effect now: none while the hit is open, or where its last decision was not upheld."""
    decision = latest(hit)
    if hit.status != HitStatus.DECIDED or decision is None or decision.effective_at is None:
        return None
    return None if decision.review_upholds is False else decision
