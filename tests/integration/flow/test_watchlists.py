"""A list is replaced whole or not at all, what lacks its terms stays out, and all future travel is due at once."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.integration.conftest import People
from torogoz.domain.audit import AuditEvent
from torogoz.domain.dates import PartialDate
from torogoz.domain.journey import Direction
from torogoz.domain.staff import StaffRole, Who
from torogoz.errors import AuthorError, RefusedError, UnavailableError
from torogoz.flow import watchlists
from torogoz.flow.watchlists import ListReport, NothingAdmittedError, import_list
from torogoz.storage.models import Account, Agency, AuditEntry, Event, Journey, Watchlist, WatchlistEntry
from torogoz.storage.models import WatchlistVersion as Version
from torogoz.storage.snapshots import fingerprint, live_entries

NOW = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)
TODAY = NOW.date()
HEADER = "id,names,birth_date,nationality,sex,document_numbers"
ANA = "W-1,EJEMPLO PRUEBA ANA;ANITA EJEMPLO,1988-02-29,SLV,F,SLV:P:A01234567"
BETO = "W-2,MUESTRA BETO,1970,,M,"
ONLY_A_NAME = "W-3,PRUEBA SOLO NOMBRE,,,,"
GIVEN = {
    "owner": "CENTRO",
    "legal_basis": "Ley de prueba, art. 1",
    "purpose": "border_control",
    "grade": "B2",
    "review_on": "2027-03-31",
}

Asker = Callable[..., Who]


def file(*lines: str, header: str = HEADER) -> list[bytes]:
    return ["\n".join([header, *lines]).encode()]


@pytest.fixture
def load(people: People) -> Callable[..., ListReport]:
    """Import lines into the list `prueba` at the terminal."""

    def run(*lines: str, who: Who | None = None, name: str = "prueba", **given: str) -> ListReport:
        return import_list(who, name, file(*lines), NOW, given=GIVEN | given)

    return run


def names(day: date = TODAY) -> dict[str, tuple[str, ...]]:
    return {entry.id: entry.names for one in live_entries(day) for entry in one.entries}


def test_a_list_stays_in_its_compartment_and_so_do_its_entries_and_hits(people: People, who: Asker) -> None:
    def load(*lines: str, compartment: str = "") -> ListReport:
        return import_list(None, "prueba", file(*lines), NOW, given=GIVEN, compartment=compartment)

    load(ANA, compartment="ALFA")
    load(ANA, BETO, compartment="ALFA")
    load(BETO)
    assert Watchlist.objects.get().compartment == "ALFA"
    assert set(WatchlistEntry.objects.values_list("compartment", flat=True)) == {"ALFA"}
    assert [each.compartment for each in live_entries(TODAY)] == ["ALFA"]
    with pytest.raises(AuthorError, match="not in that compartment"):
        load(ANA, compartment="BETA")
    for name in ("x" * 33, " ALFA", "A\nB"):
        with pytest.raises(AuthorError, match="no usable name"):
            import_list(None, "otra", file(ANA), NOW, given=GIVEN, compartment=name)


def test_a_supervisor_imports_into_a_compartment_that_is_opened_to_them_only(people: People, who: Asker) -> None:
    with pytest.raises(RefusedError):
        import_list(who(people.supervisor), "prueba", file(ANA), NOW, given=GIVEN, compartment="ALFA")
    assert not Watchlist.objects.exists()
    people.supervisor.compartments = ["ALFA"]
    import_list(who(people.supervisor), "prueba", file(ANA), NOW, given=GIVEN, compartment="ALFA")
    people.supervisor.compartments = []
    with pytest.raises(AuthorError, match="name is taken"):
        import_list(who(people.supervisor), "prueba", file(ANA), NOW, given=GIVEN)


def test_a_new_list_is_in_force_with_its_entries_and_their_terms(load: Callable[..., ListReport]) -> None:
    report = load(ANA, BETO, ONLY_A_NAME)
    assert (report.version, report.entries, report.added, report.refusals) == (1, 3, 3, 0)
    (live,) = live_entries(TODAY)
    assert (live.name, live.version) == ("prueba", 1)
    ana, beto, advisory = live.entries
    assert ana.names == ("EJEMPLO PRUEBA ANA", "ANITA EJEMPLO")
    assert ana.birth_dates == (PartialDate(1988, 2, 29),)
    assert ana.documents[0].number == "A01234567"
    assert ana.terms
    assert (ana.terms.owner, ana.terms.grade, ana.terms.review_on) == ("CENTRO", "B2", date(2027, 3, 31))
    assert (beto.advisory, advisory.advisory) == (False, True)
    assert list(WatchlistEntry.objects.order_by("key").values_list("advisory", flat=True)) == [False, False, True]


def test_names_dates_and_documents_never_stand_in_clear(load: Callable[..., ListReport]) -> None:
    load(ANA)
    row = WatchlistEntry.objects.values().get()
    stored = repr(row).upper()
    assert not re.search(r"EJEMPLO|ANITA|1988|A01234567", stored)


def test_an_entry_that_is_moved_to_another_place_does_not_open(load: Callable[..., ListReport]) -> None:
    load(ANA)
    WatchlistEntry.objects.update(key="W-9")
    with pytest.raises(UnavailableError, match="does not open"):
        live_entries(TODAY)


def test_the_next_file_replaces_the_list_and_says_what_it_changed(load: Callable[..., ListReport]) -> None:
    load(ANA, BETO)
    report = load(ANA.replace("29,SLV", "28,SLV"), ONLY_A_NAME)
    assert (report.version, report.entries) == (2, 2)
    assert (report.added, report.changed, report.removed, report.unchanged) == (1, 1, 1, 0)
    assert set(names()) == {"W-1", "W-3"}
    assert live_entries(TODAY)[0].entries[0].birth_dates == (PartialDate(1988, 2, 28),)


def test_the_same_file_again_is_a_fresh_version_that_changes_nothing(load: Callable[..., ListReport]) -> None:
    load(ANA, BETO)
    report = load(ANA, BETO)
    assert (report.version, report.entries, report.unchanged) == (2, 2, 2)
    assert (report.added, report.changed, report.removed) == (0, 0, 0)
    assert WatchlistEntry.objects.count() == 2
    assert len(set(Version.objects.values_list("digest", flat=True))) == 1


def test_other_terms_make_another_entry(load: Callable[..., ListReport]) -> None:
    load(ANA)
    assert load(ANA, grade="A1").changed == 1


def test_an_entry_that_was_dropped_may_come_back(load: Callable[..., ListReport]) -> None:
    for lines in ((ANA, BETO), (BETO,), (ANA, BETO)):
        load(*lines)
    assert set(names()) == {"W-1", "W-2"}


def test_a_list_may_be_emptied_by_a_file_with_its_header_alone(load: Callable[..., ListReport]) -> None:
    load(ANA)
    assert load().removed == 1
    assert names() == {}


def test_an_entry_lapses_after_its_review_date(load: Callable[..., ListReport]) -> None:
    load(ANA, review_on="2026-11-30")
    assert set(names(date(2026, 11, 30))) == {"W-1"}
    assert names(date(2026, 12, 1)) == {}
    assert fingerprint(date(2026, 11, 30)) != fingerprint(date(2026, 12, 1))


def test_a_fingerprint_changes_with_each_version_only(load: Callable[..., ListReport]) -> None:
    load(ANA)
    before = fingerprint(TODAY)
    assert fingerprint(TODAY) == before
    load(ANA)
    assert fingerprint(TODAY) != before


@pytest.fixture
def journeys(db: None) -> list[Journey]:
    """One flight that has landed long ago, one in the air, one of tomorrow."""
    return [
        Journey.objects.create(
            carrier="XA",
            number=str(number),
            departure_date=TODAY,
            departure_airport="LAX",
            direction=Direction.INBOUND,
            departure_at=NOW + timedelta(hours=hours),
            arrival_at=NOW + timedelta(hours=hours + 5),
        )
        for number, hours in enumerate((-30, -2, 20))
    ]


def test_a_new_version_makes_all_future_travel_due_for_screening(
    journeys: list[Journey], load: Callable[..., ListReport]
) -> None:
    load(ANA)
    assert list(Journey.objects.order_by("number").values_list("screening_due_at", flat=True)) == [None, NOW, NOW]
    Journey.objects.update(screening_due_at=None)
    load(ANA)
    assert not Journey.objects.exclude(screening_due_at=None).exists(), "nothing changed, so nothing is screened"


def test_an_import_is_in_the_audit_with_counts_and_on_live_screens(
    people: People, who: Asker, load: Callable[..., ListReport]
) -> None:
    load(ANA, "W-9,,,,,", who=who(people.supervisor))
    entry = AuditEntry.objects.get()
    assert (entry.event, entry.account, entry.object_type) == (
        AuditEvent.WATCHLIST_IMPORTED,
        people.supervisor,
        "watchlist",
    )
    assert entry.counts == {"version": 1, "added": 1, "changed": 0, "removed": 0, "refused": 1}
    assert Event.objects.get().kind == "watchlist"
    assert Version.objects.get().imported_by == people.supervisor


@pytest.mark.parametrize("term", ["owner", "legal_basis", "purpose", "grade", "review_on"])
def test_an_entry_without_one_of_its_terms_is_refused_with_its_line_and_says_which(
    term: str, load: Callable[..., ListReport]
) -> None:
    given = {key: value for key, value in GIVEN.items() if key != term}
    lines = file(f"{ANA},", f'{BETO},"{GIVEN[term]}"', header=f"{HEADER},{term}")
    report = import_list(None, "prueba", lines, NOW, given=given)
    (refused,) = report.refused
    assert (refused.line, [(each.fault, each.column) for each in refused.faults]) == (2, [("missing", term)])
    assert set(names()) == {"W-2"}


def test_a_refused_line_costs_no_other_and_keeps_its_reason_without_what_it_held(
    load: Callable[..., ListReport],
) -> None:
    report = load("W-4,=cmd|calc,,,,", ANA, "W-5,PRUEBA,1988-02-30,,,", ANA)
    assert [row.line for row in report.refused] == [2, 4, 5]
    assert (report.entries, report.refusals) == (1, 3)
    stored = repr(Version.objects.get().report)
    assert "calc" not in stored
    assert "EJEMPLO" not in stored


def test_only_so_many_refused_lines_are_kept_but_all_are_counted(
    load: Callable[..., ListReport], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watchlists, "MOST_REFUSED", 2)
    report = load(ANA, *["W-9,,,,,"] * 5)
    assert (report.refusals, len(report.refused)) == (5, 2)


def endless() -> Iterator[bytes]:
    yield file(ANA)[0]
    for _ in range(300):
        yield b"x" * 65_536


@pytest.mark.parametrize(
    ("chunks", "says"),
    [
        ([], "the header is not that of this file"),
        (file(ANA, header="id,name"), "the header is not that of this file"),
        (file(ANA, header=HEADER + ",religion"), "unknown or repeated"),
        ([b"\xff\xfe\x00"], "the header cannot be read"),
        (file("W-9,,,,,", ",,,,,"), "No row of the file can be admitted"),
        ([b"id," + b"x" * 70_000], "the header cannot be read"),
        (endless(), "No row of the file can be admitted"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_whole_and_the_list_stays(
    chunks: list[bytes], says: str, load: Callable[..., ListReport]
) -> None:
    load(BETO)
    with pytest.raises(AuthorError, match=says):
        import_list(None, "prueba", chunks, NOW, given=GIVEN)
    assert set(names()) == {"W-2"}
    assert AuditEntry.objects.order_by("-pk").values_list("event", flat=True)[0] == AuditEvent.WATCHLIST_REFUSED
    assert Version.objects.count() == 1


def test_a_list_longer_than_memory_is_planned_for_is_refused_whole(
    load: Callable[..., ListReport], monkeypatch: pytest.MonkeyPatch
) -> None:
    load(BETO)
    monkeypatch.setattr(watchlists, "MOST_ENTRIES", 2)
    assert load(ANA, BETO).entries == 2
    with pytest.raises(AuthorError, match="more than 2 entries"):
        load(ANA, BETO, ONLY_A_NAME)
    assert set(names()) == {"W-1", "W-2"}


def test_a_first_file_that_cannot_be_used_makes_no_list(load: Callable[..., ListReport]) -> None:
    with pytest.raises(NothingAdmittedError) as refused:
        load("W-9,,,,,")
    assert [row.line for row in refused.value.refused] == [2]
    assert not Watchlist.objects.exists()


def test_the_version_before_answers_until_the_new_one_is_whole(
    load: Callable[..., ListReport], monkeypatch: pytest.MonkeyPatch
) -> None:
    load(ANA)
    seen: list[dict[str, tuple[str, ...]]] = []

    def broken(*_: object) -> None:
        raise RuntimeError

    def watching(items: list[object], _label: str, _total: int) -> Iterator[object]:
        seen.append(names())
        yield from items

    monkeypatch.setattr("torogoz.flow.list_versions.mark_future", broken)
    with pytest.raises(RuntimeError):
        import_list(None, "prueba", file(BETO), NOW, given=GIVEN, watched=watching)  # type: ignore[arg-type]
    assert set(seen[0]) == set(names()) == {"W-1"}
    assert Version.objects.count() == 1


def test_an_import_that_a_colleagues_has_overtaken_changes_nothing(load: Callable[..., ListReport]) -> None:
    load(ANA)

    def overtaken() -> Iterator[bytes]:
        yield from file(BETO)
        load(ONLY_A_NAME)

    with pytest.raises(UnavailableError, match="meanwhile"):
        import_list(None, "prueba", overtaken(), NOW, given=GIVEN)
    assert set(names()) == {"W-3"}


@pytest.mark.parametrize("name", ["", " prueba", "x" * 81, "a\nb", "a\0b"])
def test_a_list_needs_a_name_that_can_be_written(name: str, load: Callable[..., ListReport]) -> None:
    with pytest.raises(AuthorError, match="no usable name"):
        load(ANA, name=name)


def test_a_term_that_is_none_is_refused(load: Callable[..., ListReport]) -> None:
    with pytest.raises(AuthorError, match="no terms of a list"):
        load(ANA, religion="X")


def test_a_list_belongs_to_the_agency_that_its_owner_names_else_to_the_importers(
    people: People, who: Asker, load: Callable[..., ListReport]
) -> None:
    assert load(ANA, owner="SOCIO").agency == "SOCIO"
    assert load(ANA, name="otra", owner="Juzgado de prueba").agency == "CENTRO"
    boss = Account.objects.create(username="boss", role=StaffRole.SUPERVISOR, agency=people.partner.agency)
    assert load(ANA, name="suya", who=who(boss), owner="CENTRO").agency == "SOCIO", "nobody owns for another agency"


def test_a_home_without_a_centre_takes_no_list(db: None) -> None:
    with pytest.raises(AuthorError, match="no centre"):
        import_list(None, "prueba", file(ANA), NOW, given=GIVEN)


def test_supervisors_import_and_nobody_else_does(people: People, who: Asker, load: Callable[..., ListReport]) -> None:
    for account in people.but("supervisor"):
        with pytest.raises(RefusedError):
            load(ANA, who=who(account))
    assert not Watchlist.objects.exists()


def test_another_agencys_list_is_not_replaced(people: People, who: Asker, load: Callable[..., ListReport]) -> None:
    load(ANA)
    boss = Account.objects.create(username="boss", role=StaffRole.SUPERVISOR, agency=Agency.objects.get(code="SOCIO"))
    with pytest.raises(AuthorError, match="this name is taken"):
        load(BETO, who=who(boss))
    assert set(names()) == {"W-1"}


def test_one_list_is_read_by_itself(load: Callable[..., ListReport]) -> None:
    load(ANA)
    load(BETO, name="otra")
    (one,) = live_entries(TODAY, Watchlist.objects.get(name="otra").pk)
    assert (one.name, [entry.id for entry in one.entries]) == ("otra", ["W-2"])
