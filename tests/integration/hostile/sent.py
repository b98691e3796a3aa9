"""What a hostile sender, author or visitor sends: invented people whose values are seen wherever they should not be."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.apps import apps
from django.db.models import CharField, IntegerField

from torogoz.edifact.findings import CATALOGUE
from torogoz.flow.compose import Arrival, Outcome, take_in
from torogoz.storage.deliveries import open_delivery
from torogoz.storage.keys import keyring
from torogoz.storage.models import AuditEntry, Delivery, ReceivedMessage

NOW = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)

#: Values of an invented traveller that occur nowhere else: what holds one of them leaks.
PLANTED = ("ZYXWOFICTICIA", "QUIMERINA", "ZZ9876543", "W7ZQ9P", "1961-07-13", "610713")

HEAD = "UNA:+.? 'UNB+UNOA:4+X1:ZZ+SVAPIS:ZZ+261122:{time}+{control}++APIS'"
BODY = (
    "UNH+{control}+PAXLST:D:05B:UN:IATA'BGM+745'TDT+20+X1570'LOC+125+LAX'DTM+189:2611221400:201'"
    "LOC+87+SAL'DTM+232:2611222105:201'{travellers}CNT+42:{count}'UNT+{segments}+{control}'"
)
PERSON = (
    "NAD+FL+++ZYXWOFICTICIA:QUIMERINA'ATT+2++F'DTM+329:610713'LOC+178+LAX'LOC+179+SAL'NAT+2+SLV'RFF+AVF:W7ZQ9P'"
    "DOC+P:110:111+ZZ9876543'DTM+36:300501'LOC+91+SLV'"
)
COMPANION = PERSON.replace("QUIMERINA", "INVENTADO").replace("ZZ9876543", "ZZ1234567").replace("610713", "590202")


def unh(*travellers: str, control: str = "1") -> str:
    """One message, from UNH to UNT."""
    named = "".join(travellers)
    segments = BODY.count("'") + named.count("'")
    return BODY.format(control=control, travellers=named, count=len(travellers), segments=segments)


def paxlst(*travellers: str, control: str = "1", time: str = "1800") -> bytes:
    """An invented passenger list in an interchange of its own."""
    return f"{HEAD.format(time=time, control=control)}{unh(*travellers, control=control)}UNZ+1+{control}'".encode()


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What came of one delivery: the counts, the delivery as it stands, and the codes of what was noticed."""

    counts: Outcome
    delivery: Delivery
    codes: frozenset[str]


def bring(data: bytes, name: str = "a.edi", now: datetime = NOW) -> Outcomes:
    """Take one delivery in, through every step of the flow; at the real time where a page shows what came lately."""
    counts = take_in([Arrival(name, data)], source="test", now=now)
    delivery = Delivery.objects.latest("pk")
    rows = ReceivedMessage.objects.filter(delivery=delivery)
    return Outcomes(counts, delivery, frozenset(found["code"] for row in rows for found in row.findings))


def still_sealed(delivery: Delivery, data: bytes) -> bool:
    """Whether a delivery waits for replay with every byte that was sent."""
    return delivery.status == Delivery.Status.FAILED and open_delivery(delivery, keyring()) == data


def explained(code: str) -> bool:
    """Whether a finding says in both languages what is wrong and what its sender can do."""
    words = CATALOGUE[code]
    return all((words.es, words.en, words.remedy_es, words.remedy_en))


def leaks(*texts: object) -> list[str]:
    """The planted values that stand in texts."""
    whole = "\n".join(map(str, texts)).upper()
    return [value for value in PLANTED if value in whole]


def logged(records: list[logging.LogRecord]) -> str:
    """Everything that a log record holds, its arguments and its exception too."""
    return "\n".join(f"{record.getMessage()} {vars(record)}" for record in records)


def audited() -> str:
    """Every audit entry as it stands in the table."""
    return "\n".join(map(str, AuditEntry.objects.values_list()))


def overfull() -> list[str]:
    """The columns that hold more than they are declared to: another database would refuse the row."""
    found = []
    for model in apps.get_app_config("storage").get_models():
        for row in model._default_manager.values():
            found += [f"{model.__name__}.{field.attname}" for field in model._meta.fields if _too_much(field, row)]
    return found


def _too_much(field: Any, row: dict[str, Any]) -> bool:
    value = row[field.attname]
    if isinstance(field, CharField) and isinstance(value, str):
        return len(value) > (field.max_length or 0) or "\0" in value
    if isinstance(field, IntegerField) and isinstance(value, int):
        return (
            value
            > {"SmallIntegerField": 2**15, "PositiveSmallIntegerField": 2**15}.get(
                field.get_internal_type(), 2**63 if "Big" in field.get_internal_type() else 2**31
            )
            - 1
        )
    return False
