"""A booking in the dossier: all that is kept of it stands there in words, and for another purpose nothing of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.test import Client
from msgspec import structs

from tests.integration.conftest import People
from tests.integration.review import world
from tests.integration.review.world import NOW, Case
from torogoz.domain.booking import Agency, BookedLeg, Booking, Change, Locator, Payment, Service, Split, Ticket
from torogoz.domain.journey import Designator, FlightLeg
from torogoz.domain.picture import View
from torogoz.domain.purpose import DataClass, Purpose
from torogoz.domain.traveller import Bags
from torogoz.storage.keys import keyring
from torogoz.storage.party import Member, observe

Browse = Callable[..., Client]

pytestmark = pytest.mark.django_db

WALL = datetime(2026, 11, 22, 14, 0)  # noqa: DTZ001 - an airport's wall clock
BOOKED = (
    *("GDSLOC", "EQUIPO FICTICIO", "OFICINA7", "AGENTE9", "VI …1111", "2027-11", "410.50 USD", "PAGADORA FICTICIA"),
    *("0017654321098 512.30 USD", "SEPAR8", "POSADA FICTICIA", "C-77", "FICTICIO/BETO", "TA570 LAX-SAL 2026-11-22"),
    *("22 Nov 2026 14:00", "MRS", "041", "2026-11-22 14:00", "GTM", "2 × 23 kg TA000001 MP 3 → MIA"),
)


@pytest.fixture
def case() -> Case:
    return world.case()


@pytest.fixture
def analyst(people: People, browse: Browse) -> Client:
    return browse(people.analyst, Purpose.SERIOUS_CRIME)


def page_of(client: Client, case: Case) -> str:
    """The words of a dossier."""
    page = client.get(f"/traveller/{case.traveller.pk}").content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", unescape(page)).split())


@pytest.fixture
def whole_booking(case: Case) -> None:
    """The booking says all that a booking can say."""
    leg = FlightLeg(Designator("TA", "570"), "LAX", "SAL", WALL, WALL + timedelta(hours=5))
    booking = Booking(
        "X7K2PQ",
        itinerary=(leg, leg),
        legs=(BookedLeg("Y", "HK"),),
        agency=Agency("12345678", office="OFICINA7", agent="AGENTE9", system="1Z"),
        payments=(Payment("CC", "4111111111111111", "410.50", "USD", "VI", "2027-11", "PAGADORA FICTICIA"),),
        tickets=(Ticket("0017654321098", total="512.30", currency="USD", issued_at=WALL),),
        locators=(Locator("1Z", "GDSLOC"),),
        splits=(Split("SEPAR8", "TA", 2),),
        services=(Service("hotel", "SAL", "POSADA FICTICIA", "HH", "C-77", WALL), Service("17", "LAX")),
        changes=(
            Change("cancelled", "name", "FICTICIO/BETO", WALL.replace(tzinfo=UTC), "OFICINA7"),
            Change("added", "flight", "TA570 LAX-SAL 2026-11-22"),
        ),
        history_lines=3,
        changed_at=NOW,
        ticketing_at=NOW,
        group_name="EQUIPO FICTICIO",
    )
    person = structs.replace(
        world.ANA,
        title="MRS",
        cabin="Y",
        check_in_number="041",
        checked_in_at=WALL,
        unaccompanied=True,
        birth_country="GTM",
        bags=Bags(2, 23.0, ("TA000001",), "3", "member", "MIA"),
    )
    received = world.message(case.traveller.journey, "PNRGOV")
    view = View(DataClass.PNR, received.pk, NOW, person, booking)
    observe([(Member(case.traveller), view, [])], received, NOW, keyring())


@pytest.mark.usefixtures("whole_booking")
def test_a_dossier_shows_everything_that_is_kept_of_a_booking_in_words_and_no_card(analyst: Client, case: Case) -> None:
    page = page_of(analyst, case)
    for told in (*BOOKED, "2 travellers", "Hotel", "taken out", "added to it", "3 lines of history were free text"):
        assert told in page, told
    assert "Minor who travels alone – yes" in page
    assert "4111" not in page
    analyst.post("/session/language", {"language": "es"})
    page = page_of(analyst, case)
    for told in ("Historial de la reserva", "quitado", "agregado", "Reservas separadas de esta", "2 viajeros", "Grupo"):
        assert told in page, told


@pytest.mark.usefixtures("whole_booking")
def test_of_a_booking_nothing_at_all_is_shown_to_a_purpose_that_reads_none(
    people: People, browse: Browse, case: Case
) -> None:
    page = page_of(browse(people.analyst, Purpose.BORDER_CONTROL), case)
    for told in (*BOOKED[:14], "…1111"):
        assert told not in page, told
