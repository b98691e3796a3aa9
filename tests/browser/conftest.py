"""Debian's chromium, driven by Playwright, with an ear for everything that the page's policy forbids.

Without a chromium on the PATH these tests are left out, with one line that says so. The browser lives as long as one
module: Playwright's event loop must not run beside the tests that use Django's database in this process.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.serving import PASSWORD, House

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
#: Longer than a busy machine needs; nothing waits that long where all is well.
PATIENCE = 20_000
_VIOLATION = """
addEventListener("securitypolicyviolation", (event) => heardViolation(
    `${event.documentURI}: ${event.violatedDirective} forbids ${event.blockedURI}`));
"""


@dataclass(slots=True)
class Desk:
    """Somebody at a browser: their page, and what went wrong on any page they saw."""

    context: BrowserContext
    page: Page
    wrong: list[str] = field(default_factory=list)

    def sign_in(self, name: str, language: str = "en", purpose: str = "serious_crime") -> None:
        """Come in by the sign-in page, in a language and for a purpose where one is asked for."""
        self.page.goto("/sign-in")
        self.page.fill("[name=login]", name)
        self.page.fill("[name=password]", PASSWORD)
        with self.page.expect_navigation():
            self.page.click("main button[type=submit]")
        self.speak(language)
        if self.page.locator(f"#purpose-{purpose}").count():
            self.page.check(f"#purpose-{purpose}")
            with self.page.expect_navigation():
                self.page.click("main button[type=submit]")

    def speak(self, language: str) -> None:
        """Switch the language, where it is another, by the header's button."""
        if self.page.evaluate("document.documentElement.lang") != language:
            with self.page.expect_navigation():
                self.page.locator("button[name=language]").evaluate("button => button.click()")
        assert self.page.evaluate("document.documentElement.lang") == language


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no chromium here: install Debian's package chromium to run the browser tests")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def desk(browser: Browser, house: House) -> Iterator[Callable[[], Desk]]:
    """Desks at which people sit down; nothing may have gone wrong at any of them."""
    desks: list[Desk] = []

    def sit_down() -> Desk:
        context = browser.new_context(base_url=house.url, viewport={"width": 1440, "height": 900})
        context.set_default_timeout(PATIENCE)
        new = Desk(context, context.new_page())
        context.expose_binding("heardViolation", lambda _source, text: new.wrong.append(text))
        context.add_init_script(_VIOLATION)
        new.page.on("pageerror", lambda error: new.wrong.append(str(error)))
        desks.append(new)
        return new

    yield sit_down
    for each in desks:
        each.context.close()
    assert [text for each in desks for text in each.wrong] == []


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe, which is evaluated in the page and never loaded by it."""
    return (Path(__file__).parent / "vendor/axe.min.js").read_text()
