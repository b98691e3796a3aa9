"""The audit as the data-protection officer reads it, and nobody else (LR-52)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from tests.integration.conftest import People
from torogoz.domain.audit import AuditEvent, AuditRow
from torogoz.domain.purpose import Purpose
from torogoz.domain.staff import Who
from torogoz.errors import RefusedError
from torogoz.flow.export_audit import export_audit
from torogoz.storage.access.audit_log import PAGE, Filter, log, open_text
from torogoz.storage.audit import record
from torogoz.storage.models import AuditEntry

Ask = Callable[..., Who]
EVERYTHING = Filter()


@pytest.fixture
def officer(people: People, who: Ask) -> Who:
    return who(people.data_protection, Purpose.OVERSIGHT)


def test_only_the_data_protection_officer_reads_exports_and_opens(people: People, who: Ask, now: datetime) -> None:
    entry = record(AuditEvent.SEARCHED, now, who=who(people.analyst), text="name: GARCIA")
    for account in people.but("data_protection"):
        asker = who(account, Purpose.SERIOUS_CRIME)
        for read in (
            lambda asker: log(asker, now, EVERYTHING),
            lambda asker: export_audit(asker, now),
            lambda asker: open_text(asker, entry.pk, "a good reason", now),
        ):
            with pytest.raises(RefusedError):
                read(asker)


def test_the_log_is_narrowed_by_person_event_time_and_row(
    people: People, who: Ask, officer: Who, now: datetime
) -> None:
    analyst = who(people.analyst, Purpose.SERIOUS_CRIME)
    hour = timedelta(hours=1)
    first = record(AuditEvent.VIEWED_DOSSIER, now - 3 * hour, who=analyst, object_type="traveller", object_id=7)
    second = record(AuditEvent.VIEWED_DOSSIER, now - hour, who=officer, object_type="traveller", object_id=8)
    third = record(AuditEvent.HIT_RAISED, now - hour, object_type="hit", object_id=7)

    def ids(only: Filter) -> list[int]:
        return [each.id for each in log(officer, now, only).entries]

    assert ids(Filter(account=people.analyst.username)) == [first.pk]
    assert ids(Filter(event=AuditEvent.VIEWED_DOSSIER)) == [second.pk, first.pk]
    assert ids(Filter(until=now - 2 * hour)) == [first.pk]
    assert ids(Filter(since=now - 2 * hour, until=now)) == [third.pk, second.pk]
    assert ids(Filter(object_type=AuditRow.TRAVELLER, object_id=7)) == [first.pk]
    assert ids(Filter(before=second.pk)) == [first.pk]


def test_an_entry_says_who_when_why_and_on_which_row(people: People, who: Ask, officer: Who, now: datetime) -> None:
    analyst = who(people.analyst, Purpose.SERIOUS_CRIME)
    record(AuditEvent.SEARCHED, now, who=analyst, counts={"found": 3}, text="name: GARCIA")
    record(AuditEvent.HIT_RAISED, now, object_type="hit", object_id=7)
    seen = log(officer, now, EVERYTHING)
    system, searched = seen.entries
    assert (system.by, system.role, system.purpose, system.has_text) == ("", None, None, False)
    assert (searched.by, searched.purpose, searched.counts) == (
        people.analyst.username,
        Purpose.SERIOUS_CRIME,
        (("found", 3),),
    )
    assert searched.has_text
    assert people.analyst.username in seen.people
    assert (system.object_type, system.object_id) == (AuditRow.HIT, 7)
    assert AuditEntry.objects.latest("pk").event == AuditEvent.VIEWED_AUDIT


def test_a_page_ends_and_names_where_the_next_begins(officer: Who, now: datetime) -> None:
    for _ in range(PAGE + 5):
        record(AuditEvent.HIT_RAISED, now, object_type="hit", object_id=7)
    first = log(officer, now, Filter(event=AuditEvent.HIT_RAISED))
    assert (len(first.entries), first.next) == (PAGE, first.entries[-1].id)
    second = log(officer, now, Filter(event=AuditEvent.HIT_RAISED, before=first.next))
    assert (len(second.entries), second.next) == (5, None)


def test_a_sealed_text_opens_for_a_reason_that_is_kept_in_turn(
    people: People, who: Ask, officer: Who, now: datetime
) -> None:
    entry = record(AuditEvent.SEARCHED, now, who=who(people.analyst), text="name: GARCIA")
    for number, reason in ((entry.pk, "  "), (entry.pk + 1, "a good reason")):
        with pytest.raises(RefusedError):
            open_text(officer, number, reason, now)
    assert open_text(officer, entry.pk, "a complaint of 12 November", now) == "name: GARCIA"
    request = AuditEntry.objects.latest("pk")
    assert (request.event, request.object_type, request.object_id) == (
        AuditEvent.VIEWED_AUDIT,
        "audit_text",
        entry.pk,
    )
    assert open_text(officer, request.pk, "to show what is kept", now) == "a complaint of 12 November"
