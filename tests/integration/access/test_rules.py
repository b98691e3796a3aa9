"""Who may read rules, and how much of them."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from tests.integration.conftest import People
from torogoz.domain.audit import AuditEvent
from torogoz.domain.staff import StaffRole, Who
from torogoz.errors import RefusedError
from torogoz.flow import rules as flow
from torogoz.storage.access import rules as access
from torogoz.storage.access.rules import Review, RuleState
from torogoz.storage.models import Account, AuditEntry, RuleVersion, TargetingRule
from torogoz.targeting.examples import example_rules

Asker = Callable[..., Who]
REASON = "The facts are specific."


@pytest.fixture
def proposed(people: People, who: Asker, now: datetime) -> int:
    """A proposed version of the analyst."""
    document = example_rules(now.date() + timedelta(days=90))[2]
    return flow.propose(who(people.analyst), json.dumps(document).encode(), now)


@pytest.fixture
def second(people: People) -> Account:
    return Account.objects.create(username="second", role=StaffRole.SUPERVISOR, agency=people.supervisor.agency)


def test_reviewers_and_the_protection_officer_read_what_a_rule_says(
    proposed: int, people: People, who: Asker, now: datetime
) -> None:
    for account in (people.analyst, people.supervisor, people.data_protection):
        (found,) = access.rules(who(account), now)
        assert found.shown.document
        assert found.shown.title_es
        assert access.rule(who(account), found.id, now).shown.document
    assert access.rule_of(proposed) == found.id


def test_administrators_see_that_there_is_a_rule_and_nothing_of_what_it_says(
    proposed: int, people: People, who: Asker, now: datetime
) -> None:
    flow.approve(who(people.supervisor), proposed, REASON, now)
    flow.request_stop(who(people.supervisor), proposed, REASON, now)
    (found,) = access.rules(who(people.administrator), now)
    assert (found.key, found.shown.number, found.shown.state) == ("late-cash-one-way", 1, RuleState.ACTIVE)
    shown = found.shown
    assert (shown.title_es, shown.title_en, shown.document, shown.stop_reason) == ("", "", None, "")
    assert shown.answered
    assert (shown.answered.by, shown.answered.reason) == ("the-supervisor", "")


def test_nobody_else_reads_any(proposed: int, people: People, who: Asker, now: datetime) -> None:
    rule = TargetingRule.objects.get().pk
    for account in (people.outsider, people.border_officer):
        with pytest.raises(RefusedError):
            access.rules(who(account), now)
        with pytest.raises(RefusedError):
            access.rule(who(account), rule, now)


def test_another_agency_sees_none_of_them(proposed: int, people: People, who: Asker, now: datetime) -> None:
    assert access.rules(who(people.partner), now) == ()
    with pytest.raises(RefusedError):
        access.rule(who(people.partner), TargetingRule.objects.get().pk, now)


def test_a_compartment_closes_a_rule_to_whom_it_was_not_opened(
    proposed: int, people: People, who: Asker, now: datetime
) -> None:
    TargetingRule.objects.update(compartment="ALFA")
    assert access.rules(who(people.analyst), now) == ()
    people.analyst.compartments = ["ALFA"]
    (found,) = access.rules(who(people.analyst), now)
    assert found.compartment == "ALFA"


def test_every_look_is_in_the_audit(proposed: int, people: People, who: Asker, now: datetime) -> None:
    (found,) = access.rules(who(people.data_protection), now)
    access.rule(who(people.data_protection), found.id, now)
    looks = AuditEntry.objects.filter(event=AuditEvent.VIEWED_RULES).order_by("pk")
    assert [(look.object_id, look.counts) for look in looks] == [(None, {"rules": 1}), (found.id, {})]


def test_what_somebody_may_do_is_said_with_each_version(
    proposed: int, people: People, second: Account, who: Asker, now: datetime
) -> None:
    def may(account: Account) -> tuple[bool, bool, bool]:
        (found,) = access.rules(who(account), now)
        return found.shown.may_answer, found.shown.may_request_stop, found.shown.may_answer_stop

    assert access.rules(who(people.analyst), now)[0].waits
    assert may(people.analyst) == (False, False, False)
    assert may(people.supervisor) == (True, False, False)
    assert may(people.data_protection) == (False, False, False)
    flow.approve(who(people.supervisor), proposed, REASON, now)
    assert not access.rules(who(people.analyst), now)[0].waits
    assert may(people.analyst) == (False, True, False)
    assert may(people.data_protection) == (False, False, False)
    flow.request_stop(who(people.supervisor), proposed, REASON, now)
    assert access.rules(who(people.analyst), now)[0].waits
    assert may(people.supervisor) == (False, False, False)
    assert may(second) == (False, False, True)
    flow.stop(who(second), proposed, now)
    assert not access.rules(who(people.analyst), now)[0].waits
    assert may(second) == (False, False, False)


def test_the_version_in_force_is_shown_before_one_that_waits(
    proposed: int, people: People, who: Asker, now: datetime
) -> None:
    flow.approve(who(people.supervisor), proposed, REASON, now)
    document = RuleVersion.objects.get().document | {"gravity": 1}
    flow.propose(who(people.analyst), json.dumps(document).encode(), now)
    (found,) = access.rules(who(people.analyst), now)
    assert (found.shown.number, [version.number for version in found.versions]) == (1, [2, 1])


@pytest.mark.parametrize(
    ("days", "state", "review"),
    [
        (0, RuleState.ACTIVE, Review.LATER),
        (60, RuleState.ACTIVE, Review.SOON),
        (90, RuleState.ACTIVE, Review.SOON),
        (91, RuleState.ASLEEP, Review.PAST),
    ],
)
def test_a_rule_is_marked_as_its_review_date_nears_and_sleeps_after_it(
    days: int, state: RuleState, review: Review, proposed: int, people: People, who: Asker, now: datetime
) -> None:
    flow.approve(who(people.supervisor), proposed, REASON, now)
    (found,) = access.rules(who(people.analyst), now + timedelta(days=days))
    assert (found.shown.state, found.shown.review) == (state, review)


def test_only_authors_are_let_to_the_form(people: People, who: Asker, now: datetime) -> None:
    for account in people.but("analyst", "supervisor", "partner"):
        assert not access.may_propose(who(account))
        with pytest.raises(RefusedError):
            access.admit_author(who(account), now)
    access.admit_author(who(people.analyst), now)
    assert access.may_propose(who(people.supervisor))
