"""The window for senders: a receipt after the commit, not a byte read from whoever has no right, and no flood."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from torogoz.domain.audit import AuditEvent
from torogoz.flow import senders
from torogoz.flow.parse import load
from torogoz.flow.senders import Scope
from torogoz.storage import floods, queue
from torogoz.storage.models import AuditEntry, Delivery
from torogoz.web.bounds import Message, bounded
from torogoz.web.limits import Rate, look, take
from torogoz.web.lockout import counted_as
from torogoz.web.pages import intake

pytestmark = pytest.mark.django_db

SCOPE = Scope(("X1",))


def ask(body: bytes, token: str, address: str = "192.0.2.7") -> object:
    return Client(enforce_csrf_checks=True, REMOTE_ADDR=address).post(
        "/intake", body, content_type="application/edifact", headers={"Authorization": f"Bearer {token}"}
    )


def post(body: bytes, token: str, address: str = "192.0.2.7") -> tuple[int, dict[str, object]]:
    answer = ask(body, token, address)
    return answer.status_code, answer.json()  # type: ignore[attr-defined]


@pytest.fixture
def token() -> str:
    return senders.enrol("X1", SCOPE, timezone.now() - timedelta(days=1))


def test_an_enrolled_sender_gets_the_receipt_of_a_sealed_delivery(token: str) -> None:
    """LR-03: one window."""
    status, answer = post(b"UNB+UNOA:4", token)
    delivery = Delivery.objects.get()
    assert (status, answer) == (201, {"delivery": delivery.pk})
    assert (delivery.source, delivery.name, delivery.status) == ("https", "X1", "sealed")
    assert delivery.sender
    assert delivery.sender.name == "X1"


@pytest.mark.parametrize("wrong", ["", "wrong", "é" * 50, "x" * 5000])
def test_a_wrong_token_is_refused_in_the_same_words_and_leaves_an_entry(token: str, wrong: str) -> None:
    status, answer = post(b"UNB", wrong.encode().decode("latin-1"))
    assert status == 401
    assert answer["blame"] == "refused"
    assert answer["remedy"]
    assert not Delivery.objects.exists()
    assert AuditEntry.objects.filter(event=AuditEvent.SENDER_REFUSED).count() == 1


def test_a_token_that_was_revoked_has_ended_or_comes_from_elsewhere_is_refused_like_one_that_never_was(
    token: str, now: datetime
) -> None:
    senders.revoke("X1", timezone.now())
    ended = senders.enrol("X2", SCOPE, now - timedelta(days=900), ends_at=now - timedelta(days=800))
    elsewhere = senders.enrol("X3", Scope(("X1",), ("203.0.113.0/24",)), now - timedelta(days=900))
    answers = [post(b"UNB", each) for each in (token, ended, elsewhere, "never")]
    assert answers == [answers[0]] * 4
    assert answers[0][0] == 401
    assert post(b"UNB", elsewhere, "203.0.113.9")[0] == 201


def test_the_window_answers_to_post_only_and_to_no_signed_in_cookie(now: datetime) -> None:
    assert Client().get("/intake").status_code == 405
    assert Client().post("/intake", b"UNB", content_type="text/plain").status_code == 401


def test_a_delivery_that_is_too_large_is_refused_whole(token: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("torogoz.flow.receive.LARGEST", 3)
    assert post(b"UNB+", token)[0] == 413
    assert not Delivery.objects.exists()


def test_after_a_few_wrong_tokens_an_address_waits_and_says_how_long_even_with_a_right_one(token: str) -> None:
    few = intake.WRONG_TOKENS.at_once
    assert [post(b"UNB", f"wrong{number}")[0] for number in range(few + 3)] == [401] * few + [429] * 3
    answer = ask(b"UNB", token)
    assert answer.status_code == 429  # type: ignore[attr-defined]
    assert 0 < int(answer.headers["Retry-After"]) <= 30  # type: ignore[attr-defined]
    assert post(b"UNB", token, "192.0.2.8")[0] == 201, "another address does not wait"
    assert AuditEntry.objects.filter(event=AuditEvent.SENDER_REFUSED).count() == few


def test_while_too_much_waits_senders_are_told_when_to_come_again_and_nothing_is_kept(
    token: str, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue, "MOST_WAITING", 1)
    assert post(b"UNB+", token)[0] == 201
    answer = Client().post("/intake", b"UNB+", content_type="text/plain", headers={"Authorization": f"Bearer {token}"})
    assert (answer.status_code, answer.json()["blame"]) == (503, "unavailable")
    assert int(answer.headers["Retry-After"]) > 0
    assert Delivery.objects.count() == 1
    load(Delivery.objects.get().pk, now)
    assert post(b"UNB+", token)[0] == 201


def test_who_has_no_right_is_not_told_of_a_backlog(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue, "MOST_BYTES", 0)
    assert post(b"UNB+", "wrong")[0] == 401


def test_a_sender_that_floods_waits_and_others_do_not(token: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "BY_SENDER", Rate("test.sender", per_second=0.01, at_once=2))
    other = senders.enrol("X2", SCOPE, timezone.now())
    assert [post(b"UNB", token, f"192.0.2.{number}")[0] for number in (1, 2, 3)] == [201, 201, 429]
    assert post(b"UNB", other)[0] == 201


def test_an_address_that_floods_waits_whatever_tokens_it_has(token: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "BY_ADDRESS", Rate("test.address", per_second=0.01, at_once=2))
    other = senders.enrol("X2", SCOPE, timezone.now())
    assert [post(b"UNB", each)[0] for each in (token, other, token, other)] == [201, 201, 429, 429]
    assert Delivery.objects.count() == 2


def test_a_rate_lets_so_many_at_once_then_so_many_a_second_and_looking_counts_nothing() -> None:
    rate = Rate("test", per_second=2, at_once=3)
    assert [take(rate, "a", 100.0) for _ in range(4)] == [0, 0, 0, 0.5]
    assert look(rate, "a", 100.0) == look(rate, "a", 100.0) == 0.5
    assert take(rate, "b", 100.0) == 0, "another client"
    assert [take(rate, "a", at) for at in (100.5, 100.5, 101.0)] == [0, 0.5, 0]
    assert [take(rate, "a", 200.0) for _ in range(4)] == [0, 0, 0, 0.5], "rest saves up no more than at once"


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2:ffff::", "2001:db8:1:2::"),
        ("fe80::1%eth0", "fe80::"),
        ("", "::"),
        ("unix:", "::"),
    ],
)
def test_a_client_is_counted_as_the_network_that_one_subscriber_has(address: str, counted: str) -> None:
    assert counted_as(address) == counted


def test_entries_that_strangers_cause_fill_no_disk_and_none_is_lost_from_the_count(now: datetime) -> None:
    """LR-50: refused senders are recorded; a flood of them is recorded by its number."""
    for _ in range(floods.MOST + 500):
        floods.record_bounded(AuditEvent.SENDER_REFUSED, now)
    entries = AuditEntry.objects.filter(event=AuditEvent.SENDER_REFUSED)
    assert entries.count() == floods.MOST
    floods.record_bounded(AuditEvent.SENDER_REFUSED, now + timedelta(seconds=floods.WHILE))
    floods.record_bounded(AuditEvent.SENDER_REFUSED, now + timedelta(seconds=floods.WHILE))
    assert [entry.counts for entry in entries.order_by("-pk")[:2]] == [{}, {"unwritten": 500}]


def test_a_body_without_end_is_cut_off_before_it_is_kept() -> None:
    sent: list[Message] = []
    taken = 0

    async def endless() -> Message:
        return {"type": "http.request", "body": b"x" * 100, "more_body": True}

    async def send(message: Message) -> None:
        sent.append(message)

    async def greedy(scope: Message, receive: object, send: object) -> None:
        nonlocal taken
        while (message := await receive())["type"] == "http.request":  # type: ignore[operator]
            taken += len(message["body"])

    async def run() -> None:
        await bounded(greedy, 1000)({"type": "http"}, endless, send)

    asyncio.run(run())
    assert taken == 1000
    assert sent[0]["status"] == 413


def test_what_is_no_request_passes_through() -> None:
    seen = []

    async def application(scope: Message, receive: object, send: object) -> None:
        seen.append(scope["type"])

    async def run() -> None:
        await bounded(application)({"type": "lifespan"}, None, None)  # type: ignore[arg-type]

    asyncio.run(run())
    assert seen == ["lifespan"]
