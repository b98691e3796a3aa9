"""Referrals: the addressed officer gets what helps to find somebody and nothing of why; reviewers see how they stand.

An officer reads only what is addressed to them. A person's decision discloses the name, the birth date, the document
and the seat to that one officer (LR-31); what else is known of the traveller stays here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef

from torogoz.domain.audit import AuditEvent
from torogoz.domain.disposition import REVIEWERS
from torogoz.domain.name import words
from torogoz.domain.purpose import DataClass
from torogoz.domain.referral import Channel, Outcome
from torogoz.domain.staff import StaffRole
from torogoz.storage.access.decisions import Subject, subject_of
from torogoz.storage.access.dossier import DossierFlight, flight_of
from torogoz.storage.access.guard import admit, hits_for, refuse, visible
from torogoz.storage.access.hits import SentReferral, read_sent
from torogoz.storage.audit import record
from torogoz.storage.evidence import latest_views
from torogoz.storage.keys import keyring
from torogoz.storage.models import HitSeen, JourneyTraveller, Referral

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from torogoz.domain.document import Document
    from torogoz.domain.staff import Who

_OFFICER = frozenset({StaffRole.BORDER_OFFICER})
_BOTH_SOURCES = frozenset({DataClass.API, DataClass.PNR})
#: A page of referrals holds this many, the latest first.
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Addressed:
    """A referral as its officer sees it. `alike` counts others on the flight whom one could take for this person."""

    id: int
    surname: str
    given_names: str
    birth_date: str
    nationality: str
    documents: tuple[Document, ...]
    seat: str
    minor: bool
    travelling: bool
    alike: int
    flight: DossierFlight
    channel: Channel
    text: str
    sent_at: datetime
    acknowledged_at: datetime | None
    outcome: Outcome | None
    outcome_at: datetime | None
    outcome_note: str
    withdrawn_at: datetime | None

    @property
    def waits(self) -> bool:
        """Whether the officer's answer is still asked for."""
        return self.outcome is None and self.withdrawn_at is None


@dataclass(frozen=True, slots=True)
class Sent:
    """A referral as reviewers see it."""

    subject: Subject
    hit: int
    referral: SentReferral


def addressed(who: Who, now: datetime, *, live: bool = False) -> tuple[Addressed, ...]:
    """The officer's referrals: those that wait first, then the others, the latest first; one audit entry.

    A live refresh leaves none.
    """
    admit(who, _OFFICER, now, purpose=True)
    rows = _rows(_own(who)).order_by("-pk")[:LONGEST]
    found = sorted((_addressed(each) for each in rows), key=lambda each: not each.waits)
    if not live:
        record(AuditEvent.VIEWED_REFERRALS, now, who=who, counts={"referrals": len(found)})
    return tuple(found)


def new_answers(who: Who) -> tuple[int, ...]:
    """The travellers of whom an officer has answered since the asker, who had sent the referral, opened the hit."""
    mine = Referral.objects.filter(hit__in=hits_for(who), sent_by_id=who.account).exclude(outcome="")
    seen = HitSeen.objects.filter(hit=OuterRef("hit"), account=who.account, seen_at__gte=OuterRef("outcome_at"))
    return tuple(
        mine.exclude(Exists(seen)).order_by("hit__traveller").values_list("hit__traveller", flat=True).distinct()
    )


def sent(who: Who, now: datetime) -> tuple[Sent, ...]:
    """The referrals of the hits that a reviewer may see: the unanswered first, then the latest; one audit entry."""
    admit(who, REVIEWERS, now, purpose=True)
    found = sent_rows(Referral.objects.filter(hit__in=hits_for(who)), who)
    record(AuditEvent.VIEWED_REFERRALS, now, who=who, counts={"referrals": len(found)})
    return found


def sent_rows(referrals: QuerySet[Referral], who: Who) -> tuple[Sent, ...]:
    """Referrals that the guard has let pass: the unanswered first, then the latest."""
    rows = _rows(referrals).order_by("-pk")[:LONGEST]
    found = [Sent(subject_of(each.hit, who), each.hit_id, read_sent(each)) for each in rows]
    return tuple(sorted(found, key=lambda each: bool(each.referral.outcome or each.referral.withdrawn_at)))


def referral(who: Who, referral_id: int, now: datetime, *, printed: bool = False) -> Addressed:
    """One referral as its officer sees it: to that officer, and to reviewers who may see its hit and carry it over."""
    admit(who, REVIEWERS | _OFFICER, now, purpose=True)
    own = _own(who) if who.role in _OFFICER else Referral.objects.filter(hit__in=hits_for(who))
    row = _rows(own).filter(pk=referral_id).first() or refuse(who, now)
    event = AuditEvent.REFERRAL_PRINTED if printed else AuditEvent.VIEWED_REFERRALS
    record(event, now, who=who, object_type="referral", object_id=referral_id)
    return _addressed(row)


def _own(who: Who) -> QuerySet[Referral]:
    return visible(Referral.objects.filter(recipient_id=who.account), who)


def _rows(referrals: QuerySet[Referral]) -> QuerySet[Referral]:
    clear = referrals.filter(hit__traveller__masked_at=None)
    rows = clear.select_related("hit__traveller__journey", "recipient", "sent_by")
    return rows.prefetch_related("hit__traveller__journey__designators")


def _addressed(row: Referral) -> Addressed:
    traveller = row.hit.traveller
    documents = {
        each.key: each
        for view in latest_views(traveller, _BOTH_SOURCES, keyring())
        for each in view.traveller.documents
    }
    return Addressed(
        id=row.pk,
        surname=traveller.surname,
        given_names=traveller.given_names,
        birth_date=traveller.birth_date,
        nationality=traveller.nationality,
        documents=tuple(documents.values()),
        seat=traveller.seat,
        minor=traveller.minor,
        travelling=traveller.status != JourneyTraveller.Status.NOT_TRAVELLING,
        alike=_alike(traveller),
        flight=flight_of(traveller.journey),
        channel=Channel(row.channel),
        text=row.safe_text,
        sent_at=row.sent_at,
        acknowledged_at=row.acknowledged_at,
        outcome=Outcome(row.outcome) if row.outcome else None,
        outcome_at=row.outcome_at,
        outcome_note=row.outcome_note,
        withdrawn_at=row.withdrawn_at,
    )


def _alike(traveller: JourneyTraveller) -> int:
    """How many others on the flight share a surname and a given name, or a surname and the birth date."""
    surnames, given = set(words(traveller.surname)), set(words(traveller.given_names))
    others = JourneyTraveller.objects.filter(journey=traveller.journey_id, merged_into=None, masked_at=None)
    others = others.exclude(pk=traveller.pk).exclude(status=JourneyTraveller.Status.NOT_TRAVELLING)
    return sum(
        bool(surnames & set(words(surname)))
        and (bool(given & set(words(names))) or (birth_date != "" and birth_date == traveller.birth_date))
        for surname, names, birth_date in others.values_list("surname", "given_names", "birth_date")
    )
