"""Review: a named person looks at a hit and decides, with three answers and their reasons.

Takes: a hit that is open to the reviewer, their claim on it, and three answers with reasons.
Gives: a decision, in force at once or after a second person agreed; evidence sealed where it confirms the hit.
Refuses: a hit claimed by a colleague, one that is not travelling, answers that contradict each other, empty reasons.
Records: hit.claimed, hit.released, hit.reassigned, decision.made, decision.seconded, decision.reviewed, hit.alarmed,
  referral.withdrawn, note.written, person.unlinked, and what clearances records
Legal ground: LR-30 (nothing happens by automation alone), LR-31 (individual review with reasons), LR-23, LR-42.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from torogoz.domain.audit import AuditEvent
from torogoz.domain.disposition import (
    HOLD_ENDS_AFTER,
    HOLD_REVIEW_AFTER,
    REVIEWERS,
    URGENT_REVIEW_WITHIN,
    Answers,
    Fault,
    may_hurry,
    may_second,
    second_person,
)
from torogoz.domain.disposition import faults as policy_faults
from torogoz.domain.hit import HitStatus, Identity, Ruling
from torogoz.domain.staff import StaffRole
from torogoz.errors import AuthorError, RefusedError
from torogoz.flow import clearances
from torogoz.flow.free_text import must_be_sayable, tells_sensitive
from torogoz.storage.access.guard import admit, hits_for, refuse, who_is
from torogoz.storage.audit import record
from torogoz.storage.dispositions import about_a_child, answers_of, latest, policy_of
from torogoz.storage.evidence import freeze
from torogoz.storage.keys import keyring
from torogoz.storage.models import (
    Account,
    Agency,
    Decision,
    Event,
    Hit,
    Hold,
    JourneyTraveller,
    Note,
    PersonLink,
    Referral,
)

if TYPE_CHECKING:
    from datetime import datetime

    from torogoz.domain.staff import Who

#: A hit in one of these can be claimed and decided; an earlier decision is superseded and kept.
_DECIDABLE = frozenset({HitStatus.OPEN, HitStatus.DECIDED})
_SUPERVISOR = frozenset({StaffRole.SUPERVISOR})
#: What a hold says that a confirmed hit has placed.
HOLD_REASON = "confirmed_hit"


def claim(who: Who, hit: int, now: datetime) -> datetime:
    """Take a hit to work on, or keep it longer; give the time until which it is held."""
    _admit_to(who, hit, now)
    with transaction.atomic():
        row = _lock(hit)
        _must_be_decidable(row)
        _must_not_be_a_colleagues(row, who, now)
        until = _give(row, who.account, now)
        _tell(AuditEvent.HIT_CLAIMED, row, who, now)
    return until


def release(who: Who, hit: int, now: datetime) -> None:
    """Give a hit back that one holds oneself."""
    _admit_to(who, hit, now)
    with transaction.atomic():
        row = _lock(hit)
        if row.claimed_by_id != who.account:
            raise RefusedError("you do not hold this hit", remedy="nothing needs to be given back")
        _let_go(row)
        _tell(AuditEvent.HIT_RELEASED, row, who, now)


def reassign(who: Who, hit: int, to: int, now: datetime) -> None:
    """A supervisor gives a hit to a reviewer who may see it, whoever holds it."""
    _admit_to(who, hit, now, _SUPERVISOR)
    with transaction.atomic():
        row = _lock(hit)
        _must_be_decidable(row)
        account = Account.objects.filter(pk=to, is_active=True, role__in=REVIEWERS).select_related("agency").first()
        if account is None or not hits_for(who_is(account, row.purpose)).filter(pk=hit).exists():
            raise RefusedError("this colleague cannot review this hit", remedy="choose another reviewer")
        _give(row, to, now)
        _tell(AuditEvent.HIT_REASSIGNED, row, who, now)


def faults(answers: Answers) -> tuple[Fault, ...]:
    """Everything wrong with the answers, sensitive words in a reason included, beside the field it is wrong in."""
    sensitive = (Fault(field, "text_sensitive") for field, text in answers.reasons if tells_sensitive(text))
    return (*policy_faults(answers), *sensitive)


def decide(who: Who, hit: int, answers: Answers, now: datetime) -> int:
    """Decide about a hit that one has claimed; give the decision's id.

    Where policy asks for a second person, nothing takes effect before they agree, unless the reviewer asked to act
    urgently and the policy lets this action go ahead: then supervisors are alarmed and must review it within 24 hours.
    """
    _admit_to(who, hit, now)
    if faults(answers):
        raise AuthorError("the answers cannot stand as they are", remedy="correct the fields that are marked")
    with transaction.atomic():
        row = _lock(hit)
        _must_be_decidable(row)
        _must_not_be_a_colleagues(row, who, now)
        if row.claimed_by_id != who.account:
            raise RefusedError("your claim on this hit has ended", remedy="claim it again and send your answers again")
        policy = second_person(answers, gravity=row.gravity, minor=about_a_child(row))
        urgent = bool(policy) and answers.urgent
        if urgent and not may_hurry(answers, policy):
            raise RefusedError(
                "this action cannot go ahead alone", remedy="send it without urgency, or choose protection"
            )
        decision = Decision.objects.create(
            hit=row,
            made_by_id=who.account,
            made_at=now,
            identity=answers.identity,
            identity_reason=answers.identity_reason.strip(),
            ground=answers.ground,
            ground_reason=answers.ground_reason.strip(),
            action=answers.action,
            action_reason=answers.action_reason.strip(),
            urgent=urgent,
            needs_second=bool(policy) and not urgent,
            review_due_at=now + URGENT_REVIEW_WITHIN if urgent else None,
            forget=answers.forget,
        )
        _let_go(row)
        _tell(AuditEvent.DECISION_MADE, row, who, now, of=("decision", decision.pk))
        if decision.needs_second:
            _move(row, HitStatus.AWAITING_SECOND, now)
        else:
            _put_in_force(decision, who, now)
        if urgent:
            _tell(AuditEvent.HIT_ALARMED, row, who, now)
    return decision.pk


def second(who: Who, decision: int, agrees: bool, reason: str, now: datetime) -> None:  # noqa: FBT001 - an answer
    """The second person agrees, which puts the decision in force, or does not: then the hit is open again."""
    found = _admit_to_decision(who, decision, now)
    if who.role not in may_second(policy_of(found)):
        refuse(who, now)
    must_be_sayable(reason)
    with transaction.atomic():
        row = _lock(found.hit_id)
        _must_be_clear(row)
        decided = Decision.objects.select_for_update().get(pk=decision)
        if decided.made_by_id == who.account:
            raise RefusedError("you made this decision yourself", remedy="another person must look at it")
        if row.status != HitStatus.AWAITING_SECOND or decided.second_at or decided != latest(row):
            raise RefusedError("this decision does not wait for a second person", remedy="open the hit again")
        decided.hit = row
        decided.second_by_id, decided.second_at = who.account, now
        decided.second_agrees, decided.second_reason = agrees, reason.strip()
        decided.save(update_fields=["second_by", "second_at", "second_agrees", "second_reason"])
        _tell(AuditEvent.DECISION_SECONDED, row, who, now, of=("decision", decision))
        if agrees:
            _put_in_force(decided, who, now)
        else:
            _move(row, HitStatus.OPEN, now)


def review_urgent(who: Who, decision: int, reason: str, now: datetime, *, upholds: bool = True) -> None:
    """A supervisor reviews what one person decided alone. What is not upheld loses its force: the hit is open again."""
    found = _admit_to_decision(who, decision, now, _SUPERVISOR)
    must_be_sayable(reason)
    with transaction.atomic():
        row = _lock(found.hit_id)
        _must_be_clear(row)
        decided = Decision.objects.select_for_update().get(pk=decision)
        if decided.made_by_id == who.account:
            raise RefusedError("you made this decision yourself", remedy="another supervisor must look at it")
        if decided.review_due_at is None or decided.reviewed_at:
            raise RefusedError("this decision does not wait for a review", remedy="open the hit again")
        decided.reviewed_by_id, decided.reviewed_at = who.account, now
        decided.review_upholds, decided.review_reason = upholds, reason.strip()
        decided.save(update_fields=["reviewed_by", "reviewed_at", "review_upholds", "review_reason"])
        _tell(AuditEvent.DECISION_REVIEWED, row, who, now, of=("decision", decision))
        if not upholds and row.status == HitStatus.DECIDED and decided == latest(row):
            _withdraw(row, who, now)
            _end_holds(row, now)
            clearances.overtake(row, who, now)
            _move(row, HitStatus.OPEN, now)


def write_note(who: Who, traveller: int, text: str, now: datetime) -> int:
    """Write what colleagues should know of a traveller on a flight; give the note's id."""
    admit(who, REVIEWERS, now, purpose=True)
    agency = Agency.objects.filter(code=who.agency).first()
    if agency is None or not JourneyTraveller.objects.filter(pk=traveller, masked_at=None).exists():
        refuse(who, now)
    must_be_sayable(text)
    with transaction.atomic():
        note = Note.objects.create(
            traveller_id=traveller, agency=agency, written_by_id=who.account, written_at=now, text=text.strip()
        )
        record(AuditEvent.NOTE_WRITTEN, now, who=who, object_type="note", object_id=note.pk)
    return note.pk


def unlink(who: Who, link: int, reason: str, now: datetime) -> None:
    """A supervisor undoes the link of a traveller to a person; the link keeps its row, with who undid it and why."""
    admit(who, _SUPERVISOR, now, purpose=True)
    if not PersonLink.objects.filter(pk=link).exists():
        refuse(who, now)
    must_be_sayable(reason)
    with transaction.atomic():
        row = PersonLink.objects.select_for_update().filter(pk=link, undone_at=None).first()
        if row is None:
            raise RefusedError("this link is not there, or was undone before", remedy="open the dossier again")
        row.undone_at, row.undone_by_id, row.undone_reason = now, who.account, reason.strip()
        row.save(update_fields=["undone_at", "undone_by", "undone_reason"])
        JourneyTraveller.objects.filter(pk=row.traveller_id, person=row.person_id).update(person=None)
        record(AuditEvent.PERSON_UNLINKED, now, who=who, object_type="person_link", object_id=link)


def _admit_to(who: Who, hit: int, now: datetime, roles: frozenset[StaffRole] = REVIEWERS) -> None:
    """Let pass who may work on this hit: outside the transaction, so that the refusal's audit entry stays."""
    admit(who, roles, now, purpose=True)
    if not hits_for(who).filter(pk=hit).exists():
        refuse(who, now)


def _admit_to_decision(who: Who, decision: int, now: datetime, roles: frozenset[StaffRole] = REVIEWERS) -> Decision:
    admit(who, roles, now, purpose=True)
    found = Decision.objects.filter(pk=decision, hit__in=hits_for(who)).select_related("hit__traveller").first()
    return found or refuse(who, now)


def _lock(hit: int) -> Hit:
    return Hit.objects.select_for_update(of=("self",)).select_related("traveller").get(pk=hit)


def _must_be_decidable(hit: Hit) -> None:
    _must_be_clear(hit)
    if hit.status == HitStatus.AWAITING_SECOND:
        raise RefusedError("this hit waits for a second person", remedy="wait for their answer")
    if hit.status not in _DECIDABLE:
        raise RefusedError(
            "nobody is travelling under this hit, or it was withdrawn", remedy="it opens again if the traveller returns"
        )
    if hit.ruling == Ruling.CLEARED:
        raise RefusedError(
            "this person is cleared for this entry", remedy="revoke the clearance, if you hold it to be wrong"
        )
    if not hit.queued:
        raise RefusedError(
            "this hit is advisory: its entry names nobody closely enough",
            remedy="ask the owner of the list for a birth date or a document",
        )


def _must_be_clear(hit: Hit) -> None:
    if hit.traveller.masked_at:
        raise RefusedError(
            "this record is masked: nothing is left to decide on", remedy="a supervisor can end what holds it"
        )


def _must_not_be_a_colleagues(hit: Hit, who: Who, now: datetime) -> None:
    held = hit.claimed_until is not None and hit.claimed_until > now
    if held and hit.claimed_by_id != who.account:
        raise RefusedError("a colleague works on this hit", remedy="wait until their claim ends, or ask a supervisor")


def _give(hit: Hit, to: int, now: datetime) -> datetime:
    until = now + timedelta(minutes=settings.CLAIM_MINUTES)
    Hit.objects.filter(pk=hit.pk).update(claimed_by=to, claimed_until=until)
    return until


def _let_go(hit: Hit) -> None:
    Hit.objects.filter(pk=hit.pk).update(claimed_by=None, claimed_until=None)


def _move(hit: Hit, status: HitStatus, now: datetime) -> None:
    hit.status, hit.changed_at = status, now
    hit.save(update_fields=["status", "changed_at"])


def _put_in_force(decision: Decision, who: Who, now: datetime) -> None:
    """Give a decision its effect: it supersedes the earlier ones, whose referrals and holds end with them."""
    hit = decision.hit
    decision.effective_at = now
    decision.save(update_fields=["effective_at"])
    _withdraw(hit, who, now)
    _end_holds(hit, now)
    answers = answers_of(decision)
    clearances.overtake(hit, who, now, confirmed=answers.identity is Identity.SAME)
    if answers.confirms:
        freeze(decision, now, keyring())
        _hold(decision, now)
    elif answers.clears:
        clearances.remember(decision, who, now)
    _move(hit, HitStatus.DECIDED, now)


def _withdraw(hit: Hit, who: Who, now: datetime) -> None:
    """Take back the referrals that no officer has answered."""
    for referral in Referral.objects.filter(hit=hit, outcome="", withdrawn_at=None):
        referral.withdrawn_at = now
        referral.save(update_fields=["withdrawn_at"])
        _tell(AuditEvent.REFERRAL_WITHDRAWN, hit, who, now, of=("referral", referral.pk))


def _hold(decision: Decision, now: datetime) -> None:
    hit = decision.hit
    Hold.objects.create(
        agency_id=hit.agency_id,
        compartment=hit.compartment,
        traveller_id=hit.traveller_id,
        hit=hit,
        reason=HOLD_REASON,
        placed_by_id=decision.made_by_id,
        placed_at=now,
        review_on=timezone.localdate(now + HOLD_REVIEW_AFTER),
        expires_on=timezone.localdate(now + HOLD_ENDS_AFTER),
    )


def _end_holds(hit: Hit, now: datetime) -> None:
    Hold.objects.filter(hit=hit, ended_at=None).update(ended_at=now)


def _tell(event: AuditEvent, hit: Hit, who: Who, now: datetime, *, of: tuple[str, int] | None = None) -> None:
    """Write the audit entry, and the change that live screens show."""
    kind, key = of or ("hit", hit.pk)
    record(event, now, who=who, object_type=kind, object_id=key)
    Event.objects.create(at=now, kind=event, journey_id=hit.journey_id, hit=hit)
