"""What list entries make people do, and which fire too often: computed from the hits, until mended or looked at."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.integration.conftest import People
from tests.integration.review import world
from torogoz.domain.audit import AuditEvent
from torogoz.domain.hit import HitStatus, Identity, Ruling
from torogoz.domain.purpose import Purpose
from torogoz.domain.staff import Who
from torogoz.errors import AuthorError, RefusedError
from torogoz.flow.watchlists import import_list
from torogoz.matching.expected import observed
from torogoz.storage.access.alarms import alarms
from torogoz.storage.access.loads import TooOften, load_of, look, too_often, worst
from torogoz.storage.audit import open_text
from torogoz.storage.models import (
    AuditEntry,
    Decision,
    Hit,
    JourneyTraveller,
    Watchlist,
    WatchlistEntry,
    WatchlistVersion,
)

Ask = Callable[..., Who]

HEADER = "id,names,birth_date,nationality,sex,document_numbers,owner,legal_basis,purpose,grade,review_on"
LINES = (
    "W-1,EJEMPLO ANA,1988-02-29,SLV,F,,CENTRO,Ley,border_control,B2,2027-06-30",
    "W-2,FICTICIO BETO,1975-06-01,,M,,CENTRO,Ley,serious_crime,B2,2027-06-30",
)
WEEKS, DAY = timedelta(weeks=1), timedelta(days=1)
REASON = "Its birth date was asked of the owner"


def load(now: datetime, *lines: str) -> Watchlist:
    import_list(None, "prueba", ["\n".join([HEADER, *lines]).encode()], now)
    return Watchlist.objects.get(name="prueba")


@pytest.fixture
def prueba(people: People, now: datetime) -> Watchlist:
    """A list that has stood for half a year, and may raise three hits a day and five a week of each entry."""
    return load(now - 26 * WEEKS, *LINES)


@pytest.fixture(autouse=True)
def bounds(settings: Any) -> None:
    settings.ENTRY_HITS_A_DAY, settings.ENTRY_HITS_A_WEEK, settings.ENTRY_REJECTED_PERCENT = 3, 5, 90


def entry(key: str = "W-1") -> int:
    return WatchlistEntry.objects.get(key=key, version_to=None).pk


def raised(number: int, at: datetime, key: str = "W-1", identity: Identity | None = None, **columns: Any) -> list[Hit]:
    """Hits of an entry, decided where an identity is given."""
    made = []
    for _ in range(number):
        hit = world.case(cause_source="prueba", cause_key=key, raised_at=at, **columns).hit
        if identity:
            Decision.objects.create(
                hit=hit,
                made_by=world.account("analyst"),  # type: ignore[arg-type]
                made_at=at,
                identity=identity,
                ground="no",
                action="none",
                effective_at=at,
            )
            Hit.objects.filter(pk=hit.pk).update(status=HitStatus.DECIDED)
        made.append(hit)
    return made


def test_entries_come_by_the_strangers_they_stopped(prueba: Watchlist, people: People, who: Ask, now: datetime) -> None:
    raised(2, now - 2 * WEEKS, identity=Identity.SAME)
    raised(1, now - 2 * DAY, identity=Identity.NOT_SAME)
    raised(2, now - 2 * DAY, key="W-2")
    raised(9, now - 5 * WEEKS)
    second, first = worst(who(people.analyst), prueba.pk, now)
    assert [(each.key, each.raised) for each in (second, first)] == [("W-2", 2), ("W-1", 3)]
    assert (first.day, first.week, first.decided, first.rejected, first.confirmed) == (0, 1, 3, 1, 2)
    assert first.rate == observed(1, 4)
    assert first.why == ()
    assert load_of(who(people.analyst), entry(), now) == first


def test_no_weekly_rate_is_told_of_an_entry_that_has_stood_for_less_than_a_day(
    people: People, who: Ask, now: datetime
) -> None:
    listed = load(now - DAY / 2, *LINES)
    raised(1, now - DAY / 4)
    for at, told in ((now, None), (now + DAY / 2, observed(1, 1 / 7))):
        assert [each.rate for each in worst(who(people.analyst), listed.pk, at)] == [told]


def test_an_entry_that_brought_nothing_or_is_dropped_has_no_load(
    prueba: Watchlist, people: People, who: Ask, now: datetime
) -> None:
    assert load_of(who(people.analyst), entry(), now) is None
    raised(9, now - DAY / 2)
    dropped = entry()
    load(now, LINES[1])
    assert load_of(who(people.analyst), dropped, now) is None
    assert too_often(who(people.supervisor), now) == ()


@pytest.mark.parametrize(
    ("hits", "why"),
    [
        ((3, 0), ()),
        ((4, 0), (TooOften.DAY,)),
        ((3, 3), (TooOften.WEEK,)),
        ((4, 2), (TooOften.DAY, TooOften.WEEK)),
    ],
)
def test_more_hits_in_a_day_or_a_week_than_are_set_alarm_and_none_is_dropped(
    hits: tuple[int, int], why: tuple[TooOften, ...], prueba: Watchlist, people: People, who: Ask, now: datetime
) -> None:
    raised(hits[0], now - DAY / 2)
    raised(hits[1], now - 3 * DAY)
    assert [each.why for each in too_often(who(people.supervisor), now)] == ([why] if why else [])
    assert Hit.objects.filter(status=HitStatus.OPEN, queued=True).count() == sum(hits)


@pytest.mark.parametrize(("other", "same", "alarming"), [(9, 0, 0), (10, 0, 1), (18, 2, 1), (17, 3, 0)])
def test_an_entry_whose_decided_hits_were_nearly_all_somebody_else_alarms(
    other: int, same: int, alarming: int, prueba: Watchlist, people: People, who: Ask, now: datetime
) -> None:
    raised(other, now - 2 * WEEKS, identity=Identity.NOT_SAME)
    raised(same, now - 2 * WEEKS, identity=Identity.SAME)
    found = too_often(who(people.supervisor), now)
    assert [each.why for each in found] == [(TooOften.REJECTED,)] * alarming


def test_the_alarm_ends_when_somebody_has_looked_and_begins_anew_with_new_hits(
    prueba: Watchlist, people: People, who: Ask, now: datetime
) -> None:
    raised(4, now - DAY / 2)
    supervisor = who(people.supervisor)
    assert alarms(supervisor, now).entries == 1
    assert look(supervisor, entry(), REASON, now) == prueba.pk
    assert alarms(supervisor, now).entries == 0
    (shown,) = worst(supervisor, prueba.pk, now)
    assert (shown.day, shown.why) == (4, ())
    raised(4, now + timedelta(hours=1))
    assert alarms(supervisor, now + timedelta(hours=2)).entries == 1
    noted = AuditEntry.objects.get(event=AuditEvent.ENTRY_REVIEWED)
    assert (noted.object_type, noted.object_id, open_text(noted.text)) == ("watchlist_entry", entry(), REASON)


def test_the_alarm_ends_when_the_entry_is_mended(prueba: Watchlist, people: People, who: Ask, now: datetime) -> None:
    raised(4, now - DAY / 2)
    load(now, LINES[0].replace("EJEMPLO ANA", "EJEMPLO ANA SINTETICA"), LINES[1])
    assert alarms(who(people.supervisor), now).entries == 0
    load(now, *LINES[1:])
    assert worst(who(people.supervisor), prueba.pk, now) == ()


def test_the_alarm_ends_by_itself_when_the_hits_are_past(
    prueba: Watchlist, people: People, who: Ask, now: datetime
) -> None:
    raised(4, now - DAY / 2)
    assert alarms(who(people.supervisor), now + DAY).entries == 0


def test_masked_records_do_not_count(prueba: Watchlist, people: People, who: Ask, now: datetime) -> None:
    raised(4, now - DAY / 2)
    JourneyTraveller.objects.update(masked_at=now)
    assert too_often(who(people.supervisor), now) == ()


def test_hits_that_homonym_memory_left_out_do_not_count_and_samples_do(
    prueba: Watchlist, people: People, who: Ask, now: datetime
) -> None:
    raised(9, now - DAY / 2, queued=False, ruling=Ruling.CLEARED)
    assert worst(who(people.analyst), prueba.pk, now) == ()
    raised(2, now - DAY / 2, ruling=Ruling.SAMPLED)
    raised(1, now - DAY / 2, ruling=Ruling.OTHER_DOCUMENT)
    (load,) = worst(who(people.analyst), prueba.pk, now)
    assert (load.raised, load.rate, load.why) == (3, observed(3, 4), ())


def test_each_sees_the_entries_of_their_own_agency_and_compartments(
    prueba: Watchlist, people: People, who: Ask, now: datetime
) -> None:
    raised(4, now - DAY / 2)
    assert worst(who(people.partner), prueba.pk, now) == ()
    for rows in (Watchlist, WatchlistEntry, Hit):
        rows.objects.update(compartment="ALFA")
    assert alarms(who(people.supervisor), now).entries == 0
    with pytest.raises(RefusedError):
        look(who(people.supervisor), entry(), REASON, now)
    people.supervisor.compartments = ["ALFA"]
    assert alarms(who(people.supervisor), now).entries == 1


def test_only_reviewers_read_loads_and_only_supervisors_look(
    prueba: Watchlist, people: People, who: Ask, now: datetime
) -> None:
    for account in people.but("analyst", "supervisor", "partner"):
        with pytest.raises(RefusedError):
            worst(who(account), prueba.pk, now)
        with pytest.raises(RefusedError):
            load_of(who(account), entry(), now)
    for account in people.but("supervisor"):
        with pytest.raises(RefusedError):
            look(who(account), entry(), REASON, now)
    for reason in ("", "too short", "x" * 1001):
        with pytest.raises(AuthorError):
            look(who(people.supervisor), entry(), reason, now)


def test_the_list_shows_what_fires_too_often_and_a_supervisor_notes_that_they_looked(
    people: People, browse: Callable[..., Client]
) -> None:
    now = timezone.now()
    listed = load(now - 26 * WEEKS, *LINES)
    raised(4, now - DAY / 2)
    analyst, supervisor = browse(people.analyst, Purpose.BORDER_CONTROL), browse(people.supervisor)
    for page in (analyst.get(f"/watchlists/{listed.pk}"), supervisor.get(f"/watchlists/{listed.pk}")):
        assert "too many hits in a day" in page.content.decode()
    own_page = f'href="/watchlists/{listed.pk}/entries/{entry()}"'
    assert own_page in analyst.get(f"/watchlists/{listed.pk}").content.decode()
    assert own_page not in browse(people.analyst).get(f"/watchlists/{listed.pk}").content.decode()
    assert "I have looked" not in analyst.get(f"/watchlists/{listed.pk}").content.decode()
    for path in ("/watchlists", "/health"):
        assert "1 list entry fires too often." in supervisor.get(path).content.decode()
    assert "Fires too often" in analyst.get("/watchlists").content.decode()
    assert "Fires too often" not in browse(people.administrator).get("/watchlists").content.decode()
    address = f"/watchlists/entries/{entry()}/looked"
    assert "too short" in supervisor.post(address, {"reason": "x"}, follow=True).content.decode()
    page = supervisor.post(address, {"reason": REASON}, follow=True)
    assert "counts anew" in page.content.decode()
    assert "too many hits in a day" not in page.content.decode()
    assert "fires too often" not in supervisor.get("/alarms").content.decode()


def test_an_entry_without_a_version_of_its_list_alarms_nobody(people: People, who: Ask, now: datetime) -> None:
    for hit in raised(4, now - DAY / 2)[:1]:
        world.entry(hit)
    assert not WatchlistVersion.objects.exists()
    assert too_often(who(people.supervisor), now) == ()
