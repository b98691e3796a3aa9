"""No traveller's data in a log line, an error, an audit entry or the name of anything, whatever was sent."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest

from tests.integration.conftest import People
from tests.integration.hostile.sent import COMPANION, NOW, PERSON, PLANTED, audited, bring, leaks, logged, paxlst
from tests.invented import REVIEW_ON
from torogoz.cli import main
from torogoz.domain.purpose import Purpose
from torogoz.errors import TorogozError
from torogoz.flow import parse
from torogoz.flow.watchlists import import_list
from torogoz.messages.envelope import Unpacked
from torogoz.storage.access.guard import who_is
from torogoz.storage.models import Delivery, Event, ReceivedMessage

pytestmark = pytest.mark.django_db

WHOLE = paxlst(PERSON, COMPANION)
#: Each part of a message broken in a way of its own, with the travellers' values where they do not belong.
BROKEN = {
    "whole": WHOLE,
    "cut": WHOLE[:-120],
    "other-type": WHOLE.replace(b"PAXLST", b"INVOIC"),
    "no-flight": WHOLE.replace(b"TDT+20+X1570'", b""),
    "values-in-tags": WHOLE.replace(b"NAD+FL+++", b"").replace(b"DOC+P:110:111+", b""),
    "values-in-dates": WHOLE.replace(b"DTM+329:610713'", b"DTM+329:ZYXWOFICTICIA'"),
    "values-in-flight": WHOLE.replace(b"X1570", b"ZYXWOFICTICIA"),
    "values-in-type": WHOLE.replace(b"PAXLST:D", b"ZYXWOFICTICIA:ZZ9876543"),
    "values-in-counts": WHOLE.replace(b"CNT+42:2", b"CNT+42:ZZ9876543"),
    "no-edifact": b"ZYXWOFICTICIA QUIMERINA ZZ9876543 W7ZQ9P 1961-07-13 610713",
}
LIST = "id,names,birth_date,nationality,sex,document_numbers\n"
GIVEN = {
    "owner": "CENTRO",
    "legal_basis": "Ley de prueba",
    "purpose": "border_control",
    "grade": "B2",
    "review_on": REVIEW_ON,
}
ROWS = {
    "date": "W-1,ZYXWOFICTICIA QUIMERINA,ZZ9876543,,,",
    "sex": "W-1,ZYXWOFICTICIA,,,QUIMERINA,",
    "cells": "W-1,ZYXWOFICTICIA",
    "quotes": 'W-1,"ZYXWOFICTICIA,1961-07-13,,,',
    "formula": "W-1,=ZYXWOFICTICIA,,,,",
    "document": "W-1,QUIMERINA,,,,A:B:C:ZZ9876543",
    "id": "W7ZQ9P,ZYXWOFICTICIA,,,,\nW7ZQ9P,QUIMERINA,,,,",
}


@pytest.fixture
def everything_logged(caplog: pytest.LogCaptureFixture) -> Iterator[list[logging.LogRecord]]:
    """The records of every logger, down to its lowest level."""
    with caplog.at_level(logging.DEBUG):
        yield caplog.records


@pytest.mark.parametrize("data", BROKEN.values(), ids=BROKEN)
def test_nothing_of_a_traveller_is_logged_or_audited_on_the_way_in(
    data: bytes, everything_logged: list[logging.LogRecord]
) -> None:
    bring(data)
    assert leaks(logged(everything_logged)) == []
    assert leaks(audited(), *Event.objects.values_list()) == []


@pytest.mark.parametrize("data", BROKEN.values(), ids=BROKEN)
def test_no_finding_repeats_what_stood_in_the_message(data: bytes) -> None:
    bring(data)
    findings = json.dumps(list(ReceivedMessage.objects.values_list("findings", flat=True)))
    assert leaks(findings) == []


def test_a_failure_of_ours_is_told_by_its_kind_and_never_by_its_text(
    monkeypatch: pytest.MonkeyPatch, everything_logged: list[logging.LogRecord]
) -> None:
    def fail(unpacked: Unpacked, **_: object) -> object:
        raise ValueError(unpacked.data.decode())

    monkeypatch.setattr(parse, "read_unpacked", fail)
    bring(WHOLE)
    assert Delivery.objects.get().failure == "ValueError"
    assert leaks(logged(everything_logged), audited(), *Delivery.objects.values_list("failure")) == []


def test_a_replay_tells_as_little(people: People, everything_logged: list[logging.LogRecord]) -> None:
    came = bring(BROKEN["no-edifact"])
    parse.replay(who_is(people.supervisor, Purpose.BORDER_CONTROL), came.delivery.pk, NOW)
    assert leaks(logged(everything_logged), audited()) == []


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_a_refused_line_of_a_list_tells_its_place_and_not_its_person(
    row: str, people: People, everything_logged: list[logging.LogRecord]
) -> None:
    try:
        report = import_list(None, "prueba", [f"{LIST}{row}\n".encode()], NOW, given=GIVEN)
    except TorogozError as problem:
        told = [str(problem), *(each.text("es") for each in getattr(problem, "refused", ()))]
    else:
        told = [each.text("en") for each in report.refused]
    assert told
    assert leaks(*told, audited(), logged(everything_logged)) == []


def test_a_list_without_its_header_is_refused_without_a_word_of_its_first_person(people: People) -> None:
    with pytest.raises(TorogozError) as refused:
        import_list(None, "prueba", [b"W7ZQ9P,ZYXWOFICTICIA QUIMERINA,1961-07-13,SLV,F,ZZ9876543\n"], NOW, given=GIVEN)
    assert leaks(refused.value) == []


@pytest.mark.parametrize("data", BROKEN.values(), ids=BROKEN)
def test_the_terminal_tells_nothing_but_counts(
    data: bytes, people: People, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path_factory.mktemp("in") / "a.edi"
    path.write_bytes(data)
    assert main(["ingest", str(path)]) in (0, 1)
    shown = capsys.readouterr()
    assert leaks(shown.out, shown.err) == []


def test_the_planted_values_would_be_seen() -> None:
    assert leaks(WHOLE.decode()) == [each for each in PLANTED if each != "1961-07-13"]
