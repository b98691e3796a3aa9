"""Sealed first, loaded once, nothing lost: bytes on their way into the picture."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoDbBlocker

from tests.integration.conftest import People
from torogoz.domain.staff import StaffRole, Who
from torogoz.errors import RefusedError, SenderError, UnavailableError
from torogoz.flow import parse, receive
from torogoz.flow.compose import Arrival, Outcome, take_in
from torogoz.flow.upkeep import upkeep
from torogoz.messages import read
from torogoz.messages.envelope import Unpacked
from torogoz.storage.access.guard import who_is
from torogoz.storage.deliveries import open_delivery, open_redacted
from torogoz.storage.keys import keyring
from torogoz.storage.models import (
    AuditEntry,
    Delivery,
    Identifier,
    Journey,
    JourneyTraveller,
    Observation,
    ReceivedMessage,
)

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)
ANALYST = Who(account=1, role=StaffRole.ANALYST, agency="CNAP")

HEAD = "UNA:+.? 'UNB+UNOA:4+X1:ZZ+SVAPIS:ZZ+261122:{time}+{control}++APIS'"
LIST = (
    "UNH+{control}+PAXLST:D:05B:UN:IATA'BGM+745'TDT+20+X1570'LOC+125+LAX'DTM+189:2611221400:201'"
    "LOC+87+SAL'DTM+232:2611222105:201'{travellers}CNT+42:1'UNT+15+{control}'"
)
ANA = (
    "NAD+FL+++EJEMPLO PRUEBA:ANA'ATT+2++F'DTM+329:880229'LOC+178+LAX'LOC+179+SAL'NAT+2+SLV'RFF+AVF:X7K2PQ'"
    "DOC+P:110:111+A01234567'DTM+36:300501'LOC+91+SLV'"
)
BETO = ANA.replace("EJEMPLO PRUEBA:ANA", "FICTICIO:BETO").replace("A01234567", "B7654321").replace("880229", "750601")


def paxlst(travellers: str = ANA, *, control: str = "1", time: str = "1800", times: int = 1) -> bytes:
    """An invented passenger list, as often as asked in one interchange."""
    body = "".join(LIST.format(control=f"{control}{place}", travellers=travellers) for place in range(times))
    return f"{HEAD.format(time=time, control=control)}{body}UNZ+{times}+{control}'".encode()


def bring(*data: bytes) -> Outcome:
    return take_in((Arrival("a.edi", each) for each in data), source="test", now=NOW)


def test_received_bytes_are_sealed_before_anything_reads_them() -> None:
    data = paxlst()
    delivery = Delivery.objects.get(pk=receive.receive(data, source="test", name="a.edi", now=NOW))
    assert delivery.status == Delivery.Status.SEALED
    assert b"EJEMPLO" not in bytes(delivery.sealed or b"")
    assert open_delivery(delivery, keyring()) == data
    assert ReceivedMessage.objects.count() == 0


def test_a_delivery_larger_than_the_limit_is_refused_at_the_door(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receive, "LARGEST", 10)
    with pytest.raises(SenderError):
        receive.receive(b"x" * 11, source="test", name="a.edi", now=NOW)
    assert Delivery.objects.count() == 0


def test_a_message_is_loaded_and_its_original_destroyed_in_the_same_transaction() -> None:
    assert bring(paxlst()) == Outcome(received=1, loaded=1, travellers=1)
    delivery = Delivery.objects.get()
    assert (delivery.status, delivery.sealed, delivery.wrapped_key) == (Delivery.Status.READ, None, None)
    with pytest.raises(UnavailableError):
        open_delivery(delivery, keyring())
    assert b"EJEMPLO" in open_redacted(ReceivedMessage.objects.get(), keyring())


def test_a_resend_under_another_control_reference_is_a_duplicate_and_changes_nothing() -> None:
    """LR-06."""
    outcome = bring(paxlst(control="1"), paxlst(control="2"))
    assert (outcome.received, outcome.loaded, outcome.duplicates) == (2, 1, 1)
    assert (JourneyTraveller.objects.count(), Observation.objects.count()) == (1, 1)


def test_other_content_under_the_same_reference_is_an_update() -> None:
    outcome = bring(paxlst(ANA), paxlst(ANA + BETO))
    assert (outcome.loaded, outcome.duplicates) == (2, 0)
    assert JourneyTraveller.objects.count() == 2


def test_what_a_carrier_takes_back_is_not_a_resend() -> None:
    outcome = bring(paxlst(ANA, time="1800"), paxlst(BETO, time="1810"), paxlst(ANA, time="1820"))
    assert (outcome.loaded, outcome.duplicates) == (3, 0)


def test_many_messages_in_one_interchange_are_each_loaded() -> None:
    assert bring(paxlst(times=3)) == Outcome(received=3, loaded=1, duplicates=2, travellers=1)


def test_a_delivery_that_was_read_is_not_read_again() -> None:
    bring(paxlst())
    assert parse.load(Delivery.objects.get().pk, NOW) == parse.LoadReport()


def test_a_crash_between_two_messages_loads_the_rest_and_nothing_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    data = paxlst(ANA, control="1").replace(b"UNZ+1+1'", b"") + paxlst(BETO, control="2").split(b"APIS'", 1)[1]
    delivery = receive.receive(data, source="test", name="a.edi", now=NOW)
    load_one = parse._load_one
    calls = iter((load_one,))

    def crash(*arguments: object) -> parse.LoadReport:
        return next(calls)(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(parse, "_load_one", crash)
    with pytest.raises(RuntimeError):  # a generator's end inside a call
        _raising(delivery)
    monkeypatch.setattr(parse, "_load_one", load_one)
    assert ReceivedMessage.objects.count() == 1
    parse.load(delivery, NOW)
    assert sorted(JourneyTraveller.objects.values_list("given_names", flat=True)) == ["ANA", "BETO"]


def _raising(delivery: int) -> None:
    try:
        parse.load(delivery, NOW)
    except StopIteration as problem:
        raise RuntimeError from problem


@pytest.mark.parametrize(
    "data",
    [b"", b"Good morning,\r\nthe list follows.", b"\x00" * 50, b"UNB+UNOA:4", b"\xff\xfe" + b"U" * 100],
    ids=["empty", "a-letter", "nul-bytes", "cut-off", "other-encoding"],
)
def test_what_is_no_message_is_refused_and_stays_sealed_for_replay(data: bytes) -> None:
    assert bring(data) == Outcome(received=1, refused=1)
    delivery = Delivery.objects.get()
    assert delivery.status == Delivery.Status.FAILED
    assert open_delivery(delivery, keyring()) == data
    assert delivery.sealed_until == NOW + timedelta(hours=72)
    assert ReceivedMessage.objects.get().findings


def test_a_message_without_a_flight_is_refused_with_a_finding_that_says_so() -> None:
    bring(paxlst().replace(b"LOC+125+LAX'", b"").replace(b"LOC+87+SAL'", b""))
    message = ReceivedMessage.objects.get()
    assert message.status == "refused"
    assert "FLIGHT_UNKNOWN" in {finding["code"] for finding in message.findings}


def test_a_good_message_beside_a_bad_one_is_loaded_and_the_whole_stays_sealed() -> None:
    """LR-05: what is wrong costs only itself."""
    bad = paxlst(BETO).split(b"APIS'", 1)[1].replace(b"PAXLST", b"NOSUCH")
    outcome = bring(paxlst().replace(b"UNZ+1+1'", b"") + bad)
    assert (outcome.loaded, outcome.refused) == (1, 1)
    assert Delivery.objects.get().sealed is not None


def test_a_failed_delivery_is_replayed_as_it_was_sent(people: People) -> None:
    bring(b"no message")
    report = parse.replay(who_is(people.analyst), Delivery.objects.get().pk, NOW)
    assert (report.received, report.refused) == (1, 1)
    assert AuditEntry.objects.filter(event="message.replayed").count() == 1


def test_reviewers_and_those_who_keep_the_links_up_replay_and_nobody_else(people: People) -> None:
    bring(b"no message")
    delivery = Delivery.objects.get().pk
    for account in people.but("analyst", "supervisor", "administrator", "partner"):
        with pytest.raises(RefusedError):
            parse.replay(who_is(account), delivery, NOW)
    for account in (people.analyst, people.supervisor, people.administrator):
        assert parse.replay(who_is(account), delivery, NOW).refused == 1


def test_only_a_failed_delivery_can_be_replayed() -> None:
    bring(paxlst())
    with pytest.raises(RefusedError):
        parse.replay(ANALYST, Delivery.objects.get().pk, NOW)


def test_unreadable_bytes_are_destroyed_after_72_hours_and_then_no_longer_replayed() -> None:
    bring(b"no message")
    upkeep(NOW + timedelta(hours=71))
    assert Delivery.objects.get().sealed is not None
    upkeep(NOW + timedelta(hours=72))
    assert Delivery.objects.get().sealed is None
    with pytest.raises(RefusedError):
        parse.replay(ANALYST, Delivery.objects.get().pk, NOW)


def test_a_delivery_on_which_we_fail_is_tried_three_times_and_does_not_stop_the_next(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(unpacked: Unpacked, **policy: Any) -> object:
        if b"POISON" in unpacked.data:
            raise ZeroDivisionError
        return read(unpacked.data, **policy)

    monkeypatch.setattr(parse, "read_unpacked", fail)
    outcome = bring(b"POISON", paxlst())
    assert (outcome.loaded, outcome.refused) == (1, 1)
    poisoned = Delivery.objects.get(status=Delivery.Status.FAILED)
    assert (poisoned.tries, poisoned.failure) == (3, "ZeroDivisionError")


def test_sensitive_elements_are_dropped_and_counted_and_overwritten_in_the_copy() -> None:
    """LR-23."""
    pnr = (
        b"UNA:+.? 'UNB+IATA:1+X1+SVPNRGOV+261122:1800+9'UNH+9+PNRGOV:11:1:IA'MSG+:22'ORG+X1:LAX'"
        b"TVL+221126:1400:221126:2105+LAX+SAL+X1+570'EQN+1'SRC'RCI+X1:X7K2PQ::011126:1022'"
        b"SSR+KSML:HK:1:X1'IFT+4:28::X1+PAX NEEDS WHEELCHAIR'ORG+X1:LAX+12345678'"
        b"TIF+EJEMPLO+ANA MRS:A:1'TVL+221126:1400:221126:2105+LAX+SAL+X1+570'UNT+12+9'UNZ+1+9'"
    )
    bring(pnr)
    message = ReceivedMessage.objects.get()
    assert message.status == "loaded"
    assert message.withheld["SSR"] >= 1
    copy = open_redacted(message, keyring())
    assert b"KSML" not in copy
    assert b"WHEELCHAIR" not in copy
    assert b"EJEMPLO" in copy


def test_identifiers_stand_in_no_column_in_clear() -> None:
    bring(paxlst())
    assert Identifier.objects.get(kind="document").keyed_hash != "A01234567"
    stored = [
        *map(str, Identifier.objects.values_list()),
        *map(str, Observation.objects.values_list()),
        *map(str, JourneyTraveller.objects.values_list()),
        *map(str, Delivery.objects.values_list()),
        *map(str, ReceivedMessage.objects.values_list()),
    ]
    assert not [row for row in stored if "A01234567" in row]


def test_every_message_leaves_its_audit_entries() -> None:
    bring(paxlst(), paxlst(control="2"), b"nothing")
    events = list(AuditEntry.objects.values_list("event", flat=True))
    assert events.count("delivery.received") == 3
    assert [events.count(f"message.{each}") for each in ("loaded", "duplicate", "refused")] == [1, 1, 1]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(cut=st.integers(0, len(paxlst(ANA + BETO))), noise=st.binary(max_size=6))
def test_whatever_arrives_is_counted_once_and_never_stops_the_flow(
    cut: int, noise: bytes, django_db_blocker: DjangoDbBlocker
) -> None:
    data = paxlst(ANA + BETO)
    before = Delivery.objects.count()
    outcome = bring(data[:cut] + noise + data[cut:])
    assert outcome.received == outcome.loaded + outcome.duplicates + outcome.refused
    assert outcome.received >= 1
    assert Delivery.objects.count() == before + 1
    assert not Journey.objects.filter(screening_due_at__isnull=False).exists()


@pytest.mark.parametrize(("kind", "outcome"), [("CUSRES", 1), ("CONTRL", 1), ("ACKRES", 1), ("GOVREQ", 0)])
def test_what_speaks_of_another_message_is_kept_and_makes_no_flight(kind: str, outcome: int) -> None:
    body = f"UNH+1+{kind}:D:05B:UN'BGM+312'RFF+AF:X1570'DTM+189:2611221400:201'LOC+125+LAX'LOC+87+SAL'UNT+7+1'"
    report = bring(f"{HEAD.format(time='1800', control='1')}{body}UNZ+1+1'".encode())
    assert (report.loaded, report.refused, report.travellers) == (outcome, 1 - outcome, 0)
    assert Journey.objects.count() == 0
    assert (ReceivedMessage.objects.get().redacted is not None) is bool(outcome)
