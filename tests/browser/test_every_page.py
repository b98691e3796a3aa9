"""Every page, of everybody, in both languages and both themes, wide and narrow: axe finds nothing, nothing overflows,
and the page's own policy forbids nothing that the page does."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Desk
from tests.serving import House, clean_environment, served

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
        "/traveller/{masked}",
        "/flights/{masked_flight}",
        "/hit/{hit}/decide",
        "/decision/{unreferred}/refer",
        "/referrals",
        "/second",
        "/handover",
        "/watchlists",
        "/watchlists/{watchlist}",
        "/watchlists/{watchlist}/entries",
        "/rules",
        "/rules/{rule}",
        "/rules/{proposed}",
        "/rules/propose",
        "/messages",
        "/messages?carrier=none",
        "/messages/{loaded}",
        "/messages/{message}",
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
        "/rules/{proposed}",
        "/carriers",
        "/carriers/{agreed}",
        "/carriers/{agreed}/scorecard",
        "/carriers/contested",
    ),
    "carrier": ("/carrier", "/carrier/findings", "/carrier/sandbox", "/carrier/outages"),
    "protection": (
        "/holds",
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
        "/account/password",
        "/account/passkeys",
        "/account/passkeys/add",
    ),
    "officer": ("/referrals", "/referrals/{referral}", "/referrals/{referral}/print"),
    "visitor": ("/", "/queue", "/account/again", "/sign-out"),
    "": ("/sign-in",),
}
WIDTHS = (1440, 390)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with served(tmp_path_factory.mktemp("pages") / "home") as house:
        yield house


@pytest.fixture(scope="module")
def furnished(house: House) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.browser.furnish", str(house.home)]
    made = subprocess.run(command, check=True, capture_output=True, env=clean_environment())
    return dict(json.loads(made.stdout))


#: What is wider than the cell or line that holds it lies over what stands beside.
_OUT_OF_PLACE = """
[...document.querySelectorAll("main :is(dd, dt, td, th, li, p, h1, h2, h3, label, legend), header li")]
    .filter((each) => each.clientWidth && each.scrollWidth > each.clientWidth + 1)
    .filter((each) => getComputedStyle(each).overflowX === "visible")
    .slice(0, 3).map((each) => each.innerText.slice(0, 80))
"""


def _faults(page: Page, axe: str) -> list[str]:
    """What axe finds on the page as it stands, and what is wider than the window or than its own place."""
    if not page.evaluate("typeof axe !== 'undefined'"):
        page.evaluate(axe)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    faults = [
        f"{each['id']}: {node['html'][:160]} ({node['failureSummary'][:200]})"
        for each in found["violations"]
        for node in each["nodes"][:3]
    ]
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        faults.append("the page is wider than the window")
    faults += [f"out of its place: {text}" for text in page.evaluate(_OUT_OF_PLACE)]
    return faults


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["es", "en"])
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
    seat = desk()
    seat.context.add_cookies(
        [{"name": "theme", "value": theme, "url": house.url}, {"name": "language", "value": language, "url": house.url}]
    )
    if name:
        seat.sign_in(name, language)
    wrong: dict[str, list[str]] = {}
    for path in PAGES[name]:
        seat.page.goto(path.format(**furnished))
        assert seat.page.evaluate("document.documentElement.lang") == language
        assert seat.page.evaluate("document.documentElement.dataset.bsTheme") == theme
        for width in WIDTHS:
            seat.page.set_viewport_size({"width": width, "height": 900})
            faults = _faults(seat.page, axe)
            if faults:
                wrong[f"{path} at {width}"] = faults
    assert wrong == {}
