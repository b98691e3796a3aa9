"""An audit entry says who did what, when and why, stands or falls with what it tells of, and names no traveller."""

from __future__ import annotations

import pytest
from django.db import transaction

from tests.integration.storage.world import NOW
from torogoz.domain.audit import AuditEvent
from torogoz.domain.purpose import Purpose
from torogoz.domain.staff import StaffRole, Who
from torogoz.errors import UnavailableError
from torogoz.storage.audit import record
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
    record(AuditEvent.FLIGHT_SCREENED, NOW)
    entry = AuditEntry.objects.get()
    assert (entry.account, entry.role, entry.agency, entry.purpose) == (None, "", "", "")
    assert not AuditText.objects.exists()


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
    assert keyring().open(bytes(text.sealed), f"audit_text|{one.pk}", text.key_id) == b"EJEMPLO ANA"
    with pytest.raises(UnavailableError):
        keyring().open(bytes(text.sealed), f"audit_text|{two.pk}", text.key_id)


def test_a_text_can_be_erased_without_touching_its_entry(analyst: Who) -> None:
    entry = record(AuditEvent.SEARCHED, NOW, who=analyst, text="EJEMPLO ANA")
    before = AuditEntry.objects.values().get()
    AuditText.objects.filter(entry=entry).delete()
    assert AuditEntry.objects.values().get() == before


def test_an_entry_falls_with_the_work_it_tells_of(analyst: Who) -> None:
    with transaction.atomic():
        record(AuditEvent.DECISION_MADE, NOW, who=analyst, text="because")
        transaction.set_rollback(True)
    assert not AuditEntry.objects.exists()
    assert not AuditText.objects.exists()
