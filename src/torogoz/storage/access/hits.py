"""A hit as it is read: its cause and terms, what speaks for and against it, and what people made of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.conf import settings

from torogoz.domain.disposition import may_second
from torogoz.domain.hit import Action, CauseKind, Evidence, Ground, HitStatus, Identity, Ruling, Stance
from torogoz.domain.purpose import Purpose
from torogoz.domain.referral import Channel, Outcome
from torogoz.domain.watchlist import ListAction
from torogoz.storage.access.clearances import ClearedBy, cleared_by
from torogoz.storage.dispositions import in_force, policy_of
from torogoz.storage.evidence import entry_row, evidence_of, rule_row
from torogoz.storage.models import Decision, Hit, HitSeen, Referral
from torogoz.storage.snapshots import rule_of

if TYPE_CHECKING:
    from torogoz.domain.staff import StaffRole, Who


@dataclass(frozen=True, slots=True)
class CauseTerms:
    """What the owner of a list entry or the author of a rule has said of it (LR-70, LR-33)."""

    owner: str
    legal_basis: str
    reason_es: str
    reason_en: str
    review_on: date
    grade: str = ""
    handling: str = ""
    action: ListAction | None = None


@dataclass(frozen=True, slots=True)
class ReadSource:
    """A message that a hit rests on, and where in its bytes."""

    message: int
    type: str
    positions: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class SentReferral:
    """A referral as those see it who sent it."""

    id: int
    recipient: str
    port: str
    channel: Channel
    text: str
    sent_by: str
    sent_at: datetime
    acknowledged_at: datetime | None
    outcome: Outcome | None
    outcome_at: datetime | None
    outcome_note: str
    withdrawn_at: datetime | None


@dataclass(frozen=True, slots=True)
class MadeDecision:
    """A decision with everything that followed. `second_because` are the policy's rows that ask for a second person."""

    id: int
    made_by: str
    mine: bool
    made_at: datetime
    identity: Identity
    identity_reason: str
    ground: Ground
    ground_reason: str
    action: Action
    action_reason: str
    urgent: bool
    needs_second: bool
    second_because: tuple[str, ...]
    second_roles: frozenset[StaffRole]
    second_by: str
    second_at: datetime | None
    second_agrees: bool | None
    second_reason: str
    review_due_at: datetime | None
    reviewed_by: str
    reviewed_at: datetime | None
    review_upholds: bool | None
    review_reason: str
    effective_at: datetime | None
    referrals: tuple[SentReferral, ...]

    @property
    def awaits_second(self) -> bool:
        """Whether it has no effect yet because nobody has agreed or refused."""
        return self.needs_second and self.second_at is None

    @property
    def awaits_review(self) -> bool:
        """Whether one person acted and nobody has reviewed it."""
        return self.review_due_at is not None and self.reviewed_at is None


@dataclass(frozen=True, slots=True)
class ReadHit:
    """A hit. `decision` is the one in force, `decisions` all of them, the last first.

    `ruling` is what homonym memory says of it, and `cleared` the clearance by which it does, unless that has gone.
    """

    id: int
    cause_kind: CauseKind
    cause_source: str
    cause_key: str
    cause_version: int
    title_es: str
    title_en: str
    terms: CauseTerms | None
    purpose: Purpose
    gravity: int
    queued: bool
    status: HitStatus
    closed_reason: str
    millibits: int
    probability: float | None
    evidence: tuple[Evidence, ...]
    matched_name: str
    sources: tuple[ReadSource, ...]
    raised_at: datetime
    changed_at: datetime
    act_by: datetime | None
    claimed_by: str
    claimed_until: datetime | None
    claim_is_mine: bool
    fresh: bool
    changed: bool
    decision: MadeDecision | None
    decisions: tuple[MadeDecision, ...]
    ruling: Ruling | None = None
    cleared: ClearedBy | None = None

    @property
    def urgent(self) -> bool:
        """Whether it is so likely the person that it comes first; a sample is of somebody who is another."""
        return self.ruling is not Ruling.SAMPLED and bool(settings.OPERATING_POINTS.is_urgent(self.probability))

    @property
    def bits(self) -> float:
        """The weight of its evidence in bits."""
        return self.millibits / 1000

    @property
    def speaks_for(self) -> tuple[Evidence, ...]:
        """What speaks for it."""
        return self._of(Stance.FOR)

    @property
    def speaks_against(self) -> tuple[Evidence, ...]:
        """What speaks against it."""
        return self._of(Stance.AGAINST)

    @property
    def not_compared(self) -> tuple[Evidence, ...]:
        """What could not be compared."""
        return self._of(Stance.NOT_COMPARED)

    @property
    def waits_for_second(self) -> bool:
        """Whether its last decision waits for a second person."""
        return self.status is HitStatus.AWAITING_SECOND

    @property
    def decidable(self) -> bool:
        """Whether somebody may decide about it now."""
        return self.queued and self.status in (HitStatus.OPEN, HitStatus.DECIDED)

    def _of(self, stance: Stance) -> tuple[Evidence, ...]:
        return tuple(piece for piece in self.evidence if piece.stance is stance)


def read_hit(hit: Hit, who: Who, now: datetime) -> ReadHit:
    """Read a hit that the guard has let pass."""
    seen_at = HitSeen.objects.filter(hit=hit, account=who.account).values_list("seen_at", flat=True).first()
    decisions = tuple(
        read_decision(each, who)
        for each in Decision.objects.filter(hit=hit)
        .select_related("hit__traveller", "made_by", "second_by", "reviewed_by")
        .order_by("-pk")
    )
    force = in_force(hit)
    held = hit.claimed_until is not None and hit.claimed_until > now
    return ReadHit(
        id=hit.pk,
        cause_kind=CauseKind(hit.cause_kind),
        cause_source=hit.cause_source,
        cause_key=hit.cause_key,
        cause_version=hit.cause_version,
        title_es=hit.title_es,
        title_en=hit.title_en,
        terms=_terms(hit),
        purpose=Purpose(hit.purpose),
        gravity=hit.gravity,
        queued=hit.queued,
        status=HitStatus(hit.status),
        closed_reason=hit.closed_reason,
        millibits=hit.millibits,
        probability=hit.probability,
        evidence=evidence_of(hit),
        matched_name=hit.matched_name,
        sources=tuple(
            ReadSource(each.message_id, each.message.type, tuple((start, end) for start, end in each.positions))
            for each in hit.sources.select_related("message").order_by("message_id")
        ),
        raised_at=hit.raised_at,
        changed_at=hit.changed_at,
        act_by=hit.act_by,
        claimed_by=hit.claimed_by.get_username() if held and hit.claimed_by else "",
        claimed_until=hit.claimed_until if held else None,
        claim_is_mine=held and hit.claimed_by_id == who.account,
        fresh=seen_at is None,
        changed=seen_at is not None and seen_at < hit.changed_at,
        decision=next((each for each in decisions if force and each.id == force.pk), None),
        decisions=decisions,
        ruling=Ruling(hit.ruling) if hit.ruling else None,
        cleared=cleared_by(hit),
    )


def mark_seen(hit: int, who: Who, now: datetime) -> None:
    """Remember that somebody has opened a hit, so that what changes after it is marked for them."""
    HitSeen.objects.update_or_create(hit_id=hit, account_id=who.account, defaults={"seen_at": now})


def read_decision(decision: Decision, who: Who) -> MadeDecision:
    """Read a decision with its referrals."""
    policy = policy_of(decision)
    referrals = decision.referrals.select_related("recipient", "sent_by").order_by("-pk")
    return MadeDecision(
        id=decision.pk,
        made_by=decision.made_by.get_username(),
        mine=decision.made_by_id == who.account,
        made_at=decision.made_at,
        identity=Identity(decision.identity),
        identity_reason=decision.identity_reason,
        ground=Ground(decision.ground),
        ground_reason=decision.ground_reason,
        action=Action(decision.action),
        action_reason=decision.action_reason,
        urgent=decision.urgent,
        needs_second=decision.needs_second,
        second_because=tuple(row.code for row in policy),
        second_roles=may_second(policy),
        second_by=decision.second_by.get_username() if decision.second_by else "",
        second_at=decision.second_at,
        second_agrees=decision.second_agrees,
        second_reason=decision.second_reason,
        review_due_at=decision.review_due_at,
        reviewed_by=decision.reviewed_by.get_username() if decision.reviewed_by else "",
        reviewed_at=decision.reviewed_at,
        review_upholds=decision.review_upholds,
        review_reason=decision.review_reason,
        effective_at=decision.effective_at,
        referrals=tuple(read_sent(each) for each in referrals),
    )


def read_sent(referral: Referral) -> SentReferral:
    """Read a referral for those who sent it."""
    return SentReferral(
        id=referral.pk,
        recipient=referral.recipient.get_username(),
        port=referral.recipient.port,
        channel=Channel(referral.channel),
        text=referral.safe_text,
        sent_by=referral.sent_by.get_username(),
        sent_at=referral.sent_at,
        acknowledged_at=referral.acknowledged_at,
        outcome=Outcome(referral.outcome) if referral.outcome else None,
        outcome_at=referral.outcome_at,
        outcome_note=referral.outcome_note,
        withdrawn_at=referral.withdrawn_at,
    )


def _terms(hit: Hit) -> CauseTerms | None:
    entry = entry_row(hit)
    if entry:
        return CauseTerms(
            entry.owner,
            entry.legal_basis,
            entry.reason,
            entry.reason,
            entry.review_on,
            entry.grade,
            entry.handling,
            ListAction(entry.action),
        )
    version = rule_row(hit)
    if version:
        rule = rule_of(version)
        return CauseTerms(rule.owner, rule.legal_basis, rule.reason_es, rule.reason_en, rule.review_on)
    return None
