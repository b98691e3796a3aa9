"""Rotate: new keys, and whatever stands under older ones made anew, while everything else goes on.

Takes: the uses whose keys are to change, or the ids of keys to be retired, or given up as lost; and the time.
Gives: the keys that were made, how many values were made anew, and which old keys no row needs any more.
Refuses: to run twice at once, to delete a key by itself, to retire the current key or one that a row needs, and to give
  up a key that is there.
Records: keys.rotated, keys.retired, keys.lost
Legal ground: LR-56 (encryption at rest).
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import OperationalError, connection, transaction

from torogoz.domain.audit import AuditEvent
from torogoz.errors import RefusedError, UnavailableError
from torogoz.storage import rotation
from torogoz.storage.audit import record
from torogoz.storage.home import Home
from torogoz.storage.key_checks import known_keys, next_number, remember
from torogoz.storage.keyring import DoesNotOpenError, MissingKeyError
from torogoz.storage.keys import USES, Key, Keyring, credentials, keyring, make_key, publish, remove_key, survey
from torogoz.storage.models import KeyCheck
from torogoz.storage.sealed import PLACES, needs
from torogoz.storage.sealed_places import Place

#: As many rows are made anew in one transaction: fifty milliseconds or so, so that the intake hardly waits.
BATCH = 400
#: Who took up the keys before the new ones were there has put them down again after this long, in seconds.
SETTLE = 1.0
#: How long a transaction that began before the new keys, or a lock on a row, may last, in seconds.
PATIENCE = 600.0

#: Gives the items on and shows somebody how many are done: items, label, how many there are.
Watched = Callable[[Iterable[int], str, int], Iterable[int]]


@dataclass(frozen=True, slots=True)
class Rotation:
    """What a rotation did.

    `unneeded` are old keys under which nothing stands, `needed` counts the values under the others, and `unopened`
    those that opened with no key and were left as they are, by place: moved, damaged, or under a key that is lost.
    """

    made: tuple[str, ...]
    renewed: int
    unneeded: tuple[str, ...]
    needed: dict[str, int]
    unopened: dict[str, int]


def rotate(uses: Collection[str], now: datetime, *, watched: Watched = lambda items, _label, _total: items) -> Rotation:
    """Make new keys and everything anew under them. Killed at any moment, it goes on when it is called again."""
    home = Home.current()
    with rotation.alone(home):
        added = _added(uses, keyring())
        there = {key.use for key in added}
        made = [key.id for key in added] + rotation.begin(home, [use for use in uses if use not in there], keyring())
        keys = keyring()
        remember(keys.all(), now)
        turned = {key_id.rpartition("-")[0] for key_id in made}
        places = [place for place in PLACES if place.use in turned and place.renewable]
        unopened: Counter[str] = Counter()
        renewed = 0
        if places:
            time.sleep(SETTLE)
            renewed = sum(_renew_all(place, keys, unopened, watched) for place in places)
            outlast()
            renewed += sum(_renew_all(place, keys, unopened, watched) for place in places)
        spoilt = {place.use for place in places if place.label in unopened}
        old = [key.id for key in old_keys(keys) if key.use in turned - spoilt]
        KeyCheck.objects.filter(key_id__in=old, emptied_at=None).update(emptied_at=now)
        rotation.end(home)
    record(AuditEvent.KEYS_ROTATED, now, counts={"keys": len(made), "values": renewed})
    standing = needs()
    return Rotation(
        made=tuple(made),
        renewed=renewed,
        unneeded=tuple(_without(standing, keys)),
        needed={key.id: standing[key.id] for key in old_keys(keys) if key.id in standing},
        unopened=dict(unopened),
    )


def unneeded() -> list[str]:
    """The old keys under which nothing stands."""
    return _without(needs(), keyring())


def _without(standing: dict[str, int], keys: Keyring) -> list[str]:
    return [key.id for key in old_keys(keys) if key.id not in standing]


def old_keys(keys: Keyring) -> list[Key]:
    """The keys that are held beside the current ones."""
    return [key for key in keys.all() if key not in keys.current()]


def retire(key_ids: Collection[str], now: datetime) -> None:
    """Delete old keys for good. RefusedError where one is current, or where a row needs one: then none is deleted."""
    home = Home.current()
    with rotation.alone(home):
        if rotation.underway(home):
            raise RefusedError("a rotation has not ended", remedy="let it end: run `torogoz keys rotate` again")
        old = {key.id for key in old_keys(keyring())}
        for key_id in key_ids:
            if key_id not in old:
                raise RefusedError(f"{key_id} is no old key", remedy="look at the keys with `torogoz keys check`")
        outlast()
        standing = needs()
        for key_id in key_ids:
            if key_id in standing:
                raise RefusedError(
                    f"{standing[key_id]:,} values need {key_id}", remedy="rotate first, or wait until they have gone"
                )
        with transaction.atomic():
            KeyCheck.objects.filter(key_id__in=key_ids).update(retired_at=now)
            record(AuditEvent.KEYS_RETIRED, now, counts={"keys": len(key_ids)})
        for key_id in key_ids:
            remove_key(home, key_id)


def give_up(key_ids: Collection[str], now: datetime) -> list[str]:
    """Go on without keys that are lost for good, and so without what stands under them; give the keys that were made.

    RefusedError where a key is there, or is none of this database's.
    """
    home = Home.current()
    with rotation.alone(home):
        there = {f"{file.use}-{file.number}" for file in survey(home)}
        for key_id in key_ids:
            if key_id in there or key_id not in known_keys():
                raise RefusedError(f"{key_id} is not missing", remedy="look at the keys with `torogoz keys check`")
        standing = needs()
        with transaction.atomic():
            KeyCheck.objects.filter(key_id__in=key_ids).update(retired_at=now)
            lost = sum(standing.get(key_id, 0) for key_id in key_ids)
            record(AuditEvent.KEYS_LOST, now, counts={"keys": len(key_ids), "values": lost})
        held = Keyring.of(file.key for file in survey(home) if file.key)
        made = [make_key(home, use, next_number(use, held)).id for use in USES if not held.held[use]]
        publish(home)
    return made


def outlast() -> None:
    """Wait until every transaction has ended that runs now: it may have taken up the keys before they changed.

    SQLite writes one after the other, and whoever calls this has written since.
    """
    if connection.vendor != "postgresql":
        return
    deadline = time.monotonic() + PATIENCE
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        (moment,) = cursor.fetchone()
        while True:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
                " AND backend_type = 'client backend' AND xact_start < %s",
                [moment],
            )
            if cursor.fetchone() == (0,):
                return
            if time.monotonic() > deadline:
                raise UnavailableError(
                    "somebody's transaction has been open since before the keys changed",
                    remedy="end it (pg_stat_activity names it), then run this again",
                )
            time.sleep(0.2)


def _added(uses: Collection[str], keys: Keyring) -> list[Key]:
    """Keys that the service manager has added: they are current, and rows still stand under older ones."""
    if not credentials():
        return []
    wanting = {place.use for place in PLACES if place.renewable and place.stale(keys.held[place.use][0].id).exists()}
    return [key for key in keys.current() if key.use in wanting and key.use in uses]


def _renew_all(place: Place, keys: Keyring, unopened: Counter[str], watched: Watched) -> int:
    """Make every value of a place anew that stands under an older key, those included that come meanwhile."""
    current, renewed = keys.held[place.use][0].id, 0
    deadline = time.monotonic() + PATIENCE
    while (waiting := place.stale(current).count()) > unopened[place.label]:
        unopened[place.label] = 0
        steps = watched(_steps(place, current, keys, unopened), place.label, -(-waiting // BATCH))
        renewed += sum(steps)
        if time.monotonic() > deadline:
            raise UnavailableError("rows are held by somebody else", remedy="run this again: it goes on")
    unopened += Counter()  # drops what is zero
    return renewed


def _steps(place: Place, current: str, keys: Keyring, unopened: Counter[str]) -> Iterator[int]:
    """Batch after batch in the order of rows; gives how many values each made anew."""
    last: object = None
    tried = time.monotonic()
    while True:
        try:
            with transaction.atomic():
                began = time.monotonic()  # with the lock at hand, for which the intake may have let it wait
                rows, done = _batch(place, current, keys, last)
        except OperationalError as problem:
            if connection.vendor == "sqlite" and time.monotonic() - tried < PATIENCE:
                continue  # others have written for as long as SQLite waits
            raise UnavailableError("the database does not answer", remedy="run this again: it goes on") from problem
        if not rows:
            return
        last = rows[-1].pk
        unopened[place.label] += len(rows) - len(done)
        yield len(done)
        # As long a rest as the work was: SQLite lets one write at a time, and who waits looks again only now and then.
        time.sleep(time.monotonic() - began)
        tried = time.monotonic()


def _batch(place: Place, current: str, keys: Keyring, last: object) -> tuple[list[Any], list[Any]]:
    """Make the next rows anew, in the caller's transaction; give those that were looked at and those that opened."""
    stale = place.stale(current).order_by("pk").defer(*place.contents)
    after = stale.filter(pk__gt=last) if last is not None else stale
    rows = list(after.select_for_update(skip_locked=True)[:BATCH])
    done = [row for row in rows if _renewed(place, row, keys)]
    place.write(done)
    return rows, done


def _renewed(place: Place, row: object, keys: Keyring) -> bool:
    try:
        place.renew(row, keys)
    except (DoesNotOpenError, MissingKeyError):
        return False
    return True
