"""Coming in and going: entries without names typed, and secrets that stand sealed."""

from __future__ import annotations

from datetime import datetime

from tests.integration.conftest import People
from torogoz.domain.audit import AuditEvent
from torogoz.storage.access import sign_in
from torogoz.storage.models import AuditEntry


def test_each_coming_and_going_is_an_entry_of_its_person(people: People, now: datetime) -> None:
    sign_in.signed_in(people.analyst, now)
    sign_in.signed_out(people.analyst, now)
    sign_in.failed(now)
    assert list(AuditEntry.objects.order_by("pk").values_list("event", "account")) == [
        (AuditEvent.SIGNED_IN, people.analyst.pk),
        (AuditEvent.SIGNED_OUT, people.analyst.pk),
        (AuditEvent.SIGN_IN_FAILED, None),
    ]


def test_the_secret_of_a_second_factor_stands_sealed() -> None:
    sealed = sign_in.seal_secret("JBSWY3DPEHPK3PXP")
    assert "JBSWY3DP" not in sealed
    assert sign_in.open_secret(sealed) == "JBSWY3DPEHPK3PXP"
