"""What a message does not have is counted, told, and kept nowhere but in the copy."""

from __future__ import annotations

import json

import pytest

from tests.unit.messages.written import codes, delivery, only, paxlst_bytes, pnrgov_bytes
from torogoz.edifact.directory import DIRECTORY
from torogoz.messages.reading import MOST_PLACES
from torogoz.messages.render import as_json
from torogoz.messages.sensitive import redact

STRANGE = "PAC+INVENTO'PAC+OTRO'TAX+INVENTO'ZZZ+INVENTO'INVENTO:ANA'PEREZ+ANA'"
COUNTED = {"PAC": 2, "TAX": 1, "other": 3}


@pytest.mark.parametrize(
    "data",
    [
        paxlst_bytes(f"NAD+FL+++EJEMPLO:ANA'{STRANGE}NAD+FL+++MUESTRA:BETO'"),
        pnrgov_bytes(f"SRC'RCI+X1:AB12CD'TIF+EJEMPLO+ANA:A:1'{STRANGE}"),
        delivery(f"BGM+962'{STRANGE}ERP+1'ERC+0'", "CUSRES:D:05B:UN:IATA"),
        delivery(f"UCI+1+X1+SV+8'{STRANGE}", "CONTRL:D:3:UN"),
        delivery(f"MSG+:23'{STRANGE}", "ACKRES:11:1:IA"),
    ],
    ids=["PAXLST", "PNRGOV", "CUSRES", "CONTRL", "ACKRES"],
)
def test_unknown_segments_are_counted_by_their_tag_and_nothing_of_them_is_kept_but_in_the_copy(data: bytes) -> None:
    message = only(data)
    assert as_json(message)["unknown"] == COUNTED
    assert [each for each in codes(message) if each == "SEGMENT_UNKNOWN"] == ["SEGMENT_UNKNOWN"] * 6
    assert [each.segment for each in message.findings if each.code == "SEGMENT_UNKNOWN"] == [
        "PAC", "PAC", "TAX", None, None, None,
    ]  # fmt: skip
    told = json.dumps(as_json(message))
    assert "INVENTO" not in told
    assert "PEREZ" not in told
    assert redact(data, message).count(b"INVENTO") == 4


def test_many_of_one_kind_are_counted_whole_and_told_by_their_first_places() -> None:
    data = paxlst_bytes("NAD+FL+++EJEMPLO:ANA'" + "PAC+1'" * 500 + "QQ1+1'" * 30 + "NAT+2+QQQ'")
    message = only(data)
    assert dict(message.unknown) == {"PAC": 500, "other": 30}
    assert codes(message) == ["SEGMENT_UNKNOWN"] * (2 * MOST_PLACES) + ["COUNTRY_UNKNOWN"]


def test_tags_that_nobody_knows_are_no_list_of_their_own_however_many_come() -> None:
    strange = "".join(f"{first}{second}Z+1'" for first in "JKQWXYZ" for second in "JKQWXYZ")
    assert dict(only(paxlst_bytes(f"NAD+FL+++EJEMPLO:ANA'{strange}")).unknown) == {"other": 49}
    assert len(DIRECTORY) < 200


def test_unknown_elements_of_a_document_are_counted() -> None:
    push = (
        '<IATA_PNRGOV_NotifRQ><FlightLeg CarrierCode="X1" FlightNumber="310" DepartureDateTime="2026-11-22T09:45:00">'
        '<DepartureAirport LocationCode="MIA"/><ArrivalAirport LocationCode="SAL"/></FlightLeg><PNRs><PNR>'
        f'<BookingRefID ID="AB12CD"/>{"<Strange>INVENTO</Strange>" * 25}</PNR></PNRs></IATA_PNRGOV_NotifRQ>'
    ).encode()
    message = only(push)
    assert as_json(message)["unknown"] == {"element": 25}
    assert codes(message) == ["ELEMENT_UNKNOWN"] * MOST_PLACES
    assert "INVENTO" not in json.dumps(as_json(message))
