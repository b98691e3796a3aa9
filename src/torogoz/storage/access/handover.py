"""The handover: what the next shift takes over, and what happened in this one.

Nothing is lost at a change of shift: every undecided hit stands in one of the first lists, whoever held it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from torogoz.domain.audit import AuditEvent
from torogoz.domain.disposition import REVIEWERS
from torogoz.domain.hit import HitStatus
from torogoz.storage.access.decisions import Colleague, Subject, reviewers, subject_of
from torogoz.storage.access.guard import admit, hits_for
from torogoz.storage.access.hits import MadeDecision, read_decision
from torogoz.storage.access.queue import Waiting, waiting_hits
from torogoz.storage.access.referrals import Sent, sent_rows
from torogoz.storage.audit import record
from torogoz.storage.models import Decision, Event, Referral

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from torogoz.domain.staff import Who
    from torogoz.storage.models import Hit

#: How long a shift is.
SHIFT = timedelta(hours=8)
#: The decisions of the shift that are shown, the last first.
LONGEST = 100

#: What of this shift is counted.
COUNTED = (
    AuditEvent.HIT_RAISED,
    AuditEvent.HIT_CLOSED,
    AuditEvent.HIT_REOPENED,
    AuditEvent.HIT_ALARMED,
    AuditEvent.DECISION_MADE,
    AuditEvent.DECISION_SECONDED,
    AuditEvent.DECISION_REVIEWED,
    AuditEvent.REFERRAL_SENT,
    AuditEvent.REFERRAL_ANSWERED,
)


@dataclass(frozen=True, slots=True)
class Standing:
    """A list to take over, in the queue's order, and how many there are in all."""

    hits: tuple[Waiting, ...]
    number: int


@dataclass(frozen=True, slots=True)
class MadeInShift:
    """A decision of this shift."""

    subject: Subject
    hit: int
    decision: MadeDecision


@dataclass(frozen=True, slots=True)
class Handover:
    """The handover at one moment. The first four lists overlap only in `due`, which repeats what is urgent."""

    since: datetime
    until: datetime
    overdue: Standing
    due: Standing
    free: Standing
    claimed: Standing
    awaiting: Standing
    unanswered: tuple[Sent, ...]
    reviews: int
    counts: tuple[tuple[AuditEvent, int], ...]
    decisions: tuple[MadeInShift, ...]
    answers: tuple[Sent, ...]
    reviewers: tuple[Colleague, ...]


def handover(who: Who, now: datetime) -> Handover:
    """What is handed over now; one audit entry."""
    admit(who, REVIEWERS, now, purpose=True)
    hits = hits_for(who)
    undecided = hits.filter(queued=True, status__in=(HitStatus.OPEN, HitStatus.AWAITING_SECOND))
    is_open = undecided.filter(status=HitStatus.OPEN)
    held = Q(claimed_until__gt=now)
    since, until = now - SHIFT, now + SHIFT
    page = Handover(
        since=since,
        until=until,
        overdue=_standing(undecided.filter(act_by__lte=now), who, now),
        due=_standing(undecided.filter(act_by__gt=now, act_by__lte=until), who, now),
        free=_standing(is_open.exclude(held), who, now),
        claimed=_standing(is_open.filter(held), who, now),
        awaiting=_standing(undecided.filter(status=HitStatus.AWAITING_SECOND), who, now),
        unanswered=sent_rows(Referral.objects.filter(hit__in=hits, outcome="", withdrawn_at=None), who),
        reviews=Decision.objects.filter(hit__in=hits, review_due_at__isnull=False, reviewed_at=None).count(),
        counts=_counts(hits, since, now),
        decisions=_decisions(hits, since, who),
        answers=sent_rows(Referral.objects.filter(hit__in=hits, outcome_at__gt=since), who),
        reviewers=reviewers(),
    )
    record(
        AuditEvent.VIEWED_HANDOVER,
        now,
        who=who,
        counts={"undecided": undecided.count(), "decisions": len(page.decisions)},
    )
    return page


def _standing(hits: QuerySet[Hit], who: Who, now: datetime) -> Standing:
    return Standing(waiting_hits(hits, who, now), hits.count())


def _counts(hits: QuerySet[Hit], since: datetime, now: datetime) -> tuple[tuple[AuditEvent, int], ...]:
    happened = Event.objects.filter(hit__in=hits, at__gt=since, at__lte=now, kind__in=COUNTED)
    numbers = dict(happened.values_list("kind").annotate(number=Count("pk")).order_by())
    return tuple((each, numbers.get(each.value, 0)) for each in COUNTED)


def _decisions(hits: QuerySet[Hit], since: datetime, who: Who) -> tuple[MadeInShift, ...]:
    made = Decision.objects.filter(hit__in=hits, made_at__gt=since)
    people = ("hit__traveller__journey", "made_by", "second_by", "reviewed_by")
    rows = made.select_related(*people).prefetch_related("hit__traveller__journey__designators")
    return tuple(
        MadeInShift(subject_of(each.hit, who), each.hit_id, read_decision(each, who))
        for each in rows.order_by("-pk")[:LONGEST]
    )
