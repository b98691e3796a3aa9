"""A table of an operator without a system goes the way of every message: sealed, read, screened, and redacted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from tests.integration.conftest import People
from tests.integration.flow.test_intake import bring as take_in
from tests.integration.flow.test_intake import paxlst
from tests.invented import REVIEW_ON
from torogoz.domain.audit import AuditEvent
from torogoz.domain.journey import Direction, Mode
from torogoz.domain.purpose import Purpose
from torogoz.domain.staff import Who
from torogoz.errors import RefusedError, SenderError
from torogoz.flow.manifest import LARGEST, bring, operators
from torogoz.flow.parse import load
from torogoz.flow.senders import Scope, enrol, revoke
from torogoz.flow.watchlists import import_list
from torogoz.storage.deliveries import open_redacted
from torogoz.storage.keys import keyring
from torogoz.storage.models import AuditEntry, Delivery, Hit, Journey, JourneyTraveller, ReceivedMessage

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)
HEAD = "mode;operator;vehicle;departure_place;departure_local;arrival_place;role;surname;given_names;birth_date;"
TABLE = (
    f"{HEAD}document_number;document_issuer;remarks\n"
    "sea;;9321483;PAONX;2026-11-22 22:00;SVAQJ;crew;MARINO;JUAN;1970-01-02;S1234567;PHL;\n"
    ";;;;;;passenger;EJEMPLO PRUEBA;ANA;29/02/1988;A01234567;SLV;kosher\n"
).encode()
TERMS = {
    "owner": "CENTRO",
    "legal_basis": "Ley de prueba",
    "purpose": "serious_crime",
    "grade": "B2",
    "review_on": REVIEW_ON,
}


def test_a_ships_list_becomes_a_journey_by_sea_with_its_travellers_screened(people: People) -> None:
    line = b"id,names,birth_date,nationality,sex,document_numbers\nW-1,EJEMPLO PRUEBA ANA,1988-02-29,,,SLV:P:A01234567"
    import_list(None, "prueba", [line], NOW - timedelta(hours=1), given=TERMS)
    outcome = take_in(TABLE)
    assert (outcome.loaded, outcome.travellers) == (1, 2)
    journey = Journey.objects.get()
    assert (journey.mode, journey.designator, journey.direction) == (Mode.SEA, "9321483", Direction.INBOUND)
    assert (journey.departure_airport, journey.arrival_airport) == ("PAONX", "SVAQJ")
    assert journey.departure_at == datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
    assert {each.role for each in JourneyTraveller.objects.all()} == {"crew", "passenger"}
    assert Hit.objects.get().traveller.surname == "EJEMPLO PRUEBA"


def test_what_is_sensitive_in_a_table_is_overwritten_in_the_copy_that_is_kept(people: People) -> None:
    take_in(TABLE)
    message = ReceivedMessage.objects.get()
    assert message.withheld == {"SSR": 0, "free_text": 1}
    copy = open_redacted(message, keyring())
    assert b"kosher" not in copy
    assert b"EJEMPLO PRUEBA" in copy


def test_the_same_table_again_is_a_duplicate_and_one_without_a_journey_is_refused(people: People) -> None:
    assert take_in(TABLE, TABLE).duplicates == 1
    assert take_in(b"surname,given_names,birth_date\nEJEMPLO,ANA,1980-12-31\n").refused == 1


def test_a_reviewer_brings_a_table_and_stands_in_its_audit_entry(people: People, who: Callable[..., Who]) -> None:
    asker = who(people.analyst, Purpose.BORDER_CONTROL)
    receipt = bring(asker, TABLE, "", NOW)
    entry = AuditEntry.objects.get(event=AuditEvent.DELIVERY_RECEIVED)
    assert (entry.account_id, entry.object_id) == (people.analyst.pk, receipt)
    assert load(receipt, NOW).loaded == 1
    assert Delivery.objects.get(pk=receipt).source == "page"


def test_on_behalf_of_an_operator_only_its_own_journeys_are_read(people: People, who: Callable[..., Who]) -> None:
    asker = who(people.supervisor, Purpose.BORDER_CONTROL)
    enrol("Bus de prueba", Scope(("XTB",)), NOW)
    own = TABLE.replace(b"sea;;", b"sea;XTB;")
    assert operators(asker, NOW) == ("Bus de prueba",)
    assert load(bring(asker, own, "Bus de prueba", NOW), NOW).loaded == 1
    foreign = load(bring(asker, TABLE.replace(b"sea;;", b"sea;XQ;"), "Bus de prueba", NOW), NOW)
    assert (foreign.loaded, foreign.refused) == (0, 1)


def test_an_operators_own_person_brings_its_journeys_and_nobody_elses(people: People, who: Callable[..., Who]) -> None:
    asker = who(people.carrier_person)
    own = TABLE.replace(b"sea;;", f"sea;{asker.carrier};".encode())
    with pytest.raises(RefusedError):
        bring(asker, own, "", NOW, own=True)
    enrol("Alone", Scope((asker.carrier,)), NOW)
    enrol("Provider", Scope((asker.carrier, "XTB")), NOW)
    enrol("Everybody", Scope(None), NOW)
    enrol("Another", Scope(("XTB",)), NOW)
    assert operators(asker, NOW, own=True) == ("Alone",)
    assert load(bring(asker, own, "Alone", NOW, own=True), NOW).loaded == 1
    assert load(bring(asker, TABLE.replace(b"sea;;", b"sea;XTB;"), "Alone", NOW, own=True), NOW).refused == 1
    for name in ("", "Provider", "Everybody", "Another"):
        with pytest.raises(RefusedError):
            bring(asker, own, name, NOW, own=True)
    for account in people.but("carrier_person"):
        with pytest.raises(RefusedError):
            bring(who(account, Purpose.BORDER_CONTROL), own, "Alone", NOW, own=True)
    people.carrier_person.carrier = ""
    people.carrier_person.save()
    for attempt in (
        lambda: bring(who(people.carrier_person), own, "Alone", NOW, own=True),
        lambda: operators(who(people.carrier_person), NOW, own=True),
    ):
        with pytest.raises(RefusedError):
            attempt()


@pytest.mark.parametrize("data", [b"", b"a,b,c\n1,2,3", TABLE + b" " * LARGEST])
def test_what_is_no_table_or_too_large_is_the_senders_to_correct(
    data: bytes, people: People, who: Callable[..., Who]
) -> None:
    with pytest.raises(SenderError):
        bring(who(people.analyst, Purpose.BORDER_CONTROL), data, "", NOW)
    assert not Delivery.objects.exists()


def test_nobody_else_brings_one_nor_for_an_operator_that_is_not_enrolled(
    people: People, who: Callable[..., Who]
) -> None:
    for account in people.but("analyst", "supervisor", "partner"):
        for attempt in (lambda asker: bring(asker, TABLE, "", NOW), lambda asker: operators(asker, NOW)):
            with pytest.raises(RefusedError):
                attempt(who(account, Purpose.BORDER_CONTROL))
    with pytest.raises(RefusedError):
        bring(who(people.analyst), TABLE, "", NOW)
    enrol("Gone", Scope(None), NOW)
    revoke("Gone", NOW)
    for name in ("Gone", "Never"):
        with pytest.raises(RefusedError):
            bring(who(people.analyst, Purpose.BORDER_CONTROL), TABLE, name, NOW)
    assert not Delivery.objects.exists()


def test_a_push_in_xml_joins_the_passenger_list_of_its_flight_and_its_copy_holds_nothing_sensitive(
    people: People,
) -> None:
    push = (
        b'<IATA_PNRGOV_NotifRQ><Originator AirlineCode="X1"/><FlightLeg CarrierCode="X1" FlightNumber="570"'
        b' DepartureDateTime="2026-11-22T14:00:00" ArrivalDateTime="2026-11-22T21:05:00">'
        b'<DepartureAirport LocationCode="LAX"/><ArrivalAirport LocationCode="SAL"/></FlightLeg>'
        b'<PNRs NumberOfPnrs="1"><PNR><BookingRefID ID="X7K2PQ"><CompanyName Code="X1"/></BookingRefID>'
        b'<SSR SSR_Code="KSML" RPH="1"/><Passenger RPH="1"><GivenName>ANA</GivenName>'
        b"<Surname>EJEMPLO PRUEBA</Surname></Passenger></PNR></PNRs></IATA_PNRGOV_NotifRQ>"
    )
    assert take_in(paxlst(), push).loaded == 2
    traveller = JourneyTraveller.objects.get()
    assert (traveller.has_api, traveller.has_pnr, traveller.record_locator) == (True, True, "X7K2PQ")
    message = ReceivedMessage.objects.get(type="PNRGOV")
    assert (message.version, message.withheld) == ("XML", {"SSR": 1, "free_text": 0})
    assert b"KSML" not in open_redacted(message, keyring())


def test_an_entity_bomb_is_refused_and_its_bytes_stay_sealed(people: People) -> None:
    bomb = b'<!DOCTYPE a [<!ENTITY b "c">]><IATA_PNRGOV_NotifRQ>&b;</IATA_PNRGOV_NotifRQ>'
    assert take_in(bomb).refused == 1
    assert ReceivedMessage.objects.get().findings[0]["code"] == "XML_ENTITY"
    assert Delivery.objects.get().status == Delivery.Status.FAILED
