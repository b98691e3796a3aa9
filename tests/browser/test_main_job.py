"""The main job, whole, in both languages: a file is dropped, the hit appears, she decides and refers, the officer's
answer comes back, the supervisor sees it, and the outsider gets nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Desk
from tests.integration.web.test_frame import OWN, PROGRAMS, addresses
from tests.invented import manifest, watchlist
from tests.serving import House, served

#: language → the flight, and the invented traveller who is on a list.
CASES = {
    "es": ("811", "EJEMPLO PRUEBA", "ANA SINTETICA", "A01234567"),
    "en": ("812", "SAMPLE TEST", "EVE", "B76543210"),
}
WORDS = {
    "es": {"queue": "Cola", "for": "A favor", "found": "Encontrada", "yours": "Suya hasta"},
    "en": {"queue": "Queue", "for": "Speaks for it", "found": "Found", "yours": "Yours until"},
}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    home = tmp_path_factory.mktemp("job") / "home"
    with served(home) as house:
        entries = [
            (f"W-{number}", f"{surname} {given}", document) for number, surname, given, document in CASES.values()
        ]
        (home / "list.csv").write_text(watchlist(*entries))
        house.run("watchlist", "import", str(home / "list.csv"), "--format", "csv", "--list", "Ficticia")
        yield house


@pytest.mark.parametrize("language", CASES)
def test_the_main_job(language: str, house: House, desk: Callable[[], Desk]) -> None:
    number, surname, given_names, document = CASES[language]
    words = WORDS[language]

    analyst = desk()
    analyst.sign_in("analyst", language)
    page = analyst.page
    expect(page.locator("h1")).to_have_text(words["queue"])
    page.evaluate("window.notReloaded = true")
    house.drop(f"{number}.edi", manifest(number, surname, given_names, document))
    expect(page.locator("tr[data-hit]", has_text=surname)).to_be_visible()
    assert page.evaluate("window.notReloaded")

    _claim_and_open_by_keyboard(page, surname, words["yours"])
    expect(page.locator("main")).to_contain_text(words["for"])
    expect(page.locator("main")).to_contain_text(document)
    dossier = page.url
    _decide_with_three_answers(page)
    _refer_to_the_officer(page, language)
    page.wait_for_url(dossier)

    officer = desk()
    officer.sign_in("officer", language)
    _answer_as_the_officer(officer.page, surname, words["found"])

    page.reload()
    expect(page.locator("main")).to_contain_text(words["found"])
    supervisor = desk()
    supervisor.sign_in("supervisor", language)
    supervisor.page.goto("/referrals")
    expect(supervisor.page.locator("main")).to_contain_text(surname)
    expect(supervisor.page.locator("main")).to_contain_text(words["found"])


def _claim_and_open_by_keyboard(page: Page, surname: str, yours: str) -> None:
    """Down to the hit, claim it, and open its dossier, without a pointer."""
    current = page.locator("tr.current")
    for _ in range(page.locator("tr[data-hit]").count()):
        page.keyboard.press("j")
        if surname in current.inner_text():
            break
    expect(current).to_contain_text(surname)
    for _ in range(2):
        page.keyboard.press("c")
        expect(current).to_contain_text(yours)
        page.keyboard.press("c")
        expect(current.locator("form[action$='/claim']")).to_be_visible()
        expect(current).not_to_contain_text(yours)
    page.keyboard.press("c")
    expect(current).to_contain_text(yours)
    page.keyboard.press("o")
    page.wait_for_url("**/traveller/*")
    page.go_back()
    expect(current).to_contain_text(surname)
    page.keyboard.press("o")
    page.wait_for_url("**/traveller/*")


def _decide_with_three_answers(page: Page) -> None:
    """Answer each question with its reason."""
    page.locator("a[href$='/decide']").first.click()
    page.wait_for_url("**/decide")
    for name, value, reason in (
        ("identity", "same", "Document and birth date are those of the entry"),
        ("ground", "yes", "The entry is in force"),
        ("action", "refer", "Its owner asks for it"),
    ):
        page.check(f"#{name}-{value}")
        page.fill(f"[name={name}_reason]", reason)
    page.locator("#decision button[type=submit]").click()
    page.wait_for_url("**/refer")


def _refer_to_the_officer(page: Page, language: str) -> None:
    """Choose the officer at the airport, and words that are safe to say."""
    page.select_option("#recipient", index=1)
    page.locator(f"button[data-replace=text][lang={language}]").click()
    page.locator("main form button[type=submit]").click()


def _answer_as_the_officer(page: Page, surname: str, found: str) -> None:
    """Two taps: it was read; and what was found. Of the list the officer learns nothing."""
    page.goto("/referrals")
    page.get_by_text(surname).click()
    assert "Ficticia" not in page.locator("main").inner_text()
    page.locator("form[action$='/acknowledge'] button").click()
    page.locator("form[action$='/answer'] button[value=found]").click()
    expect(page.locator("main")).to_contain_text(found)


def test_the_outsider_gets_nothing_at_every_address(house: House, desk: Callable[[], Desk]) -> None:
    for number, surname, given_names, document in CASES.values():
        house.drop(f"{number}.edi", manifest(number, surname, given_names, document))
    outsider = desk()
    outsider.sign_in("visitor")
    for path, name in addresses():
        if not name.startswith(OWN):
            response = outsider.context.request.get(path)
            assert response.status in ({401, 405} if name in PROGRAMS else {403, 404, 405}), path
            assert not any(surname in response.text() for _, surname, _, _ in CASES.values()), path
