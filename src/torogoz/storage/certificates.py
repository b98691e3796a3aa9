"""The certificate of a run of retention: what was due, what went, and what still stands where until when, signed.

It is one JSON object on one line, kept in the run's row and as a file below `HOME/certificates`. What is signed are the
bytes of the line before `,"signature":`, with Ed25519 (RFC 8032) and the home's signing key as its seed; the public
half stands in the line. It holds counts and a digest over the numbers of the rows that went, and names nobody.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from torogoz.errors import AuthorError
from torogoz.storage import signing
from torogoz.storage.home import Home

_PRIVATE_FOLDER, _PRIVATE_FILE = 0o700, 0o600
_SIGNATURE = ',"signature":"'


def digest(numbers: Mapping[str, Sequence[int]]) -> str:
    """The digest over what went: SHA-256 of one line for each row, its kind and number, in order."""
    lines = (f"{kind} {number}\n" for kind in sorted(numbers) for number in sorted(numbers[kind]))
    content = sha256()
    for line in lines:
        content.update(line.encode())
    return content.hexdigest()


def sign(fields: Mapping[str, Any]) -> str:
    """The signed line of some fields, with the public half of the key that signs."""
    _, key = signing.signing_key()
    return signing.sign({**fields, "public": key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()})


def verify(line: str, *, public: str | None = None) -> dict[str, Any]:
    """The fields of a signed line; AuthorError where it is none, was altered, or not signed by the key of `public`."""
    said, parted, rest = line.strip().rpartition(_SIGNATURE)
    try:
        fields: dict[str, Any] = json.loads(said + "}") if parted else {}
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(fields["public"]))
        key.verify(bytes.fromhex(rest.removesuffix('"}')), said.encode())
    except (ValueError, KeyError, TypeError, InvalidSignature):
        raise AuthorError(
            "this is no certificate, or it was altered", remedy="ask the centre for the file below its certificates/"
        ) from None
    if public is not None and fields["public"] != public:
        raise AuthorError("another key has signed this", remedy="compare the keys with the centre, by telephone")
    return fields


def keep(name: str, line: str) -> None:
    """Write a certificate below the home, durably, once whole."""
    folder = Home.current().certificates
    folder.mkdir(mode=_PRIVATE_FOLDER, exist_ok=True)
    half = folder / f".{name}.tmp"
    descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _PRIVATE_FILE)
    with os.fdopen(descriptor, "w") as file:
        file.write(line + "\n")
        file.flush()
        os.fsync(file.fileno())
    half.replace(folder / name)
