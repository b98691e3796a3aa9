"""No sequence of actions tells an officer without a person's decision in force, nor lets one person do both parts."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

import torogoz
from tests.integration.review import world
from tests.integration.review.world import GOOD, NOW
from torogoz.domain.disposition import TOLD, Answers, may_second
from torogoz.domain.hit import Action, Ground, HitStatus, Identity
from torogoz.domain.purpose import Purpose
from torogoz.domain.referral import Channel, Outcome
from torogoz.domain.safe_text import TEXTS
from torogoz.domain.staff import StaffRole, Who
from torogoz.errors import TorogozError
from torogoz.flow import review, share
from torogoz.storage import snapshots
from torogoz.storage.dispositions import policy_of
from torogoz.storage.models import Account, Decision, Hit, Hold, Referral, SealedEvidence

ROLES = (
    StaffRole.ANALYST,
    StaffRole.ANALYST,
    StaffRole.SUPERVISOR,
    StaffRole.SUPERVISOR,
    StaffRole.DATA_PROTECTION,
    StaffRole.ADMINISTRATOR,
    StaffRole.BORDER_OFFICER,
    None,
)
somebody = st.integers(0, len(ROLES) - 1)
minutes = st.integers(0, 40)
answers = st.builds(
    Answers,
    identity=st.sampled_from(Identity),
    identity_reason=st.sampled_from(("The document agrees.", " ")),
    ground=st.sampled_from(Ground),
    ground_reason=st.just("The entry is in force."),
    action=st.sampled_from(Action),
    action_reason=st.just("The owner asks for it."),
    urgent=st.booleans(),
) | st.builds(replace, st.just(GOOD), action=st.sampled_from(sorted(TOLD)), urgent=st.booleans())


class Watch(RuleBasedStateMachine):
    """People who try everything, in any order, on one hit."""

    def __init__(self) -> None:
        super().__init__()
        self.changes = transaction.atomic()
        self.changes.__enter__()
        self.now = NOW

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.changes.__exit__(None, None, None)

    @initialize(gravity=st.integers(1, 4), minor=st.booleans(), queued=st.integers(0, 9).map(bool))
    def begin(self, gravity: int, *, minor: bool, queued: bool) -> None:
        self.hit = world.case(gravity=gravity, minor=minor, queued=queued).hit.pk
        self.people: list[Who] = [
            world.who(role, Purpose.BORDER_CONTROL if role == StaffRole.BORDER_OFFICER else Purpose.SERIOUS_CRIME)
            for role in ROLES
        ]
        Account.objects.filter(role=StaffRole.BORDER_OFFICER).update(compartments=["protection"])
        self.people[6] = replace(self.people[6], compartments=frozenset({"protection"}))

    def last(self) -> int:
        return Decision.objects.order_by("-pk").values_list("pk", flat=True).first() or 0

    def told(self) -> int:
        return Referral.objects.order_by("-pk").values_list("pk", flat=True).first() or 0

    @rule(who=somebody, later=minutes)
    def claims(self, who: int, later: int) -> None:
        self.now += timedelta(minutes=later)
        with suppress(TorogozError):
            review.claim(self.people[who], self.hit, self.now)

    @rule(who=somebody)
    def releases(self, who: int) -> None:
        with suppress(TorogozError):
            review.release(self.people[who], self.hit, self.now)

    @rule(who=somebody, to=somebody)
    def reassigns(self, who: int, to: int) -> None:
        with suppress(TorogozError):
            review.reassign(self.people[who], self.hit, self.people[to].account, self.now)

    @rule(who=somebody, given=answers)
    def decides(self, who: int, given: Answers) -> None:
        with suppress(TorogozError):
            review.decide(self.people[who], self.hit, given, self.now)

    @rule(who=st.integers(0, 3), given=answers)
    def claims_and_decides(self, who: int, given: Answers) -> None:
        with suppress(TorogozError):
            review.claim(self.people[who], self.hit, self.now)
            review.decide(self.people[who], self.hit, given, self.now)

    @rule(who=somebody, agrees=st.booleans())
    def seconds(self, who: int, *, agrees: bool) -> None:
        with suppress(TorogozError):
            review.second(self.people[who], self.last(), agrees, "I looked.", self.now)

    @rule(who=somebody, upholds=st.booleans())
    def reviews(self, who: int, *, upholds: bool) -> None:
        with suppress(TorogozError):
            review.review_urgent(self.people[who], self.last(), "I looked.", self.now, upholds=upholds)

    @rule(who=somebody, to=somebody, channel=st.sampled_from(Channel))
    def refers(self, who: int, to: int, channel: Channel) -> None:
        text = TEXTS[Action.REFER]["es"]
        with suppress(TorogozError):
            share.refer(self.people[who], self.last(), self.people[to].account, channel, text, self.now)

    @rule(who=st.integers(0, 3))
    def refers_well(self, who: int) -> None:
        self.refers(who, 6, Channel.SCREEN)

    @rule(who=somebody, outcome=st.sampled_from(Outcome))
    def answers(self, who: int, outcome: Outcome) -> None:
        with suppress(TorogozError):
            share.answer(self.people[who], self.told(), outcome, "", self.now)

    @rule(status=st.sampled_from((HitStatus.NOT_TRAVELLING, HitStatus.WITHDRAWN, HitStatus.OPEN)))
    def screening_changes_the_hit(self, status: HitStatus) -> None:
        Hit.objects.filter(pk=self.hit).update(status=status)

    @invariant()
    def every_referral_had_a_decision_in_force(self) -> None:
        for referral in Referral.objects.select_related("decision__hit__traveller"):
            decision = referral.decision
            assert decision.effective_at is not None
            assert decision.effective_at <= referral.sent_at
            assert decision.action in TOLD
            assert decision.made_by.role in (StaffRole.ANALYST, StaffRole.SUPERVISOR)
            assert referral.recipient.role == StaffRole.BORDER_OFFICER

    @invariant()
    def nobody_does_both_parts(self) -> None:
        for decision in Decision.objects.select_related("hit__traveller"):
            policy = policy_of(decision)
            assert decision.made_by_id not in (decision.second_by_id, decision.reviewed_by_id)
            if decision.effective_at and policy:
                assert decision.urgent or (decision.second_agrees and decision.second_by)
                assert decision.second_by is None or decision.second_by.role in may_second(policy)
            assert decision.urgent is (decision.review_due_at is not None)

    @invariant()
    def only_what_a_person_confirmed_is_held_and_sealed(self) -> None:
        for row in SealedEvidence.objects.select_related("decision"):
            assert (row.decision.identity, row.decision.ground) == (Identity.SAME, Ground.YES)
            assert row.decision.effective_at is not None
        assert Hold.objects.filter(ended_at=None).count() <= 1

    @invariant()
    def no_decision_is_lost(self) -> None:
        decisions = Decision.objects.count()
        assert decisions >= getattr(self, "decisions", 0)
        self.decisions = decisions

    @invariant()
    def nothing_follows_from_the_hit_alone(self) -> None:
        if not Decision.objects.filter(effective_at__isnull=False).exists():
            assert not Referral.objects.exists()
            assert not Hold.objects.exists()
            assert Hit.objects.filter(status=HitStatus.DECIDED).count() == 0

    @invariant()
    def nothing_is_learnt_from_what_people_decide(self) -> None:
        screened_with = (snapshots.live_entries(NOW.date()), snapshots.active_rules(NOW.date()))
        assert getattr(self, "screened_with", screened_with) == screened_with
        self.screened_with = screened_with


@pytest.mark.django_db
def test_nothing_happens_to_anybody_by_automation_alone() -> None:
    """LR-30; and LR-32: what is screened with changes by people who write lists and rules, not by decisions."""
    run_state_machine_as_test(
        Watch,
        settings=settings(
            max_examples=40, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


def test_one_module_alone_writes_referrals_and_one_alone_decisions() -> None:
    package = Path(torogoz.__file__).parent
    source = {path.relative_to(package).as_posix(): path.read_text() for path in package.rglob("*.py")}
    for name, module in (("Referral", "flow/share.py"), ("Decision", "flow/review.py")):
        made = re.compile(rf"\b{name}(\.objects\.(create|bulk_create|get_or_create|update_or_create))?\(")
        assert {path for path, text in source.items() if made.search(text) and "models/" not in path} == {module}
