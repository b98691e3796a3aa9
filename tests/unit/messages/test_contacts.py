"""Contacts in free text, in each spelling that teletype made of them."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from torogoz.messages import contacts
from torogoz.messages.contacts import contacts_of, phone


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("CTCM 50322223333", "50322223333"),
        ("CTCM +503 2222-3333", "+50322223333"),
        ("CTC M 5432109876", "5432109876"),
        ("CTCP SAL 503 2222 3333 HOME", "50322223333"),
        ("CTCSAL (503) 2222.3333", "50322223333"),
        ("ctcb 50322223333", "50322223333"),
        ("CTCE ANA.PEREZ//EXAMPLE.ORG", "ANA.PEREZ@EXAMPLE.ORG"),
        ("CTCE ANA..PEREZ//MAIL./EXAMPLE.ORG", "ANA_PEREZ@MAIL-EXAMPLE.ORG"),
        ("CTCE ANA@EXAMPLE.ORG", "ANA@EXAMPLE.ORG"),
        ("PAX SAYS CTCM 50322223333", "50322223333"),
    ],
)
def test_a_contact_is_found(text: str, value: str) -> None:
    assert [contact.value for contact in contacts_of(text)] == [value]


@pytest.mark.parametrize("text", ["", "50322223333", "CTCM NONE", "CTCE NONE", "CTC", "DISTCTCM 50322223333"])
def test_what_is_no_contact_gives_none(text: str) -> None:
    assert contacts_of(text) == []


def test_a_phone_has_six_digits_at_least() -> None:
    assert phone("12345") is None
    assert phone("1 2 3 4 5 6") == "123456"


def seconds_to_look(text: str) -> float:
    """What looking through a text takes of this process's own time."""
    start = time.process_time()
    contacts_of(text)
    return time.process_time() - start


@pytest.mark.parametrize("unit", ["A", "A.", "A@", "//", "1", "1 ", "CTCE ", "@", "(1"])
def test_a_contact_is_looked_for_in_linear_time_whatever_the_text(unit: str) -> None:
    for head in ("CTCE ", "CTCM "):
        few = max(seconds_to_look(head + unit * 2_000), 0.01)
        assert seconds_to_look(head + unit * 20_000) < 30 * few


@given(st.text("ab@/. \n", max_size=14))
def test_a_mail_address_is_found_where_it_begins(text: str) -> None:
    """The pattern gives nothing back; one that does finds the same."""
    found, same = contacts._EMAIL.search(text), re.search(r"[^\s@/]+@[^\s@/]+\.[^\s@/]+", text)
    assert (found and found[0]) == (same and same[0])
