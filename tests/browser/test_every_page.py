"""Every page, of everybody, in both languages and both themes, wide and narrow: axe finds nothing, nothing overflows,
whatever has the focus shows it, and the page's own policy forbids nothing that the page does."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.urls import resolve
from playwright.sync_api import Page, expect

from tests.browser.conftest import Desk
from tests.serving import House, clean_environment, served
from torogoz.web.permissions import PERMISSIONS

#: role's sign-in → the pages of their work; names in braces are filled from what was furnished.
PAGES: dict[str, tuple[str, ...]] = {
    "analyst": (
        "/queue",
        "/queue?gravity=4",
        "/queue?mine=1",
        "/flights",
        "/flights/{flight}",
        "/flights/{empty_flight}",
        "/search",
        "/traveller/{traveller}",
        "/traveller/{traveller}/lines/{loaded}",
        "/traveller/{traveller}/orders",
        "/traveller/{masked}",
        "/flights/{masked_flight}",
        "/hit/{hit}/decide",
        "/traveller/{cleared}",
        "/hit/{cleared_hit}/decide",
        "/hit/{binds}/decide",
        "/clearances",
        "/decision/{unreferred}/refer",
        "/referrals",
        "/second",
        "/handover",
        "/watchlists",
        "/watchlists/{watchlist}",
        "/watchlists/{watchlist}/entries",
        "/watchlists/{watchlist}/entries/{entry}",
        "/watchlists/{watchlist}/waiting/{waiting}",
        "/watchlists/try",
        "/watchlists/{watchlist}/trial",
        "/rules",
        "/rules/{rule}",
        "/rules/{proposed}",
        "/rules/propose",
        "/messages",
        "/messages?carrier=none",
        "/messages/{loaded}",
        "/messages/{message}",
        "/manifests",
        "/orders",
        "/messages/{message}/places",
        "/messages/{found}/places",
        "/no-such-page",
        "/health",
    ),
    "supervisor": (
        "/second",
        "/handover",
        "/health",
        "/schedule",
        "/holds",
        "/traveller/{traveller}",
        "/watchlists/import",
        "/watchlists",
        "/watchlists/{watchlist}",
        "/watchlists/{watchlist}/entries/{entry}",
        "/watchlists/{watchlist}/entries/{entry}/correct",
        "/watchlists/{watchlist}/entries/new",
        "/watchlists/{watchlist}/waiting/{waiting}",
        "/watchlists/{loud_list}",
        "/rules/{proposed}",
        "/carriers",
        "/carriers/{agreed}",
        "/carriers/{agreed}/scorecard",
        "/carriers/contested",
        "/orders",
        "/clearances",
    ),
    "carrier": ("/carrier", "/carrier/findings", "/carrier/sandbox", "/carrier/outages", "/carrier/manifests"),
    "protection": (
        "/holds",
        "/clearances",
        "/audit",
        "/audit?event=hit.claimed&since=2020-01-01",
        "/audit?person=nobody",
        "/audit?marks=open",
        "/audit?marks=all",
        "/audit/mark/{mark}",
        "/audit/mark/{looked_at}",
        "/audit/{text}/text",
        "/watchlists",
        "/rules",
    ),
    "administrator": (
        "/health",
        "/messages",
        "/messages/{message}",
        "/account/second-factor",
        "/account/second-factor/set-up",
        "/account/password",
        "/account/passkeys",
        "/account/passkeys/add",
    ),
    "officer": ("/referrals", "/referrals/{referral}", "/referrals/{referral}/print"),
    "visitor": ("/", "/queue", "/account/again", "/sign-out"),
    "": ("/sign-in", "/account/inactive"),
}
#: Not a page of their own: pieces of one, what is downloaded, and what leads on.
PIECES = {
    *("queue_table", "board_table", "alarms", "decide_preview", "live", "audit_export", "mfa_login_webauthn"),
    *("manifest_template", "own_template", "interactive", "acknowledgement"),
}
#: Seen with passkeys and codes in the hand (test_passkeys.py), or after an act that asked again (test_again.py).
WITH_A_FACTOR = {
    "account_go_on",
    "mfa_authenticate",
    "mfa_deactivate_totp",
    "mfa_edit_webauthn",
    "mfa_generate_recovery_codes",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_remove_webauthn",
    "mfa_view_recovery_codes",
}
WIDTHS = (1440, 390)


#: role's sign-in → form, what is written into it, and where its answer stands.
ANSWERS: dict[str, tuple[tuple[str, dict[str, str], str], ...]] = {
    "analyst": (
        ("/search", {"text": "{name}"}, "#found"),
        ("/search", {"text": "ZZYZX"}, ".empty"),
        ("/search", {"text": "1"}, ".problem"),
        ("/watchlists/try", {"surname": "{listed_name}", "reason": "A case of these tests"}, ".panel"),
        ("/watchlists/try", {"surname": "ZZYZX QQXQ", "reason": "A case of these tests"}, ".empty"),
        ("/watchlists/try", {"surname": "", "reason": "short"}, ".problem"),
        (
            "/watchlists/{watchlist}/trial",
            {"names": "{listed_name}", "reason": "A case of these tests"},
            "#whom, #strangers",
        ),
        ("/watchlists/{watchlist}/trial", {"names": "=X", "reason": "A case of these tests"}, ".problem"),
        ("/watchlists/{watchlist}/waiting/{waiting}", {"reason": "A case of these tests"}, "#whom, #strangers"),
        ("/watchlists/{watchlist}/waiting/{waiting}", {"reason": "short"}, ".problem"),
        ("/hit/{hit}/decide", {}, "[aria-invalid]"),
        ("/rules/propose", {"text": '{{"key": "x", "condition": {{"op": "guess", "field": "faith"}}}}'}, "#findings"),
    ),
    "supervisor": (
        ("/watchlists/import", {"name": "Ficticia", "file": "id,names\n1,=X\n"}, ".problem"),
        ("/watchlists/{watchlist}/entries/new", {"names": "=X", "birth_date": "1970-13"}, "[aria-invalid]"),
        ("/schedule", {"file": "carrier\nXA\n"}, ".problem"),
    ),
    "": (("/sign-in", {"login": "nobody", "password": "not the phrase"}, ".problem, .errorlist"),),
}
#: As a browser sends a form that does not check what is written.
SEND = """
[...document.querySelectorAll("main form")]
    .find((each) => each.querySelector("textarea, input:not([type=hidden])")).submit()
"""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with served(tmp_path_factory.mktemp("pages") / "home") as house:
        yield house


#: What a language breaks is a width, and what a theme breaks a contrast: neither needs the other to be seen.
SEATS = [("es", "dark"), ("en", "light")]


def _seat(desk: Callable[[], Desk], house: House, language: str, theme: str) -> Desk:
    seat = desk()
    seat.context.add_cookies(
        [{"name": "theme", "value": theme, "url": house.url}, {"name": "language", "value": language, "url": house.url}]
    )
    return seat


@pytest.fixture(scope="module")
def furnished(house: House) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.browser.furnish", str(house.home)]
    made = subprocess.run(command, check=True, stdout=subprocess.PIPE, env=clean_environment())
    return dict(json.loads(made.stdout))


#: What is wider than the cell or line that holds it lies over what stands beside.
_OUT_OF_PLACE = """
[...document.querySelectorAll("main :is(dd, dt, td, th, li, p, h1, h2, h3, label, legend), header li")]
    .filter((each) => each.clientWidth && each.scrollWidth > each.clientWidth + 1)
    .filter((each) => getComputedStyle(each).overflowX === "visible")
    .slice(0, 3).map((each) => each.innerText.slice(0, 80))
"""
#: What is folded away has no size that means anything, and what is wrong with it is seen by whoever opens it.
_UNFOLDED = "document.querySelectorAll('main details').forEach((each) => { each.open = true; })"
#: Wide enough to show them at once, the header's links stand in one line, the longest language too.
_TWO_LINES = """
innerWidth >= 1200 &&
    new Set([...document.querySelectorAll(".top .navbar-nav > li")].map((each) => each.offsetTop)).size > 1
"""


#: What can be reached by the keyboard and does not show that it was; the last key was one, so any focus is visible.
_UNSEEN = """
[...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']")]
    .filter((each) => each.checkVisibility() && !each.disabled)
    .filter((each) => {
        each.focus();
        const {outlineStyle, outlineWidth} = getComputedStyle(each);
        return document.activeElement === each && (outlineStyle === "none" || parseFloat(outlineWidth) < 2);
    })
    .map((each) => each.outerHTML.slice(0, 120))
"""


#: A button that was just let go changes its colour for a sixth of a second, and has enough contrast before and after.
_SETTLED = """
Promise.allSettled(
    document.getAnimations().filter((each) => each instanceof CSSTransition).map((each) => each.finished)
).then(() => null)
"""


def _found_by_axe(page: Page, axe: str) -> list[str]:
    page.evaluate(_SETTLED)
    if not page.evaluate("typeof axe !== 'undefined'"):
        page.evaluate(axe)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{each['id']}: {node['html'][:160]} ({node['failureSummary'][:200]})"
        for each in found["violations"]
        for node in each["nodes"][:3]
    ]


def _unseen(page: Page) -> list[str]:
    """WCAG 2.2, 2.4.7: a line of our own around whatever has the focus."""
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})
    page.keyboard.press("Tab")
    return [f"it has the focus and does not show it: {text}" for text in page.evaluate(_UNSEEN)]


def _out_of_place(page: Page) -> list[str]:
    """What is wider than the window or than its own place."""
    faults = []
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        faults.append("the page is wider than the window")
    if page.evaluate(_TWO_LINES):
        faults.append("the links of the header need two lines")
    return faults + [f"out of its place: {text}" for text in page.evaluate(_OUT_OF_PLACE)]


def _faults(page: Page, axe: str, *, narrow: bool = True) -> dict[str, list[str]]:
    """What is wrong with a page, by width, with all that is folded away in it open.

    What axe finds at a telephone's width alone, no colour makes: it need look there (`narrow`) in one theme only.
    """
    page.evaluate(_UNFOLDED)
    faults = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        axed = _found_by_axe(page, axe) if narrow or width == WIDTHS[0] else []
        if found := axed + _out_of_place(page):
            faults[f"at {width}"] = found
    return faults


def test_no_page_is_left_out() -> None:
    seen = set()
    for path in (path for paths in PAGES.values() for path in paths if path != "/no-such-page"):
        seen.add(resolve(re.sub(r"{\w+}", "1", path.partition("?")[0])).url_name)
    pages = {name for name, row in PERMISSIONS.items() if "GET" in row.methods}
    assert pages - PIECES - WITH_A_FACTOR == seen


@pytest.mark.parametrize(("language", "theme"), SEATS)
@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_wrong_with_any_page(
    name: str,
    language: str,
    theme: str,
    desk: Callable[[], Desk],
    house: House,
    furnished: dict[str, Any],
    axe: str,
) -> None:
    seat = _seat(desk, house, language, theme)
    if name:
        seat.sign_in(name, language)
    wrong: dict[str, dict[str, list[str]]] = {}
    for path in PAGES[name]:
        seat.page.goto(path.format(**furnished))
        assert seat.page.evaluate("document.documentElement.lang") == language
        assert seat.page.evaluate("document.documentElement.dataset.bsTheme") == theme
        faults = _faults(seat.page, axe, narrow=theme == "dark")
        if theme == "light" and (unseen := _unseen(seat.page)):
            faults["by the keyboard"] = unseen
        if faults:
            wrong[path] = faults
    assert wrong == {}


@pytest.mark.parametrize(("language", "theme"), SEATS)
@pytest.mark.parametrize("name", ANSWERS)
def test_nothing_is_wrong_with_what_a_form_answers(
    name: str,
    language: str,
    theme: str,
    desk: Callable[[], Desk],
    house: House,
    furnished: dict[str, Any],
    axe: str,
) -> None:
    seat = _seat(desk, house, language, theme)
    if name:
        seat.sign_in(name, language)
    wrong: dict[str, dict[str, list[str]]] = {}
    for path, written, answer in ANSWERS[name]:
        seat.page.goto(path.format(**furnished))
        for field, text in written.items():
            place = seat.page.locator(f"main [name={field}]")
            said = text.format(**furnished)
            if field == "file":
                place.set_input_files({"name": "a.csv", "mimeType": "text/csv", "buffer": said.encode()})
            else:
                place.fill(said)
        with seat.page.expect_navigation():
            seat.page.evaluate(SEND)
        expect(seat.page.locator("main").locator(answer).first).to_be_visible()
        if faults := _faults(seat.page, axe, narrow=theme == "dark"):
            wrong[f"{path} {written}"] = faults
    assert wrong == {}
