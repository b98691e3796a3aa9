"""Every address × every person × every owner × every method: the table of permissions is what the doors do.

Nothing here names a page: the cases are made from the URL table and the permission table, so that a page which is added
is tried by everybody before anybody has written a test for it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import timedelta
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.integration.conftest import People
from tests.integration.doors.objects import COMPARTMENT, MISSING, WORDS, Objects, Where, furnish
from tests.integration.hostile.site import routes, state
from tests.invented import REVIEW_ON
from torogoz.domain.audit import AuditEvent
from torogoz.domain.hit import Action
from torogoz.domain.purpose import Purpose
from torogoz.domain.safe_text import TEXTS
from torogoz.domain.staff import PURPOSES, StaffRole
from torogoz.storage.models import Account, Agency, AuditEntry, Watchlist
from torogoz.targeting.examples import example_rules
from torogoz.web.permissions import OWNED, PERMISSIONS, PERSONAL, Kind, Permission

pytestmark = pytest.mark.django_db

Browse = Callable[..., Client]

#: Everybody who tries: the same people as everywhere, a partner's supervisor, and one to whom the compartment opens.
PEOPLE = (
    "analyst",
    "supervisor",
    "data_protection",
    "administrator",
    "border_officer",
    "outsider",
    "partner",
    "partner_supervisor",
    "cleared",
    "carrier_person",
)
METHODS = ("GET", "HEAD", "POST", "PUT")
REASON = "A reason that is long enough"
SCHEDULE = (
    b"carrier,number,suffix,departure_airport,arrival_airport,departure_local,arrival_local\n"
    b"X1,570,,LAX,SAL,2026-11-22T14:00,2026-11-22T21:05\n"
)


def _days() -> dict[str, Any]:
    """When a hold is looked at again, and when it ends."""
    today = timezone.localdate()
    return {"review_on": today + timedelta(days=30), "expires_on": today + timedelta(days=60)}


#: What makes a form of an address complete; one that is not here needs nothing.
FORMS: dict[str, Callable[[People], dict[str, Any]]] = {
    "note": lambda _: {"text": REASON},
    "place_hold": lambda _: {"reason": REASON} | _days(),
    "answer_hold": lambda _: {"answer": "keep", "reason": REASON} | _days(),
    "let_go": lambda _: {"reason": REASON},
    "undo_link": lambda _: {"reason": REASON},
    "reassign": lambda people: {"to": people.supervisor.pk},
    "decide": lambda _: {
        "identity": "same",
        "identity_reason": REASON,
        "ground": "yes",
        "ground_reason": REASON,
        "action": "watch",
        "action_reason": REASON,
    },
    "answer_second": lambda _: {"answer": "agree", "reason": REASON},
    "answer_review": lambda _: {"answer": "uphold", "reason": REASON},
    "refer": lambda people: {
        "recipient": people.border_officer.pk,
        "channel": "screen",
        "text": TEXTS[Action.REFER]["en"],
    },
    "referral_answer": lambda _: {"outcome": "found"},
    "order_enter": lambda _: {
        "authority": "Juzgado",
        "file_number": "1",
        "legal_basis": "Ley",
        "subject": "A B",
        "kind": "exit_ban",
        "direction": "outbound",
        "valid_from": timezone.localdate(),
        "valid_until": timezone.localdate(),
    },
    "order_withdraw": lambda _: {"reason": REASON},
    "order_confirm": lambda _: {"reason": REASON},
    "order_release": lambda _: {"reason": REASON},
    "ask_bookings": lambda _: {"reason": REASON},
    "clearance_revoke": lambda _: {"reason": REASON},
    "proof_enter": lambda _: {
        "kind": "redress_number",
        "authority": "Dirección Ficticia",
        "number": "R-1",
        "document": "A1",
        "issuer": "SLV",
        "birth_date": "1988-02-29",
        "valid_until": timezone.localdate(),
    },
    "proof_revoke": lambda _: {"reason": REASON},
    "repeat_look": lambda _: {"reason": REASON},
    "search": lambda _: {"by": "name", "text": "EJEMPLO"},
    "try_name": lambda _: {"surname": "EJEMPLO", "reason": REASON},
    "watchlist_trial": lambda _: {"names": "EJEMPLO ANA", "purpose": "border_control", "reason": REASON},
    "watchlist_waiting": lambda _: {"reason": REASON},
    "watchlist_entry_looked": lambda _: {"reason": REASON},
    "audit_text_open": lambda _: {"reason": REASON},
    "audit_mark_look": lambda _: {"reason": REASON},
    "rule_propose": lambda _: {"text": json.dumps(example_rules(timezone.localdate() + timedelta(days=90))[1])},
    "own_manifest": lambda _: {"file": SimpleUploadedFile("m.csv", b"mode,surname,given_names\nair,EJEMPLO,ANA\n")},
    "manifest": lambda _: {"file": SimpleUploadedFile("m.csv", b"mode,surname,given_names\nair,EJEMPLO,ANA\n")},
    "schedule": lambda _: {"file": SimpleUploadedFile("schedule.csv", SCHEDULE)},
    "carrier_add": lambda _: {"carrier": "ZQ"},
    "carrier": lambda _: {"may_send": ["api"], "routes": "* * API 60"},
    "carrier_outage": lambda _: {"reason": REASON},
    "contested_answer": lambda _: {"verdict": "stands", "answer": REASON},
    "own_contest": lambda _: {"place": "0", "reason": REASON},
    "own_outages": lambda _: {"reason": REASON},
    "sandbox": lambda _: {"message": "UNB+UNOA:4+XA+ZZ+261122:1800+1'UNZ+0+1'"},
    "watchlist_import": lambda _: {
        "name": "A new list",
        "file": SimpleUploadedFile(
            "list.csv", b"id,names,birth_date,nationality,sex,document_numbers\nW-1,A B,1980,,,\n"
        ),
        "owner": "CENTRO",
        "legal_basis": "Ley",
        "purpose": "border_control",
        "grade": "B2",
        "review_on": REVIEW_ON,
    },
}
ENTRY = {
    "id": "W-9",
    "names": "EJEMPLO NUEVO",
    "birth_date": "1981",
    "owner": "CENTRO",
    "legal_basis": "Ley",
    "purpose": "border_control",
    "reason": "inventado",
    "grade": "B2",
    "handling": "C",
    "action": "refer",
    "review_on": REVIEW_ON,
}
FORMS |= {
    "watchlist_in_force": lambda _: {"reason": REASON},
    "watchlist_discard": lambda _: {"reason": REASON},
    "entry_enter": lambda _: ENTRY,
    "entry_correct": lambda _: ENTRY,
    "entry_remove": lambda _: {"reason": REASON},
}
#: Where a number is read only once the form that asks why is filled in.
ASKS_FIRST = {"audit_text"}
#: Who is let in here shows a token: whoever is signed in, is refused.
BY_TOKEN = {"intake": 401, "interactive": 401, "acknowledgement": 401}
#: An officer opens what is addressed to them, whoever owns the hit.
ADDRESSED = {Kind.REFERRAL}


@pytest.fixture
def everybody(people: People) -> dict[str, Account]:
    """The people, by what they are here."""
    agency = Agency.objects.get(code="SOCIO")
    made = {name: getattr(people, name) for name in PEOPLE if hasattr(people, name)}
    for name, where, compartments in (("partner_supervisor", agency, []), ("cleared", None, [COMPARTMENT])):
        made[name] = Account.objects.create(
            username=name,
            role=StaffRole.SUPERVISOR,
            agency=where or people.supervisor.agency,
            compartments=compartments,
            language="en",
        )
    return made


def role_of(account: Account) -> StaffRole | None:
    return StaffRole(account.role) if account.role else None


def purpose_of(account: Account) -> Purpose | None:
    """The widest purpose of a role."""
    role = role_of(account)
    chosen = sorted(PURPOSES[role]) if role else []
    return Purpose.SERIOUS_CRIME if Purpose.SERIOUS_CRIME in chosen else next(iter(chosen), None)


def sees(account: Account, permission: Permission, where: Where) -> bool:
    """Whether what an address names is there for somebody: the rule of agencies and compartments, said once more."""
    assert account.agency
    kinds = set(permission.numbers.values())
    if kinds and where is Where.MISSING:
        return permission.name in ASKS_FIRST
    if kinds & PERSONAL or (kinds & ADDRESSED and role_of(account) is StaffRole.BORDER_OFFICER):
        return where is Where.OPEN
    if kinds & OWNED and where is Where.CLOSED:
        return COMPARTMENT in account.compartments
    return not kinds & OWNED or account.agency.centre or (account.agency.code == "SOCIO" and where is Where.OTHER)


def expected(account: Account, permission: Permission, where: Where, method: str) -> str:
    """What the table says becomes of a request of somebody who has signed in and said why they look."""
    if not permission.opens_to(role_of(account)):
        return "refused"
    if ("GET" if method == "HEAD" else method) not in permission.methods:
        return "not allowed"
    return "done" if sees(account, permission, where) else "refused"


def became(response: Any, method: str) -> str:
    """What became of it."""
    status, to = response.status_code, response.headers.get("Location", "")
    if status in {200, 204} or (status == 302 and not to.startswith(("/sign-in?", "/account/again?"))):
        return "done"
    return {403: "refused", 404: "missing", 405: "not allowed"}.get(status, f"{status} {to}")


def attempts(objects: Objects) -> Iterator[tuple[Permission, Where, str]]:
    """Every address with each kind of number."""
    for name, permission in PERMISSIONS.items():
        for where in Where if permission.numbers else (Where.OPEN,):
            yield permission, where, reverse(name, kwargs=objects.numbers(name, where))


def form_of(permission: Permission, people: People) -> dict[str, Any]:
    """What fills the form of an address in."""
    return FORMS[permission.name](people) if permission.name in FORMS else {}


def ask(client: Client, method: str, permission: Permission, path: str, people: People) -> Any:
    """Send a request with everything that its form needs, and undo whatever came of it."""
    form = form_of(permission, people) if method == "POST" else {}
    if permission.name == "proof_enter" and form:
        form["watchlist"] = own_list(client)
    cookies = deepcopy(client.cookies)
    with transaction.atomic():
        known = AuditEntry.objects.count()
        response: Any = client.post(path, form) if method == "POST" else client.generic(method, path)
        response.refusals = AuditEntry.objects.filter(event=AuditEvent.REFUSED_ACCESS).count()
        response.entries = AuditEntry.objects.count() - known
        transaction.set_rollback(True)
    client.cookies = cookies
    return response


def own_list(client: Client) -> int:
    """A list of the agency of whoever has signed in, open to all of it."""
    account = Account.objects.filter(pk=client.session.get("_auth_user_id", 0)).first()
    own = Watchlist.objects.filter(agency=account.agency if account else None, compartment="")
    return own.values_list("pk", flat=True).last() or MISSING


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    named = {name: set(re.findall(r"<\w+:(\w+)>", route)) for route, name in routes()}
    assert set(named) == set(PERMISSIONS)
    for name, arguments in named.items():
        assert arguments == set(PERMISSIONS[name].numbers), name


def test_every_row_says_what_it_does_where_it_asks_again_and_opens_to_somebody() -> None:
    for each in PERMISSIONS.values():
        assert each.methods
        assert each.again <= each.methods
        assert bool(each.again) == bool(each.act)
        assert each.roles is None or (each.roles and not each.anybody)
        if each.purpose:
            assert each.roles
            assert any(PURPOSES[role] for role in each.roles)


@pytest.mark.parametrize("name", PEOPLE)
def test_the_table_is_what_everybody_gets_at_every_address_whatever_it_names_and_by_every_method(
    name: str, everybody: dict[str, Account], people: People, browse: Browse
) -> None:
    """LR-20, LR-50, LR-56: the role, the agency, the compartment and the method decide.

    Every refusal is recorded, and answers like what is not there, without a word of what is.
    """
    account = everybody[name]
    objects = furnish(people, account)
    client = browse(account, purpose_of(account))
    wrong: dict[str, str] = {}
    refusals: dict[tuple[str, str], set[str]] = {}
    for permission, where, path in attempts(objects):
        for method in METHODS if where is Where.OPEN else sorted(permission.methods):
            wanted = expected(account, permission, where, method)
            if method == "HEAD" and wanted == "done":
                continue  # GET is asked too, which shows more
            response = ask(client, method, permission, path, people)
            got = became(response, method)
            at = f"{method} {permission.name}, {where}"
            if permission.name in BY_TOKEN and wanted != "not allowed":
                wanted = f"{BY_TOKEN[permission.name]} "
            if method == "HEAD" and got == "not allowed" and permission.opens_to(role_of(account)):
                continue  # a page that answers to GET alone says so, and shows nothing
            if got != wanted:
                wrong[at] = f"{got}, not {wanted}"
            if response.refusals != (got == "refused"):
                wrong[at] = f"{response.refusals} entries of a refusal"
            page = text_of(response)
            if told := [word for word in unknown_to(account) if word in page.upper()]:
                wrong[at] = f"it tells {told}"
            if got == "refused":
                refusals.setdefault((permission.name, method), set()).add(shape(page))
    assert wrong == {}
    assert {at: len(answers) for at, answers in refusals.items() if len(answers) > 1} == {}


def unknown_to(account: Account) -> set[str]:
    """The words of what somebody may know nothing of: neither on its own page, nor in a list, nor by a count."""
    assert account.agency
    if COMPARTMENT in account.compartments:
        return set()
    if account.agency.code == "SOCIO":
        return {WORDS[Where.OPEN], WORDS[Where.CLOSED]}
    if role_of(account) is StaffRole.BORDER_OFFICER:
        return {WORDS[Where.OTHER], WORDS[Where.CLOSED]}
    return {WORDS[Where.CLOSED]} if account.role else set(WORDS.values())


def test_the_words_would_be_seen_where_they_may_be(
    everybody: dict[str, Account], people: People, browse: Browse
) -> None:
    objects = furnish(people, everybody["cleared"])
    for name, words in (("cleared", set(WORDS.values())), ("partner", {WORDS[Where.OTHER]})):
        client = browse(everybody[name], purpose_of(everybody[name]))
        pages = [text_of(client.get(path)) for permission, _, path in attempts(objects) if "GET" in permission.methods]
        assert {word for word in WORDS.values() if any(word in page.upper() for page in pages)} == words


async def whole(response: Any) -> bytes:
    """Everything that a response streams."""
    return b"".join([part async for part in response])


def text_of(response: Any) -> str:
    """What an answer shows; a live stream has no end, and says only that there is news."""
    if response.streaming and "event-stream" in response.headers["Content-Type"]:
        return ""
    if response.streaming:
        return async_to_sync(whole)(response).decode()
    return str(response.content.decode())


def shape(page: str) -> str:
    """A page without its numbers, tokens and times; how long a list has waited grows while the addresses are asked."""
    page = re.sub(r"\d+\s(minute|hour)s?", "#", page)
    return re.sub(r"\d+", "#", re.sub(r'("X-CSRFToken": |name="csrfmiddlewaretoken" value=)"\w+"', "", page))


def test_without_a_sign_in_every_address_leads_to_it_whatever_it_names_and_by_every_method(people: People) -> None:
    objects = furnish(people, people.analyst)
    client = Client()
    wrong = {}
    for permission, where, path in attempts(objects):
        for method in (*METHODS, "OPTIONS"):
            response = ask(client, method, permission, path, people)
            got = f"{response.status_code} {response.headers.get('Location', '')}"
            asked = "GET" if method == "HEAD" else method
            if not permission.anybody:
                fine = got.startswith("302 /sign-in?next=/")
            elif asked not in permission.methods:
                fine = got == "405 "
            else:
                fine = response.status_code in {200, 302, 401, 405}
            if not fine or response.refusals:
                wrong[f"{method} {permission.name}, {where}"] = got
    assert wrong == {}


@pytest.mark.parametrize("name", PEOPLE)
def test_the_inner_guard_refuses_by_itself_whom_the_table_does_not_let_in(
    name: str, everybody: dict[str, Account], people: People, browse: Browse, settings: Any
) -> None:
    """Two guards, and neither relies on the other: with the doors taken off their hinges nothing more opens."""
    settings.MIDDLEWARE = [each for each in settings.MIDDLEWARE if not each.endswith("doors.Doors")]
    account = everybody[name]
    objects = furnish(people, account)
    client = browse(account, purpose_of(account))
    opened = []
    for permission, where, path in attempts(objects):
        if not permission.opens_to(role_of(account)):
            for method in permission.methods:
                response = ask(client, method, permission, path, people)
                if became(response, method) != "refused" or response.refusals != 1:
                    opened.append(f"{method} {permission.name}, {where}: {response.status_code}")
    assert opened == []


@pytest.mark.parametrize("name", ["analyst", "supervisor"])
def test_before_a_purpose_is_chosen_nothing_that_shows_travellers_opens(
    name: str, people: People, browse: Browse
) -> None:
    """LR-20: a purpose from the closed list at every look."""
    account = getattr(people, name)
    objects = furnish(people, account)
    client = browse(account)
    for permission, where, path in attempts(objects):
        if permission.purpose and permission.opens_to(role_of(account)):
            for method in permission.methods:
                response = ask(client, method, permission, path, people)
                assert response.status_code == 403, (method, permission.name, where)
                assert b"purpose-serious_crime" in response.content
                assert response.entries == 0


@pytest.mark.parametrize("name", [*PEOPLE[:6], "carrier_person", "with-codes-only"])
def test_before_the_second_factor_is_set_up_nothing_opens_but_its_set_up(
    name: str, people: People, browse: Browse, settings: Any
) -> None:
    """LR-56: two factors, for everybody, outside a demonstration; recovery codes alone are none."""
    account = getattr(people, "supervisor" if name == "with-codes-only" else name)
    client = browse(account, purpose_of(account))
    settings.REQUIRE_SECOND_FACTOR = True
    objects = furnish(people, people.partner)
    if name == "with-codes-only":
        account.authenticator_set.create(type="recovery_codes", data={"seed": "", "used_mask": 0})
    before, wrong = state(), {}
    for permission, where, path in attempts(objects):
        if permission.anybody or permission.before_factor or where is not Where.OPEN:
            continue
        for method in ("GET", "POST", "PUT"):
            form = form_of(permission, people) if method == "POST" else {}
            response: Any = client.post(path, form) if method == "POST" else client.generic(method, path)
            got = response.headers.get("Location", str(response.status_code))
            if got != "/account/second-factor":
                wrong[f"{method} {permission.name}"] = got
    assert wrong == {}
    assert state() == before
    opens = {each.name for each in PERMISSIONS.values() if each.before_factor}
    assert opens == {
        *("mfa_index", "mfa_activate_totp", "mfa_add_webauthn"),
        *("account_reauthenticate", "account_go_on", "account_logout"),
    }


def test_whatever_changes_what_a_carrier_is_told_of_somebody_asks_again_who_is_there() -> None:
    """LR-56, LR-73: to keep somebody from boarding and to let them board are one kind of act."""
    by_orders = {each for each in PERMISSIONS if each.startswith("order_")}
    assert by_orders == {"order_enter", "order_agree", "order_withdraw", "order_confirm", "order_release"}
    assert {each for each in by_orders if PERMISSIONS[each].again != PERMISSIONS[each].methods} == set()


@pytest.mark.parametrize("name", PEOPLE[:5])
def test_what_asks_again_asks_everybody_and_nothing_is_done_before_they_answer(
    name: str, people: People, browse: Browse
) -> None:
    """LR-56: an unattended screen approves, imports, exports, opens and changes nothing."""
    account = getattr(people, name)
    objects = furnish(people, account)
    client = browse(account, purpose_of(account))
    session = client.session
    session["confirmed"] -= 15 * 60
    session.save()
    before = state()
    asked = 0
    for permission, where, path in attempts(objects):
        if permission.again and permission.opens_to(role_of(account)):
            for method in permission.again:
                sent = client.post(path, form_of(permission, people)) if method == "POST" else client.get(path)
                at = (method, permission.name, where)
                assert sent.headers["Location"].startswith("/account/again?next=%2F"), at
                asked += 1
    assert asked >= 8
    assert state() == before


def test_an_address_that_is_in_no_table_is_not_there_for_anybody(
    everybody: dict[str, Account], people: People, browse: Browse, settings: Any
) -> None:
    settings.ROOT_URLCONF = "tests.integration.doors.unlisted"
    for client in (Client(), *[browse(account, purpose_of(account)) for account in everybody.values()]):
        for path in ("/forgotten", "/nameless"):
            for method in ("GET", "POST"):
                assert client.generic(method, path).status_code == 404
    assert str(MISSING) not in browse(people.supervisor).get("/forgotten").content.decode()
