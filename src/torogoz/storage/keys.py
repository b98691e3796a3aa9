"""Keys, and the only ways in which the product encrypts, hashes and wraps (design §7).

Four keys, each for one use: `fields` seals values in rows, `raw` wraps the key of each message's bytes, `index` makes
the keyed hashes by which equal identifiers are found, `signing` is kept for exports. A fifth, `django`, signs sessions
and forms; only the web application's settings read it. Each file `HOME/keys/NAME-1.key`
holds 32 random bytes in hex and is readable by its owner only. Every ciphertext names its key and is bound to its
place (table, row, column) by associated data: moved to another place, it does not open.

AES-256-GCM with 96-bit random nonces (NIST SP 800-38D) and HMAC-SHA-256 cut to 128 bits for the blind index.
"""

from __future__ import annotations

import hmac
import os
import secrets
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from torogoz.errors import UnavailableError
from torogoz.storage.home import Home

_SIZE = 32
_NONCE = 12
_HASH = 16
USES = ("fields", "raw", "index", "signing")
WEB_USE = "django"


@dataclass(frozen=True, slots=True, repr=False)
class Key:
    """A key and the id that its ciphertexts carry. It has no readable representation."""

    id: str
    secret: bytes


@dataclass(frozen=True, slots=True, repr=False)
class Keyring:
    """The keys of one home."""

    fields: Key
    raw: Key
    index: Key
    signing: Key

    def seal(self, plain: bytes, place: str) -> bytes:
        """Encrypt a value for one place. The result opens only with the same place."""
        return _seal(self.fields.secret, plain, place)

    def open(self, sealed: bytes, place: str) -> bytes:
        """Decrypt a value of a place; UnavailableError where the key or the place is another."""
        return _open(self.fields.secret, sealed, place)

    def seal_bytes(self, plain: bytes, place: str) -> tuple[bytes, bytes]:
        """Encrypt bytes under a fresh key of their own; give the ciphertext and that key, wrapped."""
        own = secrets.token_bytes(_SIZE)
        return _seal(own, plain, place), _seal(self.raw.secret, own, place)

    def open_bytes(self, sealed: bytes, wrapped: bytes, place: str) -> bytes:
        """Decrypt bytes whose own key was wrapped."""
        return _open(_open(self.raw.secret, wrapped, place), sealed, place)

    def blind(self, kind: str, value: str) -> str:
        """The keyed hash by which equal identifiers of one kind are found."""
        return hmac.digest(self.index.secret, f"{kind}\0{value}".encode(), sha256)[:_HASH].hex()

    def digest(self, content: bytes) -> str:
        """A keyed digest of bytes, which tells equality and nothing else."""
        return hmac.digest(self.index.secret, content, sha256).hex()


def _seal(secret: bytes, plain: bytes, place: str) -> bytes:
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(secret).encrypt(nonce, plain, place.encode())


def _open(secret: bytes, sealed: bytes, place: str) -> bytes:
    try:
        return AESGCM(secret).decrypt(sealed[:_NONCE], sealed[_NONCE:], place.encode())
    except (InvalidTag, ValueError) as problem:  # the latter where the value was cut off within its nonce
        raise UnavailableError(
            "a sealed value does not open with the present keys", remedy="put back the keys this home was made with"
        ) from problem


def make_keys(home: Home) -> None:
    """Make each key that is missing; one that is there is never replaced."""
    home.make()
    for use in (*USES, WEB_USE):
        path = _path(home, use)
        if not path.exists():
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w") as file:
                file.write(secrets.token_bytes(_SIZE).hex())
                file.flush()
                os.fsync(file.fileno())


def load_keys(home: Home) -> Keyring:
    """Read the keys. UnavailableError names the file that is missing or wrong; nothing is made in its place."""
    return Keyring(*(_load(_path(home, use)) for use in USES))


@cache
def _keyring(folder: Path) -> Keyring:
    return load_keys(Home(folder))


def keyring() -> Keyring:
    """The keys of the current home, read once in a process."""
    return _keyring(Home.current().path)


def _path(home: Home, use: str) -> Path:
    return home.keys / f"{use}-1.key"


def _load(path: Path) -> Key:
    try:
        secret = bytes.fromhex(path.read_text().strip())
    except (OSError, ValueError) as problem:
        raise UnavailableError(
            f"the key {path.name} cannot be read", remedy="put it back from where keys are kept, or run `torogoz init`"
        ) from problem
    if len(secret) != _SIZE:
        raise UnavailableError(f"the key {path.name} has not 32 bytes", remedy="put it back from where keys are kept")
    return Key(path.stem, secret)
