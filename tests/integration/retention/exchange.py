"""What goes back and forth with a carrier in the month: requests, answers, orders, acknowledgements, what is contested.

It is lived on a flight of its own out of the country, of which one traveller is held and the others are free. An order
holds nobody: it acts on one flight. What it says in clear bears `KEPT` while it is in force, `DROPPED` once it is not.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings

from tests.integration.retention.life import DROPPED, FIRST, GONE, KEPT, NAMED, NOW
from tests.integration.retention.sent import alone_in_xml, leg, person, request, table
from torogoz.domain.answer import Effect
from torogoz.domain.carrier import Verdict
from torogoz.domain.journey import Direction
from torogoz.domain.response import Level, Response
from torogoz.flow import accounts, agree, contest, holds, orders, senders
from torogoz.flow.answer import answer
from torogoz.flow.ask import ask_bookings
from torogoz.flow.manifest import bring
from torogoz.flow.parse import load
from torogoz.flow.receive import receive
from torogoz.flow.revise import to_tell
from torogoz.messages import read
from torogoz.messages.cusres import Reply, cusres_segments
from torogoz.messages.outgoing import CUSRES, Stamp, interchange
from torogoz.storage.access.guard import who_is
from torogoz.storage.models import Delivery, JourneyTraveller, ReceivedMessage, Sender

if TYPE_CHECKING:
    from torogoz.domain.staff import Who

HOTLINE = "+503 2000 0000"
#: An airport's wall clock, a day after the middle of the month.
DEPARTS, ARRIVES = datetime(2026, 10, 16, 9, 0), datetime(2026, 10, 16, 15, 0)  # noqa: DTZ001
NUMBER = "921"
FLIGHT = leg(DEPARTS, ARRIVES, NUMBER)
ORDERED, BARRED = person("ORDERED", number=1), person("BARRED", number=2)
LAST_DAY = date(2027, 6, 30)


def live(people: dict[str, Who]) -> None:
    """Live it."""
    settings.HOTLINE = HOTLINE
    analyst, supervisor = people["analista"], people["supervisora"]
    _asked(request(FLIGHT, ORDERED, BARRED, transaction=f"{GONE}T", at=NOW))
    _order(analyst, supervisor)
    _others(analyst)
    _acknowledged_and_contested(analyst, supervisor)


def travellers() -> dict[str, int]:
    """Who is on that flight, by the end of their surnames."""
    rows = JourneyTraveller.objects.filter(surname__startswith=GONE, journey__number=NUMBER)
    return {row.surname.removeprefix(GONE): row.pk for row in rows}


def _asked(data: bytes) -> bytes:
    """Ask as a carrier does, and let the centre read what was asked."""
    body = answer(data, name=f"{GONE}-ask.edi", now=NOW).body
    load(Delivery.objects.latest("pk").pk, NOW)
    return body


def _order(analyst: Who, supervisor: Who) -> None:
    """Orders are entered, agreed to, confirmed for two, taken back from one, told, heard, and one is withdrawn."""
    drafts = (
        _draft(KEPT, f"{GONE}ANA {GONE}ORDERED, {GONE}91"),
        _draft(DROPPED, f"{DROPPED}, whom it names no longer"),
    )
    held = JourneyTraveller.objects.get(surname=f"{GONE}BARRED")
    free = JourneyTraveller.objects.get(surname=f"{GONE}ORDERED")
    day = NOW.date()
    holds.place(supervisor, held.pk, f"{KEPT} third order", day + timedelta(90), day + timedelta(1500), NOW)
    numbers = [orders.enter(analyst, each, NOW) for each in drafts]
    for number in numbers:
        orders.agree(supervisor, number, NOW)
    for traveller in (free, held):
        confirmation = orders.confirm(analyst, numbers[0], traveller.pk, f"{GONE} is the one", NOW)
    assert to_tell(None, NOW)
    _hear()
    orders.release(analyst, confirmation, f"{GONE} is another", NOW)
    assert to_tell(None, NOW)
    orders.confirm(analyst, numbers[1], free.pk, f"{GONE} is the one, too", NOW)
    orders.withdraw(supervisor, numbers[1], f"{DROPPED} lifted it", NOW)


def _draft(mark: str, subject: str) -> orders.Draft:
    return orders.Draft(
        f"{mark} court",
        f"{mark}-9",
        f"{mark} law",
        Effect.NO_BOARD,
        exit_ban=True,
        direction=Direction.OUTBOUND,
        valid_from=FIRST.date(),
        valid_until=LAST_DAY,
        subject=subject,
    )


def _hear() -> None:
    """The carrier has heard of one of the two."""
    about = Response(Level.TRAVELLER, "1Z", f"{GONE}1", f"{GONE}1")
    reply = Reply("312", f"{GONE}T", (), (about,))
    _asked(interchange(CUSRES, [cusres_segments(reply)], Stamp("X1", "PIU", NOW, f"{GONE}2")))


def _others(analyst: Who) -> None:
    """Crew, and others of the same flight: in lists, in XML, in an operator's table."""
    crew = request(
        FLIGHT,
        person("CREW", number=3, role="FM", more="EMP+1+CR1:110:111'"),
        qualifier="C",
        transaction=f"{GONE}C",
        at=NOW,
    )
    changes = request(FLIGHT, person("DDU", number=4, role="DDU"), at=NOW)
    for content in (crew, changes, alone_in_xml(DEPARTS, ARRIVES, NUMBER, NOW)):
        load(receive(content, source="test", name=f"{GONE}-{len(content)}", now=NOW), NOW)
    load(bring(analyst, table(DEPARTS, NUMBER), "", NOW), NOW)
    assert set(travellers()) == {"ORDERED", "BARRED", "CREW", "DDU", "XML", "TABLE"}


def _acknowledged_and_contested(analyst: Who, supervisor: Who) -> None:
    """A sender is told what was found, its carrier's person contests that, a supervisor answers."""
    senders.enrol("X1 office", senders.Scope(("X1",)), FIRST)
    terms = agree.Terms(contacts=f"{NAMED} desk", acknowledge="contrl", asked=True)
    profile = agree.agree(supervisor, "X1", terms, FIRST)
    late = person("LATE", number=5, born="999999")
    data = request(FLIGHT, late, at=NOW, reference=f"{GONE}R")
    number = receive(data, source="https", name="X1 office", sender=Sender.objects.get().pk, now=NOW)
    load(number, NOW)
    assert any(each.findings for each in read(data))
    accounts.add_of_carrier("transportista", "a long phrase of the tests", carrier="X1", agency="X1 OFFICE", now=FIRST)
    carrier = who_is(accounts.known("transportista"), None)
    message = ReceivedMessage.objects.filter(delivery=number).latest("pk")
    contested = contest.contest(carrier, message.pk, 0, f"{GONE} was born so", NOW)
    contest.answer(supervisor, contested, Verdict.STANDS, f"{GONE} was not", NOW)
    agree.declare_outage(supervisor, profile, FIRST, FIRST + timedelta(hours=2), f"{GONE} pulled the plug", FIRST)
    ask_bookings(analyst, message.journey_id or 0, f"{GONE} case of the court", NOW)
