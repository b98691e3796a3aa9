"""The window for senders: a receipt after the commit, and not a byte read from whoever has no right."""

from __future__ import annotations

import asyncio
from datetime import datetime

import pytest
from django.test import Client

from torogoz.errors import AuthorError
from torogoz.flow import senders
from torogoz.flow.parse import load
from torogoz.storage import queue
from torogoz.storage.models import AuditEntry, Delivery, Sender
from torogoz.web.bounds import Message, bounded

pytestmark = pytest.mark.django_db


def post(body: bytes, token: str) -> tuple[int, dict[str, object]]:
    answer = Client(enforce_csrf_checks=True).post(
        "/intake", body, content_type="application/edifact", headers={"Authorization": f"Bearer {token}"}
    )
    return answer.status_code, answer.json()


def test_an_enrolled_sender_gets_the_receipt_of_a_sealed_delivery(now: datetime) -> None:
    token = senders.enrol("X1", now)
    status, answer = post(b"UNB+UNOA:4", token)
    delivery = Delivery.objects.get()
    assert (status, answer) == (201, {"delivery": delivery.pk})
    assert (delivery.source, delivery.name, delivery.status) == ("https", "X1", "sealed")


@pytest.mark.parametrize("token", ["", "wrong", "é" * 50, "x" * 5000])
def test_a_wrong_token_is_refused_in_the_same_words_and_leaves_an_entry(now: datetime, token: str) -> None:
    senders.enrol("X1", now)
    status, answer = post(b"UNB", token.encode().decode("latin-1"))
    assert status == 401
    assert answer["blame"] == "refused"
    assert answer["remedy"]
    assert not Delivery.objects.exists()
    assert AuditEntry.objects.filter(event="sender.refused").count() == 1


def test_a_revoked_token_opens_nothing_from_that_moment(now: datetime) -> None:
    token = senders.enrol("X1", now)
    senders.revoke("X1", now)
    assert post(b"UNB", token)[0] == 401
    assert senders.enrolled() == (("X1", now, now),)


def test_only_a_digest_of_the_token_is_kept(now: datetime) -> None:
    token = senders.enrol("X1", now)
    assert token not in str(Sender.objects.values_list())


def test_the_window_answers_to_post_only_and_to_no_signed_in_cookie(now: datetime) -> None:
    assert Client().get("/intake").status_code == 405
    assert Client().post("/intake", b"UNB", content_type="text/plain").status_code == 401


def test_a_delivery_that_is_too_large_is_refused_whole(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("torogoz.flow.receive.LARGEST", 3)
    assert post(b"UNB+", senders.enrol("X1", now))[0] == 413
    assert not Delivery.objects.exists()


def test_while_too_much_waits_senders_are_told_when_to_come_again_and_nothing_is_kept(
    now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = senders.enrol("X1", now)
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


@pytest.mark.parametrize("name", ["", " X1", "a" * 81, "X\n1"])
def test_a_sender_needs_a_usable_name(now: datetime, name: str) -> None:
    with pytest.raises(AuthorError):
        senders.enrol(name, now)


def test_a_name_is_enrolled_once_and_revoked_once(now: datetime) -> None:
    senders.enrol("X1", now)
    with pytest.raises(AuthorError):
        senders.enrol("X1", now)
    senders.revoke("X1", now)
    with pytest.raises(AuthorError):
        senders.revoke("X1", now)


def test_a_body_without_end_is_cut_off_before_it_is_kept() -> None:
    sent: list[Message] = []
    taken = 0

    async def endless() -> Message:
        return {"type": "http.request", "body": b"x" * 100, "more_body": True}

    async def send(message: Message) -> None:
        sent.append(message)

    async def greedy(scope: Message, receive: object, send: object) -> None:
        nonlocal taken
        while True:
            taken += len((await receive())["body"])  # type: ignore[operator]

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
