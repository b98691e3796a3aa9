"""The secrets of second factors and of sessions stand sealed, and belong to one row only."""

from __future__ import annotations

import logging

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.sessions.models import Session

from tests.integration.conftest import People
from torogoz.errors import UnavailableError
from torogoz.storage.access import sign_in
from torogoz.storage.sessions import SessionStore

SECRET = "JBSWY3DPEHPK3PXP"


def stored(row: Authenticator) -> str:
    return str(Authenticator.objects.values_list("data", flat=True).get(pk=row.pk))


def test_a_secret_is_sealed_before_its_row_is_written_and_opens_after_it_is_read(people: People) -> None:
    """LR-56."""
    row = TOTP.activate(people.analyst, SECRET).instance
    codes = RecoveryCodes.activate(people.analyst)
    assert SECRET not in stored(row)
    assert "fields-1:" in stored(row)
    assert sign_in.open_secret(row.data["secret"]) == SECRET, "also in the object that was just written"
    again = Authenticator.objects.get(pk=row.pk)
    assert sign_in.open_secret(again.data["secret"]) == SECRET
    before = codes.generate_codes()
    assert codes.validate_code(before[0])
    assert RecoveryCodes(Authenticator.objects.get(pk=codes.instance.pk)).generate_codes() == before


def test_a_secret_copied_into_another_persons_row_does_not_open_there(people: People) -> None:
    mine = TOTP.activate(people.analyst, SECRET).instance
    theirs = TOTP.activate(people.supervisor, SECRET).instance
    Authenticator.objects.filter(pk=theirs.pk).update(data=mine.data)
    row = Authenticator.objects.get(pk=theirs.pk)
    with pytest.raises(UnavailableError, match="does not open"):
        TOTP(row).validate_code("123456")


def test_a_secret_that_was_not_read_from_its_row_does_not_open(people: People) -> None:
    row = TOTP.activate(people.analyst, SECRET).instance
    loose = str(row.data["secret"][:])
    with pytest.raises(UnavailableError, match="not read from its account"):
        sign_in.open_secret(loose)
    assert sign_in.open_secret(sign_in.seal_secret(SECRET)) == SECRET, "before it has one"


def test_a_row_without_its_document_can_be_asked_for(people: People) -> None:
    row = TOTP.activate(people.analyst, SECRET).instance
    assert Authenticator.objects.defer("data").get(pk=row.pk).type == "totp"


@pytest.mark.django_db
def test_a_session_stands_sealed_and_opens_under_its_own_key_only(caplog: pytest.LogCaptureFixture) -> None:
    """LR-56: what is being set up stands in it."""
    mine, other = SessionStore(), SessionStore()
    for store in (mine, other):
        store["mfa.totp.secret"] = SECRET
        store.save()
    row = Session.objects.get(pk=mine.session_key)
    assert row.session_data.startswith("fields-1:")
    assert SessionStore(mine.session_key)["mfa.totp.secret"] == SECRET
    Session.objects.filter(pk=other.session_key).update(session_data=row.session_data)
    with caplog.at_level(logging.WARNING):
        assert dict(SessionStore(other.session_key).items()) == {}
    assert [record.getMessage() for record in caplog.records] == ["session.unreadable"]
