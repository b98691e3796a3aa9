"""The closed lists of the domain: what stands in rows and logs for years is short, plain and unambiguous."""

from __future__ import annotations

import importlib
import pkgutil
import re
from enum import StrEnum

import pytest

import torogoz.domain
from torogoz.domain.audit import AuditEvent

LISTS: set[type[StrEnum]] = {
    member
    for module in pkgutil.iter_modules(torogoz.domain.__path__)
    for member in vars(importlib.import_module(f"torogoz.domain.{module.name}")).values()
    if isinstance(member, type) and issubclass(member, StrEnum) and member is not StrEnum
}


@pytest.mark.parametrize("closed", sorted(LISTS, key=str))
def test_a_value_of_a_closed_list_fits_its_column_and_stands_once(closed: type[StrEnum]) -> None:
    values = [member.value for member in closed]
    assert len(closed.__members__) == len(set(values)), "an alias hides a member"
    assert all(0 < len(value) <= 32 and value.isascii() for value in values)


def test_an_audit_event_says_what_and_what_happened_to_it() -> None:
    assert all(re.fullmatch(r"[a-z]+(?:[._][a-z]+)*", event) for event in AuditEvent)
