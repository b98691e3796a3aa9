"""The month itself: synthetic traffic, and one flight on which everybody and everything bears a mark.

Imported once Django is ready for the home in which it is to be lived.
"""

from __future__ import annotations

import json
import os
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.test import Client

from tests.integration.retention import exchange
from tests.integration.retention.life import DROPPED, FIRST, GONE, GONE_DIGITS, KEPT, LAST, NAMED, NOW
from tests.integration.retention.sent import in_full, listed_in_full
from torogoz.domain.booking import Agency, Booking, Payment, Ticket
from torogoz.domain.clearance import ProofKind
from torogoz.domain.dates import PartialDate
from torogoz.domain.disposition import Answers
from torogoz.domain.document import Document
from torogoz.domain.hit import Action, Ground, HitStatus, Identity
from torogoz.domain.journey import Designator, FlightLeg
from torogoz.domain.manifest import Message
from torogoz.domain.purpose import Purpose
from torogoz.domain.referral import Channel, Outcome
from torogoz.domain.staff import StaffRole, Who
from torogoz.domain.traveller import Bags, Contact, ContactKind, FrequentFlyer, Sex, Traveller, TravellerRole
from torogoz.flow import accounts, holds, proofs, review, rules, share
from torogoz.flow.parse import load
from torogoz.flow.proofs import Proof
from torogoz.flow.receive import receive
from torogoz.flow.schedule import import_schedule
from torogoz.flow.screen import rescreen_due
from torogoz.flow.spool import read_whole
from torogoz.flow.upkeep import upkeep
from torogoz.flow.watchlists import Live, import_list
from torogoz.storage.access.guard import who_is
from torogoz.storage.access.search import By, search
from torogoz.storage.convert import open_identifier
from torogoz.storage.home import Home
from torogoz.storage.keys import keyring
from torogoz.storage.models import AuditEntry, Hit, Identifier, JourneyTraveller, PersonLink, Referral, Watchlist
from torogoz.storage.spool import Spool
from torogoz.synth.commerce import Request
from torogoz.synth.dialects import Dialect
from torogoz.synth.files import schedule_csv
from torogoz.synth.render.envelope import Body, Stamp, interchange
from torogoz.synth.render.paxlst import paxlst_segments
from torogoz.synth.render.pnrgov import Colour, pnrgov_segments
from torogoz.synth.watchlists import to_csv
from torogoz.synth.world import World, make_day
from torogoz.targeting.examples import example_rules

LEG = FlightLeg(
    Designator("X1", "919"),
    "LAX",
    "SAL",
    datetime(2026, 10, 15, 14, 0),  # noqa: DTZ001 - an airport's wall clock
    datetime(2026, 10, 15, 21, 5),  # noqa: DTZ001 - likewise
)
EARLIER = replace(
    LEG,
    designator=Designator("X1", "920"),
    departure_local=datetime(2026, 10, 5, 14, 0),  # noqa: DTZ001 - likewise
    arrival_local=datetime(2026, 10, 5, 21, 5),  # noqa: DTZ001 - likewise
)
#: Where everybody flies on to, by a code share with suffixes.
ONWARD = FlightLeg(
    Designator("X1", "933", "A"),
    "SAL",
    "BOG",
    datetime(2026, 10, 17, 8, 0),  # noqa: DTZ001 - likewise
    datetime(2026, 10, 17, 12, 0),  # noqa: DTZ001 - likewise
    Designator("XC", "33B"),
)
#: So many flights of each synthetic day are flown.
FLIGHTS = int(os.environ.get("TOROGOZ_TEST_FLIGHTS", "1"))
#: What becomes of the traveller whose surname ends so.
FATES = ("FREE", "CLEARED", "CONFIRMED", "HELD", "UNDECIDED", "BYRULE", "RECONFIRMED")
HEADER = (
    "id,names,birth_date,nationality,sex,document_numbers,owner,legal_basis,purpose,reason,grade,handling,action,"
    "review_on"
)


def live() -> None:
    """Live the month."""
    people = _people()
    _synthetic(people)
    _lists()
    _flight(EARLIER, FIRST + timedelta(days=4), only=("CONFIRMED",))
    _flight(LEG, NOW - timedelta(hours=6))
    exchange.live(people)
    rescreen_due(NOW)
    _decide(people)
    _write(people)
    _drop_from_list()
    _leave_waiting()
    _failed_and_refused()
    _never_read()
    _sign_in()
    upkeep(LAST)
    AuditEntry.objects.filter(at__gt=LAST).update(at=LAST)


def travellers() -> int:
    """How many there are."""
    return JourneyTraveller.objects.count()


def some_identifiers() -> list[str]:
    """Documents, telephones and e-mail addresses of some synthetic travellers, as they were sent."""
    rows = Identifier.objects.exclude(traveller__surname__startswith=GONE).order_by("pk")
    shown = dict.fromkeys(open_identifier(row, keyring()) for row in rows[:400])
    return [value for value in shown if len(value) > 7 and value.isascii()][::10]


def fates() -> dict[str, int]:
    """The marked travellers by their fate."""
    rows = JourneyTraveller.objects.filter(surname__startswith=GONE, journey__number="919")
    return {row.surname.removeprefix(GONE): row.pk for row in rows}


def _people() -> dict[str, Who]:
    accounts.first_administrator("administra", "a long phrase of the tests", agency="CENTRO", now=FIRST)
    made = {}
    for name, role in (
        ("analista", StaffRole.ANALYST),
        ("supervisora", StaffRole.SUPERVISOR),
        ("oficial", StaffRole.BORDER_OFFICER),
    ):
        accounts.add(name, "a long phrase of the tests", role=role, agency="CENTRO", now=FIRST, port="SAL")
        purpose = Purpose.BORDER_CONTROL if role is StaffRole.BORDER_OFFICER else Purpose.SERIOUS_CRIME
        made[name] = who_is(accounts.known(name), purpose)
    return made


def _synthetic(people: dict[str, Who]) -> None:
    """A day at each end of the month, with its lists, rules and schedule."""
    for document in example_rules(date(2027, 6, 30)):
        version = rules.propose(people["analista"], json.dumps(document).encode(), FIRST)
        rules.approve(people["supervisora"], version, "Reviewed", FIRST)
    world = World.of(1, NOW.year)
    import_list(None, "persons", [to_csv(one.entry for one in world.watchlists.persons).encode()], FIRST)
    for seed, anchor in ((1, FIRST), (2, LAST)):
        day = make_day(seed, anchor, "tiny", world)
        import_schedule(None, schedule_csv(day.flights).encode(), anchor)
        some = {each.label for each in day.flights[:FLIGHTS]}
        for one in (each for each in day.deliveries if each.flight in some):
            load(receive(one.content, source="test", name=one.name, now=one.arrives_at), one.arrives_at)
        rescreen_due(anchor)


def _born(fate: str) -> PartialDate:
    return PartialDate(1961 + FATES.index(fate), 3, 17)


def _number(fate: str) -> str:
    return f"{GONE}{FATES.index(fate):02}"


def _booked(fate: str) -> Traveller:
    """Somebody with every element that a traveller can have."""
    place = FATES.index(fate)
    return Traveller(
        TravellerRole.PASSENGER,
        surname=f"{GONE}{fate}",
        given_names=f"{GONE}ANA",
        title="MRS",
        sex=Sex.FEMALE,
        birth_date=_born(fate),
        nationality="SLV",
        residence="USA",
        birth_place=f"{GONE}VILLE",
        documents=(Document(_number(fate), "P", "SLV", date(2031, 5, 1)),),
        record_locator=f"{GONE}{place}",
        reference=f"{GONE}{place}",
        seat=f"{30 + place}A",
        bags=Bags(2, 31.0, (f"{GONE}{place:02}",)),
        frequent_flyer=(FrequentFlyer("X1", f"{GONE}{place}"),),
        checked_in=True,
    )


def _flight(leg: FlightLeg, at: datetime, only: tuple[str, ...] = FATES) -> None:
    """A flight's bookings and its passenger list, as its carrier sends them."""
    booked = tuple(_booked(fate) for fate in only)
    bookings = tuple(
        Booking(
            each.record_locator,
            carrier="X1",
            created_at=at - timedelta(hours=20),
            travellers=(place,),
            itinerary=(leg, ONWARD),
            agency=Agency(GONE_DIGITS, "SAL", "SLV"),
            contacts=(
                Contact(ContactKind.PHONE, f"+503{GONE_DIGITS}{place}"),
                Contact(ContactKind.EMAIL, f"{GONE}{place}@qxzvkw.example".lower()),
                Contact(ContactKind.ADDRESS, f"{GONE} STREET {place}, {GONE} CITY, SV"),
            ),
            payments=(
                Payment("CC", f"4{GONE_DIGITS}000000{place}", f"{GONE_DIGITS}.00", "USD"),
                Payment("CA", None, f"{GONE_DIGITS}.00", "USD"),
            ),
            tickets=(Ticket(f"202{GONE_DIGITS}{place:02}"),),
            split_from=f"{GONE}S",
        )
        for place, each in enumerate(booked)
    )
    reach = Request("CTCM", f"+503{GONE_DIGITS}77")
    colours = [Colour(((reach,),), checked_in_at=at - timedelta(hours=1)) for _ in bookings]
    pushed = Message(
        1,
        "PNRGOV",
        function="22",
        sender="X1",
        flights=(leg,),
        travellers=booked,
        bookings=bookings,
        expected_bookings=len(bookings),
        prepared_at=at,
    )
    declared = Message(
        1,
        "PAXLST",
        function="745",
        sender="X1",
        flights=(leg,),
        travellers=booked,
        expected_travellers=len(booked),
        prepared_at=at,
    )
    for message, segments in (
        (pushed, in_full(pnrgov_segments(pushed, colours), at)),
        (declared, listed_in_full(paxlst_segments(declared, Dialect(century=True), "SAL"))),
    ):
        kind = str(message.type)
        body = Body(kind, f"{GONE}1", f"{GONE}/{kind}/{leg.designator.number}", segments)
        content = interchange([body], Stamp("X1", "SV", at, f"{GONE_DIGITS}1"), Dialect(whole_card=True))
        load(receive(content, source="test", name=f"{GONE}-{kind}.edi", now=at), at)


def _lists() -> None:
    """A list with a mark in every term: an entry for each who is to be found by it, and one that will be dropped."""
    dropped = _entry("FREE", DROPPED).replace(GONE, DROPPED).replace(str(_born("FREE")), "1933-01-01")
    _import([*_marked_list(), dropped])


def _marked_list() -> list[str]:
    return [HEADER, *(_entry(fate, KEPT) for fate in ("CLEARED", "CONFIRMED", "UNDECIDED", "RECONFIRMED"))]


def _entry(fate: str, mark: str) -> str:
    born, action = str(_born(fate)), "arrest" if fate == "CONFIRMED" else "refer"
    terms = f"{mark} owner,{mark} law,serious_crime,{mark} reason,{mark},{mark} handling,{action},2027-06-01"
    number = "" if fate == "CLEARED" else _number(fate)  # whose number is listed is no look-alike
    return f"{mark}-{fate},{GONE}ANA {GONE}{fate},{born},SLV,F,{number},{terms}"


def _import(lines: list[str], at: datetime = NOW - timedelta(days=10)) -> None:
    report = import_list(None, f"{NAMED} list", ["\n".join(lines).encode()], at)
    assert report.refusals == 0, report.refused


def _drop_from_list() -> None:
    _import(_marked_list(), NOW)


def _leave_waiting() -> None:
    """A change of the list that nobody answers."""
    line = _entry("FREE", DROPPED).replace(GONE, DROPPED).replace(str(_born("FREE")), "1934-01-01")
    import_list(None, f"{NAMED} list", ["\n".join([*_marked_list(), line]).encode()], NOW, live=Live.LOOK)


def _hit(fate: str, **more: object) -> Hit:
    return Hit.objects.filter(traveller__surname=f"{GONE}{fate}", journey__number="919", queued=True, **more).earliest(
        "pk"
    )


def _answers(identity: Identity, ground: Ground, action: Action) -> Answers:
    return Answers(
        identity=identity,
        identity_reason=f"{GONE} identity",
        ground=ground,
        ground_reason=f"{GONE} ground",
        action=action,
        action_reason=f"{GONE} action",
    )


CONFIRM = _answers(Identity.SAME, Ground.YES, Action.REFER)
CLEAR = _answers(Identity.NOT_SAME, Ground.NO, Action.NONE)


def _decide(people: dict[str, Who]) -> None:
    """Each hit its own way; of those who are to be free of hits, every one is cleared."""
    analyst, supervisor = people["analista"], people["supervisora"]
    for hit in Hit.objects.filter(status=HitStatus.OPEN, queued=True).exclude(traveller__surname__endswith="UNDECIDED"):
        fate = hit.traveller.surname.removeprefix(GONE)
        confirms = (fate == "BYRULE" and hit.cause_kind == "rule") or (
            fate in {"CONFIRMED", "RECONFIRMED"} and hit.cause_kind == "watchlist"
        )
        review.claim(analyst, hit.pk, NOW)
        decision = review.decide(analyst, hit.pk, CONFIRM if confirms else CLEAR, NOW)
        row = Hit.objects.get(pk=hit.pk)
        if row.status == HitStatus.AWAITING_SECOND:
            review.second(supervisor, decision, True, f"{GONE} second", NOW)
    confirmed = _hit("CONFIRMED", cause_kind="watchlist")
    made = confirmed.decisions.latest("pk")
    officer = people["oficial"]
    number = share.refer(analyst, made.pk, officer.account, Channel.SCREEN, f"Compare {GONE}.", NOW)
    share.answer(officer, number, Outcome.FOUND, f"{GONE} was found", NOW)
    assert Referral.objects.exists()
    _urgently(people)


def _urgently(people: dict[str, Who]) -> None:
    """One decided anew by one person alone, and reviewed: its last text is the review's."""
    hit = _hit("RECONFIRMED", cause_kind="watchlist")
    analyst = people["analista"]
    review.claim(analyst, hit.pk, NOW)
    answers = replace(CONFIRM, identity=Identity.UNCLEAR, urgent=True)
    decision = review.decide(analyst, hit.pk, answers, NOW)
    review.review_urgent(people["supervisora"], decision, f"{GONE} review", NOW)
    review.claim(analyst, hit.pk, NOW)
    review.decide(analyst, hit.pk, CONFIRM, NOW)


def _write(people: dict[str, Who]) -> None:
    """Notes, a hold, an undone link, searches."""
    analyst, supervisor = people["analista"], people["supervisora"]
    for fate in ("FREE", "CONFIRMED"):
        row = JourneyTraveller.objects.get(surname=f"{GONE}{fate}", journey__number="919")
        review.write_note(analyst, row.pk, f"{GONE} note", NOW)
    kept = JourneyTraveller.objects.get(surname=f"{GONE}HELD")
    day = NOW.date()
    holds.place(supervisor, kept.pk, f"{KEPT} order", day + timedelta(days=90), day + timedelta(days=1500), NOW)
    holds.place(supervisor, kept.pk, f"{KEPT} second order", day + timedelta(days=90), day + timedelta(days=91), NOW)
    proof = Proof(
        ProofKind.HOMONYM_CERTIFICATE,
        *(f"{KEPT} office", f"{KEPT}-77", f"{KEPT}77", "SLV", "1950-01-01"),
        *(date(2027, 6, 1), Watchlist.objects.get(name=f"{NAMED} list").pk),
    )
    proofs.verify(supervisor, proofs.enter(analyst, proof, NOW), NOW)
    link = PersonLink.objects.filter(traveller__surname=f"{GONE}CONFIRMED").latest("pk")
    review.unlink(supervisor, link.pk, f"{GONE} are two", NOW)
    for by, text in ((By.NAME, f"{GONE}FREE"), (By.DOCUMENT, _number("FREE"))):
        search(analyst, by, text, NOW, ground=f"{GONE} case of the court")


def _failed_and_refused() -> None:
    """A delivery that cannot be read, through the spool, whose file bears a name."""
    spool = Spool(Home.current().spool)
    spool.make()
    path = Home.current().spool / f"{GONE}_ANA.edi"
    path.write_bytes(f"this is no message about {GONE}".encode())
    _age(path)
    for found in spool.ready(LAST):
        delivery = receive(read_whole(found.path), source="spool", name=found.path.name, now=LAST)
        load(delivery, LAST)
        spool.take(found.path, {"delivery": delivery, "received_at": LAST.isoformat()}, refused=True)


def _never_read() -> None:
    """A delivery to which no worker ever comes."""
    receive(f"whoever reads this finds {GONE}".encode(), source="test", name=f"{GONE}-waits.edi", now=LAST)


def _age(path: Path) -> None:
    old = (LAST - timedelta(minutes=1)).timestamp()
    os.utime(path, (old, old))


def _sign_in() -> None:
    """Somebody types a name into the wrong page, and somebody is signed in."""
    Client(SERVER_NAME="localhost").post(
        "/sign-in", {"login": f"{GONE}", "password": f"{GONE}"}, headers={"user-agent": GONE}
    )
    Client().force_login(accounts.known("analista"), backend="allauth.account.auth_backends.AuthenticationBackend")
    AccessAttempt.objects.update(attempt_time=NOW)
    Session.objects.update(expire_date=NOW)
