"""Arrived bytes are sealed as they came, open in their row only, and are gone when their key is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.integration.storage.world import NOW, delivery, message
from torogoz.errors import UnavailableError
from torogoz.storage.deliveries import destroy_original, open_delivery, open_redacted, seal_delivery, seal_redacted
from torogoz.storage.keys import keyring
from torogoz.storage.models import Delivery, ReceivedMessage

DATA = b"UNB+UNOA:4+X1'NAD+FL+++EJEMPLO:ANA'" * 3


class AnyBytes(TestCase):
    """Whatever arrives, also what is no message at all."""

    @given(st.binary(max_size=4000))
    def test_bytes_come_back_as_they_arrived(self, data: bytes) -> None:
        kept = Delivery.objects.get(pk=delivery(data).pk)
        assert open_delivery(kept, keyring()) == data
        assert kept.size == len(data)


@pytest.mark.django_db
def test_nothing_that_arrived_stands_in_clear() -> None:
    kept = Delivery.objects.get(pk=delivery(DATA).pk)
    assert kept.sealed
    assert b"EJEMPLO" not in bytes(kept.sealed)
    assert kept.key_id == keyring().raw.id


@pytest.mark.django_db
def test_equal_bytes_are_seen_to_be_equal_and_sealed_apart() -> None:
    one, two, other = delivery(DATA), delivery(DATA), delivery(DATA + b"'")
    assert one.digest == two.digest != other.digest
    assert one.sealed != two.sealed
    assert one.wrapped_key != two.wrapped_key


@pytest.mark.django_db
@pytest.mark.parametrize("column", ["sealed", "wrapped_key"])
def test_a_delivery_moved_to_another_row_does_not_open(column: str) -> None:
    one, two = delivery(DATA), delivery(DATA)
    setattr(two, column, getattr(one, column))
    with pytest.raises(UnavailableError):
        open_delivery(two, keyring())


@pytest.mark.django_db
def test_a_destroyed_original_is_gone_and_says_where_its_content_went() -> None:
    kept = delivery(DATA)
    kept.sealed_until = NOW
    destroy_original(kept)
    kept.save()
    gone = Delivery.objects.values("sealed", "wrapped_key", "sealed_until").get(pk=kept.pk)
    assert set(gone.values()) == {None}
    with pytest.raises(UnavailableError, match="redacted messages"):
        open_delivery(kept, keyring())


@pytest.mark.django_db
@pytest.mark.parametrize("column", ["sealed", "wrapped_key"])
def test_without_its_key_a_delivery_is_as_good_as_destroyed(column: str) -> None:
    kept = delivery(DATA)
    setattr(kept, column, None)
    with pytest.raises(UnavailableError):
        open_delivery(kept, keyring())


@pytest.mark.django_db
def test_a_file_name_of_any_length_is_kept_as_far_as_it_fits() -> None:
    assert seal_delivery(DATA, source="spool", name="n" * 5000, now=NOW, keys=keyring()).name == "n" * 200


@pytest.mark.django_db
def test_a_redacted_copy_opens_in_its_own_row_only() -> None:
    one, two = message(), message()
    seal_redacted(one, b"NAD+FL+++EJEMPLO:ANA'FTX+AAI+++********'", keyring())
    one.save()
    kept = ReceivedMessage.objects.get(pk=one.pk)
    assert open_redacted(kept, keyring()) == b"NAD+FL+++EJEMPLO:ANA'FTX+AAI+++********'"
    assert kept.redacted
    assert b"EJEMPLO" not in bytes(kept.redacted)
    two.redacted, two.wrapped_key = kept.redacted, kept.wrapped_key
    with pytest.raises(UnavailableError):
        open_redacted(two, keyring())


@pytest.mark.django_db
@pytest.mark.parametrize("column", ["redacted", "wrapped_key"])
def test_a_redacted_copy_that_has_gone_says_what_is_left(column: str) -> None:
    kept = message()
    seal_redacted(kept, DATA, keyring())
    setattr(kept, column, None)
    with pytest.raises(UnavailableError, match="parsed values"):
        open_redacted(kept, keyring())
