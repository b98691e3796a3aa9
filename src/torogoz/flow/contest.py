"""Contest: a carrier's person says that a finding is wrong, and a supervisor answers.

Takes: a carrier's person, a finding of a message of their carrier, and why it is wrong; or a supervisor's answer.
Gives: the number of what is contested; a finding about which the carrier was right counts no more in its figures.
Refuses: a finding of another carrier's message, one that is contested already, and an answer where there is one.
Records: finding.contested, finding.answered
Legal ground: LR-07 (no blame where there is none), LR-05; rights.md §5 (the carrier's compliance officer).
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from torogoz.domain.audit import AuditEvent
from torogoz.domain.carrier import Verdict
from torogoz.domain.staff import StaffRole, Who
from torogoz.errors import AuthorError, RefusedError
from torogoz.storage.access.contested import MAY_ANSWER
from torogoz.storage.access.guard import admit, refuse
from torogoz.storage.audit import record
from torogoz.storage.models import ContestedFinding, ReceivedMessage

#: A reason or an answer has so many signs.
SHORTEST, LONGEST = 10, 1000


def contest(who: Who, message_id: int, place: int, reason: str, now: datetime) -> int:
    """Contest a finding by its place among those of a message."""
    admit(who, {StaffRole.CARRIER}, now)
    message = ReceivedMessage.objects.filter(pk=message_id, carrier=who.carrier).first()
    if message is None or not 0 <= place < len(message.findings):
        refuse(who, now)
    text = _text(reason)
    with transaction.atomic():
        contested, new = ContestedFinding.objects.get_or_create(
            message=message,
            place=place,
            defaults={
                "carrier": who.carrier,
                "code": message.findings[place]["code"],
                "reason": text,
                "made_by_id": who.account,
                "made_at": now,
            },
        )
        if not new:
            raise RefusedError(
                "this finding is contested already", remedy="wait for the centre's answer, or write to it"
            )
        record(AuditEvent.FINDING_CONTESTED, now, who=who, object_type="contested", object_id=contested.pk)
    return int(contested.pk)


def answer(who: Who, contested_id: int, verdict: Verdict, text: str, now: datetime) -> None:
    """Answer what a carrier contested, once."""
    admit(who, MAY_ANSWER, now)
    if not ContestedFinding.objects.filter(pk=contested_id).exists():
        refuse(who, now)
    said = _text(text)
    with transaction.atomic():
        contested = ContestedFinding.objects.select_for_update().get(pk=contested_id)
        if contested.verdict:
            raise RefusedError("this finding has its answer", remedy="see it on the page of contested findings")
        contested.verdict, contested.answer = verdict, said
        contested.answered_by_id, contested.answered_at = who.account, now
        contested.save(update_fields=["verdict", "answer", "answered_by", "answered_at"])
        record(AuditEvent.FINDING_ANSWERED, now, who=who, object_type="contested", object_id=contested.pk)


def _text(text: str) -> str:
    said = text.replace("\0", "").strip()
    if not SHORTEST <= len(said) <= LONGEST:
        raise AuthorError("the reason is missing, too short or too long", remedy="write it in 10 to 1000 signs")
    return said
