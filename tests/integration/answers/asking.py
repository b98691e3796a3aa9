"""Requests of an invented carrier, and what it reads in the answers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from django.test import Client

from torogoz.domain.manifest import Message
from torogoz.flow.answer import Answered, answer
from torogoz.messages import read

NOW = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)
IN, OUT = ("LAX", "SAL"), ("SAL", "LAX")


def person(
    surname: str = "EJEMPLO PRUEBA",
    given: str = "ANA",
    *,
    born: str = "880229",
    nationality: str = "SLV",
    document: str = "A01234567",
    issuer: str = "",
    locator: str = "X7K2PQ",
    reference: str = "0001",
) -> str:
    parts = [f"NAD+FL+++{surname}:{given}'", "ATT+2++F'"]
    parts += [f"DTM+329:{born}'"] if born else []
    parts += [f"NAT+2+{nationality}'"] if nationality else []
    parts += [f"RFF+AVF:{locator}'"] if locator else []
    parts += [f"RFF+ABO:{reference}'"] if reference else []
    parts += [f"DOC+P:110:111+{document}'", f"LOC+91+{issuer or nationality or 'SLV'}'"] if document else []
    return "".join(parts)


BETO = person("FICTICIO", "BETO", born="750601", document="B7654321", reference="0002")


def request(
    *people: str,
    transaction: str = "T1",
    qualifier: str = "",
    route: tuple[str, str] = IN,
    time: str = "1800",
    carrier: str = "X1",
    leaves: str = "2611230900",
    lands: str = "2611231500",
) -> bytes:
    bgm = f"BGM+745+{qualifier}'" if qualifier else "BGM+745'"
    number = f"RFF+TN:{transaction}'" if transaction else ""
    start, end = (125, 87) if route[1] == "SAL" else (125, 92)
    body = (
        f"{bgm}{number}TDT+20+{carrier}570'LOC+{start}+{route[0]}'DTM+189:{leaves}:201'"
        f"LOC+{end}+{route[1]}'DTM+232:{lands}:201'{''.join(people)}"
    )
    head = f"UNA:+.? 'UNB+UNOA:4+{carrier}:ZZ+SVAPIS:ZZ+261122:{time}+9++APIS'UNH+1+PAXLST:D:05B:UN:IATA+C/1'"
    return f"{head}{body}UNT+{body.count(chr(39)) + 2}+1'UNZ+1+9'".encode()


def ask(data: bytes, now: datetime = NOW, sender: int | None = None) -> Answered:
    return answer(data, name="X1", now=now, sender=sender)


def said(body: bytes) -> Message:
    """The answer, as the carrier reads it."""
    [message] = read(body)
    assert message.type == "CUSRES"
    assert not message.findings
    return message


def codes(answered: Answered) -> list[str]:
    return [each.code for each in said(answered.body).responses]


def post(body: bytes, token: str) -> tuple[int, bytes, Mapping[str, str]]:
    found = Client(enforce_csrf_checks=True, REMOTE_ADDR="192.0.2.7").post(
        "/interactive", body, content_type="application/edifact", headers={"Authorization": f"Bearer {token}"}
    )
    return found.status_code, found.content, found.headers
