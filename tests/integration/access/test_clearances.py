"""Who sees who was cleared, by whom and why; whose numbers they are is shown to reviewers alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.integration.conftest import People
from tests.integration.review import world
from tests.integration.review.world import ANA, CLEARED, NOW
from torogoz.domain.clearance import ProofKind, Repeat, Unbound
from torogoz.domain.hit import Cause, CauseKind, Ruling
from torogoz.domain.purpose import DataClass, Purpose
from torogoz.domain.staff import StaffRole, Who
from torogoz.errors import RefusedError
from torogoz.flow import clearances as flow
from torogoz.flow import proofs, review
from torogoz.flow.proofs import Proof
from torogoz.storage.access.board import flight_page
from torogoz.storage.access.clearances import Redress, clearances
from torogoz.storage.access.decisions import hit_to_decide
from torogoz.storage.access.dossier import dossier
from torogoz.storage.access.guard import who_is
from torogoz.storage.clearances import known_for
from torogoz.storage.models import AuditEntry, Clearance, ClearingProof, Hit, RepeatedStop, Watchlist, WatchlistVersion

pytestmark = pytest.mark.django_db

Asker = Callable[..., Who]
Browse = Callable[..., Client]


def listed(**columns: Any) -> Hit:
    """Ana, by her passport alone, with a hit of an entry."""
    flight = world.journey()
    message = world.message(flight, "PAXLST")
    hit = world.hit_of(world.traveller(flight, (DataClass.API, message, ANA, None)), message, **columns)
    own = {name: columns[name] for name in ("agency", "compartment") if name in columns}
    entry = world.entry(hit, **own)
    WatchlistVersion.objects.get_or_create(
        watchlist=entry.watchlist,
        number=1,
        defaults={"imported_at": NOW, "digest": "", "entries": 1, "added": 1, "removed": 0, "refused": 0},
    )
    return hit


def cleared(account: Any, **columns: Any) -> Clearance:
    """What somebody's decision about such a hit has cleared."""
    hit = listed(**columns)
    who = who_is(account, Purpose.SERIOUS_CRIME)
    review.claim(who, hit.pk, NOW)
    review.decide(who, hit.pk, CLEARED, NOW)
    return Clearance.objects.get(decision__hit=hit)


def proven(made_by: Who, verified_by: Who, entry: str = "") -> ClearingProof:
    """A redress number against the list of the newest hit."""
    proof = Proof(
        *(ProofKind.REDRESS_NUMBER, "Dirección Ficticia", "R-77", "A01234567", "SLV", "1988-02-29"),
        *(date(2027, 1, 1), Watchlist.objects.latest("pk").pk, entry),
    )
    made = proofs.enter(made_by, proof, NOW)
    proofs.verify(verified_by, made, NOW)
    return ClearingProof.objects.get(pk=made)


def test_a_reviewer_sees_whom_a_clearance_binds_who_made_it_and_why(people: People, who: Asker) -> None:
    made = cleared(people.analyst)
    proven(who(people.analyst, Purpose.SERIOUS_CRIME), who(people.supervisor, Purpose.SERIOUS_CRIME))
    page = clearances(who(people.supervisor, Purpose.SERIOUS_CRIME), NOW)
    (one,), (proof,) = page.clearances, page.proofs
    bound = one.bound
    assert (bound.number, bound.issuer, bound.birth_date) == ("A01234567", "SLV", "1988-02-29")
    assert (bound.watchlist, bound.entry, bound.state, bound.changed) == (
        "Buscados ficticios",
        made.entry.key,
        "in_force",
        False,
    )
    assert (bound.made_by, one.why, bound.mine) == ("the-analyst", CLEARED.identity_reason, False)
    assert (proof.proof_number, proof.bound.entry, proof.verified_by) == ("R-77", "", "the-supervisor")
    assert AuditEntry.objects.get(event="viewed.clearances").counts == {"clearances": 1, "proofs": 1, "repeated": 0}


def entered(who: Who, at: datetime, number: str = "R-77", until: date = date(2027, 1, 1)) -> int:
    """A request that nobody has verified yet."""
    against = Watchlist.objects.latest("pk").pk
    said = (ProofKind.REDRESS_NUMBER, "Dirección Ficticia", number, "A01234567", "SLV", "1988-02-29")
    return proofs.enter(who, Proof(*said, until, against), at)


def test_the_days_from_a_request_to_its_verification_are_counted_by_the_states_calendar(
    people: People, who: Asker
) -> None:
    """LR-65: how long somebody who is taken for another waits is known, and what came of it."""
    listed()
    analyst, supervisor = (who(each, Purpose.SERIOUS_CRIME) for each in (people.analyst, people.supervisor))
    assert clearances(analyst, NOW).redress == Redress(0, 0, 0, 0, 0, 0)
    midnight = NOW.replace(hour=6)  # in San Salvador
    for days, number in ((0, "R-1"), (1, "R-2"), (9, "R-3"), (4, "R-4")):
        made = entered(analyst, midnight - timedelta(days=days, hours=1), number)
        proofs.verify(supervisor, made, midnight - timedelta(hours=1))
    proofs.revoke(analyst, made, "Its issuer has withdrawn it", NOW)
    entered(analyst, midnight - timedelta(minutes=1), "R-5")
    entered(analyst, midnight - timedelta(days=3), "R-6")
    proofs.revoke(analyst, entered(analyst, NOW, "R-7"), "Its issuer does not know it", NOW)
    entered(analyst, NOW - timedelta(days=40), "R-8", NOW.date() - timedelta(days=1))
    page = clearances(analyst, midnight)
    assert page.redress == Redress(verified=4, half_within=1, all_within=9, waiting=2, oldest=3, ended=2)
    assert {each.proof_number: each.days for each in page.proofs} == {
        "R-1": 0, "R-2": 1, "R-3": 9, "R-4": 4, "R-5": 1, "R-6": 3, "R-7": None, "R-8": None,
    }  # fmt: skip
    assert clearances(who(people.data_protection, Purpose.OVERSIGHT), midnight).redress == page.redress
    assert clearances(who(people.partner, Purpose.SERIOUS_CRIME), midnight).redress.verified == 0


def test_the_page_says_how_long_requests_waited(people: People, browse: Browse) -> None:
    listed()
    analyst, supervisor = (who_is(each, Purpose.SERIOUS_CRIME) for each in (people.analyst, people.supervisor))
    now = timezone.now()
    valid = now.date() + timedelta(days=99)
    proofs.verify(supervisor, entered(analyst, now - timedelta(days=2), "R-1", valid), now)
    entered(analyst, now - timedelta(days=1), "R-2", valid)
    page = " ".join(browse(people.analyst, Purpose.SERIOUS_CRIME).get("/clearances").content.decode().split())
    assert "Verified: 1. Days from being entered until then: half within 2, all within 2." in page
    assert "Waiting: 1. Days that the oldest has waited: 1." in page
    assert "after 2 days" in page
    assert "has waited for 1 day<" in page
    assert "Ended without" not in page


def test_the_data_protection_officer_sees_the_use_and_nobodys_number(people: People, who: Asker) -> None:
    cleared(people.analyst)
    proven(who(people.analyst, Purpose.SERIOUS_CRIME), who(people.supervisor, Purpose.SERIOUS_CRIME))
    page = clearances(who(people.data_protection, Purpose.OVERSIGHT), NOW)
    told = repr(page)
    for secret in ("A01234567", "1988-02-29", "R-77", CLEARED.identity_reason):
        assert secret not in told
    assert [each.bound.made_by for each in page.clearances] == ["the-analyst"]
    assert [each.bound.made_by for each in page.proofs] == ["the-analyst"]
    assert not page.lists


@pytest.mark.parametrize("name", ["administrator", "outsider", "border_officer", "carrier_person"])
def test_nobody_else_sees_them(name: str, people: People, who: Asker) -> None:
    account = getattr(people, name)
    purpose = Purpose.BORDER_CONTROL if name == "border_officer" else None
    with pytest.raises(RefusedError):
        clearances(who(account, purpose), NOW)
    assert AuditEntry.objects.get().event == "refused.access"


def test_another_agencys_a_compartments_and_another_purposes_are_as_if_they_were_not(
    people: People, who: Asker
) -> None:
    closed = cleared(world.account(StaffRole.ANALYST, compartments=("operation",)), compartment="operation")
    made = cleared(people.analyst)
    for asker in (
        who(people.partner, Purpose.SERIOUS_CRIME),
        who(people.analyst, Purpose.BORDER_CONTROL),
        replace(who(people.analyst), purpose=None),
    ):
        if asker.purpose:
            assert not clearances(asker, NOW).clearances
        with pytest.raises(RefusedError):
            flow.revoke(asker, made.pk, "A reason", NOW)
    with pytest.raises(RefusedError):
        flow.revoke(who(people.analyst, Purpose.SERIOUS_CRIME), closed.pk, "A reason", NOW)
    page = clearances(who(people.analyst, Purpose.SERIOUS_CRIME), NOW)
    assert [each.bound.id for each in page.clearances] == [made.pk]


def test_a_proof_against_one_entry_opens_under_its_purpose_and_one_against_a_list_under_any(
    people: People, who: Asker
) -> None:
    hit = listed()
    crime = (who(people.analyst, Purpose.SERIOUS_CRIME), who(people.supervisor, Purpose.SERIOUS_CRIME))
    against_entry, against_list = proven(*crime, hit.cause_key), proven(*crime)
    seen = {each.bound.id for each in clearances(who(people.analyst, Purpose.BORDER_CONTROL), NOW).proofs}
    assert seen == {against_list.pk}
    with pytest.raises(RefusedError):
        proofs.revoke(who(people.analyst, Purpose.BORDER_CONTROL), against_entry.pk, "A reason", NOW)


def test_the_state_of_each_is_told(people: People, who: Asker, settings: Any) -> None:
    settings.CLEARED_SAMPLE_PERCENT = 7
    analyst, supervisor = (who(each, Purpose.SERIOUS_CRIME) for each in (people.analyst, people.supervisor))
    made = cleared(people.analyst)
    made.entry.version_to = 2
    made.entry.save()
    over = proven(analyst, supervisor)
    ClearingProof.objects.filter(pk=over.pk).update(valid_until=date(2026, 11, 1))
    entered = proven(analyst, supervisor)
    ClearingProof.objects.filter(pk=entered.pk).update(verified_at=None)
    revoked = proven(analyst, supervisor)
    proofs.revoke(analyst, revoked.pk, "Its issuer has withdrawn it", NOW)
    page = clearances(analyst, NOW)
    assert [each.bound.changed for each in page.clearances] == [True]
    assert {each.bound.id: each.bound.state for each in page.proofs} == {
        over.pk: "over",
        entered.pk: "entered",
        revoked.pk: "revoked",
    }
    assert page.percent == 7


def test_repeated_stops_are_counted_and_those_counted_apart_apart(people: People, who: Asker) -> None:
    for kind in (Repeat.SAME, Repeat.OTHER_DOCUMENT, Repeat.OLDER_ENTRY):
        RepeatedStop.objects.create(hit=listed(), kind=kind, at=NOW)
    analyst, supervisor = (who(each, Purpose.SERIOUS_CRIME) for each in (people.analyst, people.supervisor))
    page = clearances(analyst, NOW)
    assert (page.repeated, page.apart, len(page.repeats)) == (1, 2, 3)
    first = RepeatedStop.objects.earliest("pk")
    flow.look_at(supervisor, first.pk, "Two worked on it at once", NOW)
    (last,) = [each for each in clearances(analyst, NOW).repeats if each.seen_at]
    assert (last.id, last.seen_by) == (first.pk, "the-supervisor")
    assert not clearances(who(people.partner, Purpose.SERIOUS_CRIME), NOW).repeats
    with pytest.raises(RefusedError):
        flow.look_at(world.who(StaffRole.SUPERVISOR, agency=people.partner.agency), first.pk, "It is not mine", NOW)


def test_a_dossier_shows_what_is_cleared_apart_and_by_what(people: People, who: Asker) -> None:
    analyst = who(people.analyst, Purpose.SERIOUS_CRIME)
    made = cleared(people.analyst)
    proof = proven(analyst, who(people.supervisor, Purpose.SERIOUS_CRIME))
    hit = listed(queued=False, ruling=Ruling.CLEARED, clearance=made)
    other = world.hit_of(hit.traveller, world.message(hit.journey, "PNRGOV"), ruling=Ruling.SAMPLED, proof=proof)
    gone = world.hit_of(hit.traveller, world.message(hit.journey, "PNRGOV"), ruling=Ruling.OLDER_ENTRY)
    page = dossier(analyst, hit.traveller_id, NOW)
    assert [each.id for each in page.cleared] == [hit.pk]
    assert {each.id for each in page.raised} == {other.pk, gone.pk}
    (by,) = [each.cleared for each in page.cleared]
    assert by
    assert (by.anchor, by.by, by.why, by.kind) == (
        f"clearance-{made.pk}",
        "the-analyst",
        CLEARED.identity_reason,
        None,
    )
    told = {each.id: each.cleared for each in page.raised}
    assert told[gone.pk] is None
    by = told[other.pk]
    assert by
    assert (by.anchor, by.by, by.kind) == (f"proof-{proof.pk}", "the-supervisor", ProofKind.REDRESS_NUMBER)


def test_whoever_decides_is_told_what_will_be_remembered_or_why_nothing_can(people: People, who: Asker) -> None:
    analyst = who(people.analyst, Purpose.SERIOUS_CRIME)
    binds = hit_to_decide(analyst, listed().pk, NOW).binds
    assert binds
    assert (binds.number, binds.issuer, binds.birth_date) == ("A01234567", "SLV", "1988-02-29")
    for hit, unbound in (
        (world.case().hit, Unbound.ENTRY_GONE),
        (listed(evidence=[{"field": "document", "stance": "for", "millibits": 9, "code": "document_same"}]), None),
    ):
        binds = hit_to_decide(analyst, hit.pk, NOW).binds
        assert binds
        assert binds.unbound == (unbound or Unbound.NUMBER_LISTED)
    assert hit_to_decide(analyst, world.rule_hit().pk, NOW).binds is None


def test_a_rules_hit_and_an_entry_that_has_gone_clear_nobody(people: People, who: Asker) -> None:
    analyst = who(people.analyst, Purpose.SERIOUS_CRIME)
    for hit in (world.rule_hit(), world.case().hit):
        review.claim(analyst, hit.pk, NOW)
        review.decide(analyst, hit.pk, CLEARED, NOW)
    assert not Clearance.objects.exists()
    made = cleared(people.analyst)
    gone = Cause(CauseKind.WATCHLIST, made.entry.watchlist.name, made.entry.key, 0)
    known = known_for([gone], ["1988-02-29"], NOW.date())
    assert [each.current for each in known[gone.source, gone.key]] == [False]


def test_a_flights_list_marks_nobody_who_is_cleared(people: People, who: Asker) -> None:
    made = cleared(people.analyst)
    hit = listed(queued=False, ruling=Ruling.CLEARED, clearance=made)
    (passenger,) = flight_page(who(people.analyst, Purpose.SERIOUS_CRIME), hit.journey_id, NOW).passengers
    assert (passenger.hits, passenger.advisory) == ((), 0)


# The pages.


def test_the_decision_page_tells_it_and_lets_the_reviewer_say_no(people: People, browse: Browse) -> None:
    hit = listed()
    browser = browse(people.analyst, Purpose.SERIOUS_CRIME)
    browser.post(f"/hit/{hit.pk}/claim")
    page = browser.get(f"/hit/{hit.pk}/decide").content.decode()
    assert "document A01234567 (SLV), born 1988-02-29" in page
    answers = {
        "identity": "not_same",
        "identity_reason": "Another mother",
        "ground": "no",
        "ground_reason": "None",
        "action": "none",
        "action_reason": "Nothing",
    }
    assert browser.post(f"/hit/{hit.pk}/decide", {**answers, "forget": "1"}).status_code == 302
    assert not Clearance.objects.exists()
    browser.post(f"/hit/{hit.pk}/claim")
    assert browser.post(f"/hit/{hit.pk}/decide", answers).status_code == 302
    made = Clearance.objects.get()
    page = browser.get("/clearances").content.decode()
    assert f'id="clearance-{made.pk}"' in page
    assert "Another mother" in page


def test_a_cleared_hit_says_so_in_the_dossier_and_where_it_would_be_decided(people: People, browse: Browse) -> None:
    made = cleared(people.supervisor)
    hit = listed(queued=False, ruling=Ruling.CLEARED, clearance=made)
    browser = browse(people.analyst, Purpose.SERIOUS_CRIME)
    page = browser.get(f"/traveller/{hit.traveller_id}").content.decode()
    assert "Cleared: not in the queue" in page
    assert f"/clearances#clearance-{made.pk}" in page
    assert "there is nothing to decide" in browser.get(f"/hit/{hit.pk}/decide").content.decode()
    assert f"/hit/{hit.pk}/decide" not in browser.get("/queue").content.decode()


def test_the_page_says_why_it_is_empty(people: People, browse: Browse) -> None:
    page = browse(people.analyst, Purpose.SERIOUS_CRIME).get("/clearances").content.decode()
    assert "a clearance is made when a reviewer decides" in page
    assert "nobody who was cleared has been decided about again" in page
    assert "people bring them" in page


def test_a_proof_is_entered_by_its_form_which_keeps_what_was_written(people: People, browse: Browse) -> None:
    listed()
    form = {
        "kind": "homonym_certificate",
        "authority": "Dirección Ficticia",
        "number": "CH-1",
        "document": "A01234567",
        "issuer": "slv",
        "birth_date": "1988-02-29",
        "valid_until": "2999-01-01",
        "watchlist": Watchlist.objects.get().pk,
        "entry": "",
    }
    browser = browse(people.analyst, Purpose.SERIOUS_CRIME)
    wrong = browser.post("/clearances/proofs", form | {"birth_date": ""})
    assert wrong.status_code == 422
    assert 'value="CH-1"' in wrong.content.decode()
    assert browser.post("/clearances/proofs", form | {"watchlist": ""}).status_code == 422
    assert not ClearingProof.objects.exists()
    assert browser.post("/clearances/proofs", form).status_code == 302
    made = ClearingProof.objects.get()
    assert (made.issuer, made.document, made.verified_at) == ("SLV", "A01234567", None)
    second = browse(people.supervisor, Purpose.SERIOUS_CRIME)
    second.post(f"/clearances/proofs/{made.pk}/verify")
    made.refresh_from_db()
    assert made.verified_by == people.supervisor
    second.post(f"/clearances/proofs/{made.pk}/revoke", {"reason": "Its issuer has withdrawn it"})
    made.refresh_from_db()
    assert made.revoked_by == people.supervisor


def test_a_supervisor_revokes_and_looks_at_a_repeated_stop(people: People, browse: Browse) -> None:
    made = cleared(people.analyst)
    stop = RepeatedStop.objects.create(hit=listed(), kind=Repeat.SAME, at=NOW)
    browser = browse(people.supervisor, Purpose.SERIOUS_CRIME)
    assert "1 cleared person was stopped again" in browser.get("/alarms").content.decode()
    browser.post(f"/clearances/{made.pk}/revoke", {"reason": "The name was read wrongly"})
    browser.post(f"/clearances/repeated/{stop.pk}", {"reason": "Two worked on it at once"})
    made.refresh_from_db()
    stop.refresh_from_db()
    assert (made.revoked_by, stop.seen_by) == (people.supervisor, people.supervisor)
    assert "cleared person was stopped again" not in browser.get("/alarms").content.decode()
