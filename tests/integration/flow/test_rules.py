"""A targeting rule goes on and off by two persons, and what it may not ask never starts (LR-33, LR-36)."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.integration.conftest import People
from torogoz.domain.audit import AuditEvent
from torogoz.domain.journey import Direction
from torogoz.domain.staff import StaffRole, Who
from torogoz.errors import AuthorError, RefusedError
from torogoz.flow import rules
from torogoz.storage.models import Account, AuditEntry, Event, Journey, RuleVersion, TargetingRule
from torogoz.storage.snapshots import active_rules, fingerprint
from torogoz.targeting.examples import example_rules
from torogoz.targeting.findings import RuleRefusedError

NOW = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)
TODAY = NOW.date()
REASON = "The typology is public, and the facts are specific."

Asker = Callable[..., Who]


def document(**changes: object) -> bytes:
    return json.dumps({**example_rules(TODAY + timedelta(days=90))[2], **changes}).encode()


@pytest.fixture
def second(people: People) -> Account:
    return Account.objects.create(
        username="another-supervisor", role=StaffRole.SUPERVISOR, agency=people.supervisor.agency
    )


@pytest.fixture
def ahead(db: None) -> Journey:
    return Journey.objects.create(
        carrier="XA",
        number="570",
        departure_date=date(2026, 11, 23),
        departure_airport="LAX",
        direction=Direction.INBOUND,
        departure_at=NOW + timedelta(hours=12),
        arrival_at=NOW + timedelta(hours=17),
    )


def events() -> list[str]:
    return list(AuditEntry.objects.order_by("pk").values_list("event", flat=True))


def test_a_proposed_rule_screens_nobody(people: People, who: Asker, ahead: Journey) -> None:
    version = RuleVersion.objects.get(pk=rules.propose(who(people.analyst), document(), NOW))
    assert (version.state, version.number, version.author) == ("proposed", 1, people.analyst)
    assert version.rule.agency == people.analyst.agency
    assert active_rules(TODAY) == ()
    ahead.refresh_from_db()
    assert ahead.screening_due_at is None
    assert events() == [AuditEvent.RULE_PROPOSED]


def test_a_second_person_puts_it_in_force_and_all_future_travel_is_due_at_once(
    people: People, who: Asker, ahead: Journey
) -> None:
    version = rules.propose(who(people.analyst), document(), NOW)
    before = fingerprint(TODAY)
    rules.approve(who(people.supervisor), version, REASON, NOW)
    (live,) = active_rules(TODAY)
    assert (live.rule.key, live.rule.version, live.rule.review_on) == (
        "late-cash-one-way",
        1,
        TODAY + timedelta(days=90),
    )
    assert live.agency == people.analyst.agency_id
    assert fingerprint(TODAY) != before
    ahead.refresh_from_db()
    assert ahead.screening_due_at == NOW
    row = RuleVersion.objects.get()
    assert (row.approver, row.approver_reason) == (people.supervisor, REASON)
    assert events() == [AuditEvent.RULE_PROPOSED, AuditEvent.RULE_APPROVED]
    assert Event.objects.filter(kind="rule").count() == 2


def test_the_author_is_never_the_second_person(people: People, who: Asker) -> None:
    author = who(people.supervisor)
    version = rules.propose(author, document(), NOW)
    for answer in (rules.approve, rules.refuse_proposal):
        with pytest.raises(RefusedError, match="must be another one"):
            answer(author, version, REASON, NOW)
    assert RuleVersion.objects.get().state == "proposed"


@pytest.mark.parametrize("answer", [rules.approve, rules.refuse_proposal, rules.request_stop])
@pytest.mark.parametrize("reason", ["", "  \n", "x" * 2001])
def test_no_answer_stands_without_a_reason(
    answer: Callable[..., None], reason: str, people: People, who: Asker
) -> None:
    version = rules.propose(who(people.analyst), document(), NOW)
    if answer is rules.request_stop:
        rules.approve(who(people.supervisor), version, REASON, NOW)
    before = RuleVersion.objects.get().state
    with pytest.raises(AuthorError, match="reason is missing or too long"):
        answer(who(people.supervisor), version, reason, NOW)
    assert RuleVersion.objects.get().state == before


def test_a_reason_that_speaks_of_a_special_category_is_refused(people: People, who: Asker) -> None:
    version = rules.propose(who(people.analyst), document(), NOW)
    with pytest.raises(AuthorError, match="holds sensitive data"):
        rules.approve(who(people.supervisor), version, "The travellers are muslim.", NOW)


def test_a_rule_that_was_turned_down_stays_with_its_reason_and_may_be_proposed_anew(people: People, who: Asker) -> None:
    version = rules.propose(who(people.analyst), document(), NOW)
    rules.refuse_proposal(who(people.supervisor), version, REASON, NOW)
    row = RuleVersion.objects.get()
    assert (row.state, row.approver_reason) == ("refused", REASON)
    rules.propose(who(people.analyst), document(gravity=2), NOW)
    assert list(RuleVersion.objects.order_by("number").values_list("number", "state")) == [
        (1, "refused"),
        (2, "proposed"),
    ]


def test_a_version_is_answered_once(people: People, who: Asker) -> None:
    version = rules.propose(who(people.analyst), document(), NOW)
    rules.refuse_proposal(who(people.supervisor), version, REASON, NOW)
    with pytest.raises(RefusedError, match="answered meanwhile"):
        rules.approve(who(people.supervisor), version, REASON, NOW)


def test_one_version_waits_at_a_time(people: People, who: Asker) -> None:
    rules.propose(who(people.analyst), document(), NOW)
    with pytest.raises(RefusedError, match="waits for its second person"):
        rules.propose(who(people.analyst), document(gravity=2), NOW)


def test_a_new_version_in_force_stops_the_one_before_it(people: People, who: Asker) -> None:
    for gravity in (3, 2):
        version = rules.propose(who(people.analyst), document(gravity=gravity), NOW)
        rules.approve(who(people.supervisor), version, REASON, NOW)
    assert list(RuleVersion.objects.order_by("number").values_list("state", "stop_reason")) == [
        ("stopped", rules.REPLACED),
        ("active", ""),
    ]
    (live,) = active_rules(TODAY)
    assert (live.rule.version, live.rule.gravity) == (2, 2)


def test_a_rule_stops_when_a_second_person_agrees_and_not_before(
    people: People, who: Asker, second: Account, ahead: Journey
) -> None:
    version = rules.propose(who(people.analyst), document(), NOW)
    rules.approve(who(people.supervisor), version, REASON, NOW)
    Journey.objects.update(screening_due_at=None)
    rules.request_stop(who(people.supervisor), version, "It finds nobody.", NOW)
    assert len(active_rules(TODAY)) == 1
    with pytest.raises(RefusedError, match="must be another one"):
        rules.stop(who(people.supervisor), version, NOW)
    rules.stop(who(second), version, NOW)
    assert active_rules(TODAY) == ()
    ahead.refresh_from_db()
    assert ahead.screening_due_at == NOW
    assert events()[-2:] == [AuditEvent.RULE_STOP_REQUESTED, AuditEvent.RULE_STOPPED]
    row = RuleVersion.objects.get()
    assert (row.stop_requested_by, row.stop_reason, row.stopped_by) == (people.supervisor, "It finds nobody.", second)


def test_the_second_person_may_let_it_go_on(people: People, who: Asker) -> None:
    version = rules.propose(who(people.analyst), document(), NOW)
    rules.approve(who(people.supervisor), version, REASON, NOW)
    rules.request_stop(who(people.analyst), version, "It finds nobody.", NOW)
    with pytest.raises(RefusedError, match="asked for this already"):
        rules.request_stop(who(people.supervisor), version, REASON, NOW)
    rules.keep(who(people.supervisor), version, NOW)
    assert len(active_rules(TODAY)) == 1
    with pytest.raises(RefusedError, match="nobody has asked"):
        rules.stop(who(people.supervisor), version, NOW)
    assert events()[-1] == AuditEvent.RULE_STOP_REFUSED


def test_a_rule_past_its_review_date_sleeps_by_itself(people: People, who: Asker) -> None:
    version = rules.propose(who(people.analyst), document(), NOW)
    rules.approve(who(people.supervisor), version, REASON, NOW)
    last = TODAY + timedelta(days=90)
    assert len(active_rules(last)) == 1
    assert active_rules(last + timedelta(days=1)) == ()
    assert fingerprint(last) != fingerprint(last + timedelta(days=1))


def test_a_proposal_whose_review_date_has_passed_is_not_approved(people: People, who: Asker) -> None:
    version = rules.propose(who(people.analyst), document(), NOW)
    with pytest.raises(RuleRefusedError, match="REVIEW_PAST"):
        rules.approve(who(people.supervisor), version, REASON, NOW + timedelta(days=91))


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b'{"key": 1, "key": 2}',
        b"{" * 100_000,
        b" " * 300_000,
        json.dumps({"key": "only-a-key"}).encode(),
        document(condition={"field": "traveller.religion", "op": "eq", "value": "X"}),
        document(condition={"field": "traveller.nationality", "op": "eq", "value": "SLV"}),
        document(review_on="2026-11-22"),
    ],
)
def test_what_the_linter_finds_is_never_stored(text: bytes, people: People, who: Asker) -> None:
    with pytest.raises(RuleRefusedError) as refused:
        rules.propose(who(people.analyst), text, NOW)
    assert refused.value.findings
    assert not TargetingRule.objects.exists()


def test_nobody_but_authors_proposes_and_nobody_but_supervisors_answers(people: People, who: Asker) -> None:
    for account in people.but("analyst", "supervisor", "partner"):
        with pytest.raises(RefusedError, match="not there for you"):
            rules.propose(who(account), document(), NOW)
    version = rules.propose(who(people.analyst), document(), NOW)
    for account in people.but("supervisor"):
        for answer in (rules.approve, rules.refuse_proposal):
            with pytest.raises(RefusedError, match="not there for you"):
                answer(who(account), version, REASON, NOW)
        for answer_again in (rules.stop, rules.keep):
            with pytest.raises(RefusedError, match="not there for you"):
                answer_again(who(account), version, NOW)
    assert RuleVersion.objects.get().state == "proposed"
    assert events().count(AuditEvent.REFUSED_ACCESS) == len(people.but("analyst", "supervisor", "partner")) + 4 * len(
        people.but("supervisor")
    )


def test_another_agencys_rule_is_answered_as_if_it_were_not_there(people: People, who: Asker) -> None:
    version = rules.propose(who(people.analyst), document(), NOW)
    rules.approve(who(people.supervisor), version, REASON, NOW)
    said = set()
    for number in (version, version + 1):
        with pytest.raises(RefusedError) as refused:
            rules.request_stop(who(people.partner), number, REASON, NOW)
        said.add(str(refused.value))
    assert len(said) == 1
    with pytest.raises(AuthorError, match="this key is taken"):
        rules.propose(who(people.partner), document(), NOW)
