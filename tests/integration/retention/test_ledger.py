"""What was purged and what was delisted stays so after a restore: the ledger stands outside the database."""

from __future__ import annotations

import json
import stat
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from tests.integration.conftest import People
from tests.integration.flow.conftest import ANA, Say, api, say
from tests.integration.flow.test_screen import ANA_LISTED, TERMS, listed
from tests.integration.review import world
from tests.integration.review.world import NOW
from torogoz.domain.audit import AuditEvent
from torogoz.domain.hit import HitStatus
from torogoz.errors import AuthorError
from torogoz.flow import retention
from torogoz.flow.reapply import reapply
from torogoz.flow.screen import rescreen_due
from torogoz.privacy.schedule import Terms, rows
from torogoz.storage import ledger
from torogoz.storage.list_states import list_states
from torogoz.storage.models import AuditEntry, Hit, JourneyTraveller, WatchlistEntry, WatchlistVersion
from torogoz.storage.snapshots import live_entries

pytestmark = pytest.mark.django_db(transaction=True)
__all__ = ["say"]

OTHER_LISTED = f"W-2,OTRA PERSONA,1950-01-01,SLV,F,,{TERMS}"
HALF_A_YEAR = NOW + timedelta(days=200)


def test_only_the_service_reads_it_and_what_is_written_is_whole_lines(own_home: Path) -> None:
    token = ledger.intend("purged", {"traveller": [3, 5]}, NOW, run=7)
    ledger.done(token, NOW)
    (path,) = (own_home / "ledger").iterdir()
    assert path.name == "2026.jsonl"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [sorted(json.loads(line)) for line in path.read_text().splitlines()] == [
        ["at", "purged", "run", "token"],
        ["at", "done"],
    ]
    assert ledger.of_run(7) == {"traveller": [3, 5]}
    assert ledger.of_run(8) == {}


def test_a_line_that_a_crash_cut_off_is_taken_away_and_the_rest_stands(own_home: Path) -> None:
    ledger.intend("purged", {"traveller": [3]}, NOW)
    path = own_home / "ledger/2026.jsonl"
    with path.open("a") as file:
        file.write('{"at":"2026-11-22T18:00:00+00:00","purged":{"travel')
    assert ledger.read().purged["traveller"] == {3}
    ledger.intend("purged", {"traveller": [4]}, NOW)
    assert ledger.read().purged["traveller"] == {3, 4}


def test_what_was_taken_back_counts_for_no_run() -> None:
    token = ledger.intend("purged", {"traveller": [3, 4]}, NOW, run=1)
    ledger.undone(token, {"traveller": [4]}, NOW)
    assert ledger.of_run(1) == {"traveller": [3]}
    listed_token = ledger.intend("delisted", {"entry": [9]}, NOW)
    ledger.undone(listed_token, {"delisted": [9]}, NOW)
    assert ledger.read().delisted == {}


def dump() -> str:
    out = StringIO()
    call_command("dumpdata", "storage", format="json", stdout=out, use_natural_foreign_keys=False)
    return out.getvalue()


def load(copy: str, tmp_path: Path) -> None:
    """Put an older copy in the place of the database."""
    path = tmp_path / "copy.json"
    path.write_text(copy)
    with connection.constraint_checks_disabled():
        # A hit names the clearance that covers it, and a clearance the decision on a hit before.
        Hit.objects.update(clearance=None, proof=None)
        waiting = list(_storage_models())
        while waiting:  # those first to whom no other of them points
            for model in [each for each in waiting if not _pointed_at(each, waiting)]:
                model._default_manager.all()._raw_delete(connection.alias)
                waiting.remove(model)
        call_command("loaddata", str(path), verbosity=0)


def _pointed_at(model: Any, by: list[Any]) -> bool:
    return any(
        each.related_model in by and each.related_model is not model and not _cut(each.field)
        for each in model._meta.related_objects
    )


def _cut(field: Any) -> bool:
    return field.model is Hit and field.name in {"clearance", "proof"}


def _storage_models() -> Any:
    from django.apps import apps

    return apps.get_app_config("storage").get_models()


def test_after_a_restore_the_purged_are_gone_again_lr_45(people: People, tmp_path: Path, settings: Any) -> None:
    """LR-45: an older copy knows people who should be forgotten; before a door opens it knows them no more."""
    flight = world.journey()
    gone = world.traveller(flight, world.api(flight, world.NAMESAKE))
    case = world.case(status=HitStatus.WITHDRAWN)
    JourneyTraveller.objects.filter(pk=case.traveller.pk).update(first_received_at=HALF_A_YEAR)
    listed(ANA_LISTED.replace("2027-06-01", "2026-12-01"))
    copy = dump()
    settings.RETENTION = rows("api_48h", Terms())
    retention.run(HALF_A_YEAR, HALF_A_YEAR)
    load(copy, tmp_path)
    assert JourneyTraveller.objects.get(pk=gone.pk).surname == "EJEMPLO PRUEBA"

    counts = reapply(HALF_A_YEAR)
    assert (counts["traveller"], counts["api"], counts["entry"]) == (1, 1, 1)
    assert not JourneyTraveller.objects.filter(pk=gone.pk).exists()
    row = JourneyTraveller.objects.get(pk=case.traveller.pk)
    assert (row.has_api, row.birth_date) == (False, "1988-02-28")
    assert not WatchlistEntry.objects.exists()
    assert WatchlistVersion.objects.get().entries == 0
    assert reapply(HALF_A_YEAR)["traveller"] == 0
    assert AuditEntry.objects.filter(event=AuditEvent.LEDGER_REAPPLIED).count() == 2


def test_after_a_restore_whom_a_list_had_dropped_does_not_match_lr_71(people: People, say: Say, tmp_path: Path) -> None:
    """LR-71: removal spreads to every copy."""
    listed(ANA_LISTED, OTHER_LISTED)
    copy = dump()
    listed(OTHER_LISTED)
    load(copy, tmp_path)
    say(api(ANA))
    rescreen_due(NOW)
    assert Hit.objects.get(cause_key="W-1").status == HitStatus.OPEN
    (before,) = list_states(NOW.date())
    assert reapply(NOW)["delisted"] == 1
    assert [entry.id for entry in live_entries(NOW.date())[0].entries] == ["W-2"]
    assert WatchlistVersion.objects.get().entries == 1
    (after,) = list_states(NOW.date())
    assert after.version == before.version
    assert after.digest != before.digest, "what was made ready of the list before would still hold who was dropped"


def test_a_restored_database_gives_no_number_again_that_the_ledger_knows(people: People) -> None:
    ledger.intend("purged", {"traveller": [5000], "entry": [7000]}, NOW)
    reapply(NOW)
    flight = world.journey()
    assert world.traveller(flight, world.api(flight, world.ANA)).pk > 5000
    listed(ANA_LISTED)
    assert WatchlistEntry.objects.get().pk > 7000
    reapply(NOW)
    assert WatchlistEntry.objects.count() == 1


def test_an_entry_that_was_changed_was_not_dropped(people: People) -> None:
    listed(ANA_LISTED)
    listed(ANA_LISTED.replace("refer", "arrest"))
    assert ledger.read().delisted == {}
    listed(OTHER_LISTED)
    assert len(ledger.read().delisted) == 1
    assert not ledger.read().unsettled


def test_a_file_that_is_refused_delists_nobody(people: People) -> None:
    listed(ANA_LISTED)
    with pytest.raises(AuthorError):
        listed("W-1,ANA,,,,,,,,,,,,")
    assert ledger.read().delisted == {}


def test_entries_that_are_on_their_list_are_taken_out_of_the_ledger_when_it_is_settled(people: People) -> None:
    listed(ANA_LISTED)
    number = WatchlistEntry.objects.get().pk
    ledger.intend("delisted", {"entry": [number]}, NOW)
    retention.settle(NOW + timedelta(hours=2))
    assert ledger.read().delisted == {}
    assert not ledger.read().unsettled


@pytest.mark.parametrize("kind", ["api", "pnr", "api+pnr", "traveller", "entry"])
def test_every_kind_that_the_ledger_may_name_can_be_asked_for(kind: str) -> None:
    ledger.intend("purged", {kind: [1]}, NOW)
    assert reapply(NOW)[kind] == 0
