"""What a run under `coverage` is asked last: whether its tests took every branch of what must be right without looking.

Which modules these are stands in pyproject.toml. A run that is not measured does not ask (tests/conftest.py).
"""

from __future__ import annotations

from io import StringIO

from coverage import Coverage


def test_every_branch_of_the_pure_floors_and_of_the_door_to_data_is_taken() -> None:
    measured = Coverage.current()
    assert measured, "only a measured run can tell: make coverage"
    table = StringIO()
    assert measured.report(file=table) == 100, f"\n{table.getvalue()}"
