"""The audit page of the data-protection officer: marks in sentences, and what came of each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from django.utils import timezone, translation

from tests.integration.conftest import People
from torogoz.domain.audit import AuditEvent
from torogoz.privacy.reading import PACES, Mark
from torogoz.storage.access.guard import who_is
from torogoz.storage.access.marks import MarkedLook
from torogoz.storage.audit import record
from torogoz.storage.models import Account, AuditEntry
from torogoz.web.reading_words import OWN, SENTENCES, sentence

Browse = Callable[..., Client]
pytestmark = pytest.mark.usefixtures("heads")


@pytest.fixture
def officer(people: People, browse: Browse) -> Client:
    return browse(people.data_protection)


def mark(people: People, **numbers: int) -> AuditEntry:
    now = timezone.now()
    entry = record(AuditEvent.SEARCHED, now, who=who_is(people.analyst), counts={"found": 1})
    counts = {"account": people.analyst.pk, **numbers}
    return record(AuditEvent.READING_MARKED, now, object_type="audit_entry", object_id=entry.pk, counts=counts)


def told(mark: Mark, number: int, beside: int = 0) -> MarkedLook:
    return MarkedLook(1, 1, "", datetime(2026, 1, 1, tzinfo=timezone.get_default_timezone()), mark, number, beside)


def test_every_mark_has_its_sentence_with_its_numbers_in_both_languages() -> None:
    """LR-55: each mark is a sentence with what was counted and what it is held against."""
    assert set(SENTENCES) | {Mark.OWN_NAME} == set(Mark)
    for each in Mark:
        said = {}
        for language in ("es", "en"):
            with translation.override(language):
                said[language] = [sentence(told(each, number, beside)) for number in OWN for beside in (0, 57)]
        assert not set(said["es"]) & set(said["en"]), each
        assert all("%" not in text for texts in said.values() for text in texts)
    with translation.override("en"):
        assert sentence(told(Mark.MANY_DOSSIERS, 24, 8)) == "24 dossiers within 1 h; their usual: 8"
        assert sentence(told(Mark.WITHOUT_HIT, 15)) == (
            "15 dossiers without a hit within 8 h; so far without a usual of their own"
        )
        assert sentence(told(Mark.UNUSUAL_HOUR, 23, 12)).startswith("Between 23:00 and 0:00, an hour")
        assert sentence(told(Mark.MANY_READERS, 4)).startswith("4 people looked within 7 days")
    assert {pace.within.total_seconds() % 3600 for pace in PACES} == {0}


def test_the_page_shows_marks_and_the_officer_says_what_came_of_them(people: People, officer: Client) -> None:
    made = mark(people, many_searches=34, usual=6)
    page = officer.get("/audit").content.decode()
    assert "1 mark to look at" in page
    assert "34 searches within 1 h; their usual: 6" in page
    assert f"/audit/mark/{made.pk}" in officer.get("/audit?marks=open").content.decode()
    asked = officer.get(f"/audit/mark/{made.pk}").content.decode()
    assert "34 searches within 1 h; their usual: 6" in asked
    assert "person=the-analyst" in asked
    short = officer.post(f"/audit/mark/{made.pk}/looked-at", {"reason": "fine"})
    assert short.status_code == 422
    assert not AuditEntry.objects.filter(event=AuditEvent.READING_REVIEWED).exists()
    done = officer.post(f"/audit/mark/{made.pk}/looked-at", {"reason": "A list of names came by post"}, follow=True)
    page = done.content.decode()
    assert "Looked at. What you wrote stands, sealed, in the audit." in page
    assert "No entry fits this filter" in page
    assert "looked at by the-data-protection-officer" in officer.get("/audit?marks=all").content.decode()
    assert "looked at by" in officer.get(f"/audit/mark/{made.pk}").content.decode()
    again = officer.post(f"/audit/mark/{made.pk}/looked-at", {"reason": "A list of names came by post"}, follow=True)
    assert "This mark was looked at already: see who did, and when." in again.content.decode()


def test_the_page_says_whose_names_are_missing_and_when_nothing_is_sealed(people: People, officer: Client) -> None:
    page = officer.get("/audit").content.decode()
    assert "3 people who look at travellers have no full name here" in page
    assert "nothing to look at" in page
    assert "Nothing is sealed" not in page
    Account.objects.update(last_name="García")
    AuditEntry.objects.update(at=datetime(2026, 1, 1, tzinfo=timezone.get_default_timezone()))
    page = officer.get("/audit").content.decode()
    assert "have no full name" not in page
    assert "Nothing is sealed: the worker is away." in page


def test_a_mark_is_nobodys_but_the_officers(people: People, browse: Browse) -> None:
    made = mark(people, own_name=1)
    for account in people.but("data_protection"):
        client = browse(account)
        assert client.get(f"/audit/mark/{made.pk}").status_code == 403
        posted = client.post(f"/audit/mark/{made.pk}/looked-at", {"reason": "A list of names came by post"})
        assert posted.status_code == 403
