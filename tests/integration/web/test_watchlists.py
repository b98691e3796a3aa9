"""The pages of the watchlists, and of the schedule: read by whom they are for, imported with a report."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests.integration.conftest import People
from tests.invented import REVIEW_ON
from torogoz.domain.purpose import Purpose
from torogoz.domain.staff import StaffRole
from torogoz.errors import AuthorError
from torogoz.flow import waiting
from torogoz.flow.schedule import COLUMNS
from torogoz.flow.watchlists import import_list
from torogoz.storage.access import lists as access
from torogoz.storage.access.guard import who_is
from torogoz.storage.home import Home
from torogoz.storage.models import Account, Journey, WaitingVersion, Watchlist, WatchlistVersion
from torogoz.storage.snapshots import live_entries

Browse = Callable[..., Client]

HEADER = "id,names,birth_date,nationality,sex,document_numbers"
ANA = "W-1,EJEMPLO ANA;ANITA EJEMPLO,1988-02-29,SLV,F,SLV:P:A01234567"
BETO = "W-2,SOLO NOMBRE,,,,"
GIVEN = {
    "owner": "CENTRO",
    "legal_basis": "Ley de prueba",
    "purpose": "border_control",
    "grade": "B2",
    "review_on": REVIEW_ON,
}


def file(*lines: str, header: str = HEADER) -> SimpleUploadedFile:
    return SimpleUploadedFile("list.csv", "\n".join([header, *lines]).encode())


@pytest.fixture
def prueba(people: People) -> Watchlist:
    import_list(None, "prueba", file(ANA, BETO).chunks(), timezone.now(), given=GIVEN)
    return Watchlist.objects.get()


def test_each_role_reads_what_it_may(prueba: Watchlist, people: People, browse: Browse) -> None:
    for account in (people.analyst, people.supervisor, people.data_protection, people.administrator):
        for page in ("/watchlists", f"/watchlists/{prueba.pk}"):
            shown = browse(account).get(page)
            assert (shown.status_code, b"prueba" in shown.content) == (200, True)
            assert b"EJEMPLO" not in shown.content
    assert b"prueba" not in browse(people.partner).get("/watchlists").content
    assert browse(people.partner).get(f"/watchlists/{prueba.pk}").status_code == 403
    for account in (people.outsider, people.border_officer):
        for page in ("/watchlists", f"/watchlists/{prueba.pk}", "/watchlists/import"):
            assert browse(account).get(page).status_code == 403


def test_entries_are_read_by_reviewers_with_a_purpose(prueba: Watchlist, people: People, browse: Browse) -> None:
    page = f"/watchlists/{prueba.pk}/entries"
    for account in (people.analyst, people.supervisor):
        shown = browse(account, Purpose.BORDER_CONTROL).get(page).content
        assert b"ANITA EJEMPLO" in shown
        assert b"A01234567" in shown
        asked = browse(account).get(page)
        assert (asked.status_code, b"Why do you look?" in asked.content) == (403, True)
    for account in people.but("analyst", "supervisor"):
        shown = browse(account, Purpose.BORDER_CONTROL).get(page).content
        assert b"EJEMPLO" not in shown
    for account in (people.data_protection, people.administrator, people.outsider, people.partner):
        assert browse(account, Purpose.BORDER_CONTROL).get(page).status_code == 403


def test_entries_come_in_pages_and_the_advisory_ones_alone(
    prueba: Watchlist, people: People, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(access, "PAGE", 1)
    analyst = browse(people.analyst, Purpose.BORDER_CONTROL)
    page = f"/watchlists/{prueba.pk}/entries"
    first = analyst.get(page).content
    assert b"EJEMPLO ANA" in first
    assert b"?page=2" in first
    assert b"SOLO NOMBRE" in analyst.get(f"{page}?page=2").content
    assert b"EJEMPLO ANA" in analyst.get(f"{page}?page=nonsense").content
    assert b"SOLO NOMBRE" in analyst.get(f"{page}?page=99999999999&advisory=1").content


def test_a_page_without_entries_says_why(people: People, browse: Browse) -> None:
    for account in (people.analyst, people.partner):
        assert b"No list is open to you" in browse(account).get("/watchlists").content
    import_list(None, "prueba", file(ANA).chunks(), timezone.now(), given=GIVEN | {"purpose": "serious_crime"})
    page = f"/watchlists/{Watchlist.objects.get().pk}/entries"
    analyst = browse(people.analyst, Purpose.BORDER_CONTROL)
    shown = analyst.get(page).content
    assert b"1 entry has another purpose" in shown
    assert b"holds no entry that your purpose opens" in shown
    assert b"No entry of this list is advisory" in analyst.get(f"{page}?advisory=1").content


def test_supervisors_import_a_list_and_see_what_would_change(people: People, browse: Browse) -> None:
    supervisor = browse(people.supervisor, Purpose.BORDER_CONTROL)
    assert b"File of the list" in supervisor.get("/watchlists/import?name=prueba").content
    sent = {"name": "prueba", "file": file(ANA, "W-9,=MALO,,,,"), **GIVEN}
    shown = supervisor.post("/watchlists/import", sent, follow=True).content.decode()
    assert "Look at what would change" in shown
    assert "line 3: names begins as a formula" in shown
    assert "the-supervisor" in shown
    assert not WatchlistVersion.objects.exists()
    assert WaitingVersion.objects.get().made_by == people.supervisor


def test_an_import_that_changes_nothing_is_in_force_at_once(people: People, browse: Browse) -> None:
    import_list(None, "prueba", file(ANA).chunks(), timezone.now(), given=GIVEN)
    sent = {"name": "prueba", "file": file(ANA), **GIVEN}
    shown = browse(people.supervisor).post("/watchlists/import", sent, follow=True).content.decode()
    assert "Version 2 is in force: 1 entry." in shown


def put_in_force(people: People) -> None:
    """Let a second person put in force what waits."""
    account = Account.objects.create(username="second", role=StaffRole.SUPERVISOR, agency=people.supervisor.agency)
    waiting.put_in_force(who_is(account), WaitingVersion.objects.get().pk, "Looked at", timezone.now())


def test_entities_are_imported_by_their_topics_and_what_is_left_out_is_told(people: People, browse: Browse) -> None:
    """The file is long enough to be read in pieces, and is read twice: once for its documents, once for its persons."""
    people.supervisor.language = "es"
    people.supervisor.save()
    supervisor = browse(people.supervisor, Purpose.BORDER_CONTROL)
    form = supervisor.get("/watchlists/import").content.decode()
    assert "persona expuesta políticamente" in form
    assert "role.journo" not in form
    persons = [
        {"id": f"inv-{number}", "schema": "Person", "properties": {"name": [f"Ana {'x' * 99}"], "topics": ["sanction"]}}
        for number in range(600)
    ]
    document = {"id": "d", "schema": "Passport", "properties": {"holder": ["inv-0"], "number": ["A01234567"]}}
    company = {"id": "c", "schema": "Company", "properties": {"name": ["EJEMPLO"]}}
    lines = "\n".join(json.dumps(each) for each in [*persons, company, document])
    sent = {"name": "prueba", "format": "ftm", "file": SimpleUploadedFile("x.json", lines.encode()), **GIVEN}
    without = supervisor.post("/watchlists/import", sent)
    assert (without.status_code, "Este formato necesita los temas" in without.content.decode()) == (422, True)
    sent["file"] = SimpleUploadedFile("x.json", lines.encode())
    shown = supervisor.post("/watchlists/import", sent | {"topics": ["sanction"]}, follow=True).content.decode()
    assert "600 cambios" in shown
    assert "Quedó fuera, o no se indicó: registros que no son de personas" in shown
    chosen = ("OpenSanctions (líneas JSON)", "persona sancionada (sanction)", GIVEN["legal_basis"], "direcciones): 1")
    kept = shown[shown.index("Temas que se admiten") - 400 :]
    assert [each for each in chosen if each not in kept] == []
    put_in_force(people)
    page = supervisor.get(f"/watchlists/{Watchlist.objects.get().pk}").content.decode()
    assert [each for each in chosen if each not in page] == []
    (found,) = live_entries(timezone.localdate())
    by_id = {entry.id: entry for entry in found.entries}
    assert (len(by_id), [each.number for each in by_id["inv-0"].documents]) == (600, ["A01234567"])


def test_ofacs_second_file_is_sent_beside_the_first_and_an_unknown_format_is_recognised(
    people: People, browse: Browse
) -> None:
    golden = Path(__file__).parents[2] / "golden" / "lists" / "ofac_sdn_with_remarks_vessels_and_broken_lines.csv"
    sent = {
        "name": "prueba",
        "format": "no-such-format",
        "file": SimpleUploadedFile("sdn.csv", golden.read_bytes()),
        "aliases": SimpleUploadedFile("alt.csv", golden.with_suffix(".aliases").read_bytes()),
        **GIVEN,
    }
    assert (
        b"Left out, or not stated: records that are no persons (organisations, vessels, addresses): 2; "
        in browse(people.supervisor, Purpose.BORDER_CONTROL).post("/watchlists/import", sent, follow=True).content
    )
    put_in_force(people)
    (found,) = live_entries(timezone.localdate())
    assert "MUESTRA, Roberto" in {name for entry in found.entries for name in entry.names}


@pytest.mark.parametrize("account", ["analyst", "data_protection", "administrator", "outsider", "border_officer"])
def test_nobody_else_imports(account: str, people: People, browse: Browse) -> None:
    browser = browse(getattr(people, account))
    assert browser.get("/watchlists/import").status_code == 403
    assert browser.post("/watchlists/import", {"name": "x", "file": file(ANA), **GIVEN}).status_code == 403
    assert not Watchlist.objects.exists()


def test_a_file_without_one_good_line_is_refused_with_every_reason_in_the_readers_language(
    people: People, browse: Browse
) -> None:
    people.supervisor.language = "es"
    people.supervisor.save()
    shown = browse(people.supervisor).post("/watchlists/import", {"name": "p", "file": file("W-1,,,,,"), **GIVEN})
    assert shown.status_code == 422
    assert "línea 2: no hay ni nombre legible ni documento" in shown.content.decode()


def test_another_file_no_file_and_another_agencys_list_are_refused_on_the_form(
    prueba: Watchlist, people: People, browse: Browse
) -> None:
    supervisor = browse(people.supervisor)
    shown = supervisor.post("/watchlists/import", {"name": "prueba", "file": file(ANA, header="a,b"), **GIVEN})
    assert (shown.status_code, b"The header is not that of this file" in shown.content) == (422, True)
    shown = supervisor.post("/watchlists/import", {"name": "prueba", **GIVEN})
    assert (shown.status_code, b"Choose a file" in shown.content) == (422, True)
    boss = Account.objects.create(
        username="boss", role=StaffRole.SUPERVISOR, agency=people.partner.agency, language="en"
    )
    shown = browse(boss).post("/watchlists/import", {"name": "prueba", "file": file(ANA), **GIVEN})
    assert (shown.status_code, b"This name is taken" in shown.content) == (422, True)
    assert WatchlistVersion.objects.count() == 1


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"file": file(ANA, header="a,b")}, "El encabezado no es el de este archivo (columnas que faltan: id, names,"),
        ({"file": file(ANA, header='"id')}, "El encabezado no se puede leer (las comillas no se cierran en la línea)"),
        ({"owner": "=cmd"}, "El término indicado para toda la lista: owner empieza como una fórmula"),
        ({"grade": ""}, "La lista no indica: grade: su titular debe añadir la columna"),
        ({"name": "x" * 81}, "La lista no tiene un nombre utilizable: dele uno de 1 a 80 letras"),
    ],
    ids=["header", "quotes", "formula", "term", "name"],
)
def test_a_refused_list_is_refused_in_the_readers_language(
    sent: dict[str, object], said: str, people: People, browse: Browse
) -> None:
    people.supervisor.language = "es"
    people.supervisor.save()
    form = {"name": "p", "file": file(ANA), **GIVEN, **sent}
    if isinstance(form["file"], SimpleUploadedFile):
        form["file"].seek(0)
    shown = browse(people.supervisor).post("/watchlists/import", form)
    assert shown.status_code == 422
    assert said in shown.content.decode()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"a,b\n1,2", "La programación tiene otro encabezado: su primera línea es carrier,number,"),
        (f'{",".join(COLUMNS)}\nXA,"1'.encode(), "La línea 2 de la programación no es CSV: busque unas comillas"),
        (b"\xff", "La programación no es texto UTF-8: guárdela como CSV"),
    ],
    ids=["header", "quotes", "encoding"],
)
def test_a_refused_schedule_is_refused_in_the_readers_language(
    data: bytes, said: str, people: People, browse: Browse
) -> None:
    people.supervisor.language = "es"
    people.supervisor.save()
    shown = browse(people.supervisor).post("/schedule", {"file": SimpleUploadedFile("x.csv", data)})
    assert shown.status_code == 422
    assert said in shown.content.decode()


def test_the_form_offers_the_compartments_of_its_reader_and_takes_no_other(people: People, browse: Browse) -> None:
    supervisor = browse(people.supervisor)
    assert b"Compartment of a new list" not in supervisor.get("/watchlists/import").content
    form = {"name": "p", **GIVEN, "compartment": "ALFA"}
    assert supervisor.post("/watchlists/import", {**form, "file": file(ANA)}).status_code == 403
    people.supervisor.compartments = ["ALFA"]
    people.supervisor.save()
    assert b"<option>ALFA</option>" in supervisor.get("/watchlists/import").content
    supervisor.post("/watchlists/import", {**form, "file": file(ANA)})
    assert Watchlist.objects.get().compartment == "ALFA"


def test_an_import_that_was_overtaken_is_said(
    prueba: Watchlist, people: People, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = iter([1, 2])
    monkeypatch.setattr("torogoz.flow.watchlists.number_of", lambda _: next(numbers))
    shown = browse(people.supervisor).post("/watchlists/import", {"name": "prueba", "file": file(ANA), **GIVEN})
    assert (shown.status_code, b"A colleague has imported this list meanwhile" in shown.content) == (409, True)


def test_a_schedule_is_imported_by_whom_it_is_for_and_tells_what_it_refused(people: People, browse: Browse) -> None:
    for account in people.but("supervisor", "administrator"):
        assert browse(account).get("/schedule").status_code == 403
    administrator = browse(people.administrator)
    assert b"No flight is expected" in administrator.get("/schedule").content
    flights = SimpleUploadedFile(
        "flights.csv",
        "\n".join([",".join(COLUMNS), "XA,1,,LAX,SAL,2998-11-23T01:00,2998-11-23T07:00", "XA,2"]).encode(),
    )
    shown = administrator.post("/schedule", {"file": flights}).content
    assert b"Flights in the file: 1; new ones: 1; lines refused: 1." in shown
    assert b"line 3: the line has not as many cells" in shown
    assert b"1 flight is expected" in shown
    assert Journey.objects.get().scheduled


def test_another_file_or_none_is_refused_on_the_schedules_page(people: People, browse: Browse) -> None:
    supervisor = browse(people.supervisor)
    shown = supervisor.post("/schedule", {"file": SimpleUploadedFile("x.csv", b"a,b\n1,2")})
    assert (shown.status_code, b"The schedule has another header" in shown.content) == (422, True)
    shown = supervisor.post("/schedule")
    assert (shown.status_code, b"Choose a file" in shown.content) == (422, True)


def test_a_file_larger_than_the_limit_is_refused_while_it_arrives(
    people: People, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("torogoz.web.uploads.LARGEST", 1000)
    sent = {"name": "prueba", "file": SimpleUploadedFile("list.csv", b"x" * 1001), **GIVEN}
    assert browse(people.supervisor).post("/watchlists/import", sent).status_code == 413
    assert not Watchlist.objects.exists()


def test_a_large_file_waits_where_only_the_homes_owner_reads(
    people: People, browse: Browse, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10
    assert Path(settings.FILE_UPLOAD_TEMP_DIR) == Home.current().path
    before = set(Home.current().path.iterdir())
    modes: list[int] = []

    def watch(*_: object, **__: object) -> None:
        modes.extend(path.stat().st_mode & 0o777 for path in set(Home.current().path.iterdir()) - before)
        raise AuthorError

    monkeypatch.setattr("torogoz.web.pages.lists.import_list", watch)
    browse(people.supervisor).post("/watchlists/import", {"name": "prueba", "file": file(ANA), **GIVEN})
    assert modes == [0o600]
    assert set(Home.current().path.iterdir()) == before
