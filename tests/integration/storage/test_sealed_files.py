"""A sealed file opens to what it was, or not at all: cut off, reordered, prolonged, mixed or changed, it is refused."""

from __future__ import annotations

import io
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from torogoz.errors import UnavailableError
from torogoz.storage import sealed_files
from torogoz.storage.keyring import USES, Key, Keyring
from torogoz.storage.sealed_files import BrokenFileError, open_file, seal_file

#: Pieces so small that a short text is many of them; what is promised does not depend on their size.
SMALL = 16
KEYS = Keyring.of([Key(use, number, bytes([number]) * 32) for use in USES for number in (1, 2)])
HEAD = len(b"torogoz sealed file 1, key backup-2\n") + 32
STEP = SMALL + 16
CONTENT = st.binary(max_size=SMALL * 6)


@pytest.fixture(autouse=True)
def _small() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sealed_files, "PIECE", SMALL)
        yield


class Drops(io.BytesIO):
    """A source that gives a few bytes at a time, as pipes do."""

    def read(self, size: int | None = -1, /) -> bytes:
        assert size
        return super().read(min(size, 5))


def sealed(content: bytes, key: Key = KEYS.backup, source: type[io.BytesIO] = io.BytesIO) -> bytes:
    target = io.BytesIO()
    seal_file(source(content), target, key)
    return target.getvalue()


def opened(content: bytes, source: type[io.BytesIO] = io.BytesIO) -> bytes:
    target = io.BytesIO()
    open_file(source(content), target, KEYS)
    return target.getvalue()


def pieces(file: bytes) -> list[bytes]:
    return [file[start : start + STEP] for start in range(HEAD, len(file), STEP)]


@given(CONTENT, st.sampled_from([io.BytesIO, Drops]), st.sampled_from([io.BytesIO, Drops]))
def test_it_opens_to_what_it_was(content: bytes, one: type[io.BytesIO], two: type[io.BytesIO]) -> None:
    assert opened(sealed(content, source=one), source=two) == content


@pytest.mark.parametrize("length", [0, 1, SMALL - 1, SMALL, SMALL + 1, 2 * SMALL, 2 * SMALL + 1])
def test_it_grows_by_a_tag_for_each_piece(length: int) -> None:
    file = sealed(b"x" * length)
    assert len(file) == HEAD + length + 16 * max(1, -(-length // SMALL))
    assert opened(file) == b"x" * length


def test_it_names_its_key_and_opens_when_another_is_current() -> None:
    old = KEYS.held["backup"][1]
    file = sealed(b"a backup", old)
    assert file.startswith(b"torogoz sealed file 1, key backup-1\n")
    assert opened(file) == b"a backup"


def test_a_file_whose_key_is_missing_is_refused_by_name() -> None:
    with pytest.raises(UnavailableError, match=r"backup-3\.key is missing"):
        opened(sealed(b"", Key("backup", 3, bytes(32))))


def test_a_file_of_another_key_of_the_same_name_is_refused() -> None:
    with pytest.raises(BrokenFileError):
        opened(sealed(b"a backup", Key("backup", 2, bytes(32))))


@given(CONTENT, st.data())
def test_it_is_refused_where_it_ends_too_early(content: bytes, data: st.DataObject) -> None:
    file = sealed(content)
    with pytest.raises(UnavailableError):
        opened(file[: data.draw(st.integers(0, len(file) - 1))])


@given(CONTENT, st.data())
def test_it_is_refused_where_a_bit_was_changed(content: bytes, data: st.DataObject) -> None:
    file = bytearray(sealed(content))
    file[data.draw(st.integers(0, len(file) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(UnavailableError):
        opened(bytes(file))


@given(CONTENT, st.binary(min_size=1, max_size=3 * STEP))
def test_it_is_refused_where_something_was_added(content: bytes, more: bytes) -> None:
    for longer in (sealed(content) + more, sealed(content) + sealed(more)[HEAD:]):
        with pytest.raises(UnavailableError):
            opened(longer)


@given(st.binary(min_size=2 * SMALL + 1, max_size=SMALL * 6), st.data())
def test_it_is_refused_where_pieces_were_moved_repeated_or_left_out(content: bytes, data: st.DataObject) -> None:
    file = sealed(content)
    parts = pieces(file)
    other = data.draw(st.lists(st.sampled_from(range(len(parts))), max_size=len(parts) + 2))
    if other != list(range(len(parts))):
        with pytest.raises(UnavailableError):
            opened(file[:HEAD] + b"".join(parts[place] for place in other))


@given(st.binary(min_size=SMALL + 1, max_size=SMALL * 4), st.data())
def test_it_is_refused_where_a_piece_or_the_head_is_another_files(content: bytes, data: st.DataObject) -> None:
    file, other = sealed(content), sealed(content)
    assert file != other
    place = data.draw(st.integers(0, len(pieces(file)) - 1))
    mixed = [*pieces(file)]
    mixed[place] = pieces(other)[place]
    for wrong in (file[:HEAD] + b"".join(mixed), other[:HEAD] + file[HEAD:]):
        with pytest.raises(BrokenFileError):
            opened(wrong)


@given(st.binary(max_size=200))
def test_what_is_no_sealed_file_is_refused(content: bytes) -> None:
    with pytest.raises(BrokenFileError):
        opened(content)


def test_a_large_file_never_stands_in_memory_whole(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sealed_files, "PIECE", 1024 * 1024)
    clear, shut, again = (tmp_path / name for name in ("clear", "shut", "again"))
    with clear.open("wb") as file:
        for number in range(40):
            file.write(bytes([number]) * 1024 * 1024)
        file.write(b"and a little")
    tracemalloc.start()
    with clear.open("rb") as source, shut.open("wb") as target:
        seal_file(source, target, KEYS.backup)
    with shut.open("rb") as source, again.open("wb") as target:
        open_file(source, target, KEYS)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 12 * 1024 * 1024
    assert again.read_bytes() == clear.read_bytes()
