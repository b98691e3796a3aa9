"""Sealed deliveries and redacted copies: writing the bytes away, reading them back, destroying their key."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from torogoz.errors import UnavailableError
from torogoz.storage.models import Delivery, ReceivedMessage
from torogoz.storage.write import reserve

if TYPE_CHECKING:
    from datetime import datetime

    from torogoz.storage.keys import Keyring


def seal_delivery(
    data: bytes, *, source: str, name: str, now: datetime, keys: Keyring, sender: int | None = None
) -> Delivery:
    """Write the bytes as they came, under a key of their own. The caller's transaction makes them durable.

    A name is the sender's, too: signs that no column takes, or that would steer a terminal, are marked.
    """
    [pk] = reserve(Delivery, 1)
    delivery = Delivery(
        pk=pk,
        received_at=now,
        source=source,
        name=_shown(name),
        sender_id=sender,
        size=len(data),
        digest=keys.digest(data),
        index_version=keys.index.number,
        key_id=keys.raw.id,
    )
    delivery.sealed, delivery.wrapped_key = keys.seal_bytes(zlib.compress(data, 1), delivery_place(delivery))
    delivery.save(force_insert=True)
    return delivery


def sealed_since(data: bytes, *, source: str, name: str, since: datetime, keys: Keyring) -> int | None:
    """The delivery as which these bytes were sealed under this name since a moment, whatever became of it."""
    found = Delivery.objects.filter(digest=keys.digest(data), source=source, name=_shown(name), received_at__gte=since)
    return found.order_by("pk").values_list("pk", flat=True).first()


def _shown(name: str) -> str:
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in name[:200])


def open_delivery(delivery: Delivery, keys: Keyring) -> bytes:
    """Read the bytes of a delivery; UnavailableError where their key was destroyed."""
    if delivery.sealed is None or delivery.wrapped_key is None:
        raise UnavailableError("this delivery was read and its original destroyed", remedy="see its redacted messages")
    sealed, wrapped = bytes(delivery.sealed), bytes(delivery.wrapped_key)
    return zlib.decompress(keys.open_bytes(sealed, wrapped, delivery_place(delivery), delivery.key_id))


def destroy_original(delivery: Delivery) -> None:
    """Drop the key and the ciphertext of a delivery, in the caller's transaction."""
    delivery.sealed = None
    delivery.wrapped_key = None
    delivery.sealed_until = None


def seal_redacted(message: ReceivedMessage, redacted: bytes, keys: Keyring) -> None:
    """Put the redacted copy of a message into its row, under a key of its own; the caller stores the row."""
    message.redacted, message.wrapped_key = keys.seal_bytes(zlib.compress(redacted, 1), message_place(message))
    message.key_id = keys.raw.id


def open_redacted(message: ReceivedMessage, keys: Keyring) -> bytes:
    """Read a redacted copy; UnavailableError where it has gone with its retention."""
    if message.redacted is None or message.wrapped_key is None:
        raise UnavailableError("the redacted copy of this message is no longer kept", remedy="see the parsed values")
    sealed, wrapped = bytes(message.redacted), bytes(message.wrapped_key)
    return zlib.decompress(keys.open_bytes(sealed, wrapped, message_place(message), message.key_id))


def delivery_place(delivery: Delivery) -> str:
    """What the bytes of a delivery and their key are bound to."""
    return f"delivery|{delivery.pk}"


def message_place(message: ReceivedMessage) -> str:
    """What a redacted copy and its key are bound to."""
    return f"message|{message.pk}"
