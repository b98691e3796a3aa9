"""The pages on which a name and entries are tried: what they ask, what they answer, and how often."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests.integration.conftest import People
from tests.integration.review import world
from tests.invented import REVIEW_ON
from torogoz.domain.audit import AuditEvent
from torogoz.domain.purpose import DataClass, Purpose
from torogoz.flow import trial as trials
from torogoz.flow.watchlists import import_list
from torogoz.storage.models import AuditEntry, Hit, Journey, Watchlist
from torogoz.web.limits import Rate
from torogoz.web.pages import trial, try_name

Browse = Callable[..., Client]

HEADER = "id,names,birth_date,nationality,sex,document_numbers,owner,legal_basis,purpose,grade,review_on"
LINE = f"W-1,EJEMPLO PRUEBA ANA,1988-02-29,SLV,F,A01234567,CENTRO,Ley,border_control,B2,{REVIEW_ON}"
REASON = "A case of these tests"


@pytest.fixture
def prueba(people: People) -> Watchlist:
    """A list of one entry."""
    import_list(None, "prueba", [f"{HEADER}\n{LINE}".encode()], timezone.now())
    return Watchlist.objects.get()


@pytest.fixture
def analyst(people: People, browse: Browse) -> Client:
    return browse(people.analyst, Purpose.BORDER_CONTROL)


def ana_will_travel() -> None:
    flight = world.journey()
    leaves = timezone.now() + timedelta(hours=1)
    Journey.objects.filter(pk=flight.pk).update(departure_at=leaves, arrival_at=leaves + timedelta(hours=5))
    world.traveller(flight, (DataClass.API, world.message(flight, "PAXLST"), world.ANA, None))


def test_a_name_is_asked_in_the_body_and_answered_with_evidence_and_the_entry(
    prueba: Watchlist, analyst: Client
) -> None:
    asked = {
        "surname": "Ejemplo Prueba",
        "given_names": "Ana",
        "birth_date": "1988-02",
        "nationality": "slv",
        "sex": "F",
        "document": "A0123-4567",
        "reason": REASON,
    }
    page = analyst.post("/watchlists/try", asked).content.decode()
    assert "1 entry may be meant" in page
    assert f'href="/watchlists/{prueba.pk}/entries/{prueba.entries.get().pk}"' in page
    assert "&gt; 99 %" in page
    assert "Would stand in the queue" in page
    assert "same document number: …567" in page
    assert "<dt>Lists compared</dt><dd>1</dd>" in page
    assert "same nationality: SLV" in page
    assert "same nationality: SLV" in analyst.post("/watchlists/try", asked | {"nationality": "sv"}).content.decode()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"surname": ""}, "Write a name or a document number."),
        ({"birth_date": "29/2/1988"}, "Write it as 1988, 1988-02 or 1988-02-29."),
        ({"nationality": "12"}, "Write the state&#x27;s letters, as SLV."),
        ({"reason": ""}, "Name the case: ten letters at least."),
        ({"reason": "short"}, "Name the case: ten letters at least."),
    ],
)
def test_what_cannot_be_tried_says_how_to_write_it(changed: dict[str, str], said: str, analyst: Client) -> None:
    page = analyst.post("/watchlists/try", {"surname": "EJEMPLO", "reason": REASON} | changed)
    assert page.status_code == 422
    assert said in page.content.decode()
    assert not AuditEntry.objects.filter(event=AuditEvent.TRIED_NAME).exists()


def test_an_empty_answer_says_what_helps(prueba: Watchlist, people: People, browse: Browse, analyst: Client) -> None:
    nobody = {"surname": "NADIE CONOCIDO", "reason": REASON}
    assert "No entry comes near this name." in analyst.post("/watchlists/try", nobody).content.decode()
    elsewhere = browse(people.partner, Purpose.BORDER_CONTROL)
    assert "No list is open to you" in elsewhere.post("/watchlists/try", nobody).content.decode()
    nothing = analyst.post("/watchlists/try", {"surname": "?!", "reason": REASON}).content.decode()
    assert "The name has no letter that is compared" in nothing


def test_names_are_tried_so_often_and_no_more(
    prueba: Watchlist, analyst: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(try_name, "TRIES", Rate("try.name", per_second=1 / 3600, at_once=2))
    asked = {"surname": "EJEMPLO", "reason": REASON}
    assert [analyst.post("/watchlists/try", asked).status_code for _ in range(3)] == [200, 200, 429]


def test_one_entry_is_tried_by_its_fields_and_many_by_a_file(prueba: Watchlist, analyst: Client) -> None:
    ana_will_travel()
    address = f"/watchlists/{prueba.pk}/trial"
    assert "What would they hit?" in analyst.get(address).content.decode()
    form = {"purpose": "border_control", "reason": REASON}
    page = analyst.post(address, form | {"names": "EJEMPLO PRUEBA ANA SINTETICA", "birth_date": "1988"})
    assert page.status_code == 200
    assert "1 hit would be raised" in page.content.decode()
    assert "EJEMPLO PRUEBA, ANA SINTETICA" in page.content.decode()
    assert "(trial)" in page.content.decode()
    file = SimpleUploadedFile("l.csv", "\n".join([HEADER, LINE, "W-2,=X" + LINE[LINE.index(",1988") :]]).encode())
    page = analyst.post(address, form | {"file": file})
    assert "1 hit would be raised" in page.content.decode()
    assert "line 3: names begins as a formula" in page.content.decode()
    assert not Hit.objects.exists()


def test_a_file_of_any_format_is_tried_as_the_import_reads_it(prueba: Watchlist, analyst: Client) -> None:
    ana_will_travel()
    properties = {"name": ["EJEMPLO PRUEBA ANA SINTETICA"], "birthDate": ["1988"], "topics": ["sanction"]}
    line = json.dumps({"id": "inv-1", "schema": "Person", "properties": properties}).encode()
    form = {"purpose": "border_control", "reason": REASON, "file": SimpleUploadedFile("x.json", line)}
    without = analyst.post(f"/watchlists/{prueba.pk}/trial", form)
    assert (without.status_code, "needs the topics" in without.content.decode()) == (422, True)
    form["file"] = SimpleUploadedFile("x.json", line)
    page = analyst.post(f"/watchlists/{prueba.pk}/trial", form | {"topics": ["sanction"]}).content.decode()
    assert "1 hit would be raised" in page
    assert not Hit.objects.exists()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"names": ""}, "No line can be tried: correct what is named below."),
        ({"purpose": "serious_crime"}, "No entry has a purpose that yours covers"),
        ({"reason": ""}, "The reason is missing, too short or too long"),
        ({"birth_date": "yesterday"}, "line 2: birth_date"),
    ],
)
def test_what_cannot_be_tried_says_why(changed: dict[str, str], said: str, prueba: Watchlist, analyst: Client) -> None:
    form = {"purpose": "border_control", "names": "EJEMPLO", "reason": REASON}
    page = analyst.post(f"/watchlists/{prueba.pk}/trial", form | changed)
    assert page.status_code == 422
    assert said in page.content.decode()
    assert not AuditEntry.objects.filter(event=AuditEvent.TRIED_ENTRIES).exists()


def test_a_second_trial_is_asked_to_wait_and_one_person_s_many_too(
    prueba: Watchlist, analyst: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trial, "TRIALS", Rate("trial", per_second=1 / 3600, at_once=3))
    form = {"purpose": "border_control", "names": "EJEMPLO", "reason": REASON}
    with trials._one_at_a_time:
        busy = analyst.post(f"/watchlists/{prueba.pk}/trial", form)
    assert busy.status_code == 409
    assert "Another trial runs" in busy.content.decode()
    answers = [analyst.post(f"/watchlists/{prueba.pk}/trial", form).status_code for _ in range(3)]
    assert answers == [200, 200, 429]


def test_no_flight_and_nobody_to_hit_say_so(prueba: Watchlist, analyst: Client) -> None:
    form = {"purpose": "border_control", "names": "NADIE CONOCIDO", "reason": REASON}
    page = analyst.post(f"/watchlists/{prueba.pk}/trial", form).content.decode()
    assert "No flight is kept of these days" in page
    assert "Nobody of those still to travel." in page
