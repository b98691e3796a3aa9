"""Waiting: a change of a list goes live only after a look, and a large one only by a second person.

Takes: a change of a list that an import or a form has made, or the number of one that waits with a person's answer; and
  the time.
Gives: a change that waits, its sealed entries apart from all that is compared; put in force it is a version.
Refuses: the first person where a second must agree, and who has no part in lists. What has lapsed, and what somebody
  else has answered, is answered no more; of a change, what was changed or removed since stays as that left it.
Records: watchlist.waits, watchlist.in_force, watchlist.discarded, watchlist.overtaken
Legal ground: LR-71 (inclusion by criteria and a second person; removal at once), LR-35 (lists are kept current).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from torogoz.domain.audit import AuditEvent
from torogoz.domain.disposition import LONGEST_REASON
from torogoz.domain.staff import Who
from torogoz.errors import AuthorError, RefusedError
from torogoz.flow.free_text import tells_sensitive
from torogoz.flow.list_versions import LISTED, Change, Entered, batches, entries_of, make_version
from torogoz.storage import ledger, write
from torogoz.storage.access.guard import admit, refuse, visible
from torogoz.storage.access.lists import IMPORTERS, refused_rows, report_document
from torogoz.storage.aside import Aside
from torogoz.storage.audit import record
from torogoz.storage.home import Home
from torogoz.storage.keys import Keyring, keyring
from torogoz.storage.models import Event, WaitingEntry, WaitingRemoval, WaitingVersion, Watchlist
from torogoz.storage.waiting import plain_of, standing_entries, standing_removals, waiting, waiting_place

#: What is written of an entry that waits.
_WAITING = (*LISTED, "waiting", "replaces", "sealed", "key_id")


def wait(
    watchlist: Watchlist,
    change: Change,
    who: Who | None,
    now: datetime,
    *,
    needs_second: bool,
    by_form: bool = False,
) -> int:
    """Let a change of a list whose row is locked wait; give its number."""
    keys = keyring()
    version = WaitingVersion.objects.create(
        watchlist=watchlist,
        made_at=now,
        made_by_id=who.account if who else None,
        lapses_at=now + timedelta(days=settings.LIST_WAITING_DAYS),
        by_form=by_form,
        needs_second=needs_second,
        refused=change.refusals,
        report=report_document(len(change.replaced), change.unchanged, change.refused, change.chosen),
    )
    for entered in batches(change.entered):
        write.insert(WaitingEntry, _WAITING, [_row(version.pk, each, keys) for each in entered])
    for removed in batches(change.removed):
        write.insert(WaitingRemoval, ("waiting", "entry"), [(version.pk, row) for row in removed])
    record(
        AuditEvent.WATCHLIST_WAITS,
        now,
        who=who,
        object_type="waiting_version",
        object_id=version.pk,
        counts=change.counts(),
    )
    Event.objects.create(at=now, kind="watchlist")
    return version.pk


def overtake(watchlist: Watchlist, who: Who | None, now: datetime) -> None:
    """Delete what an earlier import of a list left waiting: a newer one says what its owner says now."""
    for version in watchlist.waiting.filter(by_form=False):
        _overtake(version, who, now)


def overtake_proposals(watchlist: Watchlist, key: str, who: Who, now: datetime) -> None:
    """Delete what a form left waiting about one entry: a later one, or its removal, has the last word."""
    for version in watchlist.waiting.filter(by_form=True, entering__key=key):
        _overtake(version, who, now)


def put_in_force(who: Who, number: int, reason: str, now: datetime) -> int:
    """Put in force what waits, after a look; give the number of the version. A second person gives a reason."""
    _admit_to(who, number, now)
    text = _reason_for(who, number, reason)
    # Opened before the list is locked: on the embedded database nobody else writes from there on.
    with _opened(number) as entering, transaction.atomic():
        version = _lock(number, now)
        change = _standing(version, entering)
        made, token = make_version(version.watchlist, change, now, by=version.made_by_id, agreed_by=who.account)
        version.delete()
        record(
            AuditEvent.WATCHLIST_IN_FORCE,
            now,
            who=who,
            object_type="watchlist",
            object_id=made.watchlist_id,
            counts={"version": made.number} | change.counts(),
            text=text,
        )
    if token:
        ledger.done(token, now)
    return made.number


def discard(who: Who, number: int, reason: str, now: datetime) -> None:
    """Discard what waits, with a reason: the list stays as it is, and the sealed entries that waited are deleted."""
    _admit_to(who, number, now)
    with transaction.atomic():
        version, text = _lock(number, now), reason_of(reason, needed=True)
        record(AuditEvent.WATCHLIST_DISCARDED, now, who=who, object_type="waiting_version", object_id=number, text=text)
        version.delete()
        Event.objects.create(at=now, kind="watchlist")


def _overtake(version: WaitingVersion, who: Who | None, now: datetime) -> None:
    record(AuditEvent.WATCHLIST_OVERTAKEN, now, who=who, object_type="waiting_version", object_id=version.pk)
    version.delete()


def _reason_for(who: Who, number: int, reason: str) -> str:
    """The reason for putting a change in force. Refuses who may not; whether a second must never changes."""
    version = WaitingVersion.objects.filter(pk=number).first()
    second = version is not None and version.needs_second
    if version and second and who.account == version.made_by_id:
        raise RefusedError("the second person must be another one", remedy="ask a colleague who is a supervisor")
    return reason_of(reason, needed=second)


@contextmanager
def _opened(number: int) -> Iterator[Aside[Entered]]:
    """The entries of a change that waits, put aside. They do not change, but not all of them may still stand."""
    keys = keyring()
    with Aside(Entered, Home.current().path) as entering:
        for row in WaitingEntry.objects.filter(waiting=number).order_by("key").iterator(1000):
            entering.put(Entered.again(row, plain_of(row, keys)))
        yield entering


def _standing(version: WaitingVersion, opened: Iterable[Entered]) -> Change:
    """What can be put in force of a change, as the list is now."""
    rows = standing_entries(version)
    keys = frozenset(rows.values_list("key", flat=True))
    replaced = list(rows.exclude(replaces=None).values_list("replaces", flat=True))
    removed = list(standing_removals(version).values_list("entry", flat=True))
    return Change(
        (each for each in opened if each.key in keys),
        replaced,
        removed,
        len(keys) - len(replaced),
        entries_of(version.watchlist) - len(replaced) - len(removed),
        version.refused,
        refused_rows(version.report),
        version.report.get("chosen", {}),
    )


def _row(waiting: int, entered: Entered, keys: Keyring) -> tuple[object, ...]:
    """The values of `_WAITING`."""
    sealed = keys.seal(entered.plain, waiting_place(waiting, entered.key))
    return *entered.values(), waiting, entered.replaces, sealed, keys.fields.id


def _admit_to(who: Who, number: int, now: datetime) -> None:
    admit(who, IMPORTERS, now)
    if not waiting(now).filter(pk=number, watchlist__in=visible(Watchlist.objects.all(), who)).exists():
        refuse(who, now)


def _lock(number: int, now: datetime) -> WaitingVersion:
    """The change, with the row of its list locked first, as an import locks it."""
    watchlist = Watchlist.objects.select_for_update(of=("self",)).filter(waiting=number).first()
    version = waiting(now).filter(pk=number, watchlist=watchlist).first() if watchlist else None
    if version is None or watchlist is None:
        raise RefusedError("a colleague has answered meanwhile", remedy="open the list again and see")
    version.watchlist = watchlist
    return version


def reason_of(text: str, *, needed: bool) -> str:
    """A reason as it is kept. AuthorError where it is needed and missing, too long, or tells what nobody may write."""
    if (needed and not text.strip()) or len(text) > LONGEST_REASON:
        raise AuthorError("a reason is missing or too long", remedy="write one, in at most 2000 signs")
    if tells_sensitive(text):
        raise AuthorError(
            "this text speaks of belief, origin, politics, health or sex life", remedy="write it without that"
        )
    return text.strip()
