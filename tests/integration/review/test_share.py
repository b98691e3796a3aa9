"""An officer is told by a person's decision only, in words that are safe, and their answer returns."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.integration.review import world
from tests.integration.review.world import CLEARED, GOOD, NOW
from torogoz.domain.audit import AuditEvent
from torogoz.domain.dates import PartialDate
from torogoz.domain.hit import Action, HitStatus, Identity
from torogoz.domain.purpose import Purpose
from torogoz.domain.referral import Channel, Outcome
from torogoz.domain.safe_text import TEXTS
from torogoz.domain.staff import StaffRole, Who
from torogoz.domain.watchlist import ListAction
from torogoz.errors import AuthorError, RefusedError
from torogoz.flow import review, share
from torogoz.storage.access.decisions import decision_to_refer
from torogoz.storage.access.queue import queue
from torogoz.storage.dispositions import in_force
from torogoz.storage.models import AuditEntry, Event, Hit, JourneyTraveller, Referral

pytestmark = pytest.mark.django_db

TEXT = TEXTS[Action.REFER]["en"]


@pytest.fixture
def analyst() -> Who:
    return world.who(StaffRole.ANALYST)


@pytest.fixture
def supervisor() -> Who:
    return world.who(StaffRole.SUPERVISOR)


@pytest.fixture
def officer() -> Who:
    return world.who(StaffRole.BORDER_OFFICER, Purpose.BORDER_CONTROL, agency=world.border_police())


@pytest.fixture
def protector() -> Who:
    return world.who(
        StaffRole.BORDER_OFFICER, Purpose.BORDER_CONTROL, agency=world.border_police(), compartments=("protection",)
    )


def decided(who: Who, hit: Hit, answers: object = GOOD) -> int:
    review.claim(who, hit.pk, NOW)
    return review.decide(who, hit.pk, answers, NOW)  # type: ignore[arg-type]


def referred(who: Who, officer: Who, **columns: object) -> Referral:
    decision = decided(who, world.case(**columns).hit)  # type: ignore[arg-type]
    return Referral.objects.get(pk=share.refer(who, decision, officer.account, Channel.SCREEN, TEXT, NOW))


def test_a_referral_rests_on_a_decision_and_is_its_officers(analyst: Who, officer: Who) -> None:
    referral = referred(analyst, officer)
    assert referral.decision.made_by_id == analyst.account
    assert (referral.recipient_id, referral.agency.code, referral.compartment) == (officer.account, "FRONTERA", "")
    sent = AuditEntry.objects.get(event=AuditEvent.REFERRAL_SENT, object_id=referral.pk)
    assert (sent.account_id, sent.counts) == (analyst.account, {"recipient": officer.account}), "LR-50: the recipient"
    assert Event.objects.filter(kind=AuditEvent.REFERRAL_SENT, hit=referral.hit).exists()


@pytest.mark.parametrize("answers", [CLEARED, replace(GOOD, action=Action.WATCH), replace(GOOD, action=Action.NONE)])
def test_a_decision_that_asks_for_none_sends_none(analyst: Who, officer: Who, answers: object) -> None:
    decision = decided(analyst, world.case().hit, answers)
    with pytest.raises(RefusedError, match="no decision in force"):
        share.refer(analyst, decision, officer.account, Channel.SCREEN, TEXT, NOW)


def test_a_decision_that_waits_for_its_second_person_sends_none(analyst: Who, officer: Who) -> None:
    decision = decided(analyst, world.case(gravity=1).hit)
    with pytest.raises(RefusedError, match="no decision in force"):
        share.refer(analyst, decision, officer.account, Channel.SCREEN, TEXT, NOW)
    assert not Referral.objects.exists()


def test_a_superseded_decision_sends_none(analyst: Who, officer: Who) -> None:
    hit = world.case().hit
    first = decided(analyst, hit)
    decided(analyst, hit, CLEARED)
    with pytest.raises(RefusedError, match="no decision in force"):
        share.refer(analyst, first, officer.account, Channel.SCREEN, TEXT, NOW)


def test_nobody_is_sought_who_does_not_travel(analyst: Who, officer: Who) -> None:
    hit = world.case().hit
    decision = decided(analyst, hit)
    JourneyTraveller.objects.update(status=JourneyTraveller.Status.NOT_TRAVELLING)
    with pytest.raises(RefusedError, match="not travelling"):
        share.refer(analyst, decision, officer.account, Channel.SCREEN, TEXT, NOW)


@pytest.mark.parametrize("role", [None, StaffRole.DATA_PROTECTION, StaffRole.ADMINISTRATOR, StaffRole.BORDER_OFFICER])
def test_nobody_but_reviewers_refers(analyst: Who, officer: Who, role: StaffRole | None) -> None:
    decision = decided(analyst, world.case().hit)
    with pytest.raises(RefusedError, match="not there for you"):
        share.refer(world.who(role), decision, officer.account, Channel.SCREEN, TEXT, NOW)
    with pytest.raises(RefusedError, match="not there for you"):
        share.refer(replace(analyst, purpose=Purpose.EXIT_BAN), decision, officer.account, Channel.SCREEN, TEXT, NOW)


def test_only_an_officer_at_the_border_receives_one(analyst: Who) -> None:
    decision = decided(analyst, world.case().hit)
    for role in (StaffRole.ANALYST, None):
        with pytest.raises(RefusedError, match="officer at the border"):
            share.refer(analyst, decision, world.account(role).pk, Channel.SCREEN, TEXT, NOW)


@pytest.mark.parametrize(("minor", "action"), [(True, Action.REFER), (False, Action.PROTECTION)])
def test_children_and_people_to_protect_go_to_protection_officers_and_never_by_radio(
    analyst: Who, officer: Who, protector: Who, *, minor: bool, action: Action
) -> None:
    hit = world.case(minor=minor).hit
    decision = decided(analyst, hit, replace(GOOD, action=action))
    if minor:
        review.second(world.who(StaffRole.SUPERVISOR), decision, True, "I agree.", NOW)
    for who, channel in ((officer, Channel.SCREEN), (protector, Channel.RADIO)):
        with pytest.raises(RefusedError, match="protection officers only"):
            share.refer(analyst, decision, who.account, channel, TEXT, NOW)
    referral = share.refer(analyst, decision, protector.account, Channel.PHONE, TEXT, NOW)
    assert Referral.objects.get(pk=referral).compartment == "protection"
    share.answer(protector, referral, Outcome.FOUND, "", NOW)


@pytest.mark.parametrize(
    "asked", [{"action": ListAction.PROTECT}, {"purpose": Purpose.PROTECTION, "action": ListAction.INFORM}]
)
def test_whom_a_list_is_to_protect_goes_to_protection_whatever_the_referral_is_called(
    analyst: Who, officer: Who, protector: Who, asked: dict[str, str]
) -> None:
    """LR-73: a victim whom a reviewer merely refers is met by protection all the same."""
    hit = world.case().hit
    world.entry(hit, None, **asked)
    decision = decided(analyst, hit)
    page = decision_to_refer(analyst, decision, NOW)
    assert page.protected
    assert [each.id for each in page.officers] == [protector.account]
    with pytest.raises(RefusedError, match="protection officers only"):
        share.refer(analyst, decision, officer.account, Channel.SCREEN, TEXT, NOW)
    referral = share.refer(analyst, decision, protector.account, Channel.SCREEN, TEXT, NOW)
    assert Referral.objects.get(pk=referral).compartment == "protection"


def test_whom_an_entry_knows_to_be_a_child_is_one_where_the_travellers_own_birth_date_does_not_say_so(
    analyst: Who, supervisor: Who, officer: Who, protector: Who
) -> None:
    """LR-73: a supervisor must agree, the page says of whom the entry is, and protection meets them."""
    hit = world.case().hit
    world.entry(hit, PartialDate(2012, 5, 1), action=ListAction.INFORM)
    assert not hit.traveller.minor
    review.claim(analyst, hit.pk, NOW)
    decision = review.decide(analyst, hit.pk, GOOD, NOW)
    assert in_force(Hit.objects.get(pk=hit.pk)) is None
    review.second(supervisor, decision, True, "A child, and the court's letter is there", NOW)
    page = decision_to_refer(analyst, decision, NOW)
    assert (page.protected, page.subject.minor, page.subject.child_listed) == (True, False, True)
    with pytest.raises(RefusedError, match="protection officers only"):
        share.refer(analyst, decision, officer.account, Channel.SCREEN, TEXT, NOW)
    assert share.refer(analyst, decision, protector.account, Channel.SCREEN, TEXT, NOW)


@pytest.mark.parametrize(("born", "protected"), [("", True), ("1988-02-29", False)])
def test_where_neither_entry_nor_traveller_tells_a_birth_date_any_more_it_may_be_a_child(
    analyst: Who, born: str, *, protected: bool
) -> None:
    """The entry is purged before the hit is decided: whom it was about is known no more."""
    hit = world.case().hit
    decision = decided(analyst, hit)
    JourneyTraveller.objects.filter(pk=hit.traveller_id).update(birth_date=born)
    assert decision_to_refer(analyst, decision, NOW).protected is protected


@pytest.mark.parametrize("child", [True, False])
def test_what_a_hit_knows_of_its_entrys_person_stays_known_when_the_entry_is_purged(
    analyst: Who, *, child: bool
) -> None:
    hit = world.case(child_listed=child).hit
    JourneyTraveller.objects.filter(pk=hit.traveller_id).update(birth_date="")
    (waiting,) = queue(analyst, NOW).hits
    assert waiting.child_listed is child
    decided(analyst, hit)
    assert (in_force(Hit.objects.get(pk=hit.pk)) is None) is child


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n",
        "x" * 601,
        "She is on Buscados ficticios.",
        "Grade B2, take care.",
        "Fraude de ejemplo: take her aside.",
        "She also calls herself Anita.",
        "Está en la lista.",
        "Possible terrorist.",
        "She is a Catholic.",
    ],
)
def test_a_text_that_is_not_safe_to_say_is_not_sent(analyst: Who, officer: Who, text: str) -> None:
    hit = world.case().hit
    world.entry(hit)
    decision = decided(analyst, hit)
    with pytest.raises(AuthorError):
        share.refer(analyst, decision, officer.account, Channel.SCREEN, text, NOW)
    assert not Referral.objects.exists()


@pytest.mark.parametrize("text", ["Patrón descrito en informes públicos.", "Ley de ejemplo, art. 2, applies."])
def test_a_text_that_tells_the_ground_of_a_rule_is_not_sent(analyst: Who, officer: Who, text: str) -> None:
    decision = decided(analyst, world.rule_hit())
    with pytest.raises(AuthorError):
        share.refer(analyst, decision, officer.account, Channel.SCREEN, text, NOW)


@pytest.mark.parametrize("language", ["es", "en"])
def test_a_list_of_the_centre_itself_leaves_its_drafts_safe(analyst: Who, officer: Who, language: str) -> None:
    hit = world.case().hit
    name = {"es": "Unidad de Información de Pasajeros", "en": "Passenger Information Unit"}[language]
    world.entry(hit, owner=name)
    share.refer(analyst, decided(analyst, hit), officer.account, Channel.SCREEN, TEXTS[Action.REFER][language], NOW)
    assert Referral.objects.exists()


def test_the_travellers_own_name_is_no_secret(analyst: Who, officer: Who) -> None:
    decision = decided(analyst, world.case().hit)
    share.refer(analyst, decision, officer.account, Channel.SCREEN, "Ask for Ana Ejemplo, calmly.", NOW)
    assert Referral.objects.get().safe_text == "Ask for Ana Ejemplo, calmly."


def test_one_officer_is_told_once(analyst: Who, officer: Who) -> None:
    referral = referred(analyst, officer)
    with pytest.raises(RefusedError, match="told already"):
        share.refer(analyst, referral.decision_id, officer.account, Channel.PHONE, TEXT, NOW)
    share.answer(officer, referral.pk, Outcome.NOT_FOUND, "", NOW)
    share.refer(analyst, referral.decision_id, officer.account, Channel.PHONE, TEXT, NOW)


def test_only_the_addressed_officer_acknowledges_and_answers(analyst: Who, officer: Who) -> None:
    referral = referred(analyst, officer)
    colleague = world.who(StaffRole.BORDER_OFFICER, Purpose.BORDER_CONTROL, agency=world.border_police())
    for other in (colleague, analyst, world.who(StaffRole.SUPERVISOR), world.who(None)):
        with pytest.raises(RefusedError, match="not there for you"):
            share.acknowledge(other, referral.pk, NOW)
        with pytest.raises(RefusedError, match="not there for you"):
            share.answer(other, referral.pk, Outcome.FOUND, "", NOW)


def test_an_acknowledgement_is_kept_once(analyst: Who, officer: Who) -> None:
    referral = referred(analyst, officer)
    share.acknowledge(officer, referral.pk, NOW)
    share.acknowledge(officer, referral.pk, world.LANDING)
    referral.refresh_from_db()
    assert referral.acknowledged_at == NOW
    assert AuditEntry.objects.filter(event=AuditEvent.REFERRAL_ACKNOWLEDGED).count() == 1


@pytest.mark.parametrize("outcome", Outcome)
def test_the_outcome_returns_to_the_analyst_as_an_event(analyst: Who, officer: Who, outcome: Outcome) -> None:
    referral = referred(analyst, officer)
    share.answer(officer, referral.pk, outcome, " At booth 4. ", world.LANDING)
    referral.refresh_from_db()
    assert (referral.outcome, referral.outcome_note, referral.acknowledged_at) == (
        outcome,
        "At booth 4.",
        world.LANDING,
    )
    assert Event.objects.filter(kind=AuditEvent.REFERRAL_ANSWERED, hit=referral.hit).exists()
    assert Hit.objects.get(pk=referral.hit_id).changed_at == world.LANDING
    with pytest.raises(RefusedError, match="has its answer"):
        share.answer(officer, referral.pk, Outcome.FOUND, "", NOW)


@pytest.mark.parametrize("note", ["He is a Catholic.", "x" * 2001])
def test_an_officers_note_is_refused_where_it_may_not_be_kept(analyst: Who, officer: Who, note: str) -> None:
    referral = referred(analyst, officer)
    with pytest.raises(AuthorError):
        share.answer(officer, referral.pk, Outcome.FOUND, note, NOW)


def test_a_decision_that_falls_takes_its_unanswered_referrals_with_it(analyst: Who, officer: Who) -> None:
    referral = referred(analyst, officer)
    decided(analyst, referral.hit, CLEARED)
    referral.refresh_from_db()
    assert referral.withdrawn_at == NOW
    with pytest.raises(RefusedError, match="withdrawn"):
        share.acknowledge(officer, referral.pk, NOW)
    with pytest.raises(RefusedError, match="withdrawn"):
        share.answer(officer, referral.pk, Outcome.FOUND, "", NOW)


def test_an_urgent_referral_that_is_not_upheld_is_withdrawn(analyst: Who, officer: Who) -> None:
    decision = decided(analyst, world.case(gravity=1).hit, replace(GOOD, identity=Identity.UNCLEAR, urgent=True))
    referral = share.refer(analyst, decision, officer.account, Channel.RADIO, TEXT, NOW)
    review.review_urgent(world.who(StaffRole.SUPERVISOR), decision, "Another person.", NOW, upholds=False)
    row = Referral.objects.get(pk=referral)
    assert row.withdrawn_at == NOW
    assert row.hit.status == HitStatus.OPEN
