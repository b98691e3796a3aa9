"""What is put aside comes back as it was, stands on the disk sealed and without a name, and goes with its process."""

from __future__ import annotations

import errno
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from torogoz.domain.purpose import Purpose
from torogoz.domain.watchlist import ListAction, Terms
from torogoz.errors import UnavailableError
from torogoz.flow.list_versions import Entered
from torogoz.storage import aside
from torogoz.storage.aside import Aside
from torogoz.storage.home import Home


@given(st.lists(st.text(max_size=20)), st.integers(1, 7))
def test_rows_come_back_in_order_as_often_as_asked(rows: list[str], piece: int) -> None:
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(aside, "_PIECE", piece)
        with Aside(str, Home.current().path) as kept:
            for row in rows:
                kept.put(row)
            assert len(kept) == len(rows)
            assert list(kept) == list(kept) == rows


def test_nothing_has_a_name_and_nothing_stands_in_clear(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aside, "_PIECE", 2)
    with Aside(str, tmp_path) as kept:
        for _ in range(10):
            kept.put("EJEMPLO PRUEBA ANA")
        assert not list(tmp_path.iterdir())
        kept._file.seek(0)
        written = kept._file.read()
    assert len(written) > 5 * 36
    assert b"EJEMPLO" not in written


def test_a_full_disk_is_told_as_what_somebody_must_mend(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aside, "_PIECE", 1)

    class Full:
        def seek(self, *_: int) -> int:
            raise OSError(errno.ENOSPC, "no room")

    with Aside(str, tmp_path) as kept:
        opened = kept._file
        monkeypatch.setattr(kept, "_file", Full())
        with pytest.raises(UnavailableError, match="no room"):
            kept.put("x")
        kept._file = opened


def test_an_entry_of_a_list_comes_back_equal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    terms = Terms("CENTRO", "Ley", Purpose.BORDER_CONTROL, "Ley", "B2", "C", ListAction.REFER, date(2027, 1, 1))
    entered = Entered("W-1", b"{}", terms, advisory=False, identifiers=17, replaces=4)
    monkeypatch.setattr(aside, "_PIECE", 1)
    with Aside(Entered, tmp_path) as kept:
        kept.put(entered)
        assert list(kept) == [entered]
