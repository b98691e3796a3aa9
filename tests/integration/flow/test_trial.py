"""A trial of entries: its answer is what going live raises, it writes nothing, and names only who still travels."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from msgspec import structs

from tests.integration.conftest import People
from tests.integration.flow.conftest import ANA, BETO, CARLA, LEG, NOW, Say, api, pnr
from torogoz.domain.audit import AuditEvent
from torogoz.domain.dates import PartialDate
from torogoz.domain.hit import Identity
from torogoz.domain.journey import Designator
from torogoz.domain.operating_points import OperatingPoints
from torogoz.domain.purpose import Purpose
from torogoz.domain.staff import Who
from torogoz.domain.watchlist import Entry
from torogoz.errors import AuthorError, RefusedError, UnavailableError
from torogoz.flow import entries as by_hand
from torogoz.flow import trial as trying
from torogoz.flow.raise_hits import LONGEST_NAME
from torogoz.flow.screen import rescreen_due
from torogoz.flow.trial import namesakes_of, read_entries, try_entries, try_waiting
from torogoz.flow.watchlists import Live, import_list
from torogoz.matching.sources.rows import RefusedRow
from torogoz.storage.audit import open_text
from torogoz.storage.models import AuditEntry, Decision, Event, Hit, JourneyTraveller, Watchlist, WatchlistEntry

Ask = Callable[..., Who]

HEADER = "id,names,birth_date,nationality,sex,document_numbers,owner,legal_basis,purpose,grade,review_on"
TERMS = "CENTRO,Ley,border_control,B2,2027-06-30"
#: A list on which EJEMPLO is common and somebody has Beto's name.
CROWD = [f"C-{n},EJEMPLO {'BCDFG'[n % 5]}ALA{'MNPRS'[n // 5]}O,19{40 + n}-03-04,GTM,,,{TERMS}" for n in range(25)]
OLD = f"W-2,OTRO NOMBRE,1970-01-01,,,,{TERMS}"
#: Ana, Beto in the place of somebody else, and a name alone that many bear.
NEW = [
    f"W-1,EJEMPLO PRUEBA ANA,1988-02-29,SLV,F,,{TERMS}",
    f"W-2,FICTICIO BETO,1975,,,,{TERMS}",
    f"W-3,INVENTADA CARLA,,,,,{TERMS}",
    f"W-4,NADIE CONOCIDO,1950-01-01,,,,{TERMS}",
]
REASON = "A case of these tests"


def listed(*rows: str, name: str = "prueba") -> Watchlist:
    import_list(None, name, ["\n".join((HEADER, *rows)).encode()], NOW)
    return Watchlist.objects.get(name=name)


def entries(*rows: str, purpose: Purpose = Purpose.BORDER_CONTROL) -> list[Entry]:
    found, refused = read_entries(["\n".join((HEADER, *rows)).encode()], purpose, NOW)
    assert not refused
    return found


def left_waiting(*rows: str) -> int:
    """A change of the list that waits for a look; its number."""
    return import_list(None, "prueba", ["\n".join((HEADER, *rows)).encode()], NOW, live=Live.LOOK).waiting or 0


@pytest.fixture
def analyst(people: People, who: Ask) -> Who:
    return who(people.analyst, Purpose.BORDER_CONTROL)


@pytest.fixture
def flying(people: People, say: Say) -> None:
    """A flight to come with three travellers, and one of last week with two of them and a namesake of Ana's."""
    say(api(ANA, BETO, CARLA))
    say(pnr(ANA, structs.replace(BETO, given_names="BETO JOSE", birth_date=None)))
    days = timedelta(days=7)
    assert LEG.departure_local
    assert LEG.arrival_local
    before = replace(LEG, departure_local=LEG.departure_local - days, arrival_local=LEG.arrival_local - days)
    namesake = structs.replace(ANA, birth_date=PartialDate(1961, 10, 3), documents=())
    say(api(BETO, CARLA, namesake, flights=(before,)))
    rescreen_due(NOW)  # as its flights were screened when they flew


@pytest.mark.parametrize("review", [0.5, 0.02])
def test_a_trial_raises_what_going_live_raises_to_the_last_bit(
    review: float, flying: None, analyst: Who, settings: Any
) -> None:
    """Weights and evidence rest on the list as it will be: its size, and how many bear each word of it."""
    settings.OPERATING_POINTS = OperatingPoints(review)
    watchlist = listed(*CROWD, OLD)
    dropped = [f"C-{number}" for number in range(10)]
    tried = try_entries(analyst, watchlist.pk, entries(*NEW), REASON, NOW, dropped=dropped)
    assert not Hit.objects.exists()
    listed(*CROWD[10:], *NEW)
    rescreen_due(NOW)
    raised = {(hit.traveller_id, hit.cause_key): hit for hit in Hit.objects.filter(cause_key__startswith="W")}
    assert {(each.hit.traveller, each.hit.cause.key) for each in tried.hits} == set(raised)
    assert {key for _, key in raised} == {"W-1", "W-2", "W-3"}
    for each in tried.hits:
        row = raised[each.hit.traveller, each.hit.cause.key]
        assert (each.hit.millibits, each.hit.probability, each.hit.queued) == (
            row.millibits,
            row.probability,
            row.queued,
        )
        assert [piece.code for piece in each.hit.evidence] == [piece["code"] for piece in row.evidence]
        assert [dict(piece.values) for piece in each.hit.evidence] == [dict(piece["values"]) for piece in row.evidence]
        assert (each.hit.matched_name or "")[:LONGEST_NAME] == row.matched_name
        assert each.hit.cause.version == row.cause_version


def test_a_trial_writes_nothing_but_that_somebody_looked(flying: None, analyst: Who) -> None:
    watchlist = listed(*CROWD)
    before = (Event.objects.count(), list(JourneyTraveller.objects.values_list()))
    try_entries(analyst, watchlist.pk, entries(*NEW), REASON, NOW)
    assert before == (Event.objects.count(), list(JourneyTraveller.objects.values_list()))
    assert not Hit.objects.exists()
    entry = AuditEntry.objects.latest("pk")
    assert (entry.event, entry.object_type, entry.object_id) == (
        AuditEvent.TRIED_ENTRIES,
        "watchlist",
        watchlist.pk,
    )
    assert entry.counts == {"entries": 4, "flights": 2, "travellers": 6, "found": 5}
    assert open_text(entry.text) == REASON


def test_who_still_travels_is_named_and_who_has_travelled_is_only_counted(flying: None, analyst: Who) -> None:
    """LR-46: whoever has landed and of whom nothing was found is left alone."""
    tried = try_entries(analyst, listed(*CROWD).pk, entries(*NEW), REASON, NOW)
    assert [(each.face.surname, each.hit.cause.key, each.stands) for each in tried.hits] == [
        ("EJEMPLO PRUEBA", "W-1", False),
        ("FICTICIO", "W-2", False),
        ("INVENTADA", "W-3", False),
    ]
    assert [(day.day.day, day.travellers, day.queued, day.dossier) for day in tried.days] == [
        (15, 3, 1, 1),
        (22, 3, 2, 1),
    ]
    assert (tried.total, tried.named, tried.tried, tried.travellers, tried.cut) == (5, 3, 4, 6, False)


def test_strangers_are_told_as_counted_and_as_the_list_expects_them(flying: None, analyst: Who, people: People) -> None:
    watchlist = listed(*CROWD, *NEW)
    rescreen_due(NOW)
    beto = Hit.objects.get(cause_key="W-2")
    Decision.objects.create(
        hit=beto,
        made_by=people.analyst,
        made_at=NOW,
        identity=Identity.SAME,
        ground="no",
        action="none",
        effective_at=NOW,
    )
    tried = try_entries(analyst, watchlist.pk, entries(*NEW), REASON, NOW)
    assert all(each.stands for each in tried.hits)
    told = {each.entry.id: each for each in tried.entries}
    assert {key: each.raised for key, each in told.items()} == {"W-1": 1, "W-2": 1, "W-3": 2, "W-4": 0}
    assert tried.entries[0].entry.id == "W-3"
    # Six travellers in eight days: two of six were Carla's namesakes.
    rate = told["W-3"].rate
    assert rate
    assert rate.a_week == pytest.approx(2 / 6 * 6 * 7 / 8)
    assert rate.least < rate.a_week < rate.most
    assert told["W-1"].namesakes < told["W-3"].namesakes


def test_an_entry_in_force_is_expected_as_its_trial_expected_it(flying: None, analyst: Who) -> None:
    tried = try_entries(analyst, listed(*CROWD).pk, entries(*NEW), REASON, NOW)
    listed(*CROWD, *NEW)
    for each in tried.entries:
        assert namesakes_of("prueba", each.entry, NOW) == pytest.approx(each.namesakes)
    assert namesakes_of("another", tried.entries[0].entry, NOW) == 0
    assert tried.entries[0].namesakes > 0


def test_where_no_week_was_counted_only_the_list_s_expectation_is_left(analyst: Who) -> None:
    tried = try_entries(analyst, listed(*CROWD).pk, entries(*NEW), REASON, NOW)
    assert (tried.days, tried.hits, tried.total, tried.of_flights) == ((), (), 0, 0)
    assert [(each.rate, each.namesakes) for each in tried.entries] == [(None, 0)] * 4


def test_bookings_are_read_for_the_purposes_that_read_them(say: Say, people: People, who: Ask) -> None:
    say(pnr(ANA))
    watchlist = listed(*CROWD)
    asker = who(people.analyst, Purpose.SERIOUS_CRIME)
    row = NEW[0].replace("border_control", "{}")
    for purpose, found in ((Purpose.BORDER_CONTROL, 0), (Purpose.SERIOUS_CRIME, 1)):
        tried = try_entries(asker, watchlist.pk, entries(row.format(purpose)), REASON, NOW)
        assert (tried.total, tried.travellers) == (found, found)


def test_an_exit_ban_is_tried_against_departures_only(say: Say, people: People, who: Ask) -> None:
    out = replace(LEG, designator=Designator("X1", "571"), departure_airport="SAL", arrival_airport="LAX")
    say(api(ANA))
    say(api(ANA, flights=(out,)))
    ban = entries(NEW[0].replace("border_control", "exit_ban"))
    tried = try_entries(who(people.analyst, Purpose.EXIT_BAN), listed(*CROWD).pk, ban, REASON, NOW)
    assert [each.designator for each in tried.hits] == ["X1571"]


def test_entries_of_a_purpose_that_is_not_covered_are_left_out_and_counted(flying: None, analyst: Who) -> None:
    watchlist = listed(*CROWD)
    other = NEW[0].replace("border_control", "serious_crime")
    tried = try_entries(analyst, watchlist.pk, entries(other, NEW[1]), REASON, NOW)
    assert (tried.hidden, tried.tried) == (1, 1)
    with pytest.raises(AuthorError):
        try_entries(analyst, watchlist.pk, entries(other), REASON, NOW)


def test_only_those_who_review_try_entries_of_lists_that_are_open_to_them(
    flying: None, people: People, who: Ask, analyst: Who
) -> None:
    watchlist = listed(*CROWD)
    new = entries(*NEW)
    for account in people.but("analyst", "supervisor"):
        with pytest.raises(RefusedError):
            try_entries(who(account, Purpose.BORDER_CONTROL), watchlist.pk, new, REASON, NOW)
    with pytest.raises(RefusedError):
        try_entries(who(people.analyst), watchlist.pk, new, REASON, NOW)
    with pytest.raises(AuthorError):
        try_entries(analyst, watchlist.pk, new, "short", NOW)
    Watchlist.objects.update(compartment="ALFA")
    with pytest.raises(RefusedError):
        try_entries(analyst, watchlist.pk, new, REASON, NOW)
    people.supervisor.compartments = ["ALFA"]
    assert try_entries(who(people.supervisor, Purpose.BORDER_CONTROL), watchlist.pk, new, REASON, NOW).total


@pytest.mark.parametrize(("limit", "flights"), [({"MOST_TRAVELLERS": 3}, 1), ({"SECONDS": -1.0}, 0)])
def test_what_is_left_out_for_want_of_time_or_number_is_said(
    limit: dict[str, float], flights: int, flying: None, analyst: Who, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in limit.items():
        monkeypatch.setattr(trying, name, value)
    tried = try_entries(analyst, listed(*CROWD).pk, entries(*NEW), REASON, NOW)
    assert (tried.flights, tried.of_flights, tried.cut) == (flights, 2, True)
    # Those who will travel come first.
    assert len(tried.hits) == 3 * flights


def test_one_trial_runs_at_a_time_and_the_next_after_it(flying: None, analyst: Who) -> None:
    watchlist = listed(*CROWD)
    with trying._one_at_a_time, pytest.raises(UnavailableError):
        try_entries(analyst, watchlist.pk, entries(*NEW), REASON, NOW)
    assert try_entries(analyst, watchlist.pk, entries(*NEW), REASON, NOW).total == 5


def test_whoever_is_masked_or_off_the_flight_is_not_tried(flying: None, say: Say, analyst: Who) -> None:
    JourneyTraveller.objects.filter(surname="INVENTADA").update(masked_at=NOW)
    say(api(ANA, qualifier="CLNB"))
    tried = try_entries(analyst, listed(*CROWD).pk, entries(*NEW), REASON, NOW)
    assert {each.hit.cause.key for each in tried.hits} == {"W-2"}


def test_a_file_is_read_as_an_import_would_and_needs_no_terms(db: None, now: datetime) -> None:
    bare = b"id,names,birth_date,nationality,sex,document_numbers\nT-1,EJEMPLO ANA,1988,,,\nT-2,=X,,,,\n"
    (entry,), (refused,) = read_entries([bare], Purpose.PROTECTION, now)
    assert isinstance(refused, RefusedRow)
    assert refused.line == 3
    assert entry.terms
    assert (entry.terms.purpose, entry.terms.review_on) == (Purpose.PROTECTION, (now + timedelta(days=1)).date())


def test_more_entries_than_are_tried_at_once_are_refused(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trying, "MOST_ENTRIES", 3)
    with pytest.raises(AuthorError, match="more than 3 entries"):
        entries(*NEW)


def test_what_waits_is_tried_as_it_would_be_in_force(flying: None, analyst: Who) -> None:
    watchlist = listed(*CROWD, OLD)
    number = left_waiting(*CROWD[10:], *NEW)
    dropped = [f"C-{each}" for each in range(10)]
    tried = try_waiting(analyst, watchlist.pk, number, REASON, NOW)
    assert tried == try_entries(analyst, watchlist.pk, entries(*NEW), REASON, NOW, dropped=dropped)
    assert (tried.total, tried.tried) == (5, 4)
    assert not Hit.objects.exists()
    noted = AuditEntry.objects.filter(event=AuditEvent.TRIED_ENTRIES).earliest("pk")
    assert (noted.object_id, open_text(noted.text), noted.counts["found"]) == (watchlist.pk, REASON, 5)


def test_what_was_removed_since_a_change_waits_is_not_tried(
    flying: None, analyst: Who, people: People, who: Ask
) -> None:
    watchlist = listed(*CROWD, OLD)
    number = left_waiting(*CROWD, *NEW)
    removed = WatchlistEntry.objects.get(key="W-2", version_to=None).pk
    by_hand.remove(who(people.supervisor, Purpose.BORDER_CONTROL), removed, "It was somebody else", NOW)
    tried = try_waiting(analyst, watchlist.pk, number, REASON, NOW)
    assert {each.entry.id for each in tried.entries} == {"W-1", "W-3", "W-4"}


def test_entries_of_another_purpose_that_wait_are_counted_and_not_tried(flying: None, analyst: Who) -> None:
    watchlist = listed(*CROWD)
    number = left_waiting(*CROWD, NEW[0].replace("border_control", "serious_crime"), NEW[1])
    tried = try_waiting(analyst, watchlist.pk, number, REASON, NOW)
    assert (tried.hidden, [each.entry.id for each in tried.entries]) == (1, ["W-2"])


def test_only_those_who_review_try_what_waits_on_lists_that_are_open_to_them(
    flying: None, people: People, who: Ask, analyst: Who
) -> None:
    watchlist, other = listed(*CROWD), listed(*CROWD, name="otra")
    number = left_waiting(*CROWD, *NEW)
    for account in people.but("analyst", "supervisor"):
        with pytest.raises(RefusedError):
            try_waiting(who(account, Purpose.BORDER_CONTROL), watchlist.pk, number, REASON, NOW)
    with pytest.raises(RefusedError):
        try_waiting(who(people.analyst), watchlist.pk, number, REASON, NOW)
    with pytest.raises(RefusedError):
        try_waiting(analyst, other.pk, number, REASON, NOW)
    with pytest.raises(RefusedError):
        try_waiting(analyst, watchlist.pk, number, REASON, NOW + timedelta(days=8))
    with pytest.raises(AuthorError):
        try_waiting(analyst, watchlist.pk, number, "short", NOW)
    Watchlist.objects.update(compartment="ALFA")
    with pytest.raises(RefusedError):
        try_waiting(analyst, watchlist.pk, number, REASON, NOW)
    people.supervisor.compartments = ["ALFA"]
    assert try_waiting(who(people.supervisor, Purpose.BORDER_CONTROL), watchlist.pk, number, REASON, NOW).total


def test_a_change_of_more_entries_than_are_tried_at_once_is_refused(
    analyst: Who, monkeypatch: pytest.MonkeyPatch
) -> None:
    watchlist = listed(*CROWD)
    number = left_waiting(*CROWD, *NEW)
    monkeypatch.setattr(trying, "MOST_ENTRIES", 3)
    with pytest.raises(AuthorError, match="more than 3 entries"):
        try_waiting(analyst, watchlist.pk, number, REASON, NOW)
