"""Passkeys: enrolled, named, used as second factor and alone, removed; and whatever a forger sends, refused (LR-56)."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.test import Client

from tests.integration.conftest import PASSWORD, People, with_password
from tests.softkey import PRESENT, SoftKey
from torogoz.cli import main
from torogoz.domain.audit import AuditEvent
from torogoz.storage.models import Account, AuditEntry
from torogoz.web.limits import Rate
from torogoz.web.pages import passkeys as pages

ADD, ASK, ALONE = "/account/passkeys/add", "/account/second-factor/ask", "/account/passkeys/sign-in"

Browse = Callable[..., Client]
Accepted = Any


@pytest.fixture
def analyst(people: People) -> Account:
    return with_password(people.analyst)


@pytest.fixture
def client(analyst: Account, browse: Browse) -> Client:
    return browse(analyst)


def options_of(page: Any) -> dict[str, Any]:
    """What a page asks of a passkey, as its script reads it."""
    return json.loads(json.dumps(page.context["js_data"]))  # type: ignore[no-any-return]


def enrol(client: Client, key: SoftKey, name: str = "My stick", **changes: Any) -> Any:
    asked = options_of(client.get(ADD))["creation_options"]
    return client.post(ADD, {"name": name, "credential": json.dumps(key.create(asked))} | changes)


def at_second_factor(account: Account) -> tuple[Client, dict[str, Any]]:
    """Somebody who typed the right password, and what is asked of their passkey."""
    client = Client()
    assert client.post("/sign-in", {"login": account.username, "password": PASSWORD}).headers["Location"] == ASK
    return client, options_of(client.get(ASK))["request_options"]


def answer(client: Client, credential: object, path: str = ASK) -> Any:
    return client.post(path, {"credential": json.dumps(credential)})


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def events() -> list[str]:
    return list(AuditEntry.objects.order_by("pk").values_list("event", flat=True))


def test_a_passkey_is_enrolled_and_is_a_second_factor(client: Client, analyst: Account, settings: Any) -> None:
    key = SoftKey()
    settings.REQUIRE_SECOND_FACTOR = True
    assert client.get("/").headers["Location"] == "/account/second-factor"
    assert enrol(client, key).headers["Location"] == "/account/recovery-codes"
    assert "The passkey is added." in client.get("/account/recovery-codes").content.decode()
    assert client.get("/").status_code == 200, "nothing but its set-up opened before"
    other, asked = at_second_factor(analyst)
    assert other.get("/queue").headers["Location"].startswith("/sign-in")
    assert answer(other, key.get(asked)).headers["Location"] == "/"
    assert signed_in(other)
    assert events().count(AuditEvent.ACCOUNT_FACTOR_ADDED) == 1
    page = other.get("/account/passkeys").content.decode()
    assert "My stick" in page


def test_a_passkey_that_knows_its_owner_opens_the_account_alone(client: Client, analyst: Account) -> None:
    key = SoftKey()
    enrol(client, key, passwordless="on")
    other = Client()
    asked = other.get(ALONE, headers={"Accept": "application/json"}).json()["request_options"]
    assert answer(other, key.get(asked), ALONE).headers["Location"] == "/"
    assert signed_in(other)
    assert events()[-1] == AuditEvent.SIGNED_IN


def test_a_passkey_that_asks_its_owner_for_nothing_opens_nothing_alone(client: Client, analyst: Account) -> None:
    key = SoftKey(verifies=False)
    asked = options_of(client.get(ADD))["creation_options"]
    refused = client.post(ADD, {"name": "x", "passwordless": "on", "credential": json.dumps(key.create(asked))})
    assert refused.status_code == 200
    assert not Authenticator.objects.exists()
    enrol(client, key)
    other = Client()
    asked = other.get(ALONE, headers={"Accept": "application/json"}).json()["request_options"]
    assert answer(other, key.get(asked), ALONE).headers["Location"] == "/sign-in"
    assert not signed_in(other)


def test_a_passkey_says_again_who_one_is(client: Client, analyst: Account) -> None:
    key = SoftKey()
    enrol(client, key)
    session = client.session
    session["confirmed"] = 0
    session.save()
    again = client.get("/account/recovery-codes").headers["Location"]
    assert again.startswith("/account/again")
    page = client.get(again)
    assert "/account/passkeys/again?next=" in page.content.decode()
    path = "/account/passkeys/again?next=%2Faccount%2Frecovery-codes"
    asked = options_of(client.get(path))["request_options"]
    assert answer(client, key.get(asked) | {"rawId": "AAAA", "id": "AAAA"}, path).status_code == 200
    asked = options_of(client.get(path))["request_options"]
    assert answer(client, key.get(asked), path).headers["Location"] == "/account/recovery-codes"
    assert client.get("/account/recovery-codes").status_code == 200


def test_it_is_named_and_removed_and_nobody_elses_is_there(
    client: Client, analyst: Account, people: People, browse: Browse
) -> None:
    enrol(client, SoftKey())
    enrol(client, SoftKey(), name="")
    first, second = Authenticator.objects.filter(type="webauthn").order_by("pk")
    assert second.wrap().name == "Passkey 2"
    client.post(f"/account/passkeys/{first.pk}/name", {"name": "The blue one"})
    assert "The blue one" in client.get("/account/passkeys").content.decode()
    stranger = browse(people.supervisor)
    for act in ("name", "remove"):
        for number in (first.pk, 4711):
            for ask in (stranger.get, stranger.post):
                assert ask(f"/account/passkeys/{number}/{act}").status_code == 403
    assert "The blue one" not in stranger.get("/account/passkeys").content.decode()
    assert "The blue one" in client.get(f"/account/passkeys/{first.pk}/remove").content.decode()
    client.post(f"/account/passkeys/{first.pk}/remove")
    assert [each.pk for each in Authenticator.objects.filter(type="webauthn")] == [second.pk]
    assert events().count(AuditEvent.ACCOUNT_FACTOR_REMOVED) == 1
    assert events().count(AuditEvent.REFUSED_ACCESS) == 8


def test_recovery_at_the_terminal_takes_passkeys_away_too(client: Client, analyst: Account) -> None:
    enrol(client, SoftKey(), passwordless="on")
    assert main(["users", "reset", analyst.username, "--second-factor"]) == 0
    assert not Authenticator.objects.exists()
    other = Client()
    assert other.post("/sign-in", {"login": analyst.username, "password": PASSWORD}).headers["Location"] == "/"


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example",
        "http://localhost:8001",
        "https://localhost:8000",
        "http://localhost",
        "http://sub.localhost:8000",
        "http://127.0.0.1:8000",
        "null",
        "",
    ],
)
def test_an_answer_from_another_origin_is_refused(origin: str, client: Client, analyst: Account) -> None:
    key = SoftKey()
    refused = enrol(client, replace(key, origin=origin))
    assert refused.status_code == 200
    assert not Authenticator.objects.exists()
    enrol(client, key)
    other, asked = at_second_factor(analyst)
    assert answer(other, replace(key, origin=origin).get(asked)).status_code == 200
    assert not signed_in(other)
    assert events().count(AuditEvent.SIGN_IN_FAILED) == 1


def test_an_answer_is_good_once(client: Client, analyst: Account) -> None:
    key = SoftKey(counts=False)
    enrol(client, key)
    other, asked = at_second_factor(analyst)
    used = key.get(asked)
    assert answer(other, used).status_code == 302
    other.post("/sign-out")
    replaying, _fresh = at_second_factor(analyst)
    assert answer(replaying, used).status_code == 200
    assert not signed_in(replaying)


def test_an_answer_of_the_same_session_is_good_once(client: Client, analyst: Account) -> None:
    key = SoftKey(counts=False)
    enrol(client, key)
    path = "/account/passkeys/again?next=%2Fqueue"
    used = key.get(options_of(client.get(path))["request_options"])
    assert answer(client, used, path).status_code == 302
    assert answer(client, used, path).status_code == 200


def test_a_key_that_was_copied_is_found_out_by_its_counter(client: Client, analyst: Account) -> None:
    key = SoftKey()
    enrol(client, key)
    copy = replace(key)
    other, asked = at_second_factor(analyst)
    assert answer(other, key.get(asked)).status_code == 302
    thief, asked = at_second_factor(analyst)
    assert answer(thief, copy.get(asked)).status_code == 200
    assert not signed_in(thief)


def test_somebody_elses_passkey_and_one_for_another_site_open_nothing(
    client: Client, analyst: Account, people: People, browse: Browse
) -> None:
    key, theirs = SoftKey(), SoftKey()
    enrol(client, key)
    enrol(browse(people.supervisor), theirs)
    other, asked = at_second_factor(analyst)
    for wrong in (
        theirs.get(asked),
        replace(theirs, id=key.id).get(asked),
        replace(key, site="evil.example").get(asked),
        key.get(asked, data=replace(key, counter=99)._authenticator_data()[:32] + bytes(5)),
        key.get(asked) | {"response": theirs.get(asked)["response"]},
    ):
        assert answer(other, wrong).status_code == 200
        assert not signed_in(other)


def test_a_passkey_of_one_person_does_not_name_another(client: Client, people: People, browse: Browse) -> None:
    key = SoftKey()
    enrol(client, key, passwordless="on")
    enrol(browse(people.supervisor), SoftKey(), passwordless="on")
    other = Client()
    asked = other.get(ALONE, headers={"Accept": "application/json"}).json()["request_options"]
    for handle in (str(people.supervisor.pk), "", "Cg", "A" * 4000, "////", None):
        credential = key.get(asked)
        credential["response"]["userHandle"] = handle
        assert answer(other, credential, ALONE).headers["Location"] == "/sign-in"
        assert not signed_in(other)


ODD: tuple[object, ...] = (
    None,
    [],
    "x",
    7,
    {},
    {"response": None},
    {"response": []},
    {"response": {"clientDataJSON": 7}},
    {"response": {"clientDataJSON": "!"}},
    {"response": {"clientDataJSON": "bnVsbA"}},
    {"response": {"clientDataJSON": "e30"}},
    {"id": "AAAA", "rawId": "BBBB", "type": "x", "response": {"clientDataJSON": "AAAA", "signature": {}}},
)


@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
def test_an_answer_of_any_shape_is_refused_and_never_a_failure_of_ours(
    odd: object, client: Client, analyst: Account
) -> None:
    client.raise_request_exception = False
    enrol(client, SoftKey())
    shaped = SoftKey().get(options_of(client.get("/account/passkeys/again"))["request_options"])
    for broken in (
        odd,
        shaped | {"response": shaped["response"] | {"authenticatorData": odd}},
        shaped | {"rawId": odd},
    ):
        assert client.post(ADD, {"name": "x", "credential": json.dumps(broken)}).status_code == 200
        assert answer(client, broken, "/account/passkeys/again").status_code == 200
        other, _asked = at_second_factor(analyst)
        other.raise_request_exception = False
        assert answer(other, broken).status_code == 200
        assert answer(Client(raise_request_exception=False), broken, ALONE).status_code in {302, 429}
    assert client.post(ADD, {"name": "x", "credential": "{"}).status_code == 200
    assert Authenticator.objects.filter(type="webauthn").count() == 1


def test_the_presence_of_its_owner_is_asked_for(client: Client, analyst: Account) -> None:
    key = SoftKey()
    enrol(client, key)
    other, asked = at_second_factor(analyst)
    data = key._authenticator_data()
    absent = data[:32] + bytes([data[32] & ~PRESENT]) + data[33:]
    assert answer(other, key.get(asked, data=absent)).status_code == 200
    assert not signed_in(other)


def test_passkeys_belong_to_the_name_that_people_type_whatever_name_a_request_came_under(
    client: Client, settings: Any
) -> None:
    settings.ORIGIN = "https://PIU.example:443"
    for host in ("testserver", "localhost"):
        asked = options_of(client.get(ADD, headers={"Host": host}))["creation_options"]["publicKey"]
        assert asked["rp"] == {"id": "piu.example", "name": "Torogoz"}
    assert enrol(client, SoftKey(site="piu.example", origin="https://piu.example")).status_code == 302


def test_an_address_begins_only_so_many_sessions_by_asking(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    monkeypatch.setattr(pages, "QUESTIONS", Rate("test.questions", per_second=0.01, at_once=3))
    answers = [Client().get(ALONE, headers={"Accept": "application/json"}) for _ in range(5)]
    assert [each.status_code for each in answers] == [200, 200, 200, 429, 429]
    assert Session.objects.count() == 3
    assert Client().get("/sign-in").status_code == 200
    assert Session.objects.count() == 3, "the sign-in page begins none"
