"""The table of audit events: every event has its row, and what the table does not know may not be written (LR-50)."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from torogoz.domain.audit import AuditEvent, AuditNumber, AuditRow
from torogoz.domain.audit_fields import EVENTS, Behind, misfit

events = st.sampled_from(AuditEvent)


def test_every_event_has_its_row_in_the_table_and_every_kind_and_number_is_of_some_event() -> None:
    assert set(EVENTS) == set(AuditEvent)
    assert {row for fields in EVENTS.values() for row in fields.rows} - {None} == set(AuditRow)
    assert {number for fields in EVENTS.values() for number in fields.numbers} == set(AuditNumber)


@given(events, st.data())
def test_what_the_table_knows_may_be_written(event: AuditEvent, data: st.DataObject) -> None:
    fields = EVENTS[event]
    person = data.draw(st.booleans()) if fields.behind is Behind.EITHER else fields.behind is Behind.PERSON
    row = data.draw(st.sampled_from(fields.rows)) or ""
    numbers = {name.value: 1 for name in fields.numbers if data.draw(st.booleans())}
    text = fields.text and data.draw(st.booleans())
    assert misfit(event, person=person, row=row, numbers=numbers, text=text) == ""


@given(
    event=events,
    person=st.booleans(),
    row=st.sampled_from(["", *AuditRow]),
    number=st.sampled_from([None, *AuditNumber]),
    text=st.booleans(),
)
def test_what_it_does_not_know_may_not(
    event: AuditEvent, *, person: bool, row: str, number: AuditNumber | None, text: bool
) -> None:
    fields = EVENTS[event]
    fits = (
        fields.behind in ({Behind.EITHER, Behind.PERSON} if person else {Behind.EITHER, Behind.SYSTEM})
        and (row or None) in fields.rows
        and (number is None or number in fields.numbers)
        and (not text or fields.text)
    )
    numbers = {} if number is None else {number.value: 1}
    assert (misfit(event, person=person, row=row, numbers=numbers, text=text) == "") is fits


@pytest.mark.parametrize("value", ["EJEMPLO ANA", 1.5, True, None])
def test_a_number_is_a_whole_number_and_what_else_stood_there_is_not_told(value: object) -> None:
    wrong = misfit(AuditEvent.VIEWED_HEALTH, person=True, row="", numbers={"name": value}, text=False)
    assert wrong == "counts name"
    wrong = misfit(AuditEvent.SEARCHED, person=True, row="", numbers={"found": value}, text=True)
    assert wrong == "counts found with what is no whole number"


def test_whoever_looks_is_a_person_and_only_what_people_write_is_sealed() -> None:
    """LR-50: purpose and user of every consultation."""
    for event, fields in EVENTS.items():
        if re.match(r"viewed|searched|refused|decision|referral|note|rule", event):
            assert fields.behind is Behind.PERSON, event
        assert not fields.text or fields.behind is Behind.PERSON, event
