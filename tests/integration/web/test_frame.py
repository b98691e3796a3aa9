"""What holds for every page: it is closed, it speaks the reader's language, and it keeps nothing in the browser."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from enum import Enum
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import translation

from tests.integration.conftest import People
from torogoz.domain.audit import AuditEvent, AuditNumber, AuditRow
from torogoz.domain.purpose import Purpose
from torogoz.domain.staff import StaffRole
from torogoz.flow.export_audit import export_audit
from torogoz.web.navigation import MOST_IN_BAR, bar_for
from torogoz.web.words import WORDS, word

Browse = Callable[..., Client]

#: What a person who has not signed in may ask for.
OPEN = {"account_login", "account_inactive", "session_language", "session_theme"}
#: What a signed-in person without a role may do: choose language and light, look after their own account, go.
OWN = ("account_", "mfa_", "session_", "home")
#: What programs ask for with a token, whoever is signed in (test_intake.py, tests/integration/answers).
PROGRAMS = {"intake", "acknowledgement", "interactive"}


def addresses(patterns: list[Any] | None = None, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Every address of the application with its name; numbers in it are 1."""
    for each in get_resolver().url_patterns if patterns is None else patterns:
        route = prefix + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from addresses(each.url_patterns, route)
        elif isinstance(each, URLPattern):
            parts = ["1" if part.startswith("<") else part for part in route.split("/")]
            yield "/" + "/".join(parts), str(each.name)


@pytest.mark.django_db
def test_every_address_needs_a_sign_in_but_the_sign_in_itself() -> None:
    for path, name in addresses():
        if name not in OPEN | PROGRAMS:
            for response in (Client().get(path), Client().post(path)):
                assert response.status_code == 302, path
                assert response.headers["Location"].startswith("/sign-in"), path


def test_the_outsider_gets_nothing_at_any_address(people: People, browse: Browse) -> None:
    client = browse(people.outsider)
    work = [path for path, name in addresses() if not name.startswith(OWN) and name not in PROGRAMS]
    given = {
        f"{verb} {path}": status
        for path in work
        for verb, ask in (("GET", client.get), ("POST", client.post))
        if (status := ask(path).status_code) not in {403, 404, 405}
    }
    assert given == {}
    assert len(work) > 10
    assert "no role" in client.get("/").content.decode()


def test_every_page_is_closed_to_foreign_scripts_frames_and_caches(people: People, browse: Browse) -> None:
    response = browse(people.supervisor).get("/health")
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    page = response.content.decode()
    for forbidden in (" style=", "<style", " onclick=", "javascript:", "hx-on"):
        assert forbidden not in page


def test_cookies_are_for_this_site_and_out_of_reach_of_scripts(people: People, browse: Browse) -> None:
    client = browse(people.supervisor)
    client.post("/session/theme", {"theme": "dark", "next": "/health"})
    client.post("/session/purpose", {"purpose": "serious_crime"})
    client.get("/health")
    assert {name: cookie["httponly"] for name, cookie in client.cookies.items()} == {
        "csrftoken": True,
        "language": True,
        "sessionid": True,
        "theme": True,
    }
    assert {cookie["samesite"] for cookie in client.cookies.values()} <= {"Lax", "Strict"}
    page = client.get("/health").content.decode()
    assert 'data-bs-theme="dark"' in page
    assert client.post("/session/theme", {"theme": "pink"}).cookies.get("theme") is None


def test_the_language_is_kept_with_the_account(people: People, browse: Browse) -> None:
    client = browse(people.supervisor)
    assert '<html lang="en"' in client.get("/health").content.decode()
    assert client.post("/session/language", {"language": "es", "next": "/health"}).headers["Location"] == "/health"
    people.supervisor.refresh_from_db()
    assert people.supervisor.language == "es"
    assert '<html lang="es"' in browse(people.supervisor).get("/health").content.decode()
    client.post("/session/language", {"language": "xx"})
    people.supervisor.refresh_from_db()
    assert people.supervisor.language == "es"


@pytest.mark.parametrize(("language", "device"), [("es", "en-US,en"), ("en", "es-SV,es")])
def test_who_signs_out_goes_on_reading_in_their_language_on_a_device_of_another(
    people: People, browse: Browse, language: str, device: str
) -> None:
    people.supervisor.language = language
    people.supervisor.save()
    client = browse(people.supervisor)
    spoken: dict[str, Any] = {"headers": {"Accept-Language": device}, "follow": True}
    assert f'<html lang="{language}"' in client.get("/health", **spoken).content.decode()
    assert f'<html lang="{language}"' in client.post("/sign-out", **spoken).content.decode()
    assert f'<html lang="{language}"' in client.get("/sign-in", **spoken).content.decode()


@pytest.mark.django_db
def test_who_has_not_signed_in_reads_spanish_until_they_choose() -> None:
    client = Client()
    assert '<html lang="es"' in client.get("/sign-in").content.decode()
    client.post("/session/language", {"language": "en"})
    assert '<html lang="en"' in client.get("/sign-in").content.decode()


def test_nobody_is_sent_to_another_site(people: People, browse: Browse) -> None:
    client = browse(people.supervisor)
    for target in ("https://evil.example/", "//evil.example/", "javascript:alert(1)"):
        assert client.post("/session/theme", {"theme": "dark", "next": target}).headers["Location"] == "/"


def test_who_has_several_purposes_chooses_before_travellers_are_shown(people: People, browse: Browse) -> None:
    client = browse(people.analyst)
    for path in ("/queue", "/flights", "/search", "/messages"):
        response = client.get(path)
        assert response.status_code == 403
        assert "purpose-serious_crime" in response.content.decode()
    assert "purpose-serious_crime" in client.get("/").content.decode()
    client.post("/session/purpose", {"purpose": "oversight"})
    assert client.get("/queue").status_code == 403, "a purpose of another role is none"
    client.post("/session/purpose", {"purpose": "serious_crime"})
    assert client.get("/queue").status_code == 200
    assert client.get("/").headers["Location"] == "/queue"


def test_who_has_one_purpose_has_it_always(people: People, browse: Browse) -> None:
    assert "Oversight" in browse(people.data_protection).get("/audit").content.decode()


def test_a_page_that_is_none_and_a_page_that_is_not_yours_say_what_to_do(people: People, browse: Browse) -> None:
    client = browse(people.analyst, Purpose.SERIOUS_CRIME)
    missing, refused = client.get("/no-such-page"), client.get("/health")
    assert (missing.status_code, refused.status_code) == (404, 403)
    assert "Use the menu" in missing.content.decode()
    assert "ask your supervisor" in refused.content.decode()
    assert client.get("/flights/4711").content.count(b"ask your supervisor") == 1


def test_a_form_from_elsewhere_changes_nothing(people: People, settings: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(people.supervisor, backend="allauth.account.auth_backends.AuthenticationBackend")
    response = client.post("/session/language", {"language": "es"})
    assert response.status_code == 403
    people.supervisor.refresh_from_db()
    assert people.supervisor.language == "en"


def test_a_demo_home_says_on_every_page_that_its_people_are_invented(
    people: People, browse: Browse, settings: Any
) -> None:
    assert "demo-banner" not in browse(people.supervisor).get("/health").content.decode()
    settings.DEMO = True
    assert "demo-banner" in browse(people.supervisor).get("/health").content.decode()
    assert "demo-banner" in Client().get("/sign-in").content.decode()


@pytest.mark.django_db
@pytest.mark.usefixtures("heads")
def test_an_export_of_a_demo_home_says_that_its_people_are_invented(settings: Any, now: datetime) -> None:
    def said() -> Any:
        return json.loads(next(iter(export_audit(None, now)))).get("people")

    assert said() is None
    settings.DEMO = True
    assert said() == "invented"


def test_every_member_of_every_closed_list_has_a_word_in_both_languages() -> None:
    for kind, words in WORDS.items():
        assert issubclass(kind, Enum)
        assert set(words) == set(kind), kind
        for language in ("es", "en"):
            with translation.override(language):
                assert all(word(member) for member in kind)


def test_the_audit_is_told_in_the_readers_own_language() -> None:
    """LR-52: the data-protection officer reads every event, kind of row and number in Spanish and in English."""
    for kind in (AuditEvent, AuditRow, AuditNumber):
        told = {}
        for language in ("es", "en"):
            with translation.override(language):
                told[language] = [word(member) for member in kind]
        same = {es for es, en in zip(told["es"], told["en"], strict=True) if es == en}
        assert same == set(), kind


def test_every_link_of_the_header_opens_for_whom_it_is_shown(people: People, browse: Browse) -> None:
    for account in people.but("outsider"):
        client = browse(account, Purpose.SERIOUS_CRIME)
        first = client.get("/", follow=True)
        assert first.status_code == 200, account
        bar = first.context["navigation"]
        links = [entry.url for entry in (*bar.shown, *bar.more)]
        assert links, account
        assert {url: client.get(url).status_code for url in links} == dict.fromkeys(links, 200), account


def test_too_many_links_stand_under_more_which_is_marked_for_its_own_pages() -> None:
    analyst = bar_for(StaffRole.ANALYST, "messages")
    assert (len(analyst.shown), analyst.shown[0].url) == (MOST_IN_BAR - 1, "/queue")
    assert analyst.here
    assert not bar_for(StaffRole.ANALYST, "queue").here
    officer = bar_for(StaffRole.BORDER_OFFICER, "referrals")
    assert officer.more == []
    assert [each.here for each in officer.shown] == [True]
