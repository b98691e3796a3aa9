"""A hostile visitor at the doors: forged addresses, methods, forms and sign-ins open nothing and show nothing of us."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, MutableMapping
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from tests.integration.conftest import PASSWORD, People, with_password
from tests.integration.hostile.sent import leaks
from tests.integration.hostile.site import addresses, guarded, state
from tests.integration.review import world
from tests.integration.web.test_frame import PROGRAMS
from torogoz.domain.purpose import Purpose
from torogoz.errors import UnavailableError
from torogoz.storage.access import audit_log, search
from torogoz.storage.models import Account
from torogoz.web.asgi import application
from torogoz.web.bounds import bounded
from torogoz.web.logs import JsonLine

pytestmark = pytest.mark.django_db

Browse = Callable[..., Client]
#: Pages that look after one's own account, and live streams, which do not end.
APART = ("account_", "mfa_", "session_", "home", "live", *PROGRAMS)
FORGED = (4711, 2**63, 10**30)
EVERYBODY = ("analyst", "supervisor", "data_protection", "administrator", "border_officer", "partner", "outsider")


def purpose_of(name: str) -> Purpose | None:
    return Purpose.SERIOUS_CRIME if name in {"analyst", "supervisor", "partner"} else None


@pytest.fixture(autouse=True)
def unhurried() -> None:
    """Forget how often the tests before this one have signed in."""
    cache.clear()


def work(number: object) -> list[str]:
    return [path for path, name in addresses(number) if not name.startswith(APART)]


@pytest.mark.parametrize("name", EVERYBODY)
def test_a_forged_number_is_not_there_for_anybody_and_never_a_failure_of_ours(
    name: str, people: People, browse: Browse
) -> None:
    client = browse(getattr(people, name), purpose_of(name))
    numbered = [(number, path) for number in FORGED for path in work(number) if str(number) in path.split("/")]
    odd = {
        (verb, path): status
        for _, path in numbered
        for verb, ask in (("GET", client.get), ("POST", client.post))
        if (status := ask(path).status_code) not in {302, 403, 404, 405}
    }
    # These read nothing of what the number names before their form is filled in, whatever the number is.
    assert [key for key in odd if not key[1].endswith(("/text", "/text/open", "/preview", "/answer"))] == []
    assert not [status for status in odd.values() if status >= 500]


def test_another_agencys_numbers_are_as_if_they_were_not_there(people: People, browse: Browse) -> None:
    case = world.case()
    listed = world.entry(case.hit).watchlist_id
    client = browse(people.partner, Purpose.SERIOUS_CRIME)
    theirs = [
        path
        for path, name in addresses(1, hit=case.hit.pk, list_id=listed)
        if name.startswith(("claim", "release", "reassign", "watchlist", "rule")) or name == "decide"
    ]
    before = state()
    for path in theirs:
        if any(part.isdecimal() for part in path.split("/")):
            assert client.get(path).status_code in {403, 404, 405}, path
            assert client.post(path, {"reason": "a reason that is long enough"}).status_code in {403, 404, 405}, path
    assert state() == before


@pytest.mark.parametrize("number", ["-1", "1e9", "0x1", "٣", "1%00", "..%2f1", "1;drop", "%3Cscript%3E", "{{7*7}}"])
def test_what_is_no_number_is_no_address(number: str, people: People, browse: Browse) -> None:
    client = browse(people.supervisor, Purpose.SERIOUS_CRIME)
    for path in work(number):
        if number in path:
            response = client.get(path)
            assert response.status_code in {200, 403, 404, 405}, path
            assert response.status_code != 200 or number == "٣", path
            assert b"<script>" not in response.content.replace(b"<script src", b"")


@pytest.mark.parametrize("name", EVERYBODY)
def test_looking_changes_nothing(name: str, people: People, browse: Browse) -> None:
    client = browse(getattr(people, name), purpose_of(name))
    client.get("/account/password")
    before = state()
    for path, called in addresses(1):
        if called not in {"live", "account_logout"}:
            client.get(path)
            client.head(path)
            client.options(path)
    assert state() == before


@pytest.mark.parametrize("verb", ["PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"])
def test_other_methods_change_nothing_and_fail_nowhere(verb: str, people: People, browse: Browse) -> None:
    client = browse(people.supervisor, Purpose.SERIOUS_CRIME)
    client.get("/account/password")
    before = state()
    for path, called in addresses(1):
        if called != "live":
            response = client.generic(verb, path, b"x=1", content_type="application/x-www-form-urlencoded")
            assert response.status_code < 500, path
    assert state() == before


def test_a_form_without_its_token_is_refused_everywhere_and_changes_nothing(people: People, settings: Any) -> None:
    settings.REQUIRE_SECOND_FACTOR = False
    client = Client(enforce_csrf_checks=True)
    client.force_login(people.supervisor, backend="allauth.account.auth_backends.AuthenticationBackend")
    before = state()
    for path, name in addresses(1):
        if name in PROGRAMS:  # they go by a sender's token, and look at no cookie
            continue
        for sent in ({}, {"csrfmiddlewaretoken": "x" * 64}):
            assert client.post(path, sent).status_code == 403, name
    assert state() == before


def test_a_form_after_its_session_ended_changes_nothing_and_says_so(people: People, browse: Browse) -> None:
    client = browse(people.supervisor, Purpose.SERIOUS_CRIME)
    session = client.session
    session["started"] = session["seen"] = (timezone.now() - timedelta(days=1)).isoformat()
    session.save()
    before = state()
    response = client.post("/rules/propose", {"text": "{}"}, follow=True)
    assert response.redirect_chain == [("/sign-in", 302)]
    assert "Your session has ended" in response.content.decode()
    assert state() == before


@pytest.mark.parametrize("key", ["", "x", "x" * 5_000, "../../etc/passwd", "'; DROP TABLE django_session; --", "\x00"])
def test_a_made_up_session_is_none(key: str, people: People) -> None:
    client = Client()
    client.cookies["sessionid"] = key
    assert client.get("/queue").headers["Location"].startswith("/sign-in")


#: Where nobody must be sent, and what no header may hold.
ELSEWHERE = (
    "https://evil.example/",
    "//evil.example/",
    "///evil.example/",
    "/\\evil.example",
    "\\\\evil.example",
    "https:evil.example",
    "http:///evil.example",
    "javascript:alert(1)",
    " //evil.example",
    "\t//evil.example",
    "/\t/evil.example",
    "\x00//evil.example",
    "/%0d%0aSet-Cookie:x=1",
    "/health\r\nSet-Cookie: x=1",
    "/health\nLocation: https://evil.example",
    "x" * 100_000,
    "\udcff",
)


@pytest.mark.parametrize("target", ELSEWHERE, ids=range(len(ELSEWHERE)))
def test_nobody_is_sent_elsewhere_and_no_header_is_written_for_us(target: str, people: People, browse: Browse) -> None:
    client = browse(people.supervisor)
    sent = target.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    for path in ("/session/theme", "/session/language", "/session/purpose"):
        response = client.post(path, {"theme": sent, "language": sent, "purpose": sent, "next": sent})
        assert response.status_code in {302, 400}, path
        location = response.headers.get("Location", "/")
        assert location.startswith("/") or location == sent[:100_000]
        assert not location.startswith(("//", "/\\"))
        assert "\n" not in location
        assert "\r" not in location
        assert "evil.example" not in location or location.startswith("/health")
        assert not {"theme", "x"} & set(response.cookies)
        spoken = response.cookies.get("language")
        assert spoken is None or spoken.value == people.supervisor.language


@pytest.mark.parametrize("target", ELSEWHERE[:14], ids=range(14))
def test_a_sign_in_leads_nowhere_else(target: str, people: People, settings: Any) -> None:
    settings.REQUIRE_SECOND_FACTOR = False
    with_password(people.analyst)
    response = Client().post("/sign-in", {"login": "the-analyst", "password": PASSWORD, "next": target})
    assert response.status_code in {200, 302, 400}
    assert "evil.example" not in response.headers.get("Location", "/").split("?")[0]
    assert response.headers.get("Location", "/").startswith("/")


def test_guessing_locks_however_the_name_is_written_and_whatever_address_is_claimed(people: People) -> None:
    with_password(people.analyst)
    client = Client()
    spellings = ["the-analyst", "THE-ANALYST", "The-Analyst", " the-analyst ", "tHe-analyst", "the-Analyst"]
    for number, name in enumerate(spellings):
        claimed = {"X-Forwarded-For": f"10.0.0.{number}", "Forwarded": f"for=10.0.0.{number}"}
        client.post("/sign-in", {"login": name, "password": "wrong"}, headers=claimed)
    response = client.post("/sign-in", {"login": "the-analyst", "password": PASSWORD})
    assert response.status_code in {403, 429}
    assert "_auth_user_id" not in client.session


def test_a_wrong_name_and_a_wrong_password_look_the_same(people: People) -> None:
    with_password(people.analyst)
    one = Client().post("/sign-in", {"login": "the-analyst", "password": "wrong"})
    other = Client().post("/sign-in", {"login": "nobody-here", "password": "wrong"})
    assert one.status_code == other.status_code
    assert len(one.content.split(b"alert")) == len(other.content.split(b"alert"))


def test_an_account_that_was_closed_is_out_at_once(people: People, browse: Browse) -> None:
    client = browse(people.supervisor, Purpose.SERIOUS_CRIME)
    assert client.get("/health").status_code == 200
    Account.objects.filter(pk=people.supervisor.pk).update(is_active=False)
    assert client.get("/health").status_code == 302


def answers(people: People, browse: Browse, monkeypatch: pytest.MonkeyPatch) -> dict[int, Any]:
    """One answer of each kind."""
    client = browse(people.data_protection)
    client.raise_request_exception = False
    made = {
        200: client.get("/audit"),
        302: Client().get("/queue"),
        400: client.get("/audit", headers={"Host": "evil.example"}),
        403: client.get("/queue"),
        404: client.get("/no-such-page"),
        405: client.post("/audit"),
        422: client.post("/audit/1/text/open", {"reason": ""}),
    }

    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("ZYXWOFICTICIA")

    def away(*_: object, **__: object) -> None:
        raise UnavailableError

    for status, how in ((500, fail), (503, away)):
        monkeypatch.setattr(audit_log, "log", how)
        made[status] = client.get("/audit")
    return made


def test_every_answer_is_closed_to_scripts_frames_and_caches_and_shows_nothing_of_us(
    people: People, browse: Browse, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    made = answers(people, browse, monkeypatch)
    assert {status: response.status_code for status, response in made.items()} == {each: each for each in made}
    assert {status: lacking for status, response in made.items() if (lacking := guarded(response))} == {}
    for response in made.values():
        page = response.content.decode()
        assert not any(each in page for each in ("Traceback", "ZeroDivision", "/src/", ".py", "DEBUG"))
        assert leaks(page) == []


def test_a_form_with_too_many_fields_or_too_much_in_them_is_refused(people: People, browse: Browse) -> None:
    client = browse(people.analyst, Purpose.SERIOUS_CRIME)
    for sent in ({f"f{number}": "x" for number in range(2_000)}, {"text": "x" * 3 * 1024 * 1024}):
        response = client.post(
            "/rules/propose",
            "&".join(f"{k}={v}" for k, v in sent.items()),
            content_type="application/x-www-form-urlencoded",
        )
        assert response.status_code == 413
        assert "more than is taken at once" in response.content.decode()
        assert guarded(response) == []


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("multipart/form-data", b"x"),
        ("multipart/form-data; boundary=", b"x"),
        ("multipart/form-data; boundary=b", b"--b\r\n" * 10_000),
        (
            "multipart/form-data; boundary=b",
            b'--b\r\nContent-Disposition: form-data; name="text"\r\n\r\n' + b"\xff" * 99,
        ),
        ("application/x-www-form-urlencoded; charset=no-such", b"text=%ff"),
        ("application/x-www-form-urlencoded", b"text=%00%ff%fe"),
        ("application/json", b"[" * 100_000),
        ("text/xml", b"<!DOCTYPE x [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><x>&x;</x>"),
    ],
)
def test_a_body_that_is_no_form_is_refused_and_never_a_failure_of_ours(
    kind: str, data: bytes, people: People, browse: Browse
) -> None:
    client = browse(people.analyst, Purpose.SERIOUS_CRIME)
    client.raise_request_exception = False
    for path in ("/rules/propose", "/search", "/session/theme"):
        response = client.generic("POST", path, data, content_type=kind)
        assert response.status_code in {200, 302, 400, 403, 413, 415, 422}, path


def test_nul_bytes_and_signs_of_no_alphabet_in_any_field_are_refused_or_found_nowhere(
    people: People, browse: Browse
) -> None:
    client = browse(people.supervisor, Purpose.SERIOUS_CRIME)
    client.raise_request_exception = False
    for odd in ("\0", "\x1b[2J", "\u202e", "\ufffd", "%", "_" * 50, "'", '"', "\\", "x" * 10_000):
        for path in ("/messages", "/search", "/queue", "/flights", "/watchlists", "/rules"):
            names = ("status", "carrier", "type", "before", "page", "q", "by", "text", "band", "rule", "example")
            assert client.get(path, dict.fromkeys(names, odd)).status_code < 500, (path, odd)
        for by in ("name", "document", "locator", "flight"):
            assert client.post("/search", {"by": by, "text": odd}).status_code in {200, 422}, (by, odd)


def ask(*pieces: bytes, length: int | None = None) -> list[MutableMapping[str, Any]]:
    """Send a body to the application as a server does, and give what it answers."""
    headers = [(b"host", b"localhost"), (b"content-type", b"application/x-www-form-urlencoded")]
    headers += [(b"content-length", str(length).encode())] if length is not None else []
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": "/sign-in",
        "raw_path": b"/sign-in",
        "query_string": b"",
        "root_path": "",
        "headers": headers,
        "server": ("localhost", 8000),
        "client": ("127.0.0.1", 5),
    }
    waiting = [
        {"type": "http.request", "body": each, "more_body": place < len(pieces) - 1}
        for place, each in enumerate(pieces)
    ]
    said: list[MutableMapping[str, Any]] = []

    async def receive() -> dict[str, Any]:
        assert waiting, "it reads on"
        return waiting.pop(0)

    async def send(message: MutableMapping[str, Any]) -> None:
        said.append(message)

    asyncio.run(bounded(application, 1_000_000)(scope, receive, send))  # type: ignore[arg-type]  # it is a coroutine
    return said


@pytest.mark.parametrize("length", [None, 10**12, -1, 5], ids=["not-told", "told", "no-length", "told-less"])
def test_a_body_larger_than_any_form_is_refused_before_it_fills_a_disk(
    length: int | None,
) -> None:
    said = ask(*[b"x" * 65_536] * 32, length=length)
    assert said[0]["status"] == 413
    headers = {name.decode().title(): value.decode() for name, value in said[0]["headers"]}
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["Cache-Control"] == "no-store"
    assert said[1]["body"]


def test_nothing_of_a_visitor_is_logged_when_we_fail(
    people: People, browse: Browse, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*arguments: object, **named: object) -> None:
        raise ValueError(arguments, named)

    monkeypatch.setattr(search, "search", fail)
    client = browse(people.supervisor, Purpose.SERIOUS_CRIME)
    client.raise_request_exception = False
    for by, text in (("name", "ZYXWOFICTICIA, QUIMERINA"), ("document", "ZZ9876543")):
        assert client.post("/search", {"by": by, "text": text}).status_code == 500
    lines = [JsonLine().format(each) for each in caplog.records]
    assert sum('"error": "ValueError"' in line for line in lines) == 2
    assert leaks(*lines) == []
