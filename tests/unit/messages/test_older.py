"""The list from before the standard (PDT): what of a traveller cannot be read is told, and costs nothing else."""

from __future__ import annotations

import pytest

from tests.unit.messages.written import codes, only
from torogoz.domain.manifest import Message
from torogoz.domain.traveller import Traveller, TravellerRole

WHOLE = "PDT+P/A1:300501:SV+EJEMPLO:ANA:EVA:880229:F+PAX+USMIA:SVSAL'"


def older(body: str) -> Message:
    head = "CTA+IC+:OPERATIONS'TDT++X1310+40+X1'LOC+005+USMIA:50'DTM+136+261122+0945+M05'LOC+008+SVSAL:50'UNS+D'"
    count = (head + body).count("'") + 2
    return only(
        f"UNB+UNOA:1+X1:NZ+USCS:US+261122:1200+77'UNH+1+PAXLST:001:000:NZ'{head}{body}UNT+{count}+1'UNZ+1+77'".encode()
    )


def one(body: str) -> Traveller:
    [traveller] = older(body).travellers
    return traveller


def test_a_traveller_with_everything_is_read() -> None:
    traveller = one(WHOLE)
    assert (traveller.surname, traveller.given_names, str(traveller.birth_date)) == ("EJEMPLO", "ANA EVA", "1988-02-29")
    assert (traveller.journey_start, traveller.journey_end) == ("MIA", "SAL")
    assert [each.number for each in traveller.documents] == ["A1"]


@pytest.mark.parametrize(
    ("segment", "code"),
    [
        ("PDT+P/A1:300501:SV+EJEMPLO:ANA::880229:F+XYZ+USMIA:SVSAL'", "ROLE_UNKNOWN"),
        ("PDT+P/A1:300501:SV+:::880229:F+PAX+USMIA:SVSAL'", "NAME_MISSING"),
        ("PDT+P/A1:300501:SV+EJEMPLO:ANA::889929:F+PAX+USMIA:SVSAL'", "DATE_UNREADABLE"),
        ("PDT+P/A1:309901:SV+EJEMPLO:ANA::880229:F+PAX+USMIA:SVSAL'", "DATE_UNREADABLE"),
        ("PDT+P/A1:300501:SV+EJEMPLO:ANA::1988-02-29:F+PAX+USMIA:SVSAL'", "DATE_FORMAT_MISMATCH"),
        ("PDT+P/A1:2030-05-01:SV+EJEMPLO:ANA::880229:F+PAX+USMIA:SVSAL'", "DATE_FORMAT_MISMATCH"),
        ("PDT+P/A1:300501:QQ+EJEMPLO:ANA::880229:F+PAX+USMIA:SVSAL'", "COUNTRY_UNKNOWN"),
        ("PDT+P/:300501:SV+EJEMPLO:ANA::880229:F+PAX+USMIA:SVSAL'", "DOCUMENT_NUMBER_MISSING"),
    ],
)
def test_what_cannot_be_read_is_told_and_the_next_traveller_is_whole(segment: str, code: str) -> None:
    message = older(segment + WHOLE)
    assert codes(message) == [code]
    assert len(message.travellers) == 2
    assert message.travellers[1].documents == one(WHOLE).documents


def test_a_clerical_title_is_withheld_as_anywhere_else() -> None:
    message = older("PDT+P/A1:300501:SV+EJEMPLO:ANA REV::880229:F+PAX+USMIA:SVSAL'")
    assert [each.given_names for each in message.travellers] == ["ANA"]
    assert message.withheld.total == 1


def test_places_without_their_state_and_elements_left_out_are_read() -> None:
    message = older("PDT+P/A1+EJEMPLO:ANA+ITI+MIA'")
    [traveller] = message.travellers
    assert (traveller.journey_start, traveller.journey_end) == ("MIA", None)
    assert (traveller.birth_date, traveller.sex, traveller.role) == (None, None, TravellerRole.TRANSIT)
    assert codes(message) == []
