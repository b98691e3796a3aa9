"""A month of a centre's life with a mark in every field that exists, in a home of its own: the clock test looks at it.

`python -m tests.integration.retention.life HOME live` lives it, by the same steps as everybody, and prints which fields
never held a mark. `… look` opens what masking has sealed and prints what is found there. Run in processes of their own,
since each home has its own settings.

The marks: `GONE` stands in whatever must have gone (or been sealed) after six months, `KEPT` in what stays in clear
while a record is held and goes with it, `DROPPED` in what a list has dropped and goes thirty days later. Numbers that
hold no letters are marked by `GONE_DIGITS`; `NAMED` stands in the name of a list, which names nobody and stays.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, get_args, get_type_hints

from msgspec import Struct

from torogoz.cli.django import migrate, ready
from torogoz.storage.home import Home
from torogoz.storage.keys import make_keys

GONE, GONE_DIGITS, KEPT, DROPPED, NAMED = "QXZVKW", "91929394", "JWQKPT", "DRPQKW", "HVNTRB"
#: The middle of the month; synthetic days stand around its first and last day.
NOW = datetime(2026, 10, 15, 18, tzinfo=UTC)
FIRST, LAST = NOW - timedelta(days=14), NOW + timedelta(days=14)

#: Columns in which no mark can stand, and why. They must hold something.
NO_MARK = {
    "storage.JourneyTraveller.sex": "one letter",
    "storage.JourneyTraveller.birth_date": "a date",
    "storage.JourneyTraveller.nationality": "three letters",
    "storage.JourneyTraveller.residence": "three letters",
    "storage.JourneyTraveller.seat": "a row and a letter",
    "storage.JourneyTraveller.role": "a closed list",
    "storage.Booking.carrier": "three letters",
    "storage.Observation.data_class": "a closed list",
    "storage.Observation.purpose": "a closed list",
    "storage.Observation.source": "the carrier",
    "storage.Observation.known_at": "a time",
    "storage.Observation.said_at": "a time",
    "storage.Observation.link_evidence": "codes",
    "storage.Identifier.kind": "a closed list",
    "storage.Identifier.data_class": "a closed list",
    "storage.Identifier.issuer": "three letters",
    "storage.Identifier.keyed_hash": "a keyed hash",
    "storage.Clearance.keyed_hash": "a keyed hash",
    "storage.Clearance.issuer": "three letters",
    "storage.Clearance.birth_date": "a date",
    "storage.ClearingProof.keyed_hash": "a keyed hash",
    "storage.ClearingProof.issuer": "three letters",
    "storage.ClearingProof.birth_date": "a date",
    "storage.Note.written_at": "a time",
    "storage.PersonLink.evidence": "codes",
    "storage.HitSource.positions": "numbers",
    "storage.ReceivedMessage.content_digest": "a keyed digest",
    "storage.Delivery.digest": "a keyed digest",
    "storage.WatchlistEntry.digest": "a keyed digest",
    "storage.InteractiveAnswer.traveller_key": "a keyed digest",
    "storage.Order.case_reference": "drawn at random",
}
#: Columns that are empty in every row, and why.
EMPTY = {"storage.Note.compartment": "notes are open to the agency of whoever writes them"}
#: Fields of a parsed traveller and booking in which no mark can stand: dates, numbers, places in the message, codes of
#: carriers, states and airports, and closed lists. They must hold something.
NO_MARK_SAID = frozenset(
    {
        *("role", "title", "sex", "birth_date", "nationality", "residence", "seat", "status", "bags", "count"),
        *("weight_kg", "type", "issuer", "expiry", "kind", "carrier", "infant", "checked_in", "created_at"),
        *("cancelled", "travellers", "designator.number", "operating.number", "suffix", "departure_airport"),
        *("arrival_airport", "departure_local", "arrival_local", "year", "month", "day", "city", "country", "form"),
        *("currency", "origins.field", "origins.start", "origins.end", "mode", "overflight", "crew_role"),
        *("changed_at", "ticketing_at", "checked_in_at", "issued", "issued_at", "at", "starts", "ends"),
        *("action", "what", "seats", "history_lines", "tickets.traveller", "pool_role", "destination", "in_transit"),
        *("unaccompanied", "verified", "journey_start", "journey_end", "clearance_airport", "other_nationalities"),
        *("birth_country", "aircraft", "booking_class", "cabin"),
    }
)
#: Fields that no observation of a traveller holds, and why.
NEVER_SAID = {
    "Booking.cancelled": "one that is cancelled names nobody, and makes no observation",
    "Booking.itinerary.overflight": "lists tell it, and bookings do not",
}


def live() -> dict[str, Any]:
    """Live the month; give the columns and parsed fields that never held what they must."""
    from tests.integration.retention import exchange, month

    month.live()
    unmarked = sorted({*_unmarked_columns(), *_unmarked_said()})
    return {
        "unmarked": unmarked,
        "travellers": month.travellers(),
        "fates": month.fates(),
        "exchanged": exchange.travellers(),
        "values": month.some_identifiers(),
    }


def _unmarked_columns() -> Iterator[str]:
    from django.apps import apps

    from torogoz.privacy.fields import TABLES
    from torogoz.privacy.tables import About

    for table in TABLES:
        if table.about not in (About.TRAVELLER, About.LISTED) or table.model == "storage.MaskedRecord":
            continue
        model: Any = apps.get_model(table.model)
        for name in {*table.moved, *table.cleared, *table.personal.split()}:
            column = model._meta.get_field(name)
            if (
                f"{table.model}.{name}" in EMPTY
                or column.is_relation
                or column.get_internal_type() in {"BooleanField", "IntegerField", "FloatField"}
            ):
                continue
            if (
                column.get_internal_type().endswith(("IntegerField", "DateTimeField"))
                and f"{table.model}.{name}" not in NO_MARK
            ):
                continue
            label = f"{table.model}.{name}"
            held = (_plain(table.model, name, row) for row in model.objects.order_by("-pk").iterator())
            if not any(held if label in NO_MARK else map(_marked, held)):
                yield label


def _marked(value: str) -> bool:
    return any(mark in value.upper() for mark in (GONE, GONE_DIGITS, KEPT, DROPPED, NAMED))


def _plain(model: str, name: str, row: Any) -> str:
    """What a column holds, opened where it is encrypted."""
    from torogoz.storage import convert, deliveries, evidence, snapshots, waiting
    from torogoz.storage.audit import open_text
    from torogoz.storage.keys import keyring
    from torogoz.storage.masking import open_record

    keys = keyring()
    opened: dict[str, Callable[[], object]] = {
        "storage.Observation.sealed": lambda: convert.write_said(convert.open_said(row, keys)).decode(),
        "storage.Identifier.sealed": lambda: convert.open_identifier(row, keys),
        "storage.HitBasis.sealed": lambda: evidence.open_basis(row.hit, keys),
        "storage.SealedEvidence.sealed": lambda: evidence.open_evidence(row, keys),
        "storage.WatchlistEntry.sealed": lambda: snapshots.open_entry(row, keys),
        "storage.WaitingEntry.sealed": lambda: waiting.open_waiting(row, keys),
        "storage.AuditText.sealed": lambda: open_text(row),
        "storage.ReceivedMessage.redacted": lambda: (
            row.redacted and deliveries.open_redacted(row, keys).decode("latin-1")
        ),
        "storage.Delivery.sealed": lambda: row.sealed and deliveries.open_delivery(row, keys).decode("latin-1"),
        "storage.MaskedRecord.sealed": lambda: open_record(row, keys),
    }
    opening = opened.get(f"{model}.{name}")
    value = opening() if opening else getattr(row, name)
    return "" if value in (None, "", [], {}) else str(value)


def _unmarked_said() -> Iterator[str]:
    """Fields of the domain's traveller and booking that no observation ever held, or held without a mark."""
    from torogoz.domain.booking import Booking
    from torogoz.domain.traveller import Traveller
    from torogoz.storage.convert import open_said
    from torogoz.storage.keys import keyring
    from torogoz.storage.models import Observation

    seen: dict[str, list[object]] = {}
    for observation in Observation.objects.all():
        said = open_said(observation, keyring())
        _walk(Traveller.__name__, said.traveller, seen)
        if said.booking:
            _walk(Booking.__name__, said.booking, seen)
    for kind in (Traveller, Booking):
        yield from (path for path in _paths(kind.__name__, kind) if path not in seen and path not in NEVER_SAID)
    for path, values in seen.items():
        if not values:
            continue
        outer, name = path.split(".")[-2:]
        bare = name in NO_MARK_SAID or f"{outer}.{name}" in NO_MARK_SAID
        if not bare and not any(_marked(str(value)) for value in values):
            yield path


def _paths(path: str, kind: type[Any]) -> Iterator[str]:
    """Every field of a value, and of the values that it is made of."""
    for name, hint in get_type_hints(kind).items():
        yield f"{path}.{name}"
        for part in {hint, *get_args(hint)}:
            if isinstance(part, type) and (issubclass(part, Struct) or is_dataclass(part)):
                yield from _paths(f"{path}.{name}", part)


def _names(kind: type[Any]) -> tuple[str, ...]:
    return kind.__struct_fields__ if issubclass(kind, Struct) else tuple(each.name for each in fields(kind))


def _walk(path: str, value: object, seen: dict[str, list[object]]) -> None:
    """Note each simple value by its path; of what has parts, only that it was there. What is empty or false, is not."""
    if not value:
        return
    if isinstance(value, Struct) or (is_dataclass(value) and not isinstance(value, type)):
        seen.setdefault(path, [])
        for name in _names(type(value)):
            _walk(f"{path}.{name}", getattr(value, name), seen)
    elif isinstance(value, tuple):
        for each in value:
            _walk(path, each, seen)
    else:
        seen.setdefault(path, []).append(value)


def look() -> dict[str, Any]:
    """What is found behind the keys of masked records, and whether confirmed hits replay."""
    from torogoz.storage.evidence import open_evidence, repeats
    from torogoz.storage.keys import keyring
    from torogoz.storage.masking import open_record
    from torogoz.storage.models import Decision, Journey, JourneyTraveller, MaskedRecord, SealedEvidence

    told = {each.model: 0 for record in MaskedRecord.objects.all() for each in open_record(record, keyring())}
    marked = dict.fromkeys(told, 0)
    for record in MaskedRecord.objects.all():
        for each in open_record(record, keyring()):
            told[each.model] += 1
            marked[each.model] += any(_marked(str(value)) for value in each.values.values())
    evidence = [open_evidence(row, keyring()) for row in SealedEvidence.objects.all()]
    rows = JourneyTraveller.objects.order_by("pk")
    return {
        "clear": list(rows.filter(masked_at=None).values_list("pk", flat=True)),
        "masked": list(rows.filter(masked_at__isnull=False).values_list("pk", flat=True)),
        "decisions": Decision.objects.count(),
        "journeys": Journey.objects.count(),
        "sealed": told,
        "marked": marked,
        "replayed": {each.cause_kind: repeats(each) for each in evidence},
        "all_replay": all(map(repeats, evidence)),
        "readable": sorted(_readable()),
        "rows": _rows_of_exchange(),
    }


def _readable() -> Iterator[str]:
    """The columns of every table in which a mark of somebody who must have gone stands, for whoever has our keys."""
    from django.apps import apps

    from torogoz.privacy.fields import TABLES

    for table in TABLES:
        model: Any = apps.get_model(table.model)
        for name in table.columns:
            if not model._meta.get_field(name).is_relation:
                held = (_plain(table.model, name, row).upper() for row in model.objects.order_by("pk").iterator())
                if any(mark in text for text in held for mark in (GONE, GONE_DIGITS, DROPPED)):
                    yield f"{table.model}.{name}"


def _rows_of_exchange() -> dict[str, int]:
    """How many rows there are of what went back and forth with carriers and of clearances, and digests of people."""
    from torogoz.storage import models

    kinds: tuple[Any, ...] = (
        models.Order,
        models.OrderConfirmation,
        models.InteractiveRequest,
        models.AnswerRevision,
        models.Acknowledgement,
        models.ContestedFinding,
        models.Clearance,
        models.ClearingProof,
    )
    digests = models.InteractiveAnswer.objects.exclude(traveller_key=None)
    return {kind.__name__: kind.objects.count() for kind in kinds} | {"digests": digests.count()}


if __name__ == "__main__":
    home = Path(sys.argv[1])
    if not (home / "keys").exists():
        make_keys(Home(home))
        Home(home).demo_marker.write_text("Everybody here is invented.\n")
    ready(home, migrated=False)
    migrate()
    print(json.dumps(live() if sys.argv[2] == "live" else look()))  # noqa: T201 - what the caller reads
