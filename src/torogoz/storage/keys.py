"""The keys of a home: files `HOME/keys/USE-N.key`, each 32 random bytes in hex that only their owner reads.

Keys may also come from the service manager, read-only: files of the same names in `$CREDENTIALS_DIRECTORY` (systemd,
`LoadCredential=`). The newest key of a use is the current one. A key is never replaced: a missing, broken or changed
one is an error that names it, and so is one that others may read. A process reads the folder again when it changed, so
that whoever runs notices a new key at its next look; where it can no longer read what it could, it goes on with the
keys it holds, and the health page names what is missing.
"""

from __future__ import annotations

import logging
import os
import re
import secrets
import time
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from torogoz.errors import UnavailableError
from torogoz.storage.home import Home
from torogoz.storage.keyring import SIZE, USES, Key, Keyring

__all__ = [
    "USES",
    "Key",
    "KeyFile",
    "Keyring",
    "credentials",
    "keyring",
    "load_keys",
    "make_key",
    "make_keys",
    "publish",
    "remove_key",
    "survey",
    "sync_folder",
    "web_keys",
]

_NAME = re.compile(rf"({'|'.join(USES)})-([1-9]\d{{0,5}})\.key")
_PUT_BACK = "put it back from where keys are kept"
#: A folder that changed this short a time ago may change again without its time telling, in nanoseconds.
_UNSETTLED = 50_000_000


@dataclass(frozen=True, slots=True)
class KeyFile:
    """A file that should hold a key: the key, or what is wrong with it."""

    path: Path
    use: str
    number: int
    key: Key | None = None
    problem: UnavailableError | None = None


def credentials() -> Path | None:
    """The service manager's folder, where it holds keys of ours."""
    named = os.environ.get("CREDENTIALS_DIRECTORY")
    return Path(named) if named and any(_named(Path(named))) else None


def survey(home: Home) -> list[KeyFile]:
    """Every key file with its key or its fault, by use and number; none is left out for its fault."""
    folders = [folder for folder in (home.keys, credentials()) if folder]
    found = [_look(path, use, number) for folder in folders for path, use, number in _named(folder)]
    return sorted(found, key=lambda file: (USES.index(file.use), file.number))


def load_keys(home: Home) -> Keyring:
    """Read the keys. UnavailableError names the file that is missing or wrong; nothing is made in its place."""
    _must_be_private(home.keys, 0o700)
    keys: dict[str, Key] = {}
    for file in survey(home):
        if file.problem or file.key is None:
            raise file.problem or _unreadable(file.path.name)
        if keys.setdefault(file.key.id, file.key) != file.key:
            raise UnavailableError(
                f"there are two different keys {file.path.name}", remedy="take away the one that is not this home's"
            )
    for use in USES:
        if not any(key.use == use for key in keys.values()):
            raise _unreadable(f"{use}-1.key")
    return Keyring.of(keys.values(), partial(load_keys, home))


_held: dict[Path, tuple[tuple[int, ...] | None, Keyring]] = {}


def keyring() -> Keyring:
    """The keys of the current home, read again where its folder has changed since."""
    home = Home.current()
    before = time.time_ns()
    changed = _changed(home)
    when, held = _held.get(home.path, (None, None))
    if held and changed == when:
        return held
    try:
        keys = load_keys(home)
        if held:
            _must_be_the_same(held, keys)
    except UnavailableError:
        if held is None:
            raise
        keys = held
        logging.getLogger("torogoz.keys").warning("keys.unreadable")
    _held[home.path] = (changed if before - max(changed) > _UNSETTLED else None, keys)
    return keys


def web_keys(home: Home) -> list[str]:
    """What signs sessions and forms, the current one first; empty where there is none that can be read."""
    keys = [file.key for file in survey(home) if file.use == "django" and file.key]
    return [key.secret.hex() for key in reversed(keys)]


def make_keys(home: Home, known: Collection[str] = ()) -> list[str]:
    """Make the first key of each use that has none, and give their ids; one that is there is never replaced.

    `known` are the ids of keys that the database was written with: of a use that it knows none is made, because the
    right one is only missing. UnavailableError names it.
    """
    home.make()
    there = {file.use for file in survey(home)}
    missing = [use for use in USES if use not in there]
    for use in missing:
        wanted = [key_id for key_id in known if key_id.rpartition("-")[0] == use]
        if wanted:
            raise UnavailableError(f"the key {wanted[-1]}.key is missing", remedy=_PUT_BACK)
    made = [make_key(home, use, 1).id for use in missing]
    publish(home)
    return made


def make_key(home: Home, use: str, number: int) -> Key:
    """Make one key, whole or not at all, and lasting before it is given."""
    if credentials():
        raise UnavailableError(
            "keys come from the service manager here, which alone can add one",
            remedy=f"add {use}-{number}.key to its credentials",
        )
    key = Key(use, number, secrets.token_bytes(SIZE))
    _write(home.keys / f"{key.id}.key", key.secret.hex().encode())
    return key


def publish(home: Home) -> None:
    """Write the public half of each signing key, `signing-N.pub`. It stays, so that old exports verify for ever."""
    for file in survey(home):
        path = home.keys / f"{file.use}-{file.number}.pub"
        if file.use == "signing" and file.key and not path.exists():
            public = Ed25519PrivateKey.from_private_bytes(file.key.secret).public_key()
            _write(path, public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))


def remove_key(home: Home, key_id: str) -> None:
    """Take a key away for good. Its public half, where it has one, stays."""
    (home.keys / f"{key_id}.key").unlink(missing_ok=True)
    sync_folder(home.keys)


def sync_folder(folder: Path) -> None:
    """Make lasting which files a folder holds."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write(path: Path, content: bytes) -> None:
    """Write a file under another name first, so that nobody ever reads half of it; UnavailableError where one is there.

    Half of it that a crash left is written over.
    """
    half = path.with_name(f".{path.name}.half")
    half.unlink(missing_ok=True)
    descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(half, path)
    except FileExistsError:
        raise UnavailableError(f"{path.name} is there already", remedy="look with `torogoz keys check`") from None
    finally:
        half.unlink()
    sync_folder(path.parent)


def _named(folder: Path) -> Iterator[tuple[Path, str, int]]:
    for path in folder.iterdir() if folder.is_dir() else ():
        if found := _NAME.fullmatch(path.name):
            yield path, found[1], int(found[2])


def _look(path: Path, use: str, number: int) -> KeyFile:
    try:
        return KeyFile(path, use, number, Key(use, number, _secret(path)))
    except UnavailableError as problem:
        return KeyFile(path, use, number, problem=problem)


def _secret(path: Path) -> bytes:
    _must_be_private(path, 0o600)
    try:
        secret = bytes.fromhex(path.read_text().strip())
    except (OSError, ValueError) as problem:
        raise _unreadable(path.name) from problem
    if len(secret) != SIZE:
        raise UnavailableError(f"the key {path.name} has not 32 bytes", remedy=_PUT_BACK)
    return secret


def _must_be_private(path: Path, mode: int) -> None:
    """Refuse what others may read. Of the service manager's folder the group bits are its access list's mask."""
    others = 0o007 if path.parent == credentials() else 0o077
    try:
        found = path.stat().st_mode & others
    except FileNotFoundError:
        return
    if found:
        raise UnavailableError(
            f"{path.parent.name}/{path.name} may be read by others than its owner", remedy=f"run chmod {mode:o} {path}"
        )


def _unreadable(name: str) -> UnavailableError:
    return UnavailableError(f"the key {name} cannot be read", remedy=f"{_PUT_BACK}, or run `torogoz init`")


def _changed(home: Home) -> tuple[int, ...]:
    """When the folders of keys last changed; 0 where there is none."""
    named, own = os.environ.get("CREDENTIALS_DIRECTORY"), f"{home.path}/keys"
    times = []
    for folder in (own, named) if named else (own,):
        try:
            times.append(os.stat(folder).st_mtime_ns)  # noqa: PTH116 - asked at every use of a key
        except OSError:
            times.append(0)
    return tuple(times)


def _must_be_the_same(held: Keyring, read: Keyring) -> None:
    """Refuse a key that became another while this process runs: what one of them sealed would be lost."""
    for key in held.all():
        now = read.find(key.id)
        if now and now != key:
            raise UnavailableError(f"the key {key.id}.key was replaced by another one", remedy=_PUT_BACK)
