"""A hold has a reason, an owner, a review and an end; supervisors place it, the protection officer sees it (LR-42)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.integration.conftest import People
from tests.integration.review import world
from tests.integration.review.world import NOW
from torogoz.domain.audit import AuditEvent
from torogoz.domain.hit import HitStatus
from torogoz.domain.purpose import Purpose
from torogoz.domain.staff import Who
from torogoz.errors import AuthorError, RefusedError
from torogoz.flow import holds
from torogoz.storage.access.holds import holds as read_holds
from torogoz.storage.keys import keyring
from torogoz.storage.masking import mask_travellers
from torogoz.storage.models import AuditEntry, Hit, Hold, JourneyTraveller, RetentionRun

AskAs = Callable[..., Who]
Browse = Callable[..., Client]

pytestmark = pytest.mark.django_db

TODAY = NOW.date()
REVIEW, END = TODAY + timedelta(days=90), TODAY + timedelta(days=365)
REASON = "Order 17 of the second court"


@pytest.fixture
def supervisor(people: People, who: AskAs) -> Who:
    return who(people.supervisor, Purpose.SERIOUS_CRIME)


@pytest.fixture
def traveller() -> JourneyTraveller:
    flight = world.journey()
    return world.traveller(flight, world.api(flight, world.ANA))


def placed(supervisor: Who, traveller: JourneyTraveller) -> Hold:
    return Hold.objects.get(pk=holds.place(supervisor, traveller.pk, REASON, REVIEW, END, NOW))


def test_a_supervisor_alone_places_a_hold_and_for_a_purpose(
    people: People, who: AskAs, traveller: JourneyTraveller
) -> None:
    for account in people.but("supervisor"):
        with pytest.raises(RefusedError):
            holds.place(who(account, Purpose.SERIOUS_CRIME), traveller.pk, REASON, REVIEW, END, NOW)
    with pytest.raises(RefusedError):
        holds.place(who(people.supervisor), traveller.pk, REASON, REVIEW, END, NOW)
    hold = placed(who(people.supervisor, Purpose.SERIOUS_CRIME), traveller)
    assert (hold.reason, hold.placed_by, hold.agency.code) == (REASON, people.supervisor, "CENTRO")
    assert AuditEntry.objects.filter(event=AuditEvent.HOLD_PLACED, object_id=hold.pk).count() == 1


@pytest.mark.parametrize(
    ("reason", "review_on", "expires_on"),
    [
        ("", REVIEW, END),
        ("x" * 2001, REVIEW, END),
        ("she is a member of a trade union", REVIEW, END),
        (REASON, TODAY, END),
        (REASON, TODAY + timedelta(days=184), END),
        (REASON, REVIEW, REVIEW - timedelta(days=1)),
        (REASON, REVIEW, date(2031, 11, 23)),
    ],
    ids=["empty", "too-long", "sensitive", "reviewed-today", "reviewed-late", "ends-before-review", "past-five-years"],
)
def test_a_hold_without_a_reason_or_that_nobody_would_look_at_in_time_is_refused(
    supervisor: Who, traveller: JourneyTraveller, reason: str, review_on: date, expires_on: date
) -> None:
    with pytest.raises(AuthorError):
        holds.place(supervisor, traveller.pk, reason, review_on, expires_on, NOW)
    assert not Hold.objects.exists()


def test_a_hold_is_kept_by_a_review_with_its_reason_in_the_audit(supervisor: Who, traveller: JourneyTraveller) -> None:
    hold = placed(supervisor, traveller)
    later = NOW + timedelta(days=80)
    holds.review(supervisor, hold.pk, "The trial goes on", REVIEW + timedelta(days=90), END, later)
    hold.refresh_from_db()
    assert (hold.review_on, hold.reviewed_at, hold.reviewed_by_id) == (
        REVIEW + timedelta(days=90),
        later,
        supervisor.account,
    )
    assert hold.reason == REASON
    assert hasattr(AuditEntry.objects.get(event=AuditEvent.HOLD_REVIEWED), "text")


def test_a_hold_that_was_ended_holds_no_more_and_cannot_be_kept(supervisor: Who, traveller: JourneyTraveller) -> None:
    hold = placed(supervisor, traveller)
    holds.end(supervisor, hold.pk, "The case is closed", NOW)
    hold.refresh_from_db()
    assert (hold.ended_at, hold.ended_by_id) == (NOW, supervisor.account)
    with pytest.raises(RefusedError):
        holds.end(supervisor, hold.pk, "again", NOW)
    with pytest.raises(RefusedError):
        holds.review(supervisor, hold.pk, "again", REVIEW, END, NOW)


def test_a_hold_whose_last_day_has_come_is_not_brought_back(supervisor: Who, traveller: JourneyTraveller) -> None:
    hold = placed(supervisor, traveller)
    with pytest.raises(RefusedError):
        holds.review(
            supervisor, hold.pk, "late", END + timedelta(days=2), END + timedelta(days=9), NOW + timedelta(366)
        )


def test_nobody_of_another_agency_touches_a_hold(
    supervisor: Who, traveller: JourneyTraveller, people: People, who: AskAs
) -> None:
    hold = placed(supervisor, traveller)
    people.partner.role = "supervisor"
    people.partner.save()
    stranger = who(people.partner, Purpose.SERIOUS_CRIME)
    with pytest.raises(RefusedError):
        holds.end(stranger, hold.pk, "not mine", NOW)
    assert read_holds(stranger, NOW).holds == ()


def test_what_is_masked_gets_no_new_hold(supervisor: Who, traveller: JourneyTraveller) -> None:
    mask_travellers([traveller.pk], NOW, keyring())
    with pytest.raises(RefusedError):
        holds.place(supervisor, traveller.pk, REASON, REVIEW, END, NOW)


def test_a_hit_that_nobody_decided_in_time_is_let_go_by_a_supervisor_with_a_reason(
    supervisor: Who, people: People, who: AskAs
) -> None:
    case = world.case()
    with pytest.raises(RefusedError):
        holds.end_undecided(supervisor, case.hit.pk, "too late", NOW)
    mask_travellers([case.traveller.pk], NOW, keyring())
    with pytest.raises(RefusedError):
        holds.end_undecided(who(people.analyst, Purpose.SERIOUS_CRIME), case.hit.pk, "too late", NOW)
    assert [each.hit for each in read_holds(supervisor, NOW).never_decided] == [case.hit.pk]
    holds.end_undecided(supervisor, case.hit.pk, "nobody looked in time", NOW)
    hit = Hit.objects.get()
    assert (hit.status, hit.closed_reason) == (HitStatus.WITHDRAWN, holds.NEVER_DECIDED)
    assert read_holds(supervisor, NOW).never_decided == ()
    assert hasattr(AuditEntry.objects.get(event=AuditEvent.HIT_LET_GO), "text")


def test_supervisor_and_protection_officer_alone_see_the_holds_and_that_is_an_entry(
    people: People, who: AskAs, supervisor: Who, traveller: JourneyTraveller
) -> None:
    hold = placed(supervisor, traveller)
    officer = who(people.data_protection, Purpose.OVERSIGHT)
    for account in people.but("supervisor", "data_protection"):
        with pytest.raises(RefusedError):
            read_holds(who(account, Purpose.SERIOUS_CRIME), NOW)
    for each in (supervisor, officer):
        assert [seen.id for seen in read_holds(each, NOW).holds] == [hold.pk]
    assert AuditEntry.objects.filter(event=AuditEvent.VIEWED_HOLDS).count() == 2


def test_the_officer_learns_how_many_holds_compartments_close_and_not_which(
    people: People, who: AskAs, supervisor: Who, traveller: JourneyTraveller
) -> None:
    placed(supervisor, traveller)
    Hold.objects.update(compartment="operation")
    seen = read_holds(who(people.data_protection, Purpose.OVERSIGHT), NOW)
    assert (seen.holds, seen.closed) == ((), 1)
    assert read_holds(supervisor, NOW).closed == 0


def test_a_supervisor_sees_holds_of_hits_that_their_purpose_covers(people: People, who: AskAs) -> None:
    case = world.case()
    Hold.objects.create(
        traveller=case.traveller,
        hit=case.hit,
        agency=world.centre(),
        reason="confirmed_hit",
        placed_at=NOW,
        review_on=REVIEW,
        expires_on=END,
    )
    assert len(read_holds(who(people.supervisor, Purpose.SERIOUS_CRIME), NOW).holds) == 1
    assert read_holds(who(people.supervisor, Purpose.BORDER_CONTROL), NOW).holds == ()
    assert len(read_holds(who(people.data_protection, Purpose.OVERSIGHT), NOW).holds) == 1


def test_overdue_reviews_come_first_and_are_marked(supervisor: Who, traveller: JourneyTraveller) -> None:
    for days in (90, 10, -1):
        Hold.objects.create(
            traveller=traveller,
            agency=world.centre(),
            reason=str(days),
            placed_at=NOW,
            review_on=TODAY + timedelta(days=days),
            expires_on=END,
        )
    seen = read_holds(supervisor, NOW).holds
    assert [(each.reason, each.overdue, each.soon) for each in seen] == [
        ("-1", True, False),
        ("10", False, True),
        ("90", False, False),
    ]


def shown(answer: object) -> str:
    return str(answer.content.decode())  # type: ignore[attr-defined]


@pytest.mark.parametrize("state", ["clear", "masked"])
def test_the_page_names_nobody_and_says_what_holds_which_record(
    people: People, browse: Browse, supervisor: Who, state: str
) -> None:
    """The page asks the real clock, so the hold stands by it too."""
    case, now = world.case(), timezone.now()
    past = now - NOW
    holds.place(supervisor, case.traveller.pk, REASON, REVIEW + past, END + past, now)
    if state == "masked":
        mask_travellers([case.traveller.pk], NOW, keyring())
    RetentionRun.objects.create(as_of=NOW, started_at=NOW, finished_at=NOW, profile="c817", stage="certify")
    for account, purpose in ((people.supervisor, Purpose.SERIOUS_CRIME), (people.data_protection, None)):
        page = shown(browse(account, purpose).get("/holds"))
        assert REASON in page
        assert f"Record {case.traveller.pk}" in page
        assert case.journey.designator in page
        assert "EJEMPLO" not in page
        assert "profile c817" in page
        assert ("Masked</span>" in page) is (state == "masked")
        assert ("Close it undecided" in page) is (state == "masked" and account == people.supervisor)


def test_a_supervisor_places_keeps_and_ends_a_hold_on_the_pages(
    people: People, browse: Browse, traveller: JourneyTraveller
) -> None:
    client = browse(people.supervisor, Purpose.SERIOUS_CRIME)
    now = datetime.now(UTC)
    JourneyTraveller.objects.update(first_received_at=now)
    today = now.date()
    days = {"review_on": str(today + timedelta(days=90)), "expires_on": str(today + timedelta(days=300))}
    page = shown(client.post(f"/traveller/{traveller.pk}/hold", {"reason": REASON, **days}, follow=True))
    assert "The hold is placed" in page
    assert f"Kept beyond its time (the-supervisor): {REASON}" in page
    hold = Hold.objects.get()
    wrong = shown(client.post(f"/holds/{hold.pk}", {"answer": "keep", "reason": "x", "review_on": "soon"}, follow=True))
    assert "A day is missing or on no calendar: choose both days." in wrong
    kept = shown(client.post(f"/holds/{hold.pk}", {"answer": "keep", "reason": "goes on", **days}, follow=True))
    assert "The hold goes on" in kept
    ended = shown(client.post(f"/holds/{hold.pk}", {"answer": "end", "reason": "closed"}, follow=True))
    assert "The hold has ended" in ended
    assert "No hold is in force" in ended


def test_a_supervisor_lets_an_undecided_hit_go_on_the_page(people: People, browse: Browse) -> None:
    case = world.case()
    mask_travellers([case.traveller.pk], NOW, keyring())
    client = browse(people.supervisor, Purpose.SERIOUS_CRIME)
    page = shown(client.post(f"/holds/hit/{case.hit.pk}", {"reason": "nobody looked in time"}, follow=True))
    assert "The hit is closed undecided" in page


def test_what_others_send_to_the_pages_of_holds_is_refused_before_it_is_looked_at(
    people: People, browse: Browse, traveller: JourneyTraveller
) -> None:
    for account in people.but("supervisor"):
        client = browse(account, Purpose.SERIOUS_CRIME)
        for path in (f"/traveller/{traveller.pk}/hold", "/holds/1", "/holds/hit/1"):
            assert client.post(path, {"reason": "x"}).status_code == 403, path
