"""A small invented world to review: one flight, its travellers, a list, and the people who work there."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from msgspec import structs

from torogoz.domain.booking import Booking, Payment
from torogoz.domain.dates import PartialDate
from torogoz.domain.disposition import Answers
from torogoz.domain.document import Document
from torogoz.domain.finding import Origin
from torogoz.domain.hit import Action, CauseKind, Ground, HitStatus, Identity
from torogoz.domain.journey import Designator, Direction, FlightLeg
from torogoz.domain.picture import View
from torogoz.domain.purpose import DataClass, Purpose
from torogoz.domain.staff import StaffRole, Who
from torogoz.domain.traveller import Bags, Contact, ContactKind, Sex, Traveller, TravellerRole
from torogoz.domain.watchlist import Entry, ListAction
from torogoz.storage.access.guard import who_is
from torogoz.storage.deliveries import seal_redacted
from torogoz.storage.keys import keyring
from torogoz.storage.models import (
    Account,
    Agency,
    Delivery,
    Hit,
    HitSource,
    Journey,
    JourneyTraveller,
    Person,
    PersonLink,
    ReceivedMessage,
    RuleVersion,
    TargetingRule,
    Watchlist,
    WatchlistEntry,
)
from torogoz.storage.models import Booking as BookingRow
from torogoz.storage.party import Member, observe, refresh
from torogoz.storage.snapshots import encode_entry, entry_place

NOW = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)
LANDING = NOW + timedelta(hours=3)

GOOD = Answers(
    identity=Identity.SAME,
    identity_reason="The document and the birth date are the ones of the entry.",
    ground=Ground.YES,
    ground_reason="The entry is in force and was reviewed this month.",
    action=Action.REFER,
    action_reason="The owner of the list asks for a check at the booth.",
)
CLEARED = replace(GOOD, identity=Identity.NOT_SAME, ground=Ground.NO, action=Action.NONE)

#: What the carrier said of Ana in its API message, and in her booking: the nationality and the birth day disagree.
ANA = Traveller(
    role=TravellerRole.PASSENGER,
    surname="EJEMPLO PRUEBA",
    given_names="ANA SINTETICA",
    sex=Sex.FEMALE,
    birth_date=PartialDate(1988, 2, 29),
    nationality="SLV",
    documents=(Document("A01234567", "P", "SLV", date(2030, 5, 1)),),
    record_locator="X7K2PQ",
    seat="12A",
    bags=Bags(1, 20.0, ("XA123456",)),
)
#: Somebody else on the flight whom one could take for her, and somebody of her booking.
NAMESAKE = structs.replace(
    ANA, given_names="ANA MARIA", birth_date=PartialDate(1990, 1, 1), documents=(), record_locator="ZZZZ99"
)
COMPANION = structs.replace(ANA, surname="MUESTRA", given_names="LUZ", birth_date=PartialDate(1985, 5, 5), documents=())
ANA_BOOKED = structs.replace(
    ANA, given_names="ANA", birth_date=PartialDate(1988, 2, 28), documents=(), bags=None, nationality=None
)
LEG = FlightLeg(
    Designator("XA", "570"),
    "LAX",
    "SAL",
    datetime.fromisoformat("2026-11-22T08:00"),
    datetime.fromisoformat("2026-11-22T15:00"),
)
RAW = (
    b"UNH+1+PAXLST'NAD+FL+++EJEMPLO PRUEBA:ANA SINTETICA'DTM+329:880229'NAD+FL+++OTHER PERSON:X'"
    b"FOP+CC::9.00:VI:4111111111111111:1229'"
)
NAME_LINE = Origin("surname", RAW.index(b"NAD"), RAW.index(b"'DTM"))
CARD_LINE = Origin("payments", RAW.index(b"FOP"), len(RAW) - 1)
BIRTH_LINE = Origin("birth_date", RAW.index(b"DTM"), RAW.index(b"'NAD+FL+++OTHER"))
BOOKING = Booking(
    record_locator="X7K2PQ",
    carrier="XA",
    travellers=(0,),
    itinerary=(LEG,),
    contacts=(Contact(ContactKind.PHONE, "+50322223333"),),
    payments=(Payment("CC", "4111111111111111"),),
    origins=(CARD_LINE,),
)
#: What matching said: a name for it, a birth date against it, and a document that could not be compared.
EVIDENCE = [
    {
        "field": "name",
        "stance": "for",
        "millibits": 14100,
        "code": "name_same",
        "values": [["asked", "EJEMPLO"], ["listed", "EJEMPLO"], ["one_in", "340"]],
    },
    {
        "field": "birth_date",
        "stance": "against",
        "millibits": -2000,
        "code": "birth_date_one_part",
        "values": [["asked", "1988-02-29"], ["listed", "1989-02-28"]],
    },
    {"field": "document", "stance": "not_compared", "millibits": 0, "code": "document_not_compared", "values": []},
]
PAID_IN_CASH = {
    "field": "payment.cash",
    "stance": "for",
    "millibits": 0,
    "code": "rule.condition",
    "values": [["op", "eq"], ["held", "true"], ["beside", "true"], ["actual", "true"]],
}


_counter = itertools.count(1)


def centre() -> Agency:
    """The passenger centre, whose staff work on every agency's open rows."""
    return Agency.objects.get_or_create(code="CENTRO", defaults={"name": "Centro", "centre": True})[0]


def border_police() -> Agency:
    """Another agency, with its own officers."""
    return Agency.objects.get_or_create(code="FRONTERA", defaults={"name": "Frontera"})[0]


def account(role: StaffRole | None, *, agency: Agency | None = None, compartments: tuple[str, ...] = ()) -> Account:
    """Somebody who works here."""
    return Account.objects.create(
        username=f"{role or 'outsider'}-{next(_counter)}",
        role=role or "",
        agency=agency or centre(),
        compartments=list(compartments),
    )


def who(role: StaffRole | None, purpose: Purpose | None = Purpose.SERIOUS_CRIME, **options: object) -> Who:
    """Somebody new of a role, who asks for a purpose."""
    return who_is(account(role, **options), purpose)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Case:
    """A traveller on a flight, with a hit."""

    journey: Journey
    traveller: JourneyTraveller
    hit: Hit
    api: ReceivedMessage
    pnr: ReceivedMessage


def journey() -> Journey:
    """A flight that lands in three hours."""
    return Journey.objects.create(
        carrier="XA",
        number=str(570 + next(_counter)),
        departure_date=date(2026, 11, 22),
        departure_airport="LAX",
        arrival_airport="SAL",
        direction=Direction.INBOUND,
        departure_local="2026-11-22T08:00",
        arrival_local="2026-11-22T15:00",
        departure_at=LANDING - timedelta(hours=5),
        arrival_at=LANDING,
    )


def message(flight: Journey, kind: str) -> ReceivedMessage:
    """A message of the carrier that was loaded."""
    keys = keyring()
    delivery = Delivery.objects.create(
        received_at=NOW, source="spool", size=1, digest="", index_version=keys.index.number, key_id=keys.raw.id
    )
    return ReceivedMessage.objects.create(
        delivery=delivery,
        number=1,
        received_at=NOW - timedelta(hours=2),
        status="loaded",
        type=kind,
        sender="XA",
        carrier="XA",
        journey=flight,
    )


def traveller(flight: Journey, *said: tuple[DataClass, ReceivedMessage, Traveller, Booking | None]) -> JourneyTraveller:
    """A traveller of whom these messages speak."""
    row = JourneyTraveller.objects.create(
        journey=flight, role=TravellerRole.PASSENGER, status_at=NOW, first_received_at=NOW, updated_at=NOW
    )
    member = Member(row)
    for data_class, received, person, booking in said:
        view = View(data_class, received.pk, NOW - timedelta(hours=2), person, booking)
        observe([(member, view, [])], received, NOW - timedelta(hours=2), keyring())
    refresh([member], flight, NOW)
    row.refresh_from_db()
    return row


def api(flight: Journey, person: Traveller) -> tuple[DataClass, ReceivedMessage, Traveller, None]:
    """What an API message of its own says of somebody."""
    return DataClass.API, message(flight, "PAXLST"), person, None


def hit_of(person: JourneyTraveller, received: ReceivedMessage, **columns: Any) -> Hit:
    """A hit of a list entry on a traveller."""
    values: dict[str, object] = {
        "agency": centre(),
        "traveller": person,
        "journey": person.journey,
        "cause_kind": CauseKind.WATCHLIST,
        "cause_source": "Buscados ficticios",
        "cause_key": f"W-{next(_counter)}",
        "cause_version": 1,
        "title_es": "Lista de ejemplo",
        "title_en": "Example list",
        "purpose": Purpose.SERIOUS_CRIME,
        "gravity": 2,
        "queued": True,
        "status": HitStatus.OPEN,
        "millibits": 31000,
        "probability": 0.98,
        "evidence": EVIDENCE,
        "matched_name": "EJEMPLO PRUEBA ANITA",
        "raised_at": NOW,
        "changed_at": NOW,
        "act_by": LANDING,
    }
    hit = Hit.objects.create(**(values | columns))
    HitSource.objects.create(hit=hit, message=received, positions=[[120, 140], [151, 160]])
    return hit


def case(*, minor: bool = False, **columns: Any) -> Case:
    """Ana on her flight, told of by API and PNR, with a hit; or a child in her place."""
    flight = journey()
    api, pnr = message(flight, "PAXLST"), message(flight, "PNRGOV")
    born = PartialDate(2015, 2, 28) if minor else ANA.birth_date
    origins = (NAME_LINE, BIRTH_LINE)
    person = traveller(
        flight,
        (DataClass.API, api, structs.replace(ANA, birth_date=born, origins=origins), None),
        (DataClass.PNR, pnr, ANA_BOOKED if not minor else structs.replace(ANA_BOOKED, birth_date=born), BOOKING),
    )
    return Case(flight, person, hit_of(person, api, **columns), api, pnr)


def entry(hit: Hit, born: PartialDate | None = None, **columns: Any) -> WatchlistEntry:
    """The list entry that raised a hit, of somebody who was born on this day, else on Ana's."""
    watchlist, _ = Watchlist.objects.get_or_create(name=hit.cause_source, defaults={"agency": centre(), "made_at": NOW})
    keys = keyring()
    sealed = encode_entry(Entry(hit.cause_key, ("EJEMPLO PRUEBA ANITA",), (born or PartialDate(1988, 2, 29),)))
    values: dict[str, object] = {
        "agency": centre(),
        "watchlist": watchlist,
        "key": hit.cause_key,
        "version_from": 1,
        "owner": "Unidad ficticia",
        "legal_basis": "Ley de ejemplo, art. 1",
        "purpose": hit.purpose,
        "reason": "Fraude de ejemplo",
        "grade": "B2",
        "handling": "Reserva",
        "action": ListAction.REFER,
        "review_on": date(2027, 1, 1),
        "gravity": hit.gravity,
        "advisory": False,
        "digest": "",
        "index_version": keys.index.number,
        "sealed": keys.seal(sealed, entry_place(watchlist.pk, hit.cause_key, 1)),
        "key_id": keys.fields.id,
    }
    return WatchlistEntry.objects.create(**(values | columns))


def rule_hit() -> Hit:
    """A hit of a rule on Ana."""
    key = f"late-cash-{next(_counter)}"
    document = {
        "key": key,
        "title_es": "Compra tardía en efectivo",
        "title_en": "Late purchase in cash",
        "reason_es": "Patrón descrito en informes públicos.",
        "reason_en": "A pattern described in public reports.",
        "owner": "CENTRO",
        "legal_basis": "Ley de ejemplo, art. 2",
        "purpose": "serious_crime",
        "gravity": 2,
        "review_on": "2027-01-01",
        "condition": {"field": "payment.cash", "op": "eq", "value": True},
    }
    titles = {name: str(document[name]) for name in ("title_es", "title_en")}
    RuleVersion.objects.create(
        rule=TargetingRule.objects.create(agency=centre(), key=key, made_at=NOW),
        number=1,
        state=RuleVersion.State.ACTIVE,
        document=document,
        **titles,
        purpose=Purpose.SERIOUS_CRIME,
        gravity=2,
        review_on=date(2027, 1, 1),
        author=account(StaffRole.ANALYST),
        proposed_at=NOW,
    )
    raised = case(
        cause_kind=CauseKind.RULE,
        cause_source="",
        cause_key=key,
        title_es=titles["title_es"],
        title_en=titles["title_en"],
        evidence=[PAID_IN_CASH],
        matched_name="",
        probability=None,
        millibits=0,
    )
    HitSource.objects.create(hit=raised.hit, message=raised.pnr, positions=[[10, 20]])
    return raised.hit


def keep_lines(case: Case) -> None:
    """Keep the redacted copies of a case's messages."""
    for received in (case.api, case.pnr):
        seal_redacted(received, RAW, keyring())
        received.save()


def linked() -> tuple[JourneyTraveller, JourneyTraveller, PersonLink]:
    """Two journeys that are held to be one person's, and the second's link."""
    one, two = case().traveller, case().traveller
    person = Person.objects.create(made_at=NOW)
    evidence = {"kind": "document", "clues": [{"field": "document", "relation": "same"}]}
    JourneyTraveller.objects.filter(pk__in=(one.pk, two.pk)).update(person=person)
    PersonLink.objects.create(person=person, traveller=one, made_at=NOW)
    link = PersonLink.objects.create(person=person, traveller=two, made_at=NOW, evidence=evidence)
    return one, two, link


def book(*people: JourneyTraveller) -> None:
    """Put people into one booking."""
    booking = BookingRow.objects.create(journey=people[0].journey, record_locator="B00KED")
    JourneyTraveller.objects.filter(pk__in=[each.pk for each in people]).update(booking=booking)
