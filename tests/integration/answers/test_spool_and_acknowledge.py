"""A request file gives an answer file beside it; and a sender is told what was found in its deliveries."""

from __future__ import annotations

import json
import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from tests.integration.answers.asking import NOW, OUT, ask, person, request, said
from tests.integration.answers.conftest import Make, load, loaded
from tests.integration.answers.test_revise import acknowledge
from torogoz.domain.answer import FALL_BACK
from torogoz.domain.audit import AuditEvent
from torogoz.domain.purpose import Purpose
from torogoz.domain.staff import Who
from torogoz.errors import AuthorError, RefusedError
from torogoz.flow import answer, answer_spool, orders, senders
from torogoz.flow.acknowledge import acknowledgement
from torogoz.flow.agree import agree_to_tell
from torogoz.flow.answer_spool import Desk
from torogoz.flow.ask import ask_bookings
from torogoz.flow.receive import receive
from torogoz.flow.senders import Scope
from torogoz.flow.spool import Rounds
from torogoz.messages import read
from torogoz.storage.access.guard import NotThereError
from torogoz.storage.audit import open_text
from torogoz.storage.models import AnswerRevision, AuditEntry, AuditText, Delivery, Sender
from torogoz.storage.spool import Spool

pytestmark = pytest.mark.django_db


def _away(*_: object, **__: object) -> None:
    """The database is not there."""
    raise OperationalError


def _closed(_: Path) -> None:
    """The folder is not ours to change."""
    raise PermissionError


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_request_file_gives_an_answer_beside_it_and_goes(tmp_path: Path) -> None:
    (tmp_path / "a.edi").write_bytes(request(person()))
    (tmp_path / "b.edi.tmp").write_bytes(request(person()))
    assert Desk(tmp_path).sweep(timezone.now()) == 1
    assert names(tmp_path) == ["a.edi.cusres", "b.edi.tmp"]
    assert said((tmp_path / "a.edi.cusres").read_bytes()).responses[0].code == "0Z"
    assert Delivery.objects.get().name == "a.edi"
    assert Desk(tmp_path).sweep(timezone.now()) == 0


def test_a_file_that_is_still_being_written_is_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "a.edi"
    path.write_bytes(request(person())[:-20])
    assert Desk(tmp_path).sweep(timezone.now()) == 0
    old = timezone.now().timestamp() - 1
    os.utime(path, (old, old))
    assert Desk(tmp_path).sweep(timezone.now()) == 1


def test_a_file_that_is_no_request_says_why_beside_it(tmp_path: Path) -> None:
    (tmp_path / "a.edi").write_bytes(b"x" * answer.LARGEST + b"UNZ+1+1'")
    Desk(tmp_path).sweep(timezone.now())
    assert names(tmp_path) == ["a.edi.refused"]
    assert "256 KiB" in (tmp_path / "a.edi.refused").read_text()


def test_what_could_not_be_received_is_answered_by_the_fall_back_and_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answer, "receive", _away)
    (tmp_path / "a.edi").write_bytes(request(person()))
    Desk(tmp_path).sweep(timezone.now())
    assert names(tmp_path) == ["a.edi.again", "a.edi.cusres"]
    assert said((tmp_path / "a.edi.cusres").read_bytes()).responses[0].text == FALL_BACK.text


def test_what_could_not_be_received_is_read_once_it_can_be_and_is_not_answered_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    desk = Desk(tmp_path)
    with monkeypatch.context() as gone:
        gone.setattr(answer, "receive", _away)
        gone.setattr(answer_spool, "receive", _away)
        (tmp_path / "a.edi").write_bytes(request(person()))
        desk.sweep(timezone.now())
        (tmp_path / "a.edi.cusres").unlink()  # whoever asked fetched it
        desk.sweep(timezone.now() + timedelta(seconds=1))
    assert names(tmp_path) == ["a.edi.again"]
    assert not Delivery.objects.exists()
    with monkeypatch.context() as held:
        held.setattr(Path, "unlink", _closed)
        for seconds in (2, 3):
            desk.sweep(timezone.now() + timedelta(seconds=seconds))
    assert [each.getMessage() for each in caplog.records].count("receipt.unwritable") == 1
    desk.sweep(timezone.now() + timedelta(seconds=4))
    assert names(tmp_path) == []
    assert Delivery.objects.get().name == "a.edi"
    assert loaded().surname == "EJEMPLO PRUEBA"


def test_an_answer_that_nobody_fetches_goes_with_what_could_not_be_read(tmp_path: Path) -> None:
    (tmp_path / "a.edi").write_bytes(request(person()))
    desk = Desk(tmp_path)
    desk.sweep(timezone.now())
    (tmp_path / "b.edi.refused").write_text("too large")
    (tmp_path / "huge.again").write_bytes(b"x" * (answer.LARGEST + 1))
    desk.sweep(timezone.now() + timedelta(hours=71))
    assert names(tmp_path) == ["a.edi.cusres", "b.edi.refused", "huge.again"]
    desk.sweep(timezone.now() + timedelta(hours=73))
    assert names(tmp_path) == ["huge.again"], "what is no request of ours stays: nobody knows whose it is"


def test_what_changed_since_stands_in_the_folder_until_it_is_heard(
    tmp_path: Path, make_order: Make, analyst: Who
) -> None:
    ask(request(person(), route=OUT))
    orders.confirm(analyst, make_order(), loaded().pk, "Passport is that of the order", NOW)
    Desk(tmp_path).sweep(NOW)
    [name] = names(tmp_path)
    assert name.startswith("revision-")
    assert said((tmp_path / name).read_bytes()).responses[0].code == "1Z"
    (tmp_path / "heard.edi").write_bytes(acknowledge())
    os.utime(tmp_path / "heard.edi", (NOW.timestamp(), NOW.timestamp()))
    Desk(tmp_path).sweep(NOW)
    assert AnswerRevision.objects.get().heard_at == NOW
    assert names(tmp_path) == [name]


def test_a_database_that_is_away_ends_neither_the_answers_by_files_nor_those_after_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    desk = Desk(tmp_path)
    with monkeypatch.context() as gone:
        gone.setattr(answer, "receive", _away)
        gone.setattr(answer_spool, "to_tell", _away)
        (tmp_path / "a.edi").write_bytes(request(person()))
        assert desk.sweep(timezone.now()) == 1
        assert desk.sweep(timezone.now()) == 0
    assert said((tmp_path / "a.edi.cusres").read_bytes()).responses[0].text == FALL_BACK.text
    assert [each.getMessage() for each in caplog.records].count("round.failed") == 1, "told once, not in each sweep"
    (tmp_path / "b.edi").write_bytes(request(person()))
    assert desk.sweep(timezone.now()) == 1
    assert said((tmp_path / "b.edi.cusres").read_bytes()).responses[0].text != FALL_BACK.text


def test_a_request_that_may_not_be_read_or_answered_keeps_none_of_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    for name in ("a.edi", "b.edi", "c.edi"):
        (tmp_path / name).write_bytes(request(person()))
    (tmp_path / "b.edi.cusres").mkdir()  # nothing can be written there
    plain, desk = Path.open, Desk(tmp_path)

    def closed(path: Path, *how: Any, **more: Any) -> Any:
        if path.name == "a.edi":
            raise PermissionError
        return plain(path, *how, **more)

    with monkeypatch.context() as shut:
        shut.setattr(Path, "open", closed)
        assert desk.sweep(timezone.now()) == 2
        assert desk.sweep(timezone.now()) == 0
    assert {"a.edi", "b.edi", "c.edi.cusres"} <= set(names(tmp_path))
    assert "c.edi" not in names(tmp_path)
    assert sorted(each.getMessage() for each in caplog.records) == ["file.unreadable", "receipt.unwritable"]
    (tmp_path / "b.edi.cusres").rmdir()
    assert desk.sweep(timezone.now()) == 1, "the one that may be read now; the other one's answer is only written"
    assert names(tmp_path) == ["a.edi.cusres", "b.edi.cusres", "c.edi.cusres"]
    assert Delivery.objects.count() == 3


def test_a_request_that_may_not_be_removed_is_answered_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "unlink", _closed)
    (tmp_path / "a.edi").write_bytes(request(person()))
    desk = Desk(tmp_path)
    assert desk.sweep(timezone.now()) == 1
    (tmp_path / "a.edi.cusres").rename(tmp_path / "fetched.cusres")
    assert desk.sweep(timezone.now()) == 0
    assert names(tmp_path) == ["a.edi", "fetched.cusres"]
    assert Delivery.objects.count() == 1


@pytest.fixture
def sender() -> tuple[int, str]:
    token = senders.enrol("X1", Scope(("X1",)), timezone.now() - timedelta(days=1))
    return Sender.objects.get().pk, token


def brought(data: bytes, sender: int) -> int:
    number = receive(data, source="https", name="X1", now=NOW, sender=sender)
    load()
    return number


@pytest.mark.parametrize(("way", "kind"), [("contrl", "CONTRL"), ("ackres", "ACKRES")])
def test_a_sender_is_told_what_was_found_in_its_delivery_as_was_agreed(
    sender: tuple[int, str], way: str, kind: str
) -> None:
    pk, token = sender
    agree_to_tell("X1", NOW, acknowledge=way)
    number = brought(request(person(born="999999")), pk)
    found = Client().get(f"/intake/{number}", headers={"Authorization": f"Bearer {token}"})
    assert (found.status_code, found.headers["Content-Type"]) == (200, "application/EDIFACT")
    [message] = read(found.content)
    assert message.type == kind
    told = [each.error for each in message.reports] if kind == "CONTRL" else [each.code for each in message.responses]
    assert "12" in told
    assert AuditEntry.objects.filter(event=AuditEvent.CARRIER_AGREED).count() == 1


def test_each_carrier_of_one_sender_is_told_as_was_agreed_with_it() -> None:
    senders.enrol("Provider", Scope(("X1", "YB", "XC")), NOW)
    pk = Sender.objects.get().pk
    agree_to_tell("X1", NOW, acknowledge="contrl")
    agree_to_tell("YB", NOW, acknowledge="ackres")
    delivery = brought(b"".join(request(person(born="999999"), carrier=each) for each in ("X1", "YB", "XC")), pk)
    told = list(read(acknowledgement(pk, delivery)))
    assert [each.type for each in told] == ["CONTRL", "ACKRES"]
    assert [each.level for each in told[0].reports].count("message") == 1
    assert [str(each.designator) for each in told[1].flights] == ["YB570"]
    nobody = brought(b"no message at all", pk)
    assert acknowledgement(pk, nobody) == b"", "whose it is cannot be told, and they agreed to different things"
    agree_to_tell("YB", NOW, acknowledge="contrl")
    [message] = read(acknowledgement(pk, brought(b"nor is this", pk)))
    assert [(each.level, each.action) for each in message.reports] == [("interchange", "4")]


def test_each_interchange_of_a_delivery_is_acknowledged_by_itself(sender: tuple[int, str]) -> None:
    agree_to_tell("X1", NOW, acknowledge="contrl")
    two = request(person(born="999999")) + request(person()).replace(b"1800+9", b"1800+10").replace(b"1+9'", b"1+10'")
    told = list(read(acknowledgement(sender[0], brought(two, sender[0]))))
    assert [
        [(each.reference, each.action) for each in message.reports if each.level != "segment"] for message in told
    ] == [
        [("9", "8"), ("1", "7")],
        [("10", "8"), ("1", "7")],
    ]


def test_what_was_found_in_a_file_stands_beside_its_receipt_where_the_carrier_agreed(tmp_path: Path) -> None:
    agree_to_tell("X1", NOW, acknowledge="contrl")
    spool = Spool(tmp_path)
    spool.make()
    rounds = Rounds(spool)
    long = "a" * 255
    for name, data in (
        ("faulty", request(person(born="999999"))),
        ("others", request(person(), carrier="X2")),
        ("nobodys", b"no message"),
        (long, request(person())),
    ):
        (tmp_path / name).write_bytes(data)
        os.utime(tmp_path / name, (NOW.timestamp(), NOW.timestamp()))
    while rounds.next():
        pass
    faulty = json.loads((tmp_path / "done" / "faulty").read_text())["delivery"]
    last = json.loads((tmp_path / "done" / long).read_text())["delivery"]
    assert names(tmp_path / "acknowledged") == sorted([f"faulty.{faulty}", f"{long[:240]}.{last}"])
    [message] = read((tmp_path / "acknowledged" / f"faulty.{faulty}").read_bytes())
    assert (message.type, [each.error for each in message.reports]) == ("CONTRL", [None, None, "12"])
    assert "EJEMPLO" not in (tmp_path / "acknowledged" / f"faulty.{faulty}").read_text()


def test_an_acknowledgement_that_cannot_be_written_keeps_the_file_and_is_written_once_it_can_be(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    agree_to_tell("X1", NOW, acknowledge="contrl")
    spool = Spool(tmp_path)
    spool.make()
    rounds = Rounds(spool)
    in_the_way = tmp_path / "acknowledged" / ".acknowledgement.tmp"
    in_the_way.mkdir(parents=True)
    (tmp_path / "a.edi").write_bytes(request(person()))
    os.utime(tmp_path / "a.edi", (NOW.timestamp(), NOW.timestamp()))
    while rounds.next():
        pass
    assert (tmp_path / "a.edi").exists()
    assert "receipt.unwritable" in [each.getMessage() for each in caplog.records]
    in_the_way.rmdir()
    rounds.next()
    assert names(tmp_path / "done") == ["a.edi"]
    assert len(names(tmp_path / "acknowledged")) == 1
    assert Delivery.objects.count() == 1


def test_a_message_that_the_flow_refuses_is_rejected_in_the_acknowledgement(sender: tuple[int, str]) -> None:
    agree_to_tell("X1", NOW, acknowledge="contrl")
    number = brought(request(person(), carrier="X9"), sender[0])
    [message] = read(acknowledgement(sender[0], number))
    assert [(each.level, each.action, each.error) for each in message.reports] == [
        ("interchange", "4", None),
        ("message", "4", "14"),
    ]


def test_a_sender_with_whom_nothing_was_agreed_and_anothers_delivery_are_told_nothing(sender: tuple[int, str]) -> None:
    pk, token = sender
    number = brought(request(person()), pk)
    assert acknowledgement(pk, number) == b""
    with pytest.raises(RefusedError, match="no such delivery"):
        acknowledgement(pk, number + 1)
    get = Client().get
    assert get(f"/intake/{number}", headers={"Authorization": f"Bearer {token}"}).status_code == 204
    assert get(f"/intake/{number + 1}", headers={"Authorization": f"Bearer {token}"}).status_code == 404
    assert get(f"/intake/{number}", headers={"Authorization": "Bearer wrong"}).status_code == 401


def test_bookings_are_asked_for_with_a_purpose_that_reads_them_an_agreement_and_a_reason_and_it_is_logged(
    sender: tuple[int, str], people: Any, who: Any
) -> None:
    ask(request(person()))
    journey = loaded().journey
    analyst = who(people.analyst, Purpose.SERIOUS_CRIME)
    with pytest.raises(RefusedError, match="nothing is agreed"):
        ask_bookings(analyst, journey.pk, "The last push is a day old", NOW)
    agree_to_tell("X1", NOW, asked=True)
    with pytest.raises(RefusedError, match="reads no bookings"):
        ask_bookings(who(people.analyst, Purpose.BORDER_CONTROL), journey.pk, "The last push is a day old", NOW)
    with pytest.raises(AuthorError):
        ask_bookings(analyst, journey.pk, " ", NOW)
    for account in people.but("analyst", "supervisor", "partner"):
        with pytest.raises(NotThereError):
            ask_bookings(who(account, Purpose.SERIOUS_CRIME), journey.pk, "The last push is a day old", NOW)
    with pytest.raises(NotThereError):
        ask_bookings(analyst, journey.pk + 1, "The last push is a day old", NOW)
    assert not AuditEntry.objects.filter(event=AuditEvent.BOOKINGS_ASKED).exists()
    body = ask_bookings(analyst, journey.pk, "The last push is a day old", NOW)
    [message] = read(body)
    assert (message.type, str(message.flights[0].designator)) == ("GOVREQ", "X1570")
    entry = AuditEntry.objects.get(event=AuditEvent.BOOKINGS_ASKED)
    assert (entry.account_id, entry.purpose, entry.object_id) == (people.analyst.pk, "serious_crime", journey.pk)
    assert open_text(AuditText.objects.get(entry=entry)) == "The last push is a day old"
    assert b"day old" not in body
