"""A run ends holds, masks, purges, makes the bytes go and certifies it; it goes on where a crash has cut it off."""

from __future__ import annotations

import json
import os
import stat
from argparse import Namespace
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.conf import settings as django_settings
from django.contrib.sessions.models import Session
from django.db import connection, transaction

from tests.integration.review import world
from tests.integration.review.world import GOOD, NOW
from torogoz.domain.audit import AuditEvent
from torogoz.domain.hit import HitStatus
from torogoz.domain.purpose import DataClass
from torogoz.domain.staff import StaffRole
from torogoz.errors import RefusedError, UnavailableError
from torogoz.flow import retention, review
from torogoz.flow.receive import receive
from torogoz.flow.spool import Rounds
from torogoz.privacy.periods import midnight
from torogoz.privacy.schedule import Terms, rows
from torogoz.storage import certificates, clocks, erasing, ledger
from torogoz.storage.audit import record
from torogoz.storage.deliveries import seal_redacted
from torogoz.storage.home import Home
from torogoz.storage.keys import keyring
from torogoz.storage.models import (
    AuditEntry,
    AuditText,
    Booking,
    CarrierOutage,
    CarrierProfile,
    Decision,
    Delivery,
    Event,
    Hit,
    Hold,
    Identifier,
    JourneyTraveller,
    MaskedRecord,
    Observation,
    Person,
    QueuedDelivery,
    ReceivedMessage,
    RetentionRun,
    SealedEvidence,
    Watchlist,
    WatchlistEntry,
    WatchlistVersion,
)
from torogoz.storage.spool import Spool

pytestmark = pytest.mark.django_db(transaction=True)

HALF_A_YEAR = NOW + timedelta(days=200)
A_DAY = timedelta(days=1)


def run(as_of: datetime = HALF_A_YEAR) -> retention.Report:
    Delivery.objects.filter(status=Delivery.Status.SEALED).update(status=Delivery.Status.READ)  # as loading leaves them
    return retention.run(as_of, as_of)


def use(settings: Any, profile: str, **terms: int) -> None:
    settings.RETENTION_PROFILE = profile
    settings.RETENTION = rows(profile, Terms(**terms))


def decided(case: world.Case, answers: Any = GOOD) -> None:
    analyst = world.who(StaffRole.ANALYST)
    review.claim(analyst, case.hit.pk, NOW)
    review.decide(analyst, case.hit.pk, answers, NOW)


def travellers() -> set[int]:
    return set(JourneyTraveller.objects.values_list("pk", flat=True))


def test_after_six_months_what_nothing_holds_is_gone_with_all_that_hung_on_it_lr_42_lr_44() -> None:
    """LR-42, LR-44: the record, and the clearance that somebody gave, go together."""
    cleared = world.case()
    world.entry(cleared.hit)
    decided(cleared, world.CLEARED)
    world.book(cleared.traveller)
    world.keep_lines(cleared)
    assert run(NOW + timedelta(days=170)).counts.get("purged.storage.JourneyTraveller") is None
    assert travellers() == {cleared.traveller.pk}
    report = run()
    assert report.counts["purged.storage.JourneyTraveller"] == 1
    for model in (JourneyTraveller, Observation, Identifier, Booking, Hit, Decision, ReceivedMessage, Delivery):
        assert not model.objects.exists(), model
    cleared.journey.refresh_from_db()
    assert cleared.journey.carrier == "XA"


@pytest.mark.parametrize("holds", ["confirmed", "undecided", "placed"])
def test_after_six_months_what_something_holds_is_masked_and_stays_until_that_ends_lr_42(holds: str) -> None:
    """LR-42: an objective link keeps a masked record; when it has ended, the next run purges it."""
    case = world.case()
    if holds == "confirmed":
        decided(case)
    else:
        decided(case, world.CLEARED)
    if holds == "undecided":
        Hit.objects.update(status=HitStatus.AWAITING_SECOND)
    if holds == "placed":
        Hold.objects.create(
            traveller=case.traveller,
            agency=world.centre(),
            reason="court 17",
            placed_at=NOW,
            review_on=date(2027, 3, 1),
            expires_on=date(2027, 11, 22),
        )
    run()
    assert JourneyTraveller.objects.get().masked_at == HALF_A_YEAR
    assert MaskedRecord.objects.count() == 1
    run(HALF_A_YEAR + A_DAY)
    assert MaskedRecord.objects.count() == 1
    Hold.objects.update(expires_on=(HALF_A_YEAR + A_DAY).date())
    Hit.objects.update(status=HitStatus.WITHDRAWN)
    report = run(HALF_A_YEAR + 3 * A_DAY)
    assert report.counts["purged.storage.MaskedRecord"] == 1
    assert travellers() == set()
    assert not SealedEvidence.objects.exists()


def test_an_advisory_hit_holds_nobody_lr_72() -> None:
    """LR-72: nobody can decide about it, so it would keep its record for ever."""
    world.case(queued=False)
    run()
    assert travellers() == set()


def test_nothing_is_kept_past_five_years_whatever_holds_it_lr_45() -> None:
    """LR-45: permanent deletion at the end."""
    decided(world.case())
    Hold.objects.update(expires_on=date(2040, 1, 1))
    run()
    assert len(travellers()) == 1
    run(NOW.replace(year=2031) + A_DAY)
    assert travellers() == set()


def test_five_years_masks_everybody_and_purges_everybody_after_five_years_lr_41(settings: Any) -> None:
    """LR-40, LR-41, LR-45: the Directive as it was written."""
    use(settings, "five_years")
    decided(world.case(), world.CLEARED)
    report = run()
    assert report.counts["masked.storage.JourneyTraveller"] == 1
    assert len(travellers()) == 1
    run(NOW.replace(year=2031) + A_DAY)
    assert travellers() == set()


def test_api_goes_two_days_after_landing_and_what_the_booking_says_stays_lr_13(settings: Any) -> None:
    """LR-13: API for the border check only; a case keeps it."""
    use(settings, "api_48h")
    free, case = world.case(), world.case()
    world.entry(case.hit)
    decided(free, world.CLEARED)
    decided(case)
    world.linked()
    run(world.LANDING + timedelta(hours=47))
    assert Observation.objects.filter(traveller=free.traveller, data_class=DataClass.API).exists()
    run(world.LANDING + timedelta(hours=49))
    row = JourneyTraveller.objects.get(pk=free.traveller.pk)
    assert (row.has_api, row.has_pnr) == (False, True)
    assert (row.given_names, row.birth_date, row.nationality) == ("ANA", "1988-02-28", "")
    assert {each.data_class for each in Observation.objects.filter(traveller=row)} == {DataClass.PNR}
    assert not Identifier.objects.filter(traveller=row, data_class=DataClass.API).exists()
    hit = Hit.objects.get(pk=free.hit.pk)
    assert (hit.evidence, hit.matched_name, hit.millibits) == ([], "", 0)
    assert Decision.objects.get(hit=hit).identity_reason == ""
    assert row.person is None
    held = JourneyTraveller.objects.get(pk=case.traveller.pk)
    assert held.has_api
    assert SealedEvidence.objects.get().hit == case.hit


def test_who_was_told_of_by_api_alone_goes_whole_lr_13(settings: Any) -> None:
    """LR-13: nothing is left to keep."""
    use(settings, "api_48h")
    flight = world.journey()
    world.traveller(flight, world.api(flight, world.ANA))
    run(world.LANDING + timedelta(hours=49))
    assert travellers() == set()


def test_redacted_copies_go_after_their_days_and_the_message_stays_for_its_travellers(settings: Any) -> None:
    use(settings, "c817", raw_days=7)
    case = world.case()
    world.keep_lines(case)
    run(NOW + timedelta(days=6))
    assert ReceivedMessage.objects.filter(redacted__isnull=False).count() == 2
    run(NOW + timedelta(days=8))
    assert not ReceivedMessage.objects.filter(redacted__isnull=False).exists()
    assert not ReceivedMessage.objects.filter(wrapped_key__isnull=False).exists()
    assert ReceivedMessage.objects.count() == 2


def test_a_message_that_names_nobody_goes_with_the_clock_of_its_references() -> None:
    flight = world.journey()
    world.message(flight, "PAXLST")
    run(NOW + timedelta(days=170))
    assert ReceivedMessage.objects.count() == 1
    run()
    assert (ReceivedMessage.objects.count(), Delivery.objects.count()) == (0, 0)


def test_a_message_stays_while_somebody_in_it_stands_in_clear() -> None:
    case = world.case()
    JourneyTraveller.objects.update(first_received_at=HALF_A_YEAR - A_DAY)
    run()
    assert ReceivedMessage.objects.filter(pk__in=(case.api.pk, case.pnr.pk)).count() == 2


def entry_of(version: WatchlistVersion, key: str, **columns: Any) -> WatchlistEntry:
    return world.entry(replace_key(key), watchlist=version.watchlist, **columns)


def replace_key(key: str) -> Hit:
    return Hit(cause_source="Buscados ficticios", cause_key=key, purpose="serious_crime", gravity=2)


@pytest.fixture
def versions(db: None) -> tuple[WatchlistVersion, WatchlistVersion]:
    watchlist = Watchlist.objects.create(name="Buscados ficticios", agency=world.centre(), made_at=NOW)
    first, second = (
        WatchlistVersion.objects.create(
            watchlist=watchlist,
            number=number,
            imported_at=NOW + timedelta(days=10 * number),
            digest="",
            entries=1,
            added=1,
            removed=0,
            refused=0,
        )
        for number in (1, 2)
    )
    return first, second


def test_an_entry_goes_thirty_days_after_its_list_dropped_it(versions: tuple[WatchlistVersion, ...]) -> None:
    first, _ = versions
    entry_of(first, "dropped", version_to=2)
    entry_of(first, "live")
    run(NOW + timedelta(days=49))
    assert WatchlistEntry.objects.count() == 2
    run(NOW + timedelta(days=51))
    assert WatchlistEntry.objects.get().key == "live"


def test_an_entry_goes_thirty_days_after_its_review_date(versions: tuple[WatchlistVersion, ...]) -> None:
    first, _ = versions
    entry_of(first, "lapsed", review_on=date(2026, 12, 1))
    run(datetime(2026, 12, 31, 18, tzinfo=UTC))
    assert WatchlistEntry.objects.count() == 1
    run(datetime(2027, 1, 2, 18, tzinfo=UTC))
    assert not WatchlistEntry.objects.exists()


def test_what_goes_by_age_alone_goes_with_its_own_clock() -> None:
    entry = record(AuditEvent.SEARCHED, NOW, who=world.who(StaffRole.ANALYST), text="name: EJEMPLO")
    Event.objects.create(at=NOW, kind="hit.raised")
    Session.objects.create(session_key="a", session_data="b", expire_date=NOW)
    AccessAttempt.objects.create(username="typed a password here", ip_address="192.0.2.1", failures_since_start=1)
    AccessAttempt.objects.update(attempt_time=NOW)
    Delivery.objects.create(
        received_at=NOW,
        size=1,
        digest="",
        index_version=1,
        key_id="",
        status="failed",
        sealed=b"x",
        sealed_until=NOW,
        wrapped_key=b"x",
    )
    run(NOW + timedelta(days=8))
    assert not Event.objects.exists()
    assert not Session.objects.exists()
    assert Delivery.objects.get().sealed is None
    assert AccessAttempt.objects.exists()
    run(NOW + timedelta(days=31))
    assert not AccessAttempt.objects.exists()
    assert AuditText.objects.exists()
    run()
    assert not AuditText.objects.exists()
    assert AuditEntry.objects.filter(pk=entry.pk).exists()


def test_what_waits_to_be_read_goes_when_its_time_is_over() -> None:
    number = receive(b"nobody has read this", source="test", name="EJEMPLO_ANA.edi", now=NOW)
    retention.run(NOW + timedelta(days=170), NOW)
    assert Delivery.objects.get(pk=number).sealed
    assert QueuedDelivery.objects.exists()
    retention.run(HALF_A_YEAR, NOW)
    assert (Delivery.objects.count(), QueuedDelivery.objects.count()) == (0, 0)


def test_an_outage_stays_without_the_words_that_somebody_had_for_it() -> None:
    by = world.who(StaffRole.SUPERVISOR).account
    profile = CarrierProfile.objects.create(carrier="X1", changed_at=NOW)
    CarrierOutage.objects.create(
        profile=profile, starts_at=NOW, reason="Ana Ejemplo pulled the plug", declared_by_id=by, declared_at=NOW
    )
    run(NOW + timedelta(days=170))
    assert CarrierOutage.objects.get().reason
    run()
    assert CarrierOutage.objects.get().reason == ""


def test_receipts_of_the_spool_go_with_the_names_of_their_files(own_home: Path) -> None:
    done, refused = own_home / "spool/done", own_home / "spool/refused"
    for folder in (done, refused):
        folder.mkdir(parents=True)
    (done / "EJEMPLO_ANA.edi").write_text(json.dumps({"received_at": NOW.isoformat()}))
    (done / "young.edi").write_text(json.dumps({"received_at": HALF_A_YEAR.isoformat()}))
    for name, moment in (("old.edi", NOW), ("new.edi", HALF_A_YEAR)):
        (refused / name).write_text("{}")  # a receipt that does not say when it was written
        os.utime(refused / name, (moment.timestamp(), moment.timestamp()))
    run()
    assert [path.name for path in done.iterdir()] == ["young.edi"]
    assert [path.name for path in refused.iterdir()] == ["new.edi"]


def test_a_certificate_says_what_went_and_what_remains_and_can_be_checked_by_anybody(own_home: Path) -> None:
    gone, kept = world.case(), world.case()
    decided(gone, world.CLEARED)
    decided(kept)
    report = run()
    path = own_home / f"certificates/retention-{report.run:06}.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    said = certificates.verify(path.read_text())
    assert said == certificates.verify(RetentionRun.objects.get().certificate)
    assert said["purged"] == {"traveller": 1}
    assert said["digest"] == certificates.digest({"traveller": [gone.traveller.pk]})
    assert said["counts"] == report.counts
    remaining = {each["what"]: each["rows"] for each in said["remaining"]}
    assert remaining["masked records"] == 1
    assert said["erased_at"]
    assert "backups" in said["outside"]
    assert AuditEntry.objects.filter(event=AuditEvent.RETENTION_CERTIFIED).count() == 1


def test_a_run_that_finds_nothing_due_rewrites_no_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("torogoz.storage.erasing.erase", lambda **_: pytest.fail("it was rewritten"))
    report = run(NOW)
    assert report.counts == {}
    assert certificates.verify(report.certificate)["erased_at"] is None


def test_at_night_a_file_that_would_hold_up_writers_for_too_long_is_left_and_the_certificate_says_so(
    monkeypatch: pytest.MonkeyPatch, rounds: Callable[[datetime], int]
) -> None:
    decided(world.case(), world.CLEARED)
    JourneyTraveller.objects.update(first_received_at=NOW - timedelta(days=200))
    monkeypatch.setattr("torogoz.storage.erasing._soon_done", lambda: False)
    rounds(NOW)
    if connection.vendor == "sqlite":
        said = certificates.verify(RetentionRun.objects.get().certificate)
        assert said["purged"] == {"traveller": 1}
        assert said["erased_at"] is None
        assert "retention prove" in said["outside"]["database"]
    decided(world.case(), world.CLEARED)
    JourneyTraveller.objects.update(first_received_at=NOW - timedelta(days=200))
    assert certificates.verify(run(NOW).certificate)["erased_at"], "whoever asks for a run has it rewritten"


def test_a_file_is_soon_done_while_it_is_small_and_the_disk_has_room(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "database"
    path.write_bytes(bytes(1000))
    monkeypatch.setitem(connection.settings_dict, "NAME", str(path))
    assert erasing._soon_done()
    monkeypatch.setattr(erasing, "MOST_AT_NIGHT", 999)
    assert not erasing._soon_done()
    monkeypatch.setattr(erasing, "MOST_AT_NIGHT", 1000)
    monkeypatch.setattr("shutil.disk_usage", lambda _: Namespace(free=2000))
    assert not erasing._soon_done()


def test_looking_ahead_counts_what_would_go_and_changes_nothing(versions: tuple[WatchlistVersion, ...]) -> None:
    decided(world.case(), world.CLEARED)
    decided(world.case())
    entry_of(versions[0], "dropped", version_to=2)
    seen = retention.foresee(HALF_A_YEAR).counts
    assert (seen["purge.records"], seen["mask.records"]) == (1, 1)
    assert seen["purged.storage.WatchlistEntry"] == 1
    assert len(travellers()) == 2
    assert not RetentionRun.objects.exists()
    run()
    assert len(travellers()) == 1


def test_a_day_to_come_is_refused_but_in_a_demonstration(settings: Any) -> None:
    with pytest.raises(RefusedError):
        retention.moment(NOW.date() + A_DAY, NOW)
    assert retention.moment(NOW.date(), NOW) == NOW
    assert retention.moment(NOW.date() - A_DAY, NOW) < NOW
    settings.DEMO = True
    assert retention.moment(NOW.date() + 300 * A_DAY, NOW) > NOW + 299 * A_DAY


class Killed(BaseException):
    """As kill -9: nothing catches it."""


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("depersonalise", "purge", "retention"):
        monkeypatch.setattr(f"torogoz.flow.{module}.SIZE", 2)


@pytest.mark.parametrize("stage", ["mask", "purge", "files", "erase", "log", "certify"])
def test_a_run_that_was_killed_goes_on_and_nothing_is_done_twice_or_left(
    stage: str, small: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = [world.case() for _ in range(6)]
    for place, case in enumerate(cases):
        decided(case, world.CLEARED if place % 2 else GOOD)

    def killed(*_: object, **__: object) -> None:
        raise Killed

    targets = {
        "mask": "torogoz.flow.depersonalise.record",
        "purge": "torogoz.flow.purge._record",
        "files": "torogoz.storage.erasing.remove_files",
        "erase": "torogoz.storage.erasing.erase",
        "log": "torogoz.storage.erasing.empty_log",
        "certify": "torogoz.storage.certificates.keep",
    }
    with monkeypatch.context() as patch:
        patch.setattr(targets[stage], killed)
        with pytest.raises(Killed):
            run()
    run(HALF_A_YEAR + A_DAY)
    assert JourneyTraveller.objects.filter(masked_at__isnull=False).count() == 3
    assert JourneyTraveller.objects.count() == 3
    runs = RetentionRun.objects.order_by("pk")
    assert all(each.finished_at for each in runs)
    purged = [certificates.verify(each.certificate)["purged"].get("traveller", 0) for each in runs]
    assert sum(purged) == 3
    masked = AuditEntry.objects.filter(event=AuditEvent.RECORD_MASKED).values_list("counts", flat=True)
    assert sum(each["records"] for each in masked) == 3


def test_what_a_crash_kept_from_going_is_taken_out_of_the_ledger() -> None:
    case = world.case()
    ledger.intend("purged", {"traveller": [case.traveller.pk, 10**9]}, NOW)
    assert ledger.read().purged["traveller"] == {case.traveller.pk, 10**9}
    retention.settle(NOW + timedelta(minutes=5))
    assert ledger.read().unsettled
    retention.settle(NOW + timedelta(hours=2))
    assert ledger.read().purged["traveller"] == {10**9}
    assert not ledger.read().unsettled


def test_a_log_that_a_reader_holds_is_asked_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    decided(world.case(), world.CLEARED)
    answers = iter([False, False, True])
    monkeypatch.setattr("torogoz.storage.erasing.empty_log", lambda: next(answers))
    monkeypatch.setattr(retention, "ASK_AFTER", 0)
    run()
    assert RetentionRun.objects.get().erased_at
    decided(world.case(), world.CLEARED)
    monkeypatch.setattr("torogoz.storage.erasing.empty_log", lambda: False)
    with pytest.raises(UnavailableError):
        run(HALF_A_YEAR + 30 * A_DAY)


@pytest.fixture
def rounds() -> Callable[[datetime], int]:
    def until_quiet(now: datetime) -> int:
        count = 0
        while True:
            before = list(RetentionRun.objects.order_by("pk").values_list("stage", "cursor", "finished_at"))
            retention.tick(now)
            if list(RetentionRun.objects.order_by("pk").values_list("stage", "cursor", "finished_at")) == before:
                return count
            count += 1

    return until_quiet


def local(hour: int, day: int = 22) -> datetime:
    return midnight(date(2026, 11, day), django_settings_zone()) + timedelta(hours=hour)


def django_settings_zone() -> Any:
    from django.utils.timezone import get_default_timezone

    return get_default_timezone()


def test_each_night_has_one_run_also_after_downtime(rounds: Any) -> None:
    assert django_settings.RETENTION_HOUR == 3
    rounds(local(2))
    assert RetentionRun.objects.get().night == date(2026, 11, 21)
    rounds(local(2, 22) + timedelta(minutes=50))
    assert RetentionRun.objects.count() == 1
    rounds(local(3))
    rounds(local(20))
    assert RetentionRun.objects.latest("pk").night == date(2026, 11, 22)
    rounds(local(12, 25))
    assert [each.night for each in RetentionRun.objects.order_by("pk")] == [
        date(2026, 11, 21),
        date(2026, 11, 22),
        date(2026, 11, 25),
    ]


def test_after_a_gap_that_a_wrong_clock_may_have_made_the_nightly_run_waits_for_a_person(rounds: Any) -> None:
    decided(world.case(), world.CLEARED)
    rounds(NOW)
    assert RetentionRun.objects.count() == 1
    years_ahead = NOW.replace(year=2036)
    assert clocks.waits_for_a_person(years_ahead)
    rounds(years_ahead)
    assert RetentionRun.objects.count() == 1
    assert len(travellers()) == 1
    retention.run(NOW + timedelta(days=2), years_ahead)
    assert len(travellers()) == 1


def test_a_round_of_the_worker_does_one_bounded_piece(small: None) -> None:
    for _ in range(5):
        decided(world.case(), world.CLEARED)
    retention.start(HALF_A_YEAR, HALF_A_YEAR)
    left = []
    while RetentionRun.objects.filter(finished_at=None).exists():
        retention.tick(HALF_A_YEAR)
        left.append(len(travellers()))
    assert [number for place, number in enumerate(left) if place == 0 or left[place - 1] != number] == [5, 3, 1, 0]


def test_what_another_process_is_doing_is_left_to_it() -> None:
    number = retention.start(NOW, NOW).pk
    RetentionRun.objects.filter(pk=number).update(finished_at=NOW)
    assert not retention.advance(number, NOW)


def test_a_profile_that_counts_in_hours_runs_each_hour_and_rewrites_at_night(settings: Any, rounds: Any) -> None:
    use(settings, "api_48h")
    flight = world.journey()
    world.traveller(flight, world.api(flight, world.ANA))
    rounds(NOW)
    rounds(NOW + timedelta(minutes=59))
    assert RetentionRun.objects.count() == 1
    for hours in range(1, 53):
        rounds(NOW + timedelta(hours=hours))
    assert travellers() == set()
    purging = next(
        each for each in RetentionRun.objects.order_by("pk") if "purged.storage.JourneyTraveller" in each.counts
    )
    assert purging.as_of - world.LANDING < timedelta(hours=49)
    assert RetentionRun.objects.filter(night__isnull=False).count() == 3


def test_holds_end_by_themselves_with_an_entry_of_the_audit() -> None:
    decided(world.case())
    Hold.objects.update(expires_on=date(2026, 12, 1))
    run(datetime(2026, 11, 30, 18, tzinfo=UTC))
    assert Hold.objects.get().ended_at is None
    run(datetime(2026, 12, 1, 18, tzinfo=UTC))
    hold = Hold.objects.get()
    assert (hold.ended_at, hold.ended_by) == (datetime(2026, 12, 1, 18, tzinfo=UTC), None)
    assert AuditEntry.objects.filter(event=AuditEvent.HOLD_EXPIRED, account=None, object_id=hold.pk).count() == 1


def test_persons_of_whom_no_journey_is_left_go() -> None:
    world.linked()
    Hit.objects.update(status=HitStatus.WITHDRAWN)
    run()
    assert not Person.objects.exists()


def test_a_copy_that_was_made_with_a_late_message_goes_too() -> None:
    case = world.case()
    with transaction.atomic():
        seal_redacted(case.api, world.RAW, keyring())
    assert replace(GOOD).confirms
    run()
    assert not ReceivedMessage.objects.filter(redacted__isnull=False).exists()


def test_a_failure_is_told_once_by_its_kind_and_is_tried_again(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(retention, "_told", retention._Told())
    tries: list[int] = []
    problems = iter([ValueError("EJEMPLO"), ValueError("EJEMPLO"), None, ValueError("EJEMPLO")])

    def fail(_: datetime) -> None:
        tries.append(1)
        problem = next(problems)
        if problem:
            raise problem

    monkeypatch.setattr(retention, "_tick", fail)
    told = []
    for seconds in (0, 30, 60, 120, 121):
        retention.tick(NOW + timedelta(seconds=seconds))
        told.append((len(tries), caplog.text.count("retention.failed")))
    assert told == [(1, 1), (1, 1), (2, 1), (3, 1), (4, 2)], "told again when it comes back"
    assert "EJEMPLO" not in caplog.text


def test_a_run_that_fails_keeps_no_message_from_being_read_and_no_entry_from_being_sealed(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, own_home: Path
) -> None:
    monkeypatch.setattr(retention, "_told", retention._Told())
    monkeypatch.setattr(Home, "heads", property(lambda _: own_home / "heads.jsonl"))

    def fail(_: datetime) -> None:
        raise ValueError("EJEMPLO")

    monkeypatch.setattr(retention, "_tick", fail)
    spool = Spool(own_home / "spool")
    spool.make()
    rounds = Rounds(spool)
    for number in (1, 2):
        path = spool.folder / f"{number}.edi"
        path.write_bytes(b"no message")
        os.utime(path, (0, 0))
        rounds.next()
        assert Delivery.objects.count() == number
        assert not AuditEntry.objects.filter(sequence=None).exists()
        assert [each.name for each in (spool.folder / "refused").glob(f"{number}.edi")]
    assert caplog.text.count("retention.failed") == 1
    assert "round.failed" not in caplog.text


def test_that_the_nightly_run_waits_is_said_in_the_log_once_an_hour(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(retention, "_told", retention._Told())
    record(AuditEvent.HIT_RAISED, NOW - timedelta(days=30), object_type="hit", object_id=1)
    for minutes in (0, 1, 59, 60):
        retention.tick(NOW + timedelta(minutes=minutes))
    assert caplog.text.count("retention.waits") == 2
    assert not RetentionRun.objects.exists()
