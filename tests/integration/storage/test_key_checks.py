"""A database knows the keys it was written with, and lets nobody begin with others."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection

from tests.integration.storage.world import NOW, delivery
from torogoz.domain.audit import AuditEvent
from torogoz.domain.staff import StaffRole, Who
from torogoz.errors import UnavailableError
from torogoz.storage import keys as module
from torogoz.storage.access.keys import known_keys, need_keys, need_known_keys, state
from torogoz.storage.audit import record
from torogoz.storage.home import Home
from torogoz.storage.keyring import check_value
from torogoz.storage.keys import USES, keyring, make_key, make_keys
from torogoz.storage.models import Account, KeyCheck

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A home of this test's own, which the environment names."""
    home = Home(tmp_path / "home")
    make_keys(home)
    monkeypatch.setenv("TOROGOZ_HOME", str(home.path))
    KeyCheck.objects.all().delete()
    return home


def swap(home: Home, one: str, two: str) -> None:
    """Exchange two files; no process has read them yet."""
    paths = home.keys / f"{one}.key", home.keys / f"{two}.key"
    texts = [path.read_text() for path in paths]
    for path, text in zip(paths, reversed(texts), strict=True):
        path.write_text(text)


def test_a_key_is_met_once_and_known_from_then_on() -> None:
    need_keys(NOW)
    need_keys(NOW + timedelta(days=1))
    assert list(KeyCheck.objects.order_by("pk").values_list("key_id", "made_at")) == [(f"{use}-1", NOW) for use in USES]
    assert known_keys() == [f"{use}-1" for use in USES]


def test_a_check_value_tells_a_key_from_every_other_and_nothing_of_it(own: Home) -> None:
    keys = keyring()
    assert len({check_value(key) for key in keys.all()}) == len(USES)
    assert not any(key.secret.hex() in check_value(key) for key in keys.all())


@pytest.mark.parametrize("use", USES)
def test_another_key_of_the_same_name_is_refused_by_name(own: Home, use: str) -> None:
    """LR-56."""
    need_keys(NOW)
    (own.keys / f"{use}-1.key").write_text("ab" * 32)
    with pytest.raises(UnavailableError, match=rf"{use}-1\.key is not the one .* put it back"):
        need_keys_anew(own)


def need_keys_anew(home: Home) -> None:
    """As a process does that starts now."""
    module._held.pop(home.path, None)
    need_keys(NOW)


def test_exchanged_keys_are_refused_both_by_name(own: Home) -> None:
    need_keys(NOW)
    swap(own, "fields-1", "raw-1")
    with pytest.raises(UnavailableError, match=r"fields-1\.key and raw-1\.key"):
        need_keys_anew(own)


def test_a_key_that_the_database_needs_and_nobody_holds_is_refused_by_name(own: Home) -> None:
    make_key(own, "fields", 2)
    need_keys(NOW)
    (own.keys / "fields-1.key").unlink()
    with pytest.raises(UnavailableError, match=r"fields-1\.key is missing, and this database"):
        need_keys_anew(own)


def test_a_key_that_is_not_met_yet_must_open_what_names_it(own: Home) -> None:
    """A database of an earlier release has rows and no check values."""
    ana = Account.objects.create(username="ana")
    record(AuditEvent.SEARCHED, NOW, who=Who(ana.pk, StaffRole.ANALYST, "CENTRO"), text="GARCIA")
    delivery()
    swap(own, "fields-1", "raw-1")
    with pytest.raises(UnavailableError, match=r"fields-1\.key is not the one"):
        need_keys_anew(own)
    assert not KeyCheck.objects.exists()
    swap(own, "fields-1", "raw-1")
    need_keys_anew(own)
    assert KeyCheck.objects.count() == len(USES)


def test_nobody_is_told_to_have_keys_that_were_retired(own: Home) -> None:
    make_key(own, "fields", 2)
    need_keys(NOW)
    KeyCheck.objects.filter(key_id="fields-1").update(retired_at=NOW)
    (own.keys / "fields-1.key").unlink()
    need_keys_anew(own)
    assert "fields-1" not in known_keys()


def test_a_database_of_a_release_before_check_values_knows_the_keys_that_release_made(own: Home) -> None:
    assert known_keys() == [], "a new one knows none"
    Account.objects.create(username="ana")
    assert known_keys() == ["fields-1", "raw-1", "index-1", "signing-1", "django-1"]


def test_the_state_of_keys_names_ages_faults_and_what_each_seals(own: Home) -> None:
    make_key(own, "fields", 2)
    need_keys(NOW)
    delivery()
    (own.keys / "fields-1.key").unlink()
    (own.keys / "signing-1.key").write_text("ab" * 32)
    (own.keys / "django-1.key").chmod(0o644)
    told = {each.id: each for each in state(own, NOW + timedelta(days=40))}
    assert list(told) == ["fields-1", "fields-2", "raw-1", "index-1", "signing-1", "backup-1", "django-1"]
    assert {each.age_days for each in told.values()} == {40}
    assert {each.id: each.problem for each in told.values() if each.problem} == {
        "fields-1": "missing",
        "signing-1": "not the one that this database was written with",
        "django-1": "keys/django-1.key may be read by others than its owner",
    }
    assert (told["fields-2"].current, told["raw-1"].current) == (True, True)
    assert told["raw-1"].rows == {"storage_delivery.wrapped_key": 1}
    assert told["index-1"].rows == {"storage_delivery.digest": 1}


def test_what_stands_under_a_key_that_nobody_has_heard_of_is_shown_too(own: Home) -> None:
    need_keys(NOW)
    row = delivery()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE storage_delivery SET key_id = 'odd' WHERE id = %s", [row.pk])
    told = {each.id: each for each in state(own, NOW)}
    assert (told["odd"].problem, told["odd"].rows) == ("missing", {"storage_delivery.wrapped_key": 1})


def test_a_database_of_before_is_known_by_its_people_and_is_migrated_with_whatever_opens_it(own: Home) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE storage_keycheck RENAME TO not_there_yet")
    (own.keys / "raw-1.key").write_text("ab" * 32)
    need_known_keys()
    assert known_keys() == []
    Account.objects.create(username="ana")
    assert "raw-1" in known_keys()


def test_a_database_is_not_migrated_with_other_keys(own: Home) -> None:
    need_keys(NOW)
    (own.keys / "raw-1.key").write_text("ab" * 32)
    module._held.pop(own.path)
    with pytest.raises(UnavailableError, match=r"raw-1\.key is not the one"):
        need_known_keys()
