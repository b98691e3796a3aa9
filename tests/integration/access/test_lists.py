"""Who may read watchlists, their imports and their entries."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from tests.integration.conftest import People
from torogoz.domain.audit import AuditEvent
from torogoz.domain.purpose import Purpose
from torogoz.domain.staff import Who
from torogoz.errors import RefusedError
from torogoz.flow.watchlists import import_list
from torogoz.storage.access import lists as access
from torogoz.storage.access.rules import Review
from torogoz.storage.models import AuditEntry, Watchlist, WatchlistEntry

Asker = Callable[..., Who]

HEADER = "id,names,birth_date,nationality,sex,document_numbers,owner,legal_basis,purpose,grade,review_on"
LINES = (
    "W-1,EJEMPLO ANA,1988-02-29,SLV,F,,CENTRO,Ley,border_control,B2,2027-06-30",
    "W-2,MUESTRA BETO,1970,,M,,CENTRO,Ley,serious_crime,B2,2026-12-01",
    "W-3,SOLO NOMBRE,,,,,CENTRO,Ley,border_control,B2,2026-11-22",
    "W-4,=MALO,,,,,CENTRO,Ley,border_control,B2,2026-11-22",
)


@pytest.fixture
def prueba(people: People, who: Asker, now: datetime) -> Watchlist:
    """A list of the centre with three entries and one refused line, imported by its supervisor."""
    import_list(who(people.supervisor), "prueba", ["\n".join([HEADER, *LINES]).encode()], now)
    return Watchlist.objects.get()


def test_a_list_tells_its_owner_its_age_and_what_needs_review(
    prueba: Watchlist, people: People, who: Asker, now: datetime
) -> None:
    later = now + timedelta(days=1)
    (found,) = access.lists(who(people.analyst), later)
    assert (found.name, found.agency, found.entries, found.advisory) == ("prueba", "CENTRO", 3, 1)
    assert (found.soon, found.past) == (1, 1)
    assert found.purposes == ((Purpose.BORDER_CONTROL, 2), (Purpose.SERIOUS_CRIME, 1))
    assert found.newest
    assert (found.newest.number, found.newest.at, found.newest.by) == (1, now, "the-supervisor")
    assert (found.brought.raised, found.brought.decided, found.brought.confirmed) == (0, 0, 0)


def test_an_import_tells_what_it_changed_and_which_lines_it_refused(
    prueba: Watchlist, people: People, who: Asker, now: datetime
) -> None:
    import_list(None, "prueba", ["\n".join([HEADER, LINES[0], LINES[1].replace("1970", "1971")]).encode()], now)
    for account in (people.analyst, people.data_protection):
        found, (second, first) = access.watchlist(who(account), prueba.pk, now)
        assert found.id == access.id_of("prueba")
        assert (second.by, second.added, second.changed, second.removed, second.unchanged) == ("", 0, 1, 1, 1)
        assert (first.entries, first.added, first.refusals) == (3, 3, 1)
        assert first.refused[0].text("en") == "line 5: names begins as a formula (=, +, -, @)"


def test_administrators_see_counts_and_not_why_lines_were_refused(
    prueba: Watchlist, people: People, who: Asker, now: datetime
) -> None:
    found, (first,) = access.watchlist(who(people.administrator), prueba.pk, now)
    assert (found.entries, first.refusals, first.refused) == (3, 1, ())
    with pytest.raises(RefusedError):
        access.entries(who(people.administrator), prueba.pk, now)


def test_entries_open_to_reviewers_under_a_purpose_that_covers_theirs(
    prueba: Watchlist, people: People, who: Asker, now: datetime
) -> None:
    page = access.entries(who(people.analyst, Purpose.SERIOUS_CRIME), prueba.pk, now)
    assert [view.entry.id for view in page.entries] == ["W-1", "W-2", "W-3"]
    assert [view.review for view in page.entries] == [Review.LATER, Review.SOON, Review.SOON]
    page = access.entries(who(people.analyst, Purpose.BORDER_CONTROL), prueba.pk, now)
    assert [view.entry.names for view in page.entries] == [("EJEMPLO ANA",), ("SOLO NOMBRE",)]
    assert (page.total, page.hidden, page.list_name) == (2, 1, "prueba")


def test_nobody_reads_entries_without_a_purpose_or_by_a_role_that_oversees(
    prueba: Watchlist, people: People, who: Asker, now: datetime
) -> None:
    asked = [who(account, Purpose.SERIOUS_CRIME) for account in people.but("analyst", "supervisor")]
    for one in (who(people.analyst), who(people.data_protection, Purpose.OVERSIGHT), *asked):
        with pytest.raises(RefusedError):
            access.entries(one, prueba.pk, now)


def test_the_advisory_ones_are_shown_alone_where_they_are_asked_for(
    prueba: Watchlist, people: People, who: Asker, now: datetime
) -> None:
    page = access.entries(who(people.analyst, Purpose.SERIOUS_CRIME), prueba.pk, now, advisory=True)
    assert [view.entry.id for view in page.entries] == ["W-3"]


@pytest.mark.parametrize(("asked", "given", "shown"), [(1, 1, 2), (2, 2, 1), (0, 1, 2), (9, 2, 1)])
def test_entries_come_in_pages(
    asked: int,
    given: int,
    shown: int,
    prueba: Watchlist,
    people: People,
    who: Asker,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(access, "PAGE", 2)
    page = access.entries(who(people.analyst, Purpose.SERIOUS_CRIME), prueba.pk, now, page=asked)
    assert (page.number, page.pages, len(page.entries)) == (given, 2, shown)


def test_an_emptied_list_is_a_page_without_entries(people: People, who: Asker, now: datetime) -> None:
    empty = Watchlist.objects.create(name="vacía", agency=people.analyst.agency, made_at=now)  # type: ignore[misc]
    page = access.entries(who(people.analyst, Purpose.SERIOUS_CRIME), empty.pk, now)
    assert (page.entries, page.pages, page.total) == ((), 1, 0)
    (found,) = access.lists(who(people.analyst), now)
    assert (found.newest, found.entries, found.purposes) == (None, 0, ())


def test_every_page_of_entries_is_in_the_audit_with_how_many_were_read(
    prueba: Watchlist, people: People, who: Asker, now: datetime
) -> None:
    access.lists(who(people.analyst), now)
    access.watchlist(who(people.analyst), prueba.pk, now)
    access.entries(who(people.analyst, Purpose.BORDER_CONTROL), prueba.pk, now)
    looks = AuditEntry.objects.filter(event=AuditEvent.VIEWED_LISTS).order_by("pk")
    assert [(look.object_id, look.purpose, look.counts) for look in looks] == [
        (None, "", {"lists": 1}),
        (prueba.pk, "", {}),
        (prueba.pk, "border_control", {"entries": 2, "page": 1}),
    ]


def test_who_has_no_work_here_and_another_agency_see_nothing(
    prueba: Watchlist, people: People, who: Asker, now: datetime
) -> None:
    for account in (people.outsider, people.border_officer):
        with pytest.raises(RefusedError):
            access.lists(who(account), now)
        with pytest.raises(RefusedError):
            access.watchlist(who(account), prueba.pk, now)
    assert access.lists(who(people.partner), now) == ()
    for number in (prueba.pk, prueba.pk + 1):
        with pytest.raises(RefusedError):
            access.watchlist(who(people.partner), number, now)
        with pytest.raises(RefusedError):
            access.entries(who(people.partner, Purpose.SERIOUS_CRIME), number, now)


def test_a_compartment_closes_a_list_to_whom_it_was_not_opened(
    prueba: Watchlist, people: People, who: Asker, now: datetime
) -> None:
    Watchlist.objects.update(compartment="ALFA")
    WatchlistEntry.objects.update(compartment="ALFA")
    assert access.lists(who(people.supervisor), now) == ()
    people.supervisor.compartments = ["ALFA"]
    assert len(access.lists(who(people.supervisor), now)) == 1


def test_only_supervisors_are_let_to_the_form(people: People, who: Asker, now: datetime) -> None:
    for account in people.but("supervisor"):
        assert not access.may_import(who(account))
        with pytest.raises(RefusedError):
            access.admit_importer(who(account), now)
    access.admit_importer(who(people.supervisor), now)
    assert access.may_import(who(people.supervisor))
    assert access.may_read(who(people.analyst))
    assert not access.may_read(who(people.data_protection))
