"""New keys keep who was cleared findable, at every moment of their rotation."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

import pytest

from torogoz.domain.hit import Cause, CauseKind
from torogoz.flow import rotate
from torogoz.storage.clearances import document_hashes, known_for
from torogoz.storage.keys import keyring
from torogoz.storage.models import Clearance, ClearingProof, Hit


def found(numbers: list[str]) -> int:
    """How many clearances are known whose document is one of these."""
    cause = Hit.objects.order_by("pk")[0]
    entry = Cause(CauseKind.WATCHLIST, cause.cause_source, cause.cause_key, cause.cause_version)
    known = known_for([entry], ["1988-02-20"], date.min)[cause.cause_source, cause.cause_key]
    hashes = {each for number in numbers for each in document_hashes(number, keyring())}
    return sum(each.document in hashes and each.current for each in known)


@pytest.mark.django_db
def test_clearances_are_found_after_every_value_that_a_rotation_makes_anew(
    planted: dict[str, list[str]], now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rotate, "BATCH", 1)
    ClearingProof.objects.update(verified_at=now)
    numbers = planted["cleared document"]
    old = set(Clearance.objects.values_list("keyed_hash", flat=True))
    assert found(numbers) == 4
    looked = 0

    def look(steps: Iterable[int], label: str, _total: int) -> Iterable[int]:
        nonlocal looked
        for step in steps:
            yield step
            assert found(numbers) == 4, label
            looked += 1

    rotate.rotate(["index", "fields"], now, watched=look)
    assert looked > 20
    assert not old & set(Clearance.objects.values_list("keyed_hash", flat=True))
    assert {row.document for row in Clearance.objects.all()} <= set(numbers)
