"""Seeded misuse is caught from the audit alone, and the day's work is not (LR-55)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.integration.conftest import People
from tests.integration.review import world
from torogoz.domain.audit import AuditEvent
from torogoz.domain.purpose import Purpose
from torogoz.domain.staff import Who
from torogoz.flow import accounts, notice
from torogoz.flow.seal import seal
from torogoz.flow.spool import Rounds
from torogoz.flow.try_name import try_name
from torogoz.matching import Query
from torogoz.storage.access.decisions import hit_to_decide
from torogoz.storage.access.dossier import dossier
from torogoz.storage.access.guard import who_is
from torogoz.storage.access.search import By, search
from torogoz.storage.audit import record
from torogoz.storage.models import Account, AuditEntry, AuditHead
from torogoz.storage.spool import Spool

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("heads")]
#: Ten in the morning in El Salvador.
NOW = datetime(2026, 11, 20, 16, 0, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.fixture
def analyst(people: People) -> Who:
    return who_is(people.analyst, Purpose.SERIOUS_CRIME)


def opened(who: Who, row: int, at: datetime = NOW, hits: int = 1) -> AuditEntry:
    return record(AuditEvent.VIEWED_DOSSIER, at, who=who, object_type="traveller", object_id=row, counts={"hits": hits})


def noticed(now: datetime = NOW) -> list[dict[str, int]]:
    """The numbers of all marks, after the sealer and the judge had their rounds."""
    seal(now)
    while notice.notice(now) or AuditHead.objects.get().noticed < AuditHead.objects.get().sequence:
        pass
    marks = AuditEntry.objects.filter(event=AuditEvent.READING_MARKED).order_by("pk")
    return [dict(each.counts) for each in marks]


def test_a_search_for_oneself_is_marked_and_the_mark_names_nobody(people: People, analyst: Who) -> None:
    accounts.rename("the-analyst", "García López, María Elena", NOW)
    search(analyst, By.NAME, "PEREZ", NOW)
    search(analyst, By.NAME, "garcia, juan", NOW)
    search(analyst, By.NAME, "garcia", NOW)
    search(analyst, By.NAME, "Garcia Lopez, Maria", NOW)
    search(analyst, By.LOCATOR, "GARCIA", NOW)
    own = {"account": people.analyst.pk}
    assert noticed() == [own | {"own_name": 1}, own | {"own_name": 2}]
    looks = AuditEntry.objects.filter(event=AuditEvent.SEARCHED, counts__has_key="own_name").order_by("pk")
    marks = AuditEntry.objects.filter(event=AuditEvent.READING_MARKED).order_by("pk")
    assert [each.object_id for each in marks] == [each.pk for each in looks]
    assert {each.account for each in marks} == {None}
    assert "GARC" not in str(list(AuditEntry.objects.values_list())).upper()


def test_a_dossier_or_a_hit_with_ones_own_name_is_marked(people: People, analyst: Who) -> None:
    case = world.case()
    dossier(analyst, case.traveller.pk, NOW)
    accounts.rename("the-analyst", "Ejemplo Prueba, Ana", NOW)
    dossier(analyst, case.traveller.pk, NOW)
    hit_to_decide(analyst, case.hit.pk, NOW)
    dossier(who_is(people.supervisor, Purpose.SERIOUS_CRIME), case.traveller.pk, NOW)
    assert noticed() == [{"account": people.analyst.pk, "own_name": 2}] * 2


def test_bulk_reading_is_marked_with_its_number_and_the_usual_at_the_look_that_is_too_many(
    people: People, analyst: Who
) -> None:
    for day in range(12, 0, -1):
        for each in range(8):
            opened(analyst, 100 * day + each, NOW - day * DAY + each * MINUTE)
    looks = [opened(analyst, each, NOW + each * MINUTE) for each in range(30)]
    assert noticed(NOW + 30 * MINUTE) == [{"account": people.analyst.pk, "many_dossiers": 24, "usual": 8}]
    assert AuditEntry.objects.get(event=AuditEvent.READING_MARKED).object_id == looks[23].pk


def test_bulk_searches_flights_and_looks_without_a_hit_are_marked(people: People, analyst: Who) -> None:
    for each in range(30):
        at = NOW + each * MINUTE
        search(analyst, By.NAME, f"NADIE{each:02}", at)
        record(
            AuditEvent.VIEWED_FLIGHT, at, who=analyst, object_type="journey", object_id=each, counts={"travellers": 1}
        )
        if each < 15:
            opened(analyst, each, at, hits=0)
    own = {"account": people.analyst.pk, "usual": 0}
    assert noticed(NOW + 30 * MINUTE) == [
        own | {"without_hit": 15},
        own | {"many_searches": 30},
        own | {"many_flights": 30},
    ]


def test_names_tried_against_the_lists_count_with_searches(analyst: Who) -> None:
    for each in range(15):
        search(analyst, By.NAME, f"NADIE{each:02}", NOW + 2 * each * MINUTE)
        try_name(analyst, Query("NADIE", "CONOCIDO"), "A case of these tests", NOW + (2 * each + 1) * MINUTE)
    assert noticed(NOW + 30 * MINUTE) == [{"account": analyst.account, "usual": 0, "many_searches": 30}]


def test_a_night_is_marked_with_the_hour_of_the_centres_wall(people: People, analyst: Who) -> None:
    for day in range(11, 0, -1):
        opened(analyst, day, NOW - day * DAY)
    opened(analyst, 99, NOW + 17 * 60 * MINUTE)
    assert noticed(NOW + DAY) == [{"account": people.analyst.pk, "unusual_hour": 3, "days": 11}]


def test_many_people_at_one_traveller_without_a_hit_are_marked(people: People) -> None:
    curious = [Account.objects.create(username=f"curious-{each}", role="analyst") for each in range(5)]
    for each, account in enumerate(curious):
        who = who_is(account, Purpose.SERIOUS_CRIME)
        opened(who, 7, NOW + each * DAY, hits=0)
        opened(who, 7, NOW + each * DAY + MINUTE, hits=0)
        opened(who, 8, NOW + each * DAY, hits=1)
    assert noticed(NOW + 6 * DAY) == [
        {"account": curious[3].pk, "many_readers": 4},
        {"account": curious[4].pk, "many_readers": 5},
    ]


def test_a_raw_message_of_a_traveller_is_a_look_at_them(people: People, analyst: Who) -> None:
    for message in (3, 4):
        record(
            AuditEvent.VIEWED_RAW, NOW, who=analyst, object_type="message", object_id=message, counts={"traveller": 7}
        )
    for each in range(18):
        opened(analyst, 1000 + each, NOW + MINUTE)
    opened(analyst, 7, NOW + MINUTE)
    assert noticed(NOW + MINUTE) == []
    opened(analyst, 2000, NOW + MINUTE)
    assert noticed(NOW + MINUTE) == [{"account": people.analyst.pk, "many_dossiers": 20, "usual": 0}]


def test_many_looks_at_places_of_messages_are_marked_as_those_at_flights_are(people: People, analyst: Who) -> None:
    for message in range(29):
        record(AuditEvent.VIEWED_RAW, NOW, who=analyst, object_type="message", object_id=message)
    assert noticed(NOW) == []
    record(AuditEvent.VIEWED_RAW, NOW, who=analyst, object_type="message", object_id=29)
    assert noticed(NOW) == [{"account": people.analyst.pk, "many_flights": 30, "usual": 0}]


def test_no_look_is_judged_twice_however_small_the_rounds(
    people: People, analyst: Who, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notice, "BATCH", 7)
    for each in range(45):
        opened(analyst, each, NOW + each * MINUTE / 2)
    expected = [{"account": people.analyst.pk, "many_dossiers": number, "usual": 0} for number in (20, 40)]
    assert noticed(NOW + DAY) == expected
    assert noticed(NOW + DAY) == expected
    head = AuditHead.objects.get()
    AuditHead.objects.update(noticed=0)
    monkeypatch.setattr(notice, "head_now", lambda: head)
    head.noticed = 3
    assert notice.notice(NOW) == 0, "what a colleague judged meanwhile is not judged again"


def test_what_is_older_than_a_persons_usual_is_not_judged(analyst: Who) -> None:
    for each in range(25):
        opened(analyst, each, NOW - 40 * DAY)
    assert noticed() == []


def test_the_worker_notices_by_itself(people: People, analyst: Who, tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool")
    spool.make()
    accounts.rename("the-analyst", "García López, María Elena", NOW)
    search(analyst, By.NAME, "garcia", datetime.now(UTC))
    Rounds(spool).next()
    assert AuditEntry.objects.filter(event=AuditEvent.READING_MARKED, sequence=None).count() == 1
    Rounds(spool).next()
    assert AuditEntry.objects.filter(sequence=None).count() == 0
