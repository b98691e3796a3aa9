"""Progress is for a person who looks; a pipe gets none of it."""

import sys
from collections.abc import Iterator
from io import StringIO

import pytest

from torogoz.cli.progress import progress


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def test_in_a_pipe_nothing_is_shown_and_every_item_passes(capsys: pytest.CaptureFixture[str]) -> None:
    assert list(progress(range(3), "reading", 3)) == [0, 1, 2]
    assert capsys.readouterr().err == ""


def test_on_a_terminal_a_bar_grows_and_is_taken_away(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    assert list(progress(range(3), "reading", 3)) == [0, 1, 2]
    assert screen.getvalue().startswith("\rreading ██████████")
    assert "1/3" in screen.getvalue()
    assert screen.getvalue().endswith("\r\x1b[K")


def test_more_items_than_announced_do_not_break_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def endless() -> Iterator[int]:
        yield from range(5)

    monkeypatch.setattr(sys, "stderr", Terminal())
    assert len(list(progress(endless(), "reading", 0))) == 5
