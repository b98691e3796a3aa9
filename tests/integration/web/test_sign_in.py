"""Coming in: a name, a password and a second factor; nobody else, and no other way."""

from __future__ import annotations

import hashlib
import hmac
import struct
import time
from base64 import b32decode
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from tests.integration.conftest import PASSWORD, People, with_password
from torogoz.domain.audit import AuditEvent
from torogoz.storage.models import Account, AuditEntry

Browse = Callable[..., Client]


@pytest.fixture(autouse=True)
def _no_earlier_tries() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def _codes_of_the_half_minute_before_count(settings: Any) -> None:
    """A half minute may end between the computing of a code and its being looked at."""
    settings.MFA_TOTP_TOLERANCE = 1


@pytest.fixture
def analyst(people: People) -> Account:
    return with_password(people.analyst)


def _sign_in(client: Client, name: str, password: str) -> Any:
    return client.post("/sign-in", {"login": name, "password": password})


def _secret(client: Client) -> str:
    """The secret that the set-up page shows to who has just signed in."""
    return str(client.get("/account/second-factor/set-up").context["form"].secret)


def _code(secret: str, steps: int = 0) -> str:
    """The code of RFC 6238 for this half minute, or one so many before, computed apart from the code under test."""
    key = b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.digest(key, struct.pack(">Q", int(time.time()) // 30 - steps), hashlib.sha1)
    offset = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[offset : offset + 4])[0] & 0x7FFFFFFF) % 10**6:06d}"


def test_passwords_are_kept_with_argon2(analyst: Account) -> None:
    assert analyst.password.startswith("argon2")


def test_five_wrong_passwords_lock_the_name_even_for_the_right_one(analyst: Account) -> None:
    client = Client()
    for _ in range(4):
        assert _sign_in(client, analyst.username, "a wrong phrase of this test").status_code == 200
    assert _sign_in(client, analyst.username, "a wrong phrase of this test").status_code == 429
    response = _sign_in(client, analyst.username, PASSWORD)
    assert response.status_code == 429
    assert "15" in response.content.decode()
    assert AuditEntry.objects.filter(event=AuditEvent.SIGN_IN_FAILED).count() >= 5
    assert not AuditEntry.objects.filter(event=AuditEvent.SIGNED_IN).exists()


@pytest.mark.parametrize("path", ["/signup", "/accounts/signup/", "/password/reset", "/accounts/password/reset/"])
@pytest.mark.django_db
def test_nobody_signs_up_and_no_password_is_reset_by_mail(path: str) -> None:
    assert Client().get(path).status_code == 404


def test_without_a_second_factor_a_person_sees_only_the_pages_that_set_it_up(analyst: Account, settings: Any) -> None:
    settings.REQUIRE_SECOND_FACTOR = True
    client = Client()
    assert _sign_in(client, analyst.username, PASSWORD).status_code == 302
    for path in ("/", "/queue", "/flights", "/search"):
        assert client.get(path).headers["Location"] == "/account/second-factor"
    secret = _secret(client)
    assert client.post("/account/second-factor/set-up", {"code": _code(secret)}).status_code == 302
    assert client.get("/").status_code == 200
    stored = str(list(Authenticator.objects.filter(user=analyst).values_list("data", flat=True)))
    assert secret not in stored


def test_a_code_of_the_half_minute_beside_is_right_and_one_further_off_is_not(analyst: Account, settings: Any) -> None:
    settings.REQUIRE_SECOND_FACTOR = True
    client = Client()
    _sign_in(client, analyst.username, PASSWORD)
    secret = _secret(client)
    assert client.post("/account/second-factor/set-up", {"code": _code(secret, 4)}).status_code == 200
    # The next one's: it stays right if its half minute begins meanwhile.
    assert client.post("/account/second-factor/set-up", {"code": _code(secret, -1)}).status_code == 302


def test_who_has_a_second_factor_is_asked_for_it(analyst: Account, settings: Any) -> None:
    settings.REQUIRE_SECOND_FACTOR = False
    client = Client()
    _sign_in(client, analyst.username, PASSWORD)
    secret = _secret(client)
    client.post("/account/second-factor/set-up", {"code": _code(secret)})
    other = Client()
    cache.clear()
    assert _sign_in(other, analyst.username, PASSWORD).headers["Location"].startswith("/account/second-factor/ask")
    assert other.get("/queue").headers["Location"].startswith("/sign-in")
    wrong = other.post("/account/second-factor/ask", {"code": "000000"})
    assert wrong.status_code == 200
    right = other.post(
        "/account/second-factor/ask", {"code": client.get("/account/recovery-codes").context["unused_codes"][0]}
    )
    assert right.status_code == 302
    assert other.get("/").status_code == 200


def test_a_session_ends_after_an_hour_in_which_only_the_screen_moved(people: People, browse: Browse) -> None:
    client = browse(people.supervisor)
    client.get("/health")
    session = client.session
    assert not timezone.now() - datetime.fromisoformat(session["seen"]) > timedelta(minutes=1)
    session["seen"] = (timezone.now() - timedelta(minutes=59)).isoformat()
    session.save()
    client.get("/health", headers={"X-Live": "1"})
    assert client.session["seen"] == session["seen"], "a live refresh is not its owner asking"
    assert client.get("/health").status_code == 200
    session = client.session
    session["seen"] = (timezone.now() - timedelta(minutes=61)).isoformat()
    session.save()
    assert client.get("/health", headers={"X-Live": "1"}).status_code == 401
    assert client.get("/health").headers["Location"].startswith("/sign-in")


def test_a_session_ends_after_a_shift_however_busy_it_was(people: People, browse: Browse) -> None:
    client = browse(people.supervisor)
    client.get("/health")
    session = client.session
    session["started"] = (timezone.now() - timedelta(hours=12, minutes=1)).isoformat()
    session.save()
    response = client.get("/health", follow=True, headers={"Accept-Language": "es"})
    assert response.redirect_chain[0][0] == "/sign-in"
    assert "Your session has ended. Sign in again" in response.content.decode()


def test_each_coming_and_going_is_audited(analyst: Account, settings: Any) -> None:
    settings.REQUIRE_SECOND_FACTOR = False
    client = Client()
    _sign_in(client, analyst.username, PASSWORD)
    client.post("/sign-out")
    assert list(AuditEntry.objects.order_by("pk").values_list("event", "account")) == [
        (AuditEvent.SIGNED_IN, analyst.pk),
        (AuditEvent.SIGNED_OUT, analyst.pk),
    ]
