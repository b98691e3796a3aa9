"""All that is known to have happened to a traveller on a flight, in order: each message, and each thing people did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from torogoz.domain.audit import AuditEvent
from torogoz.storage.models import Event, Observation

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from torogoz.domain.purpose import DataClass
    from torogoz.domain.referral import Outcome
    from torogoz.storage.access.hits import MadeDecision, ReadHit
    from torogoz.storage.models import JourneyTraveller


class Happened(StrEnum):
    """What a moment is: each has its sentence on the page."""

    MESSAGE = "message"
    ABSENT = "absent"
    RAISED = "raised"
    UPDATED = "updated"
    CLOSED = "closed"
    REOPENED = "reopened"
    ALARMED = "alarmed"
    CLAIMED = "claimed"
    RELEASED = "released"
    REASSIGNED = "reassigned"
    DECIDED = "decided"
    AGREED = "agreed"
    DISAGREED = "disagreed"
    UPHELD = "upheld"
    OVERTURNED = "overturned"
    REFERRED = "referred"
    ACKNOWLEDGED = "acknowledged"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"
    NOTED = "noted"


#: The events of a hit that no row of its own tells.
_EVENTS = {
    AuditEvent.HIT_UPDATED.value: Happened.UPDATED,
    AuditEvent.HIT_CLOSED.value: Happened.CLOSED,
    AuditEvent.HIT_REOPENED.value: Happened.REOPENED,
    AuditEvent.HIT_ALARMED.value: Happened.ALARMED,
    AuditEvent.HIT_CLAIMED.value: Happened.CLAIMED,
    AuditEvent.HIT_RELEASED.value: Happened.RELEASED,
    AuditEvent.HIT_REASSIGNED.value: Happened.REASSIGNED,
}


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing that happened: who did it (empty: the system), the hit or the message it is of, and its own words."""

    at: datetime
    what: Happened
    by: str = ""
    hit: ReadHit | None = None
    message: SpokenMessage | None = None
    decision: MadeDecision | None = None
    outcome: Outcome | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class SpokenMessage:
    """A message that spoke of the traveller."""

    id: int
    type: str
    function: str
    qualifier: str
    sender: str
    reference: str
    data_class: str


def timeline(
    row: JourneyTraveller,
    hits: Sequence[ReadHit],
    classes: Collection[DataClass],
    *,
    notes: Sequence[tuple[datetime, str, str]],
) -> tuple[Moment, ...]:
    """The moments of a traveller, the last first, of the sources and hits that were read."""
    moments = list(_messages(row, classes))
    for hit in hits:
        moments.append(Moment(hit.raised_at, Happened.RAISED, hit=hit))
        for decision in hit.decisions:
            moments += _decision(hit, decision)
    shown = {hit.id: hit for hit in hits}
    for at, kind, hit_id in Event.objects.filter(hit__in=list(shown), kind__in=list(_EVENTS)).values_list(
        "at", "kind", "hit_id"
    ):
        moments.append(Moment(at, _EVENTS[kind], hit=shown[hit_id]))
    moments += [Moment(at, Happened.NOTED, by, text=text) for at, by, text in notes]
    return tuple(sorted(moments, key=lambda each: each.at, reverse=True))


def _messages(row: JourneyTraveller, classes: Collection[DataClass]) -> Iterator[Moment]:
    spoken = Observation.objects.filter(traveller=row, data_class__in=classes).select_related("message")
    for each in spoken.order_by("pk"):
        message = each.message
        yield Moment(
            each.known_at,
            Happened.MESSAGE if each.present else Happened.ABSENT,
            message=SpokenMessage(
                message.pk,
                message.type,
                message.function,
                message.qualifier,
                message.sender,
                message.reference,
                each.data_class,
            ),
        )


def _decision(hit: ReadHit, decision: MadeDecision) -> Iterator[Moment]:
    yield Moment(decision.made_at, Happened.DECIDED, decision.made_by, hit, decision=decision)
    if decision.second_at:
        what = Happened.AGREED if decision.second_agrees else Happened.DISAGREED
        yield Moment(decision.second_at, what, decision.second_by, hit, text=decision.second_reason)
    if decision.reviewed_at:
        what = Happened.UPHELD if decision.review_upholds else Happened.OVERTURNED
        yield Moment(decision.reviewed_at, what, decision.reviewed_by, hit, text=decision.review_reason)
    for referral in decision.referrals:
        yield Moment(referral.sent_at, Happened.REFERRED, referral.sent_by, hit, text=referral.recipient)
        if referral.acknowledged_at:
            yield Moment(referral.acknowledged_at, Happened.ACKNOWLEDGED, referral.recipient, hit)
        if referral.outcome and referral.outcome_at:
            yield Moment(referral.outcome_at, Happened.ANSWERED, referral.recipient, hit, outcome=referral.outcome)
        if referral.withdrawn_at:
            yield Moment(referral.withdrawn_at, Happened.WITHDRAWN, hit=hit, text=referral.recipient)
