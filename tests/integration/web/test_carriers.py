"""The pages of carriers: what is agreed is written down there, outages are declared, and refusals say what helps."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.integration.conftest import People
from tests.integration.hostile.sent import PERSON, bring, paxlst
from torogoz.domain.purpose import Purpose
from torogoz.domain.route import EARLIEST, LATEST
from torogoz.storage.models import CarrierOutage, CarrierProfile, Delivery, ReceivedMessage

Browse = Callable[..., Client]
ODD = paxlst(PERSON.replace("DTM+36:300501", "DTM+36:300231"))


def shown(response: Any) -> str:
    return str(response.content.decode())


@pytest.fixture
def profile(people: People, browse: Browse) -> CarrierProfile:
    assert browse(people.supervisor).post("/carriers/add", {"carrier": "x1"}).status_code == 302
    return CarrierProfile.objects.get()


def test_a_carrier_that_sent_is_listed_and_an_agreement_with_it_begins_with_the_default(
    people: People, browse: Browse
) -> None:
    bring(ODD, now=timezone.now())
    client = browse(people.administrator)
    assert "nothing agreed" in shown(client.get("/carriers"))
    answer = client.post("/carriers/add", {"carrier": "X1"}, follow=True)
    assert "Agreement 1" in shown(answer)
    assert "<code>:+.? &#x27;</code> × 1" in shown(answer)
    assert "DATE_UNREADABLE" in shown(answer)
    assert "no carrier&#x27;s code" in shown(client.post("/carriers/add", {"carrier": "?"}, follow=True))


def test_the_form_writes_everything_down_and_shows_it_again(
    people: People, browse: Browse, profile: CarrierProfile
) -> None:
    client, path = browse(people.supervisor), f"/carriers/{profile.pk}"
    form = {
        "name": "Aerolínea de ejemplo",
        "may_send": ["api"],
        "strict": "1",
        "code": "DATE_UNREADABLE",
        "severity": "error",
        "route-from": ["sal", "", ""],
        "route-to": ["lax", "*", ""],
        "route-data": ["api", "api", "pnr"],
        "route-minutes": ["60", "30", ""],
        "transport": ["https", "type_b"],
        "contacts": "Guardia 24 h\r\n+503 2222 3333",
        "acknowledge": "ackres",
        "asked": "1",
    }
    assert client.post(path, form).status_code == 302
    profile.refresh_from_db()
    assert (profile.may_send, profile.strict, profile.severities) == (["api"], True, {"DATE_UNREADABLE": "error"})
    assert profile.expected == [["SAL", "LAX", "api", 60], ["", "", "api", 30]]
    assert (profile.transports, profile.contacts) == (["https", "type_b"], "Guardia 24 h\n+503 2222 3333")
    assert (profile.acknowledge, profile.asked) == ("ackres", True)
    page = shown(client.get(path))
    kept = (
        *('<option value="ackres" selected>', 'name="asked" value="1" checked'),
        *('value="https" checked', 'value="type_b" checked', 'value="api" checked', 'name="strict" value="1" checked'),
        *('<option value="error" selected>', 'name="route-from" value="SAL"', "Guardia 24 h", "Agreement 2"),
    )
    assert 'value="pnr" checked' not in page
    for told in kept:
        assert told in page
    assert client.post(path, form | {"code": "", "weight-DATE_UNREADABLE": ""}).status_code == 302
    profile.refresh_from_db()
    assert profile.severities == {}


def test_a_form_that_cannot_be_used_changes_nothing_and_says_why(
    people: People, browse: Browse, profile: CarrierProfile
) -> None:
    form = {
        "may_send": ["api"],
        "name": "Aerolínea de ejemplo",
        "route-from": ["SAL", "QQQ"],
        "route-to": ["LAX", "LAX"],
        "route-data": ["api", "api"],
        "route-minutes": ["60", "soon"],
        "routes": "SAL\tGUA\tPNR\t1440\nSAL\tQQQ\tAPI\t5",
    }
    answer = browse(people.supervisor).post(f"/carriers/{profile.pk}", form)
    assert answer.status_code == 422
    page = shown(answer)
    rows = page.split('name="route-from"')[1:]
    wrong = [number for number, row in enumerate(rows, 1) if f'<div class="problem" id="route-{number}">' in row]
    assert wrong == [2, 4], "beside each row, those that were pasted too"
    assert ("From: no such airport" in rows[1], "Minutes: write" in rows[1], "To: no such" in rows[1]) == (1, 1, 0)
    assert str(EARLIEST) in rows[1]
    assert str(LATEST) in rows[1]
    assert 'value="QQQ"' in rows[1]
    assert 'aria-invalid="true" aria-describedby="route-2"' in rows[1]
    assert 'value="Aerolínea de ejemplo"' in page, "what was written is not lost"
    profile.refresh_from_db()
    assert profile.version == 1


def test_lines_are_pasted_below_the_rows_and_a_row_that_is_ticked_goes(
    people: People, browse: Browse, profile: CarrierProfile
) -> None:
    client, path = browse(people.supervisor), f"/carriers/{profile.pk}"
    client.post(path, {"may_send": ["api", "pnr"], "routes": "SAL, LAX, API, 60\nsal;gua;pnr;1440\n* * API -30"})
    profile.refresh_from_db()
    assert profile.expected == [["SAL", "LAX", "api", 60], ["SAL", "GUA", "pnr", 1440], ["", "", "api", -30]]
    rows = {
        "route-from": ["SAL", "SAL", ""],
        "route-to": ["LAX", "GUA", ""],
        "route-data": ["api", "pnr", "api"],
        "route-minutes": ["60", "1440", "-30"],
        "route-gone": ["1"],
    }
    client.post(path, {"may_send": ["api", "pnr"]} | rows)
    profile.refresh_from_db()
    assert profile.expected == [["SAL", "LAX", "api", 60], ["", "", "api", -30]]


def test_an_outage_is_declared_and_ended_on_the_page(people: People, browse: Browse, profile: CarrierProfile) -> None:
    client, path = browse(people.supervisor), f"/carriers/{profile.pk}"
    answer = client.post(f"{path}/outage", {"reason": "The line is cut", "starts_at": "2026-11-22T10:30"}, follow=True)
    assert "The line is cut" in shown(answer)
    outage = CarrierOutage.objects.get()
    assert f"{outage.starts_at:%Y-%m-%dT%H:%M}" == "2026-11-22T16:30", "by the clock of the state"
    client.post(f"{path}/outage/{outage.pk}/end")
    outage.refresh_from_db()
    assert outage.ends_at is not None
    assert "not written as one" in shown(
        client.post(f"{path}/outage", {"reason": "Nothing works", "starts_at": "soon"}, follow=True)
    )


def test_the_desk_says_what_why_and_where_and_a_replay_after_a_change_reads_it(
    people: People, browse: Browse, profile: CarrierProfile
) -> None:
    client, path = browse(people.supervisor, Purpose.BORDER_CONTROL), f"/carriers/{profile.pk}"
    agreed = {"may_send": ["api"], "strict": "1", "code": "DATE_UNREADABLE", "severity": "error"}
    client.post(path, agreed)
    sent = b"QU SALPX1X\r\n.HDQ9XX1 221200\r\n" + ODD
    delivery = bring(sent).delivery
    Delivery.objects.update(sealed_until=timezone.now() + timedelta(hours=1))
    row = ReceivedMessage.objects.get()
    at = sent.index(b"DTM+36")
    desk = shown(client.get("/messages"))
    for told in ("What is agreed with the carrier takes no message", f"DTM, byte {at}", f'href="/messages/{row.pk}"'):
        assert told in desk
    places = shown(client.get(f"/messages/{row.pk}/places"))
    assert "<mark><code>DTM+36:300231</code></mark>" in places
    assert "ZYXWOFICTICIA" not in places
    assert "A telex brought it: origin HDQ9XX1, priority QU, day and time 221200." in places
    client.post(path, agreed | {"severity": "warning"})
    answer = client.post(f"/deliveries/{delivery.pk}/replay", follow=True)
    assert "1 message was read." in shown(answer)
    assert Delivery.objects.get().status == Delivery.Status.READ


def test_an_administrator_is_offered_no_text(people: People, browse: Browse) -> None:
    bring(ODD)
    row = ReceivedMessage.objects.get()
    client = browse(people.administrator)
    assert "/places" not in shown(client.get(f"/messages/{row.pk}"))
    assert client.get(f"/messages/{row.pk}/places").status_code == 403
