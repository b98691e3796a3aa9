"""Senders: who may deliver over HTTPS is enrolled by name, for named carriers, with a token that is shown once.

Takes: a carrier's or service provider's name with its carriers and networks; or a token, where it came from, and the
  bytes that came with it; and the time.
Gives: a token, which ends by itself where that was said; a second one beside it, for an overlap; or the receipt of a
  delivery.
Refuses: a name that is enrolled already, and every token that is unknown, ended, revoked or used from elsewhere, all in
  the same words. What a sender delivers for a carrier that is not its own is refused when it is read (flow/parse.py).
Records: sender.enrolled, sender.changed, sender.rotated, sender.revoked, sender.refused
Legal ground: LR-03 (one window), LR-04 (senders push; the centre never fetches), LR-56.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from ipaddress import ip_address, ip_network

from django.db import DatabaseError, transaction
from django.db.models import Q, QuerySet

from torogoz.domain.audit import AuditEvent
from torogoz.domain.journey import FlightLeg
from torogoz.errors import AuthorError, RefusedError, UnavailableError
from torogoz.flow.receive import receive
from torogoz.storage.audit import record
from torogoz.storage.floods import record_bounded
from torogoz.storage.models import Sender, SenderToken

#: Where nothing else is said, the token before goes on for this long beside the new one.
OVERLAP = timedelta(hours=72)

#: The digests of tokens that opened: no more of them than there are tokens.
_met: set[str] = set()

#: A carrier as messages name it: two signs of IATA, or three letters of ICAO.
CARRIER = re.compile(r"[A-Z][0-9]|[0-9][A-Z]|[A-Z]{2,3}")


@dataclass(frozen=True, slots=True)
class Scope:
    """What a sender may: for which carriers (None: every one), from which networks (empty: any)."""

    carriers: tuple[str, ...] | None
    networks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A sender as the terminal lists it. `tokens` are those that still open, with their ends."""

    name: str
    scope: Scope
    enrolled_at: datetime
    revoked_at: datetime | None
    tokens: tuple[tuple[datetime, datetime | None], ...]


@dataclass(frozen=True, slots=True)
class Deliverer:
    """A sender whose token was accepted."""

    id: int
    name: str


def enrol(name: str, scope: Scope, now: datetime, *, ends_at: datetime | None = None) -> str:
    """Enrol a sender and give its token, of which only a digest is kept."""
    if not (name.isprintable() and name == name.strip() and 1 <= len(name) <= 80):
        raise AuthorError("the sender has no usable name", remedy="give it one of 1 to 80 letters, digits and blanks")
    checked = _checked(scope)
    with transaction.atomic():
        if Sender.objects.filter(name=name).exists():
            raise AuthorError("this sender is enrolled", remedy="change or renew it, or choose another name")
        sender = Sender.objects.create(
            name=name, carriers=checked.carriers, networks=list(checked.networks), enrolled_at=now
        )
        record(AuditEvent.SENDER_ENROLLED, now, object_type="sender", object_id=sender.pk)
        return _make_token(sender, now, ends_at)


def change(name: str, scope: Scope, now: datetime) -> None:
    """Give a sender other carriers and networks, from now on and for what waits to be read."""
    checked = _checked(scope)
    with transaction.atomic():
        sender = _known(name)
        sender.carriers, sender.networks = checked.carriers, list(checked.networks)
        sender.save(update_fields=["carriers", "networks"])
        record(AuditEvent.SENDER_CHANGED, now, object_type="sender", object_id=sender.pk)


def rotate(name: str, now: datetime, *, overlap: timedelta = OVERLAP, ends_at: datetime | None = None) -> str:
    """Give a sender another token. The one before ends by itself after the overlap; older ones end now."""
    if overlap < timedelta():
        raise AuthorError("the overlap is negative", remedy="give the hours for which both tokens shall open")
    with transaction.atomic():
        sender = _known(name)
        for place, token in enumerate(_open_tokens(now).filter(sender=sender).order_by("-made_at", "-pk")):
            end = now + overlap if place == 0 else now
            token.ends_at = min(token.ends_at or end, end)
            token.save(update_fields=["ends_at"])
        record(AuditEvent.SENDER_ROTATED, now, object_type="sender", object_id=sender.pk)
        return _make_token(sender, now, ends_at)


def revoke(name: str, now: datetime) -> None:
    """End a sender's right to deliver, at once and with every token."""
    with transaction.atomic():
        sender = _known(name)
        sender.revoked_at = now
        sender.save(update_fields=["revoked_at"])
        record(AuditEvent.SENDER_REVOKED, now, object_type="sender", object_id=sender.pk)


def enrolled(now: datetime) -> tuple[Enrolled, ...]:
    """Each sender, by name."""
    return tuple(
        Enrolled(
            sender.name,
            _scope(sender),
            sender.enrolled_at,
            sender.revoked_at,
            tuple(_open_tokens(now).filter(sender=sender).order_by("made_at", "pk").values_list("made_at", "ends_at")),
        )
        for sender in Sender.objects.order_by("name")
    )


def may_deliver(token: str, address: str, now: datetime) -> Deliverer:
    """Who is behind a token. RefusedError for any other, before a byte of what it brings is read.

    UnavailableError while the database is away.
    """
    digest = _digest(token)
    try:
        found = _open_tokens(now).filter(digest=digest).select_related("sender").first()
        if found is None:
            _met.discard(digest)
        if found is None or not _from_there(found.sender, address):
            record_bounded(AuditEvent.SENDER_REFUSED, now)
            raise RefusedError(
                "this token opens nothing", remedy="ask the centre to enrol you, and send the token it gave"
            )
    except DatabaseError:
        raise UnavailableError("the database does not answer", remedy="send it again in a while") from None
    _met.add(digest)
    return Deliverer(found.sender.pk, found.sender.name)


def met_before(token: str) -> bool:
    """Whether a token opened the last time this process looked: good for the fall-back only, which tells nothing.

    Wherever it comes from: its networks stand in the database, which is away.
    """
    return _digest(token) in _met


def deliver(deliverer: Deliverer, data: bytes, now: datetime) -> int:
    """Receive what a sender brings; give the receipt."""
    return receive(data, source="https", name=deliverer.name, sender=deliverer.id, now=now)


def enrolled_as(sender_id: int | None) -> Sender | None:
    """The sender of a number; none where something came by another way than an enrolled one."""
    return Sender.objects.get(pk=sender_id) if sender_id else None


def foreign(sender: Sender | None, flights: Iterable[FlightLeg]) -> bool:
    """Whether one of a message's flights is neither sold nor flown by a carrier of its sender.

    What came by another way than an enrolled sender is nobody's, and never foreign.
    """
    own = sender.carriers if sender else None
    return own is not None and not all(
        {each.designator.carrier, each.operated_by.carrier} & set(own) for each in flights
    )


def only_carrier(sender_id: int | None) -> str:
    """The carrier of a sender that has one: what it brings is that one's, also where no flight can be read in it."""
    own = Sender.objects.values_list("carriers", flat=True).get(pk=sender_id) if sender_id else None
    return str(own[0]) if own and len(own) == 1 else ""


def _open_tokens(now: datetime) -> QuerySet[SenderToken]:
    return SenderToken.objects.filter(Q(ends_at=None) | Q(ends_at__gt=now), sender__revoked_at=None)


def _make_token(sender: Sender, now: datetime, ends_at: datetime | None) -> str:
    if ends_at is not None and ends_at <= now:
        raise AuthorError("the token would end before it begins", remedy="give a later day")
    token = secrets.token_urlsafe(32)
    SenderToken.objects.create(sender=sender, digest=_digest(token), made_at=now, ends_at=ends_at)
    return token


def _known(name: str) -> Sender:
    sender = Sender.objects.select_for_update().filter(name=name, revoked_at=None).first()
    if sender is None:
        raise AuthorError("no such sender is enrolled", remedy="see `torogoz senders list`")
    return sender


def _scope(sender: Sender) -> Scope:
    carriers = None if sender.carriers is None else tuple(sender.carriers)
    return Scope(carriers, tuple(sender.networks))


def _checked(scope: Scope) -> Scope:
    """The scope as it is kept: carriers in capitals, networks as their first address and length."""
    carriers = None if scope.carriers is None else tuple(sorted({each.strip().upper() for each in scope.carriers}))
    if carriers is not None and (not carriers or not all(map(CARRIER.fullmatch, carriers))):
        raise AuthorError(
            "the sender has no carrier, or one that is no code", remedy="name each by its two or three signs, as XA"
        )
    try:
        networks = tuple(sorted({str(ip_network(each.strip())) for each in scope.networks}))
    except ValueError:
        raise AuthorError(
            "a network is not written as one",
            remedy="write 192.0.2.0/24 or one address, with no bits beyond its length",
        ) from None
    return replace(scope, carriers=carriers, networks=networks)


def _from_there(sender: Sender, address: str) -> bool:
    if not sender.networks:
        return True
    try:
        there = ip_address(address)
    except ValueError:
        return False
    mapped = getattr(there, "ipv4_mapped", None)
    return any((mapped or there) in ip_network(each) for each in sender.networks)


def _digest(token: str) -> str:
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
