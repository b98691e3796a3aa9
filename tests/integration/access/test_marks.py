"""Marks of unusual reading: whose they are, how the log is narrowed to them, and what came of looking at each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from tests.integration.conftest import People
from torogoz.domain.audit import AuditEvent
from torogoz.domain.purpose import Purpose
from torogoz.domain.staff import Who
from torogoz.errors import RefusedError
from torogoz.flow.seal import seal
from torogoz.privacy.reading import Mark
from torogoz.storage.access.audit_log import SEALED_WITHIN, Filter, log
from torogoz.storage.access.guard import NotThereError
from torogoz.storage.access.marks import Marks, one_mark, review
from torogoz.storage.audit import open_text, record
from torogoz.storage.models import Account, AuditEntry, AuditText

Ask = Callable[..., Who]
pytestmark = pytest.mark.usefixtures("heads")


@pytest.fixture
def officer(people: People, who: Ask) -> Who:
    return who(people.data_protection, Purpose.OVERSIGHT)


def look(people: People, who: Ask, now: datetime) -> AuditEntry:
    return record(AuditEvent.SEARCHED, now, who=who(people.analyst, Purpose.SERIOUS_CRIME), counts={"found": 1})


def marked(entry: AuditEntry, now: datetime, **numbers: int) -> AuditEntry:
    counts = {"account": entry.account_id or 0, **numbers}
    return record(AuditEvent.READING_MARKED, now, object_type="audit_entry", object_id=entry.pk, counts=counts)


def test_a_look_stands_with_its_marks_and_their_numbers(people: People, who: Ask, officer: Who, now: datetime) -> None:
    """LR-52, LR-55."""
    entry = look(people, who, now)
    look(people, who, now)
    marked(entry, now, many_searches=30, usual=4)
    marked(entry, now, unusual_hour=3, days=12)
    marked(entry, now, own_name=2)
    page = log(officer, now, Filter(event=AuditEvent.SEARCHED))
    plain, seen = page.entries
    assert plain.marks == ()
    assert [(each.mark, each.number, each.beside, each.by) for each in seen.marks] == [
        (Mark.MANY_SEARCHES, 30, 4, "the-analyst"),
        (Mark.UNUSUAL_HOUR, 3, 12, "the-analyst"),
        (Mark.OWN_NAME, 2, 0, "the-analyst"),
    ]
    assert {(each.looked_by, each.looked_at) for each in seen.marks} == {("", None)}
    assert page.open_marks == 3


def test_the_log_is_narrowed_to_marked_looks_and_to_those_that_wait(
    people: People, who: Ask, officer: Who, now: datetime
) -> None:
    first, second, _ = (look(people, who, now) for _ in range(3))
    done, waits = marked(first, now, own_name=1), marked(second, now, own_name=1)
    review(officer, done.pk, "They share a surname with half the country", now)

    def ids(marks: Marks | None) -> list[int]:
        return [each.id for each in log(officer, now, Filter(marks=marks, event=AuditEvent.SEARCHED)).entries]

    assert ids(Marks.ALL) == [second.pk, first.pk]
    assert ids(Marks.OPEN) == [second.pk]
    marked(first, now, many_searches=30, usual=0)
    assert ids(Marks.OPEN) == [second.pk, first.pk], "one mark of it waits"
    assert one_mark(officer, waits.pk, now).looked_at is None


def test_what_came_of_a_mark_is_an_entry_with_its_reason_sealed(
    people: People, who: Ask, officer: Who, now: datetime
) -> None:
    mark = marked(look(people, who, now), now, own_name=1)
    with pytest.raises(NotThereError):
        review(officer, mark.pk, "   ", now)
    review(officer, mark.pk, " Asked: a cousin was on the list. ", now)
    entry = AuditEntry.objects.get(event=AuditEvent.READING_REVIEWED)
    assert (entry.account_id, entry.object_type, entry.object_id) == (officer.account, "audit_entry", mark.pk)
    assert open_text(AuditText.objects.get(entry=entry)) == "Asked: a cousin was on the list."
    seen = one_mark(officer, mark.pk, now)
    assert (seen.looked_by, seen.looked_at) == ("the-data-protection-officer", now)
    assert log(officer, now, Filter()).open_marks == 0
    with pytest.raises(RefusedError, match="looked at already"):
        review(officer, mark.pk, "Another word on it", now)


def test_nobody_else_sees_a_mark_or_says_what_came_of_it(people: People, who: Ask, now: datetime) -> None:
    mark = marked(look(people, who, now), now, own_name=1)
    for account in people.but("data_protection"):
        for act in (lambda asker: one_mark(asker, mark.pk, now), lambda asker: review(asker, mark.pk, "why not", now)):
            with pytest.raises(NotThereError):
                act(who(account, Purpose.SERIOUS_CRIME))
    assert not AuditEntry.objects.filter(event=AuditEvent.READING_REVIEWED).exists()


def test_what_is_no_mark_is_not_there(people: People, who: Ask, officer: Who, now: datetime) -> None:
    entry = look(people, who, now)
    for number in (entry.pk, entry.pk + 99):
        with pytest.raises(NotThereError):
            one_mark(officer, number, now)


def test_who_looks_at_travellers_without_a_full_name_is_counted(people: People, officer: Who, now: datetime) -> None:
    assert log(officer, now, Filter()).nameless == 3
    Account.objects.filter(pk=people.analyst.pk).update(last_name="García", first_name="Ana")
    Account.objects.filter(pk=people.partner.pk).update(is_active=False)
    assert log(officer, now, Filter()).nameless == 1


def test_the_page_says_how_the_chain_stands(people: People, who: Ask, officer: Who, now: datetime) -> None:
    """LR-51."""
    empty = log(officer, now, Filter()).chain
    assert (empty.sealed, empty.waiting, empty.stuck, empty.signed_on) == (0, 1, False, None)
    seal(now)
    look(people, who, now)
    later = now + SEALED_WITHIN + timedelta(seconds=1)
    waiting = log(officer, later, Filter()).chain
    assert (waiting.sealed, waiting.waiting, waiting.stuck, waiting.signed_on) == (1, 2, True, now.date())
    assert waiting.waiting_since == now
