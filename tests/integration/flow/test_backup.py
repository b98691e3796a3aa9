"""A backup is the whole database as of one moment, sealed; restored, it is what it was, or nothing was changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django.utils import timezone

from tests.integration.review import world
from torogoz.errors import AuthorError, RefusedError, UnavailableError
from torogoz.flow import backup
from torogoz.storage import backup_file, dump, ledger
from torogoz.storage.home import Home
from torogoz.storage.key_checks import remember
from torogoz.storage.keyring import Key, Keyring, MissingKeyError
from torogoz.storage.keys import keyring
from torogoz.storage.models import Agency, AuditEntry, JourneyTraveller, KeyCheck

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _home() -> Iterator[None]:
    """The database knows its keys; what a test leaves shut is opened again."""
    remember(keyring().all(), timezone.now())
    yield
    Home.current().restoring.unlink(missing_ok=True)


@pytest.fixture
def case() -> world.Case:
    """A traveller with a hit, whom both sources know; a list entry, a note on paper and a link between journeys."""
    case = world.case(gravity=1)
    world.entry(case.hit)
    world.keep_lines(case)
    world.linked()
    return case


def rows() -> list[bytes]:
    """Everything that the database holds, but what the backup and the restore say of themselves."""
    with transaction.atomic():
        return [line for line in dump.lines() if b"backup." not in line]


def backed_up(folder: Path) -> Path:
    path = folder / "a.backup"
    backup.back_up(path, timezone.now())
    return path


def test_what_is_restored_is_what_was_backed_up_row_by_row(case: world.Case, tmp_path: Path) -> None:
    before = rows()
    path = backed_up(tmp_path)
    JourneyTraveller.objects.filter(pk=case.traveller.pk).update(surname="OTRA")
    Agency.objects.create(code="NUEVA", name="Nueva")
    assert backup.look(path).keys
    backup.restore(path, timezone.now())
    # The tables' lines hold the highest numbers given: the restored ones go on above those, and the audit's has moved.
    after = [line for line in rows() if line.startswith(b"[")]
    assert after == [line for line in before if line.startswith(b"[")]
    assert len(after) > 60


def test_a_number_that_was_given_before_the_backup_is_not_given_again(case: world.Case, tmp_path: Path) -> None:
    gone = Agency.objects.create(code="BREVE", name="Breve")
    number = gone.pk
    gone.delete()
    path = backed_up(tmp_path)
    backup.restore(path, timezone.now())
    assert Agency.objects.create(code="NUEVA", name="Nueva").pk > number


@pytest.mark.parametrize("hurt", ["cut", "changed", "longer", "empty"])
def test_a_file_that_is_not_whole_changes_nothing(case: world.Case, tmp_path: Path, hurt: str) -> None:
    path = backed_up(tmp_path)
    content = path.read_bytes()
    middle = len(content) // 2
    changed = content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]
    path.write_bytes({"cut": content[:-1], "changed": changed, "longer": content + b"x", "empty": b""}[hurt])
    before = rows()
    with pytest.raises(UnavailableError):
        backup.look(path)
    with pytest.raises(UnavailableError):
        backup.restore(path, timezone.now())
    assert rows() == before


def test_without_its_key_a_backup_does_not_open_and_holds_nothing_in_clear(
    case: world.Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = backed_up(tmp_path)
    content = path.read_bytes()
    for clear in (case.traveller.surname.encode(), b"storage_journeytraveller", b"CENTRO", keyring().fields.secret):
        assert clear not in content
    others = Keyring.of([Key(key.use, key.number, bytes(32)) for key in keyring().all()])
    monkeypatch.setattr(backup, "keyring", lambda: others)
    with pytest.raises(UnavailableError):
        backup.look(path)
    monkeypatch.setattr(backup, "keyring", lambda: Keyring.of([Key("backup", 2, bytes(32))]))
    with pytest.raises(MissingKeyError, match=r"backup-1\.key is missing"):
        backup.look(path)


def test_keys_that_are_not_those_of_the_rows_are_refused_and_nothing_is_changed(
    case: world.Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    KeyCheck.objects.update_or_create(key_id="fields-1", defaults={"value": "0" * 32, "made_at": timezone.now()})
    path = backed_up(tmp_path)
    KeyCheck.objects.all().delete()
    before = rows()
    Agency.objects.create(code="NUEVA", name="Nueva").delete()
    with pytest.raises(UnavailableError, match="fields-1"):
        backup.restore(path, timezone.now())
    assert [line for line in rows() if line.startswith(b"[")] == [line for line in before if line.startswith(b"[")]
    assert Agency.objects.create(code="OTRA", name="Otra").pk > Agency.objects.get(code="CENTRO").pk + 1


def test_who_was_signed_in_is_not_in_it(tmp_path: Path) -> None:
    session = SessionStore()
    session["x"] = 1
    session.save()
    path = backed_up(tmp_path)
    backup.restore(path, timezone.now())
    assert not SessionStore().exists(session.session_key or "")


def test_it_takes_the_place_of_nobodys_work(case: world.Case) -> None:
    world.account(None)
    with pytest.raises(RefusedError, match="people work with this database"):
        backup.need_nobody()
    Home.current().restoring.write_text("another database")
    with pytest.raises(RefusedError):
        backup.need_nobody()


def test_the_ledger_that_is_there_keeps_what_it_knows_beyond_the_backup(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Home(tmp_path / "home")
    (home.path / "ledger").mkdir(parents=True)
    (home.path / "ledger/2026.jsonl").write_bytes(b"1\n2\n")
    (home.path / "torogoz.toml").write_text("claim_minutes = 5\n")
    manifest = backup_file.Manifest(1, "0.1.0", timezone.now(), {}, [])
    backup_file.write(tmp_path / "a", manifest, list, home, keyring())
    (home.path / "ledger/2026.jsonl").write_bytes(b"1\n3\n")
    (home.path / "torogoz.toml").write_text("claim_minutes = 7\n")
    backup_file.read(tmp_path / "a", keyring(), home, None)
    assert (home.path / "ledger/2026.jsonl").read_bytes() == b"1\n3\n2\n"
    assert (home.path / "torogoz.toml").read_text() == "claim_minutes = 7\n"


def test_who_has_gone_since_the_backup_goes_again_before_the_home_opens(case: world.Case, tmp_path: Path) -> None:
    path = backed_up(tmp_path)
    ledger.done(ledger.intend("purged", {"traveller": [case.traveller.pk]}, timezone.now()), timezone.now())
    count = backup.restore(path, timezone.now())
    assert JourneyTraveller.objects.filter(pk=case.traveller.pk).exists()
    assert Home.current().restoring.exists()
    assert backup.restored(count, timezone.now()) == 1
    assert not JourneyTraveller.objects.filter(pk=case.traveller.pk).exists()
    assert not Home.current().restoring.exists()


def test_nothing_is_written_beside_the_files_that_a_backup_holds(tmp_path: Path) -> None:
    names = [
        "../out",
        "ledger/../../out",
        "keys/fields-1.key",
        "ledger/x.jsonl/y",
        "torogoz.toml/../x",
        "certificates/a.json",
    ]
    lines = [b'{"file":"%b","content":"eA=="}' % name.encode() for name in names]
    manifest = backup_file.Manifest(1, "0.1.0", timezone.now(), {}, [])
    backup_file.write(tmp_path / "a", manifest, lambda: lines, Home(tmp_path / "none"), keyring())
    backup_file.read(tmp_path / "a", keyring(), Home(tmp_path / "in"), None)
    assert {path for path in tmp_path.rglob("*") if path.is_file()} == {
        tmp_path / "a",
        tmp_path / "in/certificates/a.json",
    }


def test_what_a_later_release_wrote_is_left_to_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = backed_up(tmp_path)
    manifest = backup.look(path)
    for later, said in (
        (replace_state(manifest, "9999_later"), "later than this one"),
        (backup_file.Manifest(2, "9.0", manifest.made_at, manifest.state, manifest.keys), "in another form"),
    ):
        path.unlink()
        backup_file.write(path, later, list, Home.current(), keyring())
        with pytest.raises(AuthorError, match=said):
            backup.look(path)


def replace_state(manifest: backup_file.Manifest, name: str) -> backup_file.Manifest:
    return backup_file.Manifest(1, "9.0", manifest.made_at, {**manifest.state, "storage": name}, manifest.keys)


def test_that_one_was_made_or_restored_stands_in_the_audit_with_its_rows(tmp_path: Path) -> None:
    path = backed_up(tmp_path)
    with pytest.raises(UnavailableError, match="there already"):
        backup.back_up(path, timezone.now())
    count = backup.restore(path, timezone.now())
    backup.restored(count, timezone.now())
    told = AuditEntry.objects.filter(event__startswith="backup.").values_list("event", "counts")
    assert list(told) == [("backup.restored", {"rows": count, "removed": 0})]
    assert not Home.current().restoring.exists()
