"""Before what is sensitive somebody says again who they are; then the act goes on, by their own hand (LR-56)."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests.integration.conftest import PASSWORD, People, with_password
from tests.integration.review import world
from torogoz.domain.audit import AuditEvent
from torogoz.domain.purpose import Purpose
from torogoz.domain.staff import StaffRole
from torogoz.storage.access.guard import who_is
from torogoz.storage.audit import record
from torogoz.storage.models import Account, AuditEntry, RuleVersion, Watchlist

REASON = "ZYXWOFICTICIA looked at it with the author"

Browse = Callable[..., Client]


@pytest.fixture
def supervisor(people: People) -> Account:
    return with_password(people.supervisor)


@pytest.fixture
def stale(supervisor: Account, browse: Browse) -> Client:
    """A supervisor who signed in a quarter of an hour ago."""
    return later(browse(supervisor, Purpose.SERIOUS_CRIME))


@pytest.fixture
def version(people: People) -> RuleVersion:
    """A version of a rule that is in force."""
    return RuleVersion.objects.get(rule__key=world.rule_hit().cause_key)


def later(client: Client, minutes: float = 15) -> Client:
    """The same screen, so many minutes after its owner last said who they are."""
    session = client.session
    session["confirmed"] = (timezone.now() - timedelta(minutes=minutes)).timestamp()
    session.save()
    return client


def asked_by(version: RuleVersion) -> tuple[int, str] | None:
    """Who asked to stop it, and why."""
    version.refresh_from_db()
    return (version.stop_requested_by_id, version.stop_reason) if version.stop_requested_by_id else None


def say_again(client: Client, asked: str) -> Any:
    assert asked.startswith("/account/again?next=")
    return client.post(asked, {"password": PASSWORD})


def form_of(page: Any) -> tuple[str, dict[str, str]]:
    """Where the one form of a page goes, and its fields, as a browser would send them."""
    main = page.content.decode().partition("<main")[2]
    action = re.search(r'<form method="post" action="([^"]*)"', main)
    fields = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', main)
    assert action
    return action[1], {name: unescape(value) for name, value in fields}


def test_who_signed_in_within_a_quarter_of_an_hour_is_not_asked(
    supervisor: Account, browse: Browse, version: RuleVersion
) -> None:
    client = later(browse(supervisor, Purpose.SERIOUS_CRIME), minutes=14)
    path = f"/rules/{version.rule_id}/versions/{version.pk}/request-stop"
    assert client.post(path, {"reason": REASON}).headers["Location"] == f"/rules/{version.rule_id}"


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_act_goes_on_after_the_password_with_everything_that_was_filled_in(
    language: str, stale: Client, supervisor: Account, version: RuleVersion
) -> None:
    Account.objects.filter(pk=supervisor.pk).update(language=language)
    path = f"/rules/{version.rule_id}/versions/{version.pk}/request-stop"
    asked = stale.post(path, {"reason": REASON}).headers["Location"]
    assert asked_by(version) is None
    assert {"es": "Confirme quién es", "en": "Say again"}[language] in stale.get(asked).content.decode()
    assert say_again(stale, asked).headers["Location"] == "/account/go-on"
    page = stale.get("/account/go-on")
    assert {"es": "pedir que se detenga un criterio", "en": "ask to stop a rule"}[language] in page.content.decode()
    action, fields = form_of(page)
    assert (action, fields["reason"]) == (path, REASON)
    assert asked_by(version) is None, "only its own hand does it"
    assert stale.post(action, fields).headers["Location"] == f"/rules/{version.rule_id}"
    assert asked_by(version) == (supervisor.pk, REASON)
    assert stale.get("/account/go-on").headers["Location"] == "/", "what was sent waits no more"


def test_a_form_that_waits_stands_sealed_in_the_session(stale: Client, version: RuleVersion) -> None:
    stale.post(f"/rules/{version.rule_id}/versions/{version.pk}/request-stop", {"reason": REASON})
    assert "ZYXWOFICTICIA" in str(dict(stale.session.items())), "it waits"
    stored = "".join(session.session_data for session in Session.objects.all())
    assert stored
    assert "ZYXWOFICTICIA" not in stored


def test_a_form_that_waits_is_its_owners_alone(stale: Client, version: RuleVersion, people: People) -> None:
    asked = stale.post(f"/rules/{version.rule_id}/versions/{version.pk}/request-stop", {"reason": REASON})
    say_again(stale, asked.headers["Location"])
    session = stale.session
    session["held"] |= {"account": people.analyst.pk}
    session.save()
    assert stale.get("/account/go-on").headers["Location"] == "/"


def test_a_form_that_waits_goes_on_only_while_its_owner_is_there(stale: Client, version: RuleVersion) -> None:
    path = f"/rules/{version.rule_id}/versions/{version.pk}/request-stop"
    asked = stale.post(path, {"reason": REASON}).headers["Location"]
    assert stale.get("/account/go-on").headers["Location"] == asked, "they have not said who they are"
    say_again(stale, asked)
    action, fields = form_of(stale.get("/account/go-on"))
    assert later(stale).post(action, fields).headers["Location"] == asked
    session = stale.session
    session["held"] |= {"at": (timezone.now() - timedelta(minutes=15)).timestamp()}
    session.save()
    assert stale.get("/account/go-on").headers["Location"] == "/"


def test_an_urgent_decision_is_reviewed_after_the_password(stale: Client, people: People) -> None:
    hit = world.case(status="decided", claimed_by=None).hit
    made = hit.decisions.create(
        made_by=world.account(StaffRole.ANALYST),
        made_at=timezone.now(),
        identity="same",
        ground="yes",
        action="protection",
        urgent=True,
        review_due_at=timezone.now() + timedelta(hours=3),
        effective_at=timezone.now(),
    )
    asked = stale.post(f"/decision/{made.pk}/review", {"answer": "uphold", "reason": "As the table asks"})
    say_again(stale, asked.headers["Location"])
    action, fields = form_of(stale.get("/account/go-on"))
    stale.post(action, fields)
    made.refresh_from_db()
    assert (made.review_upholds, made.review_reason) == (True, "As the table asks")


def test_a_file_is_not_kept_and_its_page_says_that_nothing_was_done(stale: Client) -> None:
    file = SimpleUploadedFile("list.csv", b"id,names\nW-1,ZYXWOFICTICIA\n")
    asked = stale.post("/watchlists/import", {"name": "L", "file": file}).headers["Location"]
    assert say_again(stale, asked).headers["Location"] == "/watchlists/import"
    assert "was not kept: fill it in once more" in stale.get("/watchlists/import").content.decode()
    assert not Watchlist.objects.exists()
    assert "ZYXWO" not in str(dict(stale.session.items()))


def test_a_password_is_never_kept(stale: Client, supervisor: Account) -> None:
    new = "another long phrase of this test"
    sent = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    asked = stale.post("/account/password", sent).headers["Location"]
    assert "held" not in stale.session
    assert say_again(stale, asked).headers["Location"] == "/account/password"
    stale.post("/account/password", sent)
    assert stale.get("/health").headers["Location"].startswith("/sign-in"), "one signs in with the new one"
    supervisor.refresh_from_db()
    assert supervisor.check_password(new)
    assert AuditEntry.objects.filter(event=AuditEvent.ACCOUNT_PASSWORD_CHANGED).count() == 1


def test_a_form_too_long_to_keep_is_not_kept(stale: Client, version: RuleVersion) -> None:
    path = f"/rules/{version.rule_id}/versions/{version.pk}/request-stop"
    asked = stale.post(path, {"reason": "x" * 70_000}).headers["Location"]
    assert "held" not in stale.session
    assert say_again(stale, asked).headers["Location"] == "/"


def test_an_export_and_a_sealed_text_open_after_the_password(people: People, browse: Browse) -> None:
    with_password(people.data_protection)
    entry = record(AuditEvent.SEARCHED, timezone.now(), who=who_is(people.analyst), text="name: EJEMPLO")
    client = later(browse(people.data_protection))
    asked = client.get("/audit/export?event=searched").headers["Location"]
    assert say_again(client, asked).headers["Location"] == "/audit/export?event=searched"
    assert client.get("/audit/export?event=searched").status_code == 200
    later(client)
    asked = client.post(f"/audit/{entry.pk}/text/open", {"reason": "A complaint of the 3rd"}).headers["Location"]
    say_again(client, asked)
    action, fields = form_of(client.get("/account/go-on"))
    assert "EJEMPLO" in client.post(action, fields).content.decode()


def test_a_wrong_password_confirms_nothing_and_too_many_lock(stale: Client) -> None:
    asked = stale.get("/watchlists/import").headers["Location"]
    for _ in range(4):
        assert stale.post(asked, {"password": "wrong"}).status_code == 200
        assert stale.get("/watchlists/import").headers["Location"] == asked
    assert stale.post(asked, {"password": "wrong"}).status_code == 429
    assert stale.post(asked, {"password": PASSWORD}).status_code == 429
    assert stale.get("/watchlists/import").status_code == 302


def test_each_time_is_in_the_audit_and_gives_the_session_another_key(stale: Client) -> None:
    before = stale.session.session_key
    say_again(stale, stale.get("/watchlists/import").headers["Location"])
    assert AuditEntry.objects.filter(event=AuditEvent.ACCOUNT_CONFIRMED).count() == 1
    assert stale.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()
    assert stale.get("/watchlists/import").status_code == 200


def test_a_clock_that_was_put_back_leaves_nobody_confirmed(supervisor: Account, browse: Browse) -> None:
    client = later(browse(supervisor), minutes=-60)
    assert client.get("/watchlists/import").status_code == 302


def test_who_has_never_said_who_they_are_is_asked(supervisor: Account, browse: Browse) -> None:
    client = browse(supervisor)
    session = client.session
    del session["confirmed"]
    session.save()
    assert client.get("/watchlists/import").status_code == 302


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "http://localhost/", "/\\evil.example"])
def test_saying_who_one_is_leads_nowhere_else(target: str, stale: Client) -> None:
    answer = stale.post(f"/account/again?next={target}", {"password": PASSWORD, "next": target})
    assert answer.headers["Location"] == "/"
