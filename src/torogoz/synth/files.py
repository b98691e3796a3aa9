"""Days of synthetic traffic as a folder: what the centre may see, and apart from it what only the examiner may.

`messages/` in order of arrival by file name, `lists/`, `schedule.csv`; and `truth/`, which says who was planted.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from io import StringIO
from pathlib import Path
from typing import Any

from torogoz.synth.deliveries import Delivery, named
from torogoz.synth.flights import SyntheticFlight
from torogoz.synth.truth import DeliveryTruth
from torogoz.synth.watchlists import DOCUMENTS, PERSONS, to_csv
from torogoz.synth.world import Day

README = """\
# Truth of a synthetic day

All people, documents, telephone numbers, cards, bookings, carriers and list entries in this folder and beside it are
invented by a program. Any likeness to somebody is chance.

Todas las personas, los documentos, teléfonos, tarjetas, reservas, aerolíneas y registros de listas de esta carpeta y
de las vecinas son inventados por un programa. Cualquier parecido con alguien es casualidad.

| file | one line for each |
|---|---|
| planted.jsonl | traveller planted on purpose: typology, flight, locator, and what a good centre does with them |
| noise.jsonl | value that was garbled: in which source, how, of whom |
| deliveries.jsonl | file in messages/: what it holds, whether it repeats another, what is wrong with it |

Whoever is examined must not read this folder.
"""

SCHEDULE_COLUMNS = (
    "carrier", "number", "suffix", "departure_airport", "arrival_airport", "departure_local", "arrival_local",
)  # fmt: skip


def write_days(days: Sequence[Day], out: Path) -> tuple[DeliveryTruth, ...]:
    """Write days of one world into an empty folder; give the truth of what was written."""
    deliveries = named([delivery for day in days for delivery in day.deliveries])
    truths = tuple(delivery_truths(deliveries))
    for folder in ("messages", "lists", "truth"):
        (out / folder).mkdir(parents=True, exist_ok=True)
    for delivery in deliveries:
        (out / "messages" / delivery.name).write_bytes(delivery.content)
    lists = days[0].watchlists
    _write(out / "lists" / f"{PERSONS}.csv", to_csv(one.entry for one in lists.persons))
    _write(out / "lists" / f"{DOCUMENTS}.csv", to_csv(lists.documents))
    _write(out / "schedule.csv", schedule_csv([flight for day in days for flight in day.flights]))
    _write(out / "truth" / "README.md", README)
    _write(out / "truth" / "planted.jsonl", _lines(asdict(one) for day in days for one in day.planted))
    _write(out / "truth" / "noise.jsonl", _lines(asdict(one) for day in days for one in day.noise))
    _write(out / "truth" / "deliveries.jsonl", _lines(asdict(one) for one in truths))
    return truths


def schedule_csv(flights: Sequence[SyntheticFlight]) -> str:
    """The expected flights: the leg of each that touches the state."""
    text = StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(SCHEDULE_COLUMNS)
    for leg in (flight.border_leg for flight in flights):
        rows.writerow(
            (
                leg.designator.carrier,
                leg.designator.number,
                leg.designator.suffix,
                leg.departure_airport,
                leg.arrival_airport,
                leg.departure_local.isoformat(timespec="minutes") if leg.departure_local else "",
                leg.arrival_local.isoformat(timespec="minutes") if leg.arrival_local else "",
            )
        )
    return text.getvalue()


def delivery_truths(deliveries: Sequence[Delivery]) -> Iterable[DeliveryTruth]:
    """What each delivery ought to become; of a broken one, what it would have held."""
    names = {delivery.serial: delivery.name for delivery in deliveries}
    for delivery in deliveries:
        yield DeliveryTruth(
            delivery.name,
            delivery.kind,
            delivery.flight,
            len(delivery.expected),
            sum(len(message.travellers) for message in delivery.expected),
            sum(len(message.bookings) for message in delivery.expected),
            sum(message.withheld.ssr for message in delivery.expected),
            sum(message.withheld.free_text for message in delivery.expected),
            names[delivery.repeats] if delivery.repeats is not None else None,
            delivery.fault,
            delivery.readable,
        )


def _lines(records: Iterable[dict[str, Any]]) -> str:
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
