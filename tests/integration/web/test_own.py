"""A carrier's own pages: its figures and findings, a finding contested, an outage, and a message that is only tried."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.integration.conftest import People
from tests.integration.hostile.sent import PERSON, PLANTED, bring, paxlst
from tests.integration.hostile.site import state
from torogoz.domain.carrier import Verdict
from torogoz.domain.purpose import Purpose
from torogoz.storage.models import AuditEntry, CarrierOutage, CarrierProfile, ContestedFinding, ReceivedMessage
from torogoz.web.pages.own import LONGEST_TRIED

Browse = Callable[..., Client]
ODD = paxlst(PERSON.replace("DTM+36:300501", "DTM+36:300231"))
REASON = "The day is in our calendar"


def shown(response: Any) -> str:
    return str(response.content.decode())


@pytest.fixture
def carrier(people: People, browse: Browse) -> Client:
    """The browser of a person of the carrier X1, which sends here."""
    people.carrier_person.carrier = "X1"
    people.carrier_person.save()
    return browse(people.carrier_person)


@pytest.fixture
def message(carrier: Client) -> ReceivedMessage:
    """A message of theirs with a finding, received today."""
    bring(ODD, now=timezone.now())
    return ReceivedMessage.objects.get()


def test_a_carriers_person_comes_to_their_figures_and_every_page_of_theirs_names_no_traveller(
    carrier: Client, message: ReceivedMessage
) -> None:
    first = carrier.get("/", follow=True)
    assert "<h1>X1" in shown(first)
    assert [entry.url for entry in first.context["navigation"].shown] == [
        *("/carrier", "/carrier/findings", "/carrier/sandbox", "/carrier/outages", "/carrier/manifests")
    ]
    for path in (
        "/carrier",
        "/carrier?days=84",
        "/carrier/findings",
        "/carrier/sandbox",
        "/carrier/outages",
        "/carrier/manifests",
    ):
        page = shown(carrier.get(path))
        for value in (*PLANTED, "300231", "W7ZQ9P"):
            assert value not in page, path


def test_findings_stand_with_receipt_segment_and_byte_and_those_of_others_do_not(
    carrier: Client, message: ReceivedMessage
) -> None:
    page = shown(carrier.get("/carrier/findings"))
    for told in (f"Receipt {message.delivery_id}", "DATE_UNREADABLE", "<div>DTM</div>", str(ODD.index(b"DTM+36"))):
        assert told in page
    ReceivedMessage.objects.update(carrier="YB")
    assert "Nothing was found" in shown(carrier.get("/carrier/findings"))
    assert carrier.post(f"/carrier/findings/{message.pk}/contest", {"place": 0, "reason": REASON}).status_code == 403
    assert carrier.get("/carrier/findings?before=1").status_code == 200


def test_a_finding_is_contested_and_answered_once_and_the_carrier_reads_the_answer(
    carrier: Client, message: ReceivedMessage, people: People, browse: Browse
) -> None:
    path = f"/carrier/findings/{message.pk}/contest"
    assert "too short" in shown(carrier.post(path, {"place": 0, "reason": "no"}, follow=True))
    assert carrier.post(path, {"place": 99, "reason": REASON}).status_code == 403
    assert carrier.post(path, {"place": "x", "reason": REASON}).status_code == 403
    assert "waits for the centre" in shown(carrier.post(path, {"place": 0, "reason": REASON}, follow=True))
    assert "contested already" in shown(carrier.post(path, {"place": 0, "reason": REASON}, follow=True))
    supervisor = browse(people.supervisor)
    row = ContestedFinding.objects.get()
    asked = shown(supervisor.get("/carriers/contested"))
    for told in (REASON, '<option value="right">', '<option value="stands">'):
        assert told in asked
    with_answer = {"verdict": "right", "answer": "You are right: we correct it"}
    supervisor.post(f"/carriers/contested/{row.pk}/answer", with_answer)
    assert "has its answer" in shown(supervisor.post(f"/carriers/contested/{row.pk}/answer", with_answer, follow=True))
    row.refresh_from_db()
    assert (row.verdict, row.answered_by) == (Verdict.RIGHT, people.supervisor)
    assert "You are right: we correct it" in shown(carrier.get("/carrier/findings"))
    assert browse(people.administrator).get("/carriers/contested").status_code == 403
    events = list(AuditEntry.objects.filter(event__startswith="finding.").values_list("event", flat=True))
    assert sorted(events) == ["finding.answered", "finding.contested"]


def test_an_outage_can_be_declared_once_something_is_agreed_and_ended(carrier: Client, people: People) -> None:
    assert "has not agreed" in shown(carrier.get("/carrier/outages"))
    assert carrier.post("/carrier/outages", {"reason": "The line is cut"}).status_code == 403
    CarrierProfile.objects.create(carrier="X1", may_send=["api", "pnr"], changed_at=timezone.now())
    assert "The line is cut" in shown(carrier.post("/carrier/outages", {"reason": "The line is cut"}, follow=True))
    outage = CarrierOutage.objects.get()
    CarrierOutage.objects.update(declared_by=people.supervisor)
    assert "the-supervisor" not in shown(carrier.get("/carrier/outages"))
    assert carrier.post(f"/carrier/outages/{outage.pk}/end").status_code == 302
    outage.refresh_from_db()
    assert outage.ends_at is not None


def test_a_message_that_is_tried_is_answered_and_nothing_of_it_is_stored_logged_or_shown(
    carrier: Client, caplog: pytest.LogCaptureFixture
) -> None:
    carrier.get("/carrier/sandbox")
    before = state()
    with caplog.at_level(logging.DEBUG):
        response = carrier.post("/carrier/sandbox", {"message": ODD.decode()})
    page = shown(response)
    for told in ("Would be read, with deviations", "DATE_UNREADABLE", f"1:{ODD.index(b'DTM+36') + 1}", "Surname"):
        assert told in page
    after = state()
    assert {name for name, each in before.items() if after[name] != each} <= {"Session"}
    assert not any(value in str(dict(carrier.session.items())) for value in PLANTED)
    for value in (*PLANTED, "300231"):
        assert value not in page
        assert value not in caplog.text
    assert response.headers["Cache-Control"] == "no-store"


def test_the_sandbox_asks_nothing_of_what_is_stored(carrier: Client, people: People, browse: Browse) -> None:
    """Whatever is agreed, listed or received: the same bytes have the same answer, with the same questions asked."""
    carrier.get("/carrier/sandbox")

    def answer() -> tuple[str, list[str]]:
        with CaptureQueriesContext(connection) as asked:
            page = shown(carrier.post("/carrier/sandbox", {"message": ODD.decode()}))
        sent = [each["sql"] for each in asked]
        return page[page.index("tried-1") :], [each for each in sent if re.search(r"storage_(?!account|agency)", each)]

    first, asked = answer()
    assert asked == []
    browse(people.supervisor).post("/carriers/add", {"carrier": "X1"})
    CarrierProfile.objects.update(strict=True, severities={"DATE_UNREADABLE": "error"})
    bring(ODD)
    assert answer() == (first, [])


def test_the_pasted_text_is_bounded_and_what_is_no_message_says_so(carrier: Client) -> None:
    answer = carrier.post("/carrier/sandbox", {"message": "x" * (LONGEST_TRIED + 1)})
    assert answer.status_code == 422
    assert "longer than" in shown(answer)
    assert "Would not be read" in shown(carrier.post("/carrier/sandbox", {"message": "ñ no message \x00"}))
    assert "tried-1" not in shown(carrier.post("/carrier/sandbox", {"message": "  "}))


def test_nobody_of_the_centre_opens_a_carriers_own_pages(people: People, browse: Browse) -> None:
    for account in people.but("carrier_person"):
        for path in ("/carrier", "/carrier/findings", "/carrier/sandbox", "/carrier/outages", "/carrier/manifests"):
            assert browse(account, Purpose.SERIOUS_CRIME).get(path).status_code == 403
