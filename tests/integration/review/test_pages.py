"""The pages of review: who sees what, and what a person's acts there bring about."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Callable
from dataclasses import replace
from types import ModuleType
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from tests.integration.conftest import People
from tests.integration.review import world
from tests.integration.review.world import GOOD, NOW, Case
from torogoz.domain.audit import AuditEvent
from torogoz.domain.hit import Action, HitStatus
from torogoz.domain.purpose import DataClass, Purpose
from torogoz.domain.referral import Channel, Outcome
from torogoz.domain.safe_text import TEXTS
from torogoz.domain.staff import StaffRole, Who
from torogoz.errors import AuthorError
from torogoz.flow import (
    agree,
    ask,
    clearances,
    contest,
    free_text,
    holds,
    orders,
    proofs,
    review,
    schedule,
    share,
    watchlists,
)
from torogoz.matching.sources import csv, formats, rows, topics, xml
from torogoz.storage.models import AuditEntry, Decision, Hit, HitSeen, JourneyTraveller, Note, Referral
from torogoz.web.clearance_words import CLEARANCE_REFUSALS
from torogoz.web.pages import carriers as carriers_page
from torogoz.web.pages import clearances as clearances_page
from torogoz.web.pages import holds as holds_page
from torogoz.web.pages import orders as orders_page
from torogoz.web.refusal_words import CARRIER_REFUSALS, FILE_REFUSALS, REFUSALS

Browse = Callable[..., Client]
AskAs = Callable[..., Who]

ROUTES = agree.RoutesError({})
REFUSING = ("RefusedError", "AuthorError", "UnavailableError")

pytestmark = pytest.mark.django_db

ANSWERS = {
    "identity": "same",
    "identity_reason": "Document and birth date agree.",
    "ground": "yes",
    "ground_reason": "The entry is in force.",
    "action": "refer",
    "action_reason": "The owner asks for it.",
}


@pytest.fixture
def case() -> Case:
    made = world.case()
    world.entry(made.hit)
    return made


@pytest.fixture
def analyst(people: People, browse: Browse) -> Client:
    return browse(people.analyst, Purpose.SERIOUS_CRIME)


@pytest.fixture
def supervisor(people: People, browse: Browse) -> Client:
    return browse(people.supervisor, Purpose.SERIOUS_CRIME)


@pytest.fixture
def officer(people: People, browse: Browse) -> Client:
    return browse(people.border_officer)


def referred(people: People, who: AskAs, hit: Hit) -> Referral:
    analyst = who(people.analyst, Purpose.SERIOUS_CRIME)
    review.claim(analyst, hit.pk, NOW)
    decision = review.decide(analyst, hit.pk, GOOD, NOW)
    text = "Compare the document and call the centre."
    number = share.refer(analyst, decision, people.border_officer.pk, Channel.SCREEN, text, NOW)
    return Referral.objects.get(pk=number)


def audited(event: AuditEvent) -> int:
    return AuditEntry.objects.filter(event=event).count()


def shown(answer: Any) -> str:
    """A page without its tokens against forgery, whose 64 letters by chance spell anything short."""
    return re.sub(r"\b[A-Za-z0-9]{64}\b", "", answer.content.decode())


@pytest.mark.parametrize("page", ["traveller/{traveller}", "traveller/{traveller}/lines/{api}", "hit/{hit}/decide"])
def test_reviewers_alone_open_a_dossier_its_lines_and_its_decision(
    people: People, browse: Browse, case: Case, page: str
) -> None:
    world.keep_lines(case)
    url = "/" + page.format(traveller=case.traveller.pk, api=case.api.pk, hit=case.hit.pk)
    for account in (people.analyst, people.supervisor):
        assert browse(account, Purpose.SERIOUS_CRIME).get(url).status_code == 200
    for account in people.but("analyst", "supervisor", "partner"):
        answer = browse(account).get(url)
        assert answer.status_code == 403
        assert "EJEMPLO" not in shown(answer)


def test_a_page_of_travellers_asks_why_first(people: People, browse: Browse, case: Case) -> None:
    answer = browse(people.analyst).get(f"/traveller/{case.traveller.pk}")
    assert answer.status_code == 403
    assert "Why do you look?" in shown(answer)


def test_a_partner_agencys_analyst_sees_no_hit_of_the_centre(people: People, browse: Browse, case: Case) -> None:
    partner = browse(people.partner, Purpose.SERIOUS_CRIME)
    assert "Example list" not in shown(partner.get(f"/traveller/{case.traveller.pk}"))
    assert partner.get(f"/hit/{case.hit.pk}/decide").status_code == 403


def test_a_dossier_shows_both_sources_and_marks_where_they_disagree(analyst: Client, case: Case) -> None:
    page = shown(analyst.get(f"/traveller/{case.traveller.pk}"))
    assert "1988-02-29" in page
    assert "1988-02-28" in page
    assert page.count("disagree</span>") == 2  # the given names and the birth date
    for_it, against = page.split("Speaks for it")[1].split("Speaks against it")
    assert "EJEMPLO = EJEMPLO" in for_it
    assert "birth date 1988-02-29 differs from 1989-02-28" in against
    assert "…1111" in page
    assert "4111" not in page
    assert "+50322223333" in page


WEIGHED = [
    *world.EVIDENCE,
    {
        "field": "name",
        "stance": "for",
        "millibits": 9_000,
        "code": "name_typo",
        "values": [["asked", "PRUEVA"], ["listed", "PRUEBA"], ["one_in", "900"]],
    },
    {"field": "prior", "stance": "against", "millibits": -20_000, "code": "prior", "values": [["entries", "9000"]]},
]


def test_a_dossier_shows_which_letters_differ_what_would_change_the_hit_and_how_good_chance_would_be(
    analyst: Client,
) -> None:
    case = world.case(evidence=WEIGHED)
    for language, told in (
        ("en", ("Letters that differ: V / B", "What would change it", "with the same whole birth date: &gt; 99 %")),
        ("es", ("Letras que difieren: V / B", "Qué lo cambiaría", "sin la fecha de nacimiento: 90 %")),
    ):
        analyst.post("/session/language", {"language": language})
        text = shown(analyst.get(f"/traveller/{case.traveller.pk}"))
        assert "PRUE<mark>V</mark>A / PRUE<mark>B</mark>A" in text
        for each in told:
            assert each in text


def test_a_hit_without_weights_is_said_to_have_nothing_that_would_change_it(analyst: Client, case: Case) -> None:
    assert "What would change it" not in shown(analyst.get(f"/traveller/{case.traveller.pk}"))


def test_a_purpose_that_reads_no_bookings_sees_none_of_them(people: People, browse: Browse, case: Case) -> None:
    page = shown(browse(people.analyst, Purpose.BORDER_CONTROL).get(f"/traveller/{case.traveller.pk}"))
    assert "Your purpose does not read bookings (PNR)" in page
    assert "+50322223333" not in page
    assert "1988-02-28" not in page
    assert "Example list" not in page


def test_who_is_known_from_bookings_only_is_not_there_for_such_a_purpose(people: People, browse: Browse) -> None:
    flight = world.journey()
    row = world.traveller(flight, (DataClass.PNR, world.message(flight, "PNRGOV"), world.ANA_BOOKED, None))
    assert browse(people.analyst, Purpose.BORDER_CONTROL).get(f"/traveller/{row.pk}").status_code == 403
    assert browse(people.analyst, Purpose.SERIOUS_CRIME).get(f"/traveller/{row.pk}").status_code == 200


def test_opening_a_dossier_is_one_audit_entry_and_marks_its_hits_as_seen(
    analyst: Client, people: People, case: Case
) -> None:
    assert "New to you" in shown(analyst.get(f"/traveller/{case.traveller.pk}"))
    assert audited(AuditEvent.VIEWED_DOSSIER) == 1
    assert HitSeen.objects.filter(hit=case.hit, account=people.analyst).exists()
    assert "New to you" not in shown(analyst.get(f"/traveller/{case.traveller.pk}"))
    Hit.objects.update(changed_at=world.LANDING.replace(year=2999))
    assert "Changed since you looked" in shown(analyst.get(f"/traveller/{case.traveller.pk}"))


def test_the_lines_of_a_message_are_this_travellers_alone_and_each_look_is_audited(analyst: Client, case: Case) -> None:
    world.keep_lines(case)
    url = f"/traveller/{case.traveller.pk}/lines/{case.api.pk}"
    page = shown(analyst.get(url, headers={"HX-Request": "true"}))
    assert "NAD+FL+++EJEMPLO PRUEBA:ANA SINTETICA" in page
    assert "OTHER PERSON" not in page
    assert "<html" not in page
    assert audited(AuditEvent.VIEWED_RAW) == 1


def test_of_a_card_the_lines_too_show_four_digits(analyst: Client, case: Case) -> None:
    world.keep_lines(case)
    page = shown(analyst.get(f"/traveller/{case.traveller.pk}/lines/{case.pnr.pk}"))
    assert "VI:XXXXXXXXXXXX1111:1229" in page
    assert "41111" not in page


def test_lines_of_another_message_or_of_an_unreadable_source_are_not_there(
    people: People, browse: Browse, analyst: Client, case: Case
) -> None:
    world.keep_lines(case)
    other = world.case()
    assert analyst.get(f"/traveller/{case.traveller.pk}/lines/{other.api.pk}").status_code == 403
    border = browse(people.analyst, Purpose.BORDER_CONTROL)
    assert border.get(f"/traveller/{case.traveller.pk}/lines/{case.pnr.pk}").status_code == 403


def test_a_copy_that_went_with_its_retention_is_unavailable(analyst: Client, case: Case) -> None:
    assert analyst.get(f"/traveller/{case.traveller.pk}/lines/{case.api.pk}").status_code == 503


def test_an_analyst_claims_decides_and_is_led_to_the_referral(analyst: Client, people: People, case: Case) -> None:
    hit = case.hit.pk
    assert analyst.post(f"/hit/{hit}/claim").status_code == 302
    answer = analyst.post(f"/hit/{hit}/decide", ANSWERS)
    decision = Decision.objects.get()
    assert answer["Location"] == f"/decision/{decision.pk}/refer"
    form = shown(analyst.get(answer["Location"]))
    assert "the-officer" in form
    sent = analyst.post(
        answer["Location"],
        {"recipient": people.border_officer.pk, "channel": "screen", "text": "Compare the document, calmly."},
    )
    assert sent["Location"] == f"/traveller/{case.traveller.pk}"
    assert Referral.objects.get().recipient == people.border_officer
    assert "Not yet read" in shown(analyst.get(f"/traveller/{case.traveller.pk}"))


def test_the_reasons_to_begin_with_are_those_of_what_raised_the_hit(analyst: Client, case: Case) -> None:
    of_list = shown(analyst.get(f"/hit/{case.hit.pk}/decide"))
    of_rule = shown(analyst.get(f"/hit/{world.rule_hit().pk}/decide"))
    assert "those of the entry" in of_list
    assert "facts of the rule" not in of_list
    assert "facts of the rule" in of_rule
    assert "the entry" not in of_rule


def test_a_decision_without_a_reason_keeps_what_was_written_and_says_what_is_missing(
    analyst: Client, case: Case
) -> None:
    analyst.post(f"/hit/{case.hit.pk}/claim")
    answer = analyst.post(f"/hit/{case.hit.pk}/decide", ANSWERS | {"ground_reason": " "})
    assert answer.status_code == 422
    page = shown(answer)
    assert "Write the reason for this answer." in page
    assert "Document and birth date agree." in page
    assert 'href="#ground_reason"' in page
    assert not Decision.objects.exists()


@pytest.mark.parametrize("missing", ["identity", "ground", "action"])
def test_a_decision_without_an_answer_is_none(analyst: Client, case: Case, missing: str) -> None:
    analyst.post(f"/hit/{case.hit.pk}/claim")
    answer = analyst.post(f"/hit/{case.hit.pk}/decide", {k: v for k, v in ANSWERS.items() if k != missing})
    assert answer.status_code == 422
    assert "Choose an answer." in shown(answer)
    assert not Decision.objects.exists()


def test_a_missing_answer_is_not_blamed_on_the_others(analyst: Client, case: Case) -> None:
    analyst.post(f"/hit/{case.hit.pk}/claim")
    page = shown(analyst.post(f"/hit/{case.hit.pk}/decide", ANSWERS | {"ground": "", "action_reason": ""}))
    assert "Choose an answer." in page
    assert "Write the reason for this answer." in page
    assert "Without a ground nothing is done" not in page


def test_answers_that_contradict_each_other_are_said_beside_the_one_to_change(analyst: Client, case: Case) -> None:
    analyst.post(f"/hit/{case.hit.pk}/claim")
    page = shown(analyst.post(f"/hit/{case.hit.pk}/decide", ANSWERS | {"ground": "no"}))
    assert "Without a ground nothing is done" in page


def test_a_decision_that_tells_nobody_leads_back_to_the_dossier(analyst: Client, case: Case) -> None:
    analyst.post(f"/hit/{case.hit.pk}/claim")
    answers = ANSWERS | {"identity": "not_same", "ground": "no", "action": "none"}
    assert analyst.post(f"/hit/{case.hit.pk}/decide", answers)["Location"] == f"/traveller/{case.traveller.pk}"


def test_a_lost_claim_keeps_what_was_written(analyst: Client, case: Case) -> None:
    answer = analyst.post(f"/hit/{case.hit.pk}/decide", ANSWERS)
    assert answer.status_code == 409
    assert "Document and birth date agree." in shown(answer)
    assert "Your claim on this hit has ended" in shown(answer)


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ("identity=same&ground=yes&action=refer&gravity=2&minor=0", "Your decision takes effect at once."),
        ("identity=same&ground=yes&action=refer&gravity=1&minor=0", "A hit of gravity 1 is referred by two people."),
        ("identity=same&ground=yes&action=refer&gravity=1&minor=0&urgent=1", "without the second person"),
        ("identity=same&ground=yes&action=refer&gravity=1&minor=1&urgent=1", "even if it is urgent"),
        ("identity=same&ground=no&action=none&gravity=3&minor=1", "The traveller is a minor"),
        ("identity=not_same&ground=yes&action=none&gravity=3&minor=0", "answer no"),
        ("identity=same", "Answer the three questions"),
    ],
)
def test_what_will_happen_is_said_beforehand(analyst: Client, case: Case, chosen: str, said: str) -> None:
    assert said in shown(analyst.get(f"/hit/{case.hit.pk}/decide/preview?{chosen}"))


def test_a_colleagues_claim_is_said_in_place(
    analyst: Client, supervisor: Client, people: People, who: AskAs, case: Case
) -> None:
    supervisor.post(f"/hit/{case.hit.pk}/claim")
    page = shown(analyst.post(f"/hit/{case.hit.pk}/claim", follow=True))
    assert "A colleague works on this hit" in page
    queue = analyst.post(f"/hit/{case.hit.pk}/claim", headers={"HX-Request": "true"})
    assert queue.status_code == 409
    assert supervisor.post(f"/hit/{case.hit.pk}/claim", headers={"HX-Request": "true"}).status_code == 204
    analyst_id = people.analyst.pk
    supervisor.post(f"/hit/{case.hit.pk}/reassign", {"to": analyst_id, "next": "/second"})
    assert Hit.objects.get(pk=case.hit.pk).claimed_by_id == analyst_id
    assert analyst.post(f"/hit/{case.hit.pk}/release", {"next": "/queue"})["Location"] == "/queue"


def test_where_to_go_on_is_never_another_site(analyst: Client, case: Case) -> None:
    answer = analyst.post(f"/hit/{case.hit.pk}/claim", {"next": "https://elsewhere.example/"})
    assert answer["Location"] == f"/hit/{case.hit.pk}/decide"


@pytest.mark.parametrize(
    ("hit_is", "said"), [({"queued": False}, "Advisory"), ({"status": HitStatus.WITHDRAWN}, "cannot be decided")]
)
def test_a_hit_that_cannot_be_decided_says_why(analyst: Client, hit_is: dict[str, object], said: str) -> None:
    assert said in shown(analyst.get(f"/hit/{world.case(**hit_is).hit.pk}/decide"))  # type: ignore[arg-type]


def test_the_second_person_answers_on_a_page_of_their_own(
    analyst: Client, supervisor: Client, people: People, browse: Browse
) -> None:
    hit = world.case(gravity=1).hit
    analyst.post(f"/hit/{hit.pk}/claim")
    assert "waits for a second person" in shown(analyst.post(f"/hit/{hit.pk}/decide", ANSWERS, follow=True))
    decision = Decision.objects.get()
    assert "another person answers" in shown(analyst.get("/second"))
    assert "I agree: it takes effect" in shown(supervisor.get("/second"))
    supervisor.post(f"/decision/{decision.pk}/second", {"answer": "agree", "reason": ""})
    assert Decision.objects.get().second_at is None
    supervisor.post(f"/decision/{decision.pk}/second", {"answer": "agree", "reason": "I looked at both sides."})
    assert Decision.objects.get().effective_at is not None
    for account in people.but("analyst", "supervisor", "partner"):
        assert browse(account).get("/second").status_code == 403
        assert browse(account).post(f"/decision/{decision.pk}/second", {"answer": "agree"}).status_code == 403


def test_a_hit_that_waits_for_a_second_person_offers_in_the_queue_only_their_answer(analyst: Client) -> None:
    waiting, free = world.case(status=HitStatus.AWAITING_SECOND).hit.pk, world.case().hit.pk
    queue = analyst.get("/queue").content.decode()
    assert f'href="/second#hit-{waiting}"' in queue
    assert f"/hit/{waiting}/" not in queue
    assert f'href="/hit/{free}/decide"' in queue
    assert f'action="/hit/{free}/claim"' in queue


def test_a_second_person_who_does_not_agree_reopens_the_hit(analyst: Client, supervisor: Client) -> None:
    hit = world.case(gravity=1).hit
    analyst.post(f"/hit/{hit.pk}/claim")
    analyst.post(f"/hit/{hit.pk}/decide", ANSWERS)
    decision = Decision.objects.get()
    supervisor.post(f"/decision/{decision.pk}/second", {"answer": "refuse", "reason": "Another birth date."})
    page = shown(analyst.get(f"/hit/{hit.pk}/decide"))
    assert "Another birth date." in page
    assert "Second person did not agree" in page


@pytest.mark.parametrize(("answer", "status"), [("uphold", HitStatus.DECIDED), ("overturn", HitStatus.OPEN)])
def test_a_supervisor_reviews_urgent_decisions(
    analyst: Client, supervisor: Client, answer: str, status: HitStatus
) -> None:
    hit = world.case(gravity=1).hit
    analyst.post(f"/hit/{hit.pk}/claim")
    analyst.post(f"/hit/{hit.pk}/decide", ANSWERS | {"urgent": "1"})
    decision = Decision.objects.get()
    assert "It was right to act alone" in shown(supervisor.get("/second"))
    assert "It was right to act alone" not in shown(analyst.get("/second"))
    assert analyst.post(f"/decision/{decision.pk}/review", {"answer": answer}).status_code == 403
    supervisor.post(f"/decision/{decision.pk}/review", {"answer": answer, "reason": "I called the post."})
    hit.refresh_from_db()
    assert hit.status == status


def test_overdue_hits_stand_before_supervisors_who_can_give_them(supervisor: Client, analyst: Client) -> None:
    world.case(act_by=NOW.replace(year=2020))
    assert "EJEMPLO PRUEBA" in shown(supervisor.get("/second"))
    assert "EJEMPLO PRUEBA" not in shown(analyst.get("/second"))


def test_an_officer_sees_only_what_is_addressed_to_them_and_nothing_of_why(
    people: People, who: AskAs, browse: Browse, officer: Client, case: Case
) -> None:
    referral = referred(people, who, case.hit)
    world.traveller(case.journey, world.api(case.journey, world.NAMESAKE))
    page = shown(officer.get(f"/referrals/{referral.pk}"))
    for known in ("EJEMPLO PRUEBA", "ANA SINTETICA", "1988-02-29", "A01234567", "12A", "Compare the document"):
        assert known in page
    assert "Another person on this flight has a similar name" in page
    for secret in ("Example list", "Buscados", "B2", case.hit.cause_key, "Fraude", "+50322223333", "gravity-"):
        assert secret not in page
    assert "EJEMPLO PRUEBA" in shown(officer.get("/referrals"))
    other = browse(world.account(StaffRole.BORDER_OFFICER, agency=people.border_officer.agency))
    assert "EJEMPLO" not in shown(other.get("/referrals"))
    for page_of in ("", "/print"):
        assert other.get(f"/referrals/{referral.pk}{page_of}").status_code == 403


def test_an_officer_answers_in_two_taps_and_the_outcome_returns(
    people: People, who: AskAs, officer: Client, analyst: Client, supervisor: Client, case: Case
) -> None:
    referral = referred(people, who, case.hit)
    assert "I have read it" in shown(officer.get(f"/referrals/{referral.pk}"))
    officer.post(f"/referrals/{referral.pk}/acknowledge")
    assert "Wrong person" in shown(officer.get(f"/referrals/{referral.pk}"))
    officer.post(f"/referrals/{referral.pk}/answer", {"outcome": "wrong_person", "note": "A namesake."})
    again = shown(officer.post(f"/referrals/{referral.pk}/answer", {"outcome": "found"}, follow=True))
    assert "This referral has its answer" in again
    for reviewer in (analyst, supervisor):
        dossier = shown(reviewer.get(f"/traveller/{case.traveller.pk}"))
        assert "Wrong person" in dossier
        assert "A namesake." in dossier
        assert "A namesake." in shown(reviewer.get("/referrals"))


def test_the_analyst_who_sent_it_sees_in_the_queue_that_it_was_answered_until_they_look(
    people: People, who: AskAs, analyst: Client, supervisor: Client, case: Case
) -> None:
    referral = referred(people, who, case.hit)
    analyst.get(f"/traveller/{case.traveller.pk}")
    HitSeen.objects.update(seen_at=NOW)
    officer = who(people.border_officer, Purpose.BORDER_CONTROL)
    share.answer(officer, referral.pk, Outcome.FOUND, "", world.LANDING)
    assert "An officer has answered your referral" in shown(analyst.get("/queue"))
    assert "An officer has answered your referral" not in shown(supervisor.get("/queue"))
    HitSeen.objects.update(seen_at=world.LANDING)
    assert "An officer has answered your referral" not in shown(analyst.get("/queue"))


def test_an_officers_list_that_refreshes_itself_leaves_no_audit_entry(officer: Client) -> None:
    assert officer.get("/referrals", headers={"X-Live": "1"}).status_code == 200
    assert audited(AuditEvent.VIEWED_REFERRALS) == 0


def test_an_answer_that_is_none_is_not_kept(people: People, who: AskAs, officer: Client, case: Case) -> None:
    referral = referred(people, who, case.hit)
    assert officer.post(f"/referrals/{referral.pk}/answer", {"outcome": "arrested"}).status_code == 422


def test_a_referral_prints_for_its_officer_and_its_sender_and_each_print_is_audited(
    people: People, who: AskAs, browse: Browse, officer: Client, analyst: Client, case: Case
) -> None:
    referral = referred(people, who, case.hit)
    for reader in (officer, analyst):
        assert "EJEMPLO PRUEBA" in shown(reader.get(f"/referrals/{referral.pk}/print"))
    assert audited(AuditEvent.REFERRAL_PRINTED) == 2
    for account in people.but("analyst", "supervisor", "border_officer"):
        assert browse(account, Purpose.SERIOUS_CRIME).get(f"/referrals/{referral.pk}/print").status_code == 403


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"channel": "screen", "text": "Look."}, "Choose an officer."),
        ({"channel": "screen", "text": ""}, "Write what the officer should do."),
        ({"channel": "screen", "text": "She is on a list."}, "The text is not safe to say"),
    ],
)
def test_a_referral_that_cannot_be_sent_says_why_and_keeps_the_text(
    people: People, who: AskAs, analyst: Client, case: Case, data: dict[str, str], said: str
) -> None:
    asker = who(people.analyst, Purpose.SERIOUS_CRIME)
    review.claim(asker, case.hit.pk, NOW)
    decision = review.decide(asker, case.hit.pk, GOOD, NOW)
    recipient = {} if said == "Choose an officer." else {"recipient": people.border_officer.pk}
    answer = analyst.post(f"/decision/{decision}/refer", data | recipient)
    assert answer.status_code == 422
    assert said in shown(answer)
    assert data["text"] in shown(answer)


def test_telling_an_officer_twice_is_said_in_place(people: People, who: AskAs, analyst: Client, case: Case) -> None:
    referral = referred(people, who, case.hit)
    data = {"recipient": people.border_officer.pk, "channel": "screen", "text": "Look."}
    answer = analyst.post(f"/decision/{referral.decision_id}/refer", data)
    assert answer.status_code == 422
    assert "told already" in shown(answer)


def test_without_a_decision_in_force_there_is_no_form_to_refer(analyst: Client, people: People, browse: Browse) -> None:
    hit = world.case(gravity=1).hit
    analyst.post(f"/hit/{hit.pk}/claim")
    analyst.post(f"/hit/{hit.pk}/decide", ANSWERS)
    decision = Decision.objects.get()
    assert analyst.get(f"/decision/{decision.pk}/refer").status_code == 403
    assert analyst.get("/decision/999999/refer").status_code == 403
    for account in people.but("analyst", "supervisor", "partner"):
        assert browse(account).get(f"/decision/{decision.pk}/refer").status_code == 403


def test_a_child_is_referred_to_protection_officers_only(analyst: Client, supervisor: Client, people: People) -> None:
    hit = world.case(minor=True).hit
    analyst.post(f"/hit/{hit.pk}/claim")
    analyst.post(f"/hit/{hit.pk}/decide", ANSWERS | {"action": "protection", "urgent": "1"})
    decision = Decision.objects.get()
    page = shown(analyst.get(f"/decision/{decision.pk}/refer"))
    assert "There is no protection officer." in page
    people.border_officer.compartments = ["protection"]
    people.border_officer.save()
    page = shown(analyst.get(f"/decision/{decision.pk}/refer"))
    assert "the-officer" in page
    assert 'value="radio"' not in page


def test_whom_the_entry_alone_knows_to_be_a_child_is_marked_wherever_the_hit_stands(analyst: Client) -> None:
    """LR-73: on the queue, at the handover, where it is decided and where it was referred; not of a masked record."""
    mark, reviewer = "The entry is about a minor", world.who(StaffRole.ANALYST)
    hit = world.case(child_listed=True).hit
    for page in ("/queue", "/handover", f"/hit/{hit.pk}/decide"):
        assert mark in shown(analyst.get(page))
    review.claim(reviewer, hit.pk, NOW)
    decision = review.decide(reviewer, hit.pk, GOOD, NOW)
    review.second(world.who(StaffRole.SUPERVISOR), decision, True, "A child, by the entry", NOW)
    officer = world.who(
        StaffRole.BORDER_OFFICER, Purpose.BORDER_CONTROL, agency=world.border_police(), compartments=("protection",)
    )
    share.refer(reviewer, decision, officer.account, Channel.SCREEN, TEXTS[Action.REFER]["en"], NOW)
    assert mark in shown(analyst.get("/referrals"))
    masked = world.case(child_listed=True, cause_source="Otra lista").traveller
    JourneyTraveller.objects.filter(pk=masked.pk).update(masked_at=NOW)
    assert mark not in shown(analyst.get("/queue"))


def test_notes_are_kept_and_sensitive_ones_refused_in_place(analyst: Client, case: Case) -> None:
    url = f"/traveller/{case.traveller.pk}/note"
    assert "Seen with her sister." in shown(analyst.post(url, {"text": "Seen with her sister."}, follow=True))
    assert "write it without that" in shown(analyst.post(url, {"text": "She is a Catholic."}, follow=True))
    assert Note.objects.count() == 1


def test_a_supervisor_undoes_a_link_with_a_reason(analyst: Client, supervisor: Client) -> None:
    one, two, link = world.linked()
    page = shown(supervisor.get(f"/traveller/{one.pk}"))
    assert two.journey.designator in page
    assert "Undo this link" in page
    assert "Undo this link" not in shown(analyst.get(f"/traveller/{one.pk}"))
    url = f"/traveller/{two.pk}/link/{link.pk}/undo"
    assert analyst.post(url, {"reason": "Two people."}).status_code == 403
    assert "Two people." in shown(supervisor.post(url, {"reason": "Two people."}, follow=True))
    assert two.journey.designator not in shown(supervisor.get(f"/traveller/{one.pk}"))


def test_the_party_of_a_booking_stands_in_the_dossier(analyst: Client, case: Case) -> None:
    friend = world.traveller(case.journey, world.api(case.journey, world.COMPANION))
    page = shown(analyst.get(f"/traveller/{case.traveller.pk}"))
    assert f'href="/traveller/{friend.pk}"' in page


def test_a_purpose_without_bookings_finds_the_party_by_what_the_passports_message_says(
    people: People, browse: Browse, case: Case
) -> None:
    by_locator = world.traveller(case.journey, world.api(case.journey, world.COMPANION))
    by_booking = world.traveller(case.journey, world.api(case.journey, world.NAMESAKE))
    world.book(case.traveller, by_booking)
    border = shown(browse(people.analyst, Purpose.BORDER_CONTROL).get(f"/traveller/{case.traveller.pk}"))
    crime = shown(browse(people.analyst, Purpose.SERIOUS_CRIME).get(f"/traveller/{case.traveller.pk}"))
    assert f"/traveller/{by_locator.pk}" in border
    assert f"/traveller/{by_booking.pk}" not in border
    assert f"/traveller/{by_booking.pk}" in crime


def test_one_who_was_merged_opens_as_the_one_they_are(analyst: Client, case: Case) -> None:
    old = world.traveller(case.journey)
    old.merged_into = case.traveller
    old.save()
    assert "EJEMPLO PRUEBA" in shown(analyst.get(f"/traveller/{old.pk}"))


def test_the_timeline_tells_every_message_and_decision(
    people: People, who: AskAs, analyst: Client, supervisor: Client, case: Case
) -> None:
    referral = referred(people, who, case.hit)
    officer = who(people.border_officer, Purpose.BORDER_CONTROL)
    share.acknowledge(officer, referral.pk, NOW)
    share.answer(officer, referral.pk, Outcome.NOT_FOUND, "", NOW)
    review.write_note(who(people.analyst, Purpose.SERIOUS_CRIME), case.traveller.pk, "Asked the post.", NOW)
    page = shown(analyst.get(f"/traveller/{case.traveller.pk}")).split('id="timeline"')[1]
    for told in ("PAXLST", "PNRGOV", "Hit raised", "Hit claimed", "Decision", "Referral sent", "Officer answered"):
        assert told in page
    assert "Asked the post." in page


def test_the_timeline_tells_who_agreed_who_reviewed_and_what_was_withdrawn(
    people: People, who: AskAs, supervisor: Client
) -> None:
    hit = world.case(gravity=1).hit
    analyst, second = who(people.analyst, Purpose.SERIOUS_CRIME), who(people.supervisor, Purpose.SERIOUS_CRIME)
    for agrees in (False, True):
        review.claim(analyst, hit.pk, NOW)
        review.second(second, review.decide(analyst, hit.pk, GOOD, NOW), agrees, "I looked at both.", NOW)
    for upholds in (True, False):
        review.claim(analyst, hit.pk, NOW)
        urgent = review.decide(analyst, hit.pk, replace(GOOD, urgent=True), NOW)
        share.refer(analyst, urgent, people.border_officer.pk, Channel.SCREEN, "Call the centre.", NOW)
        review.review_urgent(second, urgent, "I called the post.", NOW, upholds=upholds)
    page = shown(supervisor.get(f"/traveller/{hit.traveller_id}")).split('id="timeline"')[1]
    for told in (
        "Second person agreed",
        "Second person did not agree",
        "Urgent decision upheld",
        "Urgent decision not upheld",
        "Referral withdrawn",
    ):
        assert told in page


def test_a_rules_hit_says_what_fired_and_on_what_ground(analyst: Client) -> None:
    hit = world.rule_hit()
    page = shown(analyst.get(f"/traveller/{hit.traveller_id}"))
    assert "Late purchase in cash" in page
    assert "A pattern described in public reports." in page
    assert "Ley de ejemplo, art. 2" in page
    assert "Paid in cash" in page


def test_a_probability_is_called_nominal_and_never_shown_as_certain(analyst: Client) -> None:
    hit = world.case(probability=0.999_9, millibits=13_200).hit
    page = shown(analyst.get(f"/traveller/{hit.traveller_id}"))
    assert "Nominal probability that it is the same person" in page
    assert "&gt; 99 %" in page
    assert "100 %" not in page
    rule = world.rule_hit()
    assert "probability" not in shown(analyst.get(f"/traveller/{rule.traveller_id}"))


def test_a_hit_names_every_message_it_rests_on_with_its_bytes(analyst: Client) -> None:
    hit = world.rule_hit()
    api, pnr = hit.sources.order_by("message_id")
    page = shown(analyst.get(f"/traveller/{hit.traveller_id}"))
    assert f'PAXLST <a href="/messages/{api.message_id}">message {api.message_id}</a>, bytes 120–140, 151–160' in page
    assert f'PNRGOV <a href="/messages/{pnr.message_id}">message {pnr.message_id}</a>, bytes 10–20' in page


def test_a_handover_lists_what_is_taken_over_and_what_happened(
    people: People, who: AskAs, browse: Browse, analyst: Client, supervisor: Client, case: Case
) -> None:
    referred(people, who, case.hit)
    for reader in (analyst, supervisor):
        assert reader.get("/handover").status_code == 200
    assert audited(AuditEvent.VIEWED_HANDOVER) == 2
    for account in people.but("analyst", "supervisor", "partner"):
        assert browse(account).get("/handover").status_code == 403


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("page", ["/second", "/referrals", "/handover"])
def test_empty_pages_say_why_they_are_empty(people: People, browse: Browse, page: str, language: str) -> None:
    people.supervisor.language = language
    people.supervisor.save()
    answer = browse(people.supervisor, Purpose.SERIOUS_CRIME).get(page)
    assert answer.status_code == 200
    assert 'class="empty"' in shown(answer)


def test_an_officer_to_whom_nobody_is_referred_is_told_what_to_do(officer: Client) -> None:
    assert "appear here by themselves" in shown(officer.get("/referrals"))


#: Only a terminal, which speaks English, asks to have a large change refused, and whether an update may go live.
AT_THE_TERMINAL = {
    "the list stays as it was",
    "answer yes, or let a supervisor look (--look)",
    "the file changes more than {percent} % of the list, which stays as it was",
    "look at the file; then let the change wait for a look (--large wait)",
}


@pytest.mark.parametrize(
    ("modules", "sentences", "by_themselves"),
    [
        ((review, free_text, share, holds, holds_page, orders, orders_page, ask), REFUSALS, set()),
        ((clearances, proofs, clearances_page), CLEARANCE_REFUSALS, set()),
        ((watchlists, schedule, csv, formats, rows, topics, xml), FILE_REFUSALS, {AuthorError.default_remedy}),
        ((agree, contest, carriers_page), CARRIER_REFUSALS, {ROUTES.sentence, ROUTES.advice}),
    ],
    ids=["review", "clearances", "files", "carriers"],
)
def test_every_refusal_has_its_sentence_in_both_languages(
    modules: tuple[ModuleType, ...], sentences: tuple[object, ...], by_themselves: set[str]
) -> None:
    said = set(by_themselves)
    for module in modules:
        for node in ast.walk(ast.parse(inspect.getsource(module))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in REFUSING:
                told = [*node.args, *(each.value for each in node.keywords if each.arg == "remedy")]
                assert all(isinstance(each, ast.Constant) for each in told), ast.unparse(node)
                said |= {str(each.value) for each in told if isinstance(each, ast.Constant)}
    with translation.override("en"):
        assert said - AT_THE_TERMINAL == {str(each) for each in sentences}
