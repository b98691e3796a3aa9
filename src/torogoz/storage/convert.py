"""Domain values to sealed bytes and back: the only place that knows how a row holds them.

The bytes are msgspec's JSON, which refuses on reading what does not fit the type; the place is bound in, so that a
value moved to another row does not open.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from torogoz.domain.booking import Booking
from torogoz.domain.traveller import Traveller

if TYPE_CHECKING:
    from torogoz.storage.keys import Keyring
    from torogoz.storage.models import Identifier, Observation


@dataclass(frozen=True, slots=True)
class Said:
    """What one message said of one traveller: the person, and the booking where the message was a PNR."""

    traveller: Traveller
    booking: Booking | None = None


#: What msgspec does not know are origins not yet worked out: they are written as the tuple that they stand for.
_encoder = msgspec.json.Encoder(enc_hook=tuple)
_said = msgspec.json.Decoder(Said)


def seal_said(said: Said, message: int, ordinal: int, keys: Keyring) -> bytes:
    """Seal what a message said in the place it has in that message."""
    return keys.seal(write_said(said), said_place(message, ordinal))


def write_said(said: Said) -> bytes:
    """What a message said, as bytes to be sealed."""
    return _encoder.encode(said)


def read_said(plain: bytes | str) -> Said:
    """The same, read again."""
    return _said.decode(plain)


def open_said(observation: Observation, keys: Keyring) -> Said:
    """Open an observation. UnavailableError where it was moved or the key is another."""
    place = said_place(observation.message_id, observation.ordinal)
    return read_said(keys.open(bytes(observation.sealed), place, observation.key_id))


def open_observation(observation: Observation, keys: Keyring) -> tuple[Traveller, Booking | None]:
    """The traveller and the booking of an observation."""
    said = open_said(observation, keys)
    return said.traveller, said.booking


def seal_identifier(value: str, place: str, keys: Keyring) -> bytes:
    """Seal the value of an identifier for its place."""
    return keys.seal(value.encode(), place)


def open_identifier(row: Identifier, keys: Keyring) -> str:
    """Give an identifier's value for showing it."""
    return keys.open(bytes(row.sealed), place_of(row), row.key_id).decode()


def said_place(message: int, ordinal: int) -> str:
    """What an observation is bound to: its place in its message."""
    return f"observation|{message}|{ordinal}"


def identifier_place(traveller: int, kind: str, keyed_hash: str, data_class: str) -> str:
    """What the value of an identifier is bound to: all that makes its row the only one of its kind."""
    return f"identifier|{traveller}|{kind}|{keyed_hash}|{data_class}"


def place_of(row: Identifier) -> str:
    """The place of an identifier that is stored."""
    return identifier_place(row.traveller_id, row.kind, row.keyed_hash, row.data_class)
