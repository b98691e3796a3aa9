"""The home of one installation: one folder with configuration, keys, the embedded database, spool and caches.

`TOROGOZ_HOME` or `--home` names it (contract.md); `var/` below the working directory is the default. Folders that hold
received data are made 0700: only the account that runs the product reads them.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from torogoz.errors import UnavailableError

_PRIVATE = 0o700


@dataclass(frozen=True, slots=True)
class Home:
    """Where everything of an installation stands."""

    path: Path

    @classmethod
    def current(cls) -> Home:
        """The home that the environment names."""
        named = os.environ.get("TOROGOZ_HOME", "var")
        return _at(named if named.startswith("/") else str(Path(named).absolute()))

    @property
    def database(self) -> Path:
        """The embedded database."""
        return self.path / "torogoz.sqlite3"

    @property
    def keys(self) -> Path:
        """The keys, which backups leave out."""
        return self.path / "keys"

    @property
    def heads(self) -> Path:
        """The signed heads of the audit, outside the database that they speak of."""
        return self.path / "audit" / "heads.jsonl"

    @property
    def spool(self) -> Path:
        """Where messages are dropped; `done/` and `refused/` stand below it."""
        return self.path / "spool"

    @property
    def ledger(self) -> Path:
        """What was purged and delisted, by number: it stands outside the database, so that a restore can read it."""
        return self.path / "ledger"

    @property
    def certificates(self) -> Path:
        """The signed proof of each run of retention."""
        return self.path / "certificates"

    @property
    def restoring(self) -> Path:
        """Stands for as long as a restore is not finished: no door opens then."""
        return self.path / "restoring"

    @property
    def workers(self) -> Path:
        """The names of the workers, each held by the one who works under it."""
        return self.path / "workers"

    @property
    def kernels(self) -> Path:
        """What was compiled for this machine; it holds nobody's data, and may go at any time."""
        return self.path / "cache" / "kernels"

    @property
    def settings(self) -> Path:
        """The one configuration file."""
        return self.path / "torogoz.toml"

    @property
    def demo_marker(self) -> Path:
        """Stands where every person of this home is invented; pages and exports then say so."""
        return self.path / "people-are-invented"

    def make(self) -> None:
        """Make the folders. Refuses with UnavailableError where the home cannot be written."""
        try:
            for folder in (self.path, self.keys, self.spool):
                folder.mkdir(mode=_PRIVATE, parents=True, exist_ok=True)
        except OSError as problem:
            raise UnavailableError(
                "the home folder cannot be written", remedy="name another with --home or TOROGOZ_HOME"
            ) from problem


@lru_cache(maxsize=16)  # asked at every use of a key
def _at(path: str) -> Home:
    return Home(Path(path))
