"""What screening compares travellers with: the live entries of every list and the active rules, as domain values.

An entry is live in a version of its list from the one that brought it to the one that dropped it, and until its review
date: nothing lapses later than its owner said (LR-71, and LR-33 for rules). Reading names the version, so that an
import that commits meanwhile changes nothing of what is read. A fingerprint tells cheaply whether anything changed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import msgspec
from django.db.models import Max, Q

from torogoz.domain.purpose import Purpose
from torogoz.domain.rule import Rule
from torogoz.domain.watchlist import Entry, ListAction, Terms
from torogoz.storage.keys import keyring
from torogoz.storage.models import RuleVersion, Watchlist, WatchlistEntry, WatchlistVersion

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from django.db.models import QuerySet

    from torogoz.storage.keys import Keyring
    from torogoz.storage.models.watchlists import Listed

#: What stands in two states of this tuple was screened with the same entries and rules.
Fingerprint = tuple[object, ...]

_encoder = msgspec.json.Encoder()
_entry = msgspec.json.Decoder(Entry)


@dataclass(frozen=True, slots=True)
class LiveList:
    """A list as it stands: `agency` is the owner's row, and every hit of the list is confined as the list is."""

    id: int
    name: str
    version: int
    agency: int
    compartment: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class LiveRule:
    """An active rule, with the agency and the compartment that its hits take over."""

    rule: Rule
    agency: int
    compartment: str


def encode_entry(entry: Entry) -> bytes:
    """An entry without its terms as bytes, ready to be sealed."""
    return _encoder.encode(replace(entry, terms=None))


def decode_entry(plain: bytes) -> Entry:
    """What `encode_entry` gave."""
    return _entry.decode(plain)


def entry_place(watchlist: int, key: str, version: int) -> str:
    """The place to which the sealed part of an entry is bound."""
    return f"watchlist_entry|{watchlist}|{key}|{version}"


def open_entry(row: WatchlistEntry, keys: Keyring) -> Entry:
    """The entry of a row, with its terms. UnavailableError where it was moved or the key is another."""
    place = entry_place(row.watchlist_id, row.key, row.version_from)
    return replace(decode_entry(keys.open(bytes(row.sealed), place, row.key_id)), terms=terms_of(row))


def terms_of(row: Listed) -> Terms:
    """The legal terms of an entry."""
    return Terms(
        owner=row.owner,
        legal_basis=row.legal_basis,
        purpose=Purpose(row.purpose),
        reason=row.reason,
        grade=row.grade,
        handling=row.handling,
        action=ListAction(row.action),
        review_on=row.review_on,
    )


def entry_content(plain: bytes, terms: Terms) -> bytes:
    """What an entry's digest is made of: all that an import may change."""
    return plain + repr(terms).encode()


def in_version(number: int) -> Q:
    """The entries that a version of their list holds."""
    return Q(version_from__lte=number) & (Q(version_to=None) | Q(version_to__gt=number))


def live_entries(today: date, watchlist: int | None = None) -> list[LiveList]:
    """Each list (or the one named) with its live entries, decrypted, in a fixed order."""
    lists = Watchlist.objects.annotate(version=Max("versions__number")).exclude(version=None).order_by("pk")
    if watchlist is not None:
        lists = lists.filter(pk=watchlist)
    return [
        LiveList(
            each.pk,
            each.name,
            each.version,
            each.agency_id,
            each.compartment,
            tuple(_entries(each.entries.filter(in_version(each.version), review_on__gte=today))),
        )
        for each in lists
    ]


def _entries(rows: QuerySet[WatchlistEntry]) -> Iterator[Entry]:
    keys = keyring()
    for row in rows.order_by("key").iterator(2000):
        yield open_entry(row, keys)


def active_rules(today: date) -> tuple[LiveRule, ...]:
    """The active rules whose review date has not passed, in a fixed order."""
    rows = _active(today).select_related("rule", "rule__agency").order_by("rule__key")
    return tuple(LiveRule(rule_of(row), row.rule.agency_id, row.rule.compartment) for row in rows)


def rule_of(row: RuleVersion) -> Rule:
    """A version of a rule as the value that screening takes."""
    return msgspec.convert({**row.document, "version": row.number}, Rule)


def fingerprint(today: date) -> Fingerprint:
    """What `live_entries` and `active_rules` would give now, in two small queries: equal means nothing changed.

    Digests and times stand beside the numbers, since a restored database counts its versions again.
    """
    lists = WatchlistVersion.objects.order_by("watchlist", "number").values_list(
        "watchlist__name", "number", "digest", "imported_at"
    )
    rules = _active(today).order_by("rule_id").values_list("rule__key", "number", "approved_at")
    return today, tuple(lists), tuple(rules)


def _active(today: date) -> QuerySet[RuleVersion]:
    return RuleVersion.objects.filter(state=RuleVersion.State.ACTIVE, review_on__gte=today)
