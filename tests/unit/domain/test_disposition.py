"""What may be decided, and when a second person must agree: the policy's tables, read as a lawyer would."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from torogoz.domain.disposition import (
    ACTIONS,
    LONGEST_REASON,
    REVIEWERS,
    SECOND_PERSON,
    TOLD,
    Answers,
    Fault,
    faults,
    may_hurry,
    may_second,
    second_person,
)
from torogoz.domain.hit import Action, Ground, Identity
from torogoz.domain.staff import StaffRole

answers = st.builds(
    Answers,
    identity=st.sampled_from(Identity),
    identity_reason=st.just("The document agrees."),
    ground=st.sampled_from(Ground),
    ground_reason=st.just("The entry is in force."),
    action=st.sampled_from(Action),
    action_reason=st.just("The owner asks for it."),
    urgent=st.booleans(),
)
GOOD = Answers(Identity.SAME, "One document.", Ground.YES, "In force.", Action.REFER, "As the owner asks.")


@given(answers)
def test_nothing_is_done_without_a_ground(given_answers: Answers) -> None:
    if given_answers.ground is Ground.NO and given_answers.action is not Action.NONE:
        assert Fault("action", "action_without_ground") in faults(given_answers)


@given(answers)
def test_nothing_is_done_to_somebody_else(given_answers: Answers) -> None:
    if given_answers.identity is Identity.NOT_SAME and given_answers.action is not Action.NONE:
        assert faults(given_answers)


def test_a_ground_against_somebody_else_contradicts_itself() -> None:
    assert faults(replace(GOOD, identity=Identity.NOT_SAME)) == (Fault("ground", "ground_without_identity"),)


@given(answers)
def test_what_the_table_carries_has_no_fault(given_answers: Answers) -> None:
    carried = given_answers.action in ACTIONS.get((given_answers.identity, given_answers.ground), ())
    assert (faults(given_answers) == ()) is carried


@pytest.mark.parametrize("field", ["identity_reason", "ground_reason", "action_reason"])
@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "reason_missing"),
        (" \t\n", "reason_missing"),
        ("It may be: ", "reason_unfinished"),
        ("x" * (LONGEST_REASON + 1), "reason_too_long"),
    ],
)
def test_every_answer_has_a_reason_of_its_own(field: str, text: str, code: str) -> None:
    assert faults(replace(GOOD, **{field: text})) == (Fault(field, code),)  # type: ignore[arg-type]


@given(answers, st.integers(1, 4))
def test_about_a_child_a_supervisor_always_looks_too(given_answers: Answers, gravity: int) -> None:
    rows = second_person(given_answers, gravity=gravity, minor=True)
    assert may_second(rows) == {StaffRole.SUPERVISOR}
    assert may_hurry(given_answers, rows) <= (given_answers.action is Action.PROTECTION)


@pytest.mark.parametrize("gravity", [1, 2, 3, 4])
def test_a_gravest_hit_is_referred_by_two_people(gravity: int) -> None:
    rows = second_person(GOOD, gravity=gravity, minor=False)
    assert [row.code for row in rows] == (["gravest"] if gravity == 1 else [])
    assert may_second(rows) == REVIEWERS


@pytest.mark.parametrize("action", Action)
def test_somebody_who_may_be_another_is_stopped_by_two_people(action: Action) -> None:
    rows = second_person(replace(GOOD, identity=Identity.UNCLEAR, action=action), gravity=3, minor=False)
    assert bool(rows) is (action in TOLD)


def test_only_the_same_person_with_a_ground_is_a_confirmed_hit() -> None:
    confirming = {
        (identity, ground)
        for identity in Identity
        for ground in Ground
        if replace(GOOD, identity=identity, ground=ground).confirms
    }
    assert confirming == {(Identity.SAME, Ground.YES)}


def test_every_row_can_be_satisfied_by_somebody() -> None:
    assert all(row.by and row.by <= REVIEWERS for row in SECOND_PERSON)
    assert len({row.code for row in SECOND_PERSON}) == len(SECOND_PERSON)
