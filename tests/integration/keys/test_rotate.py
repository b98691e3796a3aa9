"""A rotation makes everything anew while everything else goes on, goes on after a crash, and deletes nothing."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt
from django.db import OperationalError, connection, transaction
from django.test import Client

from tests.integration.keys.planted import PASSWORD, manifest, watched_list
from torogoz.domain.audit import AuditEvent
from torogoz.domain.purpose import Purpose
from torogoz.errors import RefusedError, UnavailableError
from torogoz.flow import accounts, rotate
from torogoz.flow.compose import Arrival, take_in
from torogoz.flow.watchlists import import_list
from torogoz.storage import keys as module
from torogoz.storage import purging, rotation
from torogoz.storage.access import search, sign_in
from torogoz.storage.access.guard import who_is
from torogoz.storage.access.keys import need_keys
from torogoz.storage.convert import open_identifier
from torogoz.storage.home import Home
from torogoz.storage.keys import USES, keyring, load_keys, make_key
from torogoz.storage.models import (
    AuditEntry,
    Delivery,
    Identifier,
    JourneyTraveller,
    KeyCheck,
    MaskedRecord,
    Note,
    Person,
    ReceivedMessage,
)
from torogoz.storage.sealed import PLACES, needs
from torogoz.storage.sealed_places import MessageDigest

OLD, NEW = tuple(f"{use}-1" for use in USES), tuple(f"{use}-2" for use in USES)
RENEWABLE = [place for place in PLACES if place.renewable]


class CrashError(Exception):
    """The process was killed here."""


def found(document: str, now: datetime) -> int:
    who = who_is(accounts.known("ana"), Purpose.SERIOUS_CRIME)
    return search.search(who, search.By.DOCUMENT, document, now).total


def opened() -> dict[str, list[str]]:
    """What people read, by kind."""
    return {
        "identifiers": sorted(open_identifier(row, keyring()) for row in Identifier.objects.all()),
        "notes": [note.text for note in Note.objects.order_by("pk")],
        "second factors": [
            sign_in.open_secret(row.data["secret"]) for row in Authenticator.objects.filter(type="totp").order_by("pk")
        ],
    }


def everything_stands_under(key_ids: Iterable[str]) -> None:
    allowed, keys = set(key_ids), keyring()
    for place in RENEWABLE:
        assert place.counts().keys() <= allowed, place.label
        for row in place.rows():
            place.prove(row, keys)


@pytest.mark.usefixtures("planted")
def test_everything_is_made_anew_and_reads_as_before(own: Home, now: datetime) -> None:
    """LR-56."""
    before = opened()
    files = {path: path.read_bytes() for path in own.keys.iterdir()}
    done = rotate.rotate(USES, now)
    assert done.made == NEW
    values = sum(place.rows().count() for place in RENEWABLE)
    assert done.renewed == values - Identifier.objects.count(), "an identifier is made anew with its hash, at once"
    assert opened() == before
    everything_stands_under(NEW)
    assert {path: path.read_bytes() for path in files} == files, "no key is deleted or changed"
    assert done.unneeded == tuple(key_id for key_id in OLD if key_id != "index-1")
    assert done.needed == {"index-1": needs()["index-1"]}, "digests of messages, whose content is gone"
    assert done.unopened == {}
    assert not rotation.underway(own)
    entry = AuditEntry.objects.get(event=AuditEvent.KEYS_ROTATED)
    assert entry.counts == {"keys": len(USES), "values": done.renewed}


def test_what_is_equal_is_known_as_such_at_every_moment(
    planted: dict[str, list[str]], own: Home, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Search, resends, lists and persons, after every single value that a rotation makes anew."""
    monkeypatch.setattr(rotate, "BATCH", 1)
    document = planted["document"][1]
    assert found(document, now) == 2
    moments = iter(range(1000))

    def look(steps: Iterable[int], label: str, total: int) -> Iterable[int]:
        for step in steps:
            yield step
            moment = next(moments)
            assert found(document, now) == 2 + moment // 8, label
            if moment % 8 == 4:
                resent = take_in([Arrival("again.edi", manifest(planted, now, 0))], source="test", now=now)
                assert (resent.duplicates, resent.loaded) == (1, 0)
                report = import_list(None, "Buscados", [watched_list(planted)], now)
                assert (report.unchanged, report.added, report.changed) == (2, 0, 0)
            if moment % 8 == 7:
                day = 2 + moment // 8
                fresh = take_in([Arrival(f"{day}.edi", manifest(planted, now, day))], source="test", now=now)
                assert (fresh.loaded, fresh.travellers) == (1, 2)

    rotate.rotate(["index", "fields"], now, watched=look)
    assert next(moments) > 60
    assert Person.objects.count() == 2
    assert not JourneyTraveller.objects.filter(person=None).exists(), "each journey joined its person"
    everything_stands_under([*NEW, *(key_id for key_id in OLD if key_id not in {"index-1", "fields-1"})])
    per_traveller = Identifier.objects.filter(kind="document", data_class="api")
    assert per_traveller.count() == per_traveller.values("traveller").distinct().count(), "no value stands twice"


@pytest.mark.usefixtures("own")
def test_wrong_tries_at_the_sign_in_count_on_under_the_next_key_and_the_terminal_opens_what_they_locked(
    now: datetime, settings: Any
) -> None:
    """LR-56: who guesses is not given five more tries by whoever rotates."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.REQUIRE_SECOND_FACTOR = False
    accounts.first_administrator("ana", PASSWORD, agency="CENTRO", now=now)

    def try_it(password: str) -> int:
        return Client().post("/sign-in", {"login": "ana", "password": password}).status_code

    assert [try_it("wrong") for _ in range(3)] == [200] * 3
    rotate.rotate(["index"], now)
    assert [try_it("wrong") for _ in range(2)] == [200, 429]
    assert try_it(PASSWORD) == 429
    rotate.rotate(["index"], now)
    assert try_it(PASSWORD) == 429
    accounts.reset("ana", password=None, second_factor=True, now=now)
    assert [try_it("wrong"), try_it(PASSWORD)] == [200, 302]
    assert not AccessAttempt.objects.exists(), "coming in forgives those under older keys too"


@pytest.mark.parametrize("use", ["raw", "index", "signing"])
@pytest.mark.usefixtures("planted")
def test_one_use_is_rotated_and_the_others_stay(own: Home, now: datetime, use: str) -> None:
    done = rotate.rotate([use], now)
    assert done.made == (f"{use}-2",)
    assert {key.id for key in keyring().current()} == {*OLD, f"{use}-2"} - {f"{use}-1"}
    everything_stands_under(key.id for key in keyring().current())


@pytest.mark.usefixtures("planted")
def test_one_that_was_killed_goes_on_with_the_keys_it_had_made(own: Home, now: datetime) -> None:
    def killed_after(steps: int) -> Callable[..., Iterator[int]]:
        def watched(items: Iterable[int], _label: str, _total: int) -> Iterator[int]:
            nonlocal steps
            for item in items:
                yield item
                steps -= 1
                if steps == 0:
                    raise CrashError

        return watched

    for steps in (1, 3, 5):
        with pytest.raises(CrashError):
            rotate.rotate(USES, now, watched=killed_after(steps))
        assert set(rotation.underway(own)) == set(NEW)
    done = rotate.rotate(["fields"], now)
    assert done.made == NEW, "what was begun is ended, with all its keys"
    everything_stands_under(NEW)
    assert len(load_keys(own).all()) == 2 * len(USES)


@pytest.mark.usefixtures("planted")
def test_one_that_was_killed_between_two_keys_makes_those_that_are_missing(
    own: Home, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def make(home: Home, use: str, number: int) -> None:
        if use == "index":
            raise CrashError
        make_key(home, use, number)

    with monkeypatch.context() as patch:
        patch.setattr(rotation, "make_key", make)
        with pytest.raises(CrashError):
            rotate.rotate(USES, now)
    assert keyring().raw.id == "raw-2"
    need_keys(now)  # whoever starts now begins with the new key
    assert found("P00000000", now) == 0
    assert rotate.rotate(USES, now).made == NEW
    everything_stands_under(NEW)


@pytest.mark.usefixtures("planted")
def test_a_number_is_never_given_twice(own: Home, now: datetime) -> None:
    rotate.rotate(["fields"], now)
    rotate.retire(["fields-1"], now)
    assert rotate.rotate(["fields"], now).made == ("fields-3",)
    rotate.retire(["fields-2"], now)
    assert [key.id for key in keyring().held["fields"]] == ["fields-3"]
    need_keys(now)


def test_two_never_run_at_once(own: Home, now: datetime) -> None:
    with rotation.alone(own):
        for act in (lambda: rotate.rotate(USES, now), lambda: rotate.retire([], now)):
            with pytest.raises(RefusedError, match="somebody else"):
                act()


@pytest.mark.usefixtures("planted")
def test_a_value_that_a_message_brought_meanwhile_is_not_kept_twice(now: datetime) -> None:
    old = Identifier.objects.filter(kind="document", data_class="api").order_by("pk")[0]
    value = open_identifier(old, keyring())

    def meanwhile(items: Iterable[int], label: str, _total: int) -> Iterable[int]:
        if label == PLACES[0].label:
            new = Identifier.objects.get(pk=old.pk)
            PLACES[0].renew(new, keyring())
            new.pk = None
            new.save(force_insert=True)
        yield from items

    rotate.rotate(["index"], now, watched=meanwhile)
    (kept,) = Identifier.objects.filter(traveller=old.traveller_id, kind="document", data_class="api")
    assert kept.pk > old.pk
    assert open_identifier(kept, keyring()) == value


@pytest.mark.usefixtures("planted")
def test_what_opens_with_no_key_is_left_as_it_is_and_told(own: Home, now: datetime) -> None:
    one, two = Note.objects.order_by("pk")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE storage_note SET text = (SELECT text FROM storage_note WHERE id = %s)", [two.pk])
    done = rotate.rotate(["fields"], now)
    assert done.unopened == {"storage_note.text": 1}
    assert done.needed["fields-1"] == 1
    assert KeyCheck.objects.get(key_id="fields-1").emptied_at is None
    assert Note.objects.get(pk=two.pk).text
    with pytest.raises(UnavailableError):
        Note.objects.get(pk=one.pk).text  # noqa: B018 - reading opens it


@pytest.mark.usefixtures("planted")
def test_keys_that_the_service_manager_added_are_taken_up_and_none_is_made(
    own: Home, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_key(own, "fields", 2)
    folder = own.path / "credentials"
    own.keys.rename(folder)
    own.make()
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(folder))
    need_keys(now)
    done = rotate.rotate(["fields"], now)
    assert done.made == ("fields-2",)
    everything_stands_under({*OLD, "fields-2"} - {"fields-1"})
    with pytest.raises(UnavailableError, match=r"add fields-3\.key to its credentials"):
        rotate.rotate(["fields"], now)


class TestRetire:
    """Old keys go when somebody says so, and never while a row needs them."""

    @pytest.fixture(autouse=True)
    def _rotated(self, planted: dict[str, list[str]], now: datetime) -> None:
        assert planted
        rotate.rotate(USES, now)

    def test_what_no_row_needs_goes_and_the_rest_opens(self, own: Home, now: datetime) -> None:
        before = opened()
        assert set(rotate.unneeded()) == set(OLD) - {"index-1"}
        rotate.retire(rotate.unneeded(), now)
        assert {path.stem for path in own.keys.glob("*.key")} == {*NEW, "index-1"}
        assert (own.keys / "signing-1.pub").exists(), "old exports still verify"
        need_keys(now)
        assert opened() == before
        assert AuditEntry.objects.get(event=AuditEvent.KEYS_RETIRED).counts == {"keys": len(OLD) - 1}

    @pytest.mark.parametrize("key_id", ["index-1", "fields-2", "fields-9", "nonsense"])
    def test_one_that_is_needed_current_or_unknown_is_refused_and_none_goes(
        self, own: Home, now: datetime, key_id: str
    ) -> None:
        with pytest.raises(RefusedError):
            rotate.retire(["raw-1", key_id], now)
        assert len(list(own.keys.glob("*.key"))) == 2 * len(USES)
        assert not KeyCheck.objects.filter(retired_at__isnull=False).exists()

    def test_none_goes_while_a_rotation_has_not_ended(self, own: Home, now: datetime) -> None:
        (own.keys / "rotation").write_text("fields-3")
        with pytest.raises(RefusedError, match="has not ended"):
            rotate.retire(["raw-1"], now)

    def test_the_key_of_digests_goes_with_the_messages(self, now: datetime) -> None:
        for place in PLACES:
            if isinstance(place, MessageDigest):
                place.rows().update(**{place.key_column: 2})
        rotate.retire(["index-1"], now)
        assert keyring().index.id == "index-2"


class TestLost:
    """A key that nobody has any more is given up, by somebody who says so, and the rest goes on."""

    @staticmethod
    def lose(home: Home, key_id: str) -> None:
        """The file is gone, and whoever ran has ended."""
        (home.keys / f"{key_id}.key").unlink()
        module._held.pop(home.path)

    def test_without_the_index_everything_is_found_again_after_a_rotation(
        self, planted: dict[str, list[str]], own: Home, now: datetime
    ) -> None:
        self.lose(own, "index-1")
        with pytest.raises(UnavailableError, match=r"index-1\.key"):
            need_keys(now)
        assert rotate.give_up(["index-1"], now) == ["index-2"], "no other key ever has its id"
        need_keys(now)
        assert found(planted["document"][1], now) == 0
        rotate.rotate(["index"], now)
        assert found(planted["document"][1], now) == 2
        assert AuditEntry.objects.get(event=AuditEvent.KEYS_LOST).counts["keys"] == 1

    @pytest.mark.usefixtures("planted")
    def test_what_stood_under_it_stays_unread_and_the_rest_is_read(self, own: Home, now: datetime) -> None:
        (old,) = Note.objects.order_by("pk")[:1]
        self.lose(own, "fields-1")
        assert rotate.give_up(["fields-1"], now) == ["fields-2"]
        need_keys(now)
        with pytest.raises(UnavailableError, match=r"fields-1\.key is missing"):
            Note.objects.get(pk=old.pk).text  # noqa: B018 - reading opens it
        old.pk, old.text = None, "Lo vi hoy"
        old.save()
        assert Note.objects.get(pk=old.pk).text == "Lo vi hoy"
        done = rotate.rotate(["fields"], now)
        assert done.unopened["storage_note.text"] == 2
        assert done.renewed == 1

    @pytest.mark.parametrize("key_id", ["fields-1", "fields-7"])
    def test_a_key_that_is_there_or_was_never_this_databases_is_not_given_up(
        self, own: Home, now: datetime, key_id: str
    ) -> None:
        self.lose(own, "raw-1")
        with pytest.raises(RefusedError, match=f"{key_id} is not missing"):
            rotate.give_up(["raw-1", key_id], now)
        assert not (own.keys / "raw-2.key").exists()
        assert not KeyCheck.objects.filter(retired_at__isnull=False).exists()


@pytest.mark.usefixtures("planted")
def test_it_waits_on_where_others_write_for_as_long_as_sqlite_waits_and_no_longer_than_told(
    own: Home, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    busy = iter([True, False, True, *[False] * 100])
    batch = rotate._batch

    def sometimes(*arguments: Any) -> Any:
        if next(busy):
            raise OperationalError("database is locked")
        return batch(*arguments)

    monkeypatch.setattr(rotate, "_batch", sometimes)
    if connection.vendor == "sqlite":
        rotate.rotate(["fields"], now)
        everything_stands_under(key.id for key in keyring().current())
    busy = iter([True] * 100)
    monkeypatch.setattr(rotate, "PATIENCE", 0.0)
    with pytest.raises(UnavailableError, match="does not answer; run this again"):
        rotate.rotate(["raw"], now)


@contextmanager
def _transaction_of_another(seconds: float) -> Iterator[threading.Event]:
    """Somebody who begins to write now and is done later."""
    begun = threading.Event()

    def write() -> None:
        try:
            with transaction.atomic():
                list(Delivery.objects.select_for_update())
                begun.set()
                time.sleep(seconds)
        finally:
            connection.close()

    thread = threading.Thread(target=write)
    thread.start()
    begun.wait()
    try:
        yield begun
    finally:
        thread.join()


@pytest.mark.django_db(transaction=True)
def test_a_rotation_outlasts_transactions_that_began_before_its_keys() -> None:
    """They may have taken up the old keys. On SQLite one writes after the other, so nobody is left to wait for."""
    start = time.monotonic()
    with _transaction_of_another(1.0):
        rotate.outlast()
        waited = time.monotonic() - start
    assert waited >= 1.0 if connection.vendor == "postgresql" else waited < 1.0
    with _transaction_of_another(1.0), pytest.MonkeyPatch.context() as patch:
        patch.setattr(rotate, "PATIENCE", 0.1)
        if connection.vendor == "postgresql":
            with pytest.raises(UnavailableError, match="pg_stat_activity"):
                rotate.outlast()


@pytest.mark.usefixtures("planted", "own")
def test_records_whose_own_key_was_destroyed_hold_up_no_rotation_and_no_masked_record_is_lost(now: datetime) -> None:
    """LR-45, LR-56: what was purged stays so, and what is kept under a key of its own opens as before."""
    kept, gone = MaskedRecord.objects.order_by("pk")
    place = next(place for place in PLACES if place.model is MaskedRecord)
    sealed = bytes(kept.sealed)
    purging.purge_travellers([gone.traveller_id])
    copy = ReceivedMessage.objects.exclude(wrapped_key=None).earliest("pk")
    ReceivedMessage.objects.filter(pk=copy.pk).update(redacted=None, wrapped_key=None, key_id="")
    done = rotate.rotate(USES, now)
    assert done.unopened == {}
    assert "raw-1" in done.unneeded
    row = MaskedRecord.objects.get()
    assert (row.pk, row.key_id, bytes(row.sealed)) == (kept.pk, "raw-2", sealed), "only its key is wrapped anew"
    assert keyring().open_bytes(sealed, bytes(row.wrapped_key), place.of(row), row.key_id)
