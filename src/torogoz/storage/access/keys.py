"""Keys at the door: whether those at hand are this database's, and what each still seals.

Asked before anybody is known, so it takes no asker and leaves no entry; it shows ids, ages and counts, never a value.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from torogoz.storage import key_checks
from torogoz.storage.key_checks import by_use, faults, prove, remember, unmet, verify
from torogoz.storage.keyring import Keyring
from torogoz.storage.keys import keyring, survey
from torogoz.storage.models import KeyCheck
from torogoz.storage.sealed import PLACES

if TYPE_CHECKING:
    from torogoz.storage.home import Home


@dataclass(frozen=True, slots=True)
class KeyState:
    """A key of the home or of the database. `problem` says what is wrong with it; `rows` counts by place."""

    id: str
    use: str
    current: bool
    made_at: datetime | None
    age_days: int | None
    problem: str | None
    rows: dict[str, int]


def known_keys() -> list[str]:
    """The ids of the keys that the database was written with; none where it is not made yet. Needs no keys itself."""
    return key_checks.known_keys()


def need_known_keys() -> None:
    """Let pass with the keys that the database knows, where it knows any: asked before it is migrated."""
    if key_checks.knows_any():
        verify(keyring())


def need_keys(now: datetime) -> None:
    """Let pass with the keys of this database only; UnavailableError otherwise, and nothing is written.

    A key that the database meets for the first time must open what stands under it; then its check value is kept.
    """
    keys = keyring()
    verify(keys)
    if new := unmet(keys):
        prove(keys, new)
        remember(new, now)


def state(home: Home, now: datetime) -> list[KeyState]:
    """Every key that the home holds or that the database was written with. Nothing is left out for its fault."""
    files = survey(home)
    held = Keyring.of({file.key.id: file.key for file in files if file.key}.values())
    newest = {keys[0].id for keys in held.held.values() if keys}
    problems = {f"{file.use}-{file.number}": file.problem.text for file in files if file.problem}
    problems = {key_id: _TOLD[fault] for key_id, fault in faults(held).items()} | problems
    made = dict(KeyCheck.objects.values_list("key_id", "made_at"))
    rows: dict[str, dict[str, int]] = {}
    for place in PLACES:
        for key_id, number in place.counts().items():
            rows.setdefault(key_id, {})[place.label] = number
    ids = {key.id for key in held.all()} | problems.keys() | rows.keys()
    lost = KeyCheck.objects.filter(retired_at__isnull=False).values_list("key_id", flat=True)
    return [
        KeyState(
            id=key_id,
            use=key_id.rpartition("-")[0],
            current=key_id in newest,
            made_at=made.get(key_id),
            age_days=(now - made[key_id]).days if key_id in made else None,
            problem=problems.get(key_id) or (None if held.find(key_id) or key_id in lost else _TOLD["missing"]),
            rows=rows.get(key_id, {}),
        )
        for key_id in by_use(ids)
    ]


_TOLD = {"missing": "missing", "wrong": "not the one that this database was written with"}
