"""What is sensitive is in no row, sealed or not, no index, no copy, no log line, no export and no file (LR-23)."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.integration.hostile.sent import bring
from tests.planted import MARK, Plant, plants
from tests.unit.messages.test_sensitive_forms import in_tables, in_xml
from tests.unit.messages.written import pnrgov_bytes
from torogoz.domain.name import fold
from torogoz.storage import dump
from torogoz.storage.convert import open_identifier
from torogoz.storage.deliveries import open_redacted
from torogoz.storage.home import Home
from torogoz.storage.keys import keyring
from torogoz.storage.models import Delivery, Identifier, ReceivedMessage
from torogoz.storage.sealed import PLACES
from torogoz.storage.sealed_places import Sealed
from torogoz.storage.traces import find, forms

pytestmark = pytest.mark.django_db

PLANTS = plants()
#: Forms that are a delivery each. A flight that is not told is refused, and its bytes stay sealed for replay.
TABLES = [each for each in in_tables() if each.where != "arrival_place"]
DOCUMENTS = list(in_xml())


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.sampled_from(PLANTS), min_size=1, max_size=6, unique=True))
def test_nothing_planted_in_any_place_of_a_message_is_anywhere_behind_the_door(
    caplog: pytest.LogCaptureFixture, planted: list[Plant]
) -> None:
    with caplog.at_level(logging.DEBUG), transaction.atomic():
        found = brought([b"\r\n".join(each.data for each in planted)], caplog)
    assert [text for text in found if any(form in text for form in forms(MARK))] == []
    assert left({each.word for each in planted}, found) == []


@pytest.mark.parametrize("planted_in", [TABLES, DOCUMENTS], ids=["tables", "XML"])
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_nothing_planted_in_any_place_of_another_form_is_anywhere_behind_the_door(
    caplog: pytest.LogCaptureFixture, planted_in: list[Plant], data: st.DataObject
) -> None:
    planted = data.draw(st.lists(st.sampled_from(planted_in), min_size=1, max_size=6, unique=True))
    with caplog.at_level(logging.DEBUG), transaction.atomic():
        found = brought([each.data for each in planted], caplog)
    assert [text for text in found if any(form in text for form in forms(MARK))] == []
    assert left({each.word for each in planted}, found) == []


def brought(deliveries: list[bytes], caplog: pytest.LogCaptureFixture) -> list[bytes]:
    """Everything that stands behind the door once deliveries came, and what was logged; they are forgotten again."""
    for each in deliveries:
        assert bring(each).counts.refused == 0
    assert not Delivery.objects.exclude(sealed=None).exists()
    found = [*standing(), *(record.getMessage().encode() for record in caplog.records)]
    transaction.set_rollback(True)
    caplog.clear()
    return found


def left(words: set[str], found: list[bytes]) -> list[str]:
    """The words that stand somewhere by themselves, but in what is sealed: there three letters stand by chance."""
    texts = [f" {fold(_SEALED.sub(b' ', text).decode('latin-1'))} " for text in found]
    return [word for word in words for text in texts if f" {word} " in text]


#: A whole value of a row in base64. What it holds is looked through opened.
_SEALED = re.compile(rb'"(?:[A-Za-z0-9+/]{4}){10,}(?:[A-Za-z0-9+/]{2,3}={1,2})?"')


def test_what_is_not_sensitive_is_found_by_the_same_search() -> None:
    bring(pnrgov_bytes(f"SRC'RCI+X1:AB12CD'TIF+MUESTRA+BENITO:A:1'SSR+CTCE:HK:1:X1:::::/{MARK}//EXAMPLE.ORG'"))
    assert [text for text in standing() if MARK.encode() in text]


def test_the_files_of_the_home_hold_nothing_planted() -> None:
    bring(b"\r\n".join(each.data for each in PLANTS[:: len(PLANTS) // 40]))
    for each in (*TABLES[:: len(TABLES) // 20], *DOCUMENTS[:: len(DOCUMENTS) // 20]):
        bring(each.data)
    files = [path for path in Home.current().path.rglob("*") if path.is_file()]
    assert files
    assert find([MARK], files) == {}


def standing() -> Iterator[bytes]:
    """Every row, and everything that stands sealed as it is for those who hold the keys."""
    keys = keyring()
    yield from dump.lines()
    for place in PLACES:
        if isinstance(place, Sealed):
            for row in place.rows():
                yield keys.open(bytes(getattr(row, place.column)), place.of(row), getattr(row, place.key_column))
    yield from (open_redacted(each, keys) for each in ReceivedMessage.objects.exclude(redacted=None))
    yield from (open_identifier(each, keys).encode() for each in Identifier.objects.all())
