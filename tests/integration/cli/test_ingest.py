"""`torogoz ingest` prints what came of its files: every hit of them, on whichever journey it was raised."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from tests.integration.conftest import People
from tests.integration.hostile.sent import leaks
from tests.invented import REVIEW_ON
from torogoz.cli import main
from torogoz.storage.models import Hit, Journey

LIST = "id,names,birth_date,nationality,sex,document_numbers\nW-1,EJEMPLO PRUEBA ANA,1988-02-29,SLV,F,A01234567\n"
TERMS = ("--owner", "CENTRO", "--legal-basis", "Ley", "--purpose", "border_control", "--grade", "B2")


def through_flight() -> bytes:
    """A flight into the state and on, with somebody who only leaves: they are on the second journey of the message."""
    day = timezone.now() + timedelta(days=1)
    legs = (
        f"TDT+20+X1570'LOC+125+LAX'DTM+189:{day:%y%m%d}1400:201'LOC+87+SAL'DTM+232:{day:%y%m%d}1905:201'"
        f"TDT+20+X1570'LOC+92+SAL'DTM+189:{day:%y%m%d}2000:201'LOC+92+SJO'DTM+232:{day:%y%m%d}2110:201'"
    )
    comes = "NAD+FL+++FICTICIO:BETO'DTM+329:750101'NAT+2+GTM'LOC+178+LAX'LOC+179+SAL'DOC+P:110:111+G7654321'LOC+91+GTM'"
    leaves = (
        "NAD+FL+++EJEMPLO PRUEBA:ANA'ATT+2++F'DTM+329:880229'NAT+2+SLV'LOC+178+SAL'LOC+179+SJO'"
        "DOC+P:110:111+A01234567'LOC+91+SLV'"
    )
    body = f"UNH+1+PAXLST:D:05B:UN:IATA'BGM+745'{legs}{comes}{leaves}"
    return f"UNB+UNOA:4+X1:ZZ+SVAPIS:ZZ+261122:1200+77'{body}UNT+{body.count(chr(39)) + 1}+1'UNZ+1+77'".encode()


@pytest.mark.django_db
def test_a_hit_on_the_second_journey_of_a_message_is_printed_too(
    people: People, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "list.csv").write_text(LIST)
    (tmp_path / "through.edi").write_bytes(through_flight())
    listed = ("watchlist", "import", str(tmp_path / "list.csv"), "--format", "csv", "--list", "ZETA", *TERMS)
    assert main([*listed, "--review-on", REVIEW_ON]) == 0
    capsys.readouterr()
    assert main(["ingest", "--json", str(tmp_path / "through.edi")]) == 0
    shown = capsys.readouterr()
    told = json.loads(shown.out)
    assert (told["received"], told["loaded"], told["travellers"], told["hits"]) == (1, 1, 2, 1)
    assert Journey.objects.count() == 2
    assert Hit.objects.get().journey.departure_airport == "SAL"
    assert leaks(shown.out, shown.err) == []
