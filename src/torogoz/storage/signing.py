"""Signing what leaves the house: Ed25519 (RFC 8032), with the signing key of the home as its seed.

A signed line is one JSON object on one line, whose last field is its signature:

    {"audit":"head",…,"key":"signing-1","signature":"<128 hex digits>"}

What is signed is the bytes of the line before `,"signature":`. The public halves stand beside the keys, a file for each
key that ever signed here, so that what an earlier key signed can be checked after it has been replaced; people compare
them as 64 hexadecimal digits.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key

from torogoz.storage.home import Home
from torogoz.storage.keys import keyring, publish

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def signing_key() -> tuple[str, Ed25519PrivateKey]:
    """The key that signs now, and its id."""
    key = keyring().signing
    return key.id, Ed25519PrivateKey.from_private_bytes(key.secret)


def sign(fields: Mapping[str, object]) -> str:
    """The signed line of some fields, without a line feed."""
    key_id, key = signing_key()
    publish(Home.current())
    said = json.dumps({**fields, "key": key_id}, separators=(",", ":")).removesuffix("}")
    return f'{said},"signature":"{key.sign(said.encode()).hex()}"}}'


def public_keys() -> str:
    """The public half of every key that ever signed here: lines of a key's id and its 64 hex digits."""
    publish(Home.current())
    return "".join(_line(path) for path in sorted(Home.current().keys.glob("signing-*.pub")))


def _line(path: Path) -> str:
    raw = load_pem_public_key(path.read_bytes()).public_bytes(Encoding.Raw, PublicFormat.Raw)
    return f"{path.stem} {raw.hex()}\n"
