"""A carrier asks, and is answered: each traveller by the policy, the request sealed, and our failures recorded."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.integration.answers.asking import BETO, NOW, ask, codes, person, post, request, said
from torogoz.domain.answer import FALL_BACK, REJECTIONS
from torogoz.domain.audit import AuditEvent
from torogoz.domain.response import Level, Response
from torogoz.errors import SenderError
from torogoz.flow import answer as flow
from torogoz.flow import senders
from torogoz.flow.assemble import GATHER, LONGEST_GATHER
from torogoz.flow.compose import Worker, work
from torogoz.flow.senders import Scope
from torogoz.storage.models import AuditEntry, Delivery, InteractiveAnswer, InteractiveRequest, Journey, Sender

pytestmark = pytest.mark.django_db


@pytest.fixture
def token() -> str:
    return senders.enrol("X1", Scope(("X1",)), timezone.now() - timedelta(days=1))


def test_a_traveller_whose_data_are_whole_is_answered_board_over_https(token: str) -> None:
    status, body, headers = post(request(person()), token)
    assert (status, headers["Content-Type"]) == (200, "application/EDIFACT")
    message = said(body)
    assert (message.function, message.transaction_number, message.common_reference) == ("962", "T1", "C/1")
    assert message.responses == (Response(Level.TRAVELLER, "0Z", "X7K2PQ", "0001", "OK TO BOARD."),)
    [leg] = message.flights
    assert (str(leg.designator), leg.departure_airport, leg.arrival_airport) == ("X1570", "LAX", "SAL")


def test_the_request_is_sealed_and_read_into_the_picture_as_any_other(token: str) -> None:
    post(request(person(), BETO), token)
    delivery = Delivery.objects.get()
    assert (delivery.source, delivery.status, delivery.sender_id) == (
        "interactive",
        "sealed",
        Sender.objects.get().pk,
    )
    work(timezone.now(), Worker())
    journey = Journey.objects.get()
    assert journey.travellers.count() == 2
    # What a request counts is not the flight's total.
    assert journey.expected_travellers is None


def test_a_flight_that_is_asked_about_is_screened_once_for_all_who_were_named_within_a_moment() -> None:
    ask(request(person()))
    work(NOW, Worker())
    first = Journey.objects.get()
    assert (first.screened_at, first.screening_due_at) == (None, NOW + GATHER)
    ask(request(BETO, transaction="T2"), NOW + GATHER / 2)
    work(NOW + GATHER / 2, Worker())
    assert Journey.objects.get().screening_due_at == NOW + GATHER
    work(NOW + GATHER, Worker())
    assert Journey.objects.get().screened_at == NOW + GATHER


@pytest.mark.parametrize(("behind", "gathers"), [(1, GATHER), (8, timedelta(seconds=8)), (600, LONGEST_GATHER)])
def test_where_a_worker_is_behind_more_are_gathered_and_no_hit_waits_much_longer(
    behind: float, gathers: timedelta
) -> None:
    ask(request(person()))
    read = NOW + timedelta(seconds=behind)
    work(read, Worker())
    assert Journey.objects.get().screening_due_at == read + gathers


def test_an_answer_is_recorded_without_anything_of_the_traveller() -> None:
    ask(request(person(), BETO))
    row = InteractiveRequest.objects.get()
    assert (row.transaction, row.asks, row.taken, row.fell_back) == ("T1", "check", True, False)
    assert [(each.place, each.code, each.because) for each in row.answers.order_by("place")] == [
        (0, "0Z", "clear"),
        (1, "0Z", "clear"),
    ]
    assert "EJEMPLO" not in str(list(InteractiveAnswer.objects.values()))
    entry = AuditEntry.objects.get(event=AuditEvent.REQUEST_ANSWERED)
    assert (entry.object_type, entry.counts) == ("delivery", {"travellers": 2})


def test_each_traveller_has_an_answer_in_the_order_of_the_request_and_what_is_missing_is_named() -> None:
    answered = said(ask(request(person(), person("FICTICIO", "BETO", document="", born="", reference="0002"))).body)
    assert [(each.code, each.reference) for each in answered.responses] == [("0Z", "0001"), ("4Z", "0002")]
    assert answered.responses[1].text == "DATA MISSING: BIRTH DATE, DOCUMENT."


@pytest.mark.parametrize("qualifier", ["XR", "RP", "XF", "CF", "CL", "CLNB", "CLOB"])
def test_a_cancellation_a_change_of_the_flight_and_a_close_are_taken_as_a_whole(qualifier: str) -> None:
    answered = said(ask(request(*[person()] * 12, qualifier=qualifier)).body)
    assert answered.responses == (Response(Level.MESSAGE, "0"),)
    assert InteractiveRequest.objects.get().answers.count() == 0


def test_a_change_is_answered_for_each_traveller() -> None:
    assert codes(ask(request(person(), qualifier="CP"))) == ["0Z"]
    assert InteractiveRequest.objects.get().asks == "change"


@pytest.mark.parametrize(
    ("data", "because"),
    [
        (b"nothing that could be read", "not_read"),
        (request(person()).replace(b"PAXLST", b"PNRGOV"), "not_a_list"),
        (request(person()).replace(b"DTM+189", b"DTM+999"), "no_flight"),
        (request(), "nobody"),
        (request(*[person()] * 11), "too_many"),
        (request(person(), carrier="X9"), "not_of_sender"),
    ],
)
def test_what_cannot_be_answered_one_by_one_is_not_taken_and_says_why(data: bytes, because: str, token: str) -> None:
    status, body, _ = post(data, token)
    [response] = said(body).responses
    assert (status, response.level, response.code) == (200, Level.MESSAGE, "1")
    assert response.text == REJECTIONS[because]
    row = InteractiveRequest.objects.get()
    assert (row.taken, row.because) == (False, because)


def test_a_request_after_a_later_one_about_the_same_traveller_releases_nobody() -> None:
    assert codes(ask(request(person(document=""), transaction="T2", time="1810"))) == ["4Z"]
    late = ask(request(person(), transaction="T1", time="1800"))
    assert codes(late) == ["1"]
    assert InteractiveRequest.objects.get(transaction="T1").because == "superseded"
    # Another traveller of the same booking, and a later request, are answered.
    assert codes(ask(request(BETO, transaction="T0", time="1800"))) == ["0Z"]
    assert codes(ask(request(person(), transaction="T3", time="1811"))) == ["0Z"]


def test_a_request_that_is_sent_again_after_another_one_in_the_same_minute_releases_nobody() -> None:
    assert codes(ask(request(person(), transaction="T1"))) == ["0Z"]
    assert codes(ask(request(person(), transaction="T1"))) == ["0Z"]
    assert codes(ask(request(person(document=""), transaction="T2"))) == ["4Z"]
    assert codes(ask(request(person(), transaction="T1"))) == ["1"]


def test_travellers_without_the_carriers_references_are_known_again_by_name_birth_and_document() -> None:
    nameless = person(locator="", reference="", document="")
    assert codes(ask(request(nameless, transaction="T2", time="1810"))) == ["4Z"]
    assert codes(ask(request(nameless, transaction="T1", time="1800"))) == ["1"]


def test_a_wrong_token_is_told_nothing(token: str) -> None:
    status, _, _ = post(request(person()), "wrong")
    assert status == 401
    assert not InteractiveRequest.objects.exists()


def test_a_request_larger_than_any_is_refused_at_the_door(token: str) -> None:
    status, body, _ = post(b"x" * (flow.LARGEST + 1), token)
    assert (status, b"256 KiB" in body) == (413, True)
    with pytest.raises(SenderError):
        ask(b"x" * (flow.LARGEST + 1))


def test_an_answer_that_comes_too_late_is_the_fall_back_and_is_recorded_as_such(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # A server that is cut off after the millisecond that is left would, now and then, record nothing before the worker.
    monkeypatch.setattr(flow, "of_one_request", lambda _seconds: None)
    answered = flow.answer(request(person()), name="X1", now=NOW, until=0.0)
    assert answered.fell_back
    assert codes(answered) == ["0Z"]
    [response] = said(answered.body).responses
    assert response.text == FALL_BACK.text
    row = InteractiveRequest.objects.get()
    assert (row.fell_back, row.answers.get().because) == (True, "fall_back")
    assert AuditEntry.objects.filter(event=AuditEvent.REQUEST_FELL_BACK).count() == 1


def test_where_the_database_is_away_the_fall_back_goes_out_and_comes_into_the_audit_later(
    token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object, **__: object) -> None:
        raise OperationalError

    monkeypatch.setattr(flow, "receive", away)
    status, body, headers = post(request(person(), BETO), token)
    assert (status, headers["Retry-After"]) == (503, "30")
    assert [each.code for each in said(body).responses] == ["0Z", "0Z"]
    assert not AuditEntry.objects.filter(event=AuditEvent.REQUEST_FELL_BACK).exists()
    work(timezone.now(), Worker())
    entry = AuditEntry.objects.get(event=AuditEvent.REQUEST_FELL_BACK)
    assert entry.counts == {"travellers": 2}
    work(timezone.now(), Worker())
    assert AuditEntry.objects.filter(event=AuditEvent.REQUEST_FELL_BACK).count() == 1


def test_while_nobody_can_be_looked_up_whoever_was_let_in_before_has_the_fall_back_and_nobody_else(
    token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert post(request(person()), token)[0] == 200

    def away(*_: object) -> None:
        raise OperationalError

    with monkeypatch.context() as gone:
        gone.setattr(senders, "_open_tokens", away)
        status, body, headers = post(request(BETO), token)
        assert (status, headers["Retry-After"]) == (503, "30")
        [response] = said(body).responses
        assert (response.code, response.text) == ("0Z", FALL_BACK.text)
        for asked in (post(request(BETO), "x"), post(b"", "")):
            assert (asked[0], b"CUSRES" in asked[1], asked[2]["Retry-After"]) == (503, False, "30")
    work(timezone.now(), Worker())
    assert AuditEntry.objects.get(event=AuditEvent.REQUEST_FELL_BACK).counts == {"travellers": 1}
    senders.revoke("X1", timezone.now())
    assert post(request(BETO), token)[0] == 401
    with monkeypatch.context() as gone:
        gone.setattr(senders, "_open_tokens", away)
        assert b"CUSRES" not in post(request(BETO), token)[1], "a token that was refused since is a stranger's"


def test_where_the_policy_fails_the_request_stays_sealed_and_the_fall_back_names_its_delivery(
    token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flow, "_decide", lambda *_: 1 / 0)
    status, body, _ = post(request(person()), token)
    assert (status, [each.code for each in said(body).responses]) == (200, ["0Z"])
    assert Delivery.objects.count() == 1
    work(timezone.now(), Worker())
    assert AuditEntry.objects.get(event=AuditEvent.REQUEST_FELL_BACK).object_id == Delivery.objects.get().pk


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.binary(max_size=200)
    | st.builds(
        lambda people, qualifier, cut, junk: request(*people, qualifier=qualifier)[cut:] + junk,
        st.lists(st.sampled_from((person(), BETO, person(document="", born=""))), max_size=3),
        st.sampled_from(("", "CP", "XR", "CL", "??")),
        st.integers(0, 40) | st.just(0),
        st.binary(max_size=20),
    )
)
def test_for_no_input_whatever_is_anybody_kept_from_boarding_without_a_confirmed_order(db: None, data: bytes) -> None:
    InteractiveRequest.objects.all().delete()
    body = ask(data).body
    assert b"ERC+1Z" not in body
    assert b"ERC+2Z" not in body
    assert not InteractiveAnswer.objects.filter(code__in=("1Z", "2Z")).exists()


@pytest.mark.parametrize("data", [b"", b"no message", b"UNH+1+PAXLST:D:05B:UN:IATA'BGM+745'UNT+3+1'"])
def test_an_answer_to_what_does_not_say_who_sent_it_is_an_interchange_with_a_recipient(data: bytes) -> None:
    unb = ask(data).body.split(b"'")[1]
    assert unb.split(b"+")[2:4] == [b"PIU", b"UNKNOWN"]


def test_no_two_fall_backs_for_what_was_not_received_are_one_interchange() -> None:
    moments = (NOW, NOW + timedelta(microseconds=1))
    controls = {flow.fall_back(request(person()), each).body.rpartition(b"UNZ+1+")[2] for each in moments}
    work(timezone.now(), Worker())  # so that they are no other test's
    assert len(controls) == 2
    assert all(len(each.rstrip(b"'\r\n")) <= 14 for each in controls)
