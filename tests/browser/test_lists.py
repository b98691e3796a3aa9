"""The job of the lists, whole, in both languages: one supervisor brings a list and another puts it in force, the queue
reacts, a look-alike is cleared and stays so on their next flight, and an impostor who flies with them is raised."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Desk
from tests.invented import manifest, watchlist
from tests.serving import PASSWORD, House, make_home, serving

#: language → the list, its entry's number and person, a namesake's flight and document, and the impostor's document.
CASES = {
    "es": ("Ficticia", "F-1", "FINGIDA LEJANA", "BEATRIZ", "821", "A11223344", "Z99887766"),
    "en": ("Invented", "I-1", "PRETENDED FARAWAY", "JOAN", "822", "B55667788", "Y44332211"),
}
WORDS = {
    "es": {
        "second": "exige una segunda persona",
        "agrees": "Usted es la segunda persona",
        "remembered": "se recuerda esto",
        "cleared": "Aclarada",
        "other": "con otro documento",
    },
    "en": {
        "second": "it asks for a second person",
        "agrees": "You are the second person",
        "remembered": "this is remembered",
        "cleared": "Cleared",
        "other": "with another document",
    },
}
REASON = "Another mother and another town"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house of two supervisors, where no cleared hit is drawn as a sample: chance has no part in the story."""
    home = tmp_path_factory.mktemp("lists") / "home"
    make_home(home)
    with (home / "torogoz.toml").open("a") as settings:
        settings.write("cleared_sample_percent = 0\n")
    with serving(home) as house:
        house.run("users", "add", "colleague", "--role", "supervisor", typed=f"{PASSWORD}\n")
        yield house


@pytest.mark.parametrize("language", CASES)
def test_the_job_of_the_lists(language: str, house: House, desk: Callable[[], Desk], axe: str) -> None:
    name, key, surname, given_names, flight, document, other = CASES[language]
    words = WORDS[language]
    booked = house.home / f"{flight}.edi"
    booked.write_bytes(manifest(flight, surname, given_names, document))
    house.run("ingest", str(booked))

    analyst = desk()
    analyst.sign_in("analyst", language)
    queue = analyst.page
    of_them = queue.locator("tr[data-hit]", has_text=surname)
    expect(queue.locator("#queue-table .empty, #queue-table table")).to_be_visible()
    expect(of_them).to_have_count(0)
    queue.evaluate("window.notReloaded = true")

    difference = _bring(desk(), language, name, key, surname, given_names, axe)
    expect(of_them).to_have_count(0)
    _put_in_force(desk(), language, difference, key, surname, axe)

    expect(of_them).to_be_visible()
    assert queue.evaluate("window.notReloaded")
    _is_clean(queue, axe)
    _clear(queue, of_them.locator("[data-open]").get_attribute("href") or "", document, words["remembered"], axe)
    expect(queue.locator("main")).to_contain_text(REASON)

    queue.goto("/")
    expect(queue.locator("#queue-table .empty, #queue-table table")).to_be_visible()
    expect(of_them).to_have_count(0)
    queue.evaluate("window.notReloaded = true")
    house.drop(f"{flight}-next.edi", manifest(flight, surname, given_names, document, other, days=1))
    expect(of_them).to_have_count(1)
    assert queue.evaluate("window.notReloaded")

    _read_both(queue, of_them.locator("[data-open]").get_attribute("href") or "", CASES[language], words, axe)
    queue.goto("/clearances")
    expect(queue.locator("main")).to_contain_text(document)
    _is_clean(queue, axe)


def _bring(desk: Desk, language: str, name: str, key: str, surname: str, given_names: str, axe: str) -> str:
    """A supervisor imports a list, sees the difference, and may not agree to it; gives where it waits."""
    desk.sign_in("supervisor", language)
    _import(desk.page, name, watchlist((key, f"{surname} {given_names}", "")))
    expect(desk.page.locator("main")).to_contain_text(WORDS[language]["second"])
    expect(desk.page.locator("button[formaction$='/in-force']")).to_have_count(0)
    expect(desk.page.locator("tbody tr", has_text=key)).to_contain_text(surname)
    _is_clean(desk.page, axe)
    return desk.page.url


def _put_in_force(desk: Desk, language: str, difference: str, key: str, surname: str, axe: str) -> None:
    """Another supervisor sees the same difference, and agrees with a reason."""
    desk.sign_in("colleague", language)
    page = desk.page
    page.goto(difference)
    expect(page.locator("main")).to_contain_text(WORDS[language]["agrees"])
    expect(page.locator("tbody tr", has_text=key)).to_contain_text(surname)
    _is_clean(page, axe)
    page.fill("#reason", "The owner's letter names her")
    page.click("button[formaction$='/in-force']")
    page.wait_for_url(difference.partition("/waiting/")[0])
    _is_clean(page, axe)


def _read_both(page: Page, dossier: str, case: tuple[str, ...], words: dict[str, str], axe: str) -> None:
    """The impostor's hit says that another document was cleared; that of the person cleared stands in no queue."""
    _, key, surname, _, _, document, other = case
    page.goto(dossier)
    expect(page.locator("main")).to_contain_text(other)
    expect(page.locator(".hit .notice-warning").first).to_contain_text(words["other"])
    _is_clean(page, axe)
    _to_the_companion(page, surname)
    expect(page.locator("main")).to_contain_text(document)
    expect(page.locator(".hit h3 .tag-good", has_text=words["cleared"])).to_be_visible()
    expect(page.locator(".hit", has_text=key)).to_contain_text(REASON)
    expect(page.locator(".hit a[href$='/decide']")).to_have_count(0)
    _is_clean(page, axe)


def _import(page: Page, name: str, rows: str) -> None:
    """Bring a list by the form, as a file."""
    page.goto("/watchlists/import")
    page.fill("#name", name)
    page.set_input_files("#file", {"name": "list.csv", "mimeType": "text/csv", "buffer": rows.encode()})
    page.click("main form button[type=submit]")
    page.wait_for_url("**/waiting/*")


def _clear(page: Page, dossier: str, document: str, remembered: str, axe: str) -> None:
    """Claim the hit of a dossier, read what will be remembered, and answer that this is another person."""
    page.goto(dossier)
    page.locator("a[href$='/decide']").first.click()
    page.wait_for_url("**/decide")
    page.locator("form[action$='/claim'] button").click()
    expect(page.locator("form[action$='/claim']")).to_have_count(0)
    expect(page.locator("#remembered")).to_contain_text(remembered)
    expect(page.locator("#remembered")).to_contain_text(document)
    for field, value, reason in (
        ("identity", "not_same", REASON),
        ("ground", "no", "None"),
        ("action", "none", "None"),
    ):
        page.check(f"#{field}-{value}")
        page.fill(f"[name={field}_reason]", reason)
    _is_clean(page, axe)
    page.locator("#decision button.btn-primary[type=submit]").click()
    page.wait_for_url("**/traveller/*")


def _to_the_companion(page: Page, surname: str) -> None:
    """From one of two namesakes on a flight to the other, by the flight's page."""
    here = page.url
    page.locator("main a[href^='/flight']").first.click()
    expect(page.locator("main a[href*='/traveller/']", has_text=surname)).to_have_count(2)
    for link in page.locator("main a[href*='/traveller/']", has_text=surname).all():
        address = link.get_attribute("href") or ""
        if not here.endswith(address):
            page.goto(address)
            return


def _is_clean(page: Page, axe: str) -> None:
    """Axe finds nothing on a page as it stands."""
    page.evaluate(axe)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    assert [(each["id"], each["nodes"][0]["html"][:160]) for each in found["violations"]] == []
