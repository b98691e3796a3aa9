"""A person reviews a hit: claims, answers with reasons, second persons, urgency, and what follows in the store."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.integration.review import world
from tests.integration.review.world import CLEARED, GOOD, NOW
from torogoz.domain.audit import AuditEvent
from torogoz.domain.hit import Action, Ground, HitStatus, Identity
from torogoz.domain.purpose import DataClass, Purpose
from torogoz.domain.staff import StaffRole, Who
from torogoz.errors import AuthorError, RefusedError, UnavailableError
from torogoz.flow import review
from torogoz.storage.evidence import open_evidence
from torogoz.storage.keys import keyring
from torogoz.storage.models import AuditEntry, Decision, Event, Hit, Hold, Note, Person, PersonLink, SealedEvidence

pytestmark = pytest.mark.django_db

NOBODY = (None, StaffRole.DATA_PROTECTION, StaffRole.ADMINISTRATOR, StaffRole.BORDER_OFFICER)


@pytest.fixture
def analyst() -> Who:
    return world.who(StaffRole.ANALYST)


@pytest.fixture
def supervisor() -> Who:
    return world.who(StaffRole.SUPERVISOR)


def decided(who: Who, hit: Hit, answers: object = GOOD) -> Decision:
    review.claim(who, hit.pk, NOW)
    return Decision.objects.get(pk=review.decide(who, hit.pk, answers, NOW))  # type: ignore[arg-type]


def audited(event: AuditEvent) -> int:
    return AuditEntry.objects.filter(event=event).count()


def test_a_claimed_hit_cannot_be_claimed_by_another_until_the_claim_ends(analyst: Who, supervisor: Who) -> None:
    hit = world.case().hit
    until = review.claim(analyst, hit.pk, NOW)
    assert until == NOW + timedelta(minutes=15)
    with pytest.raises(RefusedError, match="colleague"):
        review.claim(supervisor, hit.pk, until - timedelta(seconds=1))
    review.claim(supervisor, hit.pk, until)
    hit.refresh_from_db()
    assert hit.claimed_by_id == supervisor.account


def test_who_holds_a_hit_may_claim_it_again_and_so_keep_it(analyst: Who) -> None:
    hit = world.case().hit
    review.claim(analyst, hit.pk, NOW)
    assert review.claim(analyst, hit.pk, NOW + timedelta(minutes=10)) == NOW + timedelta(minutes=25)


def test_only_the_holder_gives_a_hit_back(analyst: Who, supervisor: Who) -> None:
    hit = world.case().hit
    review.claim(analyst, hit.pk, NOW)
    with pytest.raises(RefusedError, match="do not hold"):
        review.release(supervisor, hit.pk, NOW)
    review.release(analyst, hit.pk, NOW)
    hit.refresh_from_db()
    assert hit.claimed_by is None
    assert audited(AuditEvent.HIT_RELEASED) == Event.objects.filter(kind=AuditEvent.HIT_RELEASED).count() == 1


def test_a_supervisor_gives_a_held_hit_to_a_reviewer_who_may_see_it(analyst: Who, supervisor: Who) -> None:
    hit = world.case().hit
    other = world.who(StaffRole.ANALYST)
    review.claim(analyst, hit.pk, NOW)
    with pytest.raises(RefusedError):
        review.reassign(analyst, hit.pk, other.account, NOW)
    review.reassign(supervisor, hit.pk, other.account, NOW)
    hit.refresh_from_db()
    assert hit.claimed_by_id == other.account
    officer = world.who(StaffRole.BORDER_OFFICER)
    stranger = world.who(StaffRole.ANALYST, agency=world.border_police())
    for nobody in (officer, stranger):
        with pytest.raises(RefusedError, match="cannot review"):
            review.reassign(supervisor, hit.pk, nobody.account, NOW)


@pytest.mark.parametrize("role", NOBODY)
def test_nobody_but_reviewers_works_on_hits_and_the_attempt_is_audited(role: StaffRole | None) -> None:
    hit = world.case().hit
    other = world.who(role, Purpose.BORDER_CONTROL)
    for attempt in (
        lambda: review.claim(other, hit.pk, NOW),
        lambda: review.release(other, hit.pk, NOW),
        lambda: review.reassign(other, hit.pk, other.account, NOW),
        lambda: review.decide(other, hit.pk, GOOD, NOW),
        lambda: review.write_note(other, hit.traveller_id, "Seen.", NOW),
        lambda: review.unlink(other, 1, "Wrong.", NOW),
        lambda: review.second(other, 1, True, "Yes.", NOW),
        lambda: review.review_urgent(other, 1, "Yes.", NOW),
    ):
        before = audited(AuditEvent.REFUSED_ACCESS)
        with pytest.raises(RefusedError, match="not there for you"):
            attempt()
        assert audited(AuditEvent.REFUSED_ACCESS) == before + 1


def test_a_reviewer_without_a_purpose_or_with_one_that_reads_less_gets_nothing(analyst: Who) -> None:
    hit = world.case(purpose=Purpose.SERIOUS_CRIME).hit
    for purpose in (None, Purpose.EXIT_BAN, Purpose.BORDER_CONTROL):
        with pytest.raises(RefusedError, match="not there for you"):
            review.claim(replace(analyst, purpose=purpose), hit.pk, NOW)
    review.claim(analyst, hit.pk, NOW)


def test_a_hit_of_a_closed_compartment_is_not_there_for_others(analyst: Who) -> None:
    hit = world.case(compartment="operation").hit
    with pytest.raises(RefusedError, match="not there for you"):
        review.claim(analyst, hit.pk, NOW)
    review.claim(replace(analyst, compartments=frozenset({"operation"})), hit.pk, NOW)


@pytest.mark.parametrize("status", [HitStatus.NOT_TRAVELLING, HitStatus.WITHDRAWN, HitStatus.AWAITING_SECOND])
def test_a_hit_without_traveller_or_under_way_cannot_be_claimed_or_decided(analyst: Who, status: HitStatus) -> None:
    hit = world.case().hit
    review.claim(analyst, hit.pk, NOW)
    Hit.objects.update(status=status)
    with pytest.raises(RefusedError):
        review.claim(analyst, hit.pk, NOW)
    with pytest.raises(RefusedError) as refused:
        review.decide(analyst, hit.pk, GOOD, NOW)
    assert refused.value.remedy
    assert not Decision.objects.exists()


def test_an_advisory_hit_asks_for_nothing_and_cannot_be_decided(analyst: Who) -> None:
    hit = world.case(queued=False).hit
    with pytest.raises(RefusedError, match="advisory"):
        review.claim(analyst, hit.pk, NOW)


def test_a_decision_needs_a_claim_of_ones_own(analyst: Who, supervisor: Who) -> None:
    hit = world.case().hit
    with pytest.raises(RefusedError, match="claim on this hit has ended"):
        review.decide(analyst, hit.pk, GOOD, NOW)
    review.claim(supervisor, hit.pk, NOW)
    with pytest.raises(RefusedError, match="colleague"):
        review.decide(analyst, hit.pk, GOOD, NOW)


def test_a_claim_that_nobody_took_over_still_lets_its_holder_decide(analyst: Who) -> None:
    hit = world.case().hit
    review.claim(analyst, hit.pk, NOW)
    review.decide(analyst, hit.pk, CLEARED, NOW + timedelta(hours=1))
    hit.refresh_from_db()
    assert hit.status == HitStatus.DECIDED


@pytest.mark.parametrize("field", ["identity_reason", "ground_reason", "action_reason"])
@pytest.mark.parametrize("text", ["", "  \n", "The traveller is a Catholic."])
def test_each_answer_needs_a_reason_without_sensitive_words(analyst: Who, field: str, text: str) -> None:
    """LR-31, LR-23: an individual review says why, and holds nothing sensitive."""
    hit = world.case().hit
    review.claim(analyst, hit.pk, NOW)
    answers = replace(GOOD, **{field: text})  # type: ignore[arg-type]
    assert [fault.field for fault in review.faults(answers)] == [field]
    with pytest.raises(AuthorError):
        review.decide(analyst, hit.pk, answers, NOW)
    assert not Decision.objects.exists()


def test_one_persons_decision_takes_effect_at_once_where_no_second_is_asked_for(analyst: Who) -> None:
    hit = world.case().hit
    decision = decided(analyst, hit)
    hit.refresh_from_db()
    assert hit.status == HitStatus.DECIDED
    assert hit.claimed_by is None
    assert decision.effective_at == NOW
    assert not decision.needs_second
    assert audited(AuditEvent.DECISION_MADE) == 1
    assert Event.objects.filter(kind=AuditEvent.DECISION_MADE, hit=hit).exists()


@pytest.mark.parametrize(
    ("columns", "answers"),
    [
        ({"minor": True}, CLEARED),
        ({"minor": True}, GOOD),
        ({"gravity": 1}, GOOD),
        ({}, replace(GOOD, identity=Identity.UNCLEAR)),
    ],
)
def test_where_policy_asks_for_a_second_person_nothing_happens_before_they_agree(
    analyst: Who, supervisor: Who, columns: dict[str, object], answers: object
) -> None:
    hit = world.case(**columns).hit  # type: ignore[arg-type]
    decision = decided(analyst, hit, answers)
    hit.refresh_from_db()
    assert hit.status == HitStatus.AWAITING_SECOND
    assert decision.effective_at is None
    assert not Hold.objects.exists()
    assert not SealedEvidence.objects.exists()
    review.second(supervisor, decision.pk, True, "I looked at both sides and agree.", NOW)
    hit.refresh_from_db()
    decision.refresh_from_db()
    assert hit.status == HitStatus.DECIDED
    assert decision.effective_at == NOW
    assert decision.second_by_id == supervisor.account
    assert audited(AuditEvent.DECISION_SECONDED) == 1


def test_what_the_second_person_refuses_is_open_again_with_their_reason(analyst: Who, supervisor: Who) -> None:
    hit = world.case(gravity=1).hit
    decision = decided(analyst, hit)
    review.second(supervisor, decision.pk, False, "The document is another.", NOW)
    hit.refresh_from_db()
    decision.refresh_from_db()
    assert hit.status == HitStatus.OPEN
    assert decision.effective_at is None
    assert decision.second_reason == "The document is another."
    review.claim(analyst, hit.pk, NOW)


def test_nobody_is_their_own_second_person(supervisor: Who) -> None:
    decision = decided(supervisor, world.case(gravity=1).hit)
    with pytest.raises(RefusedError, match="yourself"):
        review.second(supervisor, decision.pk, True, "I agree with myself.", NOW)


def test_about_a_child_the_second_person_is_a_supervisor(analyst: Who) -> None:
    decision = decided(analyst, world.case(minor=True).hit)
    with pytest.raises(RefusedError, match="not there for you"):
        review.second(world.who(StaffRole.ANALYST), decision.pk, True, "I agree.", NOW)


def test_a_second_answer_is_given_once_and_with_a_reason(analyst: Who, supervisor: Who) -> None:
    decision = decided(analyst, world.case(gravity=1).hit)
    with pytest.raises(AuthorError):
        review.second(supervisor, decision.pk, True, " ", NOW)
    with pytest.raises(AuthorError):
        review.second(supervisor, decision.pk, True, "Because she is a Catholic.", NOW)
    review.second(supervisor, decision.pk, True, "I agree.", NOW)
    with pytest.raises(RefusedError, match="does not wait"):
        review.second(supervisor, decision.pk, False, "I changed my mind.", NOW)


def test_an_urgent_decision_takes_effect_is_alarmed_and_waits_for_a_review(analyst: Who) -> None:
    hit = world.case(gravity=1).hit
    decision = decided(analyst, hit, replace(GOOD, urgent=True))
    hit.refresh_from_db()
    assert hit.status == HitStatus.DECIDED
    assert decision.urgent
    assert decision.review_due_at == NOW + timedelta(hours=24)
    assert audited(AuditEvent.HIT_ALARMED) == Event.objects.filter(kind=AuditEvent.HIT_ALARMED).count() == 1


def test_urgency_where_one_person_may_decide_anyway_asks_for_no_review(analyst: Who) -> None:
    decision = decided(analyst, world.case().hit, replace(GOOD, urgent=True))
    assert not decision.urgent
    assert decision.review_due_at is None


def test_about_a_child_only_protection_goes_ahead_alone(analyst: Who) -> None:
    hit = world.case(minor=True).hit
    with pytest.raises(RefusedError, match="ahead alone"):
        decided(analyst, hit, replace(GOOD, urgent=True))
    assert decided(analyst, hit, replace(GOOD, action=Action.PROTECTION, urgent=True)).effective_at == NOW


def test_another_supervisor_reviews_what_was_urgent_once(analyst: Who, supervisor: Who) -> None:
    mine = decided(supervisor, world.case(gravity=1).hit, replace(GOOD, urgent=True))
    with pytest.raises(RefusedError, match="yourself"):
        review.review_urgent(supervisor, mine.pk, "I was right.", NOW)
    decision = decided(analyst, world.case(gravity=1).hit, replace(GOOD, urgent=True))
    with pytest.raises(RefusedError, match="not there for you"):
        review.review_urgent(world.who(StaffRole.ANALYST), decision.pk, "Right.", NOW)
    review.review_urgent(supervisor, decision.pk, "It was right to act at once.", NOW)
    decision.refresh_from_db()
    assert decision.review_upholds
    with pytest.raises(RefusedError, match="does not wait"):
        review.review_urgent(supervisor, decision.pk, "Again.", NOW)


def test_an_urgent_decision_that_is_not_upheld_loses_its_force(analyst: Who, supervisor: Who) -> None:
    hit = world.case(gravity=1).hit
    decision = decided(analyst, hit, replace(GOOD, urgent=True))
    review.review_urgent(supervisor, decision.pk, "The birth date is another.", NOW, upholds=False)
    hit.refresh_from_db()
    assert hit.status == HitStatus.OPEN
    assert not Hold.objects.filter(ended_at=None).exists()


def test_a_later_decision_supersedes_and_the_history_stays(analyst: Who, supervisor: Who) -> None:
    hit = world.case().hit
    first = decided(analyst, hit)
    second = decided(supervisor, hit, CLEARED)
    assert list(hit.decisions.order_by("pk")) == [first, second]
    assert SealedEvidence.objects.filter(decision=first).exists()
    assert not Hold.objects.filter(ended_at=None).exists()


@pytest.mark.parametrize(
    "answers",
    [
        CLEARED,
        replace(GOOD, ground=Ground.NO, action=Action.NONE),
        replace(GOOD, identity=Identity.UNCLEAR, action=Action.WATCH),
    ],
)
def test_what_is_not_confirmed_places_no_hold_and_seals_nothing(analyst: Who, answers: object) -> None:
    decided(analyst, world.case().hit, answers)
    assert not Hold.objects.exists()
    assert not SealedEvidence.objects.exists()


def test_a_confirmed_hit_holds_the_record_with_reason_owner_and_review_date(analyst: Who) -> None:
    hit = world.case().hit
    decided(analyst, hit)
    hold = Hold.objects.get(hit=hit, traveller=hit.traveller)
    assert (hold.agency_id, hold.placed_by_id, hold.reason) == (hit.agency_id, analyst.account, "confirmed_hit")
    assert NOW.date() < hold.review_on < hold.expires_on


def test_a_confirmed_hit_freezes_its_inputs_so_that_only_their_own_row_opens_them(analyst: Who) -> None:
    hit = world.case().hit
    world.entry(hit)
    row = decided(analyst, hit).sealed_evidence
    frozen = open_evidence(row, keyring())
    assert [piece.code for piece in frozen.evidence] == ["name_same", "birth_date_one_part", "document_not_compared"]
    assert frozen.entry is not None
    assert (frozen.entry.id, frozen.entry.names, frozen.rule) == (hit.cause_key, ("EJEMPLO PRUEBA ANITA",), None)
    assert [view.data_class for view in frozen.views] == [DataClass.API, DataClass.PNR]
    assert frozen.views[0].traveller.surname == "EJEMPLO PRUEBA"
    other = decided(analyst, world.case().hit).sealed_evidence
    other.sealed = row.sealed
    with pytest.raises(UnavailableError):
        open_evidence(other, keyring())


def test_a_rules_confirmed_hit_freezes_the_rule(analyst: Who) -> None:
    hit = world.rule_hit()
    frozen = open_evidence(decided(analyst, hit).sealed_evidence, keyring())
    assert frozen.rule is not None
    assert (frozen.rule.key, frozen.rule.version, frozen.entry) == (hit.cause_key, 1, None)


def test_evidence_holds_nothing_that_the_hits_purpose_may_not_read(analyst: Who) -> None:
    hit = world.case(purpose=Purpose.EXIT_BAN).hit
    frozen = open_evidence(decided(analyst, hit).sealed_evidence, keyring())
    assert [view.data_class for view in frozen.views] == [DataClass.API]


def test_a_note_is_kept_with_its_writer_and_refused_where_it_is_sensitive(analyst: Who) -> None:
    person = world.case().traveller
    review.write_note(analyst, person.pk, " Travels with her sister. ", NOW)
    note = Note.objects.get()
    assert (note.text, note.written_by_id, note.agency.code) == ("Travels with her sister.", analyst.account, "CENTRO")
    with pytest.raises(AuthorError):
        review.write_note(analyst, person.pk, "Is a Catholic.", NOW)
    with pytest.raises(RefusedError, match="not there for you"):
        review.write_note(analyst, person.pk + 1000, "Nobody.", NOW)


def test_an_undone_link_keeps_its_row_and_frees_the_traveller(analyst: Who, supervisor: Who) -> None:
    row = world.case().traveller
    person = Person.objects.create(made_at=NOW)
    row.person = person
    row.save()
    link = PersonLink.objects.create(person=person, traveller=row, made_at=NOW)
    with pytest.raises(RefusedError, match="not there for you"):
        review.unlink(analyst, link.pk, "Two people.", NOW)
    review.unlink(supervisor, link.pk, "Two people of one name.", NOW)
    link.refresh_from_db()
    row.refresh_from_db()
    assert (link.undone_by_id, link.undone_reason) == (supervisor.account, "Two people of one name.")
    assert row.person_id is None
    with pytest.raises(RefusedError, match="undone before"):
        review.unlink(supervisor, link.pk, "Again.", NOW)
