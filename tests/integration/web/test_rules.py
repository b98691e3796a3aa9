"""The pages of the rules: read in words, proposed beside what the linter finds, answered by a second person."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests.integration.conftest import People
from torogoz.domain.staff import StaffRole, Who
from torogoz.flow import rules as flow
from torogoz.storage.models import Account, RuleVersion, TargetingRule
from torogoz.targeting.examples import NAMES, example_rules

Browse = Callable[..., Client]
Asker = Callable[..., Who]
REASON = "The facts are specific."


def document(place: int = 2, **changes: object) -> str:
    return json.dumps({**example_rules(timezone.localdate() + timedelta(days=90))[place], **changes})


@pytest.fixture
def proposed(people: People, who: Asker) -> int:
    return flow.propose(who(people.analyst), document().encode(), timezone.now())


@pytest.fixture
def second(people: People) -> Account:
    return Account.objects.create(
        username="second", role=StaffRole.SUPERVISOR, agency=people.supervisor.agency, language="en"
    )


def path(act: str = "") -> str:
    version = RuleVersion.objects.latest("pk")
    return f"/rules/{version.rule_id}" + (f"/versions/{version.pk}/{act}" if act else "")


def test_each_role_reads_what_it_may(proposed: int, people: People, browse: Browse) -> None:
    for account in (people.analyst, people.supervisor, people.data_protection):
        for page in ("/rules", path()):
            assert b"Last-minute cash purchase" in browse(account).get(page).content
        assert b"Paid in cash: yes" in browse(account).get(path()).content
    for page in ("/rules", path()):
        shown = browse(people.administrator).get(page).content
        assert b"late-cash-one-way" in shown
        assert b"cash purchase" not in shown
        assert b"Paid in cash" not in shown
    assert b"late-cash-one-way" not in browse(people.partner).get("/rules").content
    assert browse(people.partner).get(path()).status_code == 403
    for account in (people.outsider, people.border_officer):
        for page in ("/rules", path(), "/rules/propose"):
            assert browse(account).get(page).status_code == 403


def test_a_rule_is_read_in_the_readers_language(proposed: int, people: People, browse: Browse) -> None:
    people.analyst.language = "es"
    people.analyst.save()
    shown = browse(people.analyst).get(path()).content.decode()
    assert "Compra de última hora" in shown
    assert "se cumple todo esto:" in shown


def test_an_empty_page_says_why_it_is_empty(people: People, browse: Browse) -> None:
    assert b"No rule yet" in browse(people.analyst).get("/rules").content


def test_the_form_begins_with_an_example_or_with_a_version(proposed: int, people: People, browse: Browse) -> None:
    analyst = browse(people.analyst)
    assert NAMES[0].encode() in analyst.get("/rules/propose").content
    for name in (*NAMES, "no-such-example"):
        assert analyst.get("/rules/propose", {"example": name}).status_code == 200
    assert b"&quot;late-cash-one-way&quot;" in analyst.get(f"/rules/propose?rule={path().rsplit('/')[-1]}").content
    assert analyst.get("/rules/propose?rule=999999").status_code == 403


@pytest.mark.parametrize("account", ["data_protection", "administrator", "outsider", "border_officer"])
def test_nobody_but_authors_gets_to_the_form(account: str, people: People, browse: Browse) -> None:
    browser = browse(getattr(people, account))
    assert browser.get("/rules/propose").status_code == 403
    assert browser.post("/rules/propose", {"text": document()}).status_code == 403


def test_a_rule_is_proposed_from_the_form_or_a_file(people: People, browse: Browse) -> None:
    analyst = browse(people.analyst)
    shown = analyst.post("/rules/propose", {"text": document()}, follow=True)
    assert b"screens nobody until a second person approves it" in shown.content
    file = SimpleUploadedFile("rule.json", document(3).encode())
    assert analyst.post("/rules/propose", {"text": "{}", "file": file}).status_code == 302
    assert TargetingRule.objects.count() == 2


def test_what_the_linter_finds_stands_beside_what_was_written(people: People, browse: Browse) -> None:
    text = document(condition={"field": "traveller.nationality", "op": "eq", "value": "SLV"}, gravity=9)
    shown = browse(people.analyst).post("/rules/propose", {"text": text})
    assert shown.status_code == 422
    assert b"/gravity" in shown.content
    assert b"traveller.nationality" in shown.content
    people.analyst.language = "es"
    people.analyst.save()
    shown = browse(people.analyst).post("/rules/propose", {"text": "<script>alert(1)</script>"})
    assert "no es JSON" in shown.content.decode()
    assert b"<script>alert" not in shown.content
    assert not TargetingRule.objects.exists()


def test_a_rule_that_waits_or_a_key_that_is_taken_is_said_on_the_form(
    proposed: int, people: People, who: Asker, browse: Browse
) -> None:
    shown = browse(people.analyst).post("/rules/propose", {"text": document()})
    assert (shown.status_code, b"waits for its second person" in shown.content) == (409, True)
    shown = browse(people.partner).post("/rules/propose", {"text": document()})
    assert (shown.status_code, b"This key is taken" in shown.content) == (409, True)


def test_a_second_person_approves_on_the_page_and_the_author_cannot(
    proposed: int, people: People, browse: Browse
) -> None:
    assert b"/approve" not in browse(people.analyst).get(path()).content
    assert browse(people.analyst).post(path("approve"), {"reason": REASON}).status_code == 403
    assert b"/approve" in browse(people.supervisor).get(path()).content
    shown = browse(people.supervisor).post(path("approve"), {"reason": REASON}, follow=True)
    assert b"Your answer stands in the audit" in shown.content
    assert b"In force" in shown.content
    assert RuleVersion.objects.get().state == "active"


def test_an_answer_that_comes_too_late_or_lacks_its_reason_is_said(
    proposed: int, people: People, browse: Browse
) -> None:
    supervisor = browse(people.supervisor)
    shown = supervisor.post(path("approve"), {"reason": " "}, follow=True)
    assert b"the reason is missing" in shown.content
    assert supervisor.post(path("refuse"), {"reason": REASON}, follow=True).status_code == 200
    shown = supervisor.post(path("approve"), {"reason": REASON}, follow=True)
    assert b"a colleague was quicker" in shown.content
    assert RuleVersion.objects.get().state == "refused"


def test_a_version_that_the_linter_refuses_today_is_not_approved(proposed: int, people: People, browse: Browse) -> None:
    RuleVersion.objects.update(document=json.loads(document(review_on="2020-01-01")))
    shown = browse(people.supervisor).post(path("approve"), {"reason": REASON}, follow=True)
    assert b"The version cannot be approved as it is: the review date is past" in shown.content


def test_a_rule_is_stopped_or_kept_by_a_second_person(
    proposed: int, people: People, second: Account, browse: Browse
) -> None:
    supervisor = browse(people.supervisor)
    supervisor.post(path("approve"), {"reason": REASON})
    supervisor.post(path("request-stop"), {"reason": "It finds nobody."})
    other = browse(second)
    assert [b'/stop"' in each.get(path()).content for each in (supervisor, other)] == [False, True]
    assert b"It finds nobody." in other.get(path()).content
    other.post(path("keep"))
    assert RuleVersion.objects.get().stop_requested_by is None
    supervisor.post(path("request-stop"), {"reason": "It finds nobody."})
    other.post(path("stop"))
    assert RuleVersion.objects.get().state == "stopped"


def test_what_a_version_changed_is_shown_line_by_line(
    proposed: int, people: People, who: Asker, browse: Browse
) -> None:
    now = timezone.now()
    flow.approve(who(people.supervisor), proposed, REASON, now)
    flow.propose(who(people.analyst), document(gravity=1).encode(), now)
    shown = browse(people.supervisor).get(path()).content.decode()
    assert "<del>− Gravity: 3</del>" in shown
    assert "<ins>+ Gravity: 1</ins>" in shown


def test_a_clause_that_is_no_longer_read_is_said_and_not_an_error(
    proposed: int, people: People, browse: Browse
) -> None:
    RuleVersion.objects.update(document=json.loads(document(condition={"field": "once.known", "op": "eq", "value": 1})))
    shown = browse(people.analyst).get(path())
    assert b"Not readable: UNKNOWN_FIELD" in shown.content


def test_a_rule_without_exonerating_facts_says_why(people: People, who: Asker, browse: Browse) -> None:
    rule = json.loads(document())
    del rule["unless"]
    rule |= {
        "no_unless_es": "Ningún hecho conocido lo explicaría. " * 2,
        "no_unless_en": "No known fact explains. " * 3,
    }
    flow.propose(who(people.analyst), json.dumps(rule).encode(), timezone.now())
    assert b"No known fact explains." in browse(people.analyst).get(path()).content


def test_answers_are_posted_and_to_known_addresses_only(proposed: int, people: People, browse: Browse) -> None:
    assert browse(people.supervisor).get(path("approve")).status_code == 405
    assert browse(people.supervisor).post(path("explode")).status_code == 404
    assert browse(people.supervisor).post("/rules").status_code == 405
