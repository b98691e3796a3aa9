"""A person who was cleared once is not stopped again for the same entry; an impostor and a changed entry are raised."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from msgspec import structs

from tests.integration.conftest import People
from tests.integration.flow.conftest import ANA, LEG, NOW, Say, api, pnr
from torogoz.domain.clearance import ProofKind, Repeat
from torogoz.domain.dates import PartialDate
from torogoz.domain.disposition import Answers
from torogoz.domain.document import Document
from torogoz.domain.hit import Action, Ground, HitStatus, Identity, Ruling
from torogoz.domain.purpose import Purpose
from torogoz.domain.staff import Who
from torogoz.domain.traveller import Traveller
from torogoz.errors import AuthorError, RefusedError
from torogoz.flow import clearances, homonyms, proofs, retention, review
from torogoz.flow.proofs import Proof
from torogoz.flow.screen import rescreen_due
from torogoz.flow.upkeep import upkeep
from torogoz.flow.watchlists import import_list
from torogoz.storage.access.alarms import alarms
from torogoz.storage.access.queue import queue
from torogoz.storage.evidence import open_evidence, repeats
from torogoz.storage.keys import keyring
from torogoz.storage.models import (
    AuditEntry,
    Clearance,
    ClearingProof,
    Decision,
    Hit,
    Journey,
    JourneyTraveller,
    RepeatedStop,
    SealedEvidence,
    Watchlist,
)

pytestmark = pytest.mark.django_db

HEADER = (
    "id,names,birth_date,nationality,sex,document_numbers,owner,legal_basis,purpose,reason,grade,handling,action,"
    "review_on"
)
TERMS = "CENTRO,Art. 1,serious_crime,inventado,B2,C,{action},2027-06-01"
LEAVES, LANDS = datetime(2026, 11, 22, 14, 0), datetime(2026, 11, 22, 21, 5)  # noqa: DTZ001 - an airport's wall clock
NOT_HER = Answers(
    Identity.NOT_SAME, "Another mother and another town", Ground.NO, "No ground", Action.NONE, "Nothing is done"
)
HER = replace(NOT_HER, identity=Identity.SAME, ground=Ground.YES, action=Action.REFER)


def listed(*rows: str) -> None:
    import_list(None, "wanted", ["\n".join((HEADER, *rows)).encode()], NOW)


def entry(key: str = "W-1", born: str = "1988-02-29", action: str = "refer", documents: str = "") -> str:
    return f"{key},ANA EJEMPLO PRUEBA,{born},SLV,F,{documents},{TERMS.format(action=action)}"


@pytest.fixture(autouse=True)
def nobody_is_sampled(settings: Any) -> None:
    settings.CLEARED_SAMPLE_PERCENT = 0


@pytest.fixture
def analyst(people: People, who: Callable[..., Who]) -> Who:
    listed(entry())
    return who(people.analyst, Purpose.SERIOUS_CRIME)


@pytest.fixture
def supervisor(people: People, who: Callable[..., Who]) -> Who:
    return who(people.supervisor, Purpose.SERIOUS_CRIME)


def flies(say: Say, *persons: Traveller, days: int = 0, told: Callable[..., Any] = api, screened: bool = True) -> Hit:
    """The hit of somebody on the flight of a day from now on."""
    leg = replace(LEG, departure_local=LEAVES + timedelta(days=days), arrival_local=LANDS + timedelta(days=days))
    say(told(*persons, flights=(leg,)))
    if screened:
        rescreen_due(NOW)
    return hit_on(days)


def hit_on(days: int) -> Hit:
    return Hit.objects.get(journey__departure_date=LEAVES.date() + timedelta(days=days))


def decides(who: Who, hit: Hit, answers: Answers = NOT_HER) -> None:
    review.claim(who, hit.pk, NOW)
    review.decide(who, hit.pk, answers, NOW)


def told() -> list[str]:
    events = AuditEntry.objects.order_by("pk").values_list("event", flat=True)
    return [each for each in events if each in {"hit.cleared", "hit.sampled", "hit.repeated", "clearance.made"}]


def test_a_look_alike_is_cleared_once_and_an_impostor_and_a_changed_entry_are_raised(analyst: Who, say: Say) -> None:
    """LR-44: what is kept of who was cleared serves to stop them no more, and nothing else."""
    first = flies(say, ANA)
    assert first.queued
    decides(analyst, first)

    second = flies(say, ANA, days=1)
    assert (second.queued, second.ruling, second.status) == (False, Ruling.CLEARED, HitStatus.OPEN)
    assert second.clearance == Clearance.objects.get(decision__hit=first)
    assert told() == ["clearance.made", "hit.cleared"]
    with pytest.raises(RefusedError, match="cleared for this entry"):
        review.claim(analyst, second.pk, NOW)

    impostor = flies(say, structs.replace(ANA, documents=(Document("Z9", "P", "SLV"),)), days=2)
    assert (impostor.queued, impostor.ruling, impostor.clearance) == (True, Ruling.OTHER_DOCUMENT, second.clearance)

    listed(entry(action="arrest"))
    rescreen_due(NOW)
    raised = hit_on(1)
    assert (raised.queued, raised.ruling, raised.gravity) == (True, Ruling.OLDER_ENTRY, 1)


def test_the_flight_on_which_she_was_cleared_keeps_its_decision(analyst: Who, say: Say) -> None:
    first = flies(say, ANA)
    decides(analyst, first)
    Journey.objects.update(screening_due_at=NOW)
    rescreen_due(NOW)
    first.refresh_from_db()
    assert (first.status, first.queued, first.ruling) == (HitStatus.DECIDED, True, "")


def test_another_flight_that_waits_already_is_cleared_too_unless_somebody_works_on_it(
    analyst: Who, supervisor: Who, say: Say
) -> None:
    first, waiting, claimed = (flies(say, ANA, days=days) for days in range(3))
    review.claim(supervisor, claimed.pk, NOW)
    decides(analyst, first)
    rescreen_due(NOW)
    assert [hit_on(days).queued for days in range(3)] == [True, False, True]
    assert waiting.queued


@pytest.mark.parametrize(
    ("changed", "queued"),
    [
        ({"documents": ()}, True),
        ({"documents": (Document("A01234567", "P", "GTM"),)}, True),
        ({"documents": (Document("A0123 4567", "P", "SLV"), Document("V1", "V", "USA"))}, False),
        ({"documents": (Document("A01234567", "P", "SLV"), Document("B2", "P", "USA"))}, True),
        ({"given_names": "ANA MARIA"}, False),
    ],
)
def test_only_the_same_document_clears(analyst: Who, say: Say, *, changed: dict[str, Any], queued: bool) -> None:
    decides(analyst, flies(say, ANA))
    assert flies(say, structs.replace(ANA, **changed), days=1).queued is queued


@pytest.mark.parametrize("born", [PartialDate(1988, 2, 28), PartialDate(1988, 3, 29)])
def test_only_the_same_birth_date_clears(analyst: Who, say: Say, born: PartialDate) -> None:
    """A clearance is of one document and one birth date: whoever bears both the number and another day is looked at."""
    decides(analyst, flies(say, ANA))
    hit = flies(say, structs.replace(ANA, birth_date=born), days=1)
    assert (hit.queued, hit.ruling, hit.clearance) == (True, "", None)


@pytest.mark.parametrize(
    "changed",
    [
        entry(born="1988-02-28"),
        entry(action="arrest"),
        entry(documents="Z7654321"),
        entry().replace("ANA EJEMPLO PRUEBA", "ANA EJEMPLO PRUEBA;ANITA EJEMPLO"),
        entry().replace("inventado", "otra razón"),
        entry().replace("2027-06-01", "2027-07-01"),
    ],
)
def test_only_the_same_version_of_the_entry_clears(changed: str, analyst: Who, say: Say) -> None:
    decides(analyst, flies(say, ANA))
    assert not flies(say, ANA, days=1).queued
    listed(changed)
    rescreen_due(NOW)
    assert (hit_on(1).queued, hit_on(1).ruling) == (True, Ruling.OLDER_ENTRY)


def test_sources_that_disagree_about_the_document_raise(analyst: Who, say: Say) -> None:
    decides(analyst, flies(say, ANA))
    flies(say, ANA, days=1)
    other = structs.replace(ANA, documents=(Document("Z9", "P", "SLV"),))
    hit = flies(say, other, days=1, told=pnr)
    assert hit.traveller.has_api
    assert hit.traveller.has_pnr
    assert (hit.queued, hit.ruling) == (True, Ruling.UNCERTAIN)


@pytest.mark.parametrize(
    "unbound",
    [{"documents": ()}, {"documents": (Document("A01234567"),)}, {"birth_date": PartialDate(1988)}],
)
def test_who_shows_no_document_or_birth_date_is_not_remembered(unbound: dict[str, Any], analyst: Who, say: Say) -> None:
    decides(analyst, flies(say, structs.replace(ANA, **unbound)))
    assert not Clearance.objects.exists()


def test_a_reviewer_can_want_nothing_remembered(analyst: Who, say: Say) -> None:
    decides(analyst, flies(say, ANA), replace(NOT_HER, forget=True))
    assert not Clearance.objects.exists()
    assert flies(say, ANA, days=1).queued


def test_only_another_person_is_remembered_and_no_doubt(analyst: Who, say: Say) -> None:
    decides(analyst, flies(say, ANA), replace(NOT_HER, identity=Identity.UNCLEAR))
    assert not Clearance.objects.exists()


def test_a_listed_number_is_never_remembered_away(people: People, analyst: Who, say: Say) -> None:
    listed(entry(documents="A01234567"))
    decides(analyst, flies(say, ANA))
    assert not Clearance.objects.exists()


@pytest.mark.parametrize("against", ["W-1", ""])
def test_a_listed_number_is_raised_whatever_was_proven_for_who_bears_it(
    against: str, analyst: Who, supervisor: Who, say: Say
) -> None:
    """Who bears the very number that is sought is no look-alike: not by a certificate either."""
    listed(entry(documents="A01234567"))
    proofs.verify(supervisor, proofs.enter(analyst, proof(against), NOW), NOW)
    hit = flies(say, ANA)
    assert (hit.queued, hit.ruling, hit.proof) == (True, Ruling.NUMBER_LISTED, ClearingProof.objects.get())
    listed(entry(documents="A01234568"))
    proofs.verify(supervisor, proofs.enter(analyst, proof(against), NOW), NOW)
    assert (flies(say, ANA, days=1).queued, hit_on(1).ruling) == (True, Ruling.NUMBER_LISTED), "a slip of the number"


def test_a_list_that_says_the_same_again_keeps_the_clearance_and_so_does_an_entry_that_comes_back(
    analyst: Who, say: Say
) -> None:
    decides(analyst, flies(say, ANA))
    listed(entry(), entry("W-2", "1950-01-01"))
    assert not flies(say, ANA, days=1).queued
    listed(entry("W-2", "1950-01-01"))
    listed(entry(), entry("W-2", "1950-01-01"))
    rescreen_due(NOW)
    assert not hit_on(1).queued


def test_a_later_decision_about_the_same_hit_overtakes_the_clearance(analyst: Who, supervisor: Who, say: Say) -> None:
    first = flies(say, ANA)
    decides(analyst, first)
    assert not flies(say, ANA, days=1).queued
    decides(supervisor, first, HER)
    assert Clearance.objects.get().revoked_at
    rescreen_due(NOW)
    assert hit_on(1).queued


def test_a_decision_about_a_child_clears_once_a_supervisor_agreed(analyst: Who, supervisor: Who, say: Say) -> None:
    listed(entry(born="2015-02-28", action="inform"))
    decides(analyst, flies(say, structs.replace(ANA, birth_date=PartialDate(2015, 2, 28))))
    assert not Clearance.objects.exists()
    review.second(supervisor, Decision.objects.get().pk, agrees=True, reason="So it is", now=NOW)
    assert Clearance.objects.get().made_by_id == analyst.account


def test_revoking_a_clearance_raises_at_once(analyst: Who, say: Say) -> None:
    decides(analyst, flies(say, ANA))
    flies(say, ANA, days=1)
    clearance = Clearance.objects.get()
    with pytest.raises(AuthorError):
        clearances.revoke(analyst, clearance.pk, " ", NOW)
    clearances.revoke(analyst, clearance.pk, "The mother's name was read wrongly", NOW)
    rescreen_due(NOW)
    assert (hit_on(1).queued, hit_on(1).ruling) == (True, "")
    with pytest.raises(RefusedError, match="revoked before"):
        clearances.revoke(analyst, clearance.pk, "again", NOW)


def test_a_sample_is_queued_all_the_same_and_stays_one(analyst: Who, say: Say, settings: Any) -> None:
    first = flies(say, ANA)
    assert all(each.urgent for each in queue(analyst, NOW).hits)
    decides(analyst, first)
    settings.CLEARED_SAMPLE_PERCENT = 100
    sample = flies(say, ANA, days=1)
    assert (sample.queued, sample.ruling) == (True, Ruling.SAMPLED)
    assert not any(each.urgent for each in queue(analyst, NOW).hits)  # "very likely the person" it is not
    settings.CLEARED_SAMPLE_PERCENT = 0
    Journey.objects.update(screening_due_at=NOW)
    rescreen_due(NOW)
    assert hit_on(1).ruling == Ruling.SAMPLED
    assert told() == ["clearance.made", "hit.sampled"]
    decides(analyst, sample)
    assert not RepeatedStop.objects.exists()
    assert Clearance.objects.filter(revoked_at=None).count() == 2


def test_a_sample_that_is_the_person_after_all_ends_the_clearance(analyst: Who, say: Say, settings: Any) -> None:
    decides(analyst, flies(say, ANA))
    settings.CLEARED_SAMPLE_PERCENT = 100
    decides(analyst, flies(say, ANA, days=1), HER)
    assert Clearance.objects.get().revoked_at


def test_a_week_without_a_sample_draws_the_next_one(analyst: Who, say: Say) -> None:
    decides(analyst, flies(say, ANA))
    left_out = flies(say, ANA, days=1)
    assert left_out.ruling == Ruling.CLEARED
    Hit.objects.filter(pk=left_out.pk).update(raised_at=NOW - homonyms.SAMPLE_WITHIN)
    assert flies(say, ANA, days=2).ruling == Ruling.SAMPLED
    assert flies(say, ANA, days=3).ruling == Ruling.CLEARED


def test_stopping_a_cleared_person_again_is_an_incident_until_a_supervisor_has_looked(
    analyst: Who, supervisor: Who, say: Say
) -> None:
    """LR-65."""
    first, second = flies(say, ANA), flies(say, ANA, days=1)
    review.claim(supervisor, second.pk, NOW)
    decides(analyst, first)
    rescreen_due(NOW)
    decides(supervisor, second)
    stop = RepeatedStop.objects.get()
    assert (stop.hit, stop.kind) == (second, Repeat.SAME)
    assert alarms(supervisor, NOW).repeated == 1
    decides(analyst, second)
    assert RepeatedStop.objects.get() == stop, "one hit is counted once, however often it is decided"
    with pytest.raises(RefusedError):
        clearances.look_at(analyst, stop.pk, "No", NOW)
    clearances.look_at(supervisor, stop.pk, "Two flights were worked on at once", NOW)
    assert not alarms(supervisor, NOW).repeated
    with pytest.raises(RefusedError, match="looked at this before"):
        clearances.look_at(supervisor, stop.pk, "Again", NOW)


def test_a_cleared_person_with_a_new_passport_is_counted_apart(analyst: Who, supervisor: Who, say: Say) -> None:
    decides(analyst, flies(say, ANA))
    decides(analyst, flies(say, structs.replace(ANA, documents=(Document("Z9", "P", "SLV"),)), days=1))
    assert RepeatedStop.objects.get().kind == Repeat.OTHER_DOCUMENT
    assert not alarms(supervisor, NOW).repeated


def test_a_confirmed_hit_that_says_that_a_clearance_existed_replays_as_before(analyst: Who, say: Say) -> None:
    decides(analyst, flies(say, ANA))
    decides(analyst, flies(say, structs.replace(ANA, documents=(Document("Z9", "P", "SLV"),)), days=1), HER)
    assert repeats(open_evidence(SealedEvidence.objects.get(), keyring()))


# What a person brings.


def proof(entry: str = "W-1", **changes: Any) -> Proof:
    said = Proof(
        ProofKind.HOMONYM_CERTIFICATE,
        "Dirección Ficticia",
        "CH-77",
        "A-0123 4567",
        "slv",
        "1988-02-29",
        date(2027, 11, 22),
        Watchlist.objects.get().pk,
        entry,
    )
    return replace(said, **changes)


@pytest.mark.parametrize("kind", ProofKind)
def test_a_proof_clears_once_a_second_person_has_verified_it(
    kind: ProofKind, analyst: Who, supervisor: Who, say: Say
) -> None:
    """LR-63, LR-64."""
    waiting = flies(say, ANA)
    made = proofs.enter(analyst, proof(kind=kind), NOW)
    rescreen_due(NOW)
    assert hit_on(0).queued
    with pytest.raises(RefusedError):
        proofs.verify(analyst, made, NOW)
    proofs.verify(supervisor, made, NOW)
    rescreen_due(NOW)
    waiting.refresh_from_db()
    assert (waiting.queued, waiting.ruling, waiting.proof_id) == (False, Ruling.CLEARED, made)
    with pytest.raises(RefusedError, match="verified before"):
        proofs.verify(supervisor, made, NOW)
    proofs.revoke(analyst, made, "Its issuer has withdrawn it", NOW)
    rescreen_due(NOW)
    assert hit_on(0).queued
    with pytest.raises(RefusedError, match="revoked before"):
        proofs.revoke(analyst, made, "Again", NOW)


def test_nobody_verifies_their_own_proof(supervisor: Who, analyst: Who) -> None:
    with pytest.raises(RefusedError, match="yourself"):
        proofs.verify(supervisor, proofs.enter(supervisor, proof(), NOW), NOW)


def test_an_impostor_with_a_redress_number_of_another_is_raised(analyst: Who, supervisor: Who, say: Say) -> None:
    """LR-63."""
    proofs.verify(supervisor, proofs.enter(analyst, proof(kind=ProofKind.REDRESS_NUMBER), NOW), NOW)
    hit = flies(say, structs.replace(ANA, documents=(Document("Z9", "P", "SLV"),)))
    assert (hit.queued, hit.ruling) == (True, Ruling.OTHER_DOCUMENT)


def test_a_redress_number_in_a_booking_clears_until_another_document_is_told(
    analyst: Who, supervisor: Who, say: Say
) -> None:
    """LR-63: a booking often tells no document; whoever then comes with another one is raised."""
    proofs.verify(supervisor, proofs.enter(analyst, proof(kind=ProofKind.REDRESS_NUMBER), NOW), NOW)
    booked = structs.replace(ANA, documents=(), government_reference="CH77")
    hit = flies(say, booked, told=pnr)
    assert (hit.queued, hit.ruling, hit.proof) == (False, Ruling.CLEARED, ClearingProof.objects.get())
    hit = flies(say, structs.replace(ANA, documents=(Document("Z9", "P", "SLV"),)))
    assert (hit.queued, hit.ruling) == (True, Ruling.OTHER_DOCUMENT)
    assert flies(say, structs.replace(booked, government_reference="CH78"), told=pnr, days=1).queued


def test_a_proof_against_a_whole_list_clears_what_stood_on_it_and_no_later_entry(
    analyst: Who, supervisor: Who, say: Say
) -> None:
    proofs.verify(supervisor, proofs.enter(analyst, proof(entry=""), NOW), NOW)
    assert not flies(say, ANA).queued
    listed(entry(), entry("W-2"))
    rescreen_due(NOW)
    rulings = dict(Hit.objects.values_list("cause_key", "ruling"))
    assert rulings == {"W-1": Ruling.CLEARED, "W-2": Ruling.OLDER_ENTRY}


def test_a_proof_lapses_by_itself_with_its_last_day(analyst: Who, supervisor: Who, say: Say) -> None:
    ends = NOW.date()
    proofs.verify(supervisor, proofs.enter(analyst, proof(valid_until=ends), NOW), NOW)
    assert not flies(say, ANA, days=1).queued
    upkeep(NOW)
    rescreen_due(NOW)
    assert not hit_on(1).queued
    tomorrow = NOW + timedelta(days=1)
    upkeep(tomorrow)
    rescreen_due(tomorrow)
    assert (hit_on(1).queued, hit_on(1).ruling) == (True, "")


@pytest.mark.parametrize(
    "wrong",
    [
        {"authority": " "},
        {"number": ""},
        {"document": ""},
        {"document": "--"},
        {"issuer": "S1V"},
        {"issuer": "ZZZ"},
        {"birth_date": "1988"},
        {"birth_date": "29/02/1988"},
        {"valid_until": date(2026, 11, 21)},
        {"entry": "W-9"},
        {"number": "7" * 81},
    ],
)
def test_a_proof_that_binds_nothing_or_is_over_is_refused(wrong: dict[str, Any], analyst: Who) -> None:
    with pytest.raises(AuthorError):
        proofs.enter(analyst, proof(**wrong), NOW)
    assert not ClearingProof.objects.exists()


@pytest.mark.parametrize("issuer", ["D", "de", "DEU"])
def test_a_proof_clears_by_whichever_code_of_the_issuer_it_was_written_with(
    issuer: str, analyst: Who, supervisor: Who, say: Say
) -> None:
    """A German passport says D, and messages are read as DEU."""
    proofs.verify(supervisor, proofs.enter(analyst, proof(issuer=issuer), NOW), NOW)
    hit = flies(say, structs.replace(ANA, documents=(Document("A01234567", "P", "DEU"),)))
    assert (hit.queued, hit.ruling) == (False, Ruling.CLEARED)


# How long it is kept.


@pytest.mark.django_db(transaction=True)
def test_a_clearance_goes_with_the_record_it_was_made_of_and_a_proof_with_its_own_term(
    analyst: Who, supervisor: Who, say: Say
) -> None:
    decides(analyst, flies(say, ANA))
    made = proofs.enter(analyst, proof(valid_until=date(2027, 6, 30)), NOW)
    after = NOW + timedelta(days=190)
    report = retention.run(after, after)
    assert not JourneyTraveller.objects.exists()
    assert not Clearance.objects.exists()
    assert report.counts["purged.storage.Clearance"] == 1
    assert ClearingProof.objects.filter(pk=made).exists()
    assert "redress numbers and certificates" in report.certificate
    gone = after + timedelta(days=90)
    assert retention.run(gone, gone).counts["purged.storage.ClearingProof"] == 1
    assert not ClearingProof.objects.exists()


def test_what_a_clearance_that_has_gone_kept_from_the_queue_is_raised(analyst: Who, say: Say) -> None:
    decides(analyst, flies(say, ANA))
    assert not flies(say, ANA, days=1).queued
    Clearance.objects.all().delete()
    upkeep(NOW)
    rescreen_due(NOW)
    assert hit_on(1).queued


@pytest.mark.django_db(transaction=True)
def test_an_entry_that_its_list_dropped_takes_its_clearances_along(analyst: Who, say: Say) -> None:
    decides(analyst, flies(say, ANA))
    listed(entry("W-2", "1950-01-01"))
    later = NOW + timedelta(days=32)
    retention.run(later, later)
    assert not Clearance.objects.exists()
    assert JourneyTraveller.objects.exists()
