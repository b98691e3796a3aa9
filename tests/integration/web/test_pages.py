"""What the pages of the queue, flights, search, messages, health and the audit promise beyond their doors."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.test import Client
from django.utils import timezone, translation

from tests.integration.conftest import People
from tests.integration.review import world
from tests.serving import clean_environment
from torogoz.cli.verify_audit import verify
from torogoz.domain.audit import AuditEvent
from torogoz.domain.log_event import LogEvent
from torogoz.domain.purpose import Purpose
from torogoz.errors import AuthorError, RefusedError, SenderError, UnavailableError
from torogoz.flow.export_audit import keys
from torogoz.flow.parse import load
from torogoz.flow.receive import receive
from torogoz.storage import queue
from torogoz.storage.access.guard import who_is
from torogoz.storage.audit import record
from torogoz.storage.home import Home
from torogoz.storage.models import AuditEntry, Booking, Delivery, Journey
from torogoz.web.logs import JsonLine
from torogoz.web.middleware.blame import Blame
from torogoz.web.templatetags.torogoz import duration_text

Browse = Callable[..., Client]


@pytest.fixture
def analyst(people: People, browse: Browse) -> Client:
    return browse(people.analyst, Purpose.SERIOUS_CRIME)


@pytest.fixture
def officer(people: People, browse: Browse) -> Client:
    return browse(people.data_protection)


def test_the_queue_shows_each_hit_with_its_links_and_says_why_it_is_empty(analyst: Client) -> None:
    empty = analyst.get("/queue").content.decode()
    assert "No undecided hit is open to you" in empty
    case = world.case(gravity=1)
    page = analyst.get("/queue").content.decode()
    for link in (f"/traveller/{case.traveller.pk}", f"/hit/{case.hit.pk}/decide", f"/flights/{case.journey.pk}"):
        assert link in page
    assert "Nothing waits here" in analyst.get("/queue?gravity=3").content.decode()
    assert "EJEMPLO PRUEBA" in analyst.get("/queue?gravity=1&mine=").content.decode()
    assert "EJEMPLO PRUEBA" in analyst.get("/queue?gravity=nonsense").content.decode()


def test_a_very_likely_hit_says_so_in_words(analyst: Client) -> None:
    case = world.case(probability=0.6)
    assert "Urgent:" not in analyst.get("/queue").content.decode()
    world.case(probability=0.97)
    assert "Urgent: very likely the person" in analyst.get("/queue").content.decode()
    assert "Urgent:" not in analyst.get(f"/traveller/{case.traveller.pk}").content.decode()


def test_the_live_parts_are_the_tables_alone(analyst: Client) -> None:
    flight = world.case().journey
    # The board shows the hours around the moment at which it is looked at.
    leaves = timezone.now() + timedelta(hours=1)
    Journey.objects.update(departure_at=leaves, arrival_at=leaves + timedelta(hours=5))
    for path in ("/queue/table", "/flights/table"):
        page = analyst.get(path).content.decode()
        assert "<html" not in page
        assert flight.designator in page


def test_a_flight_whose_push_is_short_says_how_many_bookings_came_of_how_many(analyst: Client) -> None:
    flight = world.case().journey
    leaves = timezone.now() + timedelta(hours=1)
    Journey.objects.update(
        departure_at=leaves, arrival_at=leaves + timedelta(hours=5), last_pnr_at=timezone.now(), expected_bookings=2
    )
    Booking.objects.create(journey=flight, record_locator="AB12CD", last_message=world.message(flight, "PNRGOV"))
    for path in ("/flights/table", f"/flights/{flight.pk}"):
        page = analyst.get(path).content.decode()
        assert "PNR incomplete" in page
        assert "1 of 2 bookings" in page
    Journey.objects.update(expected_bookings=1)
    assert "of 1 booking" not in analyst.get("/flights/table").content.decode()


def test_what_is_searched_stands_in_no_address(analyst: Client) -> None:
    case = world.case()
    assert analyst.get("/search?by=name&text=EJEMPLO").content.decode().count("EJEMPLO PRUEBA") == 0
    found = analyst.post("/search", {"by": "name", "text": "EJEMPLO"})
    page = found.content.decode()
    assert f"/traveller/{case.traveller.pk}" in page
    assert "text=" not in page.replace('name="text"', "")
    assert AuditEntry.objects.filter(event=AuditEvent.SEARCHED).count() == 1


def test_a_search_that_cannot_be_is_answered_with_the_way_to_write_it(analyst: Client) -> None:
    for by, text, remedy in (
        ("name", "G", "two letters"),
        ("flight", "tomorrow", "XA570"),
        ("locator", "?", "locator"),
    ):
        response = analyst.post("/search", {"by": by, "text": text})
        assert response.status_code == 422
        assert remedy in response.content.decode()
    assert analyst.post("/search", {"by": "colour", "text": "blue"}).status_code == 422
    assert not AuditEntry.objects.filter(event=AuditEvent.SEARCHED).exists()
    nothing = analyst.post("/search", {"by": "name", "text": "NOBODY"})
    assert "Nobody and nothing fits" in nothing.content.decode()


def test_a_delivery_that_is_no_message_is_shown_explained_and_replayed(analyst: Client) -> None:
    now = timezone.now()
    delivery = receive(b"this is no message", source="spool", name="a.edi", now=now)
    load(delivery, now)
    page = analyst.get("/messages").content.decode()
    assert f"/deliveries/{delivery}/replay" in page
    message = Delivery.objects.get(pk=delivery).messages.get()
    assert "No message of those that are read is found" in analyst.get(f"/messages/{message.pk}").content.decode()
    again = analyst.post(f"/deliveries/{delivery}/replay", follow=True)
    assert "was refused this time too" in again.content.decode()
    Delivery.objects.filter(pk=delivery).update(sealed=None, wrapped_key=None)
    gone = analyst.post(f"/deliveries/{delivery}/replay", follow=True)
    assert "can no longer be replayed" in gone.content.decode()


def test_an_administrator_replays_what_failed_and_is_shown_nothing_of_what_it_holds(
    people: People, browse: Browse
) -> None:
    now = timezone.now()
    delivery = receive(b"ZYXWOFICTICIA QUIMERINA", source="spool", name="QUIMERINA.edi", now=now)
    load(delivery, now)
    administrator = browse(people.administrator)
    message = Delivery.objects.get(pk=delivery).messages.get()
    pages = [administrator.get(path) for path in ("/messages", f"/messages/{message.pk}")]
    assert all(f"/deliveries/{delivery}/replay" in page.content.decode() for page in pages)
    pages.append(administrator.post(f"/deliveries/{delivery}/replay", follow=True))
    assert "was refused this time too" in pages[-1].content.decode()
    assert not any("QUIMERINA" in page.content.decode() for page in pages)


def test_the_filters_of_messages_and_of_the_audit_bear_any_nonsense(analyst: Client, officer: Client) -> None:
    world.case()
    for path in ("/messages?status=x&carrier=%00&type=" + "9" * 999, "/messages?before=" + "9" * 40):
        assert analyst.get(path).status_code == 200
    for query in ("event=x", "since=never&until=9999-12-31", "object_id=-1", "object_id=" + "9" * 40, "before=x"):
        assert officer.get("/audit?" + query).status_code == 200


def test_the_page_gives_the_signed_export_that_the_public_verifier_takes(
    people: People, officer: Client, heads: Path
) -> None:
    record(AuditEvent.HIT_RAISED, timezone.now(), object_type="hit", object_id=7)
    response: Any = officer.get("/audit/export?event=hit.raised&since=2020-01-01")
    assert response["Content-Disposition"].startswith("attachment")

    async def collected() -> bytes:
        return b"".join([part async for part in response.streaming_content])

    lines = async_to_sync(collected)().splitlines(keepends=True)
    assert verify(keys(), lines).startswith("whole: entries 1 to 3 of CENTRO")
    last = [json.loads(each) for each in lines if each.startswith(b'{"n":')][-1]
    assert (last["event"], last["account"]) == ("exported", people.data_protection.pk)
    assert officer.get("/audit/export?since=nonsense").status_code == 200


def test_a_sealed_text_is_opened_with_a_reason_on_a_page_of_its_own(
    people: People, officer: Client, now: datetime
) -> None:
    entry = record(AuditEvent.SEARCHED, now, who=who_is(people.analyst), text="name: GARCIA")
    assert "GARCIA" not in officer.get("/audit").content.decode()
    assert "GARCIA" not in officer.get(f"/audit/{entry.pk}/text").content.decode()
    short = officer.post(f"/audit/{entry.pk}/text/open", {"reason": "why not"})
    assert (short.status_code, b"GARCIA" in short.content) == (422, False)
    sensitive = officer.post(f"/audit/{entry.pk}/text/open", {"reason": "complaint of a Catholic traveller"})
    assert sensitive.status_code == 422
    assert "Write it without that" in sensitive.content.decode()
    opened = officer.post(f"/audit/{entry.pk}/text/open", {"reason": "complaint 12 of this year"})
    assert "name: GARCIA" in opened.content.decode()
    assert officer.post("/audit/4711/text/open", {"reason": "complaint 12 of this year"}).status_code == 403


def test_the_health_page_says_what_to_do_about_what_does_not_run(people: People, browse: Browse) -> None:
    (Home.current().path / "worker-alive").unlink(missing_ok=True)
    row = world.message(world.journey(), "PAXLST")
    Delivery.objects.filter(pk=row.delivery_id).update(received_at=timezone.now() - timedelta(hours=1))
    queue.enqueue(row.delivery)
    page = browse(people.administrator).get("/health").content.decode()
    assert "torogoz worker" in page
    assert "see whether the worker works" in page
    assert "files wait in the spool" not in page


def test_the_health_page_says_that_nothing_more_is_received(
    people: People, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue.enqueue(world.message(world.journey(), "PAXLST").delivery)
    monkeypatch.setattr(queue, "MOST_BYTES", 1)
    assert "files wait in the spool" in browse(people.administrator).get("/health").content.decode()


@pytest.mark.parametrize(
    ("error", "status", "word"),
    [
        (RefusedError("no"), 403, "This was not done"),
        (UnavailableError("no"), 503, "Nothing is lost"),
        (AuthorError("no"), 422, "Correct it"),
        (SenderError("no"), 422, "Correct it"),
    ],
)
def test_an_error_with_somebody_to_blame_is_a_page_that_says_what_helps(
    people: People, browse: Browse, error: Exception, status: int, word: str
) -> None:
    request = browse(people.supervisor).get("/health").wsgi_request
    response = Blame(lambda _: None).process_exception(request, error)  # type: ignore[arg-type,return-value]
    assert response is not None
    assert response.status_code == status
    assert word in response.content.decode()  # type: ignore[attr-defined]


def test_a_failure_of_ours_shows_no_trace_and_its_text_reaches_no_log(
    people: People, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ValueError("GARCIA LOPEZ")

    monkeypatch.setattr("torogoz.web.pages.health.read_health", fail)
    client = browse(people.supervisor)
    client.raise_request_exception = False
    response = client.get("/health")
    assert response.status_code == 500
    page = response.content.decode()
    assert "GARCIA" not in page
    assert "Traceback" not in page
    assert "Falló el sistema" in page
    assert "The system failed" in page


def test_a_log_line_names_the_place_and_never_what_was_in_hand() -> None:
    with pytest.raises(ValueError, match="GARCIA") as failure:
        int("GARCIA LOPEZ")
    raised = (failure.type, failure.value, failure.tb)
    record_of = logging.LogRecord("django.request", logging.ERROR, "x", 1, "at %s", ("GARCIA",), raised)
    line = json.loads(JsonLine().format(record_of))
    assert (line["error"], line["level"]) == ("ValueError", "error")
    assert line["place"].startswith("test_pages.py:")
    assert "GARCIA" not in json.dumps(line)
    assert line["event"] == "page.failed"


def test_what_a_library_says_is_told_without_its_text() -> None:
    for logger, event in (("some.library", "library.message"), ("django.security.Host", "request.refused")):
        plain = logging.LogRecord(logger, logging.WARNING, "x", 1, "met %s", ("GARCIA",), None)
        vars(plain).update(status="GARCIA")
        line = JsonLine().format(plain)
        assert (json.loads(line)["event"], json.loads(line)["logger"]) == (event, logger)
        assert "GARCIA" not in line


def test_a_log_line_says_what_kind_of_trouble_it_was_and_nothing_else_that_came_with_it() -> None:
    told = logging.LogRecord("torogoz.worker", logging.ERROR, "x", 1, LogEvent.SCREENING_FAILED, (), None)
    vars(told).update(kind="KeyError", journey=7, traveller="GARCIA")
    line = json.loads(JsonLine().format(told))
    assert (line["event"], line["kind"], line["journey"]) == ("screening.failed", "KeyError", 7)
    assert "GARCIA" not in json.dumps(line)


def test_where_the_address_is_https_cookies_and_browsers_keep_to_it(tmp_path: Path) -> None:
    (tmp_path / "torogoz.toml").write_text('origin = "https://piu.example"\nrequire_second_factor = true\n')
    told = "from torogoz.web import settings as s; print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE,"
    told += " s.SECURE_HSTS_SECONDS > 0, 'piu.example' in s.ALLOWED_HOSTS, s.REQUIRE_SECOND_FACTOR, s.SECRET_KEY == '')"
    environment = clean_environment() | {"TOROGOZ_HOME": str(tmp_path)}
    said = subprocess.run([sys.executable, "-c", told], env=environment, check=True, capture_output=True, text=True)
    assert said.stdout.split() == ["True"] * 6


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(5, "in 5 min"), (125, "in 2 h 05 min"), (-47 * 60 - 59, "47 h 59 min ago"), (-48 * 60, "2 d 0 h ago")],
)
def test_a_countdown_says_minutes_hours_or_days(minutes: int, said: str) -> None:
    now = timezone.now()
    with translation.override("en"):
        assert duration_text(now + timedelta(minutes=minutes), now) == said
