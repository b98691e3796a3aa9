"""One entry by hand: the checks of a file's line, a second person for whom it names, removal at once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.integration.conftest import People
from tests.integration.lists import ANA, BETO, CARO, CELLS, NOW, load, names, nothing_waits, row
from torogoz.domain.audit import AuditEvent
from torogoz.domain.purpose import Purpose
from torogoz.domain.staff import StaffRole, Who
from torogoz.errors import AuthorError, RefusedError
from torogoz.flow import entries, waiting
from torogoz.storage import ledger
from torogoz.storage.models import Account, AuditEntry, WaitingVersion, Watchlist, WatchlistEntry, WatchlistVersion
from torogoz.storage.purging import purge_entries

Asker = Callable[..., Who]


@pytest.fixture
def first(people: People, who: Asker) -> Who:
    """A supervisor who has said why they look."""
    return who(people.supervisor, Purpose.BORDER_CONTROL)


@pytest.fixture
def second(people: People, who: Asker) -> Who:
    """Another one."""
    return who(Account.objects.create(username="the-second", role="supervisor", agency=people.supervisor.agency))


@pytest.fixture
def prueba(people: People) -> int:
    """A list with two entries."""
    load(ANA, BETO)
    return Watchlist.objects.get().pk


def faults(cells: dict[str, str], who: Who, list_id: int) -> list[tuple[str, str | None]]:
    with pytest.raises(entries.EntryRefusedError) as refused:
        entries.enter(who, list_id, cells, NOW)
    return [(each.fault, each.column) for each in refused.value.faults]


def test_an_entry_is_in_force_once_a_second_person_agrees(prueba: int, first: Who, second: Who) -> None:
    """LR-71."""
    made = entries.enter(first, prueba, CELLS, NOW)
    assert "W-9" not in names()
    with pytest.raises(RefusedError, match="must be another"):
        waiting.put_in_force(first, made, "Mine", NOW)
    waiting.put_in_force(second, made, "The prosecutor's letter is there", NOW)
    assert names()["W-9"] == ("NUEVA EJEMPLO",)
    entry = WatchlistEntry.objects.get(key="W-9")
    assert (entry.version_from, entry.owner, entry.action, entry.identifiers) == (2, "CENTRO", "refer", 1 + 4 + 8 + 16)
    assert set(names()) == {"W-1", "W-2", "W-9"}
    told = list(AuditEntry.objects.order_by("pk").values_list("event", flat=True))[1:]
    assert told == [AuditEvent.WATCHLIST_WAITS, AuditEvent.ENTRY_ENTERED, AuditEvent.WATCHLIST_IN_FORCE]


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        ({"names": "", "document_numbers": ""}, ("nobody", None)),
        ({"id": ""}, ("missing", "id")),
        ({"birth_date": "1990-13"}, ("not_a_date", "birth_date")),
        ({"birth_date": "2020-01-01", "action": "arrest"}, ("child", "action")),
        ({"review_on": "2026-11-21"}, ("past", "review_on")),
        ({"birth_date": "2026-11-23"}, ("unborn", "birth_date")),
        ({"reason": "seen at a protest"}, ("no_suspicion", "reason")),
        ({"reason": "she is a Catholic"}, ("sensitive", "reason")),
        ({"owner": ""}, ("missing", "owner")),
        ({"legal_basis": ""}, ("missing", "legal_basis")),
        ({"grade": ""}, ("missing", "grade")),
        ({"reason": ""}, ("missing", "reason")),
        ({"handling": ""}, ("missing", "handling")),
        ({"action": ""}, ("missing", "action")),
        ({"purpose": "oversight"}, ("not_in_table", "purpose")),
        ({"names": "=cmd"}, ("formula", "names")),
        ({"names": "A\x00B"}, ("control", "names")),
        ({"owner": "x" * 81}, ("cell_too_long", "owner")),
        ({"names": "two\nlines"}, ("quotes", None)),
        ({"id": "W-1"}, ("duplicate", "id")),
        ({"names": "\udcff"}, ("nobody", None)),
    ],
)
def test_what_a_file_may_not_say_a_form_may_not(
    wrong: dict[str, str], fault: tuple[str, str | None], prueba: int, first: Who
) -> None:
    """LR-70 to LR-73: one reader checks both."""
    cells = {**CELLS, "document_numbers": "", **wrong}
    assert fault in faults(cells, first, prueba)
    assert nothing_waits()


def test_a_correction_keeps_the_entrys_number_and_waits_for_a_second_person(
    prueba: int, first: Who, second: Who
) -> None:
    old = row("W-1")
    made = entries.correct(first, old, CELLS, NOW)
    assert names()["W-1"][0] == "EJEMPLO PRUEBA ANA"
    waiting.put_in_force(second, made, "As the passport says", NOW)
    assert names()["W-1"] == ("NUEVA EJEMPLO",)
    assert WatchlistEntry.objects.get(pk=old).version_to == 2
    assert WatchlistVersion.objects.latest("number").report["changed"] == 1
    with pytest.raises(RefusedError, match="no longer in force"):
        entries.correct(first, old, {**CELLS, "names": "OTRA"}, NOW)


def test_a_correction_that_changes_nothing_is_refused(prueba: int, first: Who) -> None:
    from torogoz.domain.watchlist import cells_of
    from torogoz.storage.snapshots import live_entries

    [ana, _] = live_entries(NOW.date())[0].entries
    with pytest.raises(RefusedError, match="nothing of the entry"):
        entries.correct(first, row("W-1"), cells_of(ana), NOW)


def test_a_later_correction_takes_the_place_of_one_that_waits(prueba: int, first: Who) -> None:
    entries.correct(first, row("W-1"), CELLS, NOW)
    latest = entries.correct(first, row("W-1"), {**CELLS, "names": "OTRA MAS"}, NOW)
    assert WaitingVersion.objects.get().pk == latest


def test_a_removal_is_in_force_at_once_with_its_reason_and_in_the_ledger(prueba: int, first: Who) -> None:
    """LR-71: removal spreads at once; a correction that waited for it goes with it."""
    removed = row("W-1")
    entries.correct(first, removed, CELLS, NOW)
    assert entries.remove(first, removed, "The court has lifted it", NOW) == 2
    assert set(names()) == {"W-2"}
    assert nothing_waits()
    assert set(ledger.read().delisted) == {removed}
    entry = AuditEntry.objects.latest("pk")
    assert (entry.event, entry.object_id, entry.counts) == (AuditEvent.ENTRY_REMOVED, removed, {"version": 2})
    assert entry.commitment
    with pytest.raises(RefusedError, match="no longer in force"):
        entries.remove(first, removed, "Again", NOW)
    with pytest.raises(AuthorError, match="reason is missing"):
        entries.remove(first, row("W-2"), "", NOW)


ACTS: tuple[Callable[[Who, int, int], Any], ...] = (
    lambda asker, list_id, _: entries.enter(asker, list_id, CELLS, NOW),
    lambda asker, _, entry: entries.correct(asker, entry, CELLS, NOW),
    lambda asker, _, entry: entries.remove(asker, entry, "A reason", NOW),
    lambda asker, *_: entries.remove(asker, 987_654, "A reason", NOW),
)


@pytest.mark.parametrize("act", ACTS, ids=["enter", "correct", "remove", "nothing"])
def test_supervisors_with_a_purpose_do_it_and_nobody_else(
    act: Callable[[Who, int, int], Any], prueba: int, people: People, who: Asker
) -> None:
    boss = Account.objects.create(username="boss", role=StaffRole.SUPERVISOR, agency=people.partner.agency)
    asking = [who(account, Purpose.BORDER_CONTROL) for account in (*people.but("supervisor"), boss)]
    for asker in (*asking, who(people.supervisor)):
        with pytest.raises(RefusedError, match="not there for you"):
            act(asker, prueba, row("W-1"))
    assert nothing_waits()
    assert set(names()) == {"W-1", "W-2"}


def test_an_entry_that_the_askers_purpose_does_not_cover_is_not_changed(
    people: People, prueba: int, first: Who
) -> None:
    """LR-20."""
    load(ANA.replace("W-1", "S-1"), purpose="serious_crime", name="otra")
    acts: tuple[Callable[[int], int], ...] = (
        lambda pk: entries.correct(first, pk, CELLS, NOW),
        lambda pk: entries.remove(first, pk, "Why", NOW),
    )
    for act in acts:
        with pytest.raises(RefusedError, match="not there for you"):
            act(row("S-1"))


def test_no_form_counts_through_a_list(prueba: int, first: Who, second: Who) -> None:
    """On a list of a million that took most of the time until the entry was met."""
    with CaptureQueriesContext(connection) as asked:
        waiting.put_in_force(second, entries.enter(first, prueba, CELLS, NOW), "The letter is there", NOW)
        entries.remove(first, row("W-1"), "The court has said so", NOW)
    assert not [each["sql"] for each in asked if "COUNT(" in each["sql"] and "watchlistentry" in each["sql"]]
    assert list(WatchlistVersion.objects.order_by("number").values_list("entries", flat=True)) == [2, 3, 2]


def test_who_went_without_a_version_is_not_counted_by_the_next(people: People, first: Who) -> None:
    """Whose review date passed long ago is purged, though no version of the list has dropped them."""
    load(ANA, BETO, review_on=str(NOW.date() + timedelta(days=1)))
    load(CARO, name="otra")
    purge_entries([WatchlistEntry.objects.get(watchlist__name="prueba", key="W-2").pk])
    entries.remove(first, row("W-1"), "The court has said so", NOW)
    counted = WatchlistVersion.objects.order_by("pk").values_list("watchlist__name", "number", "entries")
    assert list(counted) == [("prueba", 1, 1), ("otra", 1, 1), ("prueba", 2, 0)]
