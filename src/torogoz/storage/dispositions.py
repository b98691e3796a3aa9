"""Decisions as rows and as answers: which one stands, and what the policy asks of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from torogoz.domain.disposition import Answers, SecondPerson, second_person
from torogoz.domain.hit import Action, CauseKind, Ground, HitStatus, Identity
from torogoz.domain.purpose import Purpose
from torogoz.domain.watchlist import ListAction, of_a_child
from torogoz.storage.evidence import entry_row
from torogoz.storage.keys import keyring
from torogoz.storage.models import Decision
from torogoz.storage.snapshots import open_entry

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
    return second_person(answers_of(decision), gravity=hit.gravity, minor=about_a_child(hit))


def about_a_child(hit: Hit) -> bool:
    """Whether the traveller is a child, or by its birth dates the person of the entry was one on the day of the hit.

    An entry says it also where the traveller's own birth date is missing, or is not true (LR-73). Where the hit does
    not know it, the entry is purged and the traveller tells no birth date either, nobody can say that it was not.
    """
    if hit.traveller.minor or hit.child_listed is not None:
        return hit.traveller.minor or bool(hit.child_listed)
    entry = entry_row(hit)
    if entry is None:
        return hit.cause_kind == CauseKind.WATCHLIST and not hit.traveller.birth_date
    return of_a_child(open_entry(entry, keyring()).birth_dates, timezone.localdate(hit.raised_at))


def goes_to_protection(hit: Hit, action: str) -> bool:
    """Whether only officers of protection may be told: of a child, or whom the decision or the list is to protect.

    A list protects by its action and by its purpose: who is to be told of a victim is told of a victim (LR-73).
    """
    if action == Action.PROTECTION or about_a_child(hit):
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
