"""An audit entry says who did what, when and why, stands or falls with what it tells of, and names no traveller."""

from __future__ import annotations

from hashlib import sha256

import pytest
from django.db import transaction

from tests.integration.storage.world import NOW
from torogoz.domain.audit import AuditEvent
from torogoz.domain.purpose import Purpose
from torogoz.domain.staff import StaffRole, Who
from torogoz.errors import OurError, UnavailableError
from torogoz.storage.audit import open_text, record
from torogoz.storage.chain import SALT, commitment
from torogoz.storage.keys import keyring
from torogoz.storage.models import Account, AuditEntry, AuditText

pytestmark = pytest.mark.django_db


@pytest.fixture
def analyst() -> Who:
    account = Account.objects.create(username="the-analyst", role=StaffRole.ANALYST)
    return Who(account.pk, StaffRole.ANALYST, "CENTRO", purpose=Purpose.SERIOUS_CRIME)


def test_an_entry_says_who_what_when_and_for_which_purpose(analyst: Who) -> None:
    """LR-50."""
    record(AuditEvent.VIEWED_DOSSIER, NOW, who=analyst, object_type="traveller", object_id=7, counts={"hits": 2})
    entry = AuditEntry.objects.get()
    assert (entry.account_id, entry.role, entry.agency) == (analyst.account, "analyst", "CENTRO")
    assert (entry.event, entry.at, entry.purpose) == ("viewed.dossier", NOW, "serious_crime")
    assert (entry.object_type, entry.object_id, entry.counts) == ("traveller", 7, {"hits": 2})
    assert (entry.sequence, entry.chain_hash) == (None, "")


def test_what_the_system_does_by_itself_has_nobody(analyst: Who) -> None:
    record(AuditEvent.FLIGHT_SCREENED, NOW, object_type="journey", object_id=3)
    entry = AuditEntry.objects.get()
    assert (entry.account, entry.role, entry.agency, entry.purpose) == (None, "", "", "")
    assert not AuditText.objects.exists()


def test_what_the_table_of_events_does_not_know_is_refused_and_not_repeated(analyst: Who) -> None:
    for fields in (
        {"who": analyst, "text": "EJEMPLO ANA"},
        {"who": analyst, "counts": {"hits": 1}},
        {"who": analyst, "object_type": "EJEMPLO ANA", "object_id": 7},
        {},
    ):
        with pytest.raises(OurError) as problem:
            record(AuditEvent.VIEWED_HEALTH, NOW, **fields)  # type: ignore[arg-type]
        assert "viewed.health" in str(problem.value)
        assert "ANA" not in str(problem.value)
    assert not AuditEntry.objects.exists()


def test_an_asker_without_role_or_purpose_is_recorded_as_such(analyst: Who) -> None:
    record(AuditEvent.REFUSED_ACCESS, NOW, who=Who(analyst.account, None, ""))
    entry = AuditEntry.objects.get()
    assert (entry.account_id, entry.role, entry.purpose) == (analyst.account, "", "")


def test_a_text_is_sealed_apart_and_bound_to_its_entry(analyst: Who) -> None:
    one = record(AuditEvent.SEARCHED, NOW, who=analyst, text="EJEMPLO ANA")
    two = record(AuditEvent.SEARCHED, NOW, who=analyst, text="FICTICIO BETO")
    text = AuditText.objects.get(entry=one)
    assert b"EJEMPLO" not in bytes(text.sealed)
    assert "EJEMPLO" not in repr(list(AuditEntry.objects.values()))
    assert open_text(text) == "EJEMPLO ANA"
    text.entry = two
    with pytest.raises(UnavailableError):
        open_text(text)


def test_a_text_of_the_release_before_commitments_still_opens(analyst: Who) -> None:
    entry = record(AuditEvent.SEARCHED, NOW, who=analyst, text="EJEMPLO ANA")
    sealed = keyring().seal(b"FICTICIO BETO", f"audit_text|{entry.pk}")
    AuditEntry.objects.update(commitment="")
    AuditText.objects.update(sealed=sealed)
    assert open_text(AuditText.objects.get()) == "FICTICIO BETO"


def test_what_an_entry_keeps_of_its_text_is_checked_by_whoever_has_the_text_and_guessed_by_nobody(analyst: Who) -> None:
    """LR-51: a sealed text cannot be exchanged for another; an erased one leaves nothing to try names against."""
    entry = record(AuditEvent.SEARCHED, NOW, who=analyst, text="EJEMPLO ANA")
    plain = keyring().open(bytes(AuditText.objects.get().sealed), f"audit_text|{entry.pk}", keyring().fields.id)
    assert entry.commitment == sha256(plain).hexdigest() == commitment(plain[:SALT], "EJEMPLO ANA")
    assert entry.commitment != sha256(b"EJEMPLO ANA").hexdigest()
    assert record(AuditEvent.SEARCHED, NOW, who=analyst, text="EJEMPLO ANA").commitment != entry.commitment


def test_a_text_can_be_erased_without_touching_its_entry(analyst: Who) -> None:
    entry = record(AuditEvent.SEARCHED, NOW, who=analyst, text="EJEMPLO ANA")
    before = AuditEntry.objects.values().get()
    AuditText.objects.filter(entry=entry).delete()
    assert AuditEntry.objects.values().get() == before


def test_an_entry_falls_with_the_work_it_tells_of(analyst: Who) -> None:
    with transaction.atomic():
        record(AuditEvent.SEARCHED, NOW, who=analyst, text="because")
        transaction.set_rollback(True)
    assert not AuditEntry.objects.exists()
    assert not AuditText.objects.exists()
