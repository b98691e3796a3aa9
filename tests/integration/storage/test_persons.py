"""Journeys become one person's, with evidence, and what a person parted stays apart."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from tests.integration.storage.world import NOW, journey, message
from torogoz.domain.audit import AuditEvent
from torogoz.domain.dates import PartialDate
from torogoz.domain.document import Document
from torogoz.domain.picture import View
from torogoz.domain.purpose import DataClass
from torogoz.domain.traveller import Contact, ContactKind, Traveller, TravellerRole
from torogoz.storage.keys import Keyring, keyring
from torogoz.storage.models import AuditEntry, JourneyTraveller, Person, PersonLink
from torogoz.storage.party import Member, add_rows, observe, refresh
from torogoz.storage.persons import join

pytestmark = pytest.mark.django_db

ANA = Traveller(
    TravellerRole.PASSENGER,
    surname="EJEMPLO PRUEBA",
    given_names="ANA",
    birth_date=PartialDate(1988, 2, 29),
    documents=(Document("A01234567", "P", "SLV"),),
)
PHONE = (Contact(ContactKind.PHONE, "+50322223333"),)


def travel(*travellers: Traveller, day: date = date(2026, 11, 22)) -> list[JourneyTraveller]:
    """Let these travel together, and join them to the persons they are."""
    flight, received = journey(day), message()
    members = add_rows(flight, [each.role for each in travellers], NOW, NOW)
    views = [View(DataClass.API, received.pk, NOW, each) for each in travellers]
    observe([(member, view, []) for member, view in zip(members, views, strict=True)], received, NOW, keyring())
    refresh(members, flight, NOW)
    join(members, flight, NOW)
    return [JourneyTraveller.objects.get(pk=member.row.pk) for member in members]


def test_two_journeys_with_one_document_are_one_persons_with_the_evidence() -> None:
    [first], [second] = travel(ANA), travel(ANA)
    first.refresh_from_db()
    assert first.person_id == second.person_id is not None
    link = PersonLink.objects.get(traveller=second)
    assert link.evidence["kind"] == "document"
    assert PersonLink.objects.filter(traveller=first).exists()


def test_a_third_journey_joins_the_person_that_is_there() -> None:
    for _ in range(3):
        travel(ANA)
    assert Person.objects.count() == 1
    assert PersonLink.objects.count() == 3


def test_a_name_a_birth_date_and_one_more_thing_shared_are_one_person() -> None:
    without = replace(ANA, documents=(), contacts=PHONE)
    [first], [second] = travel(without), travel(replace(without, documents=(Document("B7654321"),)))
    first.refresh_from_db()
    assert first.person_id == second.person_id is not None


@pytest.mark.parametrize(
    "other",
    [
        replace(ANA, documents=()),
        replace(ANA, documents=(), contacts=PHONE, birth_date=PartialDate(1990, 1, 1)),
        replace(ANA, surname="FICTICIO", given_names="BETO", birth_date=PartialDate(1975, 6, 1)),
        replace(ANA, birth_date=None, documents=(), contacts=PHONE),
    ],
)
def test_who_shares_too_little_stays_apart(other: Traveller) -> None:
    travel(replace(ANA, contacts=PHONE))
    [row] = travel(other)
    assert row.person_id is None
    assert not Person.objects.exists()


def test_a_family_on_one_telephone_stays_a_family() -> None:
    travel(replace(ANA, contacts=PHONE))
    [row] = travel(replace(ANA, given_names="BEATRIZ", documents=(), contacts=PHONE))
    assert row.person_id is None


def test_two_travellers_of_one_journey_are_never_one_person() -> None:
    one, two = travel(ANA, ANA)
    assert one.person_id is two.person_id is None


def test_a_link_that_somebody_undid_is_not_made_again() -> None:
    travel(ANA)
    [row] = travel(ANA)
    PersonLink.objects.filter(traveller=row).update(undone_at=NOW)
    row.person = None
    row.save()
    received = message()
    members = [Member(row)]
    observe([(members[0], View(DataClass.API, received.pk, NOW, ANA), [])], received, NOW, keyring())
    join(members, row.journey, NOW)
    row.refresh_from_db()
    assert row.person_id is None
    assert PersonLink.objects.get(traveller=row).undone_at == NOW


def test_a_person_is_known_again_without_opening_anything(monkeypatch: pytest.MonkeyPatch) -> None:
    """Equality is asked of keyed hashes."""
    travel(ANA)

    def closed(*_: object) -> bytes:
        raise AssertionError

    monkeypatch.setattr(Keyring, "open", closed)
    [row] = travel(ANA)
    assert row.person_id is not None


def test_joining_is_an_audit_entry_with_a_count() -> None:
    travel(ANA)
    assert not AuditEntry.objects.exists()
    [row] = travel(ANA)
    entry = AuditEntry.objects.get()
    assert (entry.event, entry.object_type, entry.object_id) == (AuditEvent.PERSON_LINKED, "journey", row.journey_id)
    assert entry.counts == {"links": 1}
