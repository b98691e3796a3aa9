"""How many workers a home may have, as the terminal is told."""

from __future__ import annotations

import pytest

from torogoz.cli import main
from torogoz.storage import queue

pytestmark = pytest.mark.django_db


def test_where_one_may_read_at_a_time_more_workers_are_refused_in_a_clear_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(queue, "shared", lambda: False)
    assert main(["worker", "--processes", "2"]) == 3
    told = capsys.readouterr().err
    assert told.startswith("unavailable: the embedded database has one worker; ")
    assert told.count("\n") == 1


@pytest.mark.parametrize("number", ["0", "-1", "many"])
def test_a_number_of_workers_is_one_or_more(number: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["worker", "--processes", number])
    assert ended.value.code == 2
