"""Keys are made once, read by their owner only, and what they seal opens in its place and nowhere else."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from hypothesis import given
from hypothesis import strategies as st

from torogoz.errors import UnavailableError
from torogoz.storage import keys as module
from torogoz.storage.home import Home
from torogoz.storage.keys import (
    USES,
    Key,
    Keyring,
    keyring,
    load_keys,
    make_key,
    make_keys,
    remove_key,
    survey,
    web_keys,
)

PLACES = st.text(max_size=40)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path)
    make_keys(home)
    return home


@pytest.fixture
def own(home: Home, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A home of this test's own, which the environment names."""
    monkeypatch.setenv("TOROGOZ_HOME", str(home.path))
    return home


def test_every_key_is_a_file_of_its_own_that_only_its_owner_reads(home: Home) -> None:
    assert {path.name for path in home.keys.glob("*.key")} == {f"{use}-1.key" for use in USES}
    assert {path.stat().st_mode & 0o777 for path in home.keys.iterdir()} == {0o600}


def test_no_two_keys_are_equal(home: Home) -> None:
    secrets = {path.read_text() for path in home.keys.glob("*.key")}
    assert len(secrets) == len(USES)
    assert all(len(bytes.fromhex(secret)) == 32 for secret in secrets)


def test_a_key_that_is_there_is_never_replaced(home: Home) -> None:
    before = {path: path.read_bytes() for path in home.keys.iterdir()}
    (home.keys / "raw-1.key").unlink()
    del before[home.keys / "raw-1.key"]
    assert make_keys(home) == ["raw-1"]
    assert all(path.read_bytes() == secret for path, secret in before.items())
    assert (home.keys / "raw-1.key").exists()
    with pytest.raises(UnavailableError, match=r"fields-1\.key is there already"):
        make_key(home, "fields", 1)
    assert (home.keys / "fields-1.key").read_bytes() == before[home.keys / "fields-1.key"]


def test_no_key_is_made_in_the_place_of_one_that_the_database_knows(home: Home) -> None:
    (home.keys / "raw-1.key").unlink()
    with pytest.raises(UnavailableError, match=r"raw-3\.key is missing; put it back"):
        make_keys(home, ["fields-1", "raw-1", "raw-3"])
    assert not (home.keys / "raw-1.key").exists()


def test_half_a_key_that_a_crash_left_is_no_key_and_stands_in_nobodys_way(home: Home) -> None:
    (home.keys / "raw-1.key").rename(home.keys / ".raw-1.key.half")
    make_keys(home)
    load_keys(home)
    assert not list(home.keys.glob(".*"))


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


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_key_that_others_may_read_is_refused_and_the_error_says_chmod(home: Home, mode: int) -> None:
    """LR-56."""
    path = home.keys / "fields-1.key"
    path.chmod(mode)
    with pytest.raises(UnavailableError, match=rf"fields-1\.key may be read by others.*chmod 600 {path}"):
        load_keys(home)


def test_a_folder_of_keys_that_others_may_enter_is_refused_and_the_error_says_chmod(home: Home) -> None:
    home.keys.chmod(0o750)
    with pytest.raises(UnavailableError, match=f"may be read by others.*chmod 700 {home.keys}"):
        load_keys(home)


def test_an_error_about_a_key_holds_nothing_of_it(home: Home) -> None:
    (home.keys / "fields-1.key").write_text("abcdef")
    with pytest.raises(UnavailableError) as caught:
        load_keys(home)
    assert "abcdef" not in str(caught.value)


def test_a_key_is_not_readable_in_what_python_prints(home: Home) -> None:
    keys = load_keys(home)
    for printed in (repr(keys), repr(keys.fields), str(keys), repr(keys.held)):
        assert keys.fields.secret.hex() not in printed
        assert repr(keys.fields.secret) not in printed


def test_what_stands_beside_the_keys_is_no_key(home: Home) -> None:
    for name in ("README", "fields-0.key", "fields-01.key", "fields-2.key.bak", "other-1.key", "fields-2.pub"):
        (home.keys / name).write_text("ab" * 32)
    assert len(survey(home)) == len(USES)


def test_the_public_half_of_a_signing_key_stays_when_the_key_goes(home: Home) -> None:
    secret = load_keys(home).signing.secret
    make_key(home, "signing", 2)
    remove_key(home, "signing-1")
    public = load_pem_public_key((home.keys / "signing-1.pub").read_bytes())
    signature = Ed25519PrivateKey.from_private_bytes(secret).sign(b"an export")
    public.verify(signature, b"an export")  # type: ignore[union-attr, call-arg]
    assert [key.id for key in load_keys(home).held["signing"]] == ["signing-2"]


class TestCurrent:
    """Which keys a running process holds."""

    def test_the_keys_of_the_current_home_are_read_once(self) -> None:
        assert keyring() is keyring()
        assert keyring().fields == load_keys(Home.current()).fields

    def test_a_new_key_is_current_at_the_next_look_however_soon_it_comes(self, own: Home) -> None:
        for number in range(2, 6):
            make_key(own, "fields", number)
            assert keyring().fields.id == f"fields-{number}"
        remove_key(own, "fields-1")
        assert [key.number for key in keyring().held["fields"]] == [5, 4, 3, 2]

    def test_looking_costs_no_reading_while_nothing_changes(self, own: Home, monkeypatch: pytest.MonkeyPatch) -> None:
        past = time.time() - 60
        os.utime(own.keys, (past, past))
        keyring()
        monkeypatch.setattr(module, "survey", lambda _: pytest.fail("read again"))
        keyring()

    def test_a_row_that_names_a_key_made_since_opens_for_who_took_the_keys_up_before(self, own: Home) -> None:
        before = keyring()
        make_key(own, "fields", 2)
        sealed = keyring().seal(b"ANA EJEMPLO", "here")
        assert before.open(sealed, "here", "fields-2") == b"ANA EJEMPLO"

    def test_who_runs_goes_on_with_its_keys_where_one_goes_missing_or_becomes_another(
        self, own: Home, caplog: pytest.LogCaptureFixture
    ) -> None:
        held, path = keyring(), own.keys / "fields-1.key"
        right = path.read_text()
        path.unlink()
        assert keyring() is held
        make_key(own, "fields", 1)
        assert keyring() is held
        assert {record.getMessage() for record in caplog.records} == {"keys.unreadable"}
        path.write_text(right)
        make_key(own, "fields", 2)
        assert keyring().fields.id == "fields-2"

    def test_the_key_that_signs_sessions_is_read_for_the_pages_with_those_before_it(self, own: Home) -> None:
        assert web_keys(own) == [(own.keys / "django-1.key").read_text()]
        make_key(own, "django", 2)
        assert web_keys(own) == [(own.keys / f"django-{number}.key").read_text() for number in (2, 1)]
        (own.keys / "django-2.key").write_text("broken")
        (own.keys / "django-1.key").unlink()
        assert web_keys(own) == []


class TestCredentials:
    """Keys that the service manager brings."""

    @pytest.fixture
    def brought(self, own: Home, monkeypatch: pytest.MonkeyPatch) -> Path:
        folder = own.path / "credentials"
        own.keys.rename(folder)
        own.make()
        for path in folder.iterdir():
            path.chmod(0o440)  # what an access list shows
        monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(folder))
        return folder

    @pytest.mark.usefixtures("brought")
    def test_they_are_read_as_the_homes_own(self) -> None:
        assert {key.id for key in keyring().current()} == {f"{use}-1" for use in USES}

    def test_none_is_made_beside_them(self, brought: Path, own: Home) -> None:
        with pytest.raises(UnavailableError, match=r"add fields-2\.key to its credentials"):
            make_key(own, "fields", 2)
        assert make_keys(own) == []
        (brought / "raw-1.key").unlink()
        with pytest.raises(UnavailableError, match=r"raw-1\.key"):
            make_keys(own)
        assert not list(own.keys.glob("*.key"))

    def test_one_that_everybody_may_read_is_refused(self, brought: Path) -> None:
        (brought / "raw-1.key").chmod(0o444)
        with pytest.raises(UnavailableError, match="chmod 600"):
            keyring()

    @pytest.mark.usefixtures("brought")
    def test_two_different_keys_of_one_name_are_refused(self, own: Home) -> None:
        (own.keys / "raw-1.key").write_text("ab" * 32)
        (own.keys / "raw-1.key").chmod(0o600)
        with pytest.raises(UnavailableError, match=r"two different keys raw-1\.key"):
            keyring()

    def test_a_folder_without_keys_of_ours_changes_nothing(
        self, own: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path / "nowhere"))
        make_key(own, "fields", 2)
        assert keyring().fields.id == "fields-2"


@given(st.binary(), PLACES)
def test_what_is_sealed_opens_in_its_place(plain: bytes, place: str) -> None:
    keys = keyring()
    assert keys.open(keys.seal(plain, place), place, keys.fields.id) == plain


@given(st.binary(), PLACES, PLACES)
def test_what_is_moved_does_not_open(plain: bytes, place: str, other: str) -> None:
    if place != other:
        with pytest.raises(UnavailableError):
            keyring().open(keyring().seal(plain, place), other, keyring().fields.id)


@given(st.binary(), st.data())
def test_what_was_changed_or_cut_does_not_open(plain: bytes, data: st.DataObject) -> None:
    sealed = keyring().seal(plain, "here")
    at = data.draw(st.integers(0, len(sealed) - 1))
    changed = sealed[:at] + bytes([sealed[at] ^ data.draw(st.integers(1, 255))]) + sealed[at + 1 :]
    for wrong in (changed, sealed[:at]):
        with pytest.raises(UnavailableError):
            keyring().open(wrong, "here", keyring().fields.id)


@given(st.text(), PLACES)
def test_a_text_names_its_key_and_opens_in_its_place_only(text: str, place: str) -> None:
    sealed = keyring().seal_text(text, place)
    assert sealed.startswith("fields-1:")
    assert keyring().open_text(sealed, place) == text
    for wrong, where in ((sealed, f"{place}|other"), (sealed[:-4], place), (f"{sealed}ñ", place)):
        with pytest.raises(UnavailableError):
            keyring().open_text(wrong, where)
    with pytest.raises(UnavailableError, match="missing"):
        keyring().open_text(text.replace(":", ""), place)


def test_the_same_value_is_never_sealed_alike_twice() -> None:
    assert keyring().seal(b"ANA EJEMPLO", "here") != keyring().seal(b"ANA EJEMPLO", "here")


def test_another_home_opens_nothing_and_finds_nothing(home: Home) -> None:
    other = load_keys(home)
    with pytest.raises(UnavailableError, match="keys this home was made with"):
        other.open(keyring().seal(b"ANA EJEMPLO", "here"), "here", "fields-1")
    assert other.blind("phone", "22223333") != keyring().blind("phone", "22223333")
    assert other.digest(b"UNB") != keyring().digest(b"UNB")


@given(st.binary(), PLACES)
def test_bytes_open_only_with_their_own_key_and_in_their_place(plain: bytes, place: str) -> None:
    keys = keyring()
    sealed, wrapped = keys.seal_bytes(plain, place)
    assert keys.open_bytes(sealed, wrapped, place, "raw-1") == plain
    _, of_another = keys.seal_bytes(plain, place)
    for key, where in ((of_another, place), (wrapped, f"{place}|other"), (b"", place)):
        with pytest.raises(UnavailableError):
            keys.open_bytes(sealed, key, where, "raw-1")


@given(st.sampled_from(["phone", "email", "document"]), st.text(max_size=30), st.text(max_size=30))
def test_equal_identifiers_of_one_kind_have_equal_hashes_and_no_others(kind: str, one: str, two: str) -> None:
    keys = keyring()
    assert (keys.blind(kind, one) == keys.blind(kind, two)) is (one == two)
    assert keys.blind(kind, one) != keys.blind("card", one)
    assert len(keys.blind(kind, one)) == 32


class TestRing:
    """A ring of several keys of a use."""

    OLD = Keyring.of([Key(use, 1, bytes([place]) * 32) for place, use in enumerate(USES)])
    NEW = Keyring.of([*OLD.all(), *(Key(use, 2, bytes([place + 100]) * 32) for place, use in enumerate(USES))])

    def test_the_newest_key_of_each_use_is_current(self) -> None:
        assert [key.id for key in self.NEW.current()] == [f"{use}-2" for use in USES]
        current = (self.NEW.fields, self.NEW.raw, self.NEW.index, self.NEW.signing, self.NEW.backup)
        assert {key.number for key in current} == {2}
        assert [key.id for key in Keyring.of([Key("fields", 9, b""), Key("fields", 10, b"")]).held["fields"]] == [
            "fields-10",
            "fields-9",
        ]

    @given(st.binary(), PLACES)
    def test_a_value_opens_with_the_key_that_its_row_names_and_with_no_other(self, plain: bytes, place: str) -> None:
        old, new = self.OLD.seal(plain, place), self.NEW.seal(plain, place)
        assert self.NEW.open(old, place, "fields-1") == self.NEW.open(new, place, "fields-2") == plain
        for sealed, key_id in ((old, "fields-2"), (new, "fields-1"), (old, "raw-1"), (old, "fields-3"), (old, "")):
            with pytest.raises(UnavailableError):
                self.NEW.open(sealed, place, key_id)

    def test_a_key_that_is_missing_is_named(self) -> None:
        with pytest.raises(UnavailableError, match=r"fields-2\.key is missing"):
            self.OLD.open(self.NEW.seal(b"", "here"), "here", "fields-2")

    @given(st.binary(), PLACES)
    def test_a_key_of_its_own_is_wrapped_anew_and_what_it_seals_stays(self, plain: bytes, place: str) -> None:
        sealed, wrapped = self.OLD.seal_bytes(plain, place)
        anew = self.NEW.rewrap(wrapped, place, "raw-1")
        assert self.NEW.open_bytes(sealed, anew, place, "raw-2") == plain
        with pytest.raises(UnavailableError):
            self.NEW.rewrap(wrapped, f"{place}|other", "raw-1")

    @given(st.text(max_size=30), st.binary(max_size=30))
    def test_what_is_equal_is_found_under_every_key_that_is_held_the_current_one_first(
        self, value: str, content: bytes
    ) -> None:
        assert self.NEW.blinds("phone", value) == (self.NEW.blind("phone", value), self.OLD.blind("phone", value))
        assert self.NEW.digests(content) == (self.NEW.digest(content), self.OLD.digest(content))
