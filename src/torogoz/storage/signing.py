"""Signing what leaves the house: Ed25519 (RFC 8032), with the signing key of the home as its seed.

A signed line is one JSON object on one line, whose last field is its signature:

    {"audit":"head",…,"key":"signing-1","signature":"<128 hex digits>"}

What is signed is the bytes of the line before `,"signature":`. The public halves stand beside the keys as PEM, one file
for each key that ever signed here, so that what an earlier key signed can be checked after it has been replaced.
"""

from __future__ import annotations

import json
import os
from hashlib import sha256
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key

from torogoz.storage.home import Home
from torogoz.storage.keys import keyring

if TYPE_CHECKING:
    from collections.abc import Mapping


def signing_key() -> tuple[str, Ed25519PrivateKey]:
    """The key that signs now, and its id."""
    key = keyring().signing
    return key.id, Ed25519PrivateKey.from_private_bytes(key.secret)


def sign(fields: Mapping[str, object]) -> str:
    """The signed line of some fields, without a line feed."""
    key_id, key = signing_key()
    said = json.dumps({**fields, "key": key_id}, separators=(",", ":")).removesuffix("}")
    return f'{said},"signature":"{key.sign(said.encode()).hex()}"}}'


def public_keys() -> bytes:
    """The public half of every key that ever signed here, as PEM, each under a line with its id and fingerprint."""
    key_id, key = signing_key()
    folder = Home.current().keys
    own = folder / f"{key_id}.pub"
    if not own.exists():
        descriptor = os.open(own, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    return b"".join(_titled(path.stem, path.read_bytes()) for path in sorted(folder.glob("signing-*.pub")))


def _titled(key_id: str, pem: bytes) -> bytes:
    """A key under its fingerprint, by which two people compare it over the telephone."""
    raw = load_pem_public_key(pem).public_bytes(Encoding.Raw, PublicFormat.Raw)
    digits = sha256(raw).hexdigest()
    return f"{key_id}: SHA-256 {' '.join(digits[at : at + 4] for at in range(0, 64, 4))}\n".encode() + pem
