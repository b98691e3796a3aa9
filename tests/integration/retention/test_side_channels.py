"""LR-25: masked values never sort, filter, count or complete; a masked record shows what holds it and nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from msgspec.structs import replace

from tests.integration.conftest import People
from tests.integration.review import world
from tests.integration.review.world import GOOD, NOW
from torogoz.domain.audit import AuditEvent
from torogoz.domain.hit import CauseKind, HitStatus
from torogoz.domain.purpose import Purpose
from torogoz.domain.referral import Channel, Outcome
from torogoz.domain.staff import Who
from torogoz.errors import RefusedError
from torogoz.flow import review, share
from torogoz.flow.raise_hits import raise_hits
from torogoz.flow.screen import rescreen_due
from torogoz.storage import persons
from torogoz.storage.access import board, decisions, dossier, handover, queue, referrals, search, yields
from torogoz.storage.access.masked import masked_record
from torogoz.storage.access.raw import raw_lines
from torogoz.storage.access.search import By
from torogoz.storage.audit import open_text
from torogoz.storage.keys import keyring
from torogoz.storage.masking import mask_travellers
from torogoz.storage.models import AuditEntry, AuditText, Hit, Hold, Journey, JourneyTraveller, Referral
from torogoz.storage.party import Member, read_party
from torogoz.storage.pictures import read_picture

AskAs = Callable[..., Who]
Browse = Callable[..., Client]

pytestmark = pytest.mark.django_db

#: Every value of Ana's that a page could show.
VALUES = ("EJEMPLO", "SINTETICA", "1988", "A01234567", "X7K2PQ", "12A", "50322223333", "1111", "XA123456", "ANITA")

#: What a page says by chance: the numbers of its rows (a path, a record, an id), the sixty-four letters of its forms.
BY_CHANCE = re.compile(r'(?<=/)[0-9]+|(?<=record )[0-9]+|(?<=-)[0-9]+(?=")|(?<=")[A-Za-z0-9]{64}(?=")')


@pytest.fixture
def analyst(people: People, who: AskAs) -> Who:
    return who(people.analyst, Purpose.SERIOUS_CRIME)


@pytest.fixture
def case(people: People, analyst: Who) -> world.Case:
    """Ana, confirmed and told of to an officer, with a note; a second hit of hers waits; then masked."""
    made = world.case()
    world.entry(made.hit)
    world.keep_lines(made)
    review.claim(analyst, made.hit.pk, NOW)
    decision = review.decide(analyst, made.hit.pk, GOOD, NOW)
    share.refer(analyst, decision, people.border_officer.pk, Channel.SCREEN, "Compare the document.", NOW)
    review.write_note(analyst, made.traveller.pk, "Ask EJEMPLO of 12A", NOW)
    world.hit_of(made.traveller, made.api)
    mask(made.traveller)
    return made


def mask(*rows: JourneyTraveller) -> None:
    mask_travellers([row.pk for row in rows], NOW, keyring())


def waiting() -> Hit:
    return Hit.objects.get(status=HitStatus.OPEN)


def test_no_page_shows_a_value_of_a_masked_record_to_anybody(people: People, browse: Browse, case: world.Case) -> None:
    paths = (
        "/queue",
        "/queue/table",
        f"/flights/{case.journey.pk}",
        f"/traveller/{case.traveller.pk}",
        "/second",
        "/handover",
        "/referrals",
        "/holds",
        "/watchlists",
    )
    seen = 0
    for account in (people.analyst, people.supervisor, people.data_protection, people.border_officer, people.partner):
        client = browse(account, Purpose.SERIOUS_CRIME)
        for path in paths:
            answer = client.get(path)
            page = BY_CHANCE.sub("", answer.content.decode())
            seen += answer.status_code == 200
            found = [value for value in VALUES if value in page]
            assert not found, (account, path, found)
    assert seen > 15


def test_the_queue_shows_the_number_the_flight_and_the_cause_and_nothing_to_do(
    people: People, browse: Browse, case: world.Case, analyst: Who
) -> None:
    page = browse(people.analyst, Purpose.SERIOUS_CRIME).get("/queue").content.decode()
    assert f"Masked record {case.traveller.pk}" in page
    assert f"/hit/{waiting().pk}/decide" not in page
    assert f"/hit/{waiting().pk}/claim" not in page
    [row] = queue.queue(analyst, NOW).hits
    assert (row.masked, row.minor, row.face.masked) == (True, False, True)


def test_the_order_of_the_queue_tells_nothing_of_who_is_masked(analyst: Who) -> None:
    """Names, dates and documents decide nothing: whoever is exchanged, the order stays."""

    def order(names: tuple[str, str]) -> list[int]:
        Hit.objects.all().delete()
        flight = world.journey()
        rows = []
        for name in names:
            row = world.traveller(flight, world.api(flight, replace(world.ANA, surname=name)))
            world.hit_of(row, world.message(flight, "PAXLST"))
            rows.append(row)
        mask(*rows)
        places = {row.pk: place for place, row in enumerate(rows)}
        flight_page = board.flight_page(analyst, flight.pk, NOW)
        assert [places[each.id] for each in flight_page.masked] == [0, 1]
        return [places[each.traveller] for each in queue.queue(analyst, NOW).hits]

    assert order(("AAA", "ZZZ")) == order(("ZZZ", "AAA"))


def test_no_search_finds_a_masked_record_by_anything_of_it(analyst: Who, case: world.Case) -> None:
    for by, text in (
        (By.NAME, "EJ"),
        (By.NAME, "EJEMPLO PRUEBA, ANA"),
        (By.DOCUMENT, "A01234567"),
        (By.LOCATOR, "X7K2PQ"),
    ):
        for ground in ("", "case 17 of the court"):
            found = search.search(analyst, by, text, NOW, ground=ground)
            assert (found.people, found.total) == ((), 0)


def test_a_flight_counts_none_of_its_masked_and_lists_those_whose_cause_the_asker_may_see(
    analyst: Who, case: world.Case, people: People, who: AskAs
) -> None:
    page = board.flight_page(analyst, case.journey.pk, NOW)
    assert (page.passengers, page.hidden, page.flight.travelling) == ((), 0, 0)
    assert (page.flight.with_api, page.flight.with_pnr) == (0, 0)
    [seen] = page.masked
    assert seen.id == case.traveller.pk
    assert {hit.cause_kind for hit in seen.hits} == {CauseKind.WATCHLIST}
    assert board.flight_page(who(people.partner, Purpose.SERIOUS_CRIME), case.journey.pk, NOW).masked == ()


def test_who_may_see_no_hit_and_no_hold_does_not_learn_that_a_record_is_held(
    case: world.Case, people: People, who: AskAs
) -> None:
    for asker in (who(people.partner, Purpose.SERIOUS_CRIME), who(people.analyst, Purpose.EXIT_BAN)):
        Hold.objects.update(compartment="closed")
        with pytest.raises(RefusedError):
            masked_record(asker, case.traveller.pk, NOW)
    for account in people.but("analyst", "supervisor", "partner"):
        with pytest.raises(RefusedError):
            masked_record(who(account, Purpose.BORDER_CONTROL), case.traveller.pk, NOW)


def test_a_masked_record_says_its_number_its_flight_its_causes_and_what_holds_it(
    analyst: Who, case: world.Case
) -> None:
    seen = masked_record(analyst, case.traveller.pk, NOW)
    assert seen
    assert (seen.id, seen.designator) == (case.traveller.pk, case.journey.designator)
    assert [(hit.status, hit.undecided) for hit in seen.hits] == [(HitStatus.DECIDED, False), (HitStatus.OPEN, True)]
    assert [hold.reason for hold in seen.holds] == [""]
    assert AuditEntry.objects.filter(event=AuditEvent.VIEWED_DOSSIER, object_id=case.traveller.pk).count() == 1


def test_no_dossier_decision_or_line_of_a_masked_record_opens(analyst: Who, case: world.Case) -> None:
    for opening in (
        lambda: dossier.dossier(analyst, case.traveller.pk, NOW),
        lambda: decisions.hit_to_decide(analyst, case.hit.pk, NOW),
        lambda: decisions.decision_to_refer(analyst, case.hit.decisions.get().pk, NOW),
        lambda: raw_lines(analyst, case.traveller.pk, case.api.pk, NOW),
        lambda: referrals.referral(analyst, Referral.objects.get().pk, NOW),
    ):
        with pytest.raises(RefusedError):
            opening()


def test_nothing_is_decided_written_or_sent_of_a_masked_record(
    analyst: Who, case: world.Case, people: People, who: AskAs
) -> None:
    hit, decision, referral = waiting(), case.hit.decisions.get(), Referral.objects.get()
    supervisor = who(people.supervisor, Purpose.SERIOUS_CRIME)
    officer = who(people.border_officer, Purpose.BORDER_CONTROL)
    Hit.objects.filter(pk=hit.pk).update(claimed_by=analyst.account, claimed_until=NOW + timedelta(hours=1))
    type(decision).objects.update(review_due_at=NOW)
    for act in (
        lambda: review.claim(analyst, hit.pk, NOW),
        lambda: review.decide(analyst, hit.pk, GOOD, NOW),
        lambda: review.reassign(supervisor, hit.pk, analyst.account, NOW),
        lambda: review.second(supervisor, decision.pk, True, "so it is", NOW),
        lambda: review.review_urgent(supervisor, decision.pk, "so it is", NOW),
        lambda: review.write_note(analyst, case.traveller.pk, "seen again", NOW),
        lambda: share.refer(analyst, decision.pk, people.supervisor.pk, Channel.SCREEN, "Compare.", NOW),
        lambda: share.answer(officer, referral.pk, Outcome.FOUND, "EJEMPLO was there", NOW),
    ):
        with pytest.raises(RefusedError):
            act()


def test_officers_and_reviewers_see_no_referral_of_a_masked_record(
    analyst: Who, case: world.Case, people: People, who: AskAs
) -> None:
    assert referrals.addressed(who(people.border_officer, Purpose.BORDER_CONTROL), NOW) == ()
    assert referrals.sent(analyst, NOW) == ()


def test_what_waits_for_another_person_leaves_masked_records_out(case: world.Case, people: People, who: AskAs) -> None:
    Hit.objects.update(status=HitStatus.AWAITING_SECOND)
    case.hit.decisions.update(needs_second=True, review_due_at=NOW)
    page = decisions.pending(who(people.supervisor, Purpose.SERIOUS_CRIME), NOW)
    assert (page.seconds, page.reviews, page.overdue) == ((), (), ())


def test_a_handover_names_nobody_who_is_masked(analyst: Who, case: world.Case) -> None:
    page = handover.handover(analyst, NOW)
    assert {each.face.masked for each in page.free.hits} == {True}
    assert {each.subject.face.surname for each in page.decisions} == {""}


def test_what_a_list_has_brought_is_counted_without_masked_records(analyst: Who, case: world.Case) -> None:
    """Where all others have gone with their time, the held ones would say that every hit was confirmed."""
    assert yields.yields(analyst, CauseKind.WATCHLIST) == {}


def test_nobody_is_joined_to_a_masked_record_by_document_or_message(case: world.Case) -> None:
    flight = world.journey()
    again = world.traveller(flight, world.api(flight, world.ANA))
    persons.join([Member(again)], flight, NOW)
    again.refresh_from_db()
    assert again.person is None
    assert read_party(case.journey, keyring()) == {}


def test_screening_a_flight_again_neither_sees_nor_touches_its_masked_records(case: world.Case) -> None:
    picture = read_picture(case.journey, NOW, keyring())
    assert picture.travellers == ()
    Journey.objects.filter(pk=case.journey.pk).update(screening_due_at=NOW)
    rescreen_due(NOW)
    raise_hits(case.journey, picture, (), NOW)
    assert waiting().status == HitStatus.OPEN


def test_nobody_shares_a_booking_with_a_masked_record(analyst: Who) -> None:
    flight = world.journey()
    ana, luz = (world.traveller(flight, world.api(flight, each)) for each in (world.ANA, world.COMPANION))
    world.book(ana, luz)
    assert len(dossier.dossier(analyst, luz.pk, NOW).companions) == 1
    mask(ana)
    assert dossier.dossier(analyst, luz.pk, NOW).companions == ()


def test_a_flight_whose_people_are_past_their_time_lacks_nothing(analyst: Who, people: People, browse: Browse) -> None:
    flight = world.journey()
    world.message(flight, "PAXLST")
    type(flight).objects.update(
        departure_at=NOW - timedelta(days=300), arrival_at=NOW - timedelta(days=300), expected_travellers=180
    )
    page = board.flight_page(analyst, flight.pk, NOW)
    assert page.forgotten
    assert page.flight.lacks == ()
    shown = browse(people.analyst, Purpose.SERIOUS_CRIME).get(f"/flights/{flight.pk}").content.decode()
    assert "past its time and no longer kept" in shown


def test_a_dossier_says_since_when_other_journeys_are_known(people: People, browse: Browse, analyst: Who) -> None:
    one, _, _ = world.linked()
    since = dossier.dossier(analyst, one.pk, NOW).told_since
    assert NOW - timedelta(days=185) < since < NOW - timedelta(days=180)
    page = browse(people.analyst, Purpose.SERIOUS_CRIME).get(f"/traveller/{one.pk}").content.decode()
    assert "nothing is known, not even that there were none" in page


def past(row: JourneyTraveller) -> JourneyTraveller:
    type(row.journey).objects.filter(pk=row.journey_id).update(arrival_at=NOW - timedelta(hours=25))
    return row


def test_who_has_travelled_without_a_finding_is_left_alone_unless_a_case_asks_lr_46(analyst: Who) -> None:
    """LR-46: after the journey no further use without new objective facts; the case is sealed with the search."""
    flight = world.journey()
    past(world.traveller(flight, world.api(flight, world.ANA)))
    landed = search.LEFT_ALONE_AFTER
    for by, text in ((By.NAME, "EJEMPLO"), (By.DOCUMENT, "A01234567"), (By.LOCATOR, "X7K2PQ")):
        assert search.search(analyst, by, text, NOW).total == 0
        assert search.search(analyst, by, text, NOW - landed).total == 1
        assert search.search(analyst, by, text, NOW, ground="case 17 of the court").total == 1
    sealed = AuditText.objects.order_by("pk").last()
    assert sealed
    assert open_text(sealed) == "locator: X7K2PQ (case 17 of the court)"


@pytest.mark.parametrize("finding", ["hit", "hold"])
def test_of_whom_something_was_found_is_found_after_the_journey_too_lr_46(analyst: Who, finding: str) -> None:
    """LR-46: an undecided hit or a hold is the objective fact."""
    flight = world.journey()
    row = past(world.traveller(flight, world.api(flight, world.ANA)))
    if finding == "hit":
        world.hit_of(row, world.message(flight, "PAXLST"))
    else:
        day = timezone.now().date() + timedelta(days=400)
        Hold.objects.create(
            traveller=row, agency=world.centre(), reason="x", placed_at=NOW, review_on=day, expires_on=day
        )
    assert search.search(analyst, By.NAME, "EJEMPLO", NOW).total == 1


def test_a_case_of_fewer_than_ten_letters_is_none_lr_46(people: People, browse: Browse) -> None:
    """LR-46: a reason that says nothing opens nothing."""
    client = browse(people.analyst, Purpose.SERIOUS_CRIME)
    answer = client.post("/search", {"by": "name", "text": "EJEMPLO", "ground": "because"})
    assert answer.status_code == 422
    assert "Name the case" in answer.content.decode()
    found = client.post("/search", {"by": "name", "text": "EJEMPLO", "ground": "case 17 of the court"})
    assert found.status_code == 200
