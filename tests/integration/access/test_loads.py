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
from torogoz.domain.staff import StaffRole, Who
from torogoz.errors import AuthorError, RefusedError
from torogoz.flow.watchlists import import_list
from torogoz.matching.expected import observed
from torogoz.storage.access.alarms import alarms
from torogoz.storage.access.loads import TooOften, load_of, look, too_often, worst
from torogoz.storage.access.standing import Standing, standing
from torogoz.storage.audit import open_text
from torogoz.storage.models import (
    Account,
    Agency,
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


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ("EJEMPLO ANA", "EJEMPLO ANA SINTETICA"),
        ("1988-02-29", "1988"),
        ("SLV", ""),
        (",F,", ",,"),
        (",F,,", ",F,SLV:P:A01234567,"),
    ],
)
def test_the_alarm_ends_when_what_the_entry_tells_of_the_person_is_mended(
    was: str, becomes: str, prueba: Watchlist, people: People, who: Ask, now: datetime
) -> None:
    raised(4, now - DAY / 2)
    load(now, LINES[0].replace(was, becomes), LINES[1])
    assert alarms(who(people.supervisor), now).entries == 0
    load(now, *LINES[1:])
    assert worst(who(people.supervisor), prueba.pk, now) == ()


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ("2027-06-30", "2027-12-31"),
        ("CENTRO", "OTRA OFICINA"),
        ("Ley", "Otra ley"),
        ("border_control", "serious_crime"),
        ("B2", "C3"),
    ],
)
def test_no_change_of_its_terms_ends_the_alarm_of_an_entry(
    was: str, becomes: str, prueba: Watchlist, people: People, who: Ask, now: datetime
) -> None:
    raised(4, now - DAY / 2)
    before = entry()
    load(now, LINES[0].replace(was, becomes), LINES[1])
    assert entry() != before
    supervisor = who(people.supervisor)
    assert alarms(supervisor, now).entries == 1
    look(supervisor, entry(), REASON, now)
    load(now, *LINES)
    assert alarms(supervisor, now).entries == 0


def test_nor_does_an_absence_from_the_list_or_another_order_of_what_is_told(
    prueba: Watchlist, people: People, who: Ask, now: datetime
) -> None:
    two = LINES[0].replace("EJEMPLO ANA", "EJEMPLO ANA;ANITA EJEMPLO")
    load(now - 3 * DAY, two, LINES[1])
    raised(4, now - DAY / 2)
    load(now - DAY / 4, LINES[1])
    assert alarms(who(people.supervisor), now).entries == 0
    load(now, LINES[0].replace("EJEMPLO ANA", "ANITA EJEMPLO;EJEMPLO ANA"), LINES[1])
    assert [(each.key, each.day, each.rate) for each in too_often(who(people.supervisor), now)] == [
        ("W-1", 4, observed(4, 3 / 7))
    ]


def test_an_entry_counts_from_the_last_change_of_what_it_tells_through_all_later_forms(
    prueba: Watchlist, people: People, who: Ask, now: datetime
) -> None:
    raised(4, now - 4 * DAY)
    other = LINES[0].replace("EJEMPLO ANA", "EJEMPLO ANA SINTETICA")
    load(now - 3 * DAY, other)
    raised(2, now - 2 * DAY)
    for day, review in ((2, "2027-07-01"), (1, "2027-07-02")):
        load(now - day * DAY, other.replace("2027-06-30", review))
    raised(1, now - DAY / 2)
    (shown,) = worst(who(people.supervisor), prueba.pk, now)
    assert (shown.raised, shown.week, shown.rate) == (3, 3, observed(3, 3 / 7))


def test_no_form_is_opened_that_stood_before_what_is_counted(prueba: Watchlist, now: datetime) -> None:
    rows = [entry()]
    for weeks, review in ((20, "2027-07-01"), (1, "2027-07-02")):
        load(now - weeks * WEEKS, LINES[0].replace("2027-06-30", review))
        rows.append(entry())
    told = {(prueba.pk, "W-1")}
    assert standing(told, now - 4 * WEEKS) == {
        (prueba.pk, "W-1"): Standing(now - 20 * WEEKS, frozenset(rows[1:])),
    }
    assert standing(told, now - 52 * WEEKS) == {(prueba.pk, "W-1"): Standing(now - 26 * WEEKS, frozenset(rows))}


def supervisor_of(agency: Agency | None, name: str, **columns: Any) -> Account:
    return Account.objects.create(username=name, role=StaffRole.SUPERVISOR, agency=agency, language="en", **columns)


@pytest.fixture
def of_frontera(people: People, now: datetime) -> Watchlist:
    """A list that FRONTERA keeps; SOCIO owns one of its entries, and of the other the owner is no agency here."""
    lines = [line.replace("CENTRO", owner) for line, owner in zip(LINES, ("SOCIO", "JUZGADO"), strict=True)]
    listed = load(now - 26 * WEEKS, *lines)
    for rows in (Watchlist, WatchlistEntry):
        rows.objects.update(agency=people.border_officer.agency)
    return listed


def test_an_entry_alarms_the_agency_that_it_names_as_its_owner_on_whose_list_ever(
    of_frontera: Watchlist, people: People, now: datetime, who: Ask
) -> None:
    for key in ("W-1", "W-2"):
        raised(4, now - DAY / 2, key=key, agency=people.border_officer.agency)
    keeper = who(supervisor_of(people.border_officer.agency, "keeps"))
    # As long as SOCIO has nobody who could look, the agency of the list is alarmed for it.
    assert alarms(keeper, now).entries == 2
    supervisor_of(people.partner.agency, "has-left", is_active=False)
    assert alarms(keeper, now).entries == 2
    owner = who(supervisor_of(people.partner.agency, "owns"))
    assert alarms(keeper, now).entries == 1
    assert [(each.key, each.elsewhere, each.day) for each in too_often(owner, now)] == [("W-1", True, 4)]
    assert alarms(owner, now).entries == 1
    assert sorted((each.key, each.elsewhere) for each in too_often(keeper, now)) == [("W-1", False), ("W-2", False)]
    assert alarms(who(people.supervisor), now).entries == 2
    assert alarms(who(supervisor_of(people.carrier_person.agency, "owns-nothing")), now).entries == 0


def test_a_look_ends_the_alarm_for_the_agency_of_who_looked(
    of_frontera: Watchlist, people: People, now: datetime, who: Ask
) -> None:
    raised(4, now - DAY / 2, agency=people.border_officer.agency)
    owner, keeper = (
        who(supervisor_of(each.agency, each.username + "-2")) for each in (people.partner, people.border_officer)
    )
    centre = who(people.supervisor)
    assert look(keeper, entry(), REASON, now) == of_frontera.pk
    assert look(centre, entry(), REASON, now) == of_frontera.pk
    assert [alarms(each, now).entries for each in (owner, keeper, centre)] == [1, 0, 0]
    assert look(owner, entry(), REASON, now) is None
    assert alarms(owner, now).entries == 0
    with pytest.raises(RefusedError):
        look(owner, entry("W-2"), REASON, now)


def test_an_owner_to_whom_the_compartment_is_closed_is_not_told_and_the_agency_of_the_list_is(
    of_frontera: Watchlist, people: People, now: datetime, who: Ask
) -> None:
    raised(4, now - DAY / 2, agency=people.border_officer.agency)
    for rows in (Watchlist, WatchlistEntry, Hit):
        rows.objects.update(compartment="ALFA")
    owner = supervisor_of(people.partner.agency, "owns")
    keeper = who(supervisor_of(people.border_officer.agency, "keeps", compartments=["ALFA"]))
    assert alarms(who(owner), now).entries == 0
    assert too_often(who(owner), now) == ()
    with pytest.raises(RefusedError):
        look(who(owner), entry(), REASON, now)
    assert alarms(keeper, now).entries == 1
    owner.compartments = ["ALFA"]
    owner.save()
    assert alarms(who(owner), now).entries == 1
    assert alarms(keeper, now).entries == 0


def test_an_owner_finds_its_entry_of_anothers_list_with_its_counts_and_nothing_else_of_that_list(
    people: People, browse: Callable[..., Client]
) -> None:
    now = timezone.now()
    listed = load(now - 26 * WEEKS, *(line.replace("CENTRO", "SOCIO") for line in LINES))
    for rows in (Watchlist, WatchlistEntry):
        rows.objects.update(agency=people.border_officer.agency)
    raised(4, now - DAY / 2, agency=people.border_officer.agency)
    browser = browse(supervisor_of(people.partner.agency, "owns"), Purpose.BORDER_CONTROL)
    assert "1 list entry fires too often." in browser.get("/alarms").content.decode()
    page = browser.get("/watchlists").content.decode()
    assert "entries on the lists of others" in page
    assert "W-1" in page
    assert "W-2" not in page
    assert f"/watchlists/{listed.pk}" not in page
    after = browser.post(f"/watchlists/entries/{entry()}/looked", {"reason": REASON}, follow=True)
    assert after.redirect_chain == [("/watchlists", 302)]
    assert "counts anew" in after.content.decode()
    assert "W-1" not in after.content.decode()
    assert "entries on the lists of others" not in browse(people.supervisor).get("/watchlists").content.decode()


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
