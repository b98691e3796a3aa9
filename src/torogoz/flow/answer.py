"""Answer: a carrier asks whether somebody may board, and is told within the second.

Takes: a request (PAXLST of one to ten travellers, or their change, cancellation or the flight's close), and the time.
Gives: the answer (CUSRES 962), a code for each traveller; the request is sealed, and read into the picture after that.
Refuses: to let what a list or a rule found change an answer, to answer a request after a later one about the same
  traveller, and to keep anybody from boarding because we failed: then the agreed fall-back is given, and recorded.
Records: request.answered, request.fell_back, order.barred
Legal ground: LR-08 (a fall-back, recorded), LR-30 (nothing by automation alone), LR-73; domain/answer.py is the policy.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings
from django.db import transaction

from torogoz.domain import answer as policy
from torogoz.domain.answer import ASKS, FALL_BACK, FOR_SOMEBODY, MOST_TRAVELLERS, NOT_TAKEN, REJECTIONS, TAKEN, Asked
from torogoz.domain.audit import AuditEvent
from torogoz.domain.journey import FlightLeg
from torogoz.domain.log_event import LogEvent
from torogoz.domain.manifest import Message
from torogoz.domain.response import Level, Response
from torogoz.errors import SenderError
from torogoz.flow.assemble import INTERACTIVE
from torogoz.flow.receive import receive
from torogoz.flow.revise import hear
from torogoz.flow.senders import enrolled_as, foreign
from torogoz.links.travellers import Known, assign
from torogoz.messages import read
from torogoz.messages.cusres import ACKNOWLEDGEMENT, ANSWER, Reply, cusres_segments
from torogoz.messages.outgoing import CUSRES, Stamp, interchange
from torogoz.storage import flights
from torogoz.storage.audit import record
from torogoz.storage.fallbacks import note_fall_back
from torogoz.storage.keys import keyring
from torogoz.storage.models import InteractiveAnswer, InteractiveRequest
from torogoz.storage.orders import any_confirmed, circumstances, confirmed_on, digests_of, protected, told_of
from torogoz.storage.party import read_party
from torogoz.storage.together import Together
from torogoz.storage.transactions import of_one_request, waiting_at_most

#: Whom an answer goes to where what was sent does not say who sent it: UNB names a recipient always.
UNNAMED = "UNKNOWN"
#: A request of ten travellers is a hundredth of this.
LARGEST = 256 * 1024

log = logging.getLogger("torogoz.answer")


@dataclass(frozen=True, slots=True)
class Answered:
    """The bytes that go back; empty where nothing does.

    `fell_back` is whether they are the agreed fall-back, `received` whether the request is sealed and will be read.
    """

    body: bytes
    fell_back: bool = False
    received: bool = True


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What is answered to one message: of all of it, or an answer for each traveller."""

    because: str = ""
    answers: tuple[policy.Answer, ...] = ()

    @property
    def taken(self) -> bool:
        return self.because not in REJECTIONS


@dataclass(slots=True)
class _Request:
    """A request that waits: what it is, then the number of its delivery once it is durable, then its answer."""

    data: bytes
    name: str
    now: datetime
    sender: int | None
    until: float
    delivery: int | None = None
    messages: tuple[Message, ...] = ()
    answered: Answered | None = None


def answer(data: bytes, *, name: str, now: datetime, sender: int | None = None, until: float | None = None) -> Answered:
    """Answer a request. `until` is when the sender stops waiting, by the clock of `time.monotonic`.

    SenderError where it is larger than a request is. Whatever else fails, the fall-back is given and recorded.
    """
    if len(data) > LARGEST:
        raise SenderError("the request is larger than 256 KiB", remedy="send lists as a delivery, to /intake")
    until = time.monotonic() + settings.ANSWER_SECONDS if until is None else until
    request = _Request(data, name, now, sender, until)
    if _line.do(request, until) and request.answered:
        return request.answered
    log.error(LogEvent.ANSWER_FAILED, extra={"kind": "TimeoutError"})
    return fall_back(data, now, request.delivery)


def _answer_some(requests: list[_Request]) -> None:
    """Answer those who wait together; where that fails, each alone, so that none pays for another."""
    try:
        _seal_and_answer(requests)
    except Exception as problem:  # noqa: BLE001 - whatever it is, somebody stands at the gate
        if len(requests) > 1:
            for each in requests:
                _answer_some([each])
            return
        [request] = requests
        log.error(LogEvent.ANSWER_FAILED, extra={"kind": type(problem).__name__})  # noqa: TRY400 - a trace may hold data
        request.answered = fall_back(request.data, request.now, request.delivery)


def _seal_and_answer(requests: list[_Request]) -> None:
    """Seal what is not durable yet in one transaction, and answer in the next."""
    until = min(each.until for each in requests)
    unsealed = [each for each in requests if each.delivery is None]
    with waiting_at_most(until - time.monotonic()), transaction.atomic():
        of_one_request(until - time.monotonic())
        sealed = [
            receive(each.data, source=INTERACTIVE, name=each.name, now=each.now, sender=each.sender)
            for each in unsealed
        ]
    for each, delivery in zip(unsealed, sealed, strict=True):
        each.delivery = delivery
        each.messages = tuple(read(each.data, table=settings.SENSITIVE))
    with waiting_at_most(until - time.monotonic()), transaction.atomic():
        of_one_request(until - time.monotonic())
        answered = [_answer_one(each) for each in requests]
    for each, found in zip(requests, answered, strict=True):
        each.answered = found


def _answer_one(request: _Request) -> Answered:
    """Answer each message of a request, in the caller's transaction."""
    assert request.delivery  # noqa: S101 - sealed before
    messages, now = request.messages, request.now
    replies = []
    late = False
    for message in messages:
        if message.type == "CUSRES" and message.function == ACKNOWLEDGEMENT:
            continue
        outcome = _decide(message, request.sender, now)
        # Whoever asked has given up, and acted by the fall-back: that is then what was answered.
        late = time.monotonic() > request.until
        if late:
            outcome = _Outcome(answers=(FALL_BACK,) * len(message.travellers))
        _keep(message, outcome, request.delivery, request.sender, now, late=late)
        replies.append(_reply(message, outcome))
    hear(request.sender, messages, now)
    return Answered(_composed(replies, messages, request.delivery, now), late)


def fall_back(data: bytes, now: datetime, delivery: int | None = None) -> Answered:
    """What was agreed for our failures: everybody boards, and the text says that nobody was looked at (LR-08).

    It is recorded beside the database, which may be what failed, and comes into the audit from there.
    """
    messages = list(read(data, table=settings.SENSITIVE))
    replies = [
        _reply(each, _Outcome("" if each.readable else "not_read", (FALL_BACK,) * len(each.travellers)))
        for each in messages
    ]
    note_fall_back(now, delivery, sum(len(each.travellers) for each in messages))
    return Answered(_composed(replies, messages, delivery, now), fell_back=True, received=delivery is not None)


def _decide(message: Message, sender: int | None, now: datetime) -> _Outcome:
    """The policy, put to one message."""
    leg = flights.border_leg(message.flights)
    asks = ASKS.get(message.qualifier)
    for code, holds in (
        ("not_read", not message.readable),
        ("not_a_list", message.type != "PAXLST"),
        ("no_flight", leg is None),
        ("not_of_sender", foreign(enrolled_as(sender), message.flights)),
    ):
        if holds:
            return _Outcome(code)
    if asks is not None and asks not in FOR_SOMEBODY:
        return _Outcome()
    if not message.travellers:
        return _Outcome("nobody")
    if len(message.travellers) > MOST_TRAVELLERS:
        return _Outcome("too_many")
    assert leg  # noqa: S101 - asked above
    if _superseded(message, leg, now):
        return _Outcome("superseded")
    return _Outcome(answers=_answers(message, leg, now))


def _superseded(message: Message, leg: FlightLeg, now: datetime) -> bool:
    """Whether a later request about one of the travellers was answered: then this one releases nobody."""
    keys = keyring()
    asked = Asked(message.transaction_number, _said_at(message, now).timestamp())
    digests = {each: place for place, who in enumerate(message.travellers) for each in digests_of(leg, who, keys)}
    earlier: dict[int, list[Asked]] = {}
    rows = InteractiveAnswer.objects.filter(traveller_key__in=digests).order_by("pk")
    for key, number, said_at in rows.values_list("traveller_key", "request__transaction", "request__said_at"):
        earlier.setdefault(digests[key or ""], []).append(Asked(number, said_at.timestamp()))
    return any(policy.superseded(asked, each) for each in earlier.values())


def _answers(message: Message, leg: FlightLeg, now: datetime) -> tuple[policy.Answer, ...]:
    """An answer for each traveller. Only where an order is confirmed on the flight is anything looked up of them."""
    lacks = [policy.missing(each) for each in message.travellers]
    direction = flights.direction(leg)
    assert leg.departure_local  # noqa: S101 - border_leg gives placed legs only
    journey = flights.find(leg) if any_confirmed(leg.departure_local.date()) else None
    orders = confirmed_on(journey) if journey else {}
    known: dict[int, int] = {}
    party = {}
    if journey and orders:
        party = read_party(journey, keyring())
        seen = [Known(pk, tuple(view.traveller for view in each.views.values())) for pk, each in party.items()]
        known = {
            each.arriving_index: each.known_id for each in assign(seen, message.travellers) if each.known_id is not None
        }
    guarded = protected(known.values()) if known else set()
    found = []
    for place, traveller in enumerate(message.travellers):
        pk = known.get(place)
        views = [view.traveller for view in party[pk].views.values()] if pk is not None else []
        theirs = orders.get(pk, []) if pk is not None else []
        case = circumstances(
            direction,
            leg.departure_local,
            [traveller, *views],
            ever=told_of(pk, keyring()) if pk is not None and theirs else (),
            is_protected=pk in guarded,
            now=now,
        )
        found.append(policy.answer(lacks[place], theirs, case))
        for order in theirs:
            if {"minor", "protected"} & set(policy.bars(order, case)):
                record(AuditEvent.ORDER_BARRED, now, object_type="order_confirmation", object_id=order.confirmation)
    return tuple(found)


def _keep(message: Message, outcome: _Outcome, delivery: int, sender: int | None, now: datetime, *, late: bool) -> None:
    """Record what is answered."""
    request = InteractiveRequest.objects.create(
        delivery_id=delivery,
        number=message.number,
        sender_id=sender,
        transaction=message.transaction_number[:40],
        asks=ASKS.get(message.qualifier, policy.Asks.CHECK),
        said_at=_said_at(message, now),
        answered_at=now,
        taken=outcome.taken,
        because=outcome.because,
        fell_back=late,
    )
    keys = keyring()
    leg = flights.border_leg(message.flights)
    InteractiveAnswer.objects.bulk_create(
        InteractiveAnswer(
            request=request,
            place=place,
            traveller_key=digests_of(leg, message.travellers[place], keys)[0] if leg else None,
            index_version=keys.index.number,
            code=each.code,
            because=each.because,
            confirmation_id=each.confirmation,
        )
        for place, each in enumerate(outcome.answers)
    )
    event = AuditEvent.REQUEST_FELL_BACK if late else AuditEvent.REQUEST_ANSWERED
    counts = {"travellers": len(message.travellers)}
    record(event, now, object_type="delivery", object_id=delivery, counts=counts)


def _said_at(message: Message, now: datetime) -> datetime:
    """When the carrier prepared a request, never after it came."""
    return min(message.prepared_at.replace(tzinfo=UTC), now) if message.prepared_at else now


def _reply(message: Message, outcome: _Outcome) -> Reply:
    responses: tuple[Response, ...]
    if outcome.answers:
        responses = tuple(
            Response(Level.TRAVELLER, said.code, who.record_locator, who.reference, said.text)
            for who, said in zip(message.travellers, outcome.answers, strict=True)
        )
    elif outcome.taken:
        responses = (Response(Level.MESSAGE, TAKEN),)
    else:
        responses = (Response(Level.MESSAGE, NOT_TAKEN, text=REJECTIONS[outcome.because]),)
    return Reply(ANSWER, message.transaction_number or None, message.flights, responses)


def _composed(replies: Sequence[Reply], messages: Sequence[Message], delivery: int | None, now: datetime) -> bytes:
    if not replies:
        return b""
    # What could not be received has no number: the moment keeps one fall-back apart from the next.
    control = str(delivery) if delivery else f"F{now:%H%M%S%f}"
    stamp = Stamp(settings.OFFICE, messages[0].sender or UNNAMED, now, control)
    common = messages[0].common_reference or ""
    return interchange(CUSRES, [cusres_segments(each) for each in replies], stamp, common)


#: Whoever asks stands in this line; so many are answered at once.
_line = Together(_answer_some, most=16)
