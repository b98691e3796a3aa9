"""Share: an officer is told what a reviewer decided, in words that are safe to say, and answers what they found.

Takes: a decision in force that asks for a referral or for protection, an officer, a channel and a safe text.
Gives: a referral on that officer's screen; their acknowledgement and outcome return to the analyst.
Refuses: what no person decided, an officer who may not receive it, a text that betrays a list, a reason or a belief.
Records: referral.sent, referral.acknowledged, referral.answered
Legal ground: LR-30 (no referral without a reviewer), LR-66 (neutral words), LR-73 (children and victims apart).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from torogoz.domain.audit import AuditEvent
from torogoz.domain.disposition import LONGEST_REASON, REVIEWERS, TOLD
from torogoz.domain.name import words
from torogoz.domain.referral import PROTECTION_CHANNELS, PROTECTION_COMPARTMENT, Channel, Outcome
from torogoz.domain.safe_text import LONGEST_TEXT, TEXTS, betrayals
from torogoz.domain.staff import StaffRole
from torogoz.errors import AuthorError, RefusedError
from torogoz.flow.free_text import tells_sensitive
from torogoz.storage.access.guard import admit, hits_for, refuse, visible
from torogoz.storage.audit import record
from torogoz.storage.dispositions import goes_to_protection, in_force
from torogoz.storage.evidence import rule_row
from torogoz.storage.models import Account, Agency, Decision, Event, Hit, JourneyTraveller, Referral, WatchlistEntry
from torogoz.storage.snapshots import rule_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from torogoz.domain.staff import Who

_OFFICER = frozenset({StaffRole.BORDER_OFFICER})


def refer(who: Who, decision: int, recipient: int, channel: Channel, text: str, now: datetime) -> int:
    """Tell an officer; give the referral's id. Children and people to protect go to protection officers only."""
    admit(who, REVIEWERS, now, purpose=True)
    found = Decision.objects.filter(pk=decision, hit__in=hits_for(who)).first() or refuse(who, now)
    with transaction.atomic():
        hit = Hit.objects.select_for_update(of=("self",)).select_related("traveller").get(pk=found.hit_id)
        if in_force(hit) != found or found.action not in TOLD:
            raise RefusedError(
                "no decision in force asks for a referral", remedy="decide first, or wait for the second person"
            )
        if hit.traveller.masked_at or hit.traveller.status == JourneyTraveller.Status.NOT_TRAVELLING:
            raise RefusedError("this person is not travelling", remedy="wait: the hit opens again if they return")
        protected = goes_to_protection(hit, found.action)
        officer = _officer(recipient, channel, protected=protected)
        _must_be_safe(text, hit)
        waiting = Referral.objects.filter(decision=found, recipient=officer, outcome="", withdrawn_at=None)
        if waiting.exists():
            raise RefusedError("this officer has been told already", remedy="wait for their answer")
        referral = Referral.objects.create(
            decision=found,
            hit=hit,
            agency=Agency.objects.get(accounts=officer),
            compartment=PROTECTION_COMPARTMENT if protected else "",
            recipient=officer,
            channel=channel,
            safe_text=text.strip(),
            sent_by_id=who.account,
            sent_at=now,
        )
        _tell(AuditEvent.REFERRAL_SENT, referral, who, now)
    return referral.pk


def acknowledge(who: Who, referral: int, now: datetime) -> None:
    """The addressed officer has read it. Twice is once."""
    _admit_officer(who, referral, now)
    with transaction.atomic():
        row = _lock(referral)
        if row.acknowledged_at is None:
            row.acknowledged_at = now
            row.save(update_fields=["acknowledged_at"])
            _tell(AuditEvent.REFERRAL_ACKNOWLEDGED, row, who, now)


def answer(who: Who, referral: int, outcome: Outcome, note: str, now: datetime) -> None:
    """The addressed officer says what they found, once; whoever answers has also acknowledged."""
    _admit_officer(who, referral, now)
    if tells_sensitive(note):
        raise AuthorError(
            "this text speaks of belief, origin, politics, health or sex life", remedy="write it without that"
        )
    if len(note) > LONGEST_REASON:
        raise AuthorError("the note is too long", remedy="write it in at most 2000 signs")
    with transaction.atomic():
        row = _lock(referral)
        if row.outcome:
            raise RefusedError("this referral has its answer", remedy="call the passenger centre to correct it")
        row.outcome, row.outcome_at, row.outcome_note = outcome, now, note.strip()
        row.acknowledged_at = row.acknowledged_at or now
        row.save(update_fields=["outcome", "outcome_at", "outcome_note", "acknowledged_at"])
        Hit.objects.filter(pk=row.hit_id).update(changed_at=now)
        _tell(AuditEvent.REFERRAL_ANSWERED, row, who, now)


def _admit_officer(who: Who, referral: int, now: datetime) -> None:
    admit(who, _OFFICER, now, purpose=True)
    if not visible(Referral.objects.filter(pk=referral, recipient_id=who.account), who).exists():
        refuse(who, now)


def _lock(referral: int) -> Referral:
    row = Referral.objects.select_for_update(of=("self",)).select_related("hit__traveller").get(pk=referral)
    if row.withdrawn_at:
        raise RefusedError("this referral was withdrawn", remedy="do nothing more; call the passenger centre")
    if row.hit.traveller.masked_at:
        raise RefusedError("this referral is past its time", remedy="call the passenger centre")
    return row


def _officer(recipient: int, channel: Channel, *, protected: bool) -> Account:
    officer = Account.objects.filter(
        pk=recipient, is_active=True, role=StaffRole.BORDER_OFFICER, agency__isnull=False
    ).first()
    if officer is None:
        raise RefusedError("a referral goes to an officer at the border", remedy="choose one of the list")
    if protected and (PROTECTION_COMPARTMENT not in officer.compartments or channel not in PROTECTION_CHANNELS):
        raise RefusedError(
            "this goes to protection officers only, and never by radio",
            remedy="choose a protection officer, and screen, phone or paper",
        )
    return officer


def _must_be_safe(text: str, hit: Hit) -> None:
    if not text.strip() or len(text) > LONGEST_TEXT:
        raise AuthorError("the text is missing or too long", remedy="write an instruction in at most 600 signs")
    if tells_sensitive(text) or betrayals(text, _secrets(hit)):
        raise AuthorError("the text is not safe to say", remedy="say what to do, and nothing of lists or reasons")


def _secrets(hit: Hit) -> Iterator[str]:
    """What the officer must not learn: the list or rule, its terms, and the names that only the list gives.

    What our own drafts say is none: the centre may own a list, and is called in every draft.
    """
    for secret in _told_of(hit):
        if not any(betrayals(draft, (secret,)) for drafts in TEXTS.values() for draft in drafts.values()):
            yield secret


def _told_of(hit: Hit) -> Iterator[str]:
    yield from (hit.cause_source, hit.cause_key, hit.title_es, hit.title_en)
    own = words(hit.traveller.surname, hit.traveller.given_names)
    yield from (name for name in words(hit.matched_name) if name not in own and len(name) > 2)
    terms = WatchlistEntry.objects.filter(watchlist__name=hit.cause_source, key=hit.cause_key)
    for entry in terms.values_list("grade", "handling", "reason", "legal_basis", "owner"):
        yield from entry
    version = rule_row(hit)
    if version:
        rule = rule_of(version)
        yield from (rule.owner, rule.legal_basis, rule.reason_es, rule.reason_en)


def _tell(event: AuditEvent, referral: Referral, who: Who, now: datetime) -> None:
    # To whom something was disclosed stands in the entry itself, which outlives the referral (LR-50).
    counts = {"recipient": referral.recipient_id} if event is AuditEvent.REFERRAL_SENT else {}
    record(event, now, who=who, object_type="referral", object_id=referral.pk, counts=counts)
    Event.objects.create(at=now, kind=event, journey_id=referral.hit.journey_id, hit_id=referral.hit_id)
