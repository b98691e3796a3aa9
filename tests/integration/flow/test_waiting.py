"""A change of a list goes live only after a look, a large one by a second person, and nobody is compared before."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from tests.integration.conftest import People
from tests.integration.lists import ANA, BETO, CARO, NOW, load, names, nothing_waits, row, wait
from tests.invented import REVIEW_ON
from torogoz.domain.audit import AuditEvent
from torogoz.domain.journey import Direction
from torogoz.domain.staff import StaffRole, Who
from torogoz.errors import AuthorError, RefusedError
from torogoz.flow import entries, waiting
from torogoz.flow.purge import purge_aged
from torogoz.flow.watchlists import Live
from torogoz.storage import ledger
from torogoz.storage.keys import Keyring, keyring
from torogoz.storage.models import (
    Account,
    AuditEntry,
    Journey,
    WaitingEntry,
    WaitingRemoval,
    WaitingVersion,
    WatchlistEntry,
    WatchlistVersion,
)
from torogoz.storage.snapshots import fingerprint
from torogoz.storage.waiting import open_waiting, plain_of

Asker = Callable[..., Who]
BETO_LATER = BETO.replace("1970", "1971")
MANY = tuple(f"M-{number},MUESTRA NUMERO {number},1960-01-{number:02d},,," for number in range(1, 21))


@pytest.fixture
def second(people: People) -> Account:
    """Another supervisor of the centre."""
    return Account.objects.create(
        username="the-second", role=StaffRole.SUPERVISOR, agency=people.supervisor.agency, language="en"
    )


def events() -> list[str]:
    return list(AuditEntry.objects.order_by("pk").values_list("event", flat=True))


def test_nobody_is_compared_with_what_waits_and_no_flight_is_screened_for_it(people: People, who: Asker) -> None:
    load(ANA)
    journey = Journey.objects.create(
        carrier="XA",
        number="1",
        departure_date=NOW.date(),
        departure_airport="LAX",
        direction=Direction.INBOUND,
        departure_at=NOW + timedelta(hours=2),
    )
    before = fingerprint(NOW.date())
    wait(BETO, who=who(people.supervisor))
    assert (set(names()), fingerprint(NOW.date())) == ({"W-1"}, before)
    journey.refresh_from_db()
    assert journey.screening_due_at is None
    assert WatchlistVersion.objects.count() == 1


def test_what_waits_is_sealed(people: People, who: Asker) -> None:
    wait(ANA, who=who(people.supervisor))
    stored = repr(WaitingEntry.objects.values().get()).upper()
    assert not any(word in stored for word in ("EJEMPLO", "ANITA", "1988", "A01234567"))
    assert open_waiting(WaitingEntry.objects.get(), keyring()).names[0] == "EJEMPLO PRUEBA ANA"


def test_put_in_force_it_is_the_next_version_and_names_both_people(people: People, second: Account, who: Asker) -> None:
    load(ANA, BETO)
    number = wait(BETO_LATER, CARO, who=who(people.supervisor))
    waiting.put_in_force(who(second), number, "Compared with the owner's letter", NOW)
    assert set(names()) == {"W-2", "W-3"}
    version = WatchlistVersion.objects.get(number=2)
    assert (version.imported_by, version.agreed_by) == (people.supervisor, second)
    assert (version.entries, version.added, version.removed, version.report["changed"]) == (2, 1, 1, 1)
    assert nothing_waits()
    assert not WaitingEntry.objects.exists()
    assert not WaitingRemoval.objects.exists()
    entry = AuditEntry.objects.latest("pk")
    assert (entry.event, entry.account, entry.object_type) == ("watchlist.in_force", second, "watchlist")
    assert entry.counts == {"version": 2, "added": 1, "changed": 1, "removed": 1, "refused": 0}
    assert entry.commitment, "the reason is sealed beside it"


def test_whom_the_owner_has_dropped_is_in_the_ledger(people: People, second: Account, who: Asker) -> None:
    """LR-71: a restore does not bring them back."""
    load(ANA, BETO)
    ana = row("W-1")
    number = wait(BETO, who=who(people.supervisor))
    assert not ledger.read().delisted
    waiting.put_in_force(who(second), number, "Dropped", NOW)
    written = ledger.read()
    assert set(written.delisted) == {ana}
    assert not written.unsettled


def test_above_the_share_another_person_must_agree_and_below_it_the_importer_may(
    people: People, second: Account, who: Asker
) -> None:
    """LR-71. Of twenty entries, four are the share; the fifth is above it."""
    first = who(people.supervisor)
    load(*MANY)
    number = wait(*MANY[5:], who=first)
    with pytest.raises(RefusedError, match="must be another"):
        waiting.put_in_force(first, number, "Mine", NOW)
    assert len(names()) == 20
    number = wait(*MANY[4:], who=first)
    waiting.put_in_force(first, number, "", NOW)
    assert len(names()) == 16


def test_a_first_version_that_is_looked_at_asks_for_a_second_person(
    people: People, second: Account, who: Asker
) -> None:
    number = wait(ANA, who=who(people.supervisor))
    with pytest.raises(RefusedError, match="must be another"):
        waiting.put_in_force(who(people.supervisor), number, "Mine", NOW)
    waiting.put_in_force(who(second), number, "As the court writes", NOW)
    assert set(names()) == {"W-1"}


@pytest.mark.parametrize("reason", ["", "  ", "x" * 2001, "Es musulmán"])
def test_a_second_person_gives_a_reason_that_may_be_kept(reason: str, people: People, who: Asker) -> None:
    number = wait(ANA)
    for answer in (waiting.put_in_force, waiting.discard):
        with pytest.raises(AuthorError):
            answer(who(people.supervisor), number, reason, NOW)
    assert not names()


def test_discarded_it_is_gone_and_the_list_stays(people: People, who: Asker) -> None:
    load(ANA)
    number = wait(BETO, who=who(people.supervisor))
    waiting.discard(who(people.supervisor), number, "The wrong file", NOW)
    assert set(names()) == {"W-1"}
    assert nothing_waits()
    assert not WaitingEntry.objects.exists()
    assert events()[-1] == AuditEvent.WATCHLIST_DISCARDED


@pytest.mark.parametrize("answer", [waiting.put_in_force, waiting.discard])
def test_supervisors_answer_and_nobody_else_does(
    answer: Callable[..., Any], people: People, second: Account, who: Asker
) -> None:
    number = wait(ANA, who=who(people.supervisor))
    boss = Account.objects.create(username="boss", role=StaffRole.SUPERVISOR, agency=people.partner.agency)
    for account in (*people.but("supervisor"), boss):
        with pytest.raises(RefusedError, match="not there for you"):
            answer(who(account), number, "A reason", NOW)
    assert not names()
    assert WaitingVersion.objects.count() == 1


def test_what_somebody_has_answered_is_answered_no_more(
    people: People, second: Account, who: Asker, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = wait(ANA, who=who(people.supervisor))
    waiting.discard(who(second), number, "No", NOW)
    monkeypatch.setattr(waiting, "_admit_to", lambda *_: None)
    with pytest.raises(RefusedError, match="answered meanwhile"):
        waiting.put_in_force(who(second), number, "Yes", NOW)


def test_a_change_lapses_and_the_next_run_of_retention_purges_it(people: People, second: Account, who: Asker) -> None:
    number = wait(ANA, who=who(people.supervisor))
    late = NOW + timedelta(days=7)
    with pytest.raises(RefusedError):
        waiting.put_in_force(who(second), number, "Late", late)
    assert not purge_aged(1, late - timedelta(seconds=1), 0, NOW).counts.get("purged.storage.WaitingEntry")
    assert purge_aged(1, late, 0, NOW).counts["purged.storage.WaitingEntry"] == 1
    assert nothing_waits()


@pytest.mark.parametrize("live", list(Live))
def test_a_newer_import_takes_the_place_of_what_waits(live: Live, people: People, who: Asker) -> None:
    load(ANA, *MANY)
    first = wait(BETO)
    report = load(ANA, *MANY, CARO, who=who(people.supervisor), live=live)
    assert not WaitingVersion.objects.filter(pk=first).exists()
    assert WaitingVersion.objects.count() == (1 if live is Live.LOOK else 0)
    assert (report.waiting is None, "W-3" in names()) == (live is not Live.LOOK, live is not Live.LOOK)
    assert AuditEvent.WATCHLIST_OVERTAKEN in events()


def test_an_import_in_which_nothing_changes_has_nothing_to_look_at(people: People, who: Asker) -> None:
    load(ANA)
    report = load(ANA, who=who(people.supervisor), live=Live.LOOK)
    assert (report.version, report.waiting) == (2, None)


def test_a_removal_at_once_is_not_undone_by_a_change_that_waited(people: People, second: Account, who: Asker) -> None:
    """LR-71: of a change, what was done since stays as that left it."""
    load(ANA, BETO, CARO)
    number = wait(ANA.replace("1988-02-29", "1988-02-28"), BETO_LATER, who=who(people.supervisor))
    entries.remove(who(people.supervisor, "border_control"), row("W-1"), "A mistaken identity", NOW)
    entries.remove(who(people.supervisor, "border_control"), row("W-3"), "Found", NOW)
    waiting.put_in_force(who(second), number, "Looked at", NOW)
    assert set(names()) == {"W-2"}
    version = WatchlistVersion.objects.latest("number")
    assert (version.entries, version.added, version.removed, version.report["changed"]) == (1, 0, 0, 1)


@pytest.mark.django_db(transaction=True)
def test_while_what_waits_is_opened_others_may_write_and_a_removal_among_them_stands(
    people: People, second: Account, who: Asker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A million entries are long in opening, and the embedded database has one right to write."""
    load(ANA, BETO)
    number = wait(ANA.replace("1988-02-29", "1988-02-28"), BETO_LATER, who=who(people.supervisor))

    def meanwhile(entry: WaitingEntry, keys: Keyring) -> bytes:
        assert not connection.in_atomic_block
        if "W-1" in names():
            entries.remove(who(people.supervisor, "border_control"), row("W-1"), "A mistaken identity", NOW)
        return plain_of(entry, keys)

    monkeypatch.setattr(waiting, "plain_of", meanwhile)
    waiting.put_in_force(who(second), number, "Looked at", NOW)
    assert set(names()) == {"W-2"}
    assert WatchlistEntry.objects.get(version_to=None).version_from == 3


def test_an_entry_that_came_meanwhile_is_not_there_twice(people: People, second: Account, who: Asker) -> None:
    load(ANA)
    number = wait(ANA, BETO, who=who(people.supervisor))
    cells = {"id": "W-2", "names": "OTRO BETO", "birth_date": "1980", "owner": "X", "legal_basis": "L"}
    terms = {"purpose": "border_control", "reason": "R", "grade": "B2", "handling": "C", "action": "refer"}
    terms["review_on"] = REVIEW_ON
    entered = entries.enter(
        who(people.supervisor, "border_control"), WatchlistEntry.objects.get().watchlist_id, cells | terms, NOW
    )
    waiting.put_in_force(who(second), entered, "By hand", NOW)
    waiting.put_in_force(who(second), number, "By file", NOW)
    assert names()["W-2"] == ("OTRO BETO",)
    assert WatchlistEntry.objects.filter(key="W-2").count() == 1


def test_an_entry_that_is_purged_while_its_change_waits_is_added(people: People, second: Account, who: Asker) -> None:
    load(ANA, BETO)
    number = wait(ANA, BETO_LATER, who=who(people.supervisor))
    WatchlistEntry.objects.filter(key="W-2").delete()
    waiting.put_in_force(who(second), number, "Looked at", NOW)
    assert set(names()) == {"W-1", "W-2"}
    assert WatchlistVersion.objects.latest("number").added == 1


def test_the_terminal_lets_a_large_change_wait_refuses_it_or_takes_it_as_it_is_told(people: People) -> None:
    load(ANA, live=Live.WAIT)
    assert set(names()) == {"W-1"}, "a first version changes nothing that was there"
    with pytest.raises(RefusedError, match="more than 20 % of the list"):
        load(BETO, live=Live.REFUSE)
    assert events()[-1] == AuditEvent.WATCHLIST_REFUSED
    assert load(BETO, live=Live.WAIT).waiting is not None
    assert set(names()) == {"W-1"}
    assert load(BETO, live=Live.ACCEPT).waiting is None
    assert set(names()) == {"W-2"}


def test_a_small_change_at_the_terminal_is_live_at_once(people: People) -> None:
    load(*MANY)
    for live in (Live.WAIT, Live.REFUSE):
        assert load(*MANY[:-1] if live is Live.WAIT else MANY, live=live).waiting is None


def test_a_change_that_waits_tells_nothing_that_refused_lines_held(people: People, second: Account, who: Asker) -> None:
    number = wait(ANA, "W-9,=cmd,,,,", who=who(people.supervisor))
    assert "cmd" not in repr(WaitingVersion.objects.get().report)
    waiting.put_in_force(who(second), number, "Looked at", NOW)
    version = WatchlistVersion.objects.get()
    assert version.refused == 1
    assert version.report["refused"] == [{"line": 3, "entry": None, "faults": [["formula", "names"]]}]
