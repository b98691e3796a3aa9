"""What would change of a list, and its entries, on the pages that people use."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.integration.conftest import People
from tests.integration.lists import ANA, BETO, CARO, CELLS, NOW, load, names, nothing_waits, row, wait
from tests.invented import REVIEW_ON
from torogoz.domain.audit import AuditEvent
from torogoz.domain.purpose import Purpose
from torogoz.flow import trial as trials
from torogoz.storage.models import Account, AuditEntry, WaitingVersion, Watchlist
from torogoz.web.limits import Rate
from torogoz.web.pages import waiting as waiting_page

Browse = Callable[..., Client]
LATER = BETO.replace("1970", "1971")


@pytest.fixture(autouse=True)
def an_hour_later(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the pages seen before what waits has lapsed, whatever the day."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW + timedelta(hours=1))


@pytest.fixture
def prueba(people: People) -> int:
    """A list with two entries."""
    load(ANA, BETO)
    return Watchlist.objects.get(name="prueba").pk


@pytest.fixture
def second(people: People, browse: Browse) -> Client:
    """A browser of another supervisor."""
    account = Account.objects.create(
        username="the-second", role="supervisor", agency=people.supervisor.agency, language="en"
    )
    return browse(account, Purpose.BORDER_CONTROL)


@pytest.fixture
def first(people: People, browse: Browse) -> Client:
    """A browser of the supervisor."""
    return browse(people.supervisor, Purpose.BORDER_CONTROL)


def address(name: str, prueba: int, **numbers: int) -> str:
    return reverse(name, kwargs={"list_id": prueba, **numbers})


def test_a_second_person_sees_the_difference_and_puts_it_in_force(
    prueba: int, second: Client, people: People, who: Callable[..., object]
) -> None:
    number = wait(LATER, CARO, who=who(people.supervisor))  # type: ignore[arg-type]
    assert b"A change waits" in second.get("/watchlists").content
    assert b"A new version waits." in second.get(f"/watchlists/{prueba}").content
    page = second.get(address("watchlist_waiting", prueba, waiting=number)).content.decode()
    for said in ("<del>− 1970</del>", "<ins>+ 1971</ins>", "FICTICIA CARO", "EJEMPLO PRUEBA ANA", "second person"):
        assert said in page
    refused = second.post(address("watchlist_in_force", prueba, waiting=number), {"reason": ""}, follow=True)
    assert b"A reason is missing or too long" in refused.content
    done = second.post(address("watchlist_in_force", prueba, waiting=number), {"reason": "Looked"}, follow=True)
    assert b"Version 2 is in force. Every future flight" in done.content
    assert b"put in force by the-second" in done.content
    assert set(names()) == {"W-2", "W-3"}


def test_the_importer_of_a_large_change_may_discard_it_only(
    prueba: int, first: Client, people: People, who: Callable[..., object]
) -> None:
    number = wait(CARO, who=who(people.supervisor))  # type: ignore[arg-type]
    page = first.get(address("watchlist_waiting", prueba, waiting=number)).content
    assert b"another supervisor puts it in force" in page
    assert b"/in-force" not in page
    shown = first.post(address("watchlist_in_force", prueba, waiting=number), {"reason": "Mine"}, follow=True)
    assert b"The second person must be another one" in shown.content
    shown = first.post(address("watchlist_discard", prueba, waiting=number), {"reason": ""}, follow=True)
    assert b"A reason is missing or too long" in shown.content
    shown = first.post(address("watchlist_discard", prueba, waiting=number), {"reason": "Wrong"}, follow=True)
    assert b"The change is discarded" in shown.content
    assert nothing_waits()
    assert set(names()) == {"W-1", "W-2"}


def test_an_analyst_looks_and_is_told_who_answers(prueba: int, people: People, browse: Browse) -> None:
    number = wait(CARO, "W-8,=x,,,,")
    page = browse(people.analyst, Purpose.BORDER_CONTROL).get(address("watchlist_waiting", prueba, waiting=number))
    assert b"A supervisor who did not bring it puts it in force or discards it." in page.content
    assert b"<textarea" not in page.content
    assert b"line 3: names begins as a formula" in page.content
    assert b"An entry whose new line was refused counts as removed." in page.content


def test_the_form_of_an_entry_offers_no_review_that_would_be_cut(prueba: int, first: Client) -> None:
    """Whoever writes a later day is told by the form, not by what becomes of it."""
    page = first.get(address("entry_enter", prueba)).content.decode()
    assert f'name="review_on" type="date" max="{NOW.year + 4}-12-31"' in page


def test_what_waits_is_tried_on_its_page_before_anybody_answers(
    prueba: int, people: People, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = wait(LATER, CARO)
    analyst = browse(people.analyst, Purpose.BORDER_CONTROL)
    page = address("watchlist_waiting", prueba, waiting=number)
    assert b"Try it before it goes live" in analyst.get(page).content
    assert not AuditEntry.objects.filter(event=AuditEvent.TRIED_ENTRIES).exists()
    tried = analyst.post(page, {"reason": "A case of these tests"}).content.decode()
    assert "Strangers to expect" in tried
    assert "<dt>Entries tried</dt><dd>2</dd>" in tried
    assert "What it says" in tried, "the difference stays beside it"
    assert AuditEntry.objects.get(event=AuditEvent.TRIED_ENTRIES).account_id == people.analyst.pk
    short = analyst.post(page, {"reason": "short"})
    assert (short.status_code, b'value="short"' in short.content) == (422, True)
    with trials._one_at_a_time:
        assert analyst.post(page, {"reason": "A case of these tests"}).status_code == 409
    monkeypatch.setattr(waiting_page, "TRIALS", Rate("trial-of-what-waits", 1 / 60, 1))
    assert [analyst.post(page, {"reason": "A case of these tests"}).status_code for _ in range(2)] == [200, 429]


def test_a_change_that_only_removes_offers_no_trial(prueba: int, people: People, browse: Browse) -> None:
    number = wait(ANA)
    page = address("watchlist_waiting", prueba, waiting=number)
    assert b"Try it before" not in browse(people.analyst, Purpose.BORDER_CONTROL).get(page).content


def test_the_page_of_an_entry_tells_the_strangers_to_expect_and_offers_a_trial(
    prueba: int, people: People, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    analyst = browse(people.analyst, Purpose.BORDER_CONTROL)
    page = analyst.get(address("watchlist_entry", prueba, entry=row("W-1"))).content.decode()
    assert "<dt>Strangers counted, a week</dt>" in page
    assert "<dt>Namesakes, a week</dt><dd>–</dd>" in page, "nobody has flown, so nothing can be expected"
    assert f'href="{address("watchlist_trial", prueba)}"' in page
    monkeypatch.setattr("torogoz.web.pages.entries.namesakes_of", lambda _, entry, __: {"W-1": 0.125}[entry.id])
    page = analyst.get(address("watchlist_entry", prueba, entry=row("W-1"))).content.decode()
    assert "<dt>Namesakes, a week</dt><dd>0.125</dd>" in page


def test_an_entry_is_entered_on_a_form_that_says_what_is_wrong_in_the_readers_language(
    prueba: int, first: Client, second: Client, people: People
) -> None:
    people.supervisor.language = "es"
    people.supervisor.save()
    form = address("entry_enter", prueba)
    assert "Ingresar una entrada" in first.get(form).content.decode()
    wrong = first.post(form, {**CELLS, "birth_date": "1990-13", "review_on": "2020-01-01"})
    page = wrong.content.decode()
    assert wrong.status_code == 422
    assert "Este dato no es una fecha ISO 8601" in page
    assert "Este dato ya pasó" in page
    assert page.count('aria-invalid="true"') == 2
    assert 'value="NUEVA EJEMPLO"' in page, "what was right stays"
    sent = first.post(form, CELLS, follow=True)
    assert "no se compara con nadie hasta que una segunda persona" in sent.content.decode()
    number = WaitingVersion.objects.get().pk
    assert b"An entry that was written by hand waits." in second.get(f"/watchlists/{prueba}").content
    second.post(address("watchlist_in_force", prueba, waiting=number), {"reason": "Compared"})
    assert names()["W-9"] == ("NUEVA EJEMPLO",)


@pytest.mark.parametrize(("count", "told"), [(200, False), (201, True)])
def test_the_page_of_an_entry_tells_of_names_that_are_kept_and_not_compared(
    count: int, *, told: bool, people: People, first: Client
) -> None:
    load(f"W-1,{';'.join(f'EJEMPLO A{number}' for number in range(count))},1988,,,")
    list_id = Watchlist.objects.get().pk
    page = first.get(address("watchlist_entry", list_id, entry=row("W-1"))).content.decode()
    assert ("1 name of this entry is kept and not compared: only the first 200 are" in page) is told


def test_the_page_of_an_entry_tells_all_of_it_and_leads_to_its_correction_and_removal(
    prueba: int, first: Client, second: Client
) -> None:
    page = first.get(address("watchlist_entry", prueba, entry=row("W-1"))).content.decode()
    for said in ("ANITA EJEMPLO", "SLV P A01234567", "Ley de prueba", "at the terminal", "5 / 5", REVIEW_ON):
        assert said in page
    form = address("entry_correct", prueba, entry=row("W-1"))
    assert 'value="EJEMPLO PRUEBA ANA;ANITA EJEMPLO"' in first.get(form).content.decode()
    assert first.post(form, {**CELLS, "owner": ""}).status_code == 422
    sent = first.post(form, CELLS, follow=True)
    assert b"The correction waits" in sent.content
    assert b"A change of this entry waits" in first.get(address("watchlist_entry", prueba, entry=row("W-1"))).content
    second.post(address("watchlist_in_force", prueba, waiting=WaitingVersion.objects.get().pk), {"reason": "Seen"})
    same = first.post(address("entry_correct", prueba, entry=row("W-1")), {**CELLS, "id": "other"}, follow=True)
    assert b"Nothing of the entry was changed" in same.content
    removal = address("entry_remove", prueba, entry=row("W-1"))
    assert b"A reason is missing" in first.post(removal, {}, follow=True).content
    gone = first.post(removal, {"reason": "The court has lifted it"}, follow=True).content
    assert b"The entry is removed" in gone
    assert b"Remove it at once" not in gone
    assert set(names()) == {"W-2"}


@pytest.mark.parametrize(
    "account", ["analyst", "data_protection", "administrator", "outsider", "border_officer", "partner"]
)
def test_nobody_else_changes_an_entry_or_answers(account: str, prueba: int, people: People, browse: Browse) -> None:
    number = wait(CARO)
    browser = browse(getattr(people, account), Purpose.BORDER_CONTROL)
    for path in (
        address("watchlist_in_force", prueba, waiting=number),
        address("watchlist_discard", prueba, waiting=number),
        address("entry_enter", prueba),
        address("entry_correct", prueba, entry=row("W-1")),
        address("entry_remove", prueba, entry=row("W-1")),
    ):
        assert browser.post(path, {**CELLS, "reason": "A reason"}).status_code == 403
    assert WaitingVersion.objects.get().pk == number
    assert set(names()) == {"W-1", "W-2"}
