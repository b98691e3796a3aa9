"""Keys are made once, read by their owner only, and what they seal opens in its place and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from torogoz.errors import UnavailableError
from torogoz.storage.home import Home
from torogoz.storage.keys import USES, WEB_USE, Keyring, keyring, load_keys, make_keys

PLACES = st.text(max_size=40)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path)
    make_keys(home)
    return home


def test_every_key_is_a_file_of_its_own_that_only_its_owner_reads(home: Home) -> None:
    assert {path.name for path in home.keys.iterdir()} == {f"{use}-1.key" for use in (*USES, WEB_USE)}
    assert {path.stat().st_mode & 0o777 for path in home.keys.iterdir()} == {0o600}


def test_no_two_keys_are_equal(home: Home) -> None:
    secrets = {path.read_text() for path in home.keys.iterdir()}
    assert len(secrets) == len(USES) + 1
    assert all(len(bytes.fromhex(secret)) == 32 for secret in secrets)


def test_a_key_that_is_there_is_never_replaced(home: Home) -> None:
    before = {path: path.read_bytes() for path in home.keys.iterdir()}
    (home.keys / "raw-1.key").unlink()
    del before[home.keys / "raw-1.key"]
    make_keys(home)
    assert all(path.read_bytes() == secret for path, secret in before.items())
    assert (home.keys / "raw-1.key").exists()


@pytest.mark.parametrize("use", USES)
def test_a_missing_key_is_named_and_none_is_made_in_its_place(home: Home, use: str) -> None:
    (home.keys / f"{use}-1.key").unlink()
    with pytest.raises(UnavailableError, match=f"{use}-1.key"):
        load_keys(home)
    assert not (home.keys / f"{use}-1.key").exists()


@pytest.mark.parametrize("content", ["", "no hex at all", "ab" * 31, "ab" * 33])
def test_a_broken_key_is_named_and_left_as_it_is(home: Home, content: str) -> None:
    (home.keys / "index-1.key").write_text(content)
    with pytest.raises(UnavailableError, match=r"index-1\.key"):
        load_keys(home)
    make_keys(home)
    assert (home.keys / "index-1.key").read_text() == content


def test_an_error_about_a_key_holds_nothing_of_it(home: Home) -> None:
    (home.keys / "fields-1.key").write_text("abcdef")
    with pytest.raises(UnavailableError) as caught:
        load_keys(home)
    assert "abcdef" not in str(caught.value)


def test_a_key_is_not_readable_in_what_python_prints(home: Home) -> None:
    keys = load_keys(home)
    for printed in (repr(keys), repr(keys.fields), str(keys)):
        assert keys.fields.secret.hex() not in printed
        assert repr(keys.fields.secret) not in printed


def test_the_keys_of_the_current_home_are_read_once() -> None:
    assert keyring() is keyring()
    assert keyring().fields == load_keys(Home.current()).fields


@given(st.binary(), PLACES)
def test_what_is_sealed_opens_in_its_place(plain: bytes, place: str) -> None:
    assert keyring().open(keyring().seal(plain, place), place) == plain


@given(st.binary(), PLACES, PLACES)
def test_what_is_moved_does_not_open(plain: bytes, place: str, other: str) -> None:
    if place != other:
        with pytest.raises(UnavailableError):
            keyring().open(keyring().seal(plain, place), other)


@given(st.binary(), st.data())
def test_what_was_changed_or_cut_does_not_open(plain: bytes, data: st.DataObject) -> None:
    sealed = keyring().seal(plain, "here")
    at = data.draw(st.integers(0, len(sealed) - 1))
    changed = sealed[:at] + bytes([sealed[at] ^ data.draw(st.integers(1, 255))]) + sealed[at + 1 :]
    for wrong in (changed, sealed[:at]):
        with pytest.raises(UnavailableError):
            keyring().open(wrong, "here")


def test_the_same_value_is_never_sealed_alike_twice() -> None:
    assert keyring().seal(b"ANA EJEMPLO", "here") != keyring().seal(b"ANA EJEMPLO", "here")


def test_another_home_opens_nothing_and_finds_nothing(home: Home) -> None:
    other = load_keys(home)
    with pytest.raises(UnavailableError, match="keys this home was made with"):
        other.open(keyring().seal(b"ANA EJEMPLO", "here"), "here")
    assert other.blind("phone", "22223333") != keyring().blind("phone", "22223333")
    assert other.digest(b"UNB") != keyring().digest(b"UNB")


@given(st.binary(), PLACES)
def test_bytes_open_only_with_their_own_key_and_in_their_place(plain: bytes, place: str) -> None:
    keys = keyring()
    sealed, wrapped = keys.seal_bytes(plain, place)
    assert keys.open_bytes(sealed, wrapped, place) == plain
    _, of_another = keys.seal_bytes(plain, place)
    for key, where in ((of_another, place), (wrapped, f"{place}|other"), (b"", place)):
        with pytest.raises(UnavailableError):
            keys.open_bytes(sealed, key, where)


@given(st.sampled_from(["phone", "email", "document"]), st.text(max_size=30), st.text(max_size=30))
def test_equal_identifiers_of_one_kind_have_equal_hashes_and_no_others(kind: str, one: str, two: str) -> None:
    keys = keyring()
    assert (keys.blind(kind, one) == keys.blind(kind, two)) is (one == two)
    assert keys.blind(kind, one) != keys.blind("card", one)
    assert len(keys.blind(kind, one)) == 32


def test_a_ring_of_keys_tells_them_apart(home: Home) -> None:
    keys: Keyring = load_keys(home)
    assert [key.id for key in (keys.fields, keys.raw, keys.index, keys.signing)] == [f"{use}-1" for use in USES]
