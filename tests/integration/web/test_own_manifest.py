"""An operator without a system brings its own table: shown, delivered, and of nobody else's journeys."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests.integration.conftest import People
from tests.unit.messages.written import paxlst_bytes
from torogoz.domain.audit import AuditEvent
from torogoz.domain.purpose import Purpose
from torogoz.flow.parse import load
from torogoz.messages import read
from torogoz.storage.models import AuditEntry, Delivery, JourneyTraveller, ReceivedMessage

Browse = Callable[..., Client]

HEAD = "mode,operator,number,departure_place,departure_local,arrival_place,surname,given_names,birth_date"
OWN = f"{HEAD}\nland,XTB,101,GTGUA,2026-11-28 05:30,SVSAL,EJEMPLO,ANA,1980-12-31\n".encode()
FOREIGN = OWN.replace(b"XTB", b"XQ")


def packed(*files: bytes) -> bytes:
    data = io.BytesIO()
    with ZipFile(data, "w") as archive:
        for number, each in enumerate(files):
            archive.writestr(f"{number}.csv", each)
    return data.getvalue()


def sent(data: bytes, act: str = "check") -> dict[str, object]:
    return {"file": SimpleUploadedFile("list.csv", data), "act": act}


@pytest.fixture
def operator(people: People, browse: Browse) -> Client:
    """The browser of a person of the operator XTB."""
    people.carrier_person.carrier = "XTB"
    people.carrier_person.save()
    return browse(people.carrier_person)


def test_an_operators_person_sees_how_its_table_is_read_and_delivers_it(operator: Client, people: People) -> None:
    page = operator.post("/carrier/manifest", sent(OWN)).content.decode()
    assert "1 traveller would be screened" in page
    assert "EJEMPLO, ANA" in page
    assert not Delivery.objects.exists()
    (content,) = re.findall(r'name="content" value="([^"]*)"', page)
    answer = operator.post("/carrier/manifest", {"content": content, "act": "deliver"}, follow=True)
    delivery = Delivery.objects.get()
    assert f"with the receipt {delivery.pk}" in answer.content.decode()
    assert (delivery.source, delivery.name, delivery.size) == ("page", "XTB", len(OWN))
    assert AuditEntry.objects.get(event=AuditEvent.DELIVERY_RECEIVED).account_id == people.carrier_person.pk
    assert load(delivery.pk, timezone.now()).travellers == 1
    assert (ReceivedMessage.objects.get().carrier, JourneyTraveller.objects.get().surname) == ("XTB", "EJEMPLO")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (FOREIGN, "not your operator"),
        (OWN.replace(b"XTB", b""), "not your operator"),
        (OWN + FOREIGN.splitlines()[1], "not your operator"),
        (packed(OWN, FOREIGN), "not your operator"),
        (packed(OWN, paxlst_bytes("NAD+FL+++EJEMPLO:ANA'")), "more in this file than tables"),
        (paxlst_bytes("NAD+FL+++EJEMPLO:ANA'"), "no table with our header"),
        (b"", "no table with our header"),
    ],
)
def test_nothing_of_another_operator_and_nothing_but_tables_is_delivered(
    data: bytes, says: str, operator: Client
) -> None:
    answer = operator.post("/carrier/manifest", sent(data, "deliver"))
    assert answer.status_code == 422
    assert says in answer.content.decode().replace("&#x27;", "'")
    assert not Delivery.objects.exists()


def test_the_template_of_each_mode_is_read_once_the_own_code_stands_in_it(operator: Client) -> None:
    for mode in ("air", "sea", "land"):
        table = operator.get("/carrier/manifest/template", {"mode": mode})
        assert f"torogoz-{mode}-" in table.headers["Content-Disposition"]
        assert [each.type for each in read(table.content)] in ([], ["TABULAR"], [None])
    page = operator.get("/carrier/manifest").content.decode()
    assert "Write XTB into the column operator" in page
    assert "/carrier/manifest/template?mode=sea" in page


def test_nobody_of_the_centre_opens_an_operators_page_and_no_operator_the_centres(
    people: People, browse: Browse, operator: Client
) -> None:
    for account in people.but("carrier_person"):
        for path in ("/carrier/manifest", "/carrier/manifest/template"):
            assert browse(account, Purpose.SERIOUS_CRIME).get(path).status_code == 403
    for path in ("/manifests", "/manifests/template"):
        assert operator.get(path).status_code == 403
