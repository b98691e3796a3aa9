"""Whoever asks whether a confirmed hit still follows from what it rested on gets an answer, and nobody's data."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import msgspec
import pytest

from tests.integration.conftest import People
from tests.integration.flow.conftest import ANA, NOW, Say, api, say
from tests.integration.flow.test_screen import ANA_LISTED, listed
from tests.integration.storage.test_evidence import confirmed
from torogoz.cli import main
from torogoz.domain.audit import AuditEvent
from torogoz.domain.purpose import Purpose
from torogoz.domain.staff import Who
from torogoz.flow.screen import rescreen_due
from torogoz.storage import evidence
from torogoz.storage.keys import keyring
from torogoz.storage.masking import mask_travellers
from torogoz.storage.models import AuditEntry, Hit, ReceivedMessage, SealedEvidence, Watchlist

pytestmark = pytest.mark.django_db
__all__ = ["say"]

AskAs = Callable[..., Who]
NONE: dict[str, list[int]] = {"same": [], "different": [], "other_release": [], "without_cause": []}


@pytest.fixture
def kept(people: People, who: AskAs, say: Say) -> SealedEvidence:
    """A confirmed hit of which nothing is left but a masked record and what was sealed."""
    listed(ANA_LISTED)
    say(api(ANA))
    rescreen_due(NOW)
    row = confirmed(who(people.analyst, Purpose.SERIOUS_CRIME), Hit.objects.get())
    mask_travellers([row.hit.traveller_id], NOW, keyring())
    Watchlist.objects.all().delete()
    ReceivedMessage.objects.update(redacted=None, wrapped_key=None, key_id="")
    return row


def tell(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict[str, list[int]]]:
    status = main(["evidence", "--json", *arguments])
    return status, json.loads(capsys.readouterr().out)


def altered(row: SealedEvidence, **changes: object) -> None:
    """Seal something else in its place, as whoever holds the keys could."""
    frozen = replace(evidence.open_evidence(row, keyring()), **changes)  # type: ignore[arg-type]
    row.sealed = keyring().seal(msgspec.json.encode(frozen), evidence.evidence_place(row.decision_id))
    row.save()


def test_a_confirmed_hit_replays_when_its_record_is_masked_and_message_and_list_have_gone(
    kept: SealedEvidence, capsys: pytest.CaptureFixture[str]
) -> None:
    for arguments in ((), ("--hit", str(kept.hit_id))):
        status, told = tell(capsys, *arguments)
        assert (status, told) == (0, {**NONE, "same": [kept.hit_id]})
    first, second = AuditEntry.objects.filter(event=AuditEvent.EVIDENCE_REPLAYED).order_by("pk")
    assert first.counts == second.counts == {"hits": 1, "same": 1}
    assert (first.object_id, second.object_id) == (None, kept.hit_id)
    assert main(["evidence"]) == 0
    assert capsys.readouterr().out == "1 came to the result that was confirmed\n"


def test_one_that_no_longer_follows_is_named_by_its_number(
    kept: SealedEvidence, capsys: pytest.CaptureFixture[str]
) -> None:
    altered(kept, millibits=kept.hit_id + 1)
    assert tell(capsys) == (1, {**NONE, "different": [kept.hit_id]})
    assert main(["evidence"]) == 1
    shown = capsys.readouterr().out
    assert f"1 came to another one: hits {kept.hit_id}\n" in shown
    assert "EJEMPLO" not in shown
    altered(kept, release="0.0.1")
    assert tell(capsys) == (0, {**NONE, "other_release": [kept.hit_id]})


def test_one_whose_entry_was_gone_when_it_was_confirmed_is_told_apart(
    kept: SealedEvidence, capsys: pytest.CaptureFixture[str]
) -> None:
    altered(kept, entry=None)
    assert tell(capsys) == (0, {**NONE, "without_cause": [kept.hit_id]})


def test_what_does_not_open_is_an_error_and_no_answer(kept: SealedEvidence, capsys: pytest.CaptureFixture[str]) -> None:
    assert kept.pk
    SealedEvidence.objects.update(sealed=keyring().seal(b"{}", "another|1"))
    assert main(["evidence"]) == 3
    assert "unavailable" in capsys.readouterr().err


def test_a_hit_that_nobody_confirmed_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evidence", "--hit", "7"]) == 1
    assert "no sealed evidence is kept of this hit" in capsys.readouterr().err
