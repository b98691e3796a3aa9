"""Rules: a targeting rule goes on and off by two persons, and what it may not ask never starts.

Takes: a rule's document as its author wrote it, or a version with a colleague's answer and reason; and the time.
Gives: a version that waits for the second person; once approved it screens all future travel, once stopped no more.
Refuses: what the linter finds, a second person who is the first, an answer without a reason, a past review date.
Records: rule.proposed, rule.approved, rule.refused, rule.stop_requested, rule.stop_refused, rule.stopped
Legal ground: LR-24, LR-32, LR-33 (what a criterion must be), LR-36 (two persons; the protection officer sees it).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from torogoz.domain.audit import AuditEvent
from torogoz.domain.disposition import LONGEST_REASON
from torogoz.domain.staff import StaffRole, Who
from torogoz.errors import AuthorError, RefusedError
from torogoz.flow.free_text import tells_sensitive
from torogoz.flow.screen import mark_future
from torogoz.storage.access.guard import admit, refuse, visible
from torogoz.storage.access.rules import AUTHORS, SECOND
from torogoz.storage.audit import record
from torogoz.storage.models import Agency, Event, RuleVersion, TargetingRule
from torogoz.targeting.check import check
from torogoz.targeting.findings import RuleRefusedError
from torogoz.targeting.rulefile import read_json

#: What stands as the reason of a version that its successor stopped.
REPLACED = "replaced"

_State = RuleVersion.State


def propose(who: Who, text: bytes, now: datetime) -> int:
    """Propose a rule, or another version of one, as its author's agency; give the version's id.

    Raises RuleRefusedError with everything that the linter found.
    """
    admit(who, AUTHORS, now)
    document = checked(read_json(text), timezone.localdate(now))
    rule = TargetingRule.objects.filter(key=document["key"]).first()
    if rule and not visible(TargetingRule.objects.filter(pk=rule.pk), who).exists():
        raise AuthorError("this key is taken", remedy="choose another key for the rule")
    with transaction.atomic():
        if rule is None:
            agency = Agency.objects.get(code=who.agency)
            rule = TargetingRule.objects.create(key=document["key"], agency=agency, made_at=now)
        rule = TargetingRule.objects.select_for_update().get(pk=rule.pk)
        if rule.versions.filter(state=_State.PROPOSED).exists():
            raise RefusedError("a version of this rule waits for its second person", remedy="let them answer first")
        version = rule.versions.create(
            number=rule.versions.count() + 1,
            state=_State.PROPOSED,
            document=document,
            title_es=document["title_es"],
            title_en=document["title_en"],
            purpose=document["purpose"],
            gravity=document["gravity"],
            review_on=date.fromisoformat(document["review_on"]),
            author_id=who.account,
            proposed_at=now,
        )
        _tell(AuditEvent.RULE_PROPOSED, version, who, now)
    return version.pk


def approve(who: Who, version: int, reason: str, now: datetime) -> None:
    """Put a proposed version in force, as the second person. The version before it stops; future travel is screened."""
    _admit_to(who, version, now, SECOND)
    with transaction.atomic():
        row = _lock(version, _State.PROPOSED)
        _must_be_another(who, row.author_id)
        checked(row.document, timezone.localdate(now))
        for old in RuleVersion.objects.filter(rule=row.rule_id, state=_State.ACTIVE):
            old.state, old.stopped_by_id, old.stopped_at = _State.STOPPED, who.account, now
            old.stop_reason = old.stop_reason or REPLACED
            old.save()
        _answer(row, _State.ACTIVE, who, reason, now)
        mark_future(now)
        _tell(AuditEvent.RULE_APPROVED, row, who, now)


def refuse_proposal(who: Who, version: int, reason: str, now: datetime) -> None:
    """Turn a proposed version down, as the second person. It stays, with the reason."""
    _admit_to(who, version, now, SECOND)
    with transaction.atomic():
        row = _lock(version, _State.PROPOSED)
        _must_be_another(who, row.author_id)
        _answer(row, _State.REFUSED, who, reason, now)
        _tell(AuditEvent.RULE_REFUSED, row, who, now)


def request_stop(who: Who, version: int, reason: str, now: datetime) -> None:
    """Ask that an active version stops. It screens until a second person agrees."""
    _admit_to(who, version, now, AUTHORS)
    with transaction.atomic():
        row = _lock(version, _State.ACTIVE)
        if row.stop_requested_by_id is not None:
            raise RefusedError("somebody has asked for this already", remedy="the second person is to answer")
        row.stop_requested_by_id, row.stop_reason = who.account, _reason(reason)
        row.save()
        _tell(AuditEvent.RULE_STOP_REQUESTED, row, who, now)


def stop(who: Who, version: int, now: datetime) -> None:
    """Stop an active version, as the second person. Its open hits go with the next screening, which is due at once."""
    _admit_to(who, version, now, SECOND)
    with transaction.atomic():
        row = _stop_requested(who, version)
        row.state, row.stopped_by_id, row.stopped_at = _State.STOPPED, who.account, now
        row.save()
        mark_future(now)
        _tell(AuditEvent.RULE_STOPPED, row, who, now)


def keep(who: Who, version: int, now: datetime) -> None:
    """Let an active version go on although somebody asked to stop it, as the second person."""
    _admit_to(who, version, now, SECOND)
    with transaction.atomic():
        row = _stop_requested(who, version)
        row.stop_requested_by_id, row.stop_reason = None, ""
        row.save()
        _tell(AuditEvent.RULE_STOP_REFUSED, row, who, now)


def checked(document: object, today: date) -> Mapping[str, Any]:
    """The document, where the linter finds nothing; else RuleRefusedError."""
    findings = check(document, today)
    if findings or not isinstance(document, dict):
        raise RuleRefusedError(findings)
    return document


def _admit_to(who: Who, version: int, now: datetime, roles: frozenset[StaffRole]) -> None:
    admit(who, roles, now)
    if not RuleVersion.objects.filter(pk=version, rule__in=visible(TargetingRule.objects.all(), who)).exists():
        refuse(who, now)


def _lock(version: int, state: RuleVersion.State) -> RuleVersion:
    row = RuleVersion.objects.select_for_update().get(pk=version)
    if row.state != state:
        raise RefusedError("a colleague has answered meanwhile", remedy="open the rule again and see")
    return row


def _stop_requested(who: Who, version: int) -> RuleVersion:
    row = _lock(version, _State.ACTIVE)
    if row.stop_requested_by_id is None:
        raise RefusedError("nobody has asked to stop this rule", remedy="ask for it, with a reason")
    _must_be_another(who, row.stop_requested_by_id)
    return row


def _must_be_another(who: Who, first: int) -> None:
    if who.account == first:
        raise RefusedError("the second person must be another one", remedy="ask a colleague who is a supervisor")


def _answer(row: RuleVersion, state: RuleVersion.State, who: Who, reason: str, now: datetime) -> None:
    row.state, row.approver_id, row.approved_at, row.approver_reason = state, who.account, now, _reason(reason)
    row.save()


def _reason(text: str) -> str:
    if not text.strip() or len(text) > LONGEST_REASON:
        raise AuthorError("the reason is missing or too long", remedy=f"write 1 to {LONGEST_REASON:,} characters")
    if tells_sensitive(text):
        raise AuthorError("the reason holds sensitive data", remedy="describe the conduct that matters, nothing else")
    return text.strip()


def _tell(event: AuditEvent, row: RuleVersion, who: Who, now: datetime) -> None:
    record(event, now, who=who, object_type="rule_version", object_id=row.pk, counts={"version": row.number})
    Event.objects.create(at=now, kind="rule")
