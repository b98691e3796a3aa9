"""Who may look at travellers, and for which purposes."""

from __future__ import annotations

import pytest

from torogoz.domain.purpose import DataClass, Purpose, readable_classes
from torogoz.domain.staff import PURPOSES, StaffRole, Who

REVIEWING = {Purpose.BORDER_CONTROL, Purpose.SERIOUS_CRIME, Purpose.EXIT_BAN, Purpose.PROTECTION}


@pytest.mark.parametrize(
    ("role", "purposes"),
    [
        (StaffRole.ANALYST, REVIEWING),
        (StaffRole.SUPERVISOR, REVIEWING),
        (StaffRole.DATA_PROTECTION, {Purpose.OVERSIGHT}),
        (StaffRole.ADMINISTRATOR, set()),
        (StaffRole.BORDER_OFFICER, {Purpose.BORDER_CONTROL}),
    ],
)
def test_each_role_looks_for_its_own_purposes_only(role: StaffRole, purposes: set[Purpose]) -> None:
    assert PURPOSES[role] == purposes


def test_every_role_has_its_line_in_the_table() -> None:
    assert set(PURPOSES) == set(StaffRole)


def test_who_oversees_does_not_review_and_who_reviews_does_not_oversee() -> None:
    overseeing = {role for role in StaffRole if Purpose.OVERSIGHT in PURPOSES[role]}
    assert overseeing == {StaffRole.DATA_PROTECTION}
    assert not PURPOSES[StaffRole.DATA_PROTECTION] & REVIEWING


def test_a_border_officer_has_no_purpose_that_reads_bookings() -> None:
    classes = {each for purpose in PURPOSES[StaffRole.BORDER_OFFICER] for each in readable_classes(purpose)}
    assert DataClass.PNR not in classes


def test_who_asks_has_no_purpose_and_no_compartment_unless_given() -> None:
    asker = Who(1, StaffRole.ANALYST, "CENTRO")
    assert asker.purpose is None
    assert asker.compartments == frozenset()
