"""A ring of keys, and the only ways in which the product encrypts, hashes and wraps (design §7).

A use has as many keys as were made for it, each with its number; the newest one is current. What is sealed or hashed
anew is so under the current key, and what stands opens with the key that it names, so that both answer while a
rotation runs. Every ciphertext is bound to its place (table, row, column) by associated data: moved to another place,
it does not open.

AES-256-GCM with 96-bit random nonces (NIST SP 800-38D) and HMAC-SHA-256, cut to 128 bits for the blind index.
"""

from __future__ import annotations

import hmac
import os
import secrets
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from torogoz.errors import UnavailableError


class DoesNotOpenError(UnavailableError):
    """A sealed value does not open with the present keys."""

    default_remedy = "put back the keys this home was made with"


class MissingKeyError(UnavailableError):
    """A key is missing, and a stored value needs it."""

    default_remedy = "put it back from where keys are kept"


#: How long a key is, in bytes.
SIZE = 32
#: Each use has keys of its own. `fields` seals values in rows, `raw` wraps the key of each message's bytes, `index`
#: makes the keyed hashes by which equal values are found, `signing` signs exports, `backup` seals backups, and `django`
#: signs sessions and forms.
USES = ("fields", "raw", "index", "signing", "backup", "django")
_NONCE = 12
_HASH = 16


@dataclass(frozen=True, slots=True, repr=False)
class Key:
    """A key of a use, by its number. It has no readable representation."""

    use: str
    number: int
    secret: bytes

    @property
    def id(self) -> str:
        """What rows and files name it by, `fields-2`."""
        return f"{self.use}-{self.number}"


@dataclass(frozen=True, slots=True, repr=False)
class Keyring:
    """The keys of one home. `again` reads them anew: a row may name a key that was made since."""

    held: dict[str, tuple[Key, ...]]
    again: Callable[[], Keyring] | None = None

    @classmethod
    def of(cls, keys: Iterable[Key], again: Callable[[], Keyring] | None = None) -> Keyring:
        """A ring of these keys, of each use the newest first."""
        newest_first = sorted(keys, key=lambda key: -key.number)
        return cls({use: tuple(key for key in newest_first if key.use == use) for use in USES}, again)

    @property
    def fields(self) -> Key:
        """The current key of values in rows."""
        return self.held["fields"][0]

    @property
    def raw(self) -> Key:
        """The current key that wraps the keys of messages."""
        return self.held["raw"][0]

    @property
    def index(self) -> Key:
        """The current key of the blind index."""
        return self.held["index"][0]

    @property
    def signing(self) -> Key:
        """The current key of exports: the seed of an Ed25519 key."""
        return self.held["signing"][0]

    @property
    def backup(self) -> Key:
        """The current key of backups."""
        return self.held["backup"][0]

    def all(self) -> tuple[Key, ...]:
        """Every key."""
        return tuple(key for keys in self.held.values() for key in keys)

    def current(self) -> tuple[Key, ...]:
        """The current key of each use."""
        return tuple(keys[0] for keys in self.held.values())

    def find(self, key_id: str) -> Key | None:
        """The key of an id, or None."""
        use = key_id.rpartition("-")[0]
        return next((key for key in self.held.get(use, ()) if key.id == key_id), None)

    def key(self, key_id: str) -> Key:
        """The key of an id; MissingKeyError names the one that is missing."""
        found = self.find(key_id) or (self.again().find(key_id) if self.again else None)
        if found is None:
            raise MissingKeyError(f"the key {key_id}.key is missing, and a stored value needs it")
        return found

    def seal(self, plain: bytes, place: str) -> bytes:
        """Encrypt a value for one place under the current key. The result opens only with the same place."""
        return _seal(self.fields.secret, plain, place)

    def open(self, sealed: bytes, place: str, key_id: str) -> bytes:
        """Decrypt a value of a place; UnavailableError where the key or the place is another."""
        return _open(self.key(key_id).secret, sealed, place)

    def seal_text(self, text: str, place: str) -> str:
        """Seal a text for a column of text, which then names its key itself: `fields-2:…`."""
        return f"{self.fields.id}:{b64encode(self.seal(text.encode(), place)).decode()}"

    def open_text(self, sealed: str, place: str) -> str:
        """Open a text that was sealed for a column of text."""
        key_id, _, value = sealed.partition(":")
        try:
            return self.open(b64decode(value, validate=True), place, key_id).decode()
        except ValueError as problem:
            raise DoesNotOpenError from problem

    def seal_bytes(self, plain: bytes, place: str) -> tuple[bytes, bytes]:
        """Encrypt bytes under a fresh key of their own; give the ciphertext and that key, wrapped."""
        own = secrets.token_bytes(SIZE)
        return _seal(own, plain, place), _seal(self.raw.secret, own, place)

    def open_bytes(self, sealed: bytes, wrapped: bytes, place: str, key_id: str) -> bytes:
        """Decrypt bytes whose own key was wrapped under the key of an id."""
        return _open(_open(self.key(key_id).secret, wrapped, place), sealed, place)

    def rewrap(self, wrapped: bytes, place: str, key_id: str) -> bytes:
        """Wrap a key of its own anew, under the current key of the same use; what it seals stays as it is."""
        key = self.key(key_id)
        return _seal(self.held[key.use][0].secret, _open(key.secret, wrapped, place), place)

    def blind(self, kind: str, value: str) -> str:
        """The keyed hash by which equal identifiers of one kind are found."""
        return _blind(self.index, kind, value)

    def blinds(self, kind: str, value: str) -> tuple[str, ...]:
        """The hashes of an identifier under every key that is held, the current one first."""
        return tuple(_blind(key, kind, value) for key in self.held["index"])

    def digest(self, content: bytes) -> str:
        """A keyed digest of bytes, which tells equality and nothing else."""
        return _digest(self.index, content)

    def digests(self, content: bytes) -> tuple[str, ...]:
        """The digests of bytes under every key that is held, the current one first."""
        return tuple(_digest(key, content) for key in self.held["index"])


def check_value(key: Key) -> str:
    """What tells a key from any other, and nothing of the key: a keyed hash of its own id."""
    return hmac.digest(key.secret, f"torogoz key check\0{key.id}".encode(), sha256).hex()


def _blind(key: Key, kind: str, value: str) -> str:
    return hmac.digest(key.secret, f"{kind}\0{value}".encode(), sha256)[:_HASH].hex()


def _digest(key: Key, content: bytes) -> str:
    return hmac.digest(key.secret, content, sha256).hex()


def _seal(secret: bytes, plain: bytes, place: str) -> bytes:
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(secret).encrypt(nonce, plain, place.encode())


def _open(secret: bytes, sealed: bytes, place: str) -> bytes:
    try:
        return AESGCM(secret).decrypt(sealed[:_NONCE], sealed[_NONCE:], place.encode())
    except (InvalidTag, ValueError) as problem:  # the latter where the value was cut off within its nonce
        raise DoesNotOpenError from problem
