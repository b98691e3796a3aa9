"""The table of purposes, read as a lawyer would, and what a purpose covers of the others' work."""

from __future__ import annotations

import pytest

from torogoz.domain.purpose import MAY_READ, DataClass, Purpose, covered_purposes, readable_classes


@pytest.mark.parametrize("purpose", [Purpose.EXIT_BAN, Purpose.BORDER_CONTROL, Purpose.PROTECTION])
def test_a_purpose_other_than_serious_crime_never_reads_a_booking(purpose: Purpose) -> None:
    """LR-20: PNR is bound to terrorism and listed serious crime."""
    assert DataClass.PNR not in readable_classes(purpose)


def test_only_serious_crime_and_its_overseers_read_bookings() -> None:
    assert {each for each in Purpose if DataClass.PNR in readable_classes(each)} == {
        Purpose.SERIOUS_CRIME,
        Purpose.OVERSIGHT,
    }


def test_only_serious_crime_reads_intelligence() -> None:
    assert [each for each in Purpose if DataClass.INTELLIGENCE in readable_classes(each)] == [Purpose.SERIOUS_CRIME]


def test_a_civil_exit_ban_reads_the_passport_data_and_its_own_list() -> None:
    assert readable_classes(Purpose.EXIT_BAN) == {DataClass.API, DataClass.LIST}


def test_every_purpose_has_its_line_in_the_table() -> None:
    assert set(MAY_READ) == set(Purpose)


def test_every_purpose_covers_itself_and_nothing_that_reads_more() -> None:
    for purpose in Purpose:
        covered = covered_purposes(purpose)
        assert purpose in covered
        assert all(MAY_READ[other] <= MAY_READ[purpose] for other in covered)


def test_an_exit_ban_never_opens_the_work_on_serious_crime() -> None:
    assert covered_purposes(Purpose.EXIT_BAN) == {Purpose.EXIT_BAN}
    assert covered_purposes(Purpose.SERIOUS_CRIME) == frozenset(Purpose)
