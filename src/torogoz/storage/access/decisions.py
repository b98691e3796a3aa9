"""What is asked of people about hits: the hit to decide, and the decisions that wait for another person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import F

from torogoz.domain.audit import AuditEvent
from torogoz.domain.disposition import REVIEWERS, TOLD, may_second
from torogoz.domain.hit import CauseKind, HitStatus
from torogoz.domain.referral import PROTECTION_COMPARTMENT
from torogoz.domain.staff import StaffRole
from torogoz.storage.access.compared import Compared, compare
from torogoz.storage.access.dossier import DossierFlight, flight_of
from torogoz.storage.access.faces import Face, faces
from torogoz.storage.access.guard import admit, classes_for, hits_for, refuse, who_is
from torogoz.storage.access.hits import MadeDecision, ReadHit, mark_seen, read_decision, read_hit
from torogoz.storage.access.own_name import own_name
from torogoz.storage.access.queue import Waiting, waiting_hits
from torogoz.storage.audit import record
from torogoz.storage.clearances import what_binds
from torogoz.storage.dispositions import about_a_child, goes_to_protection, policy_of
from torogoz.storage.evidence import latest_views
from torogoz.storage.keys import keyring
from torogoz.storage.models import Account, Decision, Hit

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from torogoz.domain.clearance import Bearer
    from torogoz.domain.purpose import DataClass
    from torogoz.domain.staff import Who

#: A page of decisions holds this many; the most urgent are always among them, and the rest moves up.
LONGEST = 50


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody to whom a hit or a referral can go. `protection` officers receive children and people to protect."""

    id: int
    name: str
    role: StaffRole
    port: str
    language: str
    protection: bool


@dataclass(frozen=True, slots=True)
class Subject:
    """Who a hit is about, and on which flight."""

    traveller: int
    face: Face
    minor: bool
    child_listed: bool
    travelling: bool
    flight: DossierFlight


@dataclass(frozen=True, slots=True)
class ToDecide:
    """A hit with all that its decision rests on; `classes` heads the columns of `compared`.

    `binds` is whom the answer *not this person* would clear; a rule's hit clears nobody.
    """

    subject: Subject
    hit: ReadHit
    classes: tuple[DataClass, ...]
    compared: tuple[Compared, ...]
    binds: Bearer | None


@dataclass(frozen=True, slots=True)
class ToRefer:
    """A decision in force of which officers may be told, and those who may receive it."""

    subject: Subject
    hit: ReadHit
    decision: MadeDecision
    protected: bool
    officers: tuple[Colleague, ...]


@dataclass(frozen=True, slots=True)
class Pending:
    """A decision that waits for another person; `may_answer` is whether the asker is one who may."""

    subject: Subject
    hit: ReadHit
    decision: MadeDecision
    may_answer: bool


@dataclass(frozen=True, slots=True)
class PendingPage:
    """What waits for another person. Reviews, overdue hits and reviewers are for supervisors."""

    seconds: tuple[Pending, ...]
    reviews: tuple[Pending, ...]
    overdue: tuple[Waiting, ...]
    reviewers: tuple[Colleague, ...]


def admit_to_hit(who: Who, hit: int, now: datetime) -> None:
    """Let pass who may decide about a hit; nothing of it is read."""
    _hit(who, hit, now)


def hit_to_decide(who: Who, hit: int, now: datetime) -> ToDecide:
    """A hit to decide about. It is marked as seen by the asker."""
    row = _hit(who, hit, now)
    views = latest_views(row.traveller, classes_for(who), keyring())
    own = own_name(who, row.traveller.surname, row.traveller.given_names)
    record(AuditEvent.VIEWED_DOSSIER, now, who=who, object_type="hit", object_id=hit, counts=own)
    found = ToDecide(
        subject=subject_of(row, who),
        hit=read_hit(row, who, now),
        classes=tuple(each.data_class for each in views),
        compared=compare(tuple(each.traveller for each in views)),
        binds=what_binds(row, keyring()) if row.cause_kind == CauseKind.WATCHLIST else None,
    )
    mark_seen(hit, who, now)
    return found


def decision_to_refer(who: Who, decision: int, now: datetime) -> ToRefer:
    """A decision in force that asks for a referral. Refused where it is not in force or asks for none."""
    admit(who, REVIEWERS, now, purpose=True)
    found = Decision.objects.filter(pk=decision, hit__in=hits_for(who)).first()
    if found is None:
        refuse(who, now)
    row = _hit(who, found.hit_id, now)
    hit = read_hit(row, who, now)
    if hit.decision is None or hit.decision.id != decision or hit.decision.action not in TOLD:
        refuse(who, now)
    record(AuditEvent.VIEWED_DOSSIER, now, who=who, object_type="decision", object_id=decision)
    protected = goes_to_protection(row, hit.decision.action)
    return ToRefer(
        subject=subject_of(row, who),
        hit=hit,
        decision=hit.decision,
        protected=protected,
        officers=tuple(each for each in _colleagues(StaffRole.BORDER_OFFICER) if each.protection or not protected),
    )


def pending(who: Who, now: datetime) -> PendingPage:
    """The decisions that wait for another person, the soonest act-by time first; one audit entry."""
    admit(who, REVIEWERS, now, purpose=True)
    hits = hits_for(who).filter(queued=True, traveller__masked_at=None)
    supervises = who.role is StaffRole.SUPERVISOR
    awaiting = Decision.objects.filter(
        hit__in=hits.filter(status=HitStatus.AWAITING_SECOND), needs_second=True, second_at=None
    )
    alone = Decision.objects.filter(hit__in=hits, review_due_at__isnull=False, reviewed_at=None)
    late = hits.filter(status__in=(HitStatus.OPEN, HitStatus.AWAITING_SECOND), act_by__lte=now)
    page = PendingPage(
        seconds=_pending(awaiting.order_by(F("hit__act_by").asc(nulls_last=True), "pk"), who, now),
        reviews=_pending(alone.order_by("review_due_at", "pk"), who, now) if supervises else (),
        overdue=waiting_hits(late, who, now) if supervises else (),
        reviewers=reviewers() if supervises else (),
    )
    counts = {"seconds": len(page.seconds), "reviews": len(page.reviews), "overdue": len(page.overdue)}
    record(AuditEvent.VIEWED_QUEUE, now, who=who, counts=counts)
    return page


def reviewers() -> tuple[Colleague, ...]:
    """Those to whom a supervisor may give a hit."""
    return _colleagues(*REVIEWERS)


def _hit(who: Who, hit: int, now: datetime) -> Hit:
    admit(who, REVIEWERS, now, purpose=True)
    rows = hits_for(who).filter(traveller__masked_at=None).select_related("traveller__journey", "claimed_by")
    return rows.filter(pk=hit).first() or refuse(who, now)


def subject_of(hit: Hit, who: Who) -> Subject:
    """Who a hit is about."""
    row = hit.traveller
    return Subject(
        traveller=row.pk,
        face=faces([row], classes_for(who))[row.pk],
        minor=row.minor,
        child_listed=about_a_child(hit) and not row.minor,
        travelling=row.status != row.Status.NOT_TRAVELLING,
        flight=flight_of(row.journey),
    )


def _pending(decisions: QuerySet[Decision], who: Who, now: datetime) -> tuple[Pending, ...]:
    rows = decisions.select_related("hit__traveller__journey", "hit__claimed_by", "made_by", "second_by", "reviewed_by")
    return tuple(
        Pending(
            subject=subject_of(each.hit, who),
            hit=read_hit(each.hit, who, now),
            decision=read_decision(each, who),
            may_answer=each.made_by_id != who.account and who.role in may_second(policy_of(each)),
        )
        for each in rows[:LONGEST]
    )


def _colleagues(*roles: StaffRole) -> tuple[Colleague, ...]:
    accounts = Account.objects.filter(is_active=True, role__in=roles, agency__isnull=False).select_related("agency")
    return tuple(
        Colleague(
            each.pk,
            each.get_username(),
            StaffRole(each.role),
            each.port,
            each.language,
            PROTECTION_COMPARTMENT in who_is(each).compartments,
        )
        for each in accounts.order_by("port", "username")
    )
