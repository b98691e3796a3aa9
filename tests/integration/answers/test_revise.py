"""A person's decision changes an answer: the carrier is told until it has heard, or its doors have closed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.integration.answers.asking import BETO, NOW, OUT, ask, person, request, said
from tests.integration.answers.conftest import HOTLINE, Make, loaded
from torogoz.domain.audit import AuditEvent
from torogoz.domain.response import Level, Response
from torogoz.domain.staff import Who
from torogoz.flow import orders, senders
from torogoz.flow.compose import Arrival, take_in
from torogoz.flow.revise import TELL_AGAIN, revise, to_tell
from torogoz.flow.senders import Scope
from torogoz.messages.cusres import Reply, cusres_segments
from torogoz.messages.outgoing import CUSRES, Stamp, interchange
from torogoz.storage.models import AnswerRevision, AuditEntry, Event, Journey, Order, Sender

pytestmark = pytest.mark.django_db

WHY = "Passport is that of the order"


def acknowledge(
    code: str = "1Z", *, transaction: str = "T1", locator: str | None = "X7K2PQ", level: Level = Level.TRAVELLER
) -> bytes:
    reference = "0001" if locator else None
    reply = Reply("312", transaction, (), (Response(level, code, locator, reference),))
    return interchange(CUSRES, [cusres_segments(reply)], Stamp("X1", "PIU", NOW, "1"))


def test_a_confirmation_after_the_answer_is_told_with_the_number_and_the_case(make_order: Make, analyst: Who) -> None:
    ask(request(person(), BETO, route=OUT))
    assert to_tell(None, NOW) == b""
    orders.confirm(analyst, make_order(), loaded().pk, WHY, NOW)
    told = said(to_tell(None, NOW))
    case = Order.objects.get().case_reference
    assert (told.function, told.transaction_number) == ("132", "T1")
    assert told.responses == (
        Response(Level.TRAVELLER, "1Z", "X7K2PQ", "0001", f"DO NOT BOARD. CALL {HOTLINE} 24H. CASE {case}."),
    )
    [leg] = told.flights
    assert (str(leg.designator), leg.departure_airport, leg.arrival_airport) == ("X1570", "SAL", "LAX")
    assert AuditEntry.objects.filter(event=AuditEvent.ANSWER_REVISED).count() == 1


def test_it_is_told_again_until_it_is_heard(make_order: Make, analyst: Who) -> None:
    ask(request(person(), route=OUT))
    orders.confirm(analyst, make_order(), loaded().pk, WHY, NOW)
    first = to_tell(None, NOW)
    assert to_tell(None, NOW + TELL_AGAIN / 2) == b""
    again = to_tell(None, NOW + TELL_AGAIN)
    # Another interchange, under a reference that no answer and no earlier telling has.
    references = {each.rpartition(b"UNZ+1+")[2] for each in (first, again)}
    assert len(references) == 2
    assert all(each.startswith(b"R") for each in references)
    assert AnswerRevision.objects.get().times == 2
    # What does not name this request and traveller, or repeats another code, is not heard.
    for wrong in (acknowledge(transaction="T0"), acknowledge(locator="OTHER1"), acknowledge("0Z")):
        assert ask(wrong).body == b""
        assert AnswerRevision.objects.get().heard_at is None
    assert ask(acknowledge()).body == b""
    assert AnswerRevision.objects.get().heard_at == NOW
    assert to_tell(None, NOW + 4 * TELL_AGAIN) == b""
    assert AuditEntry.objects.get(event=AuditEvent.ANSWER_HEARD).counts == {"refused": 0}


def test_when_the_order_ends_the_carrier_is_told_that_they_may_board(
    make_order: Make, analyst: Who, supervisor: Who
) -> None:
    ask(request(person(), route=OUT))
    order = make_order()
    orders.confirm(analyst, order, loaded().pk, WHY, NOW)
    assert said(to_tell(None, NOW)).responses[0].code == "1Z"
    orders.withdraw(supervisor, order, "The court lifted it", NOW)
    assert said(to_tell(None, NOW)).responses[0].code == "0Z"
    # The carrier's late word about the first revision is not taken for one about the second.
    ask(acknowledge("1Z"))
    assert AnswerRevision.objects.filter(heard_at=None, ended_at=None).count() == 1


def test_an_order_that_lapsed_at_midnight_is_not_told_any_more(make_order: Make, analyst: Who) -> None:
    ask(request(person(), route=OUT))
    orders.confirm(analyst, make_order(), loaded().pk, WHY, NOW)
    Order.objects.update(valid_until=NOW.date() - timedelta(days=1))
    assert [each.code for each in said(to_tell(None, NOW)).responses] == ["0Z"]


def test_a_later_request_that_was_answered_by_the_order_needs_no_revision(make_order: Make, analyst: Who) -> None:
    ask(request(person(), route=OUT))
    orders.confirm(analyst, make_order(), loaded().pk, WHY, NOW)
    ask(request(person(), route=OUT, transaction="T2", time="1900"), NOW + timedelta(minutes=5))
    revise(NOW)
    assert AnswerRevision.objects.count() == 1
    assert AnswerRevision.objects.get().code == "1Z"


@pytest.mark.parametrize("later", [{"locator": "OTHER1", "reference": "0099"}, {"reference": ""}, {"locator": ""}])
def test_a_revision_calls_the_traveller_what_its_own_request_did_whatever_a_later_list_calls_them(
    make_order: Make, analyst: Who, later: dict[str, str]
) -> None:
    ask(request(person(), BETO, route=OUT))
    list_ = request(person(**later), BETO, route=OUT, transaction="", time="1900")
    take_in([Arrival("a.edi", list_)], source="test", now=NOW + timedelta(minutes=1))
    orders.confirm(analyst, make_order(), loaded().pk, WHY, NOW)
    told = said(to_tell(None, NOW))
    assert told.transaction_number == "T1"
    assert [(each.code, each.record_locator, each.reference) for each in told.responses] == [("1Z", "X7K2PQ", "0001")]
    ask(acknowledge())
    assert AnswerRevision.objects.get().heard_at == NOW


def test_a_request_without_references_is_revised_by_those_that_the_carrier_told_elsewhere(
    make_order: Make, analyst: Who
) -> None:
    ask(request(person(locator="", reference=""), route=OUT))
    take_in([Arrival("a.edi", request(person(), route=OUT, transaction="", time="1900"))], source="test", now=NOW)
    orders.confirm(analyst, make_order(), loaded().pk, WHY, NOW)
    told = said(to_tell(None, NOW)).responses
    assert [(each.code, each.record_locator, each.reference) for each in told] == [("1Z", "X7K2PQ", "0001")]


def test_nobody_is_told_of_a_traveller_about_whom_nobody_asked(make_order: Make, analyst: Who) -> None:
    take_in([Arrival("a.edi", request(person(), route=OUT))], source="test", now=NOW)
    orders.confirm(analyst, make_order(), loaded().pk, WHY, NOW)
    assert to_tell(None, NOW) == b""


def test_once_the_doors_have_closed_nothing_is_told_and_the_supervisors_learn_what_was_not_heard(
    make_order: Make, analyst: Who
) -> None:
    ask(request(person(), route=OUT))
    order = make_order()
    orders.confirm(analyst, order, loaded().pk, WHY, NOW)
    departure = Journey.objects.get().departure_at
    assert departure
    late = departure - timedelta(minutes=14)
    assert to_tell(None, late) == b""
    assert AnswerRevision.objects.get().ended_at == late
    assert AuditEntry.objects.filter(event=AuditEvent.ANSWER_UNHEARD).count() == 1
    assert Event.objects.filter(kind=AuditEvent.ANSWER_UNHEARD).count() == 1
    revise(late)
    assert AuditEntry.objects.filter(event=AuditEvent.ANSWER_UNHEARD).count() == 1


@pytest.mark.parametrize(("level", "locator"), [(Level.MESSAGE, None), (Level.TRAVELLER, "X7K2PQ")])
def test_a_carrier_that_knows_neither_flight_nor_traveller_is_told_no_more(
    make_order: Make, analyst: Who, level: Level, locator: str | None
) -> None:
    ask(request(person(), route=OUT))
    orders.confirm(analyst, make_order(), loaded().pk, WHY, NOW)
    ask(acknowledge("118", level=level, locator=locator))
    row = AnswerRevision.objects.get()
    assert (row.refused, row.ended_at) == (True, NOW)
    assert AuditEntry.objects.get(event=AuditEvent.ANSWER_HEARD).counts == {"refused": 1}
    assert AuditEntry.objects.filter(event=AuditEvent.ANSWER_UNHEARD).count() == 1


def test_a_sender_hears_over_https_what_is_its_own_and_nobody_elses(make_order: Make, analyst: Who) -> None:
    early = timezone.now() - timedelta(days=1)
    own, other = senders.enrol("X1", Scope(("X1",)), early), senders.enrol("X2", Scope(("X2",)), early)
    sender = Sender.objects.get(name="X1")
    # The flight must lie ahead of the real clock, which the door goes by.
    day = (timezone.now() + timedelta(days=2)).strftime("%y%m%d")
    ask(request(person(), route=OUT, leaves=f"{day}0900", lands=f"{day}1500"), timezone.now(), sender.pk)
    order = make_order(valid_until=(timezone.now() + timedelta(days=9)).date())
    orders.confirm(analyst, order, loaded().pk, WHY, timezone.now())

    def get(token: str) -> tuple[int, bytes]:
        found = Client().get("/interactive", headers={"Authorization": f"Bearer {token}"})
        return found.status_code, found.content

    assert get("wrong")[0] == 401
    assert get(other) == (204, b"")
    status, body = get(own)
    assert (status, said(body).responses[0].code) == (200, "1Z")
    for token, heard in ((other, False), (own, True)):
        found = Client().post(
            "/interactive", acknowledge(), "application/edifact", headers={"Authorization": f"Bearer {token}"}
        )
        assert found.status_code == 204
        assert bool(AnswerRevision.objects.get().heard_at) is heard
