"""Revise: where a person's decision changes an answer that was given, the carrier is told until it has heard.

Takes: the time; or a carrier that looks for what there is to hear, and what it says that it heard (CUSRES 312).
Gives: revisions (CUSRES 132), each given again after half a minute until it is heard or the doors have closed.
Refuses: to revise an answer for a flight whose doors have closed, and to take an acknowledgement of an older revision.
Records: answer.revised, answer.heard, answer.unheard
Legal ground: LR-08; LR-30 (only a person's order and confirmation, or their end, revises anything); domain/answer.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet

from torogoz.domain import answer as policy
from torogoz.domain.audit import AuditEvent
from torogoz.domain.journey import DOORS_CLOSE, Direction
from torogoz.domain.manifest import Message
from torogoz.domain.purpose import DataClass
from torogoz.domain.response import Level, Response
from torogoz.messages.cusres import ACKNOWLEDGEMENT, REVISION, Reply, cusres_segments
from torogoz.messages.outgoing import CUSRES, Stamp, interchange
from torogoz.storage import turns
from torogoz.storage.asked import last_answer, references
from torogoz.storage.audit import record
from torogoz.storage.evidence import latest_views
from torogoz.storage.flights import leg_of, local_time
from torogoz.storage.keys import keyring
from torogoz.storage.models import (
    AnswerRevision,
    Event,
    Journey,
    JourneyTraveller,
    OrderConfirmation,
)
from torogoz.storage.orders import circumstances, confirmed_for, protected, told_of

#: A revision that was told and not heard is told again after this time.
TELL_AGAIN = timedelta(seconds=30)
#: ERC of a 312: the carrier does not know the flight or the traveller.
UNKNOWN = "118"
#: So many are told at once.
MOST = 50


def revise(now: datetime) -> int:
    """Make a revision for everybody whose answer is no longer what the carrier was told; end what is past.

    Only those for whom an order was ever confirmed can be among them: a handful, whatever the number of travellers.
    """
    with transaction.atomic():
        turns.wait_for(turns.REVISION)
        _end(now)
        ever = OrderConfirmation.objects.values("traveller")
        rows = JourneyTraveller.objects.filter(pk__in=ever, masked_at=None).exclude(
            status=JourneyTraveller.Status.NOT_TRAVELLING
        )
        rows = rows.filter(journey__departure_at__gt=now + DOORS_CLOSE, journey__status=Journey.Status.OPEN)
        return sum(_revise(row, now) for row in rows.select_related("journey").order_by("pk"))


def _revise(row: JourneyTraveller, now: datetime) -> bool:
    """Compare what the carrier was told of a traveller with what it would be told now."""
    views = [view.traveller for view in latest_views(row, frozenset({DataClass.API}), keyring())]
    given = last_answer(row, keyring())
    if given is None:
        return False  # nobody asked: there is nothing to revise
    earlier = AnswerRevision.objects.filter(traveller=row, request__pk__gte=given.request_id).order_by("-pk").first()
    told = earlier.code if earlier else given.code
    departure = local_time(row.journey.departure_local)
    assert departure  # noqa: S101 - a journey is made from a placed leg or a schedule line
    guarded = bool(protected([row.pk]))
    direction = Direction(row.journey.direction)
    told_by_all = [view.traveller for view in latest_views(row, frozenset(DataClass), keyring())]
    ever = told_of(row.pk, keyring())
    case = circumstances(direction, departure, told_by_all, ever=ever, is_protected=guarded, now=now)
    wanted = policy.answer(policy.missing(views[0]), confirmed_for([row.pk]).get(row.pk, []), case)
    if wanted.code == told:
        return False
    AnswerRevision.objects.filter(traveller=row, ended_at=None).update(ended_at=now)
    made = AnswerRevision.objects.create(
        traveller=row,
        request=given.request,
        code=wanted.code,
        because=wanted.because,
        confirmation_id=wanted.confirmation,
        made_at=now,
    )
    record(AuditEvent.ANSWER_REVISED, now, object_type="revision", object_id=made.pk)
    return True


def _end(now: datetime) -> None:
    """Stop telling what can no longer help: the doors have closed. Supervisors learn of it."""
    closed = Q(traveller__journey__departure_at__lte=now + DOORS_CLOSE) | ~Q(
        traveller__journey__status=Journey.Status.OPEN
    )
    for row in AnswerRevision.objects.filter(closed, ended_at=None).select_related("traveller").order_by("pk"):
        row.ended_at = now
        row.save(update_fields=["ended_at"])
        _alarm(row, now)


def _alarm(row: AnswerRevision, now: datetime) -> None:
    record(AuditEvent.ANSWER_UNHEARD, now, object_type="revision", object_id=row.pk)
    Event.objects.create(at=now, kind=AuditEvent.ANSWER_UNHEARD, journey_id=row.traveller.journey_id)


def to_tell(sender: int | None, now: datetime) -> bytes:
    """What there is to hear for a sender, as one interchange; empty where there is nothing. It counts as told.

    Orders are looked at once more before: one may have ended at midnight.
    """
    revise(now)
    due = Q(told_at=None) | Q(told_at__lte=now - TELL_AGAIN)
    with transaction.atomic():
        rows = list(_standing(sender).filter(due).order_by("pk")[:MOST])
        for row in rows:
            row.told_at, row.times = now, row.times + 1
            row.save(update_fields=["told_at", "times"])
        return _composed(rows, now) if rows else b""


def hear(sender: int | None, messages: Iterable[Message], now: datetime) -> int:
    """Take the carrier's acknowledgements (312); give how many revisions it has heard.

    One counts for a revision whose request and traveller it names. An answer that it knows neither flight nor traveller
    ends the telling too, and supervisors learn of it.
    """
    heard = 0
    for message in messages:
        if message.type != "CUSRES" or message.function != ACKNOWLEDGEMENT:
            continue
        with transaction.atomic():
            for row in _standing(sender).filter(request__transaction=message.transaction_number).order_by("pk"):
                named = [each for each in message.responses if _names(each, row)]
                if not named:
                    continue
                row.refused = any(each.code == UNKNOWN for each in named)
                if not row.refused and all(each.code != row.code for each in named):
                    continue  # it repeats what was revised since
                row.heard_at, row.ended_at = now, now
                row.save(update_fields=["heard_at", "ended_at", "refused"])
                counts = {"refused": int(row.refused)}
                record(AuditEvent.ANSWER_HEARD, now, object_type="revision", object_id=row.pk, counts=counts)
                if row.refused:
                    _alarm(row, now)
                heard += 1
    return heard


def _names(response: Response, row: AnswerRevision) -> bool:
    """Whether a response is about the traveller of a revision; one about the whole message is, if it says unknown."""
    if response.level is Level.MESSAGE:
        return response.code == UNKNOWN
    return (response.record_locator or None, response.reference or None) == references(row, keyring())


def _standing(sender: int | None) -> QuerySet[AnswerRevision]:
    rows = AnswerRevision.objects.filter(ended_at=None, request__sender=sender, traveller__masked_at=None)
    # Nobody is kept from boarding by what names no confirmation any more.
    rows = rows.filter(Q(code__in=(policy.BOARD, policy.INSUFFICIENT)) | Q(confirmation__isnull=False))
    return rows.select_related("request", "confirmation__order", "traveller__journey")


def _composed(rows: Sequence[AnswerRevision], now: datetime) -> bytes:
    bodies = []
    for row in rows:
        text = _text(row)
        traveller = row.traveller
        locator, reference = references(row, keyring())
        about = Response(Level.TRAVELLER, row.code, locator, reference, text)
        reply = Reply(REVISION, row.request.transaction or None, (leg_of(traveller.journey),), (about,))
        bodies.append(cusres_segments(reply))
    # What is told again is another interchange: who takes each reference only once would not look into it.
    number = f"R{rows[0].pk}T{rows[0].times}"
    return interchange(CUSRES, bodies, Stamp(settings.OFFICE, rows[0].traveller.journey.carrier, now, number))


def _text(row: AnswerRevision) -> str:
    """The text that the policy gives for the code now."""
    if row.confirmation is None:
        return policy.TEXTS[row.code].replace(":", ".")
    return policy.told(policy.Effect(row.because), settings.HOTLINE, row.confirmation.order.case_reference)
