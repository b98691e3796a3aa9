"""Whatever a sender sends gets a finding with blame and remedy, loses nothing, and loads nothing by halves."""

from __future__ import annotations

import bz2
import random
from collections.abc import Callable

import pytest

from tests.integration.hostile.sent import (
    COMPANION,
    HEAD,
    NOW,
    PERSON,
    bring,
    explained,
    overfull,
    paxlst,
    still_sealed,
    unh,
)
from torogoz.edifact.findings import CATALOGUE
from torogoz.edifact.limits import Limits
from torogoz.errors import SenderError
from torogoz.flow import parse, receive
from torogoz.flow.compose import Arrival, Outcome, take_in
from torogoz.messages import read
from torogoz.storage.models import Delivery, Journey, JourneyTraveller, Observation, ReceivedMessage

pytestmark = pytest.mark.django_db


WHOLE = paxlst(PERSON, COMPANION)
#: The findings of which one tells that something is not there; the last is of a cut within UNZ itself.
CUT_OFF = {
    "DELIVERY_EMPTY",
    "NOT_EDIFACT",
    "NO_MESSAGE",
    "UNT_MISSING",
    "UNZ_MISSING",
    "SEGMENT_CUT_OFF",
    "REFERENCE_MISMATCH",
}
#: What no reader can read, by its oddity.
UNREADABLE: dict[str, bytes] = {
    "empty": b"",
    "blank": b" \r\n\t\r\n",
    "a-letter": b"Good morning,\r\nthe list follows.",
    "html": b"<html><script>alert(1)</script></html>",
    "json": b'{"travellers": []}',
    "bzip2": bz2.compress(WHOLE),
    "junk": random.Random(7).randbytes(100_000),
    "nul-bytes": b"\0" * 100_000,
    "ebcdic": WHOLE.decode().encode("cp500"),
    "una-alone": b"UNA:+.? '",
    "unb-alone": b"UNB+UNOA:4+X1'",
    "another-message": WHOLE.replace(b"PAXLST", b"INVOIC"),
    "no-flight": paxlst(PERSON).replace(b"TDT+20+X1570'LOC+125+LAX'", b"").replace(b"LOC+87+SAL'", b""),
}


@pytest.mark.parametrize("data", UNREADABLE.values(), ids=UNREADABLE)
def test_what_cannot_be_read_is_refused_with_a_remedy_and_stays_sealed_byte_for_byte(data: bytes) -> None:
    came = bring(data)
    assert (came.counts.received, came.counts.refused, came.counts.loaded) == (1, 1, 0)
    assert still_sealed(came.delivery, data)
    assert came.codes
    assert all(map(explained, came.codes))
    assert not Journey.objects.exists()
    assert not JourneyTraveller.objects.exists()


@pytest.mark.parametrize("code", sorted(CATALOGUE))
def test_every_finding_says_in_both_languages_what_is_wrong_and_what_its_sender_does(code: str) -> None:
    assert explained(code)


@pytest.mark.parametrize("kept", range(0, len(WHOLE), 37))
def test_a_message_cut_off_anywhere_is_told_as_cut_off_or_refused_and_never_as_whole(kept: int) -> None:
    came = bring(WHOLE[:kept])
    assert came.codes & CUT_OFF
    assert came.counts.received == 1
    assert came.counts.loaded or still_sealed(came.delivery, WHOLE[:kept])


def test_a_cut_off_list_takes_nobody_off_whom_the_whole_list_had_named() -> None:
    bring(WHOLE)
    bring(WHOLE.replace(b"1800", b"1810").split(b"NAD+FL+++ZYXWOFICTICIA:INVENTADO")[0])
    assert sorted(JourneyTraveller.objects.values_list("off_reason", flat=True)) == ["", ""]


def test_the_same_delivery_twice_changes_nothing_the_second_time() -> None:
    bring(WHOLE)
    before = list(JourneyTraveller.objects.order_by("pk").values()), Observation.objects.count()
    assert bring(WHOLE).counts == Outcome(received=1, duplicates=1)
    assert (list(JourneyTraveller.objects.order_by("pk").values()), Observation.objects.count()) == before


def test_a_message_twice_in_one_interchange_is_loaded_once() -> None:
    twice = f"{HEAD.format(time='1800', control='1')}{unh(PERSON) * 2}UNZ+2+1'".encode()
    assert bring(twice).counts == Outcome(received=2, loaded=1, duplicates=1, travellers=1)


def test_an_older_list_that_comes_late_does_not_undo_the_newer_one() -> None:
    older = paxlst(PERSON.replace("ATT+2++F", "ATT+2++M"), time="1700")
    bring(paxlst(PERSON, time="1800"))
    assert bring(older).counts.refused == 0
    assert JourneyTraveller.objects.get().sex == "F"


@pytest.mark.parametrize("turned", [False, True], ids=["in-order", "out-of-order"])
def test_what_comes_in_any_order_ends_in_one_picture(turned: bool) -> None:  # noqa: FBT001
    pair = [paxlst(PERSON, time="1700"), paxlst(PERSON, COMPANION, time="1800")]
    for data in reversed(pair) if turned else pair:
        assert bring(data).counts.loaded == 1
    people = JourneyTraveller.objects.values_list("given_names", "off_reason")
    assert sorted(people) == [("INVENTADO", ""), ("QUIMERINA", "")]


def test_more_bytes_than_the_door_takes_are_refused_with_a_remedy_and_others_still_come_in(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(receive, "LARGEST", len(WHOLE))
    with pytest.raises(SenderError, match="send it in parts"):
        receive.receive(WHOLE + b" ", source="test", name="a.edi", now=NOW)
    assert not Delivery.objects.exists()
    assert bring(WHOLE).counts.loaded == 1


def test_the_door_takes_no_more_than_the_reader_reads() -> None:
    assert Limits().delivery >= receive.LARGEST


#: Other alphabets, which the reader must bear: each still names its two travellers.
ALPHABETS: dict[str, Callable[[str], bytes]] = {
    "latin-1": lambda text: text.replace("INVENTADO", "MUÑOZ").encode("latin-1"),
    "utf-8": lambda text: text.replace("INVENTADO", "MUÑOZ").encode(),
    "utf-8-with-a-mark": lambda text: text.encode("utf-8-sig"),
    "utf-16": lambda text: text.encode("utf-16-le"),
    "cut-within-a-letter": lambda text: text.encode().replace(b"INVENTADO", "MUÑ".encode()[:-1]),
    "surrogates": lambda text: text.encode().replace(b"INVENTADO", b"\xed\xa0\x80"),
    "nul-bytes-within": lambda text: text.encode().replace(b"INVENTADO", b"INV\0EN\0TADO"),
    "escape-signs-within": lambda text: text.encode().replace(b"INVENTADO", b"\x1b[31mINVENTADO\x1b[0m"),
    "byte-order-turned": lambda text: text.encode().replace(b"INVENTADO", "\u202eINVENTADO".encode()),
}


@pytest.mark.parametrize("alphabet", ALPHABETS.values(), ids=ALPHABETS)
def test_another_alphabet_costs_no_traveller_and_no_row_that_another_database_would_refuse(
    alphabet: Callable[[str], bytes],
) -> None:
    came = bring(alphabet(WHOLE.decode()))
    assert (came.counts.loaded, came.counts.travellers) == (1, 2)
    assert overfull() == []


LONG = "X" * 3_000
#: Values far longer than any column, in every place that has a column.
SWOLLEN = {
    "sender": (b"X1:ZZ+SVAPIS", f"{LONG}:ZZ+SVAPIS".encode()),
    "control-reference": (b"UNH+1+", f"UNH+{LONG}+".encode()),
    "common-reference": (b"UN:IATA'", f"UN:IATA+{LONG}'".encode()),
    "version": (b"D:05B:UN", f"{LONG}:{LONG}:UN".encode()),
    "part-number": (b"UN:IATA'", b"UN:IATA++99999999999999999999:F'"),
    "function": (b"BGM+745", f"BGM+{LONG}".encode()),
    "qualifier": (b"BGM+745", f"BGM+250+{LONG}".encode()),
    "flight": (b"X1570", f"{LONG}570".encode()),
    "flight-number": (b"X1570", b"X1" + b"9" * 3_000),
    "airport": (b"LOC+125+LAX", f"LOC+125+{LONG}".encode()),
    "surname": (b"ZYXWOFICTICIA", LONG.encode()),
    "given-names": (b"QUIMERINA", LONG.encode()),
    "sex": (b"ATT+2++F", f"ATT+2++{LONG}".encode()),
    "nationality": (b"NAT+2+SLV", f"NAT+2+{LONG}".encode()),
    "locator": (b"W7ZQ9P", LONG.encode()),
    "document": (b"ZZ9876543", LONG.encode()),
    "document-type": (b"DOC+P", f"DOC+{LONG}".encode()),
    "birth-date": (b"610713", b"9" * 3_000),
    "count": (b"CNT+42:2", b"CNT+42:" + b"9" * 3_000),
    "seat": (b"ATT+2++F'", f"ATT+2++F'SEQ++{LONG}'GEI+4+{LONG}'FTX+SEAT+++{LONG}'".encode()),
    "bags": (b"ATT+2++F'", b"ATT+2++F'FTX+BAG+++" + b"9" * 3_000 + b"'MEA+CT++:" + b"9" * 3_000 + b"'"),
}


@pytest.mark.parametrize("swollen", SWOLLEN.values(), ids=SWOLLEN)
def test_a_swollen_value_stops_nothing_and_overfills_no_column(swollen: tuple[bytes, bytes]) -> None:
    data = WHOLE.replace(*swollen)
    assert data != WHOLE
    came = bring(data)
    assert came.counts.received == 1
    assert came.counts.loaded or still_sealed(came.delivery, data)
    assert came.delivery.failure == ""
    assert overfull() == []


def test_each_good_message_of_a_delivery_is_loaded_and_the_bad_ones_keep_it_sealed() -> None:
    data = paxlst(PERSON) + b"\x00\xff" * 50 + WHOLE.replace(b"PAXLST", b"INVOIC").replace(b"1800", b"1805")
    came = bring(data)
    assert (came.counts.loaded, came.counts.refused) == (1, 1)
    assert still_sealed(came.delivery, data)


def test_a_failure_of_ours_within_a_message_leaves_nothing_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(parse, "seal_redacted", fail)
    came = bring(WHOLE)
    assert came.counts == Outcome(received=1, refused=1)
    assert not JourneyTraveller.objects.exists()
    assert not ReceivedMessage.objects.exists()
    assert still_sealed(came.delivery, WHOLE)


def test_hostile_deliveries_do_not_keep_the_good_one_among_them_waiting() -> None:
    arrivals = [Arrival(name, data) for name, data in UNREADABLE.items()]
    arrivals.insert(len(arrivals) // 2, Arrival("good", WHOLE))
    counts = take_in(arrivals, source="test", now=NOW)
    assert (counts.loaded, counts.travellers, counts.refused) == (1, 2, len(UNREADABLE))
    assert not Delivery.objects.filter(status=Delivery.Status.SEALED).exists()


def test_the_reader_never_reads_a_delivery_beyond_its_limit() -> None:
    (message,) = read(WHOLE, Limits(delivery=len(WHOLE) - 1))
    assert [found.code for found in message.findings] == ["DELIVERY_TOO_LARGE"]
