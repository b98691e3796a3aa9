"""Masking a record leaves its number, flight, cause and holds; the rest is under its own key, or gone (LR-40)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps

from tests.integration.review import world
from tests.integration.review.world import GOOD, NOW
from torogoz.domain.answer import Effect
from torogoz.domain.hit import Ground, Identity
from torogoz.domain.journey import Direction
from torogoz.domain.referral import Channel
from torogoz.domain.staff import StaffRole, Who
from torogoz.errors import UnavailableError
from torogoz.flow import review, share
from torogoz.privacy.fields import REACHED
from torogoz.privacy.mask import Sealed
from torogoz.privacy.tables import Row
from torogoz.storage.convert import read_said
from torogoz.storage.keys import keyring
from torogoz.storage.masking import mask_travellers, open_record
from torogoz.storage.models import (
    AnswerRevision,
    Booking,
    Decision,
    Hit,
    HitBasis,
    Hold,
    Identifier,
    InteractiveRequest,
    JourneyTraveller,
    MaskedRecord,
    Note,
    Observation,
    Order,
    OrderConfirmation,
    Person,
    PersonLink,
    Referral,
    SealedEvidence,
)

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=200)


@pytest.fixture
def analyst() -> Who:
    return world.who(StaffRole.ANALYST)


def confirmed(analyst: Who) -> world.Case:
    """Ana with a confirmed hit, a referral that an officer answered, a note, a booking and another journey."""
    case = world.case()
    world.entry(case.hit)
    review.claim(analyst, case.hit.pk, NOW)
    decision = review.decide(analyst, case.hit.pk, GOOD, NOW)
    officer = world.account(StaffRole.BORDER_OFFICER, agency=world.border_police())
    share.refer(analyst, decision, officer.pk, Channel.SCREEN, "Compare the document.", NOW)
    referral = Referral.objects.get()
    referral.outcome_note = "Document seen"
    referral.save()
    review.write_note(analyst, case.traveller.pk, "Her sister waits outside", NOW)
    world.book(case.traveller)
    _told_by_an_order(case.traveller, analyst)
    return case


def _told_by_an_order(traveller: JourneyTraveller, analyst: Who) -> None:
    """An order that was confirmed for her, and what the carrier was told anew."""
    order = Order.objects.create(
        agency=world.centre(),
        authority="Juzgado",
        file_number="1",
        legal_basis="Ley",
        effect=Effect.NO_BOARD,
        exit_ban=True,
        direction=Direction.OUTBOUND,
        valid_from=NOW.date(),
        valid_until=NOW.date(),
        subject="Ana",
        case_reference="C1",
        entered_by_id=analyst.account,
        entered_at=NOW,
    )
    OrderConfirmation.objects.create(
        order=order, traveller=traveller, confirmed_by_id=analyst.account, confirmed_at=NOW, reason="Her passport"
    )
    delivery = traveller.observations.earliest("pk").message.delivery
    asked = InteractiveRequest.objects.create(
        delivery=delivery, number=1, asks="check", said_at=NOW, answered_at=NOW, taken=True
    )
    AnswerRevision.objects.create(traveller=traveller, request=asked, code="1Z", because="no_board", made_at=NOW)


def mask(*rows: JourneyTraveller) -> None:
    mask_travellers([row.pk for row in rows], LATER, keyring())


def opened(row: JourneyTraveller) -> dict[str, list[Sealed]]:
    found: dict[str, list[Sealed]] = {}
    for each in open_record(MaskedRecord.objects.get(traveller=row), keyring()):
        found.setdefault(each.model, []).append(each)
    return found


def test_nothing_that_masking_seals_or_clears_stays_in_any_column(analyst: Who) -> None:
    case = confirmed(analyst)
    mask(case.traveller)
    for table in REACHED:
        model: Any = apps.get_model(table.model)
        rows = list(model.objects.filter(**{f"{table.path}__in": [case.traveller.pk]}))
        if table.masking in {Row.MOVES, Row.GOES}:
            assert rows == [], table.model
        if table.masking is Row.STAYS:
            assert len(rows) == 1, table.model
            for name in table.moved:
                assert getattr(rows[0], name) == "", (table.model, name)
            for name, value in table.cleared.items():
                assert getattr(rows[0], name) == (list(value) if isinstance(value, tuple) else value)
    assert JourneyTraveller.objects.get().masked_at == LATER


def test_what_was_sealed_opens_with_the_records_key_and_is_what_was_there(analyst: Who) -> None:
    case = confirmed(analyst)
    decision = Decision.objects.get()
    mask(case.traveller)
    told = opened(case.traveller)
    (row,) = told["storage.JourneyTraveller"]
    assert (row.values["surname"], row.values["birth_date"], row.values["seat"]) == (
        "EJEMPLO PRUEBA",
        "1988-02-29",
        "12A",
    )
    assert [each.values["text"] for each in told["storage.Note"]] == ["Her sister waits outside"]
    assert told["storage.Decision"][0].values["identity_reason"] == decision.identity_reason
    assert told["storage.Referral"][0].values["outcome_note"] == "Document seen"
    said = {each.values["data_class"]: read_said(each.values["sealed"]) for each in told["storage.Observation"]}
    assert said["api"].traveller.documents[0].number == "A01234567"
    booking = said["pnr"].booking
    assert booking
    assert booking.contacts[0].value == "+50322223333"
    assert booking.travellers == ()
    documents = {each.values["kind"]: each.values["sealed"] for each in told["storage.Identifier"]}
    assert documents["document"] == "A01234567"


def test_who_decided_what_and_when_stays_in_codes(analyst: Who) -> None:
    case = confirmed(analyst)
    mask(case.traveller)
    decision = Decision.objects.get()
    assert (decision.identity, decision.ground, decision.made_by_id) == (Identity.SAME, Ground.YES, analyst.account)
    assert Hold.objects.get().reason == review.HOLD_REASON
    hit = Hit.objects.get()
    assert (hit.cause_source, hit.cause_key) == (case.hit.cause_source, case.hit.cause_key)
    assert Referral.objects.get().outcome_note == ""


def test_the_sealed_evidence_of_a_confirmed_hit_stays(analyst: Who) -> None:
    case = confirmed(analyst)
    mask(case.traveller)
    assert SealedEvidence.objects.get().hit_id == case.hit.pk
    assert not HitBasis.objects.exists()


def test_the_sealed_evidence_of_what_was_confirmed_once_and_then_cleared_goes(analyst: Who) -> None:
    case = confirmed(analyst)
    review.claim(analyst, case.hit.pk, NOW)
    review.decide(analyst, case.hit.pk, world.CLEARED, NOW)
    assert SealedEvidence.objects.count() == 1
    mask(case.traveller)
    assert not SealedEvidence.objects.exists()
    assert Decision.objects.count() == 2


def test_links_to_other_journeys_are_severed_and_a_person_without_any_goes() -> None:
    one, two, _ = world.linked()
    mask(one)
    one.refresh_from_db()
    assert one.person is None
    assert PersonLink.objects.get().traveller == two
    mask(two)
    assert not PersonLink.objects.exists()
    assert not Person.objects.exists()


def test_how_many_travelled_together_can_no_longer_be_told() -> None:
    flight = world.journey()
    ana, luz = (world.traveller(flight, world.api(flight, each)) for each in (world.ANA, world.COMPANION))
    world.book(ana, luz)
    mask(ana)
    ana.refresh_from_db()
    assert ana.booking is None
    assert Booking.objects.get().travellers.get() == luz
    mask(luz)
    assert not Booking.objects.exists()


def test_keyed_hashes_go_so_that_equal_identifiers_are_found_no_more() -> None:
    case = world.case()
    assert Identifier.objects.filter(keyed_hash=keyring().blind("document", "A01234567")).exists()
    mask(case.traveller)
    assert not Identifier.objects.exists()
    assert not Observation.objects.exists()


def test_others_on_the_flight_are_untouched() -> None:
    case = world.case()
    other = world.traveller(case.journey, world.api(case.journey, world.NAMESAKE))
    mask(case.traveller)
    other.refresh_from_db()
    assert other.surname == "EJEMPLO PRUEBA"
    assert other.observations.count() == 1
    assert not MaskedRecord.objects.filter(traveller=other).exists()


def test_a_minor_stays_protected() -> None:
    case = world.case(minor=True)
    mask(case.traveller)
    case.traveller.refresh_from_db()
    assert case.traveller.minor


def test_a_record_opens_in_its_own_place_and_with_its_own_key_only() -> None:
    one, two = world.case().traveller, world.case().traveller
    mask(one, two)
    first, second = MaskedRecord.objects.order_by("pk")
    assert bytes(first.wrapped_key) != bytes(second.wrapped_key)
    for wrong in ({"sealed": second.sealed}, {"wrapped_key": second.wrapped_key}):
        MaskedRecord.objects.filter(pk=first.pk).update(**wrong)
        with pytest.raises(UnavailableError):
            open_record(MaskedRecord.objects.get(pk=first.pk), keyring())


def test_a_note_of_a_colleague_is_kept_with_who_wrote_it(analyst: Who) -> None:
    case = world.case()
    review.write_note(analyst, case.traveller.pk, "Called at noon", NOW)
    mask(case.traveller)
    assert not Note.objects.exists()
    (note,) = opened(case.traveller)["storage.Note"]
    assert note.values["written_by"] == analyst.account
