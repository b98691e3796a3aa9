"""A passkey in a real browser, in both languages: enrolled, used as second factor and alone, named, and removed.

Chromium's virtual authenticator stands in for the device; the page's own script and policy are what people get.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Desk
from tests.browser.test_every_page import _faults
from tests.serving import PASSWORD, House, clean_environment, make_home, serving

#: language → who, and what is on their buttons.
CASES = {
    "es": ("analyst", "Ingresar solo con una llave de acceso", "Usar una llave de acceso", "no respondió"),
    "en": ("supervisor", "Sign in with a passkey alone", "Use a passkey", "did not answer"),
}
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A home in which nobody works without a second factor."""
    home = tmp_path_factory.mktemp("passkeys") / "home"
    make_home(home)
    (home / "torogoz.toml").write_text("require_second_factor = true\n")
    with serving(home) as house:
        yield house


#: Run in a process of its own, which has no part in the tests' Django.
_LATER = """
import sys
from pathlib import Path
from torogoz.cli.django import ready
ready(Path(sys.argv[1]))
from django.contrib.sessions.models import Session
from torogoz.storage.sessions import SessionStore
for row in Session.objects.all():
    store = SessionStore(row.session_key)
    if "confirmed" in store:
        store["confirmed"] -= 15 * 60
        store.save()
"""


class Device:
    """The device of whoever sits at a desk."""

    def __init__(self, desk: Desk) -> None:
        self._session = desk.context.new_cdp_session(desk.page)
        self._send("WebAuthn.enable", enableUI=False)
        self._id = self._send("WebAuthn.addVirtualAuthenticator", options=DEVICE)["authenticatorId"]

    @property
    def keys(self) -> list[dict[str, Any]]:
        """The keys on it."""
        return list(self._send("WebAuthn.getCredentials", authenticatorId=self._id)["credentials"])

    def recognises(self, *, its_owner: bool) -> None:
        """Whether the finger that is laid on it is its owner's."""
        self._send("WebAuthn.setUserVerified", authenticatorId=self._id, isUserVerified=its_owner)

    def _send(self, method: str, **options: Any) -> dict[str, Any]:
        return dict(self._session.send(method, options))


def _press(page: Page, path: str) -> None:
    """Press the button of the form that asks the passkey, and come to another page."""
    page.locator("form[data-passkey] button[type=submit]").click()
    page.wait_for_url(f"**{path}")


def _sign_out(page: Page) -> None:
    page.goto("/sign-out")
    page.locator("main button[type=submit]").click()
    page.wait_for_url("**/sign-in")


def _password(page: Page, name: str) -> None:
    page.fill("[name=login]", name)
    page.fill("[name=password]", PASSWORD)
    page.locator("form:has([name=login]) button[type=submit]").click()


@dataclass(slots=True)
class Eyes:
    """What is wrong with the pages that somebody sees, wide and narrow."""

    page: Page
    axe: str
    wrong: dict[str, dict[str, list[str]]] = field(default_factory=dict)

    def see(self, what: str) -> None:
        """Look at the page as it stands."""
        if faults := _faults(self.page, self.axe):
            self.wrong[what] = faults


@pytest.mark.parametrize("language", CASES)
def test_a_passkey_is_enrolled_used_named_and_removed(
    language: str, house: House, desk: Callable[[], Desk], axe: str
) -> None:
    """LR-56: sign-in with two factors, of which one cannot be asked for by a false page."""
    name, alone, use, no_answer = CASES[language]
    seat = desk()
    page = seat.page
    seat.context.add_cookies([{"name": "language", "value": language, "url": house.url}])
    device, eyes = Device(seat), Eyes(page, axe)

    page.goto("/sign-in")
    eyes.see("sign-in")
    _password(page, name)
    page.wait_for_url("**/account/second-factor")
    seat.speak(language)
    _enrol(page, eyes)
    assert len(device.keys) == 1

    _sign_out(page)
    seat.speak(language)
    _password(page, name)
    page.wait_for_url("**/account/second-factor/ask")
    expect(page.locator("form[data-passkey] button[type=submit]")).to_have_text(use)
    eyes.see("ask")
    _press(page, "/")

    _sign_out(page)
    expect(page.locator("form[data-passkey] button[type=submit]")).to_have_text(alone)
    device.recognises(its_owner=False)
    page.locator("form[data-passkey] button[type=submit]").click()
    expect(page.locator("[data-passkey-failed]")).to_contain_text(no_answer)
    eyes.see("no answer")
    device.recognises(its_owner=True)
    _press(page, "/")

    _name_and_remove(page, eyes)
    assert eyes.wrong == {}


def _enrol(page: Page, eyes: Eyes) -> None:
    """Before the second factor is there nothing else opens; then it is set up, for signing in with it alone too."""
    eyes.see("no second factor")
    page.goto("/queue")
    assert page.url.endswith("/account/second-factor")
    page.locator("a[href='/account/passkeys/add']").click()
    eyes.see("add")
    page.fill("[name=name]", "Llave azul")
    page.check("[name=passwordless]")
    _press(page, "/account/recovery-codes")
    page.goto("/account/passkeys")
    expect(page.locator("main")).to_contain_text("Llave azul")
    eyes.see("list")
    page.goto("/account/second-factor")
    eyes.see("second factor")


def _name_and_remove(page: Page, eyes: Eyes) -> None:
    """Say again who one is, give it another name, and remove it: then nothing else opens again."""
    page.goto("/account/passkeys/again?next=/account/passkeys")
    eyes.see("again")
    _press(page, "/account/passkeys")
    page.locator("a[href$='/name']").click()
    eyes.see("name")
    page.fill("[name=name]", "Llave verde")
    page.locator("main button[type=submit]").click()
    expect(page.locator("main")).to_contain_text("Llave verde")
    page.locator("a[href$='/remove']").click()
    eyes.see("remove")
    page.locator("main button[type=submit]").click()
    page.goto("/queue")
    assert page.url.endswith("/account/second-factor")


def test_where_there_are_no_passkeys_the_page_says_so_and_the_password_still_works(
    house: House, desk: Callable[[], Desk]
) -> None:
    seat = desk()
    seat.context.add_init_script("delete window.PublicKeyCredential")
    seat.page.goto("/sign-in")
    expect(seat.page.locator("[data-passkey-absent]")).to_be_visible()
    expect(seat.page.locator("form[data-passkey] button[type=submit]")).to_be_disabled()
    _password(seat.page, "second")
    seat.page.wait_for_url("**/account/second-factor")


def test_an_act_that_asks_again_goes_on_in_the_browser(house: House, desk: Callable[[], Desk], axe: str) -> None:
    """LR-56: an unattended screen changes nothing; who comes back goes on with one press."""
    seat = desk()
    page = seat.page
    Device(seat)
    page.goto("/sign-in")
    _password(page, "protection")
    page.wait_for_url("**/account/second-factor")
    page.goto("/account/passkeys/add")
    _press(page, "/account/recovery-codes")
    _unattended(house)
    page.goto("/audit/export")
    assert "/account/again?next=%2Faudit%2Fexport" in page.url
    assert _faults(page, axe) == {}
    page.locator("a[href^='/account/passkeys/again']").click()
    with page.expect_download() as download:
        page.locator("form[data-passkey] button[type=submit]").click()
    assert download.value.suggested_filename.startswith("audit")


def _unattended(house: House) -> None:
    """Let a quarter of an hour pass for everybody who has signed in."""
    subprocess.run([sys.executable, "-c", _LATER, str(house.home)], check=True, env=clean_environment())
