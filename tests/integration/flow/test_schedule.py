"""A schedule tells which flights are to come, so that a manifest that never arrives is missed."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.integration.conftest import People
from torogoz.cli import main
from torogoz.domain.audit import AuditEvent
from torogoz.domain.journey import Direction
from torogoz.domain.staff import Who
from torogoz.errors import AuthorError, RefusedError
from torogoz.flow.schedule import COLUMNS, LARGEST, REASONS, Refused, import_schedule
from torogoz.storage.models import AuditEntry, Event, Journey, Retiming

NOW = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)
HEADER = ",".join(COLUMNS)
INBOUND = "XA,570,,LAX,SAL,2026-11-22T23:10,2026-11-23T06:05"
OUTBOUND = "XB,0012,A,SAL,MAD,2026-11-23T14:00,2026-11-24T07:30"


def schedule(*lines: str) -> bytes:
    return "\n".join([HEADER, *lines]).encode()


@pytest.mark.django_db
def test_a_flight_of_the_schedule_is_on_the_board_with_local_and_utc_times() -> None:
    report = import_schedule(None, schedule(INBOUND, OUTBOUND), NOW)
    assert (report.flights, report.new, report.refused) == (2, 2, ())
    inbound, outbound = Journey.objects.order_by("departure_at")
    assert (inbound.designator, inbound.scheduled, inbound.direction) == ("XA570", True, Direction.INBOUND)
    assert (inbound.departure_local, inbound.arrival_local) == ("2026-11-22T23:10", "2026-11-23T06:05")
    assert inbound.departure_at == datetime(2026, 11, 23, 7, 10, tzinfo=UTC)
    assert inbound.arrival_at == datetime(2026, 11, 23, 12, 5, tzinfo=UTC)
    assert (outbound.designator, outbound.direction) == ("XB12A", Direction.OUTBOUND)


@pytest.mark.django_db
def test_an_import_is_in_the_audit_and_on_live_screens() -> None:
    import_schedule(None, schedule(INBOUND, INBOUND), NOW)
    entry = AuditEntry.objects.get()
    assert (entry.event, entry.counts) == (AuditEvent.SCHEDULE_IMPORTED, {"flights": 1, "new": 1, "refused": 1})
    assert Event.objects.get().kind == "schedule"


@pytest.mark.django_db
def test_the_same_schedule_twice_expects_nothing_twice() -> None:
    import_schedule(None, schedule(INBOUND), NOW)
    report = import_schedule(None, schedule(INBOUND), NOW)
    assert (report.flights, report.new) == (1, 0)
    assert Journey.objects.count() == 1
    assert Retiming.objects.count() == 1


@pytest.mark.django_db
def test_other_times_of_a_flight_on_its_day_are_a_retiming_and_not_another_flight() -> None:
    import_schedule(None, schedule(INBOUND), NOW)
    import_schedule(None, schedule(INBOUND.replace("23:10", "23:40")), NOW)
    journey = Journey.objects.get()
    assert journey.departure_at == datetime(2026, 11, 23, 7, 40, tzinfo=UTC)
    assert journey.retimings.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("line", "column", "code"),
    [
        ("XA,570,,LAX,SAL,2026-11-22T23:10", "", "COLUMNS"),
        (INBOUND + ",more", "", "COLUMNS"),
        ("12,570,,LAX,SAL,2026-11-22T23:10,2026-11-23T06:05", "carrier", "FORM"),
        ("=X,570,,LAX,SAL,2026-11-22T23:10,2026-11-23T06:05", "carrier", "FORM"),
        ("XA,57000,,LAX,SAL,2026-11-22T23:10,2026-11-23T06:05", "number", "FORM"),
        ("XA,٥٧,,LAX,SAL,2026-11-22T23:10,2026-11-23T06:05", "number", "FORM"),
        ("XA,570,AB,LAX,SAL,2026-11-22T23:10,2026-11-23T06:05", "suffix", "FORM"),
        ("XA,570,,Q1Q,SAL,2026-11-22T23:10,2026-11-23T06:05", "departure_airport", "AIRPORT"),
        ("XA,570,,LAX,\0,2026-11-22T23:10,2026-11-23T06:05", "arrival_airport", "AIRPORT"),
        ("XA,570,,LAX,SAL,2026-11-22 23:10,2026-11-23T06:05", "departure_local", "FORM"),
        ("XA,570,,LAX,SAL,2026-11-31T23:10,2026-11-23T06:05", "departure_local", "TIME"),
        ("XA,570,,LAX,SAL,2026-11-22T23:10,2026-11-22T23:11", "arrival_local", "ORDER"),
        ("XA,570,,LAX,SAL,2026-11-22T23:10,2027-11-23T06:05", "arrival_local", "ORDER"),
        ("XA,570,,LAX,MAD,2026-11-22T23:10,2026-11-23T19:05", "", "BORDER"),
        (INBOUND.replace(",570,", ",0570,"), "", "TWICE"),
    ],
)
def test_a_bad_line_is_refused_with_its_place_and_reason_and_costs_no_other(line: str, column: str, code: str) -> None:
    report = import_schedule(None, schedule(INBOUND, line, OUTBOUND), NOW)
    assert report.refused == (Refused(3, column, code),)
    assert report.flights == 2
    assert report.refused[0].text("es").startswith("línea 3: ")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "another header"),
        (b"carrier,number\nXA,570", "another header"),
        (HEADER.encode() + b"\n\xff\xfe", "not UTF-8"),
        (schedule(INBOUND, '"XA'), "line 3 of the schedule is not CSV"),
        (schedule("x" * 200_000), "is not CSV"),
        (schedule(*[INBOUND] * 20_001), "more than 20,000 flights"),
        (b"x" * (LARGEST + 1), "larger than 4 MiB"),
    ],
)
def test_a_file_that_is_no_such_table_is_refused_whole_and_changes_nothing(data: bytes, says: str) -> None:
    with pytest.raises(AuthorError, match=says):
        import_schedule(None, data, NOW)
    assert not Journey.objects.exists()
    assert not AuditEntry.objects.exists()


@pytest.mark.django_db
def test_a_file_saved_by_a_spreadsheet_is_read() -> None:
    quoted = '"' + INBOUND.replace(",", '","') + '"'
    data = b"\xef\xbb\xbf" + schedule(quoted, "").replace(b"\n", b"\r\n")
    assert import_schedule(None, data, NOW).flights == 1


def test_supervisors_and_administrators_import_and_nobody_else_does(people: People, who: Callable[..., Who]) -> None:
    for account in people.but("supervisor", "administrator"):
        with pytest.raises(RefusedError):
            import_schedule(who(account), schedule(INBOUND), NOW)
    assert not Journey.objects.exists()
    assert import_schedule(who(people.administrator), schedule(INBOUND), NOW).new == 1
    assert AuditEntry.objects.get(event=AuditEvent.SCHEDULE_IMPORTED).account == people.administrator


class AnyBytes(TestCase):
    """Whatever stands in the lines: a report or a refusal, never anything else."""

    @given(st.lists(st.text(max_size=40) | st.sampled_from([INBOUND, OUTBOUND]), max_size=6))
    def test_any_lines_are_taken_or_refused_with_a_reason(self, lines: list[str]) -> None:
        try:
            report = import_schedule(None, schedule(*lines), NOW)
        except (AuthorError, UnicodeEncodeError):
            return
        assert all(each.code in REASONS for each in report.refused)


@pytest.mark.django_db
def test_the_command_names_the_lines_it_refused_and_ends_with_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "flights.csv"
    file.write_bytes(schedule(INBOUND, "XA,570,,Q1Q,SAL,2026-11-22T23:10,2026-11-23T06:05", INBOUND))
    assert main(["schedule", "import", str(file)]) == 1
    shown = capsys.readouterr()
    assert shown.out == "1 flights expected, 1 of them new; 2 lines refused\n"
    assert shown.err.splitlines() == [
        "line 3: departure_airport is no airport's IATA code",
        "line 4: an earlier line names the same flight",
    ]


@pytest.mark.django_db
def test_the_command_prints_json_alone_where_it_is_asked_to(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "flights.csv"
    file.write_bytes(schedule(INBOUND))
    assert main(["schedule", "import", str(file), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"flights": 1, "new": 1, "refused": []}


@pytest.mark.django_db
def test_a_file_that_is_not_there_is_not_available(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schedule", "import", "no-such.csv"]) == 3
    assert capsys.readouterr().err.startswith("unavailable: no-such.csv: No such file")
