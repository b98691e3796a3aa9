"""Deleting what is past its clock, each class of `privacy.schedule` in its own way, in the caller's transaction.

Every function takes a bound on how much it deletes and gives how many rows of each table went. What a row leaves behind
goes with it: a person without links, a booking without travellers, a delivery without messages.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.sessions.models import Session
from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from torogoz.privacy.fields import TABLE
from torogoz.privacy.schedule import Data
from torogoz.storage import clocks
from torogoz.storage.keys import Keyring
from torogoz.storage.list_states import count_out
from torogoz.storage.masking import Shared
from torogoz.storage.models import (
    AuditText,
    CarrierOutage,
    Clearance,
    ClearingProof,
    Decision,
    Delivery,
    Event,
    Hit,
    HitBasis,
    HitSource,
    Identifier,
    InteractiveAnswer,
    JourneyTraveller,
    Note,
    Observation,
    Order,
    OrderConfirmation,
    PersonLink,
    ReceivedMessage,
    Referral,
    SealedEvidence,
    WaitingVersion,
    WatchlistEntry,
    WatchlistVersion,
)
from torogoz.storage.party import Member, refresh, view_of

#: The texts about a traveller that people wrote, of rows that stay when only one of the traveller's classes goes.
_TEXTS: tuple[tuple[Any, tuple[str, ...]], ...] = tuple(
    (model.objects, TABLE[model._meta.label].moved)  # noqa: SLF001 - Django's public API
    for model in (Decision, Referral)
)


def purge_travellers(travellers: Collection[int]) -> Counter[str]:
    """Delete records whole, with all that hangs on them; with a masked record goes its key (LR-45).

    Clearances go with the data they were made of (LR-44): they and their decisions are the record's own rows.
    """
    shared = Shared.of(travellers)
    return _delete(JourneyTraveller.objects.filter(pk__in=travellers)) + shared.drop()


def purge_classes(travellers: Collection[int], classes: Collection[Data], now: datetime, keys: Keyring) -> Counter[str]:
    """Delete what some classes told of travellers whom another still tells of, and compute their rows from that.

    What was concluded from several sources cannot be told apart by source: links to other journeys, evidence, notes and
    the texts of decisions go with the first of them, and so does a clearance, which binds what all of them told. That
    somebody was cleared once, and by whom, stays with the decision.
    """
    shared = Shared.of(travellers)
    gone = Counter[str]()
    for model in (Observation, Identifier):
        gone += _delete(model.objects.filter(traveller__in=travellers, data_class__in=classes))
    for orphaned in (
        PersonLink.objects.filter(traveller__in=travellers),
        Note.objects.filter(traveller__in=travellers),
        Clearance.objects.filter(traveller__in=travellers),
        HitBasis.objects.filter(hit__traveller__in=travellers),
        HitSource.objects.filter(hit__traveller__in=travellers),
        SealedEvidence.objects.filter(hit__traveller__in=travellers),
    ):
        gone += _delete(orphaned)
    for about_hits, texts in _TEXTS:
        about_hits.filter(hit__traveller__in=travellers).update(**dict.fromkeys(texts, ""))
    OrderConfirmation.objects.filter(traveller__in=travellers).update(reason="")
    Hit.objects.filter(traveller__in=travellers).update(evidence=[], matched_name="", millibits=0, probability=None)
    bookings = {"booking": None} if Data.PNR in classes else {}
    JourneyTraveller.objects.filter(pk__in=travellers).update(person=None, **bookings)
    _compute(travellers, now, keys)
    return gone + shared.drop()


def _compute(travellers: Collection[int], now: datetime, keys: Keyring) -> None:
    """Compute the searchable columns of some travellers anew, from what is left of them."""
    rows = JourneyTraveller.objects.filter(pk__in=travellers).select_related("journey").order_by("journey", "pk")
    members = {row.pk: Member(row) for row in rows}
    for observation in Observation.objects.filter(traveller__in=travellers).order_by("said_at", "pk"):
        members[observation.traveller_id].hear(view_of(observation, keys), observation.said_at)
    for journey in {member.row.journey for member in members.values()}:
        refresh([member for member in members.values() if member.row.journey_id == journey.pk], journey, now)


def entries(as_of: datetime, limit: int) -> list[int]:
    """The entries that their lists dropped, or whose review date passed, so long ago that they go: by number."""
    before = clocks.before(Data.LIST, as_of)
    ended = Q(review_on__lt=clocks.local_day(before) - timedelta(days=1))
    dropped = WatchlistVersion.objects.filter(imported_at__lt=before).values("watchlist").annotate(number=Max("number"))
    for watchlist, number in dropped.values_list("watchlist", "number"):
        ended |= Q(watchlist=watchlist, version_to__lte=number)
    return list(WatchlistEntry.objects.filter(ended).order_by("pk").values_list("pk", flat=True)[:limit])


def purge_entries(numbers: Sequence[int]) -> Counter[str]:
    """Delete entries of lists; those that no version has dropped, whose review date passed, are counted out first."""
    rows = WatchlistEntry.objects.filter(pk__in=numbers)
    count_out(rows.filter(version_to=None))
    return _delete(rows)


@dataclass(frozen=True, slots=True)
class Aged:
    """Rows whose clock has run out, whoever they are of. `emptied` are columns that go while the row stays."""

    rows: QuerySet[Any]
    emptied: Mapping[str, Any] = field(default_factory=dict)

    def purge(self, limit: int) -> Counter[str]:
        """Purge the first of them. Databases do not limit changes, so they are asked for by number."""
        numbers = list(self.rows.order_by("pk").values_list("pk", flat=True)[:limit])
        some = self.rows.model.objects.filter(pk__in=numbers)
        if not self.emptied:
            return _delete(some)
        label = self.rows.model._meta.label  # noqa: SLF001 - Django's public API
        return Counter({f"{label}.{next(iter(self.emptied))}": some.update(**self.emptied)} if numbers else {})


def aged(as_of: datetime) -> Iterator[Aged]:
    """What goes by age alone, in this order: each is purged until none is left before the next is looked at."""
    yield Aged(
        Delivery.objects.filter(sealed_until__lte=as_of), {"sealed": None, "wrapped_key": None, "sealed_until": None}
    )
    copies = ReceivedMessage.objects.filter(received_at__lt=clocks.before(Data.RAW, as_of), redacted__isnull=False)
    yield Aged(copies, {"redacted": None, "wrapped_key": None, "key_id": ""})
    # Messages in which nobody is named any more, and deliveries without any, read or not: with references and names of
    # files. What still waits to be read after its time could only bring back whom nobody may know any more.
    old = {"received_at__lt": clocks.before(Data.MESSAGE, as_of)}
    yield Aged(ReceivedMessage.objects.filter(~Exists(Observation.objects.filter(message=OuterRef("pk"))), **old))
    yield Aged(Delivery.objects.filter(messages=None, **old))
    yield Aged(WaitingVersion.objects.filter(lapses_at__lte=as_of))
    told = InteractiveAnswer.objects.filter(request__answered_at__lt=clocks.before(Data.EVENT, as_of))
    yield Aged(told.exclude(traveller_key=None), {"traveller_key": None})
    over = clocks.before(Data.LIST, as_of)
    yield Aged(Order.objects.filter(Q(valid_until__lt=clocks.local_day(over)) | Q(withdrawn_at__lt=over)))
    over = clocks.before(Data.PROOF, as_of)
    yield Aged(ClearingProof.objects.filter(Q(valid_until__lt=clocks.local_day(over)) | Q(revoked_at__lt=over)))
    written = clocks.before(Data.AUDIT_TEXT, as_of)
    yield Aged(AuditText.objects.filter(entry__at__lt=written))
    yield Aged(CarrierOutage.objects.filter(declared_at__lt=written).exclude(reason=""), {"reason": ""})
    yield Aged(Event.objects.filter(at__lt=clocks.before(Data.EVENT, as_of)))
    yield Aged(Session.objects.filter(expire_date__lt=as_of))
    for model in (AccessAttempt, AccessFailureLog, AccessLog):
        yield Aged(model.objects.filter(attempt_time__lt=clocks.before(Data.ATTEMPT, as_of)))


def _delete(rows: QuerySet[Any]) -> Counter[str]:
    return Counter({label: count for label, count in rows.delete()[1].items() if count})
