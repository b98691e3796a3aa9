"""The sealer: entries become one chain without a gap, its head is signed daily, and what is past five years goes.

LR-50 (kept for five years), LR-51 (append-only, hash-chained).
"""

from __future__ import annotations

import json
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db import transaction

from torogoz.domain.audit import AuditEvent
from torogoz.flow import seal as flow
from torogoz.flow.seal import expire, five_years_before, seal
from torogoz.flow.spool import Rounds
from torogoz.storage import seal as storage
from torogoz.storage.access.guard import who_is
from torogoz.storage.audit import record
from torogoz.storage.chain import GENESIS, line, link
from torogoz.storage.home import Home
from torogoz.storage.models import Account, AuditCheckpoint, AuditEntry, AuditHead, AuditText
from torogoz.storage.signing import public_keys
from torogoz.storage.spool import Spool

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("heads")]
NOW = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def write(number: int, at: datetime = NOW) -> list[AuditEntry]:
    return [record(AuditEvent.HIT_RAISED, at, object_type="hit", object_id=each) for each in range(number)]


def chained() -> list[AuditEntry]:
    return list(AuditEntry.objects.exclude(sequence=None).order_by("sequence"))


def hashes() -> list[str]:
    """The chain as it must be, computed anew from the rows."""
    last, found = GENESIS, []
    for entry in chained():
        last = link(last, line(entry))
        found.append(last.hex())
    return found


def test_entries_are_numbered_without_a_gap_and_each_hash_takes_in_the_one_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(flow, "BATCH", 4)
    write(10)
    assert seal(NOW) == 10
    write(3)
    assert seal(NOW) == 3
    assert seal(NOW) == 0
    assert [entry.sequence for entry in chained()] == list(range(1, 14))
    assert [entry.chain_hash for entry in chained()] == hashes()
    head = AuditHead.objects.get()
    assert (head.sequence, head.chain_hash) == (13, hashes()[-1])


def test_the_line_of_an_entry_is_the_documented_one_to_the_byte() -> None:
    Account.objects.create(pk=5, username="the-analyst")
    entry = AuditEntry(
        pk=23,
        sequence=17,
        at=datetime(2026, 11, 22, 12, 0, 0, 1, tzinfo=UTC).astimezone(),
        account_id=5,
        role="analyst",
        agency="CENTRO Ñ",
        purpose="serious_crime",
        event=AuditEvent.VIEWED_DOSSIER,
        object_type="traveller",
        object_id=7,
        counts={"hits": 2, "added": 1},
    )
    assert line(entry) == (
        b'{"n":17,"entry":23,"at":"2026-11-22T12:00:00.000001Z","event":"viewed.dossier","account":5,"role":"analyst",'
        b'"agency":"CENTRO \\u00d1","purpose":"serious_crime","row":"traveller","id":7,"numbers":{"added":1,"hits":2},'
        b'"text":""}'
    )


def test_what_is_read_back_from_the_database_has_the_line_that_was_chained() -> None:
    entry = record(
        AuditEvent.MESSAGE_LOADED,
        NOW + timedelta(microseconds=123456),
        object_type="message",
        object_id=2**62,
        counts={"withheld": 2, "travellers": 180},
    )
    before = line(entry)
    entry.refresh_from_db()
    assert line(entry) == before


def test_every_field_of_an_entry_is_in_its_line() -> None:
    write(1)
    seal(NOW)
    entry = chained()[0]
    account = Account.objects.create(username="another")
    others = {
        "id": entry.pk + 1,
        "sequence": 2,
        "at": NOW + timedelta(microseconds=1),
        "account_id": account.pk,
        "role": "analyst",
        "agency": "OTRO",
        "event": "hit.closed",
        "purpose": "oversight",
        "object_type": "journey",
        "object_id": 99,
        "counts": {"hits": 1},
        "commitment": "0" * 64,
    }
    told = {field.attname for field in AuditEntry._meta.concrete_fields} - {"chain_hash"}
    assert set(others) == told
    for name, value in others.items():
        altered = AuditEntry.objects.get(pk=entry.pk)
        setattr(altered, name, value)
        assert line(altered) != line(entry), name


def test_what_is_not_committed_is_not_chained_and_comes_in_its_own_turn() -> None:
    first, second = write(2)
    AuditEntry.objects.filter(pk=first.pk).delete()
    seal(NOW)
    AuditEntry.objects.create(pk=first.pk, at=NOW, event="hit.raised", object_type="hit", object_id=0)
    seal(NOW)
    assert [entry.pk for entry in chained()] == [second.pk, first.pk]
    assert [entry.chain_hash for entry in chained()] == hashes()


def test_a_round_of_the_worker_seals(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool")
    spool.make()
    written = write(2)
    Rounds(spool).next()
    # The run of the night may end within this round, and is sealed then too.
    assert [entry.pk for entry in chained()][:2] == [entry.pk for entry in written]


def test_an_erased_text_leaves_the_chain_whole_and_nothing_to_guess_at() -> None:
    who = Account.objects.create(username="the-analyst")
    for text in ("name: EJEMPLO", "name: EJEMPLO"):
        record(AuditEvent.SEARCHED, NOW, who=who_is(who), counts={"found": 1}, text=text)
    seal(NOW)
    first, second = chained()
    assert first.commitment != second.commitment, "equal texts do not show as equal"
    assert len(first.commitment) == 64
    before = hashes()
    AuditText.objects.all().delete()
    assert hashes() == before == [first.chain_hash, second.chain_hash]


def test_a_day_has_one_signed_head_in_the_table_and_in_a_file_that_only_its_owner_reads(heads: Path) -> None:
    seal(NOW)
    assert not AuditCheckpoint.objects.exists(), "an empty chain has no head"
    for at in (NOW, NOW + timedelta(hours=1), NOW + DAY, NOW + DAY, NOW + 3 * DAY):
        write(2, at)
        seal(at)
    kept = list(AuditCheckpoint.objects.order_by("day"))
    assert [(each.day.day, each.sequence) for each in kept] == [(22, 2), (23, 6), (25, 10)]
    assert heads.read_text().splitlines() == [each.line for each in kept]
    assert stat.S_IMODE(heads.stat().st_mode) == 0o600
    assert stat.S_IMODE(heads.parent.stat().st_mode) == 0o700
    head = json.loads(kept[1].line)
    entry = AuditEntry.objects.get(sequence=6)
    assert (head["audit"], head["n"], head["hash"], head["at"]) == (
        "head",
        6,
        entry.chain_hash,
        "2026-11-23T18:00:00.000000Z",
    )


def test_a_signed_head_is_signed_by_the_homes_key_over_the_bytes_before_the_signature(heads: Path) -> None:
    (Home.current().keys / "signing-1.pub").unlink(missing_ok=True)
    write(1)
    seal(NOW)
    said, _, rest = AuditCheckpoint.objects.get().line.partition(',"signature":"')
    beside = Home.current().keys / "signing-1.pub"
    assert beside.exists(), "whoever replaces the key leaves its public half"
    key_id, digits = public_keys().split()
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(digits))
    assert json.loads(said + "}")["key"] == key_id == "signing-1"
    key.verify(bytes.fromhex(rest[:128]), said.encode())
    with pytest.raises(InvalidSignature):
        key.verify(bytes.fromhex(rest[:128]), said.replace('"n":1', '"n":2').encode())
    assert stat.S_IMODE(beside.stat().st_mode) == 0o600


def test_a_head_that_a_crash_kept_from_the_file_is_written_the_next_time_and_a_torn_line_is_not_kept(
    heads: Path,
) -> None:
    for day in range(3):
        write(1, NOW + day * DAY)
        seal(NOW + day * DAY)
    whole = heads.read_text()
    heads.write_text(whole[:-20])
    assert storage.publish_heads() == 1
    assert heads.read_text() == whole
    heads.unlink()
    assert storage.publish_heads() == 3
    assert heads.read_text() == whole


def test_entries_past_five_years_go_up_to_the_last_signed_head_and_the_chain_goes_on() -> None:
    """LR-50."""
    start = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)
    for day in range(10):
        write(3, start + day * DAY)
        seal(start + day * DAY)
    later = start.replace(year=2031) + 5 * DAY - timedelta(hours=1)
    assert expire(later) == 15
    # The sixth day's entries are not five years old, the fifth's are.
    assert chained()[0].sequence == 16
    assert AuditEntry.objects.filter(sequence__lte=15).count() == 0
    assert AuditCheckpoint.objects.order_by("sequence").values_list("sequence", flat=True)[0] == 15
    assert expire(later) == 0
    gone = AuditEntry.objects.filter(event=AuditEvent.AUDIT_EXPIRED)
    assert [entry.counts for entry in gone] == [{"entries": 15}]
    seal(later)
    assert chained()[-1].sequence == 31
    last = bytes.fromhex(json.loads(AuditCheckpoint.objects.get(sequence=15).line)["hash"])
    for entry in chained():
        last = link(last, line(entry))
        assert entry.chain_hash == last.hex()


def test_nothing_goes_a_moment_before_its_five_years(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flow, "BATCH", 2)
    write(5)
    seal(NOW)
    due = NOW.replace(year=2031)
    assert expire(due - timedelta(seconds=1)) == 0
    assert expire(due) == 5
    assert five_years_before(datetime(2032, 2, 29, tzinfo=UTC)) == datetime(2027, 2, 28, tzinfo=UTC)


def test_the_sealer_lets_go_by_itself_day_by_day_and_with_the_texts() -> None:
    who = Account.objects.create(username="the-analyst")
    record(AuditEvent.SEARCHED, NOW, who=who_is(who), text="name: EJEMPLO")
    seal(NOW)
    for day in (-2, -1, 0, 1):
        at = NOW.replace(year=2031) + day * DAY
        write(1, at)
        seal(at)
    assert not AuditText.objects.exists()
    assert chained()[0].sequence == 2


def test_a_clock_that_leaps_ahead_or_went_back_deletes_nothing() -> None:
    write(3)
    seal(NOW)
    back = NOW.replace(year=2019)
    write(1, NOW)
    seal(back)  # a head that says 2019, over entries of today
    assert expire(NOW) == 0
    ahead = NOW.replace(year=2040)
    write(1, ahead)
    seal(ahead)
    assert [entry.sequence for entry in chained()] == [1, 2, 3, 4, 5]


def test_an_entry_and_its_number_stand_or_fall_together() -> None:
    write(3)
    with transaction.atomic():
        head = storage.hold_head(wait=True)
        assert head
        storage.chain(head, 2)
        transaction.set_rollback(True)
    assert chained() == []
    assert seal(NOW) == 3
    assert [entry.sequence for entry in chained()] == [1, 2, 3]
