"""What an envelope carries is loaded as if it came alone, and the delivery stays sealed as it was sent until then."""

from __future__ import annotations

import gzip
import io
import zipfile

import pytest

from tests.integration.flow.test_intake import ANA, BETO, NOW, bring, paxlst
from torogoz.flow import parse, receive
from torogoz.flow.compose import Outcome
from torogoz.storage.deliveries import open_delivery, open_redacted
from torogoz.storage.keys import keyring
from torogoz.storage.models import Delivery, ReceivedMessage

pytestmark = pytest.mark.django_db

REMARK = "FTX+AAI+++NEEDS A WHEELCHAIR'"


def zipped(*members: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, member in enumerate(members):
            archive.writestr(f"{number}.edi", member)
    return file.getvalue()


def test_a_compressed_delivery_is_sealed_as_sent_and_its_copy_is_that_of_the_unpacked_bytes() -> None:
    data = gzip.compress(paxlst(ANA + REMARK))
    sealed = Delivery.objects.get(pk=receive.receive(data, source="test", name="a.gz", now=NOW))
    assert open_delivery(sealed, keyring()) == data
    assert parse.load(sealed.pk, NOW).loaded == 1
    assert bring(zipped(b"read me", gzip.compress(paxlst(BETO + REMARK)))).loaded == 1
    assert ReceivedMessage.objects.count() == 2
    for message in ReceivedMessage.objects.order_by("pk"):
        copy = open_redacted(message, keyring())
        assert copy.startswith(b"UNH+1")
        assert b"FTX+XXXX" in copy
        assert b"WHEELCHAIR" not in copy
        assert message.withheld["free_text"] == 1
    assert set(Delivery.objects.values_list("sealed", flat=True)) == {None}


def test_a_message_in_an_envelope_is_a_duplicate_of_the_same_one_without() -> None:
    assert bring(paxlst(), gzip.compress(paxlst(control="2"))) == Outcome(
        received=2, loaded=1, duplicates=1, travellers=1
    )


def test_beside_a_member_that_cannot_be_opened_the_others_are_loaded_and_all_stays_sealed() -> None:
    data = bytearray(zipped(paxlst(ANA), paxlst(BETO)))
    data[data.index(b"PK\x01\x02") + 8] |= 1  # says that it is encrypted
    outcome = bring(bytes(data))
    assert (outcome.loaded, outcome.refused) == (1, 1)
    delivery = Delivery.objects.get()
    assert delivery.status == Delivery.Status.FAILED
    assert open_delivery(delivery, keyring()) == data
    refused = ReceivedMessage.objects.get(status=ReceivedMessage.Status.REFUSED)
    assert [finding["code"] for finding in refused.findings] == ["ARCHIVE_ENCRYPTED"]
