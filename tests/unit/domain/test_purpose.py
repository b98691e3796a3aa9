"""A purpose covers the work of those that read nothing more than it may."""

from torogoz.domain.purpose import MAY_READ, Purpose, covered_purposes


def test_every_purpose_covers_itself_and_nothing_that_reads_more() -> None:
    for purpose in Purpose:
        covered = covered_purposes(purpose)
        assert purpose in covered
        assert all(MAY_READ[other] <= MAY_READ[purpose] for other in covered)


def test_an_exit_ban_never_opens_the_work_on_serious_crime() -> None:
    assert covered_purposes(Purpose.EXIT_BAN) == {Purpose.EXIT_BAN}
    assert covered_purposes(Purpose.SERIOUS_CRIME) == frozenset(Purpose)
