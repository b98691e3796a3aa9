"""Homonym memory as rows and as values: which clearances are known for the entries that screening has found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from torogoz.domain.clearance import Bearer, Clearance, ProofKind, Unbound, bearer
from torogoz.domain.document import document_key
from torogoz.domain.hit import Cause, CauseKind, Stance
from torogoz.domain.purpose import Purpose, readable_classes
from torogoz.storage import models
from torogoz.storage.evidence import entry_row, evidence_of, latest_views
from torogoz.storage.models import ClearingProof, Identifier, WatchlistEntry
from torogoz.storage.snapshots import in_version

if TYPE_CHECKING:
    from torogoz.storage.keys import Keyring
    from torogoz.storage.models import Hit

#: The list and the entry's key that raised a hit → the clearances known for it.
Known = Mapping[tuple[str, str], list[Clearance]]


def document_hash(number: str, keys: Keyring) -> str:
    """The keyed hash of a document's number: the one by which equal identifiers are found."""
    return keys.blind(Identifier.Kind.DOCUMENT, document_key(number))


def document_hashes(number: str, keys: Keyring) -> tuple[str, ...]:
    """The same under every key that is held, so that clearances are found while a rotation runs."""
    return keys.blinds(Identifier.Kind.DOCUMENT, document_key(number))


def in_term(today: date) -> Q:
    """The proofs that have effect on a day."""
    return Q(revoked_at=None, verified_at__isnull=False, valid_until__gte=today)


def known_for(causes: Collection[Cause], birth_dates: Collection[str], today: date) -> Known:
    """The clearances in force for entries, of people of these birth dates; of each entry as its list stands now."""
    lists, of_entry = {each.source for each in causes}, Q(entry__key__in={each.key for each in causes})
    made = models.Clearance.objects.filter(
        of_entry, revoked_at=None, birth_date__in=birth_dates, entry__watchlist__name__in=lists
    )
    proofs = ClearingProof.objects.filter(
        in_term(today), Q(entry=None) | of_entry, birth_date__in=birth_dates, watchlist__name__in=lists
    )
    rows: list[tuple[str, Any]] = [(row.entry.watchlist.name, row) for row in made.select_related("entry__watchlist")]
    rows += [(row.watchlist.name, row) for row in proofs.select_related("entry", "watchlist")]
    found: dict[tuple[str, str], list[Clearance]] = defaultdict(list)
    for cause in causes if rows else ():
        mine = [row for name, row in rows if name == cause.source and (row.entry is None or row.entry.key == cause.key)]
        entry = _entry(cause) if mine else None
        found[cause.source, cause.key] += [_value(row, entry) for row in mine]
    return found


def what_binds(hit: Hit, keys: Keyring) -> Bearer:
    """Whom a decision about a hit would clear; `unbound` says why nobody can be remembered."""
    views = latest_views(hit.traveller, readable_classes(Purpose(hit.purpose)), keys)
    who = bearer(view.traveller for view in views)
    if any(each.field == "document" and each.stance is Stance.FOR for each in evidence_of(hit)):
        return Bearer(birth_dates=who.birth_dates, unbound=Unbound.NUMBER_LISTED)
    if hit.cause_kind == CauseKind.WATCHLIST and entry_row(hit) is None:
        return Bearer(birth_dates=who.birth_dates, unbound=Unbound.ENTRY_GONE)
    return who


def known_of(hit: Hit, who: Bearer, today: date) -> list[Clearance]:
    """The clearances in force for the entry of a hit, of people with its traveller's birth date."""
    cause = Cause(CauseKind(hit.cause_kind), hit.cause_source, hit.cause_key, hit.cause_version)
    return known_for([cause], who.birth_dates, today).get((hit.cause_source, hit.cause_key), [])


def _entry(cause: Cause) -> WatchlistEntry | None:
    rows = WatchlistEntry.objects.filter(watchlist__name=cause.source, key=cause.key)
    return rows.filter(in_version(cause.version)).first()


def _value(row: Any, entry: WatchlistEntry | None) -> Clearance:
    if entry is None:
        current = False
    elif row.entry is None:
        current = entry.version_from <= row.list_version
    else:  # an entry that left and came back the same is the same
        current = entry.pk == row.entry.pk or entry.digest == row.entry.digest
    proof = isinstance(row, ClearingProof)
    redress = document_key(row.number) if proof and row.kind == ProofKind.REDRESS_NUMBER else ""
    return Clearance(row.pk, row.keyed_hash, row.issuer, row.birth_date, current, proof, redress)
