"""Whatever a sender, an author or a colleague wrote is text on every page, in every file and in every stream."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from msgspec.structs import replace

from tests.integration.conftest import People
from tests.integration.hostile.site import addresses
from tests.integration.review import world
from torogoz.cli.verify_audit import verify
from torogoz.domain.purpose import DataClass, Purpose
from torogoz.domain.traveller import Traveller
from torogoz.flow import review
from torogoz.flow.export_audit import export_audit, keys
from torogoz.storage.access.guard import who_is
from torogoz.storage.models import Account, Agency, AuditEntry, Hit, ReceivedMessage, Watchlist
from torogoz.web import live

Browse = Callable[..., Client]

MARKUP = "<img src=x onerror=alert(1)>"
QUOTED = "'\"><svg onload=alert(2)>"
TEMPLATE = "{{ 7*'7' }}{% debug %}"
WORST = f"{MARKUP}{QUOTED}{TEMPLATE}"
#: What would run, or would have run, if it stood on a page as it was written.
RUN = ("<img src=x", "<svg onload", "7777777", "<IMG SRC=X", "<SVG ONLOAD")
EVERYBODY = ("analyst", "supervisor", "data_protection", "administrator", "border_officer", "partner")


def hostile(person: Traveller) -> Traveller:
    return replace(
        person,
        surname=WORST.upper(),
        given_names=WORST.upper(),
        title=MARKUP,
        seat=MARKUP[:8],
        record_locator=MARKUP,
        nationality="<b>",
        birth_place=WORST,
    )


@pytest.fixture
def case(people: People) -> world.Case:
    """A hit on a traveller whose every text is hostile, from a list, an entry and a message that are no better."""
    made = world.case(cause_source=WORST[:80], title_es=WORST, title_en=WORST, matched_name=WORST)
    flight = made.journey
    api, pnr = world.message(flight, "PAXLST"), world.message(flight, "PNRGOV")
    bad = world.traveller(
        flight,
        (DataClass.API, api, hostile(world.ANA), None),
        (DataClass.PNR, pnr, hostile(world.ANA_BOOKED), replace(world.BOOKING, record_locator=MARKUP)),
    )
    Hit.objects.filter(pk=made.hit.pk).update(traveller=bad)
    evidence = [{**each, "values": [[name, WORST] for name, _ in each["values"]]} for each in world.EVIDENCE]  # type: ignore[attr-defined]
    Hit.objects.filter(pk=made.hit.pk).update(evidence=evidence)
    world.entry(made.hit, owner=WORST[:80], legal_basis=WORST, reason=WORST, grade="<b>", handling="<b>")
    ReceivedMessage.objects.update(sender=MARKUP, reference=WORST[:40], common_reference=WORST[:40], version="<b>")
    Agency.objects.update(name=WORST[:80])
    Account.objects.filter(pk=people.partner.pk).update(username="<b>onerror</b>")
    review.write_note(who_is(people.analyst, Purpose.SERIOUS_CRIME), bad.pk, f"A note with {WORST} in it", world.NOW)
    found = world.Case(flight, bad, Hit.objects.get(pk=made.hit.pk), api, pnr)
    world.keep_lines(found)
    return found


def pages(client: Client, case: world.Case) -> dict[str, tuple[int, str]]:
    """Every page for one hit: path → status and text."""
    known = {
        "hit": case.hit.pk,
        "traveller": case.traveller.pk,
        "journey": case.journey.pk,
        "message": case.api.pk,
        "list_id": Watchlist.objects.get().pk,
        "entry": AuditEntry.objects.latest("pk").pk,
    }
    asked = [path for path, name in addresses(1, **known) if name not in {"live", "account_logout"}]
    answers = {path: client.get(path) for path in asked}
    return {
        path: (answer.status_code, answer.content.decode() if not answer.streaming else "")
        for path, answer in answers.items()
    }


@pytest.mark.parametrize("name", EVERYBODY)
def test_nothing_that_was_written_runs_on_any_page(name: str, case: world.Case, people: People, browse: Browse) -> None:
    purpose = Purpose.SERIOUS_CRIME if name in {"analyst", "supervisor", "partner"} else None
    shown = pages(browse(getattr(people, name), purpose), case)
    assert [(path, each) for path, (_, text) in shown.items() for each in RUN if each in text] == []
    assert [path for path, (status, _) in shown.items() if status >= 500] == []


def test_the_hostile_texts_are_shown_as_text(case: world.Case, people: People, browse: Browse) -> None:
    shown = pages(browse(people.analyst, Purpose.SERIOUS_CRIME), case)
    escaped = [path for path, (status, text) in shown.items() if status == 200 and "&lt;" in text]
    for page in ("/queue", f"/traveller/{case.traveller.pk}", f"/flights/{case.journey.pk}", "/messages"):
        assert page in escaped


def test_what_was_searched_comes_back_as_text(case: world.Case, people: People, browse: Browse) -> None:
    client = browse(people.analyst, Purpose.SERIOUS_CRIME)
    for by in ("name", "document", "locator", "flight"):
        page = client.post("/search", {"by": by, "text": WORST}).content.decode()
        assert [each for each in RUN if each in page] == []


def test_what_an_importer_typed_comes_back_as_text(people: People, browse: Browse) -> None:
    client = browse(people.supervisor)
    page = client.post("/watchlists/import", {"name": WORST, "owner": WORST, "legal_basis": WORST}).content.decode()
    assert [each for each in RUN if each in page] == []
    page = client.get("/watchlists/import", {"name": WORST, "owner": WORST}).content.decode()
    assert [each for each in RUN if each in page] == []


def test_a_name_in_an_export_of_the_audit_cannot_pass_for_a_signature(
    people: People, browse: Browse, heads: Path, now: datetime
) -> None:
    name = '","signature":"' + "0" * 100 + '"}\n{"n":1'
    Account.objects.filter(pk=people.analyst.pk).update(username=name)
    Agency.objects.filter(code="CENTRO").update(code=name[:32])
    people.analyst.refresh_from_db()
    browse(people.analyst).get("/audit")
    browse(people.data_protection).get("/audit")
    lines = list(export_audit(None, now))
    assert json.loads(lines[0])["accounts"][str(people.analyst.pk)] == name
    assert verify(keys(), lines).startswith("whole: entries 1 to")


def test_a_stream_says_that_there_is_news_and_never_what(monkeypatch: pytest.MonkeyPatch) -> None:
    class Told:
        last = 7
        screens = frozenset({"queue", "board"})

    async def told(*_: Any) -> Told | None:
        return Told() if heard.pop() else None

    async def latest() -> int:
        return 7

    heard = [False, True]
    monkeypatch.setattr(live, "_told", told)
    monkeypatch.setattr(live, "_latest", latest)
    monkeypatch.setattr(live, "HEARTBEAT", 0.01)

    async def everything() -> str:
        return "".join([text async for text in live.listen("key", 1, 6)])

    lines = asyncio.run(everything()).split("\n")
    assert {line.partition(":")[0] for line in lines} <= {"", "retry", "id", "event", "data"}
    assert all(line.partition(": ")[2].isdecimal() for line in lines if line.startswith(("id", "data", "retry")))
    assert [line for line in lines if line.startswith("event")] == ["event: board", "event: queue"]
