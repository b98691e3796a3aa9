"""Who sees what would change of a list and the page of an entry, and what is told of each."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.integration.conftest import People
from tests.integration.lists import ANA, BETO, CARO, CELLS, NOW, load, row, wait
from torogoz.domain.audit import AuditEvent
from torogoz.domain.purpose import Purpose
from torogoz.domain.staff import Who
from torogoz.domain.watchlist import Identifiers
from torogoz.errors import RefusedError
from torogoz.flow import entries as flow
from torogoz.flow.waiting import put_in_force
from torogoz.storage.access import waiting as access
from torogoz.storage.access.entries import admit_editor, entry
from torogoz.storage.access.lists import lists, watchlist
from torogoz.storage.access.rules import Review
from torogoz.storage.access.waiting import ChangeKind, difference
from torogoz.storage.access.yields import Yield
from torogoz.storage.models import Account, AuditEntry, Watchlist, WatchlistEntry, WatchlistVersion

Asker = Callable[..., Who]
LATER = BETO.replace("1970", "1971")


@pytest.fixture
def prueba(people: People) -> int:
    """A list with two entries."""
    load(ANA, BETO)
    return Watchlist.objects.get(name="prueba").pk


@pytest.fixture
def reader(people: People, who: Asker) -> Who:
    """An analyst who has said why they look."""
    return who(people.analyst, Purpose.BORDER_CONTROL)


def test_the_difference_says_what_comes_what_changes_by_field_and_what_goes(prueba: int, reader: Who) -> None:
    page = difference(reader, prueba, wait(LATER, CARO), NOW)
    assert [(each.kind, each.key, each.row) for each in page.changes] == [
        (ChangeKind.CHANGED, "W-2", row("W-2")),
        (ChangeKind.ADDED, "W-3", None),
        (ChangeKind.REMOVED, "W-1", row("W-1")),
    ]
    changed, added, removed = page.changes
    assert [(each.column, each.before, each.after) for each in changed.cells if each.differs] == [
        ("birth_date", "1970", "1971")
    ]
    assert ("names", "", "FICTICIA CARO") in [(each.column, each.before, each.after) for each in added.cells]
    assert ("document_numbers", "SLV:P:A01234567", "") in [
        (each.column, each.before, each.after) for each in removed.cells
    ]
    assert (page.told.added, page.told.changed, page.told.removed, page.unchanged) == (1, 1, 1, 0)
    assert (page.total, page.hidden, page.overtaken) == (3, 0, 0)


def test_a_look_at_the_difference_is_in_the_audit(prueba: int, people: People, reader: Who) -> None:
    """LR-50."""
    number = wait(LATER, CARO)
    difference(reader, prueba, number, NOW)
    looked = AuditEntry.objects.latest("pk")
    assert (looked.event, looked.account, looked.object_type, looked.object_id) == (
        AuditEvent.VIEWED_LISTS,
        people.analyst,
        "waiting_version",
        number,
    )
    assert looked.counts == {"entries": 3, "page": 1}


def test_the_difference_comes_in_pages(prueba: int, reader: Who, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "PAGE", 2)
    number = wait(LATER, CARO)
    shown = [difference(reader, prueba, number, NOW, page=page) for page in (0, 1, 2, 9)]
    assert [[each.key for each in page.changes] for page in shown] == [["W-2", "W-3"]] * 2 + [["W-1"]] * 2
    assert {page.pages for page in shown} == {2}


def test_what_another_purpose_covers_is_counted_and_not_shown(prueba: int, people: People, who: Asker) -> None:
    """LR-20: neither what an entry becomes, nor what it was."""
    load(ANA, BETO, purpose="serious_crime")
    number = wait(ANA, CARO)
    hidden = difference(who(people.analyst, Purpose.BORDER_CONTROL), prueba, number, NOW)
    assert ([each.key for each in hidden.changes], hidden.hidden) == (["W-3"], 2)
    whole = difference(who(people.analyst, Purpose.SERIOUS_CRIME), prueba, number, NOW)
    assert (len(whole.changes), whole.hidden) == (3, 0)


def test_what_was_removed_since_is_counted_as_overtaken(prueba: int, people: People, who: Asker, reader: Who) -> None:
    number = wait(LATER, CARO)
    flow.remove(who(people.supervisor, Purpose.BORDER_CONTROL), row("W-1"), "Lifted", NOW)
    page = difference(reader, prueba, number, NOW)
    assert (page.overtaken, page.told.removed, len(page.changes)) == (1, 0, 2)


def test_the_page_offers_what_its_reader_may_answer(prueba: int, people: People, who: Asker, reader: Who) -> None:
    asked = who(people.supervisor, Purpose.BORDER_CONTROL)
    number = wait(CARO, who=asked)
    second = Account.objects.create(username="second", role="supervisor", agency=people.supervisor.agency)
    offers = [
        (page.may_answer, page.may_discard)
        for asker in (reader, asked, who(second, Purpose.BORDER_CONTROL))
        for page in [difference(asker, prueba, number, NOW)]
    ]
    assert offers == [(False, False), (False, True), (True, True)]


def test_reviewers_with_a_purpose_look_at_differences_and_entries_and_nobody_else(
    prueba: int, people: People, who: Asker, reader: Who
) -> None:
    number, pk = wait(CARO), row("W-1")
    looks: tuple[Callable[[Who], object], ...] = (
        lambda asker: difference(asker, prueba, number, NOW),
        lambda asker: entry(asker, prueba, pk, NOW),
    )
    for look in looks:
        look(reader)
        look(who(people.supervisor, Purpose.BORDER_CONTROL))
        for account in people.but("analyst", "supervisor"):
            with pytest.raises(RefusedError):
                look(who(account, Purpose.BORDER_CONTROL))
        with pytest.raises(RefusedError):
            look(who(people.analyst))
    with pytest.raises(RefusedError):
        difference(reader, prueba, number, NOW + timedelta(days=7))
    with pytest.raises(RefusedError):
        entry(reader, prueba + 1, pk, NOW)


def test_an_entry_says_who_entered_it_its_versions_and_what_each_changed(
    prueba: int, people: People, who: Asker, reader: Who
) -> None:
    asked = who(people.supervisor, Purpose.BORDER_CONTROL)
    second = Account.objects.create(username="the-second", role="supervisor", agency=people.supervisor.agency)
    old = row("W-2")
    cells = {**CELLS, "names": "MUESTRA BETO", "birth_date": "1970-01-02", "nationality": "", "sex": "M"}
    put_in_force(who(second), flow.correct(asked, old, cells, NOW), "As his letter says", NOW)
    for number in (old, row("W-2")):
        found = entry(reader, prueba, number, NOW)
        assert found.row == row("W-2")
        assert (found.live, found.review, found.may_change) == (True, Review.LATER, False)
        latest, first = found.versions
        assert (latest.since.number, latest.since.by, latest.since.agreed) == (2, "the-supervisor", "the-second")
        assert {"birth_date", "document_numbers", "action"} <= set(latest.changed)
        assert "names" not in latest.changed
        assert (first.since.by, first.until, latest.until) == ("", latest.since, None)
        assert found.first == first.since
    assert [each for each, has in found.has if not has] == [Identifiers.NATIONALITY]
    assert found.complete == 4
    assert found.brought == Yield()
    looked = AuditEntry.objects.latest("pk")
    assert (looked.object_type, looked.object_id) == ("watchlist_entry", row("W-2"))
    assert entry(asked, prueba, old, NOW).may_change


def test_an_entry_says_what_waits_for_it_and_that_it_was_removed(
    prueba: int, people: People, who: Asker, reader: Who
) -> None:
    asked = who(people.supervisor, Purpose.BORDER_CONTROL)
    pk = row("W-1")
    made = flow.correct(asked, pk, CELLS, NOW)
    assert [each.id for each in entry(reader, prueba, pk, NOW).waits] == [made]
    goes = wait(BETO)
    assert [each.id for each in entry(reader, prueba, pk, NOW).waits] == [made, goes]
    flow.remove(asked, pk, "Lifted", NOW)
    gone = entry(asked, prueba, pk, NOW)
    assert (gone.live, gone.may_change, gone.waits) == (False, False, ())
    assert gone.versions[0].until
    WatchlistVersion.objects.all().delete()
    assert entry(asked, prueba, pk, NOW).first.at is None, "its version is known no more"


def test_an_entry_of_another_purpose_is_not_there(prueba: int, people: People, who: Asker, reader: Who) -> None:
    """LR-20."""
    load(ANA, BETO, purpose="serious_crime")
    shown = entry(reader, prueba, WatchlistEntry.objects.get(key="W-1", version_from=1).pk, NOW)
    assert [each.since.number for each in shown.versions] == [1]
    load(CARO, purpose="serious_crime", name="otra")
    with pytest.raises(RefusedError):
        entry(reader, Watchlist.objects.get(name="otra").pk, row("W-3"), NOW)


def test_an_editor_is_a_supervisor_to_whom_the_list_is_open(prueba: int, people: People, who: Asker) -> None:
    assert admit_editor(who(people.supervisor, Purpose.BORDER_CONTROL), prueba, NOW) == "prueba"
    boss = Account.objects.create(username="boss", role="supervisor", agency=people.partner.agency)
    for account in (*people.but("supervisor"), boss):
        with pytest.raises(RefusedError):
            admit_editor(who(account, Purpose.BORDER_CONTROL), prueba, NOW)


def test_a_list_says_what_waits_how_complete_it_is_and_on_which_ground_it_rests(
    prueba: int, people: People, who: Asker
) -> None:
    number = wait(CARO, who=who(people.supervisor))
    for account in (people.analyst, people.supervisor, people.data_protection, people.administrator):
        (listed,) = lists(who(account), NOW)
        shown, _ = watchlist(who(account), prueba, NOW)
        assert listed.waits == shown.waits
        (waits,) = shown.waits
        assert (waits.id, waits.made_by, waits.added, waits.removed) == (number, "the-supervisor", 1, 2)
        assert dict(shown.complete) == {
            Identifiers.NAME: 2,
            Identifiers.BIRTH_DATE: 1,
            Identifiers.NATIONALITY: 1,
            Identifiers.SEX: 2,
            Identifiers.DOCUMENT: 1,
        }
        structure = account == people.administrator
        assert (shown.bases, shown.owners) == (
            ((), ()) if structure else ((("Ley de prueba, art. 1", 2),), (("CENTRO", 2),))
        )
