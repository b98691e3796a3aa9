"""Senders: who may deliver over HTTPS is enrolled by name, with a token that is shown once.

Takes: a carrier's or service provider's name, or a token and the bytes that came with it; and the time.
Gives: a token, or the receipt of a delivery.
Refuses: a name that is enrolled already, and every token that is unknown or revoked, all in the same words.
Records: sender.enrolled, sender.revoked, sender.refused
Legal ground: LR-03 (one window), LR-04 (senders push; the centre never fetches), LR-56.
"""

from __future__ import annotations

import secrets
from datetime import datetime
from hashlib import sha256

from django.db import transaction

from torogoz.domain.audit import AuditEvent
from torogoz.errors import AuthorError, RefusedError
from torogoz.flow.receive import receive
from torogoz.storage.audit import record
from torogoz.storage.models import Sender


def enrol(name: str, now: datetime) -> str:
    """Enrol a sender and give the token, of which only a digest is kept."""
    if not (name.isprintable() and name == name.strip() and 1 <= len(name) <= 80):
        raise AuthorError("the sender has no usable name", remedy="give it one of 1 to 80 letters, digits and blanks")
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        if Sender.objects.filter(name=name).exists():
            raise AuthorError("this sender is enrolled", remedy="revoke it and enrol it under another name")
        sender = Sender.objects.create(name=name, token_digest=_digest(token), enrolled_at=now)
        record(AuditEvent.SENDER_ENROLLED, now, object_type="sender", object_id=sender.pk)
    return token


def revoke(name: str, now: datetime) -> None:
    """End a sender's right to deliver, at once."""
    with transaction.atomic():
        sender = Sender.objects.filter(name=name, revoked_at=None).first()
        if sender is None:
            raise AuthorError("no such sender is enrolled", remedy="see `torogoz senders list`")
        sender.revoked_at = now
        sender.save()
        record(AuditEvent.SENDER_REVOKED, now, object_type="sender", object_id=sender.pk)


def enrolled() -> tuple[tuple[str, datetime, datetime | None], ...]:
    """Each sender: name, enrolled when, revoked when."""
    return tuple(Sender.objects.order_by("name").values_list("name", "enrolled_at", "revoked_at"))


def may_deliver(token: str, now: datetime) -> str:
    """The name behind a token. RefusedError for any other, before a byte of what it brings is read."""
    sender = Sender.objects.filter(token_digest=_digest(token), revoked_at=None).first()
    if sender is None:
        record(AuditEvent.SENDER_REFUSED, now)
        raise RefusedError("this token opens nothing", remedy="ask the centre to enrol you, and send the token it gave")
    return sender.name


def deliver(token: str, data: bytes, now: datetime) -> int:
    """Receive what a sender brings; give the receipt."""
    return receive(data, source="https", name=may_deliver(token, now), now=now)


def _digest(token: str) -> str:
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
