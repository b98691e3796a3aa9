"""The page for operators without a system: shown before it is delivered, kept nowhere between, by reviewers only."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests.integration.conftest import People
from torogoz.domain.purpose import Purpose
from torogoz.flow.manifest import LARGEST
from torogoz.flow.parse import load
from torogoz.flow.senders import Scope, enrol
from torogoz.messages import read
from torogoz.storage.models import Delivery, JourneyTraveller

Browse = Callable[..., Client]

HEAD = "modo;operador;número de viaje;lugar_salida;salida_local;lugar_llegada;apellidos;nombres;fecha_nacimiento;notas"
ROWS = (
    "tierra;XTB;101;GTGUA;28/11/2026 05:30;SVSAL;EJEMPLO;ANA;03/04/1980;halal",
    ';;;;;;ROTA;"INÉS;;',
    ";;;;;;PRUEBA;<b>LUIS</b>;31/12/1980;",
)
TABLE = "\r\n".join((HEAD, *ROWS)).encode()


def sent(data: bytes = TABLE, **fields: str) -> dict[str, object]:
    return {"file": SimpleUploadedFile("lista.csv", data), "act": "check", **fields}


def test_a_table_is_shown_line_by_line_with_what_was_found_and_nothing_is_kept(people: People, browse: Browse) -> None:
    page = browse(people.analyst, Purpose.BORDER_CONTROL).post("/manifests", sent()).content.decode()
    lines = [" ".join(re.sub(r"<[^>]+>", " ", each).split()) for each in page.split("<tr>")[2:]]
    assert [line.split()[0] for line in lines] == ["2", "3", "4"]
    assert "EJEMPLO, ANA" in lines[0]
    assert "birth_date Day and month could be the other way round" in lines[0]
    assert "Nobody was read from this line" in lines[1]
    assert "&lt;B&gt;LUIS&lt;/B&gt;" in lines[2]
    assert "2 travellers would be screened" in page
    assert "1 sensitive element would be dropped" in page
    assert not Delivery.objects.exists()


def test_what_was_shown_is_delivered_byte_by_byte_and_read_like_a_file(people: People, browse: Browse) -> None:
    enrol("Bus de prueba", Scope(("XTB",)), timezone.now())
    client = browse(people.supervisor, Purpose.BORDER_CONTROL)
    page = client.post("/manifests", sent(operator="Bus de prueba")).content.decode()
    hidden = dict(re.findall(r'name="(content|operator)" value="([^"]*)"', page))
    answer = client.post("/manifests", {**hidden, "act": "deliver"}, follow=True)
    delivery = Delivery.objects.get()
    assert f"with the receipt {delivery.pk}" in answer.content.decode()
    assert (delivery.source, delivery.name, delivery.size) == ("page", "Bus de prueba", len(TABLE))
    assert load(delivery.pk, timezone.now()).travellers == 2
    shown = {each.surname for message in read(TABLE) for each in message.travellers}
    assert set(JourneyTraveller.objects.values_list("surname", flat=True)) == shown


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"a,b\n1,2", "This is no table with our header"),
        (TABLE + b" " * LARGEST, "The table is larger than 1 MiB"),
    ],
)
def test_another_file_is_refused_with_what_helps(data: bytes, says: str, people: People, browse: Browse) -> None:
    answer = browse(people.analyst, Purpose.BORDER_CONTROL).post("/manifests", sent(data))
    assert (answer.status_code, says in answer.content.decode()) == (422, True)


def test_a_form_without_a_file_or_with_a_mangled_content_delivers_nothing(people: People, browse: Browse) -> None:
    client = browse(people.analyst, Purpose.BORDER_CONTROL)
    for form in ({}, {"act": "deliver"}, {"act": "deliver", "content": "%%%"}, {"act": "deliver", "content": "é"}):
        assert client.post("/manifests", form).status_code == 422
    assert not Delivery.objects.exists()


def test_a_journey_that_cannot_be_told_is_said_to_be_refused(people: People, browse: Browse) -> None:
    data = b"surname,given_names,nationality\n" + b"A,B,SLV\n" * 300
    page = browse(people.analyst, Purpose.BORDER_CONTROL).post("/manifests", sent(data)).content.decode()
    assert "It would be refused" in page
    assert "more rows without a finding are not shown" in page


def test_the_template_of_each_mode_is_read_in_the_readers_language(people: People, browse: Browse) -> None:
    people.analyst.language = "es"
    people.analyst.save()
    client = browse(people.analyst, Purpose.BORDER_CONTROL)
    for mode in ("air", "sea", "land"):
        answer = client.get(f"/manifests/template?mode={mode}")
        assert answer.content.decode("utf-8-sig").startswith("modo;operador;")
        assert f"torogoz-{mode}-es.csv" in answer["Content-Disposition"]
    assert client.get("/manifests/template?mode=space").status_code == 200
    assert "<code>fecha_nacimiento</code>" in client.post("/manifests", sent()).content.decode()


def test_only_reviewers_with_a_purpose_come_to_the_page(people: People, browse: Browse) -> None:
    for account in people.but("analyst", "supervisor", "partner"):
        assert browse(account, Purpose.BORDER_CONTROL).get("/manifests").status_code == 403
        assert browse(account, Purpose.BORDER_CONTROL).post("/manifests", sent()).status_code == 403
        assert browse(account).get("/manifests/template").status_code == 403
    asked = browse(people.analyst).get("/manifests")
    assert (asked.status_code, b"Why do you look?" in asked.content) == (403, True)
    assert browse(people.analyst, Purpose.BORDER_CONTROL).get("/manifests").status_code == 200
    for account, leads in ((people.analyst, True), (people.administrator, False)):
        page = browse(account, Purpose.BORDER_CONTROL).get("/messages").content.decode()
        assert ('href="/manifests"' in page) is leads


def test_a_table_in_utf_16_is_shown_and_delivered_as_it_was_sent(people: People, browse: Browse) -> None:
    client = browse(people.analyst, Purpose.BORDER_CONTROL)
    data = TABLE.decode().replace(";", "\t").encode("utf-16")
    page = client.post("/manifests", sent(data)).content.decode()
    assert "EJEMPLO, ANA" in page
    hidden = dict(re.findall(r'name="(content|operator)" value="([^"]*)"', page))
    client.post("/manifests", {**hidden, "act": "deliver"})
    delivery = Delivery.objects.get()
    assert (delivery.size, load(delivery.pk, timezone.now()).loaded) == (len(data), 1)


def test_an_operators_own_person_has_the_page_to_themselves(people: People, browse: Browse) -> None:
    own = people.carrier_person.carrier
    client = browse(people.carrier_person)
    page = client.get("/carrier/manifests").content.decode()
    assert f"{own} is not enrolled as a sender of its own" in page
    assert 'type="file"' not in page
    enrol("Bus de prueba", Scope((own,)), timezone.now())
    enrol("Otro bus", Scope(("XTB",)), timezone.now())
    page = client.get("/carrier/manifests").content.decode()
    assert re.findall(r"<option[^>]*>([^<]*)", page) == ["Bus de prueba"]
    assert 'href="/messages"' not in page
    assert client.get("/carrier/manifests/template?mode=land").content.decode("utf-8-sig").startswith("mode;operator;")
    data = TABLE.replace(b";XTB;", f";{own};".encode())
    page = client.post("/carrier/manifests", sent(data, operator="Bus de prueba")).content.decode()
    assert "2 travellers would be screened" in page
    hidden = dict(re.findall(r'name="(content|operator)" value="([^"]*)"', page))
    answer = client.post("/carrier/manifests", {**hidden, "act": "deliver"}, follow=True)
    delivery = Delivery.objects.get()
    assert f"with the receipt {delivery.pk}" in answer.content.decode()
    assert load(delivery.pk, timezone.now()).travellers == 2
    assert f"{delivery.pk}" in client.get("/carrier/findings").content.decode()
    for account in people.but("carrier_person"):
        assert browse(account, Purpose.BORDER_CONTROL).get("/carrier/manifests").status_code == 403
        assert browse(account, Purpose.BORDER_CONTROL).get("/carrier/manifests/template").status_code == 403
