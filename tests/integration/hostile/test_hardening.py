"""The web's old tricks, each in a table: none opens, changes, redirects, or shows more than the plain request."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from axes.models import AccessAttempt
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from tests.integration.conftest import PASSWORD, People, with_password
from tests.integration.doors.objects import Where, furnish
from tests.integration.doors.test_matrix import ask, attempts
from tests.integration.hostile.site import guarded, state
from torogoz.cli import main
from torogoz.domain.audit import AuditEvent
from torogoz.domain.purpose import Purpose
from torogoz.storage.access.sign_in import seal_secret
from torogoz.storage.models import Account, AuditEntry
from torogoz.web.lockout import MOST_OF_AN_ADDRESS

pytestmark = pytest.mark.django_db

WRONG = "a wrong invented password"

Browse = Callable[..., Client]


@pytest.fixture
def analyst(people: People) -> Account:
    return with_password(people.analyst)


def sign_in(client: Client, name: str, password: str, address: str = "192.0.2.7", **more: str) -> Any:
    return client.post("/sign-in", {"login": name, "password": password} | more, REMOTE_ADDR=address)


# Headers of every answer.


@pytest.mark.parametrize("name", ["supervisor", "data_protection", "border_officer", "outsider", "anonymous"])
def test_every_answer_of_every_address_is_closed_to_scripts_frames_devices_and_caches(
    name: str, people: People, browse: Browse
) -> None:
    account = getattr(people, name, None)
    client = browse(account, Purpose.SERIOUS_CRIME) if account else Client()
    client.raise_request_exception = False
    objects = furnish(people, account or people.analyst)
    lacking = {}
    for permission, where, path in attempts(objects):
        for method in ("GET", "POST", "OPTIONS"):
            response = ask(client, method, permission, path, people)
            lacks = [each for each in guarded(response) if each != "Cache-Control"]
            if "no-store" not in response.headers["Cache-Control"]:
                lacks.append("Cache-Control")
            if "camera=()" not in response.headers.get("Permissions-Policy", ""):
                lacks.append("Permissions-Policy")
            if lacks:
                lacking[f"{method} {permission.name}, {where}"] = lacks
    assert lacking == {}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/static/torogoz/mark.svg", 200),
        ("/static/torogoz/passkeys.js", 200),
        ("/static/vendor/htmx.min.js", 200),
        ("/static/torogoz/no-such-file.js", 404),
        ("/static/../../keys/django-1.key", 404),
        ("/static/..%2f..%2fsettings.py", 404),
        ("/static/torogoz/", 404),
    ],
)
def test_static_files_are_closed_like_pages_and_set_no_cookie(path: str, status: int, db: None) -> None:
    response = Client().get("/", PATH_INFO=path.replace("%2f", "/"))
    assert b"".join(response) if response.streaming else response.content
    response.close()
    assert response.status_code == status
    assert [each for each in guarded(response) if each != "Cache-Control" or status == 404] == []
    assert not response.cookies or status == 404
    assert "Access-Control-Allow-Origin" not in response.headers


# Other sites.


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost:8001", "https://testserver", ""])
def test_a_form_from_another_origin_changes_nothing_even_with_a_token_of_ours(origin: str, people: People) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(people.outsider, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.get("/sign-out")
    token = client.cookies["csrftoken"].value
    sent = {"csrfmiddlewaretoken": token, "language": "es"}
    if origin:
        refused = client.post("/session/language", sent, headers={"Origin": origin})
        assert refused.status_code == 403
        people.outsider.refresh_from_db()
        assert people.outsider.language == "en"
    else:
        assert client.post("/session/language", sent, headers={"Origin": "http://testserver"}).status_code == 302


ELSEWHERE = (
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example",
    "https:evil.example",
    "http://localhost/",
    "http://127.0.0.1:8000/queue",
    "javascript:alert(1)",
    "queue",
)


@pytest.mark.parametrize("target", ELSEWHERE)
def test_no_way_of_coming_in_or_going_leads_elsewhere(
    target: str, analyst: Account, browse: Browse, people: People
) -> None:
    hit = furnish(people, analyst).numbers("claim", Where.OPEN)["hit"]
    query = urlencode({"next": target})
    client = browse(analyst, Purpose.SERIOUS_CRIME)
    answers = [
        sign_in(Client(), "the-analyst", PASSWORD, next=target),
        Client().post(f"/sign-in?{query}", {"login": "the-analyst", "password": PASSWORD}),
        client.get(f"/sign-in?{query}"),
        client.get(f"/account/passkeys/sign-in?{query}"),
        client.post(f"/account/again?{query}", {"password": PASSWORD, "next": target}),
        client.post(f"/hit/{hit}/claim", {"next": target}),
        client.post("/session/purpose", {"purpose": "serious_crime", "next": target}),
        client.post(f"/sign-out?{query}", {"next": target}),
    ]
    for answer in answers:
        assert answer.status_code == 302
        location = answer.headers["Location"]
        assert location.startswith("/")
        assert not location.startswith(("//", "/\\"))
        assert "evil" not in location.partition("?")[0]


# Sessions.


def test_a_session_gets_another_key_at_sign_in_and_a_planted_one_is_not_taken(analyst: Account, settings: Any) -> None:
    settings.REQUIRE_SECOND_FACTOR = False
    client = Client()
    client.cookies["sessionid"] = "planted" * 4 + "0000"
    client.get("/account/passkeys/sign-in", headers={"Accept": "application/json"})
    before = client.cookies["sessionid"].value
    assert "planted" not in before
    sign_in(client, "the-analyst", PASSWORD)
    after = client.cookies["sessionid"].value
    assert before != after
    assert not Session.objects.filter(session_key__in=[before, "planted" * 4 + "0000"]).exists()
    client.post("/sign-out")
    assert not Session.objects.filter(session_key=after).exists(), "who kept the key has nothing"


def test_a_session_does_not_go_from_one_person_to_the_next(analyst: Account, people: People, settings: Any) -> None:
    settings.REQUIRE_SECOND_FACTOR = False
    client = Client()
    sign_in(client, "the-analyst", PASSWORD)
    client.post("/session/purpose", {"purpose": "serious_crime"})
    client.force_login(people.supervisor, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert "purpose" not in client.session


# Hosts, methods and paths.


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:80",
        "testserver.evil.example",
        "testserver@evil.example",
        "",
        "a b",
        "[::1",
        "testserver:x",
    ],
)
def test_a_host_that_is_not_ours_is_refused_before_anything_is_looked_up(
    host: str, people: People, browse: Browse
) -> None:
    client = browse(people.supervisor)
    before = state()
    for response in (client.get("/health", headers={"Host": host}), client.post("/schedule", headers={"Host": host})):
        assert response.status_code == 400
        assert "evil" not in response.content.decode()
        assert "Location" not in response.headers
    assert state() == before


def test_no_header_names_another_host_scheme_client_or_method(people: People, browse: Browse) -> None:
    client = browse(people.supervisor)
    plain = client.get("/health")
    claimed = {
        "X-Forwarded-Host": "evil.example",
        "X-Host": "evil.example",
        "Forwarded": "host=evil.example;proto=https;for=127.0.0.1",
        "X-Forwarded-Proto": "https",
        "X-Forwarded-Prefix": "/evil",
        "X-Original-URL": "/audit",
        "X-Rewrite-URL": "/audit",
        "X-Real-IP": "127.0.0.1",
        "X-HTTP-Method-Override": "POST",
        "X-Method-Override": "DELETE",
    }
    for name, value in claimed.items():
        response = client.get("/health", headers={name: value})
        assert response.status_code == plain.status_code, name
        assert "evil" not in response.content.decode(), name
        assert not response.wsgi_request.is_secure(), name
        denied = client.get("/audit", headers={name: value})
        assert denied.status_code == 403, name


@pytest.mark.parametrize("field", ["_method", "X-HTTP-Method-Override", "method"])
def test_no_field_makes_another_method_of_a_request(field: str, people: People, browse: Browse) -> None:
    client = browse(people.supervisor, Purpose.SERIOUS_CRIME)
    hit = furnish(people, people.supervisor).numbers("claim", Where.OPEN)["hit"]
    before = state()
    assert client.get(f"/hit/{hit}/claim", {field: "POST"}).status_code == 405
    assert client.post(f"/traveller/{hit}", {field: "GET"}).status_code == 405
    assert state() == before


def tricks(path: str) -> Iterator[str]:
    """Other spellings of a path, as they arrive after the server has decoded them once."""
    yield from (
        f"/{path}",
        f"{path}/",
        f"/.{path}",
        f"/x/..{path}",
        f"{path}/.",
        f"{path}/..",
        f"{path};x=1",
        f"{path}%00",
    )
    yield from (
        f"{path}\x00",
        f"{path} ",
        f"{path}.json",
        f"{path}?",
        f"{path}#",
        path.upper(),
        f"/%2e{path}",
        f"\\{path[1:]}",
    )
    yield from (path.replace("/", "//"), path.replace("/", "/./"), f"/static/..{path}", f"/{path.encode().hex()}")


@pytest.mark.parametrize("path", ["/queue", "/audit", "/health", "/watchlists/import", "/audit/export"])
def test_another_spelling_of_an_address_opens_nothing(path: str, people: People, browse: Browse) -> None:
    for client in (Client(), browse(people.outsider), browse(people.border_officer)):
        client.raise_request_exception = False
        for spelled in tricks(path):
            for method in ("GET", "POST"):
                response = client.generic(method, "/", PATH_INFO=spelled)
                location = response.headers.get("Location", "/")
                assert response.status_code in {302, 400, 403, 404, 405}, (spelled, response.status_code)
                assert location.startswith("/"), spelled
                assert not location.startswith("//"), spelled


@pytest.mark.parametrize("name", ["X-CSRFToken", "Referer", "Cookie", "Accept-Language", "Last-Event-ID", "HX-Request"])
def test_odd_headers_are_borne(name: str, people: People, browse: Browse) -> None:
    client = browse(people.supervisor, Purpose.SERIOUS_CRIME)
    client.raise_request_exception = False
    for odd in ("", "\x00", "x" * 30_000, "é" * 100, "'; DROP TABLE x; --", "-1", "a=b; a=c; ;;=", "\x7f\x1b[2J"):
        response = client.get("/health", headers={name: odd.encode().decode("latin-1")})
        assert response.status_code in {200, 302, 400}, odd
        assert not any("\n" in value or "\r" in value for value in response.headers.values())


# Bodies.


def multipart(*parts: bytes) -> bytes:
    return b"".join(b"--b\r\n" + part + b"\r\n" for part in parts) + b"--b--\r\n"


def field(name: str, value: bytes = b"x", more: bytes = b"") -> bytes:
    return b'Content-Disposition: form-data; name="' + name.encode() + b'"' + more + b"\r\n\r\n" + value


BOMBS = {
    "many-fields": multipart(*[field(f"f{number}") for number in range(5_000)]),
    "many-files": multipart(*[field(f"f{number}", more=b'; filename="x"') for number in range(500)]),
    "one-name-many-times": multipart(*[field("text")] * 5_000),
    "huge-name": multipart(field("x" * 3_000_000)),
    "huge-header": multipart(b"X: " + b"y" * 3_000_000 + b"\r\n" + field("text")),
    "many-headers": multipart(b"".join(b"X%d: y\r\n" % number for number in range(50_000)) + field("text")),
    "huge-value": multipart(field("text", b"x" * 4_000_000)),
    "no-end": multipart(field("text", b"x" * 100_000))[:-8],
    "nested": multipart(b"Content-Type: multipart/mixed; boundary=c\r\n" + field("text", b"--c\r\n" * 1_000)),
    "only-boundaries": b"--b\r\n" * 100_000,
    "base64": multipart(b"Content-Transfer-Encoding: base64\r\n" + field("text", b"!" * 100_000)),
    "file-name-with-a-way": multipart(field("file", more=b'; filename="../../../../etc/passwd"')),
}


@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
def test_an_upload_that_bursts_is_refused_and_writes_nothing(bomb: bytes, people: People, browse: Browse) -> None:
    client = browse(people.supervisor, Purpose.SERIOUS_CRIME)
    client.raise_request_exception = False
    before = state()
    for path in ("/watchlists/import", "/schedule", "/rules/propose", "/search", "/sign-out/x"):
        response = client.generic("POST", path, bomb, content_type="multipart/form-data; boundary=b")
        assert response.status_code in {200, 400, 404, 413, 422}, path
        assert guarded(response) == []
    assert state() == before


def test_a_body_is_never_unpacked(people: People, browse: Browse) -> None:
    client = browse(people.supervisor, Purpose.SERIOUS_CRIME)
    packed = gzip.compress(b"by=name&text=" + b"A" * 30_000_000)
    for encoding in ("gzip", "deflate", "br", "gzip, gzip"):
        response = client.generic(
            "POST",
            "/search",
            packed,
            content_type="application/x-www-form-urlencoded",
            headers={"Content-Encoding": encoding},
        )
        assert response.status_code in {400, 422}


# Guessing.


def test_a_name_that_nobody_has_costs_and_tells_as_much_as_one_that_somebody_has(
    analyst: Account, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    """LR-56: one computation of Argon2 for each try, whoever is named."""
    computed: list[str] = []

    def counted(name: str) -> Callable[..., object]:
        own = getattr(Argon2PasswordHasher, name)

        def count(*asked: object) -> object:
            computed.append(name)
            return own(*asked)

        return count

    for name in ("encode", "verify"):
        monkeypatch.setattr(Argon2PasswordHasher, name, counted(name))
    Account.objects.filter(pk=people.supervisor.pk).update(is_active=False, password=analyst.password)
    pages = {}
    for name in ("the-analyst", "nobody-here", "the-supervisor", "the-analyst ", "\u202ethe-analyst", "x" * 150):
        computed.clear()
        answer = sign_in(Client(), name, WRONG)
        assert len(computed) == 1, name
        pages[name] = (answer.status_code, answer.content.decode().count("alert"))
    assert len(set(pages.values())) == 1
    for name in ("the-analyst", "nobody-here"):
        for _ in range(5):
            sign_in(Client(), name, WRONG)
        computed.clear()
        locked = sign_in(Client(), name, WRONG)
        assert (locked.status_code, computed, int(locked.headers["Retry-After"])) == (429, [], 900)


def test_one_address_that_tries_many_names_is_locked_for_all_and_others_are_not(
    analyst: Account, settings: Any
) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": None}
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *settings.PASSWORD_HASHERS]  # quick
    for number in range(MOST_OF_AN_ADDRESS):
        assert sign_in(Client(), f"nobody-{number}", WRONG).status_code == 200
    locked = sign_in(Client(), "the-analyst", PASSWORD)
    assert (locked.status_code, locked.headers["Retry-After"]) == (429, "900")
    assert "<h1>El ingreso está bloqueado</h1>" in locked.content.decode()
    assert "demasiados intentos" in locked.content.decode()
    assert sign_in(Client(), "the-analyst", PASSWORD, "192.0.2.8").status_code == 302
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=16))
    assert sign_in(Client(), "the-analyst", PASSWORD).status_code == 302


def test_a_subscriber_of_ipv6_is_one_client_however_many_addresses_they_take(analyst: Account, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": None}
    for number in range(5):
        sign_in(Client(), "the-analyst", WRONG, f"2001:db8:1:2::{number}")
    assert sign_in(Client(), "the-analyst", PASSWORD, "2001:db8:1:2:ffff::1").status_code == 429
    assert sign_in(Client(), "the-analyst", PASSWORD, "2001:db8:1:3::1").status_code == 302


def test_a_name_is_slowed_from_everywhere(analyst: Account) -> None:
    answers = [sign_in(Client(), "the-analyst", WRONG, f"192.0.2.{number}").content.decode() for number in range(12)]
    assert "Demasiados intentos" in answers[-1]
    assert "_auth_user_id" not in Client().session


def test_a_code_is_not_guessed_by_who_knows_the_password_and_opens_once(
    analyst: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    """LR-56: one in a million, ten tries in five minutes, whatever address or session they come from."""
    secret, moment = "JBSWY3DPEHPK3PXP", 1_000_000
    monkeypatch.setattr(totp, "yield_hotp_counters_from_time", lambda: iter([moment]))
    Authenticator.objects.create(user=analyst, type=Authenticator.Type.TOTP, data={"secret": seal_secret(secret)})

    def comes_in(code: str, number: int) -> bool:
        client = Client(REMOTE_ADDR=f"192.0.2.{number}")
        client.post("/sign-in", {"login": "the-analyst", "password": PASSWORD})
        client.post("/account/second-factor/ask", {"code": code})
        return "_auth_user_id" in client.session

    code = totp.format_hotp_value(totp.hotp_value(secret, moment))
    assert comes_in(code, 1)
    assert not comes_in(code, 2), "somebody looked over a shoulder"
    cache.clear()
    assert not any(comes_in("no-code", number) for number in range(3, 13))
    assert not comes_in(code, 13), "it would have been right"
    assert AuditEntry.objects.filter(event=AuditEvent.SIGN_IN_FAILED).count() >= 11


def test_what_was_typed_as_a_name_stands_nowhere(analyst: Account, caplog: pytest.LogCaptureFixture) -> None:
    """It may be a password in the wrong field."""
    with caplog.at_level("DEBUG"):
        sign_in(Client(), "ZyxwoSecretPhrase", WRONG, next="/ZyxwoNext")
        sign_in(Client(), "ZyxwoSecretPhrase", WRONG)
    stored = str([*AccessAttempt.objects.values_list(), *AuditEntry.objects.values_list()])
    logged = "".join(record.getMessage() for record in caplog.records)
    assert "zyxwo" not in (stored + logged).lower()
    assert AccessAttempt.objects.get().failures_since_start == 2


def test_the_terminal_opens_an_account_that_was_locked(analyst: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(6):
        sign_in(Client(), "THE-analyst", WRONG)
    assert sign_in(Client(), "the-analyst", PASSWORD).status_code == 429
    assert main(["users", "reset", "the-analyst", "--second-factor"]) == 0
    assert not AccessAttempt.objects.exists()
